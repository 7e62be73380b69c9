/** What comes next of a kind: the day of a number ("the 5th", "до 25", "sat 28"), "на той неделе". */
import { addMonths, civil, type DayNumber, dayNumber, daysInMonth, startOfWeek, weekdayOf } from '../../core/days.ts';
import type { Found, Meant } from '../pieces.ts';
import { anyRole, meaning, numeral, ordinal, role, type Scan, skip, wordAt } from '../scan.ts';
import { type Day, dayDigits, exact, fault, plain } from './calendar.ts';
import { boundary, sentenceEnds } from './context.ts';

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

/** "на той неделе": to most the coming one, to some the running one; "на неделе" likewise. */
export function readThatWeek(scan: Scan, index: number): Found<Meant> | null {
  const loosely =
    wordAt(scan, index) === 'неделе' && wordAt(scan, index - 1) === 'на' && boundary(scan, index + 1, true);
  const unit = loosely || wordAt(scan, index) === 'той' ? meaning(scan, index, 'unit') : null;
  if (unit?.lexeme.unit !== 'week') return null;
  const start = startOfWeek(scan.today, scan.context.weekStart ?? 'monday');
  const choices = [start + 7, start].map((from) => ({ start: from, end: from + 7, grain: 'week' as const }));
  return { value: { k: 'periods', choices }, next: unit.next };
}

/** "by november end": the month's last day. "The lease may end" needs a preposition. */
export function readMonthEnd(scan: Scan, index: number, introduced: boolean): Found<Meant> | null {
  const named = meaning(scan, index, 'month');
  if (named === null || wordAt(scan, named.next) !== 'end' || (named.lexeme.weak && !introduced)) return null;
  const { year, month } = civil(scan.today);
  const end = addMonths(dayNumber(named.lexeme.n < month ? year + 1 : year, named.lexeme.n, 1), 1);
  return { value: { k: 'period', start: end - 1, end, grain: 'day', nearer: null }, next: named.next + 1 };
}

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
  // "числа 15-го", "числа двадцатого": the word before its number.
  const inverted = wordAt(scan, index) === 'числа' ? (ordinal(scan, index + 1) ?? dayDigits(scan, index + 1)) : null;
  if (inverted !== null && inverted.n >= 1 && inverted.n <= 31 && boundary(scan, inverted.next, true))
    return { value: inComingMonth(scan, inverted.n, null), next: inverted.next };
  const turned = monthFirst(scan, index);
  if (turned !== null) return turned;
  const at = skip(scan, weekday?.next ?? index, 'the');
  const day = ordinal(scan, at);
  const digits = day === null ? dayDigits(scan, at) : null;
  const counted = day ?? digits;
  if (counted === null || counted.n < 1) return null;
  const number = role(scan, counted.next, 'number');
  // A spelt ordinal alone ("the second") is hardly ever a date, a bare number never.
  const of = role(scan, counted.next, 'of');
  const timed = role(scan, counted.next, 'at') !== -1 && numeral(scan, counted.next + 1) !== null;
  const ends = (sentenceEnds(scan, counted.next) || timed) && /^(?:on|by)$/.test(wordAt(scan, at - 2));
  const ofMonthly =
    of !== -1 &&
    (meaning(scan, skip(scan, of, 'the'), 'unit')?.lexeme.unit === 'month' || monthNamed(scan, of) !== null);
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
  const ofMonth = named === next && day?.digits !== true && number === -1 ? null : monthNamed(scan, named);
  // "в 27-м году"
  if (/^год[ау]$/.test(wordAt(scan, counted.next))) return null;
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
  // "friday the 13th" comes round seldom, and is meant.
  const nearer = at > weekday.next && counted.n === 13 ? value : inComingMonth(scan, counted.n, null);
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

/** "next month 5th", "next month on the 5th": the month before its day. */
function monthFirst(scan: Scan, index: number): Found<Day> | null {
  const of = monthNamed(scan, index);
  const day = of === null ? null : ordinal(scan, skip(scan, skip(scan, of.next, 'on'), 'the'));
  // "next month 1st week"
  if (of === null || !day?.digits || day.n < 1 || !boundary(scan, day.next, true)) return null;
  const { year, month } = civil(of.value);
  return { value: exact(year, month, day.n, scan), next: day.next };
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
