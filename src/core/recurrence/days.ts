/** Whether a day is one of those that a rule names. */
import { civil, type DayNumber, dayNumber, daysInMonth, weekdayOf } from '../days.ts';
import type { DayTerms } from './terms.ts';

/** A day with all that a rule may ask of it. */
export interface DatedDay {
  readonly number: DayNumber;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function dated(number: DayNumber): DatedDay {
  return { number, ...civil(number) };
}

/** Whether all parts of the rule that speak of days have this one (RFC 5545: what does not expand a set limits it, and so does what expands it together with another). */
export function isNamed(terms: DayTerms, date: DatedDay): boolean {
  const { months, weeks, yearDays, monthDays, days, clamp } = terms;
  const { year, month, day, number } = date;
  if (months.length > 0 && !months.includes(month)) return false;
  const length = daysInMonth(year, month);
  if (clamp > 0 && day !== Math.min(clamp, length)) return false;
  if (monthDays.length > 0 && !either(monthDays, day, length)) return false;
  if (days.length > 0 && !isWeekdayNamed(terms, date, length)) return false;
  if (yearDays.length > 0 && !either(yearDays, number - newYear(year) + 1, yearLength(year))) return false;
  return weeks.length === 0 || isWeekNamed(terms, number);
}

/** Whether the place is named as it counts from the beginning or from the end. */
function either(named: readonly number[], place: number, length: number): boolean {
  return named.includes(place) || named.includes(place - length - 1);
}

/** "2MO" counts in the month where months are named or stepped by, else in the year. */
function isWeekdayNamed({ frequency, months, days }: DayTerms, date: DatedDay, length: number): boolean {
  const weekday = weekdayOf(date.number);
  const inMonth = frequency === 'MONTHLY' || months.length > 0;
  return days.some((named) => {
    if (named.weekday !== weekday) return false;
    if (named.nth === 0) return true;
    const place = inMonth ? date.day : date.number - newYear(date.year) + 1;
    const last = inMonth ? length : yearLength(date.year);
    return Math.ceil((named.nth > 0 ? place : last - place + 1) / 7) === Math.abs(named.nth);
  });
}

/** The week that has a day, numbered in the year that holds most of it (ISO 8601, beginning on any weekday). */
function isWeekNamed({ weeks, weekStart }: DayTerms, day: DayNumber): boolean {
  const middle = middleOf(day, weekStart);
  const { year } = civil(middle);
  const week = Math.floor((middle - newYear(year)) / 7) + 1;
  const inYear = Math.floor((middleOf(dayNumber(year, 12, 28), weekStart) - newYear(year)) / 7) + 1;
  return either(weeks, week, inYear);
}

/** The fourth day of the week that has a day: the year it lies in is the year of the week. */
const middleOf = (day: DayNumber, weekStart: number) => day - ((weekdayOf(day) - weekStart + 7) % 7) + 3;

const newYear = (year: number): DayNumber => dayNumber(year, 1, 1);

const yearLength = (year: number): number => newYear(year + 1) - newYear(year);
