/** Lists inside recurrences ("mon, thu and sat", "the 1st and 15th"), and days by their place in a month. */
import { addMonths, civil, type DayNumber, dayNumber, weekdayOf } from '../../core/days.ts';
import { weekdayCode } from '../../core/recurrence/terms.ts';
import type { Found } from '../pieces.ts';
import { anyRole, mark, meaning, ordinal, role, type Scan, skip, touches } from '../scan.ts';
import { type Day, fault, plain } from './calendar.ts';

/** Monday to Friday, and the weekend, as RFC 5545 writes them. */
export const WORKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR'];
export const WEEKEND = ['SA', 'SU'];

/** One or several weekdays; a dash fills in what lies between. `plural`: only "mondays" counts as the first. */
export function readDayList(scan: Scan, index: number, plural = false): Found<string[]> | null {
  const days = new Set<number>();
  let at = index;
  let next = -1;
  for (let count = 0; count < 14; count += 1) {
    const weekday = meaning(scan, at, 'weekday');
    if (weekday === null || (plural && count === 0 && !weekday.lexeme.plural)) break;
    next = weekday.next;
    days.add(weekday.lexeme.n);
    const through = mark(scan, next, '-–—') === -1 ? anyRole(scan, next, 'to', 'until') : mark(scan, next, '-–—');
    const end = through === -1 ? null : meaning(scan, skip(scan, through, 'plural'), 'weekday');
    if (end !== null) {
      for (let n = weekday.lexeme.n; ; n = (n % 7) + 1) {
        days.add(n);
        if (n === end.lexeme.n) break;
      }
      next = end.next;
    }
    if (role(scan, next, 'or') !== -1) break;
    // "каждый четверг и каждую субботу"
    const joined = separator(scan, next);
    at = joined === -1 ? -1 : skip(scan, joined, 'every');
    // "mon wed fri": a list may do without commas.
    if (at === -1) at = next;
  }
  if (days.size === 0) return null;
  return { value: [...days].sort((a, b) => a - b).map(weekdayCode), next };
}

/** "first", "3rd", "last" (-1), "second to last" (-2): a place counted from the beginning or the end. */
export function placeAt(scan: Scan, index: number): { n: number; next: number } | null {
  const before = role(scan, index, 'penultimate');
  if (before !== -1) return { n: -2, next: before };
  const last = role(scan, index, 'last');
  return last === -1 ? ordinal(scan, index) : { n: -1, next: last };
}

/** "last sunday of october", "the 4th thursday in november": the weekday's place in a named month. */
export function readWeekdayOfMonth(
  scan: Scan,
  index: number,
): Found<{ nth: number; day: string; weekday: number; month: number; year: number | null }> | null {
  const at = skip(scan, index, 'the');
  const nth = placeAt(scan, at);
  const weekday = nth === null || nth.n > 5 || nth.n === 0 ? null : meaning(scan, nth.next, 'weekday');
  if (nth === null || weekday === null) return null;
  const of = skip(scan, weekday.next, 'of', 'in');
  const month = meaning(scan, of, 'month');
  const { n } = weekday.lexeme;
  if (month !== null)
    return {
      value: { nth: nth.n, day: weekdayCode(n), weekday: n, month: month.lexeme.n, year: null },
      next: month.next,
    };
  // "last friday of this month", "second tuesday next month"
  const named = anyRole(scan, of, 'this', 'next');
  const unit = named === -1 ? null : meaning(scan, named, 'unit');
  if (unit?.lexeme.unit !== 'month') return null;
  const first = civil(addMonths(scan.today, role(scan, of, 'next') === -1 ? 0 : 1));
  return {
    value: { nth: nth.n, day: weekdayCode(n), weekday: n, month: first.month, year: first.year },
    next: unit.next,
  };
}

/** Index after a comma, "and", "&", "/" or "," + "and"; -1. */
export function separator(scan: Scan, index: number): number {
  const marked = mark(scan, index, ',/&+');
  const at = marked === -1 ? index : marked;
  const joined = anyRole(scan, at, 'and', 'or');
  const result = joined === -1 ? marked : joined;
  return result === -1 ? -1 : skip(scan, skip(scan, result, 'on'), 'plural');
}

/** "the 1st and 15th", "5 числа", "last day": days of the month. */
export function readMonthDays(scan: Scan, index: number): Found<number[]> | null {
  const days: number[] = [];
  let at = index;
  let next = -1;
  for (let count = 0; count < 12; count += 1) {
    const day = readOne(scan, at);
    if (day === null) break;
    days.push(day.value);
    next = day.next;
    at = separator(scan, next);
    if (at === -1) break;
  }
  if (next === -1) return null;
  const number = role(scan, next, 'number');
  return { value: days, next: number === -1 ? next : number };
}

function readOne(scan: Scan, index: number): Found<number> | null {
  const at = skip(scan, index, 'the');
  const place = placeAt(scan, at);
  const unit = place === null || place.n > 0 ? null : meaning(scan, place.next, 'unit');
  if (place !== null && unit?.lexeme.unit === 'day') return { value: place.n, next: unit.next };
  // "1-го, последнего числа"
  const end = meaning(scan, at, 'endOf');
  if (end?.lexeme.unit === 'month' && !/^(?:end|eom)/.test(scan.tokens[at]?.norm ?? ''))
    return { value: -1, next: end.next };
  const nth = ordinal(scan, at);
  const back = nth === null ? -1 : fromEnd(scan, nth.next);
  if (nth !== null && back !== -1 && nth.n >= 1 && nth.n <= 31) return { value: -nth.n, next: back };
  if (nth !== null) {
    // "every 3rd day" counts days; "every third monday" is another rule's.
    const counts = meaning(scan, nth.next, 'unit') !== null || meaning(scan, nth.next, 'weekday') !== null;
    // "the first of every month" is a day, "the first" alone is anything.
    const plain = nth.digits || role(scan, nth.next, 'number') !== -1 || role(scan, nth.next, 'of') !== -1;
    if (nth.n < 1 || nth.n > 31 || counts || !plain) return null;
    return { value: nth.n, next: nth.next };
  }
  const token = scan.tokens[at];
  if (token?.kind !== 'number' || token.value < 1 || token.value > 31 || touches(scan, at + 1)) return null;
  const comma = separator(scan, at + 1);
  const listed = comma !== -1 && scan.tokens[comma]?.kind === 'number' && role(scan, comma + 1, 'number') !== -1;
  return role(scan, at + 1, 'number') !== -1 || listed ? { value: token.value, next: at + 1 } : null;
}

/** Index after "с конца числа", "to last day" behind a number: "2-го с конца числа" is the last but one; -1. */
function fromEnd(scan: Scan, index: number): number {
  const words = (...said: string[]) => said.every((word, place) => scan.tokens[index + place]?.norm === word);
  if (words('с', 'конца')) return skip(scan, index + 2, 'number');
  return words('-', 'to', '-', 'last', 'day') ? index + 5 : words('to', 'last', 'day') ? index + 3 : -1;
}

/** "last workday of november": the day, in the month ahead of that name. */
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
