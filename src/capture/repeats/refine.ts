/** What may follow a recurrence: its time, days, window, end, count, start, and "after I finish". */
import { isShort, WEEKDAY_CODES } from '../../core/recurrence/terms.ts';
import type { Clock, Found, Repeat } from '../pieces.ts';
import { exists, readClock } from '../rules/clock.ts';
import { boundary, counted, nounMayFollow } from '../rules/context.ts';
import { readDayList, separator, WEEKEND } from '../rules/lists.ts';
import { anyRole, mark, meaning, role, type Scan, skip, wordAt } from '../scan.ts';
import { withClamp, withDays, withMonths } from './days.ts';
import { daysThrough, withCount, withStart, withUntil } from './ends.ts';
import { readEvery } from './every.ts';
import { afterFinish, readRate } from './rates.ts';

/** Takes in everything directly after a recurrence that belongs to it, in any order. */
export function readRefinements(scan: Scan, begun: Found<Repeat>): Found<Repeat> {
  let { value, next } = begun;
  for (let round = 0; round < 8; round += 1) {
    const comma = mark(scan, next, ',', true);
    const refined = refineOnce(scan, value, next) ?? (comma === -1 ? null : refineOnce(scan, value, comma));
    if (refined === null) break;
    ({ value, next } = refined);
  }
  return { value, next };
}

function refineOnce(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const through = value.freq === 'MONTHLY' && value.monthDays.length === 0 ? daysThrough(scan, index) : null;
  if (through !== null) return { value: { ...value, monthDays: [through.value] }, next: through.next };
  return (
    withCompletion(scan, value, index) ??
    withExcept(scan, value, index) ??
    withWindow(scan, value, index) ??
    withCount(scan, value, index) ??
    withUntil(scan, value, index) ??
    withWeek(scan, value, index) ??
    withStart(scan, value, index) ??
    withDays(scan, value, index) ??
    withMonths(scan, value, index) ??
    withClamp(scan, value, index) ??
    withSpan(scan, value, index) ??
    withClocks(scan, value, index) ??
    withPart(scan, value, index) ??
    withPace(scan, value, index)
  );
}

function withCompletion(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const next = afterFinish(scan, index);
  return next === -1 ? null : { value: { ...value, basis: 'completion' }, next };
}

/** "every day except friday". */
function withExcept(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const plain =
    value.interval === 1 && (value.freq === 'WEEKLY' || (value.freq === 'DAILY' && value.days.length === 0));
  const except = plain ? role(scan, index, 'except') : -1;
  if (except === -1) return null;
  const at = skip(scan, except, 'on', 'plural', 'the');
  const list = readDayList(scan, at);
  const unit = list === null ? meaning(scan, at, 'unit') : null;
  const left = list?.value ?? (unit?.lexeme.unit === 'weekend' ? WEEKEND : null);
  if (left === null) return null;
  const days = (value.days.length === 0 ? WEEKDAY_CODES : value.days).filter((day) => !left.includes(day));
  return days.length === 0 ? null : { value: { ...value, freq: 'WEEKLY', days }, next: list?.next ?? unit?.next ?? at };
}

function withWindow(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.freq !== 'HOURLY' && value.freq !== 'MINUTELY') return null;
  const between = anyRole(scan, index, 'between', 'from');
  // "hourly 9-5"
  const dashed = between === -1 ? readClock(scan, index, true) : null;
  const from =
    dashed !== null && mark(scan, dashed.next, '-–—') === -1 ? null : (dashed ?? readClock(scan, between, true));
  const joined =
    from === null
      ? -1
      : mark(scan, from.next, '-–—') === -1
        ? anyRole(scan, from.next, 'and', 'to', 'until')
        : mark(scan, from.next, '-–—');
  const to = joined === -1 ? null : readClock(scan, joined, true);
  if (from === null || to === null) return null;
  const [first, last] = standing([from.value, to.value]);
  if (first === undefined || last === undefined) return null;
  return { value: { ...value, window: { from: first, to: last } }, next: to.next };
}

/** "every day from monday to friday": those days, not a beginning. */
function withWeek(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.freq !== 'DAILY' || value.interval !== 1 || value.days.length > 0) return null;
  const from = role(scan, index, 'from');
  const list = from === -1 ? null : readDayList(scan, from);
  return list === null || list.value.length < 2
    ? null
    : { value: { ...value, freq: 'WEEKLY', days: list.value }, next: list.next };
}

/** "10-11", "from 6 to 7pm": a series has its beginnings; how long each lasts no rule can say. */
function withSpan(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.clocks.length > 0 || isShort(value.freq)) return null;
  const led = role(scan, index, 'from');
  const from = readClock(scan, led === -1 ? index : led, true);
  const marked = from === null ? -1 : mark(scan, from.next, '-–—');
  const dash = from === null || led === -1 || marked !== -1 ? marked : anyRole(scan, from.next, 'to', 'until');
  const to = dash === -1 ? null : readClock(scan, dash, true);
  if (from === null || to === null || !exists(from.value) || !exists(to.value)) return null;
  // "from 1 to 10 december", "с 9 до 18 каждый час"
  if (led !== -1 && (meaning(scan, to.next, 'month') !== null || role(scan, to.next, 'every') !== -1)) return null;
  if (!boundary(scan, to.next, true) && (counted(scan, to.next) || !nounMayFollow(scan, to.next))) return null;
  const half = from.value.half === 'bare' && to.value.half === 'pm' ? 'pm' : from.value.half;
  const [first] = standing([{ ...from.value, half }, to.value]);
  return first === undefined ? null : { value: { ...value, clocks: [first], minutes: [] }, next: to.next };
}

/** "at 9", "9am", "at 9 and 18:30". */
function withClocks(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.clocks.length > 0 || value.freq === 'MINUTELY') return null;
  const led = meaning(scan, index, 'clock') === null ? anyRole(scan, index, 'at', 'by') : -1;
  const clocks: Clock[] = [];
  let at = led === -1 ? index : led;
  let next = -1;
  for (let count = 0; count < 8; count += 1) {
    // "tuesdays 7.30"
    const dotted =
      /^(?:DAILY|WEEKLY)$/.test(value.freq) &&
      mark(scan, at + 1, '.', true) !== -1 &&
      scan.tokens[at + 2]?.norm.length === 2;
    const clock = readClock(scan, at, led !== -1 || dotted || hourBehindDay(scan, value, at));
    if (
      clock === null ||
      !exists(clock.value) ||
      !(
        boundary(scan, clock.next, true) ||
        nounMayFollow(scan, clock.next) ||
        // "every monday at 11 Physio"
        ((led !== -1 || halved(clock.value) || clock.value.half === 'fixed') &&
          scan.tokens[clock.next]?.capital === true &&
          startsLower(scan, index))
      )
    )
      break;
    const bare = clock.value.half === 'bare' && clock.value.part === null;
    clocks.push(bare ? { ...clock.value, part: value.part } : clock.value);
    next = clock.next;
    // "в 8:00 14:00 и 20:00"
    const told = halved(clock.value) && halved(readClock(scan, next, false)?.value);
    const listed = told || (mark(scan, next + 1, ':', true) !== -1 && readClock(scan, next, false) !== null);
    const joined = listed ? next : separator(scan, next);
    // "at 5 or 6" is asked about.
    if (joined === -1 || role(scan, next, 'or') !== -1) break;
    at = skip(scan, joined, 'at');
  }
  if (next === -1 || (value.freq === 'HOURLY' && clocks.length > 0)) return null;
  return { value: { ...value, clocks: standing(clocks), minutes: [] }, next };
}

/** Whether what says how often is written small: then a capital behind its time begins the task and is no part of a name with it. */
const startsLower = (scan: Scan, index: number) => scan.tokens[index - 1]?.capital === false;

/** "8am": in a row of such the commas may be left out. */
const halved = (clock: Clock | undefined) => clock?.half === 'am' || clock?.half === 'pm';

/** "gym every tues 11", "mondays 8": behind a weekday or a part of the day a bare hour that ends the clause is its time. */
function hourBehindDay(scan: Scan, value: Repeat, index: number): boolean {
  const hour = scan.tokens[index];
  const day = meaning(scan, index - 1, 'weekday') !== null || /^(?:week|work)days?$/.test(wordAt(scan, index - 1));
  // "every evening 7"
  const parted = value.part !== null && meaning(scan, index - 1, 'part') !== null;
  const weekly = (value.freq === 'WEEKLY' && value.days.length > 0 && day) || parted;
  const digits = hour?.kind === 'number' && hour.spaced ? hour.norm.length : 0;
  const run = digits === 4 && /^(?:[01]\d|2[0-3])[0-5][05]$/.test(hour?.norm ?? '');
  const fits = run || (digits > 0 && digits <= 2 && (hour?.value ?? 0) >= 1 && (hour?.value ?? 0) <= 23);
  return weekly && fits && boundary(scan, index + 1, false) && meaning(scan, index + 1, 'unit') === null;
}

/** "at 7 and 19": an hour past twelve says that the others stand as they are. */
export function standing(clocks: readonly Clock[]): Clock[] {
  const full = clocks.some(({ half, hour }) => half === 'fixed' && hour > 12);
  return clocks.map((clock) => (full && clock.half === 'bare' ? { ...clock, half: 'fixed' } : clock));
}

/** "fridays every other week" */
function withPace(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.freq !== 'WEEKLY' || value.interval !== 1 || value.days.length === 0) return null;
  // "по субботам раз в две недели"
  const every = readEvery(scan, index) ?? (wordAt(scan, index) === 'раз' ? readRate(scan, index) : null);
  const bare = every?.value.freq === 'WEEKLY' && every.value.days.length === 0;
  if (every !== null && bare)
    return { value: { ...value, interval: every.value.interval, orOnce: false }, next: every.next };
  // "thursdays fortnightly", "every thursday alternate weeks"
  const word = meaning(scan, index, 'repeat');
  if (word?.lexeme.rule.unit === 'week' && word.lexeme.rule.days === undefined)
    return { value: { ...value, interval: word.lexeme.rule.interval, orOnce: false }, next: word.next };
  const other = role(scan, skip(scan, index, 'on', 'in'), 'other');
  const week = other === -1 ? null : meaning(scan, other, 'unit');
  return week?.lexeme.unit === 'week' ? { value: { ...value, interval: 2, orOnce: false }, next: week.next } : null;
}

/** "in the morning", "утром". */
function withPart(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.clocks.length > 0 || value.minutes.length > 0 || isShort(value.freq)) return null;
  const at = skip(scan, skip(scan, index, 'in', 'at'), 'the');
  const end = meaning(scan, at, 'endOf');
  if (end?.lexeme.unit === 'day') return { value: { ...value, minutes: [scan.parts.endOfDay] }, next: end.next };
  const part = meaning(scan, at, 'part');
  if (part === null) return null;
  // "утром и вечером"
  const joined = separator(scan, part.next);
  const second = joined === -1 ? null : meaning(scan, skip(scan, skip(scan, joined, 'in', 'at'), 'the'), 'part');
  const minutes = [part, ...(second === null ? [] : [second])].map(({ lexeme }) => scan.parts[lexeme.part]);
  return {
    value: { ...value, minutes, part: second === null ? part.lexeme.part : null },
    next: second?.next ?? part.next,
  };
}
