/** Days of a month that is not named: "the 5th", "5 числа", "friday the 13th", "sat 28", "the 4th of next month". */
import { addMonths, civil, type DayNumber } from '../../core/days.ts';
import type { Found } from '../pieces.ts';
import { anyRole, meaning, ordinal, role, type Scan, skip, wordAt } from '../scan.ts';
import { type Day, dayDigits, exact, fault } from './calendar.ts';
import { inComingMonth } from './coming.ts';
import { boundary } from './context.ts';

/** How far ahead, in days, a weekday and a number are taken at their word without a month. */
const NEAR = 62;

/** "sat 28", past the hours of a day: that day of the month, where it falls on the weekday within two months. */
export function readWeekdayNumber(scan: Scan, index: number): Found<Day> | null {
  const weekday = meaning(scan, index, 'weekday');
  const number = weekday === null || weekday.lexeme.plural ? null : dayDigits(scan, weekday.next);
  if (weekday === null || number === null || number.n < 25 || number.n > 31 || !boundary(scan, number.next, false))
    return null;
  const value = inComingMonth(scan, number.n, weekday.lexeme.n);
  const near = value.k === 'date' && value.days.every((day) => day - scan.today <= NEAR);
  return near && scan.tokens[number.next]?.spaced !== false ? { value, next: number.next } : null;
}

/** "the 5th", "5 числа", "friday the 13th": a day of the month without the month. */
export function readMonthDay(scan: Scan, index: number): Found<Day> | null {
  const weekday = meaning(scan, index, 'weekday');
  const at = skip(scan, weekday?.next ?? index, 'the');
  const day = ordinal(scan, at);
  const digits = day === null ? dayDigits(scan, at) : null;
  const counted = day ?? digits;
  if (counted === null || counted.n < 1) return null;
  const number = role(scan, counted.next, 'number');
  // A spelt ordinal alone ("the second") is hardly ever a date, a bare number never.
  const of = role(scan, counted.next, 'of');
  const ends = scan.tokens[counted.next] === undefined && /^(?:on|by)$/.test(wordAt(scan, at - 2));
  const ofMonthly = of !== -1 && meaning(scan, skip(scan, of, 'the'), 'unit')?.lexeme.unit === 'month';
  const spelt = day !== null && !day.digits && (ends || ofMonthly);
  // "двадцать пятого", "к пятому": the case tells a day where the word alone does not.
  const inflected =
    day !== null &&
    !day.digits &&
    /[а-я](?:[оеь]го|[оеь]му)$|^на .*[оь]е$/.test(`${wordAt(scan, at - 1)} ${wordAt(scan, day.next - 1)}`);
  if (number === -1 && (day === null || !(day.digits || inflected || (spelt && wordAt(scan, at - 1) === 'the'))))
    return null;
  const next = number === -1 ? counted.next : number;
  const named = number === -1 ? skip(scan, next, 'of') : next;
  // "the 4th of next month", "4th next month"
  const ofMonth = named === next && day?.digits !== true ? null : monthNamed(scan, named);
  if (counted.n > 31) return number === -1 ? null : { value: fault('impossible'), next };
  if (ofMonth !== null) {
    const { year, month } = civil(ofMonth.value);
    return { value: exact(year, month, counted.n, scan), next: ofMonth.next };
  }
  // "the 1st of the month"
  const plainly = named === next ? null : meaning(scan, skip(scan, named, 'the'), 'unit');
  if (plainly?.lexeme.unit === 'month' && named !== next)
    return { value: inComingMonth(scan, counted.n, weekday?.lexeme.n ?? null), next: plainly.next };
  const value = inComingMonth(scan, counted.n, weekday?.lexeme.n ?? null);
  if (weekday === null || value.k === 'fault' || value.days.every((day) => day - scan.today <= NEAR))
    return { value, next };
  // Months away, "fri 2nd period" is no such day, and "fri 2nd" as likely a slip of the pen.
  if (!boundary(scan, next, true)) return day?.digits === true ? null : { value, next };
  const nearer = at > weekday.next ? value : inComingMonth(scan, counted.n, null);
  return {
    value: nearer.k === 'fault' ? value : { ...value, days: [...new Set([...nearer.days, ...value.days])] },
    next,
  };
}

/** "до 25": past the hours of a day a bare number after "до" and "к" is a day of the month. */
export function readBareDay(scan: Scan, index: number): Found<Day> | null {
  const day = dayDigits(scan, index);
  const after = day === null ? null : scan.tokens[day.next];
  const glued =
    after?.kind === 'mark' &&
    !after.spaced &&
    '-–,:/'.includes(after.norm) &&
    scan.tokens[index + 2]?.kind === 'number';
  return day === null || day.n < 25 || day.n > 31 || glued
    ? null
    : { value: inComingMonth(scan, day.n, null), next: day.next };
}

/** "this month", "next month" after "the 5th of". */
function monthNamed(scan: Scan, index: number): Found<DayNumber> | null {
  const at = skip(scan, index, 'the');
  const next = anyRole(scan, at, 'next', 'coming');
  const qualified = next === -1 ? role(scan, at, 'this') : next;
  const unit = qualified === -1 ? null : meaning(scan, qualified, 'unit');
  if (unit?.lexeme.unit !== 'month') return null;
  return { value: addMonths(scan.today - civil(scan.today).day + 1, next === -1 ? 0 : 1), next: unit.next };
}
