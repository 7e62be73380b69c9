/**
 * The keys tasks are found by (`task_words.keyed`): of a new task, and what a query asks of them. The trigger `task_words_keys` of
 * prisma/schema/extra.sql makes the same of whatever comes without them, and of all that changes.
 * A key is the stretch of numbers of a space, a letter for its kind, and the value. Queries are written with `STRETCH` in the stretch's place.
 */
import { iso } from '../../../core/clock.ts';
import { addDays } from '../../../core/days.ts';
import type { Task, TaskStatus } from '../../../storage/rows.ts';
import type { DayRange, SearchQuery } from './query.ts';

/** Stands for the stretch in a query. No word holds it. */
const STRETCH = '\u0001';
/** Tags are cut in their keys. */
const LONGEST_TAG = 200;
/** Prefixes of days a range becomes at most; what they hold beside it is left out by comparing dates. */
const MOST_PREFIXES = 24;
/** 8,192 numbers are a stretch. */
const STRETCH_BITS = 13;
/** What PostgreSQL writes of a day as we do. */
const DAY = /^\d{4}-\d\d-\d\d$/;

/** 'w' a word, 't' a tag, 's' the status, 'p' the priority, 'o' the project, 'c' the client, 'a' whose it is, 'd' the due date or 'none', 'm' the day it was made (UTC). */
type Kind = 'w' | 't' | 's' | 'p' | 'o' | 'c' | 'a' | 'd' | 'm';

function key(kind: Kind, value: string | number, beginning = false): string {
  const text = String(value).replaceAll(STRETCH, ' ').replaceAll(/['\\]/g, '$&$&');
  return `'${STRETCH}${kind}${text}'${beginning ? ':*' : ''}`;
}

/** More words than the trigger takes: it chooses them. */
const MOST_WORDS = 30_000;

/** The keys of a task with these words, as the trigger makes them; null where it should. */
export function keysOf(task: Task, words: readonly string[]): string[] | null {
  const day = iso(task.createdAt).slice(0, 10);
  if (words.length > MOST_WORDS || !DAY.test(day) || !DAY.test(task.dueDate ?? day)) return null;
  const stretch = `${task.spaceId}.${task.number >> STRETCH_BITS}.`;
  const keys = words.map((word) => `${stretch}w${word}`);
  for (const tag of task.tags) keys.push(`${stretch}t${cut(tag)}`);
  keys.push(`${stretch}s${task.status}`, `${stretch}p${task.priority}`);
  if (task.projectId !== null) keys.push(`${stretch}o${task.projectId}`);
  if (task.clientId !== null) keys.push(`${stretch}c${task.clientId}`);
  if (task.assigneeId !== null) keys.push(`${stretch}a${task.assigneeId}`);
  keys.push(`${stretch}d${task.dueDate ?? 'none'}`, `${stretch}m${day}`);
  return keys;
}

/** Of none of them ("priority:>urgent") there is nothing. */
const oneOf = (keys: readonly string[]): string => (keys.length > 0 ? `(${keys.join(' | ')})` : key('p', 'none'));
const cut = (tag: string): string => (tag.length <= LONGEST_TAG ? tag : [...tag].slice(0, LONGEST_TAG).join(''));
const tagKey = (tag: string): string => key('t', cut(tag));

/** Tasks that have all of these words, as beginnings. */
export function wordKeys(words: readonly string[]): string[] {
  return words.map((word) => key('w', word, true));
}

export function statusKeys(statuses: readonly TaskStatus[]): string {
  return oneOf(statuses.map((status) => key('s', status)));
}

const FIRST = '0000-00-00';
const LAST = '9999-99-99';
/** Where a day may be cut: millennium, century, decade, year, month, day. */
const CUTS = [1, 2, 3, 4, 7, 10];

/** Prefixes that hold every day from `from` to `to`, and hardly any other. Pure text: the days need not exist. */
export function prefixesOf(from: string, to: string): string[] {
  const found: string[] = [];
  const within = (prefix: string) => [prefix + FIRST.slice(prefix.length), prefix + LAST.slice(prefix.length)] as const;
  const descend = (prefix: string, level: number): void => {
    const length = CUTS[level];
    const [first, last] = within(prefix);
    if (last < from || first > to) return;
    if ((first >= from && last <= to) || length === undefined) {
      found.push(prefix);
      return;
    }
    const digits = length - prefix.length === 1 ? 1 : 2;
    const dash = length > 4 ? '-' : '';
    const most = digits === 1 ? 9 : length === 7 ? 12 : 31;
    for (let value = digits === 1 ? 0 : 1; value <= most; value += 1)
      descend(`${prefix}${dash}${String(value).padStart(digits, '0')}`, level + 1);
  };
  descend('', 0);
  return found;
}

function rangeKeys(kind: 'd' | 'm', from: string, to: string): string {
  let prefixes = prefixesOf(from, to);
  // Coarser at the end that is cut finest, until there are few enough.
  for (const length of [7, 4, 3, 2, 1]) {
    if (prefixes.length <= MOST_PREFIXES) break;
    prefixes = [...new Set(prefixes.map((prefix) => prefix.slice(0, length)))];
  }
  return oneOf(prefixes.map((prefix) => key(kind, prefix, prefix.length < LAST.length)));
}

/** A day of any zone lies within one day of that of UTC. */
const madeKeys = ({ from, to }: DayRange): string =>
  rangeKeys(
    'm',
    from === null || from < '0002' ? FIRST : addDays(from, -1),
    to === null || to > '9999' ? LAST : addDays(to, 1),
  );

const dueKeys = ({ from, to }: DayRange): string => rangeKeys('d', from ?? FIRST, to ?? LAST);

const KIND_OF = { tag: 't', project: 'o', client: 'c' } as const;

/** What the filters of a query ask; `project`, `client` and `assignee` are the ids of those it names, 0 of nobody. */
export function filterKeys(
  query: SearchQuery,
  project: number | null,
  client: number | null,
  assignee: number | null,
): string[] {
  return [
    query.statuses && statusKeys(query.statuses),
    query.priorities && oneOf(query.priorities.map((priority) => key('p', priority))),
    ...query.tags.map(tagKey),
    query.oneOfTags && oneOf(query.oneOfTags.map(tagKey)),
    ...query.without.map((kind) => `!${key(KIND_OF[kind], '', true)}`),
    project && key('o', project),
    client && key('c', client),
    assignee && key('a', assignee),
    query.due && (query.due === 'none' ? key('d', 'none') : dueKeys(query.due)),
    query.created && madeKeys(query.created),
  ].filter((asked): asked is string => typeof asked === 'string');
}

/** The query for all of these. */
export function allOf(keys: readonly string[]): string {
  return keys.join(' & ');
}

/** The query for any of these queries. */
export function anyOf(queries: readonly string[]): string {
  return `(${queries.map((query) => `(${query})`).join(' | ')})`;
}
