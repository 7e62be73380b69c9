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
import { datesBack, firstFrom, shifted } from '../recurring.ts';
import { asSeries, onSchedule, paused } from './own.ts';

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
    const series = asSeries(before);
    if (until === null) {
      if (before.series?.paused === true) throw new UserError('series-error-paused', { title: before.title });
      const patch = { dueDate: null, dueTime: null, startDate: null, series: paused(before) };
      const task = await write(changes, actor, before, patch, now);
      await reminders.taskPaused(changes, actor, task, null, now);
      return task;
    }
    if (until <= today(now, actor.person.timezone)) throw new UserError('series-error-pause-past');
    const isPaused = before.series?.paused === true;
    if (!isPaused && before.dueDate !== null && before.dueDate >= until)
      throw new UserError('series-error-pause-nothing', { title: before.title });
    const task = await place(changes, actor, before, series, until, now);
    await reminders.taskPaused(changes, actor, task, until, now);
    return task;
  }

  /** Ends a pause: the instance has the next date of its series. Throws Conflict for a closed task, UserError for one that is not paused. */
  async function resume(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Task> {
    const before = await lockOpen(changes.tx, actor, target.id);
    if (before.series?.paused !== true) throw new UserError('series-error-not-paused', { title: before.title });
    const day = today(now, actor.person.timezone);
    const dates = await datesBack(asSeries(before), day, actor.person.timezone);
    if (dates === null) throw new UserError('series-error-over', { title: before.title });
    const task = await write(changes, actor, before, { ...dates, series: onSchedule(before) }, now);
    await reminders.taskResumed(changes, actor, task, now);
    return task;
  }

  /** Gives the instance the first date of its series from a day on. Throws UserError when the series is over by then. */
  async function place(
    changes: Changes,
    actor: Actor,
    before: Task,
    series: Task,
    day: string,
    now: EpochMs,
  ): Promise<Task> {
    const first = await firstFrom(series, day, actor.person.timezone);
    if (first === null) throw new UserError('series-error-over', { title: before.title });
    const startDate = shifted(series.startDate, series.dueDate, first.dueDate);
    return write(changes, actor, before, { ...first, startDate, series: onSchedule(before) }, now);
  }

  return { pause, resume };
}
