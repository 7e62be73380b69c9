/** "last workday of november": a working day by its place in a named month. */
import { addMonths, civil, type DayNumber, dayNumber, weekdayOf } from '../../core/days.ts';
import type { Found } from '../pieces.ts';
import { meaning, type Scan, skip } from '../scan.ts';
import { type Day, fault, plain } from './calendar.ts';
import { placeAt } from './lists.ts';

/** The day, in the month ahead of that name. */
export function readWorkdayOfMonth(scan: Scan, index: number): Found<Day> | null {
  const nth = placeAt(scan, skip(scan, index, 'the'));
  const unit = nth === null ? null : meaning(scan, nth.next, 'unit');
  if (nth === null || unit?.lexeme.unit !== 'workday') return null;
  const month = meaning(scan, skip(scan, unit.next, 'of', 'in'), 'month');
  if (month === null) return null;
  const { year } = civil(scan.today);
  const inYear = (of: number): DayNumber => {
    const first = dayNumber(of, month.lexeme.n, 1);
    const days = Array.from({ length: addMonths(first, 1) - first }, (_, day) => first + day);
    return days.filter((day) => weekdayOf(day) <= 5).at(nth.n < 0 ? nth.n : nth.n - 1) ?? Number.NaN;
  };
  const day = inYear(year) < scan.today ? inYear(year + 1) : inYear(year);
  return { value: Number.isNaN(day) ? fault('impossible') : plain(day), next: month.next };
}
