/** Recurrence rules (RFC 5545 without DTSTART): checking them, and their occurrences on the owner's wall clock. */
import type { EpochMs } from './clock.ts';
import { dayString, daysInMonth, toDayNumber } from './days.ts';
import { UserError } from './errors.ts';
import { occurrences } from './recurrence/expansion.ts';
import { FREQUENCIES, type NamedDay, type Terms, WEEKDAY_CODES } from './recurrence/terms.ts';
import { wallNumbers, wallToEpoch } from './zones.ts';

const DAY_MS = 86_400_000;
/** The most a zone's wall clock ever jumps, so the width by which floating and placed time may disagree. */
const JUMP_MS = 3 * 3_600_000;

/** Parts of a rule in the order every rule of Steward is written in. */
const PARTS = [
  'FREQ',
  'INTERVAL',
  'BYMONTH',
  'BYWEEKNO',
  'BYYEARDAY',
  'BYMONTHDAY',
  'BYDAY',
  'BYHOUR',
  'BYMINUTE',
  'BYSETPOS',
  'COUNT',
  'UNTIL',
  'WKST',
] as const;
type Part = (typeof PARTS)[number];
export type Rule = ReadonlyMap<Part, string>;

/** "MO", "2MO", "-1FR", and in a year up to its 53rd. */
const NAMED_DAY = /^(?:[+-]?(?:[1-9]|[1-4]\d|5[0-3]))?(?:MO|TU|WE|TH|FR|SA|SU)$/;

/** Why a rule is refused; `recurrence-` and the reason is the key of the message for people. */
type RuleFault = 'malformed' | 'unknown_part' | 'bad_value' | 'impossible';

function refuse(fault: RuleFault): UserError {
  return new UserError(`recurrence-${fault.replaceAll('_', '-')}`);
}

function integers(value: string, low: number, high: number, signed: boolean): boolean {
  const items = value.split(',');
  if (items.length > 366) return false;
  return items.every((item) => {
    if (!(signed ? /^[+-]?\d{1,4}$/ : /^\d{1,4}$/).test(item)) return false;
    const number = Number(item);
    return (number >= low && number <= high) || (signed && number <= -low && number >= -high && number !== 0);
  });
}

function valueFits(part: Part, value: string): boolean {
  switch (part) {
    case 'FREQ':
      return FREQUENCIES.some((known) => known === value);
    case 'INTERVAL':
      return /^[1-9]\d{0,3}$/.test(value);
    case 'COUNT':
      return /^[1-9]\d{0,3}$/.test(value);
    case 'BYMONTH':
      return integers(value, 1, 12, false);
    case 'BYWEEKNO':
      return integers(value, 1, 53, true);
    case 'BYYEARDAY':
      return integers(value, 1, 366, true);
    case 'BYMONTHDAY':
      return integers(value, 1, 31, true);
    case 'BYHOUR':
      return integers(value, 0, 23, false);
    case 'BYMINUTE':
      return integers(value, 0, 59, false);
    case 'BYSETPOS':
      return integers(value, 1, 366, true);
    case 'BYDAY':
      return value.length <= 200 && value.split(',').every((item) => NAMED_DAY.test(item));
    case 'UNTIL':
      return localOf(value) !== null;
    case 'WKST':
      return WEEKDAY_CODES.includes(value);
  }
}

/** 'YYYYMMDD' or 'YYYYMMDDTHHMMSS' (local) in milliseconds of floating time; a bare date is the whole day. */
function localOf(value: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?$/.exec(value);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const time =
    match[4] === undefined
      ? DAY_MS - 1000
      : Number(match[4]) * 3_600_000 + Number(match[5]) * 60_000 + Number(match[6]) * 1000;
  return time >= DAY_MS ? null : toDayNumber(`${match[1]}-${match[2]}-${match[3]}`) * DAY_MS + time;
}

/** Reads a rule. @throws UserError when it is malformed, has a part Steward does not keep, or can never occur. */
export function parseRule(rrule: string): Rule {
  if (rrule.length > 500) throw refuse('malformed');
  const rule = new Map<Part, string>();
  for (const item of rrule.split(';')) {
    const [name, value, ...rest] = item.split('=');
    if (name === undefined || value === undefined || value === '' || rest.length > 0) throw refuse('malformed');
    const part = PARTS.find((known) => known === name);
    if (part === undefined || rule.has(part)) throw refuse('unknown_part');
    if (!valueFits(part, value)) throw refuse('bad_value');
    rule.set(part, value);
  }
  const frequency = rule.get('FREQ');
  if (frequency === undefined) throw refuse('malformed');
  if (rule.has('COUNT') && rule.has('UNTIL')) throw refuse('bad_value');
  if (!placesFit(rule, frequency)) throw refuse('bad_value');
  if (!hasPossibleDay(rule)) throw refuse('impossible');
  return rule;
}

/** "2MO" needs a month or a year to count in: of a month it is the fifth at most, and weeks that are numbered leave nothing to count. */
function placesFit(rule: Rule, frequency: string): boolean {
  const places = rule.get('BYDAY')?.match(/\d+/g)?.map(Number) ?? [];
  if (places.length === 0) return true;
  if (frequency === 'YEARLY') return !rule.has('BYWEEKNO') && (!rule.has('BYMONTH') || Math.max(...places) <= 5);
  return frequency === 'MONTHLY' && Math.max(...places) <= 5;
}

/** A rule such as "30 February" has no day in any year: told without expanding it. */
function hasPossibleDay(rule: Rule): boolean {
  const monthDays = rule.get('BYMONTHDAY')?.split(',').map(Number);
  if (monthDays === undefined) return true;
  const months = rule.get('BYMONTH')?.split(',').map(Number) ?? [1];
  return months.some((month) => monthDays.some((day) => Math.abs(day) <= daysInMonth(2024, month)));
}

/** The rule as text, its parts in Steward's order. */
export function ruleText(rule: Rule): string {
  return PARTS.flatMap((part) => {
    const value = rule.get(part);
    return value === undefined ? [] : [`${part}=${value}`];
  }).join(';');
}

/** Sets the day of the month. Short months clamp: "the 31st" is written as the last of 28 to 31 that there is. */
export function setMonthDay(rule: Map<Part, string>, day: number): void {
  const days = day <= 28 ? [day] : Array.from({ length: day - 27 }, (_, index) => 28 + index);
  rule.delete('BYSETPOS');
  rule.set('BYMONTHDAY', days.join(','));
  if (days.length > 1) rule.set('BYSETPOS', '-1');
}

/** Why `rrule` cannot be kept, or null when it can. Does not expand it. */
export function ruleFault(rrule: string): string | null {
  try {
    parseRule(rrule);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.key;
    throw error;
  }
}

/** Floating local time 'YYYY-MM-DDTHH:MM' or 'YYYY-MM-DD' (midnight) in milliseconds. @throws RangeError when it does not exist. */
function floating(local: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::\d{2})?)?$/.exec(local);
  if (match?.[1] === undefined) throw new RangeError('not a local date and time');
  return toDayNumber(match[1]) * DAY_MS + Number(match[2] ?? 0) * 3_600_000 + Number(match[3] ?? 0) * 60_000;
}

function localString(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const minutes = Math.floor((ms - day * DAY_MS) / 60_000);
  return `${dayString(day)}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** One time a series happens. */
export interface Occurrence {
  /** The instant, after placing the wall-clock time in the zone. */
  at: EpochMs;
  /** The wall-clock time the rule names, 'YYYY-MM-DDTHH:MM'; in a DST gap it is earlier than what the clock shows at `at`. */
  local: string;
}

export interface Series {
  /** Rule without DTSTART and `RRULE:`; UNTIL in local time. */
  rrule: string;
  /** First occurrence on the wall clock, 'YYYY-MM-DDTHH:MM' (a bare day is its midnight). */
  start: string;
  /** IANA zone the wall clock hangs in. */
  zone: string;
}

/**
 * The next `count` occurrences strictly after an instant, in order. Expanded as if in UTC (floating) and then placed in the zone, so that
 * an occurrence in a DST gap is moved and not lost. Fewer are returned when the series ends.
 * @throws UserError when the rule is malformed or never occurs (told within some hundredths of a second), RangeError when start or zone is no such thing.
 */
export function nextOccurrences(series: Series & { after: EpochMs; count: number }): Occurrence[] {
  const start = floating(series.start);
  const rule = parseRule(series.rrule);
  const wall = wallNumbers(series.after, series.zone);
  const from = wall.day * DAY_MS + wall.ms - JUMP_MS;
  const wanted = Math.min(Math.max(Math.trunc(series.count), 0), 1000);
  const found: Occurrence[] = [];
  if (wanted === 0) return found;
  let last = series.after;
  for (const ms of floatingOccurrences(rule, start, from)) {
    const day = Math.floor(ms / DAY_MS);
    const at = wallToEpoch(day, ms - day * DAY_MS, series.zone);
    // Two wall-clock times may become one instant in the gap; a series never happens twice at once.
    if (at <= last) continue;
    last = at;
    found.push({ at, local: localString(ms) });
    if (found.length >= wanted) break;
  }
  return found;
}

/** The first occurrence strictly after an instant, or null when the series has ended. Same errors as `nextOccurrences`. */
export function nextOccurrence(series: Series, after: EpochMs): Occurrence | null {
  const [first] = nextOccurrences({ ...series, after, count: 1 });
  return first ?? null;
}

/**
 * When a completion-based series ("every 3 days after I finish") is due next: the first occurrence after the day of completion of the same rule
 * begun on that day. `completed` is the owner's wall clock 'YYYY-MM-DDTHH:MM'; `time` ('HH:MM') is the series' time of day when the rule names none.
 * Returns null when COUNT or UNTIL has ended it: COUNT is counted by the caller, who passes `remaining`.
 */
export function nextAfterCompletion(
  rrule: string,
  completed: string,
  zone: string,
  time = '00:00',
  remaining = Number.POSITIVE_INFINITY,
): Occurrence | null {
  if (remaining <= 0) return null;
  const rule = new Map(parseRule(rrule));
  rule.delete('COUNT');
  const short = rule.get('FREQ') === 'HOURLY' || rule.get('FREQ') === 'MINUTELY';
  const begin = short ? floating(completed) : floating(`${completed.slice(0, 10)}T${time}`);
  const beginDay = Math.floor(begin / DAY_MS);
  const past = short ? begin : beginDay * DAY_MS + DAY_MS - 1;
  for (const ms of floatingOccurrences(rule, begin, begin)) {
    if (ms <= past) continue;
    const day = Math.floor(ms / DAY_MS);
    return { at: wallToEpoch(day, ms - day * DAY_MS, zone), local: localString(ms) };
  }
  return null;
}

/** Occurrences looked at in one call, whatever the rule. */
const LOOKED_AT = 5000;

/** Floating occurrences (ms) from `from` on, counted and begun at `start`. */
function* floatingOccurrences(rule: Rule, start: number, from: number): Generator<number> {
  const last = rule.get('UNTIL');
  const until = last === undefined ? Number.POSITIVE_INFINITY : (localOf(last) ?? Number.POSITIVE_INFINITY);
  const count = Number(rule.get('COUNT') ?? Number.POSITIVE_INFINITY);
  // What is counted is counted from the start on.
  const expansion = occurrences(termsOf(rule), { start, from: rule.has('COUNT') ? start : from, until });
  let looked = 0;
  for (let counted = 1; counted <= count && looked < LOOKED_AT; counted += 1) {
    const next = expansion.next();
    if (next.done === true) {
      if (next.value === 'never') throw refuse('impossible');
      return;
    }
    if (next.value < from) continue;
    looked += 1;
    yield next.value;
  }
}

/** The rule as numbers; its ends are not among them. */
function termsOf(rule: Rule): Terms {
  const list = (part: Part) => rule.get(part)?.split(',') ?? [];
  const numbers = (part: Part) => list(part).map(Number);
  return {
    frequency: FREQUENCIES.find((known) => known === rule.get('FREQ')) ?? 'DAILY',
    interval: Number(rule.get('INTERVAL') ?? 1),
    months: numbers('BYMONTH'),
    weeks: numbers('BYWEEKNO'),
    yearDays: numbers('BYYEARDAY'),
    monthDays: numbers('BYMONTHDAY'),
    days: list('BYDAY').map((item): NamedDay => ({ weekday: weekdayCalled(item), nth: Number(item.slice(0, -2)) })),
    hours: numbers('BYHOUR'),
    minutes: numbers('BYMINUTE'),
    positions: numbers('BYSETPOS'),
    weekStart: weekdayCalled(rule.get('WKST') ?? 'MO'),
  };
}

/** 1 to 7 of "MO" to "SU", with or without a place before it. */
function weekdayCalled(item: string): number {
  return WEEKDAY_CODES.indexOf(item.slice(-2)) + 1;
}
