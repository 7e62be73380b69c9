/** A series that rests: until a day, or without a date until it is resumed. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { UserError } from '../../../core/errors.ts';
import { today } from '../../../core/zones.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Writing } from '../closing/contract.ts';
import { lockOpen } from '../closing/locks.ts';
import { datesBack } from '../recurring.ts';
import { asSeries, beforeRest, isPaused, onSchedule, paused, resting } from './own.ts';

/** The dates of an instance whose pause ends on a day: still ahead it has its dates again, its own ones too; else the next of its series. Null when that is over. */
export function datesAfterRest(
  before: Task,
  day: string,
  zone: string,
): Pick<Task, 'startDate' | 'dueDate' | 'dueTime' | 'series'> | null {
  const was = beforeRest(before);
  const { startDate, dueDate, dueTime, series } = was;
  if (dueDate !== null && dueDate >= day) return { startDate, dueDate, dueTime, series };
  const dates = datesBack(asSeries(was), day, zone);
  return dates === null ? null : { ...dates, series: onSchedule(was) };
}

export function seriesPauses({ reminders, write }: Writing) {
  /**
   * Pauses a series until a day ('YYYY-MM-DD'): its instance is moved to the first date from then on; or until it is resumed (null): it has no
   * date. Throws Conflict for a closed task, UserError for one that does not repeat, is paused, or has nothing before that day.
   */
  async function pause(
    changes: Changes,
    actor: Actor,
    target: Authorized<Task>,
    until: string | null,
    now: EpochMs,
  ): Promise<Task> {
    const before = await lockOpen(changes.tx, actor, target.id);
    const { recurrence } = before;
    if (recurrence === null) throw new UserError('series-error-no-series', { title: before.title });
    const day = today(now, actor.person.timezone);
    if (until === null) {
      if (before.series?.paused === true) throw new UserError('series-error-paused', { title: before.title });
      const patch = { dueDate: null, dueTime: null, startDate: null, series: paused(beforeRest(before)) };
      const task = await write(changes, actor, before, patch, now);
      await reminders.taskPaused(changes, actor, task, null, now);
      return task;
    }
    if (until <= day) throw new UserError('series-error-pause-past');
    if (!isPaused(before, day) && before.dueDate !== null && before.dueDate >= until)
      throw new UserError('series-error-pause-nothing', { title: before.title });
    const task = await place(changes, actor, before, until, now);
    await reminders.taskPaused(changes, actor, task, until, now);
    return task;
  }

  /** Ends a pause: the instance has the date it would have had without it. Throws Conflict for a closed task, UserError for one that is not paused. */
  async function resume(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Task> {
    const before = await lockOpen(changes.tx, actor, target.id);
    const day = today(now, actor.person.timezone);
    if (!isPaused(before, day)) throw new UserError('series-error-not-paused', { title: before.title });
    const dates = datesAfterRest(before, day, actor.person.timezone);
    if (dates === null) throw new UserError('series-error-over', { title: before.title });
    const task = await write(changes, actor, before, dates, now);
    await reminders.taskResumed(changes, actor, task, now);
    return task;
  }

  /** Puts the instance off to the first date of its series from a day on. Throws UserError when the series is over by then. */
  async function place(changes: Changes, actor: Actor, before: Task, until: string, now: EpochMs): Promise<Task> {
    const dates = datesBack(asSeries(beforeRest(before)), until, actor.person.timezone);
    if (dates === null) throw new UserError('series-error-over', { title: before.title });
    return write(changes, actor, before, { ...dates, series: resting(before, until) }, now);
  }

  return { pause, resume };
}
