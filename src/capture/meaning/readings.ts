/** Puts the pieces of a message together: one reading, several to ask about, or none. */
import { type DayNumber, dayString } from '../../core/days.ts';
import type { Clock, Meant, Piece } from '../pieces.ts';
import { secondsOf } from '../rules/clock.ts';
import { lastOf } from '../rules/ranges.ts';
import type { Scan } from '../scan.ts';
import { timeAlone, timesOn } from './alone.ts';
import { type Outcome, outcome, refuse, unique } from './outcome.ts';
import { recurring } from './recurring.ts';
import { clocksOf, eachPart, type Sorted, saysToday, settleDays } from './settle.ts';
import { DAY_SECONDS, exactReading, lasting, periodReading, rangeReading, type Timed, timed, whole } from './timed.ts';

/** More days or times than this are asked about with the first of them: every day is read with every time. */
const MOST_OF_A_KIND = 6;

/** What the pieces mean together. `past`: a day behind us is as good as any (log, tick). */
export function readTogether(scan: Scan, pieces: readonly Piece[], past: boolean): Outcome {
  const sorted: Sorted = {
    dates: [],
    periods: [],
    clocks: [],
    ranges: [],
    lasting: null,
    moments: [],
    parts: [],
    exacts: [],
    repeats: [],
  };
  for (const { meant, lead } of pieces) {
    if (meant.k === 'fault') return refuse(meant.reason);
    if (meant.k === 'date') {
      if (sorted.dates.length < MOST_OF_A_KIND) sorted.dates.push({ meant, lead });
    } else if (meant.k === 'period') sorted.periods.push({ meant, lead });
    else if (meant.k === 'periods')
      sorted.periods.push(
        ...meant.choices.map((choice) => ({ lead, meant: { k: 'period' as const, ...choice, nearer: null } })),
      );
    else if (meant.k === 'lasting') sorted.lasting = meant;
    else if (meant.k === 'moments') sorted.moments.push(meant);
    else if (meant.k === 'clock') {
      if (sorted.clocks.length < MOST_OF_A_KIND) sorted.clocks.push({ meant, lead });
    } else if (meant.k === 'clocks')
      sorted.ranges.push(meant, ...(meant.or === undefined ? [] : [{ k: meant.k, ...meant.or }]));
    else if (meant.k === 'part') sorted.parts.push(meant);
    else if (meant.k === 'exact') sorted.exacts.push(meant);
    else if (meant.k === 'exacts')
      sorted.exacts.push(...meant.choices.map((choice) => ({ k: 'exact' as const, ...choice })));
    else if (meant.k === 'repeat') sorted.repeats.push(meant.repeat);
  }
  const result = combine(scan, sorted);
  return past ? result : withoutPast(scan, result);
}

/** A task or reminder lies ahead: past readings are asked about, never taken. */
function withoutPast(scan: Scan, result: Outcome): Outcome {
  const ahead = result.readings.filter((reading) => isAhead(scan, reading));
  if (ahead.length === result.readings.length) return result;
  return ahead.length === 0 ? refuse('past', result.readings) : { ...result, readings: ahead };
}

function isAhead(scan: Scan, reading: Timed): boolean {
  const { when } = reading;
  if (reading.start.time === null && when.kind === 'instant') return reading.start.day >= dayString(scan.today);
  if (when.end !== null && reading.start.time === null) return reading.due.day >= dayString(scan.today);
  return reading.at >= scan.context.now;
}

function combine(scan: Scan, sorted: Sorted): Outcome {
  if (sorted.repeats.length > 0) return recurring(scan, sorted);
  const { exacts, ranges, moments } = sorted;
  if (moments.length > 0) {
    const all = moments.map(({ from, to }) => between(scan, from, to));
    const others = sorted.dates.length + sorted.periods.length + sorted.clocks.length + ranges.length + exacts.length;
    return outcome([...all, ...(others === 0 ? [] : combine(scan, { ...sorted, moments: [] }).readings)]);
  }
  if (exacts.length > 0) {
    const all = exacts.map((exact) => exactReading(scan, exact));
    const others = sorted.dates.length + sorted.periods.length + sorted.clocks.length + ranges.length;
    return others === 0
      ? outcome(unique(all))
      : outcome([...all, ...combine(scan, { ...sorted, exacts: [] }).readings]);
  }
  const apart = eachPart(sorted);
  if (apart !== null) return outcome(unique(apart.flatMap((one) => combine(scan, one).readings)));
  // "one at 8 tonight and one at 8 tomorrow"
  const elsewhere = sorted.dates.filter(
    ({ meant }) => !meant.today && !meant.days.includes(scan.today) && meant.sameDay !== scan.today,
  );
  if (saysToday(sorted) && elsewhere.length > 0 && sorted.clocks.length > 1) {
    const evening = sorted.clocks.map(({ meant, lead }) => ({
      lead,
      meant: {
        ...meant,
        clocks: meant.clocks.map((one) => (one.part === 'tonight' ? { ...one, part: 'evening' as const } : one)),
      },
    }));
    const days: Sorted[] = [
      { ...sorted, dates: [] },
      { ...sorted, dates: elsewhere, parts: [], clocks: evening },
    ];
    return outcome(unique(days.flatMap((one) => combine(scan, one).readings)));
  }
  const settled = settleDays(scan, sorted);
  if (settled.dates.length > 1) {
    const each = settled.dates.map((date) => combine(scan, { ...settled, dates: [date], periods: [] }));
    return outcome(unique(each.flatMap(({ readings }) => readings)));
  }
  const [date] = settled.dates;
  if (date !== undefined) return onDate(scan, date, settled);
  if (settled.periods.length > 0) return inPeriods(scan, settled);
  return timeAlone(scan, settled);
}

/** From a time of one day to a time of another. */
function between(scan: Scan, from: Moment, to: Moment): Timed {
  const at = ({ day, clock }: Moment) => timed(scan, day, secondsOf(clock, scan.context.clock === '24'));
  const reading = at(from);
  return { ...reading, when: { ...reading.when, end: at(to).when.start, kind: 'period' } };
}
type Moment = Extract<Meant, { k: 'moments' }>['from'];

function onDate(scan: Scan, date: Sorted['dates'][number], sorted: Sorted): Outcome {
  const { meant, lead } = date;
  const clocks = clocksOf(sorted);
  const seconds = (clock: Clock) => secondsOf(clock, scan.context.clock === '24');
  const doubtful = meant.sameDay !== null && meant.nearer === meant.sameDay;
  const nearer = meant.nearer !== null && !doubtful ? meant.nearer : null;
  const dayFor = (second: number | null): DayNumber[] => {
    if (meant.sameDay === null) return [...meant.days];
    if (second !== null && second * 1000 > scan.clockMs) return [meant.sameDay];
    return doubtful && second === null ? [meant.sameDay, ...meant.days] : [...meant.days];
  };
  if (sorted.ranges.length > 0) {
    const each = sorted.ranges.map(({ from, to }) => [seconds(from), seconds(to)] as const);
    // "10-3 tomorrow at 5pm": one of the two is no time.
    const apart = clocks.length === 0 ? [] : onDate(scan, date, { ...sorted, ranges: [] }).readings;
    const stretches = each.flatMap(([from, to]) => dayFor(from).map((day) => rangeReading(scan, day, from, to)));
    return outcome(unique([...stretches, ...apart]));
  }
  if (clocks.length > 0) {
    const readings = clocks.flatMap((clock) => {
      const at = seconds(clock);
      if (clock.midnight) {
        // "friday midnight": which night? Today's and tonight's is the coming one.
        return dayFor(DAY_SECONDS).flatMap((day) =>
          meant.today ? [timed(scan, day, DAY_SECONDS)] : [timed(scan, day, 0), timed(scan, day, DAY_SECONDS)],
        );
      }
      return dayFor(at).flatMap((day) =>
        timesOn(scan, day, clock, at, meant.today).map((one) => lasting(scan, one, sorted)),
      );
    });
    return outcome(unique(readings), nearer === null ? [] : clocks.map((clock) => timed(scan, nearer, seconds(clock))));
  }
  const [part] = sorted.parts;
  if (part !== undefined) {
    const at = scan.parts[part.part] * 60;
    return outcome(
      unique(dayFor(at).map((day) => timed(scan, day, at))),
      nearer === null ? [] : [timed(scan, nearer, at)],
    );
  }
  if (sorted.lasting !== null) {
    const { lasting: length } = sorted;
    return outcome(dayFor(null).map((day) => periodReading(scan, day, lastOf(day, length) + 1, 'day')));
  }
  // "before friday": that day, or the one before it?
  const days = dayFor(null).flatMap((day) =>
    lead === 'before' ? [day - 1, day] : lead === 'after' ? [day, day + 1] : [day],
  );
  return outcome(unique(days.map((day) => whole(scan, day))), nearer === null ? [] : [whole(scan, nearer)]);
}

function inPeriods(scan: Scan, sorted: Sorted): Outcome {
  const clocks = clocksOf(sorted);
  const [part] = sorted.parts;
  const timesSaid = clocks.length > 0 || part !== undefined || sorted.ranges.length > 0;
  const readings: Timed[] = [];
  const alternatives: Timed[] = [];
  for (const { meant, lead } of sorted.periods) {
    if (!timesSaid) {
      // "before June" is due when May ends.
      if (lead === 'before') readings.push(whole(scan, meant.start - 1));
      // "before the end of the month": the last day, or the one before it.
      if (lead === 'before' && meant.end - meant.start === 1) readings.push(whole(scan, meant.start));
      if (lead === 'before') continue;
      if (lead === 'start') readings.push(whole(scan, Math.max(meant.start, scan.today)));
      else readings.push(periodReading(scan, meant.start, meant.end, meant.grain));
      if (lead === 'after') readings.push(whole(scan, meant.end));
      if (meant.nearer !== null)
        alternatives.push(periodReading(scan, meant.nearer.start, meant.nearer.end, meant.grain));
      continue;
    }
    // A time of day in a longer period: which of its days?
    const days = meant.end - meant.start === 1 ? [meant.start] : [Math.max(meant.start, scan.today), meant.end - 1];
    for (const day of new Set(days)) {
      if (clocks.length === 0 && part !== undefined) readings.push(timed(scan, day, scan.parts[part.part] * 60));
      for (const clock of clocks) readings.push(timed(scan, day, secondsOf(clock, scan.context.clock === '24')));
      for (const range of sorted.ranges) {
        readings.push(
          rangeReading(
            scan,
            day,
            secondsOf(range.from, scan.context.clock === '24'),
            secondsOf(range.to, scan.context.clock === '24'),
          ),
        );
      }
    }
  }
  return outcome(unique(readings), alternatives);
}
