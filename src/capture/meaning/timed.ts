/** Builds one reading from a wall-clock moment, a day, a period, a range or a length from now: the instants, what it is due on, when it reminds. */
import { addMonths, type DayNumber, dayString } from '../../core/days.ts';
import { isoWithOffset, wallClock, wallToEpoch } from '../../core/zones.ts';
import type { Meant } from '../pieces.ts';
import type { Scan } from '../scan.ts';
import type { Grain, Reading } from '../types.ts';

/** A reading before its title is known. */
export type Timed = Omit<Reading, 'title'>;

export const DAY_SECONDS = 86_400;

type Exact = Extract<Meant, { k: 'exact' }>;

const pad = (value: number) => String(value).padStart(2, '0');
const timeOf = (seconds: number) => `${pad(Math.floor(seconds / 3600) % 24)}:${pad(Math.floor(seconds / 60) % 60)}`;

/** A wall-clock moment. Seconds of a day and more belong to the next. */
export function timed(scan: Scan, day: DayNumber, seconds: number): Timed {
  const { zone } = scan.context;
  const over = Math.floor(seconds / DAY_SECONDS);
  const at = wallToEpoch(day + over, (seconds - over * DAY_SECONDS) * 1000, zone);
  const start = { day: dayString(day + over), time: timeOf(seconds % DAY_SECONDS) };
  return {
    when: {
      start: isoWithOffset(at, zone),
      end: null,
      grain: seconds % 60 === 0 ? 'minute' : 'second',
      kind: 'instant',
    },
    recurrence: null,
    exact: false,
    at,
    start,
    due: start,
    remind: { ...start, at },
  };
}

/** A day without a time. */
export function whole(scan: Scan, day: DayNumber): Timed {
  const { zone } = scan.context;
  const at = wallToEpoch(day, 0, zone);
  const start = { day: dayString(day), time: null };
  return {
    when: { start: isoWithOffset(at, zone), end: null, grain: 'day', kind: 'instant' },
    recurrence: null,
    exact: false,
    at,
    start,
    due: start,
    remind: reminderOn(scan, day),
  };
}

/** A period from `first` to `end`, exclusive. */
export function periodReading(scan: Scan, first: DayNumber, end: DayNumber, grain: Grain): Timed {
  const { zone } = scan.context;
  const at = wallToEpoch(first, 0, zone);
  return {
    when: {
      start: isoWithOffset(at, zone),
      end: isoWithOffset(wallToEpoch(end, 0, zone), zone),
      grain,
      kind: 'period',
    },
    recurrence: null,
    exact: false,
    at,
    start: { day: dayString(first), time: null },
    due: { day: dayString(end - 1), time: null },
    remind: reminderOn(scan, Math.max(first, scan.today)),
  };
}

/** An end before the start is the next day's ("from 22 to 2"). */
export function rangeReading(scan: Scan, day: DayNumber, from: number, to: number): Timed {
  const reading = timed(scan, day, from);
  const end = timed(scan, day, to > from ? to : to + DAY_SECONDS);
  return { ...reading, when: { ...reading.when, end: end.when.start, kind: 'period' } };
}

/** A time with how long it lasts, where that was said. */
export function lasting(scan: Scan, reading: Timed, said: { lasting: { ms: number } | null }): Timed {
  if (said.lasting === null || said.lasting.ms === 0) return reading;
  const end = isoWithOffset(reading.at + said.lasting.ms, scan.context.zone);
  return { ...reading, when: { ...reading.when, end, kind: 'period' } };
}

/** The morning hour of a day; when that has passed, the next part of today, and late in the evening an hour from now. */
function reminderOn(scan: Scan, day: DayNumber): Timed['remind'] {
  const { zone } = scan.context;
  const { morning, afternoon, evening, night } = scan.parts;
  const minutes =
    day > scan.today ? morning : [morning, afternoon, evening, night].find((part) => part * 60_000 > scan.clockMs);
  if (minutes !== undefined) {
    return { day: dayString(day), time: timeOf(minutes * 60), at: wallToEpoch(day, minutes * 60_000, zone) };
  }
  const at = scan.context.now + 3_600_000;
  const wall = wallClock(at, zone);
  return { day: wall.day, time: wall.time, at };
}

/** A length from now: whole days keep the wall clock, the rest is elapsed time. */
export function exactReading(scan: Scan, said: Exact): Timed {
  const { zone, now } = scan.context;
  const day = addMonths(scan.today, said.months) + said.days;
  // Whole days keep the wall clock, the rest is elapsed time.
  const moved = said.months !== 0 || said.days !== 0 ? wallToEpoch(day, scan.clockMs, zone) : now;
  if (said.ms === 0) return whole(scan, day);
  const at = Math.floor((moved + said.ms) / 1000) * 1000;
  const wall = wallClock(at, zone);
  const start = { day: wall.day, time: wall.time };
  return {
    when: {
      start: isoWithOffset(at, zone),
      end: null,
      grain: said.grain === 'second' ? 'second' : 'minute',
      kind: 'instant',
    },
    recurrence: null,
    exact: true,
    at,
    start,
    due: start,
    remind: { ...start, at },
  };
}
