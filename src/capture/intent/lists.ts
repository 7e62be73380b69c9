/** Requests for a list: "what's due this week", "show overdue", "что на сегодня". */
import { languages, vocabulary } from '../lexicon.ts';
import type { Token } from '../tokens.ts';
import type { ListFilter } from '../types.ts';
import { greeted } from './greeting.ts';

const split = (text: string) => text.split(' ').filter((word) => word !== '');

const filters = new Map<string, ListFilter>(
  languages.flatMap((list) =>
    Object.entries(list.listFilters).flatMap(([filter, words]) =>
      split(words).map((word) => [word, filter as ListFilter] as const),
    ),
  ),
);

/** A request for a list: nothing but its words and times in it. `timed`: tokens that belong to an expression of time. */
export function listRequest(
  tokens: readonly Token[],
  timed: ReadonlySet<number>,
): { filter: ListFilter | null } | null {
  const from = greeted(tokens);
  const first = tokens[from];
  if (first === undefined || tokens.length > 16) return null;
  // "how many are due today" asks, "how is it going" does not.
  const asks = /^(?:do|is|are|have|got)$/.test(first.norm) && tokens.some(({ norm }) => /^any(?:thing)?$/.test(norm));
  const opened =
    (vocabulary.listOpeners.has(first.norm) || asks) && (first.norm !== 'how' || tokens[from + 1]?.norm === 'many');
  let named = false;
  let filter: ListFilter | null = null;
  let words = 0;
  for (const [index, token] of tokens.entries()) {
    if (index < from) continue;
    if (timed.has(index)) {
      words += 1;
      continue;
    }
    if (token.kind === 'mark' && '?!.,'.includes(token.norm)) continue;
    if (token.kind !== 'word') return null;
    if (index === from && opened) continue;
    const meant = filters.get(token.norm);
    if (meant !== undefined) filter = filter === null || filter === 'reminders' ? meant : filter;
    if (vocabulary.listNouns.has(token.norm)) named = true;
    if (meant === undefined && !vocabulary.listFillers.has(token.norm) && !vocabulary.listNouns.has(token.norm))
      return null;
    words += 1;
  }
  // "list" and "show" alone ask for everything open; "what" alone asks nothing, and bare fillers are no request.
  if (opened)
    return words > 0 ||
      first.norm === 'list' ||
      first.norm === 'show' ||
      first.norm === 'список' ||
      first.norm === 'покажи'
      ? { filter }
      : null;
  return named ? { filter } : null;
}

/** The text of a short message with what belongs to a time said as being in it: "tomorrow's tasks", "tasks for next week". */
export const ofTime = (text: string): string =>
  text.length > 80
    ? text
    : text.replace(/\b(today|tomorrow|week|month)['’]s\b/i, '$1').replace(/\bfor (?=(?:this|next|the) )/i, '');
