/** Sorts the pieces of a message by what they tell, and settles which of the days they name is meant. */
import { weekdayOf } from '../../core/days.ts';
import type { Clock, Meant, Piece, Repeat } from '../pieces.ts';
import type { Scan } from '../scan.ts';

type Of<K extends Meant['k']> = Extract<Meant, { k: K }>;

export interface Sorted {
  dates: { meant: Of<'date'>; lead: Piece['lead'] }[];
  periods: { meant: Of<'period'>; lead: Piece['lead'] }[];
  clocks: { meant: Of<'clock'>; lead: Piece['lead'] }[];
  ranges: Of<'clocks'>[];
  lasting: Of<'lasting'> | null;
  moments: Of<'moments'>[];
  parts: Of<'part'>[];
  exacts: Of<'exact'>[];
  repeats: Repeat[];
}

/** A weekday beside "next week" is the one in it; a day inside a period beside it makes the period superfluous; two names of one day are one. */
export function settleDays(scan: Scan, sorted: Sorted): Sorted {
  let { dates, periods } = sorted;
  periods = inWeek(scan, periods);
  const [period] = periods;
  const [date] = dates;
  if (period !== undefined && date !== undefined && periods.length === 1 && dates.length === 1) {
    const { weekday } = date.meant;
    const { start, end } = period.meant;
    if (weekday !== null && end - start === 7) {
      const day = start + ((weekday - scan.weekStart + 7) % 7);
      dates = [{ ...date, meant: { ...date.meant, days: [day], sameDay: null } }];
    }
    if (dates.every(({ meant }) => meant.days.every((day) => day >= start && day < end))) periods = [];
    else
      dates = [
        ...dates,
        {
          lead: period.lead,
          meant: { k: 'date', days: [start], sameDay: null, nearer: null, today: false, weekday: null },
        },
      ];
  }
  // "на той неделе в среду"
  const weekday = date?.meant.weekday ?? null;
  if (date !== undefined && weekday !== null && periods.length > 1 && dates.length === 1) {
    const days = periods.map(({ meant }) => meant.start + ((weekday - scan.weekStart + 7) % 7));
    dates = [{ ...date, meant: { ...date.meant, days, sameDay: null } }];
    periods = [];
  }
  const seen = new Set<string>();
  dates = dates.filter(({ meant }) => {
    const key = meant.days.join();
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
  // "friday the 27th" in two places: the weekday agrees with one clear date.
  if (dates.length === 2) {
    const plain = dates.find(({ meant }) => meant.weekday === null);
    const weekday = dates.find(({ meant }) => meant.weekday !== null);
    if (plain !== undefined && weekday?.meant.weekday === weekdayOfFirst(plain.meant)) dates = [plain];
  }
  return { ...sorted, dates, periods };
}

/** "tue to thu next week", "next week mon-wed": the weekdays are those of that week. */
function inWeek(scan: Scan, periods: Sorted['periods']): Sorted['periods'] {
  const named = periods.find(({ meant }) => meant.weekdays);
  const week = periods.find(({ meant }) => meant.weekdays === undefined && meant.end - meant.start === 7);
  if (named === undefined || week === undefined || periods.length !== 2) return periods;
  const { start, end } = named.meant;
  const first = week.meant.start + ((weekdayOf(start) - scan.weekStart + 7) % 7);
  return [{ ...named, meant: { ...named.meant, start: first, end: first + end - start } }];
}

function weekdayOfFirst(date: Of<'date'>): number {
  const [day] = date.days;
  return day === undefined ? 0 : weekdayOf(day);
}

/** "this evening and tomorrow morning": several parts of the day, or one of today beside another day, each by itself; null when there is one. */
export function eachPart(sorted: Sorted): Sorted[] | null {
  const { parts, dates, clocks, ranges } = sorted;
  if (parts.length === 0 || clocks.length + ranges.length > 0) return null;
  const alone = parts.filter(({ today }) => today && dates.some(({ meant }) => !meant.today));
  const dated = parts.filter((part) => !alone.includes(part));
  if (parts.length === 1 && alone.length === 0) return null;
  const choices = alone.map((part): Sorted => ({ ...sorted, parts: [part], dates: [] }));
  const rest = dated.length === 0 ? [{ ...sorted, parts: [] }] : dated.map((part) => ({ ...sorted, parts: [part] }));
  return [...choices, ...rest];
}

/** The clocks said, with "in the evening" said apart applied to a bare hour. */
export function clocksOf(sorted: Sorted): Clock[] {
  const [part] = sorted.parts;
  return sorted.clocks.flatMap(({ meant }) =>
    meant.clocks.map((clock) => {
      if (
        part === undefined ||
        part.part === 'endOfDay' ||
        clock.part !== null ||
        clock.half === 'am' ||
        clock.half === 'pm' ||
        // "завтра утром, в 12:00": noon.
        (clock.hour === 12 && part.part === 'morning')
      )
        return clock;
      return { ...clock, part: part.part };
    }),
  );
}

export const saysToday = (sorted: Sorted) =>
  sorted.parts.some(({ today }) => today) ||
  sorted.clocks.some(({ meant }) => meant.clocks.some((clock) => clock.part === 'tonight'));
