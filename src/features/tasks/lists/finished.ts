/** The days in which something was finished, as lists keep them: 'today', 'last-week', '7d'. */
import type { Finished } from '../../../capture/index.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { addDays, addMonths, dayString, toDayNumber } from '../../../core/days.ts';
import { instantOf } from '../../../core/zones.ts';

/** The owner's day and the last of their week, 'YYYY-MM-DD'. */
interface Today {
  readonly day: string;
  readonly lastOfWeek: string;
}

/** Days of this kind that a list can be asked for at most. */
const MOST_DAYS = 999;
const EARLIEST = '1970-01-02';

/** The days as a list's value. */
export const finishedValue = (period: Finished): string =>
  typeof period === 'string' ? period : `${Math.min(MOST_DAYS, Math.max(1, period.lastDays))}d`;

/** How many days a value names ('7d'); null for those that have a name. */
export function lastDays(value: string): number | null {
  const count = /^(\d{1,3})d$/.exec(value)?.[1];
  return count === undefined ? null : Number(count);
}

/** From when until when (exclusive), in epoch ms, in the owner's zone. Days of another name are all there are. */
export function finishedBetween(value: string, days: Today, zone: string): [EpochMs, EpochMs] {
  const [from, to] = boundsOf(value, days);
  return [instantOf(from, '00:00', zone), instantOf(addDays(to, 1), '00:00', zone)];
}

function boundsOf(value: string, { day, lastOfWeek }: Today): [string, string] {
  const count = lastDays(value);
  if (count !== null) return [addDays(day, 1 - count), day];
  const month = `${day.slice(0, 7)}-01`;
  switch (value) {
    case 'today':
      return [day, day];
    case 'yesterday':
      return [addDays(day, -1), addDays(day, -1)];
    case 'week':
      return [addDays(lastOfWeek, -6), lastOfWeek];
    case 'last-week':
      return [addDays(lastOfWeek, -13), addDays(lastOfWeek, -7)];
    case 'month':
      return [month, day];
    case 'last-month':
      return [dayString(addMonths(toDayNumber(month), -1)), addDays(month, -1)];
    case 'year':
      return [`${day.slice(0, 4)}-01-01`, day];
    default:
      return [EARLIEST, day];
  }
}
