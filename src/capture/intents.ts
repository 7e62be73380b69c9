/** What the owner wants done with the words: the phrase a message opens with, and the item it names. */
import { languages, meanings, vocabulary } from './lexicon.ts';
import type { Token } from './tokens.ts';
import type { Intent, ListFilter } from './types.ts';
import type { Opening } from './words/lexeme.ts';

/** A phrase as it is matched: each place has its alternatives; an empty one may be missing. */
interface Pattern {
  opening: Opening;
  places: { words: ReadonlySet<string>; optional: boolean }[];
  unless: ReadonlySet<string>;
}

export interface Opened {
  intent: Intent;
  needs: Opening['needs'];
  /** First token after the phrase. */
  next: number;
  /** Number of the item named in the phrase ("#12 done"). */
  number: number | null;
}

const split = (text: string) => text.split(' ').filter((word) => word !== '');

function places(phrase: string): Pattern['places'] {
  return split(phrase.replaceAll('ё', 'е')).map((place) => {
    const optional = place.endsWith('?');
    return { words: new Set((optional ? place.slice(0, -1) : place).split('|')), optional };
  });
}

const patterns = new Map<string, Pattern[]>();
for (const opening of languages.flatMap((list) => list.openings)) {
  const pattern: Pattern = { opening, places: places(opening.phrase), unless: new Set(split(opening.unless ?? '')) };
  for (const place of pattern.places) {
    for (const word of place.words) patterns.set(word, [...(patterns.get(word) ?? []), pattern]);
    if (!place.optional) break;
  }
}

/** Every way the message opens with a phrase of an intent, the longest phrase first. */
export function openings(tokens: readonly Token[]): Opened[] {
  const first = tokens[0];
  if (first === undefined) return [];
  const key = first.kind === 'number' || first.norm === '#' ? '#' : first.norm;
  const found: (Opened & { length: number })[] = [];
  for (const pattern of patterns.get(key) ?? []) {
    const matched = match(pattern, tokens);
    if (matched === null || pattern.unless.has(tokens[matched.next]?.norm ?? '')) continue;
    found.push({ intent: pattern.opening.intent, needs: pattern.opening.needs, ...matched, length: matched.next });
  }
  return found.sort((a, b) => b.length - a.length);
}

function match(pattern: Pattern, tokens: readonly Token[]): { next: number; number: number | null } | null {
  let at = 0;
  let number: number | null = null;
  for (const place of pattern.places) {
    if (place.words.has('#')) {
      const item = itemNumber(tokens, at);
      if (item !== null) {
        number = item.number;
        at = item.next;
        continue;
      }
    }
    // "re-open" is three tokens.
    // "Напомни, пожалуйста": a comma inside the phrase.
    if (at > 0 && tokens[at]?.norm === ',' && place.words.has(tokens[at + 1]?.norm ?? '')) at += 1;
    const word = tokens[at]?.norm ?? '';
    if (word !== '' && place.words.has(word)) at += 1;
    else if (tokens[at + 1]?.norm === '-' && place.words.has(`${word}-${tokens[at + 2]?.norm ?? ''}`)) at += 3;
    else if (!place.optional) return null;
  }
  return { next: at, number };
}

/** What may follow an item's number without the sign: "done 12", "snooze 12 until 5pm". */
const AFTER_NUMBER = new Set(['to', 'for', 'until', 'till', 'на', 'до', 'again', ':']);

/** "#12", or "12" with nothing it could count, at a token: an item's short number. */
export function itemNumber(tokens: readonly Token[], index: number): { number: number; next: number } | null {
  const sign = tokens[index]?.norm === '#' || tokens[index]?.norm === '№' ? 1 : 0;
  const token = tokens[index + sign];
  if (token?.kind !== 'number' || Number.isNaN(token.value) || (sign === 1 && token.spaced) || token.value < 1)
    return null;
  const after = tokens[index + sign + 1];
  const next = index + sign + 1;
  if (after !== undefined && !after.spaced && !(after.kind === 'mark' && ',.:;!?'.includes(after.norm))) return null;
  // "check 3.5 jack"
  if (after?.kind === 'mark' && !after.spaced && tokens[next + 1]?.spaced === false) return null;
  if (
    sign === 0 &&
    after !== undefined &&
    after.kind !== 'mark' &&
    !AFTER_NUMBER.has(after.norm) &&
    !isTime(tokens, next)
  )
    return null;
  return { number: token.value, next: index + sign + 1 };
}

/** "snooze 12 2h", "move 12 tomorrow": a number with its unit, or the name of a day, cannot be counted by the number before it. */
function isTime(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const named = (at: number, ...kinds: string[]) => meanings(tokens[at]?.norm ?? '').some(({ k }) => kinds.includes(k));
  return token?.kind === 'number' ? named(index + 1, 'unit', 'role') : named(index, 'day', 'weekday', 'clock');
}

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
  const first = tokens[0];
  if (first === undefined || tokens.length > 16) return null;
  const opened = vocabulary.listOpeners.has(first.norm);
  let named = false;
  let filter: ListFilter | null = null;
  let words = 0;
  for (const [index, token] of tokens.entries()) {
    if (timed.has(index)) {
      words += 1;
      continue;
    }
    if (token.kind === 'mark' && '?!.,'.includes(token.norm)) continue;
    if (token.kind !== 'word') return null;
    if (index === 0 && opened) continue;
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
