/** The day of a yearly recurrence: "every year on 5 march", "ежегодно 12.06", "on the last sunday of october". */
import { civil, daysInMonth } from '../../core/days.ts';
import type { Found, Repeat } from '../pieces.ts';
import { readNumeric } from '../rules/calendar.ts';
import { yearlyFeast } from '../rules/feasts.ts';
import { readWeekdayOfMonth, separator } from '../rules/lists.ts';
import { meaning, numeral, ordinal, type Scan, skip } from '../scan.ts';

/** "every year on the last sunday of october". */
export function withYearWeekday(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const named = readWeekdayOfMonth(scan, index);
  return named === null
    ? null
    : {
        value: { ...value, months: [named.value.month], days: [`${named.value.nth}${named.value.day}`] },
        next: named.next,
      };
}

/** "on 5 march", "12.06", "on christmas". */
export function withYearDay(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const feast = yearlyFeast(scan, index);
  if (feast !== null) return { value: { ...value, ...feast.value }, next: feast.next };
  const dates = readDates(scan, index);
  if (dates !== null) return { value: { ...value, ...dates.value }, next: dates.next };
  // "ежегодно 12.06"
  const numeric = readNumeric(scan, index);
  const [on] = numeric?.value.k === 'date' ? numeric.value.days : [];
  if (numeric !== null && on !== undefined && numeric.next <= index + 4)
    return { value: { ...value, months: [civil(on).month], monthDays: [civil(on).day] }, next: numeric.next };
  const month = meaning(scan, index, 'month');
  const day = ordinal(scan, month?.next ?? index) ?? numeral(scan, month?.next ?? index);
  const named = month ?? (day === null ? null : meaning(scan, skip(scan, day.next, 'of'), 'month'));
  if (named === null) return null;
  if (day === null || day.n < 1 || day.n > 31)
    return { value: { ...value, months: [named.lexeme.n] }, next: named.next };
  return { value: { ...value, months: [named.lexeme.n], monthDays: [day.n] }, next: Math.max(named.next, day.next) };
}

/** "1 июня и 1 декабря", "5 Jan, 5 Apr": several dates that one rule can hold, which is each of its days in each of its months. */
function readDates(scan: Scan, index: number): Found<{ months: number[]; monthDays: number[] }> | null {
  const said = new Set<string>();
  const months = new Set<number>();
  const days = new Set<number>();
  let next = -1;
  for (let at = index; at !== -1 && said.size < 62; at = separator(scan, next)) {
    const day = ordinal(scan, at) ?? numeral(scan, at);
    const month = day === null || day.n < 1 || day.n > 31 ? null : meaning(scan, skip(scan, day.next, 'of'), 'month');
    if (day === null || month === null) break;
    said.add(`${month.lexeme.n} ${day.n}`);
    months.add(month.lexeme.n);
    days.add(day.n);
    next = month.next;
  }
  if (said.size < 2 || said.size !== months.size * days.size) return null;
  // What is clamped is one day of the year.
  if (Math.max(...days) > Math.min(...[...months].map((month) => daysInMonth(2023, month)))) return null;
  const sorted = (numbers: ReadonlySet<number>) => [...numbers].sort((a, b) => a - b);
  return { value: { months: sorted(months), monthDays: sorted(days) }, next };
}
