/** Recurrence rules (RFC 5545 without DTSTART): checking them, and their occurrences on the owner's wall clock. */
import type { RRuleTemporal } from 'rrule-temporal';
import type { EpochMs } from './clock.ts';
import { civil, type DayNumber, dayString, daysInMonth, toDayNumber } from './days.ts';
import { UserError } from './errors.ts';
import { wallNumbers, wallToEpoch } from './zones.ts';

const DAY_MS = 86_400_000;
/** The most a zone's wall clock ever jumps, so the width by which floating and placed time may disagree. */
const JUMP_MS = 3 * 3_600_000;

/** Parts of a rule in the order every rule of Steward is written in. */
const PARTS = [
  'FREQ',
  'INTERVAL',
  'BYMONTH',
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

const FREQUENCIES = ['MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Why a rule is refused; `recurrence-` and the reason is the key of the message for people. */
type RuleFault = 'malformed' | 'unknown_part' | 'bad_value' | 'impossible';

function refuse(fault: RuleFault): UserError {
  return new UserError(`recurrence-${fault.replaceAll('_', '-')}`);
}

function integers(value: string, low: number, high: number, signed: boolean): boolean {
  const items = value.split(',');
  if (items.length > 366) return false;
  return items.every((item) => {
    if (!/^-?\d{1,4}$/.test(item)) return false;
    const number = Number(item);
    return (number >= low && number <= high) || (signed && number <= -low && number >= -high && number !== 0);
  });
}

function valueFits(part: Part, value: string): boolean {
  switch (part) {
    case 'FREQ':
      return FREQUENCIES.includes(value);
    case 'INTERVAL':
      return /^[1-9]\d{0,3}$/.test(value);
    case 'COUNT':
      return /^[1-9]\d{0,3}$/.test(value);
    case 'BYMONTH':
      return integers(value, 1, 12, false);
    case 'BYMONTHDAY':
      return integers(value, 1, 31, true);
    case 'BYHOUR':
      return integers(value, 0, 23, false);
    case 'BYMINUTE':
      return integers(value, 0, 59, false);
    case 'BYSETPOS':
      return integers(value, 1, 366, true);
    case 'BYDAY':
      return (
        value.length <= 64 &&
        /^(?:[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))(?:,[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU))*$/.test(value)
      );
    case 'UNTIL':
      return localOf(value) !== null;
    case 'WKST':
      return DAYS.includes(value);
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
  if (/\d/.test(rule.get('BYDAY') ?? '') && frequency !== 'MONTHLY' && frequency !== 'YEARLY')
    throw refuse('bad_value');
  if (!hasPossibleDay(rule)) throw refuse('impossible');
  return rule;
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

/**
 * A monthly or yearly rule that takes its day from the start and starts after the 28th, with the clamp written out: RFC 5545 alone would skip the
 * short months silently.
 */
function clamped(rule: Rule, start: DayNumber): Rule {
  const frequency = rule.get('FREQ');
  const named = rule.has('BYDAY') || rule.has('BYMONTHDAY') || rule.has('BYSETPOS');
  const { month, day } = civil(start);
  if (named || day <= 28 || (frequency !== 'MONTHLY' && frequency !== 'YEARLY')) return rule;
  if (frequency === 'YEARLY' && !rule.has('BYMONTH') && !(month === 2 && day === 29)) return rule;
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index).join(',');
  const result = new Map(rule);
  if (frequency === 'YEARLY' && !rule.has('BYMONTH')) result.set('BYMONTH', String(month));
  return result.set('BYMONTHDAY', days).set('BYSETPOS', '-1');
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
 * The next `count` occurrences strictly after an instant, in order. Expanded as if in UTC (floating) and then placed in the zone, because
 * expansion in a zone drops the occurrence that falls into a DST gap. Fewer are returned when the series ends.
 * @throws UserError when the rule is malformed or never occurs (told within about a tenth of a second), RangeError when start or zone is no such thing.
 */
export async function nextOccurrences(series: Series & { after: EpochMs; count: number }): Promise<Occurrence[]> {
  const start = floating(series.start);
  const rule = clamped(parseRule(series.rrule), Math.floor(start / DAY_MS));
  const wall = wallNumbers(series.after, series.zone);
  const from = wall.day * DAY_MS + wall.ms - JUMP_MS;
  const wanted = Math.min(Math.max(Math.trunc(series.count), 0), 1000);
  const found: Occurrence[] = [];
  if (wanted === 0) return found;
  let last = series.after;
  for await (const ms of floatingOccurrences(rule, start, from)) {
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
export async function nextOccurrence(series: Series, after: EpochMs): Promise<Occurrence | null> {
  const [first] = await nextOccurrences({ ...series, after, count: 1 });
  return first ?? null;
}

/**
 * When a completion-based series ("every 3 days after I finish") is due next: the first occurrence after the day of completion of the same rule
 * begun on that day. `completed` is the owner's wall clock 'YYYY-MM-DDTHH:MM'; `time` ('HH:MM') is the series' time of day when the rule names none.
 * Returns null when COUNT or UNTIL has ended it: COUNT is counted by the caller, who passes `remaining`.
 */
export async function nextAfterCompletion(
  rrule: string,
  completed: string,
  zone: string,
  time = '00:00',
  remaining = Number.POSITIVE_INFINITY,
): Promise<Occurrence | null> {
  if (remaining <= 0) return null;
  const rule = new Map(parseRule(rrule));
  rule.delete('COUNT');
  const short = rule.get('FREQ') === 'HOURLY' || rule.get('FREQ') === 'MINUTELY';
  const begin = short ? floating(completed) : floating(`${completed.slice(0, 10)}T${time}`);
  const beginDay = Math.floor(begin / DAY_MS);
  const past = short ? begin : beginDay * DAY_MS + DAY_MS - 1;
  for await (const ms of floatingOccurrences(clamped(rule, beginDay), begin, begin - 1)) {
    if (ms <= past) continue;
    const day = Math.floor(ms / DAY_MS);
    return { at: wallToEpoch(day, ms - day * DAY_MS, zone), local: localString(ms) };
  }
  return null;
}

/** Occurrences looked at in one call, whatever the rule. */
const LOOKED_AT = 5000;

/** Floating occurrences (ms) after `from`, at or after `start`. The library is loaded at the first call: it is heavy. */
async function* floatingOccurrences(rule: Rule, start: number, from: number): AsyncGenerator<number> {
  const { RRuleTemporal } = await import('rrule-temporal');
  const until = rule.get('UNTIL');
  const end = until === undefined ? Number.POSITIVE_INFINITY : (localOf(until) ?? Number.POSITIVE_INFINITY);
  // UNTIL is local here and may be a bare date, so it is applied below and kept from the library, which wants UTC.
  const text = ruleText(new Map([...rule].filter(([part]) => part !== 'UNTIL')));
  const expansion = new RRuleTemporal({
    rruleString: `DTSTART:${localString(start).replaceAll(/[-:]/g, '')}00Z\nRRULE:${text}`,
    maxIterations: 10_000,
  });
  let cursor = from;
  for (let looked = 0; looked < LOOKED_AT; looked += 1) {
    const ms = after(expansion, cursor);
    if (ms === null || ms > end) return;
    yield ms;
    cursor = ms;
  }
}

/** The library's next occurrence; its "maximum iterations exceeded" means that none is to be found. */
function after(expansion: RRuleTemporal, ms: number): number | null {
  const moment = { timeZoneId: 'UTC', toString: () => `${localString(ms)}:00+00:00[UTC]` };
  try {
    return expansion.next(moment, false)?.epochMilliseconds ?? null;
  } catch {
    throw refuse('impossible');
  }
}
