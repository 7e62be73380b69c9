/** Calendar days: plain integer arithmetic on 'YYYY-MM-DD', and the one definition of today, overdue and this week. */

/** A calendar date 'YYYY-MM-DD' without a zone. */
export type Day = string;

/** Days since 1970-01-01: the form days are calculated in. */
export type DayNumber = number;

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The day an owner's week begins on. */
export type WeekStart = 'monday' | 'sunday' | 'saturday';

export interface CivilDate {
  year: number;
  /** 1 to 12 */
  month: number;
  /** 1 to 31 */
  day: number;
}

/** Day number of a proleptic Gregorian date (H. Hinnant, "chrono-compatible low-level date algorithms"). The date must exist. */
export function dayNumber(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day number; inverse of `dayNumber`. */
export function civil(number: DayNumber): CivilDate {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** Length of a month in days, leap years counted. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** 1 (Monday) to 7 (Sunday) of a day number. */
export function weekdayOf(number: DayNumber): Weekday {
  return (((((number + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** 'YYYY-MM-DD' of a day number (years 0 to 9999). */
export function dayString(number: DayNumber): Day {
  const { year, month, day } = civil(number);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Day number of 'YYYY-MM-DD', or null when the text is no date that exists. */
export function parseDay(text: string): DayNumber | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return dayNumber(year, month, day);
}

/** Day number of a day that is known to exist. @throws RangeError otherwise. */
export function toDayNumber(day: Day): DayNumber {
  const number = parseDay(day);
  if (number === null) throw new RangeError('not a calendar day');
  return number;
}

/** `day` and `count` days (negative: before). */
export function addDays(day: Day, count: number): Day {
  return dayString(toDayNumber(day) + count);
}

/** `count` months later on the same day of the month, clamped to the month's last day (31 January and a month is 28 or 29 February). */
export function addMonths(number: DayNumber, count: number): DayNumber {
  const { year, month, day } = civil(number);
  const index = year * 12 + month - 1 + count;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return dayNumber(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** ISO number (1 to 7) of the day a week starts on. */
export function weekStartNumber(weekStart: WeekStart): Weekday {
  return weekStart === 'monday' ? 1 : weekStart === 'sunday' ? 7 : 6;
}

/** First day of the week `number` lies in. */
export function startOfWeek(number: DayNumber, weekStart: WeekStart): DayNumber {
  return number - ((weekdayOf(number) - weekStartNumber(weekStart) + 7) % 7);
}

/** First and last day (inclusive) of the week `day` lies in, by the owner's week start. */
export function weekOf(day: Day, weekStart: WeekStart): { first: Day; last: Day } {
  const first = startOfWeek(toDayNumber(day), weekStart);
  return { first: dayString(first), last: dayString(first + 6) };
}

/** What an item is due on, as the owner sees it: a day and perhaps a wall-clock time 'HH:MM' in the owner's zone. */
export interface Due {
  day: Day;
  time: string | null;
}

/** Where a due date stands against the owner's present wall clock. `week` is the rest of the owner's week after today. */
export type DueBucket = 'overdue' | 'today' | 'week' | 'later';

/**
 * The one definition of overdue, today and this week. Overdue: a day before today, or a time of today that has passed (a day without a time is
 * overdue only when the day is over). `now` is the owner's wall clock ('HH:MM' or 'HH:MM:SS').
 */
export function dueBucket(due: Due, now: { day: Day; time: string }, weekStart: WeekStart): DueBucket {
  if (due.day < now.day) return 'overdue';
  if (due.day === now.day)
    return due.time !== null && due.time < now.time.slice(0, due.time.length) ? 'overdue' : 'today';
  return due.day <= weekOf(now.day, weekStart).last ? 'week' : 'later';
}
