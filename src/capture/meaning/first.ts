/** The first occurrence of a recurrence as said, found on the calendar without expanding its rule. */
import { addMonths, civil, type DayNumber, daysInMonth, weekdayOf } from '../../core/days.ts';
import { weekdayCode } from '../../core/recurrence/terms.ts';
import { wallToEpoch } from '../../core/zones.ts';
import type { Repeat } from '../pieces.ts';
import type { Scan } from '../scan.ts';

/** A day and the seconds since its midnight; null without a time. */
export interface First {
  day: DayNumber;
  seconds: number | null;
}

/** Days looked at for the first occurrence: a leap day is at most eight years off. */
const LOOK_AHEAD = 8 * 366 + 2;

/** The first occurrence in the future: named days from today on, bare units counted from today (or the start that was said). */
export function firstOf(scan: Scan, repeat: Repeat, times: readonly number[]): First | null {
  const base = repeat.starting ?? scan.today;
  const fits = (day: DayNumber): First | null => {
    if (times.length === 0)
      return day > scan.today || (repeat.starting !== null && day >= scan.today) ? { day, seconds: null } : null;
    const next = times.find((minute) => wallToEpoch(day, minute * 60_000, scan.context.zone) > scan.context.now);
    return next === undefined ? null : { day, seconds: next * 60 };
  };
  const bare = repeat.days.length === 0 && repeat.monthDays.length === 0 && repeat.months.length === 0;
  for (let step = 0; step < (bare ? 4000 : LOOK_AHEAD); step += 1) {
    const day = bare ? stepped(base, repeat, step) : base + step;
    if (!bare && !matches(day, repeat, base)) continue;
    const found = fits(day);
    if (found === null) continue;
    return repeat.until !== null && found.day > repeat.until ? null : found;
  }
  return null;
}

function stepped(base: DayNumber, repeat: Repeat, step: number): DayNumber {
  const by = step * repeat.interval;
  if (repeat.freq === 'DAILY') return base + by;
  if (repeat.freq === 'WEEKLY') return base + 7 * by;
  return addMonths(base, repeat.freq === 'MONTHLY' ? by : 12 * by);
}

function matches(day: DayNumber, repeat: Repeat, base: DayNumber): boolean {
  const { year, month, day: ofMonth } = civil(day);
  if (repeat.months.length > 0 && !repeat.months.includes(month)) return false;
  const length = daysInMonth(year, month);
  if (repeat.setPos !== null) {
    const first = day - ofMonth + 1;
    const set: DayNumber[] = [];
    for (let each = first; each < first + length; each += 1) if (inSet(each, repeat, length)) set.push(each);
    return set[repeat.setPos < 0 ? set.length + repeat.setPos : repeat.setPos - 1] === day;
  }
  // "every day in june and july"
  if (repeat.freq === 'DAILY' && repeat.days.length === 0) return true;
  if (repeat.days.length === 0 && repeat.monthDays.length === 0)
    return ofMonth === (repeat.freq === 'YEARLY' ? 1 : civil(base).day);
  return inSet(day, repeat, length);
}

function inSet(day: DayNumber, repeat: Repeat, length: number): boolean {
  const { day: ofMonth } = civil(day);
  if (
    repeat.monthDays.length > 0 &&
    !repeat.monthDays.some((each) => (each < 0 ? length + 1 + each : each) === ofMonth)
  )
    return false;
  if (repeat.days.length === 0) return true;
  const code = weekdayCode(weekdayOf(day));
  return repeat.days.some((each) => {
    if (!each.endsWith(code)) return false;
    const nth = Number(each.slice(0, -2) || 0);
    if (nth === 0) return true;
    return nth > 0 ? Math.ceil(ofMonth / 7) === nth : Math.ceil((length - ofMonth + 1) / 7) === -nth;
  });
}
