/** Ranges of days: "mon-wed", "12-14 March", "from Dec 24 to Jan 2". */
import { addMonths, civil, type DayNumber, weekdayOf } from '../../core/days.ts';
import type { Clock, Found, Meant } from '../pieces.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, wordAt } from '../scan.ts';
import { type Day, HORIZON_YEARS, readNumeric, readYear } from './calendar.ts';
import { exists, readClock, secondsOf } from './clock.ts';
import { boundary } from './context.ts';
import { readDay } from './day.ts';
import { separator } from './lists.ts';
import { monthOf, span } from './period.ts';
import { readSpan } from './span.ts';

/** "mon-wed", "12-14 March", "from Dec 24 to Jan 2". The end is read as coming after the start. */
export function readDayRange(scan: Scan, index: number): Found<Meant> | null {
  const lasting = readLasting(scan, index);
  if (lasting !== null) return lasting;
  const from = role(scan, index, 'from') === -1 ? role(scan, index, 'between') : role(scan, index, 'from');
  const at = skip(scan, from === -1 ? index : from, 'the');
  return (from === -1 ? readListed(scan, at) : null) ?? readSharedMonth(scan, at) ?? readTwoDays(scan, at, from !== -1);
}

/** "for two weeks from 20 december" */
function readLasting(scan: Scan, index: number): Found<Meant> | null {
  const led = role(scan, index, 'for');
  const length = led === -1 ? null : readSpan(scan, led, false);
  if (length?.value.calendar !== true || length.value.workdays > 0) return null;
  const from = anyRole(scan, length.next, 'from', 'starting');
  const day = from === -1 ? null : readDay(scan, skip(scan, skip(scan, from, 'on'), 'the'));
  const [first] = day?.value.k === 'date' && day.value.days.length === 1 ? day.value.days : [];
  return first === undefined || day === null
    ? null
    : { value: span(first, lastOf(first, length.value)), next: day.next };
}

/** The last of so many months and days that begin with a day. */
export const lastOf = (first: DayNumber, { months, days }: { months: number; days: number }): DayNumber =>
  addMonths(first, months) + days - 1;

function dash(scan: Scan, index: number): number {
  const marked = mark(scan, index, '-–—‑');
  return marked === -1 ? anyRole(scan, index, 'to', 'until', 'and') : marked;
}

/** "5, 6 and 7 december": days that follow one another are a range, others are asked about. */
function readListed(scan: Scan, index: number): Found<Meant> | null {
  const days: number[] = [];
  const lead = meaning(scan, index, 'month');
  let at = lead?.next ?? index;
  let next = -1;
  let or = false;
  for (let count = 0; count < 10 && at !== -1; count += 1) {
    const day = ordinal(scan, skip(scan, at, 'the')) ?? numeral(scan, at);
    if (day === null || day.n < 1 || day.n > 31 || day.n <= (days.at(-1) ?? 0)) return null;
    days.push(day.n);
    next = day.next;
    at = separator(scan, next);
    or ||= at !== -1 && role(scan, at - 1, 'or') !== -1;
  }
  if (days.length < 2) return null;
  // "dec 7, 8 and 9", but "dec 7 and 8am"
  const joined = lead !== null && anyRole(scan, next - 2, 'and', 'or') !== -1 && boundary(scan, next, false);
  if (lead !== null && !joined) return null;
  const month = lead ?? meaning(scan, skip(scan, next, 'of'), 'month');
  const last = month === null ? null : readDay(scan, lead === null ? next - 1 : index);
  if (month === null || last?.value.k !== 'date' || last.value.days.length !== 1) return null;
  const [named = 0] = last.value.days;
  const each = days.map((day) => named - ((lead === null ? days.at(-1) : days[0]) ?? 0) + day);
  const end = each.at(-1) ?? named;
  if (civil(end).month !== month.lexeme.n) return null;
  const close = each.every((day, place) => place === 0 || day === (each[place - 1] ?? 0) + 1);
  // "1 или 2 декабря" is one of them.
  const value: Meant =
    close && !or
      ? span(each[0] ?? end, end)
      : { k: 'date', days: each, sameDay: null, nearer: null, today: false, weekday: null };
  return { value, next: lead === null ? last.next : next };
}

/** "12-14 March", "March 12-14": two numbers, one month. */
function readSharedMonth(scan: Scan, index: number): Found<Meant> | null {
  const lead = meaning(scan, index, 'month');
  const at = lead?.next ?? index;
  const first = ordinal(scan, at) ?? numeral(scan, at);
  if (first === null) return null;
  const joined = dash(scan, first.next);
  if (joined === -1 || first.n < 1 || first.n > 31) return null;
  const dotted = lead === null ? readNumeric(scan, joined) : null;
  if (dotted !== null && mark(scan, joined + 1, '.', true) !== -1) return toDotted(first.n, dotted);
  const second = ordinal(scan, skip(scan, joined, 'the')) ?? numeral(scan, joined);
  if (second === null || second.n > 31 || second.n <= first.n) return null;
  // "Aunt May 12-14 march"
  if (lead !== null && meaning(scan, second.next, 'month') !== null) return null;
  const trail = lead === null ? meaning(scan, skip(scan, second.next, 'of'), 'month') : null;
  const month = lead ?? trail;
  if (month === null) return role(scan, joined - 1, 'and') === -1 ? readNumbered(scan, first, second) : null;
  const comma = trail === null ? mark(scan, second.next, ',', true) : -1;
  const after = trail?.next ?? (comma === -1 ? second.next : comma);
  const said = readYear(scan, after);
  const end = said?.next ?? trail?.next ?? second.next;
  const { year, month: thisMonth, day: thisDay } = civil(scan.today);
  const n = month.lexeme.n;
  const inYear = said?.value ?? (n < thisMonth || (n === thisMonth && second.n < thisDay) ? year + 1 : year);
  const { start, end: monthEnd } = monthOf(inYear, n);
  if (inYear > year + HORIZON_YEARS) return { value: { k: 'fault', reason: 'too_far' }, next: end };
  if (start + second.n > monthEnd) return { value: { k: 'fault', reason: 'impossible' }, next: end };
  return { value: span(start + first.n - 1, start + second.n - 1), next: end };
}

/** "с 20 по 25 числа", "с 20-го по 25-е": days of this month or, where they have begun, perhaps of the next. */
function readNumbered(
  scan: Scan,
  first: { n: number; digits: boolean | number },
  second: { n: number; digits: boolean | number; next: number },
): Found<Meant> | null {
  const number = role(scan, second.next, 'number');
  const marked = number !== -1 || (first.digits === true && second.digits === true);
  // Past the hours of a day a bare number is a day.
  const bare = second.n > 24 && wordAt(scan, second.next - 2) === 'по' && boundary(scan, second.next, true);
  if (!(marked || bare)) return null;
  const next = number === -1 ? second.next : number;
  const { day } = civil(scan.today);
  const spanIn = (ahead: number) => {
    const start = addMonths(scan.today - day + 1, ahead);
    return { start: start + first.n - 1, end: Math.min(start + second.n, addMonths(start, 1)), grain: 'day' as const };
  };
  const choices = [...(day > second.n ? [] : [spanIn(0)]), ...(day < first.n ? [] : [spanIn(1)])];
  const [only, other] = choices;
  if (only === undefined || only.end <= only.start) return null;
  return { value: other === undefined ? span(only.start, only.end - 1) : { k: 'periods', choices }, next };
}

/** "1-3.12": the first day is of the same month. */
function toDotted(first: number, last: Found<Day>): Found<Meant> | null {
  const [end] = last.value.k === 'date' && last.value.days.length === 1 ? last.value.days : [];
  if (end === undefined) return null;
  const days = civil(end).day - first;
  return days > 0 ? { value: span(end - days, end), next: last.next } : null;
}

/** "fri 6pm - sun 3pm", "from 24 april 22:30 to 6am on 25 april": a time of one day to a time of another. */
export function readMoments(scan: Scan, index: number): Found<Meant> | null {
  const from = role(scan, index, 'from') === -1 ? role(scan, index, 'between') : role(scan, index, 'from');
  const first = readMoment(scan, from === -1 ? index : from);
  const joined = first === null ? -1 : dash(scan, first.next);
  const last = joined === -1 ? null : readMoment(scan, joined);
  if (first === null || last === null) return null;
  const [begun, ended] = [first.value, last.value];
  const day =
    begun.date.sameDay !== null && secondsOf(begun.clock, false) * 1000 > scan.clockMs
      ? begun.date.sameDay
      : begun.date.days[0];
  let end = ended.date.days[0];
  if (day === undefined || end === undefined) return null;
  if (ended.date.weekday !== null) end = day + ((ended.date.weekday - weekdayOf(day) + 7) % 7);
  else if (end <= day) end = addMonths(end, 12);
  if (end - day > 400 || (end === day && secondsOf(ended.clock, false) <= secondsOf(begun.clock, false))) return null;
  return {
    value: { k: 'moments', from: { day, clock: begun.clock }, to: { day: end, clock: ended.clock } },
    next: last.next,
  };
}

/** A day with its time, told to the minute or by its half of the day: "fri 22:30", "6pm on friday". */
function readMoment(scan: Scan, index: number): Found<{ date: Extract<Day, { k: 'date' }>; clock: Clock }> | null {
  const ahead = readDay(scan, skip(scan, skip(scan, index, 'on'), 'the'));
  const at = ahead === null ? index : ahead.next;
  const clock = readClock(
    scan,
    skip(scan, skip(scan, mark(scan, at, ',', true) === -1 ? at : at + 1, 'at'), 'the'),
    false,
  );
  const day = ahead ?? (clock === null ? null : readDay(scan, skip(scan, skip(scan, clock.next, 'on'), 'the')));
  if (day?.value.k !== 'date' || day.value.days.length !== 1 || clock === null || !exists(clock.value)) return null;
  return { value: { date: day.value, clock: clock.value }, next: Math.max(day.next, clock.next) };
}

function readTwoDays(scan: Scan, index: number, introduced: boolean): Found<Meant> | null {
  const first = readDay(scan, index);
  if (first === null) return null;
  const joined = dash(scan, first.next);
  if (joined === -1) return null;
  // "Aunt May 12-14 march": nobody writes the month before the one day and behind the other.
  const behind = scan.tokens[joined]?.kind === 'number' && meaning(scan, joined + 1, 'month') !== null;
  if (behind && meaning(scan, index, 'month') !== null && mark(scan, first.next, '-–', true) !== -1) return null;
  // "задание 7.4 до среды"
  const numbered = mark(scan, index + 1, '.', true) !== -1 && scan.tokens[index + 2]?.norm.length === 1;
  if (!introduced && numbered && wordAt(scan, first.next) === 'до') return null;
  // Without "from", only "to" and dashes make a range of two days.
  if (!introduced && anyRole(scan, first.next, 'and') !== -1) return null;
  const second = readDay(scan, skip(scan, joined, 'the'));
  if (second === null) return null;
  if (first.value.k === 'fault' || second.value.k === 'fault') {
    return { value: first.value.k === 'fault' ? first.value : second.value, next: second.next };
  }
  let [a] = first.value.days;
  let [b] = second.value.days;
  // "fri-fri" names no end.
  if (a === b && meaning(scan, joined, 'weekday') !== null) return null;
  if (a === undefined || b === undefined || first.value.days.length > 1 || second.value.days.length > 1) return null;
  const ends = meaning(scan, skip(scan, joined, 'the'), 'weekday');
  // "tue to thu next week": both are of that week.
  const of = second.next - (wordAt(scan, second.next - 1) === '.' ? 1 : 0);
  const ofWeek = meaning(scan, index, 'weekday') !== null && ends !== null && of > ends.next;
  const begun = b - ((weekdayOf(b) - weekdayOf(a) + 7) % 7);
  if (ofWeek && begun >= scan.today) a = begun;
  if (b <= a && meaning(scan, joined, 'weekday') !== null) b += 7;
  if (b <= a && civil(b).year <= civil(a).year) b = addMonths(b, 12);
  while (
    b - a > 7 &&
    meaning(scan, index, 'weekday') !== null &&
    meaning(scan, joined, 'weekday') !== null &&
    b - 7 > a
  )
    b -= 7;
  if (b <= a || b - a > 400) return null;
  const named = first.value.weekday !== null && second.value.weekday !== null;
  const value = span(a, b);
  return { value: named && value.k === 'period' ? { ...value, weekdays: true } : value, next: second.next };
}
