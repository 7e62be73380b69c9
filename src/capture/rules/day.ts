/** Single days: "tomorrow", "next friday", "5 December 2026", "12/11", "the 31st", "in 3 days", "a week from monday". */
import { addMonths, civil, type DayNumber, dayNumber, daysInMonth, startOfWeek, weekdayOf } from '../../core/days.ts';
import type { Found, Meant } from '../pieces.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import { readSpan, type Span } from './span.ts';

type Day = Extract<Meant, { k: 'date' | 'fault' }>;

/** How far ahead a date may lie, in years. */
export const HORIZON_YEARS = 100;

const plain = (day: DayNumber): Extract<Day, { k: 'date' }> => ({
  k: 'date',
  days: [day],
  sameDay: null,
  nearer: null,
  today: false,
  weekday: null,
});
const fault = (reason: 'impossible' | 'past' | 'too_far'): Day => ({ k: 'fault', reason });

/** A day beginning at `index`, prepositions not included. `strict` days may stand anywhere; weak ones are judged by what is beside them. */
export function readDay(scan: Scan, index: number): Found<Day> | null {
  return readShifted(scan, index) ?? readFixed(scan, index);
}

/** A day that is not counted from another: what "3 days after" may be followed by. */
function readFixed(scan: Scan, index: number): Found<Day> | null {
  return (
    readNumeric(scan, index) ??
    readNamedMonth(scan, index) ??
    readRelative(scan, index) ??
    readMonthDay(scan, index) ??
    readWeekday(scan, index)
  );
}

function exact(year: number, month: number, day: number, scan: Scan): Day {
  if (month < 1 || month > 12 || day < 1) return fault('impossible');
  const thisYear = civil(scan.today).year;
  if (year > thisYear + HORIZON_YEARS) return fault('too_far');
  if (year < 1900) return fault('past');
  return day > daysInMonth(year, month) ? fault('impossible') : plain(dayNumber(year, month, day));
}

/** A day and month without a year: the first one ahead. 29 February waits for its leap year; today itself is in doubt with the next year's. */
function yearless(month: number, day: number, scan: Scan): Day {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(2024, month)) return fault('impossible');
  const { year } = civil(scan.today);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    if (day > daysInMonth(year + ahead, month)) continue;
    const number = dayNumber(year + ahead, month, day);
    if (number === scan.today) {
      const next = addMonths(number, 12);
      return { k: 'date', days: [next], sameDay: number, nearer: number, today: false, weekday: null };
    }
    if (number > scan.today) return plain(number);
  }
  return fault('impossible');
}

function fullYear(value: number, digits: number): number {
  return digits === 2 ? 2000 + value : value;
}

function readNumeric(scan: Scan, index: number): Found<Day> | null {
  const [a, b] = [scan.tokens[index], scan.tokens[index + 2]];
  if (a?.kind !== 'number' || b?.kind !== 'number' || b.spaced || Number.isNaN(a.value) || Number.isNaN(b.value))
    return null;
  const separator = scan.tokens[index + 1];
  if (separator?.kind !== 'mark' || separator.spaced || !'-/.'.includes(separator.norm)) return null;
  const c = scan.tokens[index + 4];
  const second = scan.tokens[index + 3];
  const three =
    second?.norm === separator.norm && !second.spaced && c?.kind === 'number' && !c.spaced && !Number.isNaN(c.value);
  if (a.norm.length === 4) {
    if (!three || b.norm.length > 2 || c.norm.length > 2) return null;
    return { value: exact(a.value, b.value, c.value, scan), next: index + 5 };
  }
  if (a.norm.length > 2 || b.norm.length > 2 || (three && c.norm.length !== 2 && c.norm.length !== 4)) return null;
  if (separator.norm === '-') {
    return three && c.norm.length === 4 ? { value: exact(c.value, b.value, a.value, scan), next: index + 5 } : null;
  }
  if (separator.norm === '.') {
    if (three) return { value: exact(fullYear(c.value, c.norm.length), b.value, a.value, scan), next: index + 5 };
    if (b.norm.length !== 2 && scan.tokens[index + 3]?.norm !== '.') {
      if (b.value > 12 || b.value === 0) return null;
    }
    if (b.value > 12) return null;
    // "5.12." ends with the date's own dot when more follows; at the end of a sentence the dot may be anyone's.
    const dot = mark(scan, index + 3, '.', true);
    return { value: yearless(b.value, a.value, scan), next: dot === -1 ? index + 3 : dot };
  }
  const year = three ? fullYear(c.value, c.norm.length) : null;
  // Without a year, numbers that fit no calendar are a ratio or a score.
  if (
    year === null &&
    (Math.min(a.value, b.value) > 12 || Math.max(a.value, b.value) > 31 || Math.min(a.value, b.value) === 0)
  )
    return null;
  return { value: slashed(a.value, b.value, year, scan), next: index + (three ? 5 : 3) };
}

/** "5/6": the owner's setting, else the locale's region, else both unless a part over 12 decides. */
function slashed(first: number, second: number, year: number | null, scan: Scan): Day {
  const order = scan.context.dateOrder ?? orderOf(scan.context.locale);
  const read = (month: number, day: number) =>
    year === null ? yearless(month, day, scan) : exact(year, month, day, scan);
  if (first > 12 && second <= 12) return read(second, first);
  if (second > 12 && first <= 12) return read(first, second);
  if (order === 'mdy') return read(first, second);
  if (order === 'dmy' || first === second) return read(second, first);
  const [dayFirst, monthFirst] = [read(second, first), read(first, second)];
  if (dayFirst.k === 'fault') return monthFirst;
  if (monthFirst.k === 'fault') return dayFirst;
  return {
    k: 'date',
    days: [...dayFirst.days, ...monthFirst.days],
    sameDay: null,
    nearer: null,
    today: false,
    weekday: null,
  };
}

function orderOf(locale: string): 'mdy' | 'dmy' | null {
  const parts = locale.split(/[-_]/);
  const region = parts.slice(1).find((part) => /^([A-Za-z]{2}|\d{3})$/.test(part));
  if (region === undefined) return parts[0]?.toLowerCase() === 'en' ? null : 'dmy';
  return MONTH_FIRST.has(region.toUpperCase()) ? 'mdy' : 'dmy';
}
/** Regions that write the month first (CLDR short date patterns). */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'GU', 'MH', 'PW', 'PR', 'VI', 'AS', 'UM', 'MP']);

function readNamedMonth(scan: Scan, index: number): Found<Day> | null {
  // A weekday before the date: "friday, 27 november".
  const weekday = meaning(scan, index, 'weekday');
  if (weekday !== null && !weekday.lexeme.plural) {
    let at = weekday.next;
    const dot = mark(scan, at, '.', true);
    if (dot !== -1) at = dot;
    const comma = mark(scan, at, ',', true);
    if (comma !== -1) at = comma;
    at = skip(scan, at, 'on');
    const date = readDayOfMonth(scan, skip(scan, at, 'the')) ?? readNumeric(scan, at);
    return date === null ? null : { value: onWeekday(date.value, weekday.lexeme.n, scan), next: date.next };
  }
  return readDayOfMonth(scan, index);
}

/** The weekday decides between several days; one that contradicts a clear date is a fault of the words. */
function onWeekday(date: Day, weekday: number, scan: Scan): Day {
  if (date.k === 'fault') return date;
  const fitting = date.days.filter((day) => weekdayOf(day) === weekday);
  if (fitting.length > 0) return { ...date, days: fitting };
  if (date.nearer !== null && weekdayOf(date.nearer) === weekday)
    return { ...plain(date.nearer), today: date.nearer === scan.today };
  return fault('impossible');
}

function readDayOfMonth(scan: Scan, index: number): Found<Day> | null {
  const token = scan.tokens[index];
  if (token === undefined) return null;
  const month = meaning(scan, index, 'month');
  if (month !== null) {
    const dot = mark(scan, month.next, '.', true);
    const at = skip(scan, dot === -1 ? month.next : dot, 'the');
    const day = ordinal(scan, at) ?? dayDigits(scan, at);
    if (day === null || day.n > 31 || day.n < 1) return null;
    return withYear(scan, month.lexeme.n, day.n, day.next);
  }
  const day = ordinal(scan, index) ?? dayDigits(scan, index);
  if (day === null || day.n < 1) return null;
  let at = day.next;
  const dot = mark(scan, at, '.', true);
  if (dot !== -1) at = dot;
  const hyphen = mark(scan, at, '-', true);
  at = hyphen === -1 ? skip(scan, at, 'of') : hyphen;
  const after = meaning(scan, at, 'month');
  if (after === null || day.n > 99) return null;
  if (hyphen !== -1 && mark(scan, after.next, '-', true) !== -1)
    return withYear(scan, after.lexeme.n, day.n, after.next + 1);
  const end = mark(scan, after.next, '.', true);
  const hasYear = end !== -1 && scan.tokens[end]?.kind === 'number' && scan.tokens[end]?.norm.length === 4;
  return withYear(scan, after.lexeme.n, day.n, hasYear ? end : after.next);
}

/** One or two digits that are not the beginning of something else ("5:30", "5.12"). */
function dayDigits(scan: Scan, index: number): { n: number; next: number } | null {
  const token = scan.tokens[index];
  if (token?.kind !== 'number' || token.norm.length > 2) return null;
  const after = scan.tokens[index + 1];
  if (after !== undefined && !after.spaced && after.kind === 'mark' && ':%$€£/'.includes(after.norm)) return null;
  return { n: token.value, next: index + 1 };
}

function withYear(scan: Scan, month: number, day: number, index: number): Found<Day> {
  const comma = mark(scan, index, ',', true);
  const said = readYear(scan, comma === -1 ? index : comma);
  if (said !== null) return { value: exact(said.value, month, day, scan), next: said.next };
  return { value: yearless(month, day, scan), next: index };
}

/** A year of four digits, "года" after it included. */
export function readYear(scan: Scan, index: number): Found<number> | null {
  const token = scan.tokens[index];
  if (token?.kind !== 'number' || token.norm.length !== 4 || token.value < 1000) return null;
  const after = scan.tokens[index + 1];
  if (after !== undefined && !after.spaced && after.kind !== 'mark') return null;
  const word = role(scan, index + 1, 'year');
  return { value: token.value, next: word === -1 ? index + 1 : word };
}

/** "in 3 days", "3 days from now", "2 weeks ago", "3 days after friday", "a week from monday". Exact lengths ("in 2 hours") are another rule's. */
function readShifted(scan: Scan, index: number): Found<Day> | null {
  const ahead = role(scan, index, 'hence') === -1 ? role(scan, index, 'within') : role(scan, index, 'hence');
  const span = readSpan(scan, ahead === -1 ? index : ahead, ahead !== -1 || lonely(scan, index));
  if (span === null || !span.value.calendar) return null;
  if (ahead !== -1) return { value: shifted(scan.today, span.value, 1, scan), next: timely(scan, span.next) };
  const ago = role(scan, span.next, 'ago');
  if (ago !== -1) return { value: shifted(scan.today, span.value, -1, scan), next: ago };
  const later = fromNow(scan, span.next);
  if (later !== -1) return { value: shifted(scan.today, span.value, 1, scan), next: later };
  const base = anyRole(scan, span.next, 'from', 'after', 'on');
  const before = role(scan, span.next, 'before');
  if (base === -1 && before === -1) return null;
  const day = readFixed(scan, skip(scan, base === -1 ? before : base, 'the'));
  if (day === null) return null;
  if (day.value.k === 'fault' || day.value.days.length !== 1) return day;
  const [from] = day.value.days;
  return from === undefined ? null : { value: shifted(from, span.value, base === -1 ? -1 : 1, scan), next: day.next };
}

/** "неделю назад": a unit by itself counts as one before "назад". */
function lonely(scan: Scan, index: number): boolean {
  return meaning(scan, index, 'unit') !== null && role(scan, index + 1, 'ago') !== -1;
}

/** "in two weeks' time". */
function timely(scan: Scan, index: number): number {
  const apostrophe = mark(scan, index, "'’", true);
  const at = apostrophe === -1 ? index : apostrophe;
  return wordAt(scan, at) === 'time' ? at + 1 : index;
}

/** Index after "from now", "from today", "later"; -1. */
export function fromNow(scan: Scan, index: number): number {
  const later = role(scan, index, 'later');
  if (later !== -1) return later;
  const from = role(scan, index, 'from');
  if (from === -1) return -1;
  const now = role(scan, from, 'now');
  if (now !== -1) return now;
  const today = meaning(scan, from, 'day');
  return today?.lexeme.n === 0 ? today.next : -1;
}

function shifted(day: DayNumber, span: Span, direction: 1 | -1, scan: Scan): Day {
  if (Math.abs(span.months) > HORIZON_YEARS * 12 || span.days > HORIZON_YEARS * 366 || span.workdays > 10_000)
    return fault('too_far');
  let result = addMonths(day, direction * span.months) + direction * span.days;
  for (let left = span.workdays; left > 0; ) {
    result += direction;
    if (weekdayOf(result) <= 5) left -= 1;
  }
  return civil(result).year > civil(scan.today).year + HORIZON_YEARS ? fault('too_far') : plain(result);
}

function readRelative(scan: Scan, index: number): Found<Day> | null {
  const named = meaning(scan, index, 'day');
  if (named !== null) {
    return { value: { ...plain(scan.today + named.lexeme.n), today: named.lexeme.n === 0 }, next: named.next };
  }
  // "this day next week" is nobody's; "next day" is tomorrow only in stories.
  return null;
}

const SHORTEST = 3;

function readWeekday(scan: Scan, index: number): Found<Day> | null {
  let at = skip(scan, index, 'the');
  const next = role(scan, at, 'next');
  const here = next === -1 ? role(scan, at, 'this') : -1;
  const coming = next === -1 && here === -1 ? role(scan, at, 'coming') : -1;
  const last = next === -1 && here === -1 && coming === -1 ? role(scan, at, 'last') : -1;
  const qualified = Math.max(next, here, coming, last);
  if (qualified === -1 && at !== index) return null;
  if (qualified !== -1) at = here === -1 ? qualified : skip(scan, here, 'coming');
  const weekday = meaning(scan, at, 'weekday');
  if (weekday === null || weekday.lexeme.plural) return null;
  let end = weekday.next;
  const dot = wordAt(scan, at).length <= SHORTEST ? mark(scan, end, '.', true) : -1;
  if (dot !== -1 && scan.tokens[dot] !== undefined) end = dot;
  const { n } = weekday.lexeme;
  if (last !== -1) {
    const back = (weekdayOf(scan.today) - n + 7) % 7 || 7;
    return { value: plain(scan.today - back), next: end };
  }
  const ahead = (n - weekdayOf(scan.today) + 7) % 7;
  const coming1 = scan.today + (ahead || 7);
  const nextWeek = startOfWeek(scan.today, scan.context.weekStart ?? 'monday') + 7 + ((n - scan.weekStart + 7) % 7);
  const after = role(scan, end, 'after');
  if (next === -1 && after !== -1 && role(scan, after, 'next') !== -1) {
    return { value: plain(nextWeek + 7), next: role(scan, after, 'next') };
  }
  if (next !== -1) {
    return { value: { ...plain(nextWeek), nearer: coming1 < nextWeek ? coming1 : null }, next: end };
  }
  // "friday week" and "friday next week", "в пятницу на следующей неделе".
  const week = meaning(scan, end, 'unit');
  if (week?.lexeme.unit === 'week' && wordAt(scan, end) === 'week')
    return { value: plain(coming1 + 7), next: week.next };
  const of = skip(scan, end, 'of', 'on', 'in');
  const following = anyRole(scan, of, 'next', 'this');
  const unit = following === -1 ? null : meaning(scan, following, 'unit');
  if (unit?.lexeme.unit === 'week') {
    const inNext = role(scan, of, 'next') !== -1;
    return { value: inNext ? plain(nextWeek) : plain(nextWeek - 7), next: unit.next };
  }
  return { value: { ...plain(coming1), sameDay: ahead === 0 ? scan.today : null, weekday: n }, next: end };
}

/** "the 5th", "5 числа", "friday the 13th": a day of the month without the month. */
function readMonthDay(scan: Scan, index: number): Found<Day> | null {
  const weekday = meaning(scan, index, 'weekday');
  const at = skip(scan, weekday?.next ?? index, 'the');
  const day = ordinal(scan, at);
  const digits = day === null ? dayDigits(scan, at) : null;
  const counted = day ?? digits;
  if (counted === null || counted.n < 1) return null;
  const number = role(scan, counted.next, 'number');
  // A spelt ordinal alone ("the second") is hardly ever a date, a bare number never.
  const spelt =
    day !== null && !day.digits && scan.tokens[counted.next] === undefined && /^(?:on|by)$/.test(wordAt(scan, at - 2));
  if (number === -1 && (day === null || !(day.digits || (spelt && wordAt(scan, at - 1) === 'the')))) return null;
  const next = number === -1 ? counted.next : number;
  const named = number === -1 ? skip(scan, next, 'of') : next;
  const ofMonth = named === next ? null : monthNamed(scan, named);
  if (counted.n > 31) return number === -1 ? null : { value: fault('impossible'), next };
  if (ofMonth !== null) {
    const { year, month } = civil(ofMonth.value);
    return { value: exact(year, month, counted.n, scan), next: ofMonth.next };
  }
  return { value: inComingMonth(scan, counted.n, weekday?.lexeme.n ?? null), next };
}

/** "this month", "next month" after "the 5th of". */
function monthNamed(scan: Scan, index: number): Found<DayNumber> | null {
  const at = skip(scan, index, 'the');
  const next = role(scan, at, 'next');
  const qualified = next === -1 ? role(scan, at, 'this') : next;
  const unit = qualified === -1 ? null : meaning(scan, qualified, 'unit');
  if (unit?.lexeme.unit !== 'month') return null;
  return { value: addMonths(scan.today - civil(scan.today).day + 1, next === -1 ? 0 : 1), next: unit.next };
}

function inComingMonth(scan: Scan, day: number, weekday: number | null): Day {
  const { year, month } = civil(scan.today);
  for (let ahead = 0; ahead <= 48; ahead += 1) {
    const first = addMonths(dayNumber(year, month, 1), ahead);
    const { year: y, month: m } = civil(first);
    if (day > daysInMonth(y, m)) continue;
    const number = first + day - 1;
    if (number < scan.today || (weekday !== null && weekdayOf(number) !== weekday)) continue;
    if (number > scan.today) return plain(number);
    const later = inNextMonth(scan, day, number);
    return { k: 'date', days: [later], sameDay: number, nearer: number, today: false, weekday: null };
  }
  return fault('impossible');
}

function inNextMonth(scan: Scan, day: number, after: DayNumber): DayNumber {
  for (let ahead = 1; ahead <= 3; ahead += 1) {
    const first = addMonths(scan.today - civil(scan.today).day + 1, ahead);
    const { year, month } = civil(first);
    if (day <= daysInMonth(year, month)) return first + day - 1;
  }
  return after;
}

/** Whether a number at `index` begins "in 3 ..."-like words; used to keep a bare hour apart. */
export function beginsSpan(scan: Scan, index: number): boolean {
  const counted = numeral(scan, index);
  return counted !== null && meaning(scan, counted.next, 'unit') !== null && !touches(scan, counted.next);
}
