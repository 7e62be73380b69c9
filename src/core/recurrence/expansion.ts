/**
 * Occurrences of a rule in floating time: milliseconds as if the wall clock stood in UTC. Every step is a period of the rule's frequency (a year, a
 * day, an hour), whose set is made, picked from by BYSETPOS, and given away in order. Nothing is remembered between calls.
 */
import { civil, type DayNumber, dayNumber, daysInMonth, weekdayOf } from '../days.ts';
import { type DatedDay, dated, isNamed } from './days.ts';
import { type DayTerms, type Frequency, isShort, type Terms, withStart } from './terms.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Days are written with four digits of the year. */
const LAST_YEAR = 9999;

/**
 * Periods without an occurrence after which none is waited for. Years and months are a whole turn of the calendar, which repeats itself every 400
 * years; weeks and days reach over the longest gap there is (a weekday on 29 February: 40 years). Hours and minutes pass over whole days that are
 * not named.
 */
const IN_VAIN: Readonly<Record<Frequency, number>> = {
  YEARLY: 400,
  MONTHLY: 4800,
  WEEKLY: 5000,
  DAILY: 30_000,
  HOURLY: 50_000,
  MINUTELY: 50_000,
};

/** Days that a period touches at most. */
const MOST_DAYS: Readonly<Record<Frequency, number>> = {
  YEARLY: 366,
  MONTHLY: 31,
  WEEKLY: 7,
  DAILY: 1,
  HOURLY: 1,
  MINUTELY: 1,
};

/** Where occurrences are wanted, all in floating milliseconds: the rule's start, the earliest of interest, and the last possible. */
export interface Bounds {
  readonly start: number;
  readonly from: number;
  readonly until: number;
}

/** Occurrences from `from` on (some earlier ones may come too), none before `start` or after `until`; 'never' is returned when there are no more to be found. */
export function* occurrences(terms: Terms, { start, from, until }: Bounds): Generator<number, 'ended' | 'never'> {
  const all = withStart(terms, Math.floor(start / DAY_MS));
  if (!hasPlaces(all)) return 'never';
  const periods = isShort(all.frequency) ? clockPeriods(all, start, from) : dayPeriods(all, start, from);
  let inVain = 0;
  for (const { begin, set } of periods) {
    if (begin > until || civil(Math.floor(begin / DAY_MS)).year > LAST_YEAR) return 'ended';
    inVain += 1;
    for (const at of picked(set, all.positions)) {
      if (at < start) continue;
      if (at > until) return 'ended';
      inVain = 0;
      yield at;
    }
    if (inVain > IN_VAIN[all.frequency]) return 'never';
  }
  return 'never';
}

interface Period {
  readonly begin: number;
  /** in order */
  readonly set: readonly number[];
}

/** Whether a period can be large enough for one of the places BYSETPOS picks: told before looking through centuries of them. */
function hasPlaces({ frequency, hours, minutes, positions }: Terms): boolean {
  const each = frequency === 'MINUTELY' ? 1 : Math.max(1, minutes.length);
  const most = MOST_DAYS[frequency] * each * (isShort(frequency) ? 1 : Math.max(1, hours.length));
  return positions.length === 0 || positions.some((place) => Math.abs(place) <= most);
}

/** BYSETPOS: places in the set of a period, from the end when negative. */
function picked(set: readonly number[], positions: readonly number[]): readonly number[] {
  if (positions.length === 0 || set.length === 0) return set;
  return set.filter((_, index) => positions.includes(index + 1) || positions.includes(index - set.length));
}

/** Years, months, weeks and days: the days named in each, at the times named or at that of the start. */
function* dayPeriods(terms: DayTerms, start: number, from: number): Generator<Period> {
  const startDay = Math.floor(start / DAY_MS);
  const times = timesOf(terms, start - startDay * DAY_MS);
  for (let step = stepsBefore(terms, startDay, Math.floor(from / DAY_MS)); ; step += 1) {
    const days = daysOf(terms, startDay, step);
    const set = days.named.flatMap((day) => times.map((time) => day * DAY_MS + time));
    yield { begin: days.first * DAY_MS, set };
  }
}

function timesOf({ hours, minutes }: Terms, startMs: number): number[] {
  const startHour = Math.floor(startMs / HOUR_MS);
  const startMinute = Math.floor((startMs % HOUR_MS) / MINUTE_MS);
  return ordered(hours, startHour).flatMap((hour) =>
    ordered(minutes, startMinute).map((minute) => hour * HOUR_MS + minute * MINUTE_MS),
  );
}

/** What is named, each once and in order; the start's own where nothing is. */
function ordered(named: readonly number[], otherwise: number): number[] {
  return named.length === 0 ? [otherwise] : [...new Set(named)].sort((a, b) => a - b);
}

/** Whole steps from the start that surely lie before a day. */
function stepsBefore({ frequency, interval }: Terms, start: DayNumber, from: DayNumber): number {
  return Math.max(0, Math.floor((from - start) / (MOST_DAYS[frequency] * interval)) - 1);
}

/** The first day of a period, and the days of it that are named. */
function daysOf(terms: DayTerms, start: DayNumber, step: number): { first: DayNumber; named: DayNumber[] } {
  const by = step * terms.interval;
  const { year, month } = civil(start);
  switch (terms.frequency) {
    case 'YEARLY': {
      const months = terms.months.length === 0 ? MONTHS : MONTHS.filter((each) => terms.months.includes(each));
      return {
        first: dayNumber(year + by, 1, 1),
        named: months.flatMap((each) => namedInMonth(terms, year + by, each)),
      };
    }
    case 'MONTHLY': {
      const months = year * 12 + month - 1 + by;
      const [inYear, inMonth] = [Math.floor(months / 12), (months % 12) + 1];
      return { first: dayNumber(inYear, inMonth, 1), named: namedInMonth(terms, inYear, inMonth) };
    }
    case 'WEEKLY': {
      const first = start - ((weekdayOf(start) - terms.weekStart + 7) % 7) + 7 * by;
      const week = Array.from({ length: 7 }, (_, index) => dated(first + index));
      return { first, named: week.filter((date) => isNamed(terms, date)).map(({ number }) => number) };
    }
    default:
      return { first: start + by, named: isNamed(terms, dated(start + by)) ? [start + by] : [] };
  }
}

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function namedInMonth(terms: DayTerms, year: number, month: number): DayNumber[] {
  if (terms.months.length > 0 && !terms.months.includes(month)) return [];
  const first = dayNumber(year, month, 1);
  const named: DayNumber[] = [];
  for (let day = 1; day <= daysInMonth(year, month); day += 1) {
    const date: DatedDay = { number: first + day - 1, year, month, day };
    if (isNamed(terms, date)) named.push(date.number);
  }
  return named;
}

/** Hours and minutes: steps of the clock from the start on, where a day or an hour that is not named is passed over as a whole. */
function* clockPeriods(terms: DayTerms, start: number, from: number): Generator<Period> {
  const unit = terms.frequency === 'HOURLY' ? HOUR_MS : MINUTE_MS;
  const first = Math.floor(start / unit) * unit;
  const step = terms.interval * unit;
  const minutes = ordered(terms.minutes, Math.floor((start % HOUR_MS) / MINUTE_MS));
  /** The first step at or after an instant. */
  const at = (ms: number) => first + Math.max(0, Math.ceil((ms - first) / step)) * step;
  let known = { day: Number.NaN, named: false };
  for (let begin = at(from - step); ; ) {
    const day = Math.floor(begin / DAY_MS);
    if (known.day !== day) known = { day, named: isNamed(terms, dated(day)) };
    const hour = Math.floor(begin / HOUR_MS);
    if (!known.named) {
      yield { begin, set: [] };
      begin = at((day + 1) * DAY_MS);
    } else if (terms.hours.length > 0 && !terms.hours.includes(hour - day * 24)) {
      yield { begin, set: [] };
      begin = at((hour + 1) * HOUR_MS);
    } else {
      yield { begin, set: inHour(terms, begin, hour * HOUR_MS, minutes) };
      begin += step;
    }
  }
}

function inHour(terms: Terms, begin: number, hour: number, minutes: readonly number[]): number[] {
  if (terms.frequency === 'HOURLY') return minutes.map((minute) => hour + minute * MINUTE_MS);
  return terms.minutes.length === 0 || minutes.includes((begin - hour) / MINUTE_MS) ? [begin] : [];
}
