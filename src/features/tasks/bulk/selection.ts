/** Which tasks are meant by "1,2,5-7", "overdue" or "tag:sales priority:high offer". */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { UserError } from '../../../core/errors.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { daysOf, LIST_KINDS, type ListKind, listAll } from '../lists/lists.ts';
import { OPEN, parseQuery } from '../search/query.ts';
import { findAll } from '../search/search.ts';
import { statements as sql } from '../statements.ts';

/** Tasks changed at once: some seconds of work in one transaction, and one undo. */
export const MOST_AT_ONCE = 500;

export interface Selection {
  readonly tasks: ReadonlyArray<Authorized<Task>>;
  /** numbers that no task of the space has */
  readonly missing: readonly number[];
}

const NUMBERS = /^[#№]?\d{1,9}(?:(?:\s*(?:-|–|\.\.)\s*|[\s,;]+)[#№]?\d{1,9})*$/u;

/** Words that name a list. */
const LISTS: Readonly<Record<string, ListKind>> = {
  ...Object.fromEntries(LIST_KINDS.slice(0, 6).map((kind) => [kind, kind])),
  all: 'open',
  все: 'open',
  сегодня: 'today',
  завтра: 'tomorrow',
  неделя: 'week',
  просрочено: 'overdue',
  просроченные: 'overdue',
};

export const isNumbers = (text: string): boolean => NUMBERS.test(text.trim());
export const isList = (text: string): boolean => LISTS[text.trim().toLowerCase()] !== undefined;

/** Short numbers, ranges spelled out. Throws UserError when they are more than can be changed at once. */
function numbersOf(text: string): number[] {
  const out = new Set<number>();
  for (const [, first = '', last] of text.matchAll(/(\d+)(?:\s*(?:-|–|\.\.)\s*[#№]?(\d+))?/gu)) {
    const [from, to] = [Number(first), Number(last ?? first)];
    for (let number = Math.min(from, to); number <= Math.max(from, to); number += 1) {
      out.add(number);
      if (out.size > MOST_AT_ONCE) throw new UserError('task-error-bulk-many', { most: MOST_AT_ONCE });
    }
  }
  return [...out];
}

/** The tasks of these numbers, in their order. */
export async function byNumbers(db: Queryable, actor: Actor, numbers: readonly number[]): Promise<Selection> {
  const rows = authorizeRows(actor, await db.query<Task>(sql.byNumbers, [actor.spaceId, numbers]));
  const found = new Map(rows.map((task) => [task.number, task]));
  return {
    tasks: numbers.flatMap((number) => found.get(number) ?? []),
    missing: numbers.filter((number) => !found.has(number)),
  };
}

/**
 * The tasks that `text` means: numbers and ranges, a list, else a search, as `found` says. Throws UserError for a filter that cannot be read and for more tasks than can be changed at once.
 */
export async function select(db: Queryable, actor: Actor, text: string, now: EpochMs): Promise<Selection> {
  if (isNumbers(text)) return byNumbers(db, actor, numbersOf(text));
  const kind = LISTS[text.trim().toLowerCase()];
  if (kind === undefined) return found(db, actor, text, now, OPEN);
  const tasks = await listAll(db, actor, { kind, value: null }, MOST_AT_ONCE + 1, now);
  return { tasks: bounded(tasks, tasks.length), missing: [] };
}

/** The tasks a search finds; where it names no status, those of `statuses` (null: of any). Throws UserError as `select` does. */
export async function found(
  db: Queryable,
  actor: Actor,
  text: string,
  now: EpochMs,
  statuses: typeof OPEN | null = null,
): Promise<Selection> {
  const query = parseQuery(text, daysOf(actor, now));
  if (query.unread.length > 0) throw new UserError('task-error-filter', { filters: query.unread.join(' ') });
  const { tasks, total } = await findAll(
    db,
    actor,
    { ...query, statuses: query.statuses ?? statuses },
    MOST_AT_ONCE + 1,
  );
  return { tasks: bounded(tasks, total), missing: [] };
}

function bounded<T>(tasks: readonly T[], total: number): readonly T[] {
  if (total > MOST_AT_ONCE) throw new UserError('task-error-bulk-many', { most: MOST_AT_ONCE });
  return tasks;
}
