/** Lists of tasks, page by page. Counts and pages are bounded, so a list costs the same with ten tasks and with a hundred thousand. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import { type EpochMs, iso } from '../../../core/clock.ts';
import { addDays, type Day, type WeekStart, weekOf } from '../../../core/days.ts';
import { wallClock } from '../../../core/zones.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { loadSql, type Statement } from '../../../storage/sql.ts';
import { type Marks, marksOf } from '../links/tree.ts';
import { askedDays } from './asked-days.ts';
import { finishedBetween } from './finished.ts';

const sql = loadSql(new URL('./lists.sql', import.meta.url), [
  'openPage',
  'openCount',
  'duePage',
  'dueCount',
  'overduePage',
  'overdueCount',
  'somedayPage',
  'somedayCount',
  'closedPage',
  'closedCount',
  'statusPage',
  'statusCount',
  'priorityPage',
  'priorityCount',
  'tagPage',
  'rareTagPage',
  'tagCount',
  'projectPage',
  'projectCount',
  'clientPage',
  'clientCount',
  'assigneePage',
  'assigneeCount',
  'finishedPage',
  'finishedCount',
  'nextDue',
]);

/** Lists of nothing in particular: their names alone open them. */
export const PLAIN_LISTS = ['open', 'today', 'tomorrow', 'week', 'overdue', 'someday'] as const;

export const LIST_KINDS = [
  ...PLAIN_LISTS,
  'status',
  'priority',
  'tag',
  'project',
  'client',
  'assignee',
  'finished',
  'days',
] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** Which tasks. `value`: the status, the priority's number, the tag, the id of the project or client, the days something is due or was finished in; null for the others. */
export interface ListQuery {
  readonly kind: ListKind;
  readonly value: string | number | null;
}

/** Rows of a page. */
export const PAGE_SIZE = 8;
/** Rows paged through at most: nobody pages further, and the search finds the rest. */
const MOST_ROWS = 2000;

export interface TaskPage {
  readonly query: ListQuery;
  readonly tasks: ReadonlyArray<Authorized<Task>>;
  /** how they hang together with others, by id */
  readonly marks: ReadonlyMap<number, Marks>;
  /** at most `MOST_ROWS`; `more` when there are more */
  readonly total: number;
  readonly more: boolean;
  /** overdue ones of the whole space, counted up to a thousand */
  readonly overdue: number;
  /** from 1 */
  readonly page: number;
  readonly pages: number;
  /** of an empty list: the task due next */
  readonly next: Authorized<Task> | null;
}

/** The owner's wall clock and week, from which every list takes its days. */
export interface Days {
  readonly day: Day;
  readonly time: string;
  readonly lastOfWeek: Day;
}

export function daysOf(actor: Actor, now: EpochMs): Days {
  const { day, time } = wallClock(now, actor.person.timezone);
  return { day, time, lastOfWeek: weekOf(day, weekStartOf(actor.person.weekStart)).last };
}

/** The setting (ISO weekday) as the calendar's arithmetic knows it. */
export function weekStartOf(weekday: number): WeekStart {
  return weekday === 7 ? 'sunday' : weekday === 6 ? 'saturday' : 'monday';
}

const EARLIEST = '0001-01-01';

function statementsOf(
  query: ListQuery,
  days: Days,
  zone: string,
): { page: Statement; count: Statement; values: readonly unknown[] } {
  const { kind, value } = query;
  switch (kind) {
    case 'open':
      return { page: sql.openPage, count: sql.openCount, values: [] };
    case 'today':
      return { page: sql.duePage, count: sql.dueCount, values: [EARLIEST, days.day] };
    case 'tomorrow': {
      const day = addDays(days.day, 1);
      return { page: sql.duePage, count: sql.dueCount, values: [day, day] };
    }
    case 'week':
      return { page: sql.duePage, count: sql.dueCount, values: [EARLIEST, days.lastOfWeek] };
    case 'overdue':
      return { page: sql.overduePage, count: sql.overdueCount, values: [days.day, days.time] };
    case 'someday':
      return { page: sql.somedayPage, count: sql.somedayCount, values: [] };
    case 'status':
      return value === 'done' || value === 'cancelled'
        ? { page: sql.closedPage, count: sql.closedCount, values: [value] }
        : { page: sql.statusPage, count: sql.statusCount, values: [value] };
    case 'priority':
      return { page: sql.priorityPage, count: sql.priorityCount, values: [value] };
    case 'tag':
      return { page: sql.tagPage, count: sql.tagCount, values: [value] };
    case 'project':
      return { page: sql.projectPage, count: sql.projectCount, values: [value] };
    case 'client':
      return { page: sql.clientPage, count: sql.clientCount, values: [value] };
    case 'finished':
      return {
        page: sql.finishedPage,
        count: sql.finishedCount,
        values: finishedBetween(String(value), days, zone).map(iso),
      };
    case 'days': {
      const { from, to } = askedDays(value) ?? { from: days.day, to: days.day };
      return { page: sql.duePage, count: sql.dueCount, values: [from ?? EARLIEST, to] };
    }
    case 'assignee':
      return { page: sql.assigneePage, count: sql.assigneeCount, values: [value] };
  }
}

async function counted(db: Queryable, statement: Statement | string, values: readonly unknown[]): Promise<number> {
  const [row] = await db.query<{ count: number }>(statement, values);
  return row?.count ?? 0;
}

/** One page of a list; a page beyond the end is the last one. */
export async function listTasks(
  db: Queryable,
  actor: Actor,
  query: ListQuery,
  page: number,
  now: EpochMs,
): Promise<TaskPage> {
  const days = daysOf(actor, now);
  const { page: rowsOf, count, values } = statementsOf(query, days, actor.person.timezone);
  // By text, not by name: a rare tag and a common one want plans of their own.
  const ofTag = query.kind === 'tag';
  const found = await counted(db, ofTag ? count.text : count, [actor.spaceId, MOST_ROWS + 1, ...values]);
  const total = Math.min(found, MOST_ROWS);
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const shown = Math.min(Math.max(1, page), pages);
  // The few of a rare tag are put in order; of a common one, walking the list in its order finds a page soon.
  const listed = ofTag ? (found > MOST_ROWS ? rowsOf : sql.rareTagPage).text : rowsOf;
  const rows =
    total === 0 ? [] : await db.query<Task>(listed, [actor.spaceId, PAGE_SIZE, (shown - 1) * PAGE_SIZE, ...values]);
  return {
    query,
    tasks: authorizeRows(actor, rows),
    marks: await marksOf(db, actor, rows),
    total,
    more: found > MOST_ROWS,
    overdue: await overdueCount(db, actor, now),
    page: shown,
    pages,
    next: total === 0 ? await nextDue(db, actor, lastOf(query, days)) : null,
  };
}

/** All tasks of a list, at most `limit`. */
export async function listAll(
  db: Queryable,
  actor: Actor,
  query: ListQuery,
  limit: number,
  now: EpochMs,
): Promise<Array<Authorized<Task>>> {
  const { page, values } = statementsOf(query, daysOf(actor, now), actor.person.timezone);
  return authorizeRows(actor, await db.query<Task>(page, [actor.spaceId, limit, 0, ...values]));
}

/** The day behind which an empty list looks for what comes next. */
function lastOf({ kind, value }: ListQuery, { day, lastOfWeek }: Days): Day {
  if (kind === 'week') return lastOfWeek;
  const to = kind === 'days' ? askedDays(value)?.to : undefined;
  return to === undefined || to < day ? day : to;
}

async function nextDue(db: Queryable, actor: Actor, after: Day): Promise<Authorized<Task> | null> {
  const [task] = authorizeRows(actor, await db.query<Task>(sql.nextDue, [actor.spaceId, after]));
  return task ?? null;
}

/** Open tasks past their due date, counted up to a thousand. */
export function overdueCount(db: Queryable, actor: Actor, now: EpochMs): Promise<number> {
  const { day, time } = daysOf(actor, now);
  return counted(db, sql.overdueCount, [actor.spaceId, 1000, day, time]);
}

/** What is left for today: open tasks due today or before, counted up to a thousand. */
export function leftToday(db: Queryable, actor: Actor, now: EpochMs): Promise<number> {
  return counted(db, sql.dueCount, [actor.spaceId, 1000, EARLIEST, daysOf(actor, now).day]);
}
