/** Another time for a series: its next occurrence alone becomes a reminder of its own, or the rule moves with all that follow. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import { toDayNumber, weekdayOf } from '../../../core/days.ts';
import type { ReminderId } from '../../../core/ids.ts';
import { weekdayCode } from '../../../core/recurrence/terms.ts';
import { parseRule } from '../../../core/recurrence.ts';
import type { Reminder, Task } from '../../../storage/rows.ts';
import { shiftedRule } from '../../tasks/index.ts';
import type { Shown } from '../reading.ts';
import { skipNext } from '../service.ts';
import { insertOwn } from '../writing.ts';
import { type Moment, replan } from './planning.ts';
import { isSeries, localOf, morningOf } from './timing.ts';
import { columnsOf, type Timing } from './wanted.ts';

/** Whether a time is for one occurrence of a series that goes on, and it is to be asked whether all that follow are meant. */
export function isForOne(shown: Shown, { kind }: Timing): boolean {
  return isSeries(shown) && shown.nextDue !== null && (kind === 'wall' || kind === 'instant');
}

/** The series whose next occurrence and all behind it come at the time of `timing`; null where its rule cannot say so. */
export function following({ rrule, nextDue }: Shown, timing: Timing, zone: string): Timing | null {
  if (rrule === null || nextDue === null || (timing.kind !== 'wall' && timing.kind !== 'instant')) return null;
  const [from, asked] = [localOf(nextDue, zone), timing.kind === 'wall' ? timing.local : localOf(timing.at, zone)].map(
    (local) => ({ day: local.slice(0, 10), time: local.slice(11, 16) }),
  );
  if (from === undefined || asked === undefined) return null;
  if (comesOn(rrule, asked.day) && asked.time === from.time) return null;
  // "17:00" said after today's is another time of the same days, not another day.
  const to = comesOn(rrule, asked.day) ? { day: from.day, time: asked.time } : asked;
  const moved = shiftedRule(rrule, from, to);
  // A rule that counts would count from its new beginning.
  if (moved === null || moved.includes('COUNT=')) return null;
  return { kind: 'series', start: `${to.day}T${to.time}`, rrule: moved, basis: 'schedule' };
}

/** Whether a rule of days or weekdays has an occurrence on each such day. */
function comesOn(rrule: string, day: string): boolean {
  const rule = parseRule(rrule);
  if ((rule.get('INTERVAL') ?? '1') !== '1' || rule.has('BYMONTHDAY') || rule.has('BYSETPOS')) return false;
  const weekday = weekdayCode(weekdayOf(toDayNumber(day)));
  const days = rule.get('BYDAY')?.split(',');
  if (rule.get('FREQ') === 'DAILY') return days === undefined || days.includes(weekday);
  return rule.get('FREQ') === 'WEEKLY' && days?.includes(weekday) === true;
}

/** Moves the next occurrence alone: the series goes on behind it. Returns the reminder it became. Errors as of `columnsOf`. */
export async function moveNext(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  timing: Timing,
  task: Authorized<Task> | null,
  at: Moment,
): Promise<ReminderId> {
  const { timezone, dayParts } = actor.person;
  const timed = columnsOf(timing, timezone, morningOf(dayParts), task, at.now);
  await skipNext(changes, actor, reminder, at, 'changed');
  const { id } = await insertOwn(changes, actor, reminder, { ...timed, snoozedAt: null }, at.now);
  await replan(changes.tx, [id], 'changed', at);
  return id;
}
