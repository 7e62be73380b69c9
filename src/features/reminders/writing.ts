/** The one way a reminder's row is changed: by an actor of its space, recorded so that it can be taken back. */
import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { EpochMs } from '../../core/clock.ts';
import { NotFound } from '../../core/errors.ts';
import type { Reminder } from '../../storage/rows.ts';

/** Changes a row as it is now. Throws NotFound when it is gone, or was authorized for an actor of another space. */
export function write(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  patch: Partial<Omit<Reminder, 'id'>>,
): Promise<Reminder> {
  if (reminder.spaceId !== actor.spaceId) throw new NotFound('reminder', reminder.id);
  return changes.update('reminders', reminder.id, patch);
}

/** One occurrence of a series as a reminder of its own, with all that the series says but when. */
export function insertOwn(
  changes: Changes,
  actor: Actor,
  series: Reminder,
  timed: Pick<Reminder, 'basis' | 'localAt' | 'fixedAt' | 'minutesBefore' | 'rrule' | 'rruleBasis' | 'snoozedAt'>,
  now: EpochMs,
): Promise<Reminder> {
  const { spaceId, personId, chatId, threadId, taskId, text, latePolicy, urgent, nagMinutes, nagTimes } = series;
  return changes.insert('reminders', {
    spaceId,
    personId,
    chatId,
    threadId,
    taskId,
    text,
    latePolicy,
    urgent,
    nagMinutes,
    nagTimes,
    ...timed,
    status: 'active',
    pausedUntil: null,
    muted: false,
    ofSeries: series.id,
    createdBy: actor.person.id,
    createdAt: now,
  });
}
