/** Commands as LarryBot2's users type them, turned into ours. */
import { type Capture, parse, verbatim } from '../../../capture/index.ts';
import type { CommandCall, Context } from '../../../telegram/feature.ts';
import { priorityNamed } from '../search/query.ts';
import { PRIORITIES } from '../task.ts';

/** `/addtask "Review contract" High 2026-07-10 Legal`: a quoted title and what follows by place; null when it is not written so. */
export function addTaskOf(context: Context, { rest, words }: CommandCall): Capture | null {
  const [title, ...others] = words;
  if (!/^["„“«]/u.test(rest) || title === undefined || others.some((word) => /^[#@!~]/.test(word))) return null;
  let priority: Capture['priority'] = null;
  let when: Capture | null = null;
  let project: string | null = null;
  for (const word of others) {
    const level = priorityNamed(word);
    const date = parse(`x ${word}`, context.capture);
    const dated = date.title.toLowerCase() === 'x' || /^\d{4}-\d{2}-\d{2}/.test(word);
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
      return `due:${first}..${second}${words.includes('--include-done') ? '' : ' status:open'}`;
    case 'filter_advanced':
      return [
        first === '' ? '' : `status:${quoted(first)}`,
        second === '' ? '' : `priority:${second}`,
        third === '' ? '' : `project:${quoted(third)}`,
      ].join(' ');
    case 'search_advanced':
      return words.filter((word) => !word.startsWith('--')).join(' ');
    default:
      return rest;
  }
}

const quoted = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);
