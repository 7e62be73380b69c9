/** Words for a change of many tasks ("status done", "tag +sales -old", "due friday"), and the change kept with its question. */

import { parseDay } from '../../../core/days.ts';
import { UserError } from '../../../core/errors.ts';
import type { PersonId } from '../../../core/ids.ts';
import type { Context } from '../../../telegram/feature.ts';
import { namedHere } from '../assign/chat.ts';
import { nameOf as memberName } from '../assign/views.ts';
import { minutesIn, statusIn } from '../bot/verbs.ts';
import { meansNone, readWords } from '../bot/when.ts';
import { priorityNamed } from '../search/query.ts';
import { FIELD_WORDS, isStatus, nameOf, PRIORITIES, priorityName, tagsOf } from '../task.ts';
import { isList, isNumbers } from './selection.ts';
import type { BulkChange } from './service.ts';

export const BULK_KINDS = [
  'status',
  'priority',
  'tag',
  'project',
  'client',
  'due',
  'delete',
  'estimate',
  'start',
  'assign',
] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

const WORDS: Readonly<Record<string, BulkKind>> = {
  ...FIELD_WORDS,
  set_status: 'status',
  метки: 'tag',
  category: 'project',
  assign: 'assign',
  give: 'assign',
  назначить: 'assign',
  поручить: 'assign',
  кому: 'assign',
  estimate: 'estimate',
  оценка: 'estimate',
  start: 'start',
  defer: 'start',
  начало: 'start',
  отложить: 'start',
  move: 'due',
  delete: 'delete',
  remove: 'delete',
  удалить: 'delete',
};

/** Words that are a status at once: "/bulk 1,2 done". */
const DONE = /^(?:done|complete|готово|сделано)$/iu;

/** What a command for many tasks says: which, what, and with which words; null: not said. */
export interface BulkCall {
  readonly selection: string;
  readonly what: BulkKind | null;
  readonly words: string;
}

/** "1,2,3 status done", "tag:old delete", "overdue due tomorrow", "1,2 done". */
export function callOf(rest: string): BulkCall {
  const tokens = [...rest.matchAll(/(?:[^\s"]|"[^"]*")+/g)];
  for (const token of tokens.slice(1)) {
    const word = token[0].toLowerCase();
    const selection = rest.slice(0, token.index).trim();
    const words = rest.slice(token.index + word.length).trim();
    if (DONE.test(word) && words === '') return { selection, what: 'status', words: 'done' };
    const what = WORDS[word];
    if (what !== undefined) return { selection, what, words };
  }
  return { selection: rest.trim(), what: null, words: '' };
}

/** `/bulk_status 1,2,3 Done`: the tasks come first, and what follows them is the value. */
export function valueCallOf(rest: string, what: BulkKind): BulkCall {
  const tokens = [...rest.matchAll(/(?:[^\s"]|"[^"]*")+/g)];
  let end = 0;
  for (const token of tokens) {
    const upTo = token.index + token[0].length;
    const selects = isNumbers(rest.slice(0, upTo).replace(/[\s,;]+$/, '')) || /:/.test(token[0]);
    if (!selects && !(end === 0 && isList(token[0]))) break;
    end = upTo;
  }
  const [selection, words] = [rest.slice(0, end).replace(/[\s,;]+$/, ''), rest.slice(end).trim()];
  return end === 0 ? { selection: rest.trim(), what, words: '' } : { selection, what, words };
}

/** What the words change. Throws UserError when they cannot be that. */
export async function changeOf(context: Context, what: BulkKind, words: string): Promise<BulkChange> {
  const bare = words.replace(/^["„“«](.*)["“”»]$/su, '$1').trim();
  switch (what) {
    case 'assign':
      return assignOf(context, bare);
    case 'status':
      return { what, status: statusIn(bare) };
    case 'priority': {
      const priority = priorityNamed(bare);
      if (priority === null) throw new UserError('task-error-priority');
      return { what, level: priorityName(priority) };
    }
    case 'tag': {
      const given = bare.split(/[\s,]+/).filter((word) => word !== '');
      const minus = /^[-−]/;
      const add = tagsOf(given.filter((word) => !minus.test(word)).map((word) => word.replace(/^\+/, '')));
      const away = tagsOf(given.filter((word) => minus.test(word)).map((word) => word.replace(minus, '')));
      if (add.length + away.length === 0) throw new UserError('task-error-bulk-tag');
      return { what, add, away };
    }
    case 'client':
      // LarryBot2's word for both: one of the group is who is to do it, anybody else a client.
      return (await namedHere(context, bare)) === undefined
        ? { what, name: meansNone(bare) ? null : nameOf(bare) }
        : assignOf(context, bare);
    case 'project':
      return { what, name: meansNone(bare) ? null : nameOf(bare) };
    case 'estimate':
      return { what, minutes: meansNone(bare) ? null : minutesIn(context, bare) };
    case 'start': {
      const [only] = meansNone(bare) ? [] : readWords(context, bare);
      return { what, day: only?.day ?? null };
    }
    case 'due': {
      if (meansNone(bare)) return { what, day: null, time: null };
      const [only, ...others] = readWords(context, bare);
      if (only === undefined || others.length > 0) throw new UserError('task-date-not-read', { words: bare });
      return { what, day: only.day, time: only.time };
    }
    case 'delete':
      return { what };
  }
}

/** Given to one of the group; where there is no group, or nobody of it is called so, to a client. */
async function assignOf(context: Context, words: string): Promise<BulkChange> {
  const name = words.replace(/^(?:to|на|для)\s+/iu, '');
  const found = await namedHere(context, name);
  if (found === 'nobody') return { what: 'assign', person: null, name: '' };
  if (found !== undefined) return { what: 'assign', person: found.id, name: memberName(found) };
  if (context.actor.group) throw new UserError('task-assign-unknown', { name: name.slice(0, 60) });
  return { what: 'client', name: meansNone(name) ? null : nameOf(name) };
}

/** A change as `JSON.stringify` kept it; null when it is none. */
export function keptChange(kept: unknown): BulkChange | null {
  if (typeof kept !== 'string') return null;
  let value: unknown;
  try {
    value = JSON.parse(kept);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { what, status, level, add, away, name, day, time, minutes, person } = value as Record<string, unknown>;
  const strings = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
  switch (what) {
    case 'status':
      return typeof status === 'string' && isStatus(status) ? { what, status } : null;
    case 'priority': {
      const known = PRIORITIES.find((one) => one === level);
      return known === undefined ? null : { what, level: known };
    }
    case 'tag':
      return { what, add: strings(add), away: strings(away) };
    case 'project':
    case 'client':
      return { what, name: typeof name === 'string' ? name : null };
    case 'estimate':
      return { what, minutes: typeof minutes === 'number' ? minutes : null };
    case 'start':
      return { what, day: typeof day === 'string' && parseDay(day) !== null ? day : null };
    case 'assign':
      return { what, person: typeof person === 'number' ? (person as PersonId) : null, name: String(name ?? '') };
    case 'due': {
      const date = typeof day === 'string' && parseDay(day) !== null ? day : null;
      return { what, day: date, time: date !== null && typeof time === 'string' ? time : null };
    }
    case 'delete':
      return { what };
    default:
      return null;
  }
}
