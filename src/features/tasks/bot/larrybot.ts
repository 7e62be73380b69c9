/** Commands as LarryBot2's users type them, turned into ours. */
import { type Capture, parse, verbatim } from '../../../capture/index.ts';
import type { CommandCall, Context } from '../../../telegram/feature.ts';
import { priorityNamed, statusesNamed } from '../search/query.ts';
import { PRIORITIES } from '../task.ts';

const UNQUOTED = /^([^"„“«].*?)\s+(low|medium|high|critical)\s+(\d{4}-\d{2}-\d{2})(?:\s+([^\s#@!~]+))?$/iu;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}/;

/**
 * `/addtask "Review contract" High 2026-07-10 Legal`: a quoted title and what follows by place; null when it is not written so. /add is
 * taken so only where a priority or a day stands behind the quotes: its words are free text otherwise.
 */
export function addTaskOf(context: Context, { typed, rest, words }: CommandCall): Capture | null {
  // "/addtask Complete the proposal High 2026-07-15 Legal": where the words end is told by what follows.
  const [, bare, level = '', day = '', category] = (typed === 'addtask' && UNQUOTED.exec(rest)) || [];
  if (bare !== undefined) {
    const placed = [bare, level, day, ...(category === undefined ? [] : [category])];
    return addTaskOf(context, { typed, rest: `"${bare}"`, words: placed });
  }
  const [title, ...others] = words;
  if (!/^["„“«]/u.test(rest) || title === undefined || others.some((word) => /^[#@!~]/.test(word))) return null;
  const placed = others.length <= 3 && others.some((word) => ISO_DAY.test(word) || priorityNamed(word) !== null);
  if (typed !== 'addtask' && !placed) return null;
  let priority: Capture['priority'] = null;
  let when: Capture | null = null;
  let project: string | null = null;
  for (const word of others) {
    const level = priorityNamed(word);
    const date = parse(`x ${word}`, context.capture);
    const dated = date.title.toLowerCase() === 'x' || ISO_DAY.test(word);
    if (level !== null && priority === null) priority = PRIORITIES[level - 1] ?? null;
    else if (when === null && dated && (date.reading !== null || date.refused !== null)) when = date;
    else project = word;
  }
  const read = when ?? verbatim(title);
  return { ...read, title, intent: 'add', priority, project };
}

/** A search with our filters for a search as LarryBot2 knew it. */
export function searchOf({ typed, words, rest }: CommandCall): string {
  const [first = '', second = '', third = ''] = words;
  switch (typed) {
    case 'tags_multi':
      // "urgent,work any" is one filter of either, "urgent,work" (or "all") one for each.
      return (second.toLowerCase() === 'any' ? [first] : first.split(','))
        .filter((tag) => tag !== '')
        .map((tag) => `tag:${quoted(tag)}`)
        .join(' ');
    case 'priority_range': {
      const [from, to] = [priorityNamed(first), priorityNamed(second === '' ? first : second)];
      if (from === null || to === null) return rest;
      const between = PRIORITIES.slice(Math.min(from, to) - 1, Math.max(from, to));
      return `priority:${between.join(',')} status:open`;
    }
    case 'time_range':
      return `due:${first}..${second}${words.includes('--include-done') || /^true$/i.test(third) ? '' : ' status:open'}`;
    case 'filter_advanced':
      return advanced(words);
    case 'search_advanced': {
      // '"project proposal" high work': the words, then filters by what they are.
      const [sought = '', ...others] = words.filter((word) => !word.startsWith('--'));
      if (!/^["„“«]/u.test(rest)) return [sought, ...others].join(' ');
      return [sought, advanced(others)].filter((part) => part !== '').join(' ');
    }
    default:
      return rest.replaceAll(/(?:^|\s)--(?:advanced|case-sensitive)(?=\s|$)/giu, '').trim();
  }
}

const SORTING = /^(?:created_at|due_date|priority|status|category|asc|desc)$/i;
const KEYS: Readonly<Record<string, string>> = {
  category: 'project',
  project: 'project',
  tags: 'tag',
  assignee: 'client',
};

/** 'In Progress High design created_at desc', 'status=todo category=work': filters by what each word is; sorting is always ours. */
function advanced(words: readonly string[]): string {
  const named = words.flatMap((word) => {
    const [, key = '', value = ''] =
      /^(status|priority|category|project|client|tags?|assignee)[=:](.+)$/i.exec(word) ?? [];
    return value === '' ? [] : [`${KEYS[key.toLowerCase()] ?? key.toLowerCase()}:${quoted(value)}`];
  });
  const placed = words.filter((word) => !/^\w+[=:]./.test(word) && !SORTING.test(word));
  const { filters, rest } = filtersIn(placed);
  return [...named, ...filters, ...(rest.length === 0 ? [] : [`project:${quoted(rest.join(' '))}`])].join(' ');
}

/** The statuses and priorities among words ("In Progress high work"), as filters, and the other words. */
export function filtersIn(words: readonly string[]): { readonly filters: string[]; readonly rest: string[] } {
  const filters: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', next = ''] = [words[at], words[at + 1]];
    const both = next === '' ? null : statusesNamed(`${word} ${next}`);
    const level = /^\d$/.test(word) ? null : priorityNamed(word);
    const statuses = both ?? statusesNamed(word);
    if (both !== null) at += 1;
    if (statuses !== null) filters.push(`status:${statuses.join(',')}`);
    else if (level !== null) filters.push(`priority:${PRIORITIES[level - 1] ?? 'medium'}`);
    else rest.push(word);
  }
  return { filters, rest };
}

const quoted = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);
