/** What comes next of a kind: the day of a number ("the 5th", "до 25", "sat 28"), "на той неделе". */
import { addMonths, civil, type DayNumber, dayNumber, daysInMonth, startOfWeek, weekdayOf } from '../../core/days.ts';
import type { Found, Meant } from '../pieces.ts';
import { meaning, type Scan, wordAt } from '../scan.ts';
import { type Day, fault, plain } from './calendar.ts';

/** The first month, this one included, that has the day, and on the weekday where one is said; today itself is in doubt with the next month's. */
export function inComingMonth(scan: Scan, day: number, weekday: number | null): Day {
  const { year, month } = civil(scan.today);
  for (let ahead = 0; ahead <= 48; ahead += 1) {
    const first = addMonths(dayNumber(year, month, 1), ahead);
    const { year: y, month: m } = civil(first);
    if (day > daysInMonth(y, m)) continue;
    const number = first + day - 1;
    if (number < scan.today || (weekday !== null && weekdayOf(number) !== weekday)) continue;
    if (number > scan.today) return plain(number);
    const later = inNextMonth(scan, day, number);
    return { k: 'date', days: [later], sameDay: number, nearer: number, today: false, weekday: null };
  }
  return fault('impossible');
}

function inNextMonth(scan: Scan, day: number, after: DayNumber): DayNumber {
  for (let ahead = 1; ahead <= 3; ahead += 1) {
    const first = addMonths(scan.today - civil(scan.today).day + 1, ahead);
    const { year, month } = civil(first);
    if (day <= daysInMonth(year, month)) return first + day - 1;
  }
  return after;
}

/** "на той неделе": to most the coming one, to some the running one. */
export function readThatWeek(scan: Scan, index: number): Found<Meant> | null {
  const unit = wordAt(scan, index) === 'той' ? meaning(scan, index, 'unit') : null;
  if (unit?.lexeme.unit !== 'week') return null;
  const start = startOfWeek(scan.today, scan.context.weekStart ?? 'monday');
  const choices = [start + 7, start].map((from) => ({ start: from, end: from + 7, grain: 'week' as const }));
  return { value: { k: 'periods', choices }, next: unit.next };
}
