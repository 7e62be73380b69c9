/** Dates of the calendar: "2026-12-05", "5.12.", "12/11", "5 December 2026", with or without their weekday. */
import { addMonths, civil, type DayNumber, dayNumber, daysInMonth, weekdayOf } from '../../core/days.ts';
import type { Found, Meant } from '../pieces.ts';
import { mark, meaning, ordinal, role, type Scan, skip, wordAt } from '../scan.ts';
import { boundary, cleanEnd } from './context.ts';

/** What a rule of days finds. */
export type Day = Extract<Meant, { k: 'date' | 'fault' }>;

/** How far ahead a date may lie, in years. */
export const HORIZON_YEARS = 100;

/** One clear day. */
export const plain = (day: DayNumber): Extract<Day, { k: 'date' }> => ({
  k: 'date',
  days: [day],
  sameDay: null,
  nearer: null,
  today: false,
  weekday: null,
});
/** Words of a date that names no day to be had. */
export const fault = (reason: 'impossible' | 'past' | 'too_far'): Day => ({ k: 'fault', reason });

/** A date with its year: a fault when there is no such day, or it lies beyond the horizon. */
export function exact(year: number, month: number, day: number, scan: Scan): Day {
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

/** Two digits are a year of this century, or of the last where that lies further off than anyone dates a task: "11/22/63". */
function fullYear(value: number, digits: number, scan: Scan): number {
  if (digits !== 2) return value;
  return 2000 + value > civil(scan.today).year + FAR_YEARS ? 1900 + value : 2000 + value;
}
const FAR_YEARS = 30;

/** "2026-12-05", "5.12.2026", "5/12". */
export function readNumeric(scan: Scan, index: number): Found<Day> | null {
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
    if (three) {
      // "build 1.4.12" is a version: nobody dates by two digits what is years past.
      if (c.norm.length === 2 && 2000 + c.value < civil(scan.today).year - 1) return null;
      // "14.12.2026 г."
      const word = role(scan, index + 5, 'year');
      const value = exact(fullYear(c.value, c.norm.length, scan), b.value, a.value, scan);
      return { value, next: word === -1 ? index + 5 : word };
    }
    // "18.00" is a time.
    if (b.value > 12 || b.value === 0) return null;
    // "5.12." ends with the date's own dot when more follows; at the end of a sentence the dot may be anyone's.
    const dot = mark(scan, index + 3, '.', true);
    return { value: yearless(b.value, a.value, scan), next: dot === -1 ? index + 3 : dot };
  }
  const year = three ? fullYear(c.value, c.norm.length, scan) : null;
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
  const region = regionOf(locale);
  if (region === null) return /^en\b/i.test(locale) ? null : 'dmy';
  return MONTH_FIRST.has(region) ? 'mdy' : 'dmy';
}

/** The region of a locale ("en-GB", "es_419"), or null. */
export function regionOf(locale: string): string | null {
  const parts = locale.split(/[-_]/).slice(1);
  return parts.find((part) => /^([A-Za-z]{2}|\d{3})$/.test(part))?.toUpperCase() ?? null;
}

/** Regions that write the month first (CLDR short date patterns). */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'GU', 'MH', 'PW', 'PR', 'VI', 'AS', 'UM', 'MP']);

/** "5 December", "Dec 5th, 2027", "friday, 27 november". */
export function readNamedMonth(scan: Scan, index: number): Found<Day> | null {
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
    // "ул. 9 Мая 12"
    if (scan.tokens[index - 1]?.kind === 'number' && /^[а-я]/.test(token.norm)) return null;
    // "Dec. 5", "Nov-28"
    const dot = mark(scan, month.next, '.-', true);
    const at = skip(scan, dot === -1 ? month.next : dot, 'the');
    const day = ordinal(scan, at) ?? dayDigits(scan, at);
    // "Марте 8 марта": the number belongs to the month after it.
    if (day === null || day.n > 31 || day.n < 1 || meaning(scan, day.next, 'month') !== null) return null;
    return withYear(scan, month.lexeme.n, day.n, skip(scan, day.next, 'number'));
  }
  const day = ordinal(scan, index) ?? dayDigits(scan, index);
  if (day === null || day.n < 1) return null;
  let at = day.next;
  const dot = mark(scan, at, '.', true);
  if (dot !== -1) at = dot;
  const hyphen = mark(scan, at, '-', true);
  at = hyphen === -1 ? skip(scan, skip(scan, at, 'number'), 'of') : hyphen;
  const after = meaning(scan, at, 'month');
  if (after === null || day.n > 99) return null;
  const year = scan.tokens[after.next + 1];
  // "24-Dec-26"
  if (hyphen !== -1 && mark(scan, after.next, '-', true) !== -1 && year?.kind === 'number' && year.norm.length === 2)
    return { value: exact(fullYear(year.value, 2, scan), after.lexeme.n, day.n, scan), next: after.next + 2 };
  if (hyphen !== -1 && mark(scan, after.next, '-', true) !== -1)
    return withYear(scan, after.lexeme.n, day.n, after.next + 1);
  const end = mark(scan, after.next, '.', true);
  // "24 Nov. 2026", "24 Nov. 9 am"
  const hasYear = end !== -1 && scan.tokens[end]?.kind === 'number';
  return withYear(scan, after.lexeme.n, day.n, hasYear ? end : after.next);
}

/** One or two digits that are not the beginning of something else ("5:30", "5.12"). */
export function dayDigits(scan: Scan, index: number): { n: number; next: number } | null {
  const token = scan.tokens[index];
  if (token?.kind !== 'number' || token.norm.length > 2) return null;
  const after = scan.tokens[index + 1];
  if (after !== undefined && !after.spaced && after.kind === 'mark' && '%$€£/'.includes(after.norm)) return null;
  // "5:30" is a time, "Nov 26: call" is not.
  if (after?.norm === ':' && !after.spaced && scan.tokens[index + 2]?.spaced === false) return null;
  return { n: token.value, next: index + 1 };
}

function withYear(scan: Scan, month: number, day: number, index: number): Found<Day> {
  const comma = mark(scan, index, ',', true);
  const said = readYear(scan, comma === -1 ? index : comma) ?? readShortYear(scan, index);
  if (said !== null) return { value: exact(said.value, month, day, scan), next: said.next };
  return { value: yearless(month, day, scan), next: index };
}

/** "10 Dec 26": two digits of this year or the next, where nothing follows that they could count. */
function readShortYear(scan: Scan, index: number): Found<number> | null {
  const token = scan.tokens[index];
  const ahead = token?.kind === 'number' && token.norm.length === 2 ? 2000 + token.value - civil(scan.today).year : -1;
  return token !== undefined &&
    (ahead === 0 || ahead === 1) &&
    boundary(scan, index + 1, false) &&
    cleanEnd(scan, index + 1)
    ? // "14 января 27 года"
      { value: 2000 + token.value, next: skip(scan, index + 1, 'year') }
    : null;
}

const STAMP = /\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:?\d\d)/y;

/** "2026-12-05T14:30:00Z": an instant with its offset, as a length from now. */
export function readStamp(scan: Scan, index: number): Found<Meant> | null {
  const token = scan.tokens[index];
  if (token?.kind !== 'number' || token.norm.length !== 4) return null;
  STAMP.lastIndex = token.start;
  const stamp = STAMP.exec(scan.text)?.[0];
  if (stamp === undefined) return null;
  const at = Date.parse(stamp.toUpperCase().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  let next = index + 1;
  while ((scan.tokens[next]?.start ?? Number.POSITIVE_INFINITY) < token.start + stamp.length) next += 1;
  if (Number.isNaN(at)) return { value: fault('impossible'), next };
  if (at > scan.context.now + HORIZON_YEARS * 366 * 86_400_000) return { value: fault('too_far'), next };
  const grain = /T\d\d:\d\d:(?!00)/i.test(stamp) ? 'second' : 'minute';
  return { value: { k: 'exact', months: 0, days: 0, ms: at - scan.context.now, grain }, next };
}

/** A year of four digits, "года" after it included. */
export function readYear(scan: Scan, index: number): Found<number> | null {
  const token = scan.tokens[index];
  const named = skip(scan, index, 'of');
  const [next, here] = [role(scan, named, 'next'), role(scan, named, 'this')];
  const unit = meaning(scan, Math.max(next, here), 'unit');
  if (unit?.lexeme.unit === 'year') return { value: civil(scan.today).year + (next === -1 ? 0 : 1), next: unit.next };
  // "две тысячи двадцать седьмого года", "двадцать седьмого года"
  const dictated = wordAt(scan, index) === 'две' && wordAt(scan, index + 1) === 'тысячи';
  const nth = ordinal(scan, dictated ? index + 2 : index);
  const ended = nth === null ? -1 : role(scan, nth.next, 'year');
  if (nth !== null && !nth.digits && nth.n > 0 && nth.n < 100 && (dictated || (ended !== -1 && nth.n > 20)))
    return { value: 2000 + nth.n, next: Math.max(ended, nth.next) };
  // "dec 3 '27"
  const short = mark(scan, index, "'’") === -1 ? undefined : scan.tokens[index + 1];
  if (short?.kind === 'number' && !short.spaced && short.norm.length === 2 && (scan.tokens[index + 2]?.spaced ?? true))
    return { value: 2000 + short.value, next: index + 2 };
  if (token?.kind !== 'number' || token.norm.length !== 4 || token.value < 1000) return null;
  const after = scan.tokens[index + 1];
  if (after !== undefined && !after.spaced && after.kind !== 'mark' && role(scan, index + 1, 'year') === -1)
    return null;
  const word = role(scan, index + 1, 'year');
  // "2026 г."
  const dot = word === -1 || wordAt(scan, word - 1) !== 'г' ? -1 : mark(scan, word, '.', true);
  return { value: token.value, next: Math.max(index + 1, word, dot) };
}
