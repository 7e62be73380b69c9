/** Recurrences together with what else the message says of time. */
import { addMonths, civil, type DayNumber, weekdayOf } from '../../core/days.ts';
import { isShort, weekdayCode } from '../../core/recurrence/terms.ts';
import type { Clock, Repeat } from '../pieces.ts';
import { standing } from '../repeats/refine.ts';
import { secondsOf } from '../rules/clock.ts';
import { meaning, type Scan } from '../scan.ts';
import type { Recurrence } from '../types.ts';
import { timeAlone } from './alone.ts';
import { type Outcome, outcome, refuse, unique } from './outcome.ts';
import { type Schedule, schedules } from './schedule.ts';
import { clocksOf, type Sorted } from './settle.ts';
import { DAY_SECONDS, exactReading, type Timed, timed, whole } from './timed.ts';

/** A recurrence, with a time of day or a first day said elsewhere in the message. */
export function recurring(scan: Scan, sorted: Sorted): Outcome {
  const readings: Timed[] = [];
  for (const repeat of together(sorted.repeats)) {
    const said: Repeat = { ...repeat, interval: pace(scan, repeat) };
    const short = isShort(said.freq);
    if (short && sorted.clocks.length > 0 && said.until === null && said.count === null) {
      const [clock] = sorted.clocks;
      const end = clock?.lead === 'by' ? clocksOf(sorted)[0] : undefined;
      if (end === undefined) readings.push(...timeAlone(scan, { ...sorted, repeats: [] }).readings);
      else Object.assign(said, endsAt(scan, end));
    } else if (said.clocks.length === 0 && sorted.clocks.length > 0) {
      said.clocks = standing(clocksOf(sorted)).map((clock) =>
        clock.half === 'bare' && clock.part === null ? { ...clock, part: said.part } : clock,
      );
      said.minutes = [];
    }
    const [part] = sorted.parts;
    if (said.clocks.length === 0 && said.minutes.length === 0 && part !== undefined)
      said.minutes = sorted.parts.map((one) => scan.parts[one.part]);
    const [date, ...more] = sorted.dates;
    // "каждые полгода 1 июня и 1 декабря": one rule cannot hold both.
    for (const other of more) readings.push(...other.meant.days.map((one) => whole(scan, one)));
    const day = date?.meant.days[0];
    if (day !== undefined && date !== undefined) {
      // "every month on the second to last friday": a past day is no beginning.
      if (day < scan.today) return refuse('past');
      // "every friday the 13th"
      if (
        date.lead === null &&
        said.days.length > 0 &&
        !said.days.some((code) => code.endsWith(weekdayCode(weekdayOf(day))))
      )
        readings.push(whole(scan, day));
      // "до 20 числа каждого месяца": by that day of each.
      const each = date.lead === 'by' && said.freq === 'MONTHLY' && unnamed(said) && day - scan.today <= 31;
      if (each) Object.assign(said, namedBy(said, day));
      else if (date.lead === 'by' && said.until === null && said.count === null) said.until = day;
      else if (date.lead === null && unnamed(said)) Object.assign(said, namedBy(said, day));
      else if (said.starting === null && day >= scan.today) said.starting = day;
    }
    if (said.freq === 'HOURLY' && said.window === null && sorted.ranges[0] !== undefined)
      said.window = sorted.ranges[0];
    const [range] = sorted.ranges;
    if (said.freq !== 'HOURLY' && said.freq !== 'MINUTELY' && said.clocks.length === 0 && range !== undefined)
      said.clocks = [range.from];
    const [first] = sorted.periods;
    const named = first?.meant.weekdays === true && (unnamed(said) || said.freq === 'DAILY') ? first.meant : null;
    // "mon-fri at 9:30 every week"
    if (named !== null && said.interval === 1)
      Object.assign(said, {
        freq: 'WEEKLY',
        days: Array.from({ length: named.end - named.start }, (_, index) =>
          weekdayCode(weekdayOf(named.start + index)),
        ),
      });
    const ending = first !== undefined && unnamed(said) && said.freq === 'MONTHLY' && endsMonth(first.meant);
    if (ending) said.monthDays = [-1];
    // "с 20 по 25 число каждого месяца"
    const through =
      first !== undefined && unnamed(said) && said.freq === 'MONTHLY' && !ending && throughMonth(first.meant);
    if (through) said.monthDays = [civil(first.meant.start).day];
    // "the last day of february every year"
    const yearly = first !== undefined && unnamed(said) && said.freq === 'YEARLY' && endsMonth(first.meant);
    if (yearly) Object.assign(said, { months: [civil(first.meant.start).month], monthDays: [-1] });
    const period = ending || through || yearly || (named !== null && said.interval === 1) ? undefined : first;
    const months = throughMonths(scan, said, sorted.periods);
    const choices = months ?? (period === undefined ? [said] : within(scan, said, period));
    for (const limited of said.orOnce ? choices.flatMap(onceAsWell) : choices) {
      for (const schedule of schedules(scan, limited)) readings.push(scheduled(scan, schedule));
    }
    if (said.orDay !== null) readings.push(whole(scan, said.orDay));
  }
  // "in 10 minutes and then every hour"
  readings.push(...sorted.exacts.map((exact) => exactReading(scan, exact)));
  return readings.length === 0 ? refuse('impossible') : outcome(unique(readings));
}

/** "biweekly sync on wednesdays": the word that describes the task says how often. */
function pace(scan: Scan, { freq, interval, days }: Repeat): number {
  if (freq !== 'WEEKLY' || interval !== 1 || days.length !== 1) return interval;
  const paced = scan.tokens.some((_, index) => {
    const rule = meaning(scan, index, 'repeat')?.lexeme.rule;
    return rule?.unit === 'week' && rule.interval === 2;
  });
  return paced ? 2 : 1;
}

/** "качалка пн ср пт каждую неделю": the days and how often, said apart. */
function together(repeats: readonly Repeat[]): readonly Repeat[] {
  const named = repeats.find(({ orOnce }) => orOnce);
  const often = repeats.find((one) => one.freq === 'WEEKLY' && one.days.length === 0 && one.vague === null);
  if (repeats.length !== 2 || named === undefined || often === undefined) return repeats;
  const clocks = often.clocks.length > 0 ? often.clocks : named.clocks;
  return [{ ...often, days: named.days, clocks }];
}

/** "every hour until 6pm": today's, or tomorrow's where that has passed. */
function endsAt(scan: Scan, end: Clock): Pick<Repeat, 'until' | 'untilSeconds'> {
  const seconds = secondsOf(end, scan.context.clock === '24') % DAY_SECONDS;
  return { until: scan.today + (seconds * 1000 > scan.clockMs ? 0 : 1), untilSeconds: seconds };
}

/** "at month end every month": its last day. */
const endsMonth = ({ start, end }: { start: DayNumber; end: DayNumber }) => end - start === 1 && civil(end).day === 1;

/** "с октября по апрель по средам": within those months, which may have begun. */
function throughMonths(scan: Scan, said: Repeat, [first, last]: Sorted['periods']): Repeat[] | null {
  const joined = first?.lead === 'start' && last?.lead === 'by' && first.meant.grain === 'month';
  if (!joined || said.until !== null || said.starting !== null || said.count !== null) return null;
  const { start } = first.meant;
  const { end } = last.meant;
  const limited = {
    ...said,
    starting: Math.max(start, scan.today),
    until: (end > start ? end : addMonths(end, 12)) - 1,
  };
  const begun = end < start && addMonths(start, -12) <= scan.today;
  return begun ? [{ ...said, until: end - 1 }, limited] : [limited];
}

/** Days of one month, by their numbers. */
const throughMonth = ({ start, end, grain }: { start: DayNumber; end: DayNumber; grain: string }) =>
  grain === 'day' && end - start > 1 && end - start <= 31 && civil(start).month === civil(end - 1).month;

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
  if (freq === 'WEEKLY') return { days: [weekdayCode(weekdayOf(day))], starting: day };
  if (freq === 'MONTHLY') return { monthDays: [ofMonth], starting: day };
  return { months: [month], monthDays: [ofMonth], starting: day };
}

function scheduled(scan: Scan, { rrule, basis, first }: Schedule): Timed {
  const reading = first.seconds === null ? whole(scan, first.day) : timed(scan, first.day, first.seconds);
  return { ...reading, recurrence: { rrule, basis } satisfies Recurrence };
}
