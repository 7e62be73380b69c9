/** What a recurrence rule says, as numbers: which of its parts are named, and what its start stands in for. */
import { civil, type DayNumber, weekdayOf } from '../days.ts';

/** What a rule steps by, shortest first. */
export const FREQUENCIES = ['MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Whether a rule steps by the clock and not by days. */
export const isShort = (frequency: Frequency | undefined): boolean =>
  frequency === 'HOURLY' || frequency === 'MINUTELY';

/** The weekdays as RFC 5545 writes them, Monday first. */
export const WEEKDAY_CODES: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** RFC 5545 code of a weekday from 1 (Monday) to 7. */
export const weekdayCode = (weekday: number): string => WEEKDAY_CODES[weekday - 1] ?? 'MO';

/** "MO" or "-1FR": 1 Monday to 7 Sunday, and which of them in its month or year, from the end when negative; 0: each. */
export interface NamedDay {
  readonly weekday: number;
  readonly nth: number;
}

/** The parts of a rule but its ends. Empty lists are parts that are not named. */
export interface Terms {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  readonly days: readonly NamedDay[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly positions: readonly number[];
  /** 1 Monday to 7 Sunday */
  readonly weekStart: number;
}

/** Terms whose days are all said; `clamp` is a day of the month (0: none) that becomes the last one of shorter months. */
export interface DayTerms extends Terms {
  readonly clamp: number;
}

/**
 * The terms with the days they take from their start written out (RFC 5545: what the rule leaves open "would be the same as what is specified
 * for DTSTART"). A day of the month that comes from the start is clamped in short months; one that the rule names itself is not.
 */
export function withStart(terms: Terms, start: DayNumber): DayTerms {
  const { frequency, weeks, yearDays, monthDays, days } = terms;
  const startsOn: NamedDay[] = [{ weekday: weekdayOf(start), nth: 0 }];
  const named = yearDays.length + monthDays.length + days.length > 0;
  if (named || frequency === 'DAILY' || isShort(frequency)) return { ...terms, clamp: 0 };
  if (frequency === 'WEEKLY' || weeks.length > 0) return { ...terms, days: startsOn, clamp: 0 };
  const { month, day } = civil(start);
  const months = frequency === 'YEARLY' && terms.months.length === 0 ? [month] : terms.months;
  return { ...terms, months, clamp: day };
}
