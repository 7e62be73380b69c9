/** Turns a recurrence as said into an RFC 5545 rule and its first occurrence. */
import { civil, type DayNumber, daysInMonth, weekdayOf } from '../../core/days.ts';
import { isShort, weekdayCode } from '../../core/recurrence/terms.ts';
import type { Repeat } from '../pieces.ts';
import { halves, secondsOf } from '../rules/clock.ts';
import type { Scan } from '../scan.ts';
import { exact, untilText } from './exact.ts';
import { type First, firstOf } from './first.ts';

export interface Schedule {
  rrule: string;
  basis: 'schedule' | 'completion';
  first: First;
}

/** The schedules a recurrence may mean: one when it is clear, several to ask about, none when it never occurs. */
export function schedules(scan: Scan, said: Repeat): Schedule[] {
  const { either } = said;
  const refined =
    either === null
      ? []
      : [
          {
            ...said,
            freq: either.freq,
            interval: either.interval,
            days: either.days,
            vague: either.vague,
            either: null,
          },
        ];
  return [said, ...refined]
    .flatMap(eachHalf)
    .flatMap((repeat) =>
      repeat.vague === null || told(repeat, repeat.vague) ? [repeat] : spread(repeat, repeat.vague),
    )
    .flatMap((repeat) => byTimes(scan, repeat));
}

/** "wake up every day at 6": both halves of the day, to ask about. */
function eachHalf(said: Repeat): Repeat[] {
  if (!said.clocks.some(({ either }) => either)) return [said];
  const half = (index: number) => said.clocks.map((clock) => halves(clock)[index] ?? clock);
  return [
    { ...said, clocks: half(0) },
    { ...said, clocks: half(1) },
  ];
}

/** "twice a day at 9 and 21", "twice a week on mon and thu": as many as were announced. */
const told = ({ freq, days, monthDays, clocks }: Repeat, times: number) =>
  (freq === 'DAILY' && clocks.length === times && new Set(clocks.map(({ hour, half }) => `${hour}${half}`)).size > 1) ||
  (freq === 'WEEKLY' && days.length === times) ||
  (freq === 'MONTHLY' && (monthDays.length === times || days.length === times));

/** "twice a week": ways to choose the days, for the owner to pick from. */
function spread(said: Repeat, times: number): Repeat[] {
  const clear = { ...said, vague: null };
  if (said.freq === 'WEEKLY') {
    const weeks: Record<number, string[][]> = {
      2: [
        ['MO', 'TH'],
        ['TU', 'FR'],
        ['TU', 'TH'],
      ],
      3: [
        ['MO', 'WE', 'FR'],
        ['TU', 'TH', 'SA'],
      ],
      4: [
        ['MO', 'TU', 'TH', 'FR'],
        ['MO', 'WE', 'FR', 'SU'],
      ],
      5: [
        ['MO', 'TU', 'WE', 'TH', 'FR'],
        ['TU', 'WE', 'TH', 'FR', 'SA'],
      ],
      6: [
        ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'],
        ['TU', 'WE', 'TH', 'FR', 'SA', 'SU'],
      ],
    };
    return (weeks[times] ?? [[]]).map((days) => ({ ...clear, days }));
  }
  if (said.freq === 'MONTHLY')
    return [
      [1, 15],
      [10, 25],
    ].map((monthDays) => ({ ...clear, monthDays }));
  if (said.freq === 'DAILY') {
    // Spread over the waking day, from nine on or from ten on.
    const over = (first: number, last: number) =>
      Array.from(
        { length: times },
        (_, index) => Math.round((first + ((last - first) * index) / (times - 1)) / 60) * 60,
      );
    return [
      { ...clear, minutes: over(540, 1080) },
      { ...clear, minutes: over(600, 1200) },
    ];
  }
  return [
    { ...clear, freq: 'MONTHLY', interval: Math.max(1, Math.round(12 / times)) },
    { ...clear, freq: 'YEARLY', interval: 1 },
  ];
}

/** A rule names hours and minutes apart, so times with different minutes cannot share one: each is offered by itself. */
function byTimes(scan: Scan, repeat: Repeat): Schedule[] {
  const twentyFour = scan.context.clock === '24';
  const minutes = [
    ...repeat.clocks.map((clock) => Math.floor(secondsOf(clock, twentyFour) / 60) % 1440),
    ...repeat.minutes,
  ].sort((a, b) => a - b);
  const hours = new Set(minutes.map((minute) => Math.floor(minute / 60)));
  const pasts = new Set(minutes.map((minute) => minute % 60));
  const shared = hours.size <= 1 || pasts.size <= 1;
  return (shared ? [minutes] : minutes.map((minute) => [minute])).flatMap((times) => one(scan, repeat, times) ?? []);
}

function one(scan: Scan, repeat: Repeat, times: readonly number[]): Schedule | null {
  const twentyFour = scan.context.clock === '24';
  if (repeat.window !== null) {
    const from = Math.floor(secondsOf(repeat.window.from, twentyFour) / 60);
    const to = Math.floor(secondsOf({ ...repeat.window.to }, twentyFour) / 60);
    return windowed(scan, repeat, from, to <= from ? to + 720 : to);
  }
  const whole = repeat.written?.rule ?? null;
  if (whole !== null) return exact(scan, repeat, whole, times);
  if (isShort(repeat.freq)) {
    const step = repeat.interval * (repeat.freq === 'HOURLY' ? 3600 : 60);
    let seconds = Math.floor(scan.clockMs / 60_000) * 60 + step;
    // "every hour on weekdays": the first step that falls on one of them.
    const named = (second: number) =>
      repeat.days.includes(weekdayCode(weekdayOf(scan.today + Math.floor(second / 86_400))));
    for (let tries = 0; tries < 11_000 && repeat.days.length > 0 && !named(seconds); tries += 1) seconds += step;
    const first = { day: scan.today + Math.floor(seconds / 86_400), seconds: seconds % 86_400 };
    return { rrule: ruleOf(scan, repeat, [], repeat), basis: repeat.basis, first };
  }
  const named = repeat.written === null ? normalised(repeat) : repeat;
  if (named === null) return null;
  const first = firstOf(scan, named, times);
  if (first === null) return null;
  return {
    rrule: ruleOf(
      scan,
      repeat.written === null ? clampToStart(named, named.starting ?? scan.today) : named,
      times,
      repeat,
    ),
    basis: repeat.basis,
    first,
  };
}

/** "every 2 hours between 9 and 17": the hours of each day. */
function windowed(scan: Scan, repeat: Repeat, from: number, to: number): Schedule | null {
  const step = repeat.interval * (repeat.freq === 'HOURLY' ? 60 : 1);
  const times: number[] = [];
  for (let minute = from; minute <= to && minute < 1440; minute += step) times.push(minute);
  const hours = [...new Set(times.map((minute) => Math.floor(minute / 60)))];
  const pasts = [...new Set(times.map((minute) => minute % 60))].sort((a, b) => a - b);
  // Steps that do not fit the hour are counted from the first on: so they fall alike on each day, when a day holds a whole number of them.
  const inside = hours.flatMap((hour) => pasts.map((past) => hour * 60 + past)).filter((minute) => minute <= to);
  if (inside.length > times.length) return steppedWithin(scan, repeat, step, times);
  // Hours and minutes multiply: the last full hour stays out when not all of its minutes are inside.
  while (hours.length > 1 && (hours.at(-1) ?? 0) * 60 + (pasts.at(-1) ?? 0) > to) hours.pop();
  const daily: Repeat = { ...repeat, freq: repeat.days.length === 0 ? 'DAILY' : 'WEEKLY', interval: 1, window: null };
  const all = hours.flatMap((hour) => pasts.map((past) => hour * 60 + past));
  const first = firstOf(scan, daily, all);
  return first === null ? null : { rrule: ruleOf(scan, daily, all, repeat), basis: repeat.basis, first };
}

/** "every 45 minutes between 9 and 17"; null when the step does not come round with the day. */
function steppedWithin(scan: Scan, repeat: Repeat, step: number, times: readonly number[]): Schedule | null {
  if (1440 % step !== 0) return null;
  const kept = [...times];
  const hourOf = (minute: number) => Math.floor(minute / 60);
  const last = kept.at(-1) ?? 0;
  if (hourOf(last + step) === hourOf(last))
    while (kept.length > 1 && hourOf(kept.at(-1) ?? 0) === hourOf(last)) kept.pop();
  const freq = repeat.days.length === 0 ? 'DAILY' : 'WEEKLY';
  const first = firstOf(scan, { ...repeat, freq, interval: 1 }, kept);
  if (first === null) return null;
  const minutely: Repeat = { ...repeat, freq: 'MINUTELY', interval: step, window: null };
  return { rrule: ruleOf(scan, minutely, kept, repeat), basis: repeat.basis, first };
}

/** Checks the named days and writes the end of month out; null when there is no such day in any year. */
function normalised(repeat: Repeat): Repeat | null {
  const longest = repeat.months.length === 0 ? 31 : Math.max(...repeat.months.map((month) => daysInMonth(2024, month)));
  if (repeat.monthDays.some((day) => day > longest)) return null;
  const [day] = repeat.monthDays;
  if (repeat.monthDays.length !== 1 || day === undefined || day <= 28) {
    return { ...repeat, monthDays: repeat.monthDays.map((each) => (each === 31 ? -1 : each)) };
  }
  const [month] = repeat.months;
  // Every year that month is long enough: nothing to clamp.
  if (month !== undefined && month !== 2 && day <= daysInMonth(2023, month)) return repeat;
  return clampedTo(repeat, day);
}

function clampedTo(repeat: Repeat, day: number): Repeat {
  return { ...repeat, monthDays: Array.from({ length: day - 27 }, (_, index) => 28 + index), setPos: -1 };
}

/** "every month" begun on the 31st means the last day in shorter months. */
function clampToStart(repeat: Repeat, start: DayNumber): Repeat {
  const { month, day } = civil(start);
  const bare = repeat.monthDays.length === 0 && repeat.days.length === 0;
  if (!bare || day <= 28) return repeat;
  if (repeat.freq === 'MONTHLY') return clampedTo(repeat, day);
  return repeat.freq === 'YEARLY' && month === 2 ? clampedTo({ ...repeat, months: [2] }, day) : repeat;
}

/** The rule's text, parts in the order of RFC writers in Steward. */
function ruleOf(scan: Scan, repeat: Repeat, times: readonly number[], said: Repeat): string {
  const parts = [`FREQ=${repeat.freq}`];
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`);
  if (repeat.months.length > 0) parts.push(`BYMONTH=${repeat.months.join(',')}`);
  if (repeat.monthDays.length > 0) parts.push(`BYMONTHDAY=${[...repeat.monthDays].sort(byMonthDay).join(',')}`);
  if (repeat.days.length > 0) parts.push(`BYDAY=${repeat.days.join(',')}`);
  if (times.length > 0) {
    const hours = [...new Set(times.map((minute) => Math.floor(minute / 60)))].sort((a, b) => a - b);
    const minutes = [...new Set(times.map((minute) => minute % 60))].sort((a, b) => a - b);
    parts.push(`BYHOUR=${hours.join(',')}`);
    // By the minute the step says which; the hours only bound it.
    if (repeat.freq !== 'MINUTELY') parts.push(`BYMINUTE=${minutes.join(',')}`);
  }
  if (repeat.setPos !== null) parts.push(`BYSETPOS=${places(repeat.setPos, times.length).join(',')}`);
  const count = said.count ?? timesIn(repeat, said.lasts, times.length);
  const until = untilText(said);
  if (count !== null) parts.push(`COUNT=${count}`);
  else if (until !== null) parts.push(`UNTIL=${until}`);
  // Only where several weeks are stepped over does it matter which day they begin on.
  const weekStart = said.written === null ? weekdayCode(scan.weekStart) : (said.written.weekStart ?? 'MO');
  if (repeat.freq === 'WEEKLY' && repeat.interval > 1 && weekStart !== 'MO') parts.push(`WKST=${weekStart}`);
  return parts.join(';');
}

/** How often a rule recurs in "for 5 days", "for 3 weeks"; null when that does not come out even. */
function timesIn(repeat: Repeat, lasts: Repeat['lasts'], times: number): number | null {
  if (lasts === null) return null;
  const { freq, interval, days, monthDays, months, setPos } = repeat;
  const yearly = freq === 'YEARLY';
  const calendar = yearly || freq === 'MONTHLY';
  const steps = calendar
    ? lasts.days === 0 && lasts.months / (interval * (yearly ? 12 : 1))
    : lasts.months === 0 && (freq === 'DAILY' ? Math.ceil(lasts.days / interval) : lasts.days / (7 * interval));
  const placed = days.every((day) => day.length > 2) || setPos !== null;
  const clear = calendar ? placed && (yearly || months.length === 0) : months.length + monthDays.length === 0;
  if (!steps || !Number.isInteger(steps) || !clear || (freq === 'DAILY' && days.length > 0)) return null;
  const named = setPos !== null ? 1 : Math.max(1, days.length, monthDays.length) * Math.max(1, months.length);
  return isShort(freq) ? null : steps * named * Math.max(1, times);
}

/** RFC 5545 counts times of day among what BYSETPOS picks from: the last day at 9 and 18 is the last two. */
function places(day: number, times: number): number[] {
  const each = Math.max(1, times);
  const first = day > 0 ? (day - 1) * each + 1 : day * each;
  return Array.from({ length: each }, (_, index) => first + index);
}

const byMonthDay = (a: number, b: number) => (a < 0 ? a + 100 : a) - (b < 0 ? b + 100 : b);
