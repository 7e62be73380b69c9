/** Puts the pieces of a message together: one reading, several to ask about, or none. */
import { civil, type DayNumber, dayString, weekdayOf } from '../../core/days.ts';
import type { Clock, Piece, Repeat } from '../pieces.ts';
import { secondsOf } from '../rules/clock.ts';
import { dayCode } from '../rules/lists.ts';
import type { Scan } from '../scan.ts';
import type { Recurrence, Refusal } from '../types.ts';
import { type Schedule, schedules } from './schedule.ts';
import { clocksOf, eachPart, type Sorted, saysToday, settleDays } from './settle.ts';
import { DAY_SECONDS, exactReading, periodReading, rangeReading, type Timed, timed, whole } from './timed.ts';

export interface Outcome {
  /** All plausible ones; exactly one means it is clear. */
  readings: Timed[];
  alternatives: Timed[];
  refused: Refusal | null;
}

const nothing: Outcome = { readings: [], alternatives: [], refused: null };
const refuse = (reason: Refusal, readings: Timed[] = []): Outcome => ({ readings, alternatives: [], refused: reason });
const outcome = (readings: Timed[], alternatives: Timed[] = []): Outcome => ({ readings, alternatives, refused: null });

/** More days or times than this are asked about with the first of them: every day is read with every time. */
const MOST_OF_A_KIND = 6;

/** What the pieces mean together. `past`: a day behind us is as good as any (log, tick). */
export function readTogether(scan: Scan, pieces: readonly Piece[], past: boolean): Outcome {
  const sorted: Sorted = { dates: [], periods: [], clocks: [], ranges: [], parts: [], exacts: [], repeats: [] };
  for (const { meant, lead } of pieces) {
    if (meant.k === 'fault') return refuse(meant.reason);
    if (meant.k === 'date') {
      if (sorted.dates.length < MOST_OF_A_KIND) sorted.dates.push({ meant, lead });
    } else if (meant.k === 'period') sorted.periods.push({ meant, lead });
    else if (meant.k === 'clock') {
      if (sorted.clocks.length < MOST_OF_A_KIND) sorted.clocks.push({ meant, lead });
    } else if (meant.k === 'clocks') sorted.ranges.push(meant);
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
  const { exacts, ranges } = sorted;
  if (exacts.length > 0) {
    const all = exacts.map((exact) => exactReading(scan, exact));
    const others = sorted.dates.length + sorted.periods.length + sorted.clocks.length + ranges.length;
    return others === 0
      ? outcome(unique(all))
      : outcome([...all, ...combine(scan, { ...sorted, exacts: [] }).readings]);
  }
  const apart = eachPart(sorted);
  if (apart !== null) return outcome(unique(apart.flatMap((one) => combine(scan, one).readings)));
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

function onDate(scan: Scan, date: Sorted['dates'][number], sorted: Sorted): Outcome {
  const { meant, lead } = date;
  const [range] = sorted.ranges;
  const clocks = clocksOf(sorted);
  const seconds = (clock: Clock) => secondsOf(clock, scan.context.clock === '24');
  const doubtful = meant.sameDay !== null && meant.nearer === meant.sameDay;
  const nearer = meant.nearer !== null && !doubtful ? meant.nearer : null;
  const dayFor = (second: number | null): DayNumber[] => {
    if (meant.sameDay === null) return [...meant.days];
    if (second !== null && second * 1000 > scan.clockMs) return [meant.sameDay];
    return doubtful && second === null ? [meant.sameDay, ...meant.days] : [...meant.days];
  };
  if (range !== undefined) {
    const from = seconds(range.from);
    return outcome(dayFor(from).map((day) => rangeReading(scan, day, from, seconds(range.to))));
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
      return dayFor(at).flatMap((day) => timesOn(scan, day, clock, at, meant.today));
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
  // "before friday": that day, or the one before it?
  const days = dayFor(null).flatMap((day) =>
    lead === 'before' ? [day - 1, day] : lead === 'after' ? [day, day + 1] : [day],
  );
  return outcome(unique(days.map((day) => whole(scan, day))), nearer === null ? [] : [whole(scan, nearer)]);
}

/** A bare hour of today that has passed may mean this evening or tomorrow; any other stands. */
function timesOn(scan: Scan, day: DayNumber, clock: Clock, second: number, today: boolean): Timed[] {
  if (clock.part === 'tonight' && clock.half === 'bare' && clock.hour < 5)
    return [timed(scan, day + 1, clock.hour * 3600 + clock.minute * 60)];
  const reading = timed(scan, day, second);
  if (!today || reading.at >= scan.context.now || clock.half !== 'bare' || clock.part !== null) return [reading];
  const later =
    second < DAY_SECONDS / 2
      ? [timed(scan, day, second + DAY_SECONDS / 2)].filter(({ at }) => at >= scan.context.now)
      : [];
  return later.length === 0 ? [reading] : [...later, timed(scan, day + 1, second)];
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
      else if (lead === 'start') readings.push(whole(scan, Math.max(meant.start, scan.today)));
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

function timeAlone(scan: Scan, sorted: Sorted): Outcome {
  const twentyFour = scan.context.clock === '24';
  const today = saysToday(sorted);
  const [range] = sorted.ranges;
  if (range !== undefined) {
    const from = secondsOf(range.from, twentyFour);
    const day = !today && from * 1000 <= scan.clockMs ? scan.today + 1 : scan.today;
    return outcome([rangeReading(scan, day, from, secondsOf(range.to, twentyFour))]);
  }
  const clocks = clocksOf(sorted);
  if (clocks.length > 0) {
    return outcome(
      unique(
        clocks.flatMap((clock) => {
          if (clock.midnight) return [timed(scan, scan.today, DAY_SECONDS)];
          const second = secondsOf(clock, twentyFour);
          if (today) return timesOn(scan, scan.today, clock, second, true);
          return [timed(scan, second * 1000 <= scan.clockMs ? scan.today + 1 : scan.today, second)];
        }),
      ),
    );
  }
  const [part] = sorted.parts;
  if (part === undefined) return nothing;
  const second = scan.parts[part.part] * 60;
  if (part.part === 'tonight' || part.today) {
    if (part.part !== 'tonight' || second * 1000 > scan.clockMs) return outcome([timed(scan, scan.today, second)]);
    // Later than eight, "tonight" is the rest of this evening, or the next one: asked.
    const rest = Math.min(DAY_SECONDS, Math.ceil(scan.clockMs / 3_600_000 + 1e-9) * 3600);
    return outcome([timed(scan, scan.today, rest), timed(scan, scan.today + 1, second)]);
  }
  return outcome([timed(scan, second * 1000 <= scan.clockMs ? scan.today + 1 : scan.today, second)]);
}

/** A recurrence, with a time of day or a first day said elsewhere in the message. */
function recurring(scan: Scan, sorted: Sorted): Outcome {
  const readings: Timed[] = [];
  for (const repeat of sorted.repeats) {
    const said: Repeat = { ...repeat };
    const short = said.freq === 'HOURLY' || said.freq === 'MINUTELY';
    if (short && sorted.clocks.length > 0 && said.until === null && said.count === null) {
      const [clock] = sorted.clocks;
      const end = clock?.lead === 'by' ? clocksOf(sorted)[0] : undefined;
      if (end === undefined) readings.push(...timeAlone(scan, { ...sorted, repeats: [] }).readings);
      else Object.assign(said, endsAt(scan, end));
    } else if (said.clocks.length === 0 && sorted.clocks.length > 0) {
      said.clocks = clocksOf(sorted).map((clock) =>
        clock.half === 'bare' && clock.part === null ? { ...clock, part: said.part } : clock,
      );
      said.minutes = [];
    }
    const [part] = sorted.parts;
    if (said.clocks.length === 0 && said.minutes.length === 0 && part !== undefined)
      said.minutes = [scan.parts[part.part]];
    const [date] = sorted.dates;
    const day = date?.meant.days[0];
    if (day !== undefined && date !== undefined) {
      // "every month on the second to last friday": a past day is no beginning.
      if (day < scan.today) return refuse('past');
      // "every friday the 13th"
      if (
        date.lead === null &&
        said.days.length > 0 &&
        !said.days.some((code) => code.endsWith(dayCode(weekdayOf(day))))
      )
        readings.push(whole(scan, day));
      if (date.lead === 'by' && said.until === null && said.count === null) said.until = day;
      else if (date.lead === null && unnamed(said)) Object.assign(said, namedBy(said, day));
      else if (said.starting === null && day >= scan.today) said.starting = day;
    }
    if (said.freq === 'HOURLY' && said.window === null && sorted.ranges[0] !== undefined)
      said.window = sorted.ranges[0];
    const [range] = sorted.ranges;
    if (said.freq !== 'HOURLY' && said.freq !== 'MINUTELY' && said.clocks.length === 0 && range !== undefined)
      said.clocks = [range.from];
    const [period] = sorted.periods;
    const choices = period === undefined ? [said] : within(scan, said, period);
    for (const limited of said.orOnce ? choices.flatMap(onceAsWell) : choices) {
      for (const schedule of schedules(scan, limited)) readings.push(scheduled(scan, schedule));
    }
    if (said.orDay !== null) readings.push(whole(scan, said.orDay));
  }
  return readings.length === 0 ? refuse('impossible') : outcome(unique(readings));
}

/** "every hour until 6pm": today's, or tomorrow's where that has passed. */
function endsAt(scan: Scan, end: Clock): Pick<Repeat, 'until' | 'untilSeconds'> {
  const seconds = secondsOf(end, scan.context.clock === '24') % DAY_SECONDS;
  return { until: scan.today + (seconds * 1000 > scan.clockMs ? 0 : 1), untilSeconds: seconds };
}

/** "every day from dec 1 to dec 10" ends there; "every monday in december" may mean this December, or from then on. */
function within(scan: Scan, said: Repeat, { meant, lead }: Sorted['periods'][number]): Repeat[] {
  const { start, end, grain } = meant;
  if (said.until !== null || said.starting !== null || said.count !== null) return [said];
  if (lead === 'by') return [{ ...said, until: end - 1 }];
  if (lead === 'before') return [{ ...said, until: start - 1 }];
  const from = { ...said, starting: Math.max(start, scan.today) };
  if (lead === 'start') return [from];
  const limited = { ...from, until: end - 1 };
  return grain === 'day' ? [limited] : [limited, from];
}

/** "mon, wed and fri" without "every": those three days, or every week. */
const onceAsWell = (said: Repeat): Repeat[] =>
  said.count === null && said.until === null
    ? [{ ...said, count: said.days.length * Math.max(1, said.clocks.length) }, said]
    : [said];

/** "every year", "every 2 months", "every week": which day is not said. */
const unnamed = ({ freq, days, monthDays, months, starting }: Repeat) =>
  /^(?:WEEKLY|MONTHLY|YEARLY)$/.test(freq) && days.length + monthDays.length + months.length === 0 && starting === null;

/** "march 5 every year": the date names the day of the recurrence. */
function namedBy({ freq }: Repeat, day: DayNumber): Partial<Repeat> {
  const { month, day: ofMonth } = civil(day);
  if (freq === 'WEEKLY') return { days: [dayCode(weekdayOf(day))], starting: day };
  if (freq === 'MONTHLY') return { monthDays: [ofMonth], starting: day };
  return { months: [month], monthDays: [ofMonth], starting: day };
}

function scheduled(scan: Scan, { rrule, basis, first }: Schedule): Timed {
  const reading = first.seconds === null ? whole(scan, first.day) : timed(scan, first.day, first.seconds);
  return { ...reading, recurrence: { rrule, basis } satisfies Recurrence };
}

function unique(readings: readonly Timed[]): Timed[] {
  const seen = new Set<string>();
  return readings.filter(({ when, recurrence }) => {
    const key = `${when.start} ${when.end} ${when.grain} ${recurrence?.rrule}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
