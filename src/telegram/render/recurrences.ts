/** Says a recurrence rule in words: "every 2 weeks on Mon, Thu at 9:00 until 12 Mar 2027". */
import { type DayNumber, daysInMonth, toDayNumber } from '../../core/days.ts';
import { WEEKDAY_CODES } from '../../core/recurrence/terms.ts';
import { parseRule, type Rule } from '../../core/recurrence.ts';
import { type Translator, translator } from '../../locales/translator.ts';
import { type ClockChoice, dayOfMonth, monthName, timeText, weekdayName } from './datewords.ts';

/** A rule and what it counts from: the calendar, or the day the item was last done. */
export interface Recurrence {
  readonly rrule: string;
  readonly basis: 'schedule' | 'completion';
}

const UNITS = { MINUTELY: 'minute', HOURLY: 'hour', DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const MOST_TIMES = 8;

/**
 * The recurrence in words, in lower case ("every weekday at 9:00", «по будням в 9:00»). A rule beyond our own grammar that
 * cannot be said exactly reads "by its own rule" rather than something that is not so. Throws UserError when it is no rule.
 */
export function recurrenceText(recurrence: Recurrence, language: string, clock: ClockChoice): string {
  const rule = parseRule(recurrence.rrule);
  const t = translator(language);
  const words: Words = { t, language, clock };
  // Numbers of days and weeks in the year have no words that anyone would know the days by.
  const said = rule.has('BYYEARDAY') || rule.has('BYWEEKNO') ? null : every(rule, words);
  const times = said === null ? null : timesOf(rule, words);
  if (said === null || times === null) return t.text('recurrence-by-rule');
  return t.text('recurrence-whole', {
    every: recurrence.basis === 'completion' ? t.text('recurrence-after-completion', { every: said }) : said,
    months: monthsOf(rule, words),
    times,
    end: endOf(rule, words),
  });
}

interface Words {
  readonly t: Translator;
  readonly language: string;
  readonly clock: ClockChoice;
}

interface NamedDay {
  /** 1 Monday to 7 Sunday */
  readonly weekday: number;
  /** 2 of "second Monday"; null: every one */
  readonly position: number | null;
}

function numbers(rule: Rule, part: 'BYMONTH' | 'BYMONTHDAY' | 'BYHOUR' | 'BYMINUTE' | 'BYSETPOS'): number[] {
  const list = rule.get(part)?.split(',').map(Number) ?? [];
  return [...new Set(list)].sort((a, b) => (a < 0 ? a + 1000 : a) - (b < 0 ? b + 1000 : b));
}

function namedDays(rule: Rule): NamedDay[] {
  const days = (rule.get('BYDAY') ?? '').split(',').filter((item) => item !== '');
  return days
    .map((item) => ({
      weekday: WEEKDAY_CODES.indexOf(item.slice(-2)) + 1,
      position: item.length > 2 ? Number(item.slice(0, -2)) : null,
    }))
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || a.weekday - b.weekday);
}

/** How often and on which days, or null when it cannot be said. */
function every(rule: Rule, words: Words): string | null {
  const frequency = rule.get('FREQ') ?? 'DAILY';
  const interval = Number(rule.get('INTERVAL') ?? 1);
  const unit = Object.entries(UNITS).find(([name]) => name === frequency)?.[1] ?? 'day';
  const base = words.t.text('recurrence-every', { unit, count: interval });
  const monthly = frequency === 'MONTHLY' || frequency === 'YEARLY';
  if (monthly) return everyMonthOrYear(rule, base, words);
  if (rule.has('BYMONTHDAY') || rule.has('BYSETPOS')) return null;
  const days = namedDays(rule);
  if (days.length === 0) return base;
  // Each sixth day that is a Monday: nobody would know the days by such words.
  if (frequency === 'DAILY' && interval > 1) return null;
  const plain = interval === 1 && (frequency === 'WEEKLY' || frequency === 'DAILY');
  return plain
    ? eachOf(days, words)
    : words.t.text('recurrence-on-weekdays', { every: base, days: listOf(days, words) });
}

type DaySet = 'all' | 'workdays' | 'weekend' | 'some';

function setOf(days: readonly NamedDay[]): DaySet {
  const set = [...new Set(days.map((day) => day.weekday))].sort().join('');
  return set === '1234567' ? 'all' : set === '12345' ? 'workdays' : set === '67' ? 'weekend' : 'some';
}

function eachOf(days: readonly NamedDay[], words: Words): string {
  const { t } = words;
  const [only, ...more] = days;
  const set = setOf(days);
  if (set === 'all') return t.text('recurrence-every', { unit: 'day', count: 1 });
  if (set === 'workdays') return t.text('recurrence-weekdays');
  if (set === 'weekend') return t.text('recurrence-weekends');
  if (only && more.length === 0) return t.text('recurrence-one-weekday', { weekday: only.weekday });
  return t.text('recurrence-these-weekdays', { days: listOf(days, words) });
}

function listOf(days: readonly NamedDay[], { t, language }: Words): string {
  const set = setOf(days);
  if (set === 'workdays') return t.text('recurrence-workdays-list');
  if (set === 'weekend') return t.text('recurrence-weekends-list');
  // 1970-01-05 was a Monday: the names come from any week.
  return days.map((day) => weekdayName(toDayNumber('1970-01-05') + day.weekday - 1, language)).join(', ');
}

function everyMonthOrYear(rule: Rule, base: string, words: Words): string | null {
  const days = namedDays(rule);
  const monthDays = numbers(rule, 'BYMONTHDAY');
  const yearly = rule.get('FREQ') === 'YEARLY';
  const months = numbers(rule, 'BYMONTH');
  if (days.length > 0 && monthDays.length > 0) return null;
  if (yearly && months.length === 0 && (days.length > 0 || monthDays.length > 0)) return null;
  if (monthDays.length > 0) {
    const clamp = clampOf(rule, monthDays);
    // In a year of several months its last place is one day and not the last of each.
    if (rule.has('BYSETPOS') && (clamp === null || (yearly && months.length > 1))) return null;
    return yearly ? onDates(base, months, monthDays, clamp, words) : onDays(base, monthDays, clamp, words);
  }
  return days.length > 0 ? onPositions(rule, base, days, words) : rule.has('BYSETPOS') ? null : base;
}

/** 31 of "28,29,30,31 with BYSETPOS=-1": the day meant, which is the month's last where the month is shorter. */
function clampOf(rule: Rule, monthDays: readonly number[]): number | null {
  const last = monthDays.at(-1) ?? 0;
  const run = monthDays[0] === 28 && last === 27 + monthDays.length && last <= 31;
  return run && placesOf(rule)?.join() === '-1' ? last : null;
}

/**
 * The places of days that BYSETPOS picks. It counts times of day: the last day at 9 and 18 is "-2,-1", and "-1" alone only its 18. Null when it
 * picks some times of a day and leaves others, which no words here say.
 */
function placesOf(rule: Rule): number[] | null {
  const picked = numbers(rule, 'BYSETPOS');
  const times = Math.max(1, numbers(rule, 'BYHOUR').length) * Math.max(1, numbers(rule, 'BYMINUTE').length);
  const places = picked.map((place) => Math.sign(place) * Math.ceil(Math.abs(place) / times));
  const whole = places.every((place) => places.filter((each) => each === place).length === times);
  return whole ? [...new Set(places)] : null;
}

function onDays(base: string, monthDays: readonly number[], clamp: number | null, { t }: Words): string {
  const only = clamp === null && monthDays.length === 1 ? monthDays[0] : undefined;
  if (clamp === 31 || only === -1) return t.text('recurrence-on-last-day', { every: base });
  const named = (day: number) =>
    day > 0 ? t.text('recurrence-ordinal-day', { day }) : t.text('recurrence-last-days', { day: -day });
  const listed = monthDays.map(named).join(', ');
  // Such a rule skips the months that are too short.
  const unclamped = monthDays.some((day) => day > 28) ? t.text('recurrence-only-where', { day: listed }) : listed;
  const days = clamp === null ? unclamped : t.text('recurrence-clamped', { day: named(clamp) });
  return t.text('recurrence-on-days', { every: base, days });
}

function onDates(
  base: string,
  months: readonly number[],
  monthDays: readonly number[],
  clamp: number | null,
  { t, language }: Words,
): string | null {
  if (monthDays.some((day) => day < 0)) return null;
  const days = clamp === null ? monthDays : [clamp];
  const dates = months.flatMap((month) =>
    days.map((day) => t.text('date-day-month', { day, month: monthName(month, language) })),
  );
  // Only February is short of a 29th: elsewhere neither shows.
  const short = months.some((month) => days.some((day) => day > (month === 2 ? 28 : daysInMonth(2024, month))));
  const listed = dates.join(', ');
  const shown = !short
    ? listed
    : t.text(clamp === null ? 'recurrence-only-where' : 'recurrence-clamped', { day: listed });
  return t.text('recurrence-on-dates', { every: base, dates: shown });
}

function onPositions(rule: Rule, base: string, days: readonly NamedDay[], { t, ...words }: Words): string | null {
  const positions = placesOf(rule);
  if (positions === null) return null;
  const named = days.filter((day) => day.position !== null);
  const set = setOf(days);
  let pairs: { position: number; day: number | string }[];
  if (positions.length === 0 && named.length === 0) {
    return t.text('recurrence-on-weekdays', { every: base, days: listOf(days, { t, ...words }) });
  }
  if (positions.length === 0 && named.length === days.length) {
    pairs = days.map((day) => ({ position: day.position ?? 0, day: day.weekday }));
  } else if (named.length === 0 && positions.length > 0) {
    if (set === 'all' && positions.length === 1 && positions[0] === -1)
      return t.text('recurrence-on-last-day', { every: base });
    const day =
      days.length === 1 ? days[0]?.weekday : set === 'workdays' ? 'workday' : set === 'weekend' ? 'weekend' : null;
    if (day === null || day === undefined) return null;
    pairs = positions.map((position) => ({ position, day }));
  } else return null;
  if (pairs.some(({ position }) => position < -2 || position > 5 || position === 0)) return null;
  const position = pairs.map((pair) => t.text('recurrence-position', pair)).join(', ');
  return t.text('recurrence-on-position', { every: base, position });
}

/** "in Mar, Jun", unless the months were already said as dates. */
function monthsOf(rule: Rule, { t }: Words): string {
  const months = numbers(rule, 'BYMONTH');
  if (months.length === 0 || (rule.get('FREQ') === 'YEARLY' && rule.has('BYMONTHDAY'))) return '';
  return t.text('recurrence-in-months', {
    months: months.map((month) => t.text('recurrence-month', { month })).join(', '),
  });
}

/** "at 9:00, 15:00"; '' when the rule names no time; null when it cannot be said. */
function timesOf(rule: Rule, { t, language, clock }: Words): string | null {
  const hours = numbers(rule, 'BYHOUR');
  const minutes = numbers(rule, 'BYMINUTE');
  const shown = (hour: number, minute: number) =>
    timeText(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, language, clock, false);
  const frequency = rule.get('FREQ');
  if (frequency === 'HOURLY' || frequency === 'MINUTELY') {
    if (minutes.length > 1 || (minutes[0] ?? 0) !== 0) return null;
    const [first, last] = [hours[0], hours.at(-1)];
    if (first === undefined || last === undefined) return '';
    const interval = Number(rule.get('INTERVAL') ?? 1);
    const step = frequency === 'HOURLY' ? interval : Math.ceil(interval / 60);
    const even = hours.every((hour, index) => index === 0 || [1, step].includes(hour - (hours[index - 1] ?? 0)));
    if (!even) return null;
    // By the minute the last hour is filled to its end.
    const end = frequency === 'HOURLY' ? last : (last + 1) % 24;
    return t.text('recurrence-between', { from: shown(first, 0), to: shown(end, 0) });
  }
  if (hours.length === 0) return minutes.length === 0 ? '' : null;
  const times = hours.flatMap((hour) => (minutes.length === 0 ? [0] : minutes).map((minute) => shown(hour, minute)));
  return times.length > MOST_TIMES ? null : t.text('recurrence-at-times', { times: times.join(', ') });
}

function endOf(rule: Rule, { t, language, clock }: Words): string {
  const count = rule.get('COUNT');
  if (count !== undefined) return t.text('recurrence-count', { count: Number(count) });
  const until = rule.get('UNTIL');
  if (until === undefined) return '';
  const date = dayOfMonth(untilDay(until), language, true);
  const [, hour, minute] = /T(?!235959)(\d\d)(\d\d)/.exec(until) ?? [];
  return hour === undefined
    ? t.text('recurrence-until', { date })
    : t.text('recurrence-until-time', { date, time: timeText(`${hour}:${minute}`, language, clock, false) });
}

function untilDay(until: string): DayNumber {
  return toDayNumber(`${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`);
}
