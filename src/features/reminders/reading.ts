/** Reads reminders: lists by pages, one with what is to come, by words, how they went. */
import { type Authorized, authorizeRows } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import { NotFound } from '../../core/errors.ts';
import type { ReminderId } from '../../core/ids.ts';
import { nextOccurrences } from '../../core/recurrence.ts';
import type { Queryable } from '../../storage/database.ts';
import type { Reminder, Task } from '../../storage/rows.ts';
import { isSeries } from './schedule/timing.ts';
import { statements } from './statements.ts';

/** A reminder with what is known of its occurrences. */
export type Shown = Authorized<Reminder> & {
  readonly taskTitle: string | null;
  readonly taskNumber: number | null;
  /** epoch ms of the next planned occurrence */
  readonly nextDue: EpochMs | null;
  /** epoch ms of the newest occurrence nobody answered */
  readonly unansweredAt: EpochMs | null;
};

/** Reminders shown on one page of the list. */
export const PAGE = 8;

/** A page (from 0) of what is to come or unanswered, and how many there are in all. */
export async function list(db: Queryable, actor: Actor, page: number): Promise<{ rows: Shown[]; total: number }> {
  const rows = await db.query<Shown & { total: number }>(statements.list, [
    actor.spaceId,
    PAGE,
    Math.max(0, page) * PAGE,
  ]);
  return { rows: authorizeRows(actor, rows) as Shown[], total: rows[0]?.total ?? 0 };
}

/** One reminder of the actor's space as it stands; throws NotFound. */
export async function find(db: Queryable, actor: Actor, id: ReminderId): Promise<Shown & { timezone: string }> {
  const [row] = await db.query<Shown & { timezone: string }>(statements.one, [id, actor.spaceId]);
  if (row === undefined) throw new NotFound('reminder', id);
  return row;
}

/** Reminders of the space whose text or task's title holds the words, at most `count`. */
export async function findByWords(
  db: Queryable,
  actor: Actor,
  words: string,
  count: number,
): Promise<Array<Authorized<Reminder>>> {
  return authorizeRows(actor, await db.query<Reminder>(statements.byWords, [actor.spaceId, words.trim(), count]));
}

/** The newest reminder with these words that is over and answered; none or one. */
export async function findOverByWords(
  db: Queryable,
  actor: Actor,
  words: string,
): Promise<Array<Authorized<Reminder>>> {
  return authorizeRows(actor, await db.query<Reminder>(statements.overByWords, [actor.spaceId, words.trim()]));
}

/** The next `count` instants of a reminder from now on (epoch ms); one for those without a rule. */
export function upcoming(shown: Shown & { timezone: string }, count: number, now: EpochMs): EpochMs[] {
  if (shown.status !== 'active' || shown.nextDue === null) return shown.nextDue === null ? [] : [shown.nextDue];
  if (!isSeries(shown) || shown.rrule === null || shown.localAt === null) return [shown.nextDue];
  const series = { rrule: shown.rrule, start: shown.localAt, zone: shown.timezone };
  const found = nextOccurrences({ ...series, after: Math.min(shown.nextDue - 1, now), count });
  return found.map((occurrence) => occurrence.at);
}

/** How reminders went, of those due within the period. `medianLatenessMs` is null when none was sent. */
export interface Statistics {
  readonly sent: number;
  readonly onTime: number;
  readonly medianLatenessMs: number | null;
  readonly snoozed: number;
  readonly acknowledged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly repeats: number;
}

/** Statistics of the space, or of one reminder, over the `days` before now. */
export async function statistics(
  db: Queryable,
  actor: Actor,
  reminder: Authorized<Reminder> | null,
  days: number,
  now: EpochMs,
): Promise<Statistics> {
  const period = [iso(now - days * 86_400_000), iso(now)];
  const [row] = await db.query<Statistics>(statements.statistics, [actor.spaceId, ...period, reminder?.id ?? null]);
  return (
    row ?? {
      sent: 0,
      onTime: 0,
      medianLatenessMs: null,
      snoozed: 0,
      acknowledged: 0,
      skipped: 0,
      failed: 0,
      repeats: 0,
    }
  );
}

/** The reminders of a task that are not over. */
export async function ofTask(
  db: Queryable,
  actor: Actor,
  task: Authorized<Task>,
): Promise<Array<Authorized<Reminder>>> {
  const rows = authorizeRows(actor, await db.query<Reminder>(statements.ofTask, [task.id]));
  return rows.filter((row) => row.status !== 'done');
}
