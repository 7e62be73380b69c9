/** A pause of everything: reminders and recurring tasks rest until a day or until it is ended, and on return it is told what waited. */
import { type Actor, peopleChanged } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { EpochMs } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import type { TaskId } from '../../core/ids.ts';
import { today, wallClock } from '../../core/zones.ts';
import { plan } from '../../outbox/ledger.ts';
import type { Reminder } from '../../storage/rows.ts';
import { lockGrounds, type Moment, type Reason, replan } from './schedule/planning.ts';
import { type FellDue, returnOf, waitedOf } from './schedule/returning.ts';
import { statements } from './statements.ts';
import type { WaitedFacts, WaitedTasksFacts } from './views/waited.ts';

/** What a pause of everything needs of tasks; given by the tasks feature. Days are 'YYYY-MM-DD'. */
export interface EverythingOfTasks {
  /** Puts recurring tasks off to a day, or until they are resumed (null); how many. */
  pauseEverything(changes: Changes, actor: Actor, until: string | null, now: EpochMs): Promise<number>;
  /** Brings them back; how many. */
  resumeEverything(changes: Changes, actor: Actor, now: EpochMs): Promise<number>;
  readonly fellDue: FellDue;
}

/** How many rest, or go on. */
export interface Counted {
  readonly reminders: number;
  readonly tasks: number;
}

/** The longest pause. Days. */
const LONGEST_DAYS = 2 * 366;

async function note(changes: Changes, actor: Actor, since: EpochMs | null, until: string | null): Promise<void> {
  const patch = { pausedSince: since, pausedUntil: until };
  if (actor.group) await changes.update('groups', actor.group.id, patch);
  else await changes.update('people', actor.person.id, patch);
  await peopleChanged(changes.tx);
}

/**
 * Pauses everything of the space as one change: reminders that are not paused or until an earlier day, and recurring tasks. `until` as for
 * `pause`: on the morning of that day it is told what waited. Throws UserError for a day that is not ahead, or too far.
 */
export async function pauseAll(
  changes: Changes,
  actor: Actor,
  until: string | null,
  tasks: EverythingOfTasks,
  at: Moment,
): Promise<Counted> {
  const { timezone } = actor.person;
  if (until !== null && until <= today(at.now, timezone)) throw new UserError('reminder-error-past');
  if (until !== null && until > wallClock(at.now + LONGEST_DAYS * 86_400_000, timezone).day)
    throw new UserError('reminder-error-far');
  await note(changes, actor, at.now, until);
  const rows = await changes.tx.query<Reminder>(statements.allLive, [actor.spaceId, ['active', 'paused']]);
  const paused = rows.filter(
    ({ status, pausedUntil }) =>
      status === 'active' || (pausedUntil !== null && (until === null || pausedUntil < until)),
  );
  await changeAll(changes, paused, { status: 'paused', pausedUntil: until, pausedAt: at.now }, 'paused', at);
  const resting = await tasks.pauseEverything(changes, actor, until, at.now);
  if (until !== null) await plan(changes.tx, [returnOf(actor, until, at.now)], at.now, at.wake);
  return { reminders: paused.length, tasks: resting };
}

/** How everything went on, and what had waited. `wasPaused`: there was anything to end. */
export interface Resumed extends Counted {
  readonly wasPaused: boolean;
  readonly waited: readonly WaitedFacts[];
  readonly waitedTasks: WaitedTasksFacts | null;
}

/** Ends every pause of the space as one change. */
export async function resumeAll(
  changes: Changes,
  actor: Actor,
  tasks: EverythingOfTasks,
  at: Moment,
): Promise<Resumed> {
  const { pausedSince, timezone } = actor.person;
  const rows = await changes.tx.query<Reminder>(statements.allLive, [actor.spaceId, ['paused']]);
  const grounds = await lockGrounds(
    changes.tx,
    rows.map((row) => row.id),
  );
  const waited: WaitedFacts[] = [];
  for (const [since, some] of Map.groupBy(grounds, (ground) => ground.pausedAt ?? at.now))
    waited.push(...waitedOf(some, since, at.now));
  if (pausedSince !== null) await note(changes, actor, null, null);
  await changeAll(changes, rows, { status: 'active', pausedUntil: null, pausedAt: null }, 'changed', at);
  const going = await tasks.resumeEverything(changes, actor, at.now);
  const since = pausedSince === null ? null : wallClock(pausedSince, timezone).day;
  const told = waited.flatMap((one) => one.task ?? []);
  const waitedTasks =
    since === null
      ? null
      : await tasks.fellDue(changes.tx, actor.spaceId, since, today(at.now, timezone), told as TaskId[]);
  const wasPaused = pausedSince !== null || rows.length + going > 0;
  return { reminders: rows.length, tasks: going, wasPaused, waited, waitedTasks };
}

async function changeAll(
  changes: Changes,
  rows: readonly Reminder[],
  patch: Partial<Omit<Reminder, 'id'>>,
  reason: Reason,
  at: Moment,
): Promise<void> {
  for (const { id } of rows) await changes.update('reminders', id, patch);
  await replan(
    changes.tx,
    rows.map(({ id }) => id),
    reason,
    at,
  );
}
