/** Single days: "tomorrow", "next friday", "5 December 2026", "12/11", "the 31st", "in 3 days", "a week from monday". */
import { addMonths, civil, type DayNumber, dayNumber, startOfWeek, weekdayOf } from '../../core/days.ts';
import type { Found } from '../pieces.ts';
import {
  anyRole,
  joining,
  mark,
  meaning,
  numeral,
  opensWith,
  remembered,
  role,
  type Scan,
  skip,
  wordAt,
} from '../scan.ts';
import { type Day, fault, HORIZON_YEARS, plain, readNamedMonth, readNumeric, readYear } from './calendar.ts';
import { readMonthDay, readWeekdayNumber } from './coming.ts';
import { boundary, sentenceEnds, startsTask } from './context.ts';
import { readFeast } from './feasts.ts';
import { readWeekdayOfMonth, readWorkdayOfMonth } from './lists.ts';
import { readSpan, type Span } from './span.ts';

/** Joining words a day may begin with; the number is of "числа 15-го". */
const BEGINNING = joining('within hence ahead the a next this coming last penultimate half number');

/** A day beginning at `index`, prepositions not included. `strict` days may stand anywhere; weak ones are judged by what is beside them. */
export const readDay = remembered((scan: Scan, index: number): Found<Day> | null => {
  const day = opensWith(scan, index, BEGINNING) ? (readShifted(scan, index) ?? readFixed(scan, index)) : null;
  return day === null ? null : withWeekday(scan, day);
});

/**
 * "1 декабря вторник", "1 декабря, во вторник": the weekday behind a day says it again; another one before a title makes no such day, and at
 * the end of a sentence the two are asked about.
 */
function withWeekday(scan: Scan, day: Found<Day>): Found<Day> {
  const comma = mark(scan, day.next, ',', true);
  const weekday = meaning(scan, comma === -1 ? day.next : comma, 'weekday');
  if (weekday === null || weekday.lexeme.plural || day.value.k !== 'date' || day.value.weekday !== null) return day;
  const said = day.value.days.length === 1 && day.value.days.every((one) => weekdayOf(one) === weekday.lexeme.n);
  const russian = /^[а-я]/.test(wordAt(scan, weekday.next - 1));
  const differs = comma === -1 && day.value.days.length === 1 && !sentenceEnds(scan, weekday.next);
  if (!russian || !(said || differs)) return day;
  return { value: said ? day.value : fault('impossible'), next: weekday.next };
}

/** A day that is not counted from another: what "3 days after" may be followed by. */
function readFixed(scan: Scan, index: number): Found<Day> | null {
  return (
    readNumeric(scan, index) ??
    readPlaced(scan, index) ??
    readWorkdayOfMonth(scan, index) ??
    readNamedMonth(scan, index) ??
    readRelative(scan, index) ??
    readMonthDay(scan, index) ??
    readWeekdayNumber(scan, index) ??
    readWeekday(scan, index) ??
    readFeast(scan, index)
  );
}

/** "in 3 days", "3 days from now", "2 weeks ago", "3 days after friday", "a week from monday". Exact lengths ("in 2 hours") are another rule's. */
function readShifted(scan: Scan, index: number): Found<Day> | null {
  const inside = role(scan, index, 'within');
  const hence = inside === -1 ? role(scan, index, 'hence') : inside;
  const skipped = hence === -1 ? -1 : withinNext(scan, hence);
  // "in the next 3 days" as well as "within the next 3 days"; "in the next week" is a period.
  const ahead = inside === -1 && skipped > hence && numeral(scan, skipped) === null ? hence : skipped;
  // "за день до 5 декабря"
  const eve = role(scan, index, 'ahead');
  // "накануне 9 мая"
  const next = wordAt(scan, index) === 'накануне' ? readFixed(scan, eve) : null;
  if (next?.value.k === 'date' && next.value.days[0] !== undefined && next.value.days.length === 1)
    return { value: plain(next.value.days[0] - 1), next: next.next };
  const early = eve === -1 ? null : readSpan(scan, eve, true);
  // "отчёт за 2026 год до 1 марта" is of that year, "за 1 квартал до 28 апреля" of that quarter.
  const passed =
    early !== null && (early.value.months >= 12 * HORIZON_YEARS || /^квартал/.test(wordAt(scan, early.next - 1)));
  if (early?.value.calendar === true && !passed && wordAt(scan, early.next) === 'до') {
    const day = readFixed(scan, early.next + 1);
    const [from, or] = day?.value.k === 'date' ? day.value.days : [];
    if (day === null || from === undefined) return null;
    const value = shifted(from, early.value, -1, scan);
    // "за день до нового года" is counted from either of two days.
    const other = or === undefined ? value : shifted(or, early.value, -1, scan);
    const either = value.k === 'date' && other.k === 'date' && or !== undefined;
    return { value: either ? { ...value, days: [...value.days, ...other.days] } : value, next: day.next };
  }
  // "в течение дня" is today.
  if (role(scan, index, 'within') !== -1 && wordAt(scan, ahead) === 'дня')
    return { value: plain(scan.today), next: ahead + 1 };
  const span = readSpan(scan, ahead === -1 ? index : ahead, ahead !== -1 || lonely(scan, index));
  const weekday = span === null && wordAt(scan, index) === 'через' ? readWeekday(scan, ahead) : null;
  if (weekday?.value.k === 'date' && weekday.value.days[0] !== undefined) {
    // "через пятницу" skips one: the coming one, or the one of next week.
    const [first] = weekday.value.days;
    return { value: { ...plain(first), days: [first + 7, first + 14], weekday: null }, next: weekday.next };
  }
  if (span === null || !span.value.calendar) return null;
  if (ahead !== -1) {
    const weeks = wordAt(scan, index) === 'через' ? wholeWeeks(span.value) : 0;
    const on = weeks === 0 ? -1 : role(scan, span.next, 'on');
    const named = on === -1 ? null : meaning(scan, on, 'weekday');
    if (named !== null && !named.lexeme.plural)
      return { value: inWeeks(scan, named.lexeme.n, weeks), next: named.next };
    // "через 2 дня после 5 декабря"
    const from = wordAt(scan, span.next) === 'после' ? readFixed(scan, span.next + 1) : null;
    const [day] = from?.value.k === 'date' && from.value.days.length === 1 ? from.value.days : [];
    if (from !== null && day !== undefined) return { value: shifted(day, span.value, 1, scan), next: from.next };
    // "within 14 days of service" counts from what no calendar knows, "within 14 days of 22 january" from a day.
    const of = inside === -1 ? -1 : role(scan, span.next, 'of');
    const base = of === -1 ? null : readFixed(scan, skip(scan, of, 'the'));
    if (of !== -1)
      return base?.value.k === 'date' && base.value.days[0] !== undefined && base.value.days.length === 1
        ? { value: shifted(base.value.days[0], span.value, 1, scan), next: base.next }
        : null;
    // "24 hours in a day" is a rate.
    const rate = role(scan, ahead, 'a') !== -1 && meaning(scan, index - 1, 'unit') !== null;
    return rate ? null : { value: shifted(scan.today, span.value, 1, scan), next: timely(scan, span.next) };
  }
  const ago = role(scan, span.next, 'ago');
  if (ago !== -1) return { value: shifted(scan.today, span.value, -1, scan), next: ago };
  const later = fromNow(scan, span.next);
  if (later !== -1) return { value: shifted(scan.today, span.value, 1, scan), next: later };
  // "a week today", "two weeks tomorrow", "a year today"
  const weeks = span.value.days > 0 && span.value.days % 7 === 0 && span.value.months === 0;
  const months = span.value.months > 0 && span.value.days === 0 && span.value.workdays === 0;
  // "a week on friday", but not "call it a day on friday" nor "по 4 кварталу во вторник"
  const counted = anyRole(scan, span.next, 'from', 'after');
  const led = counted === -1 && (weeks || months) && wordAt(scan, span.next) === 'on';
  const base = led ? span.next + 1 : counted;
  const before = role(scan, span.next, 'before');
  if ((weeks || months) && base === -1 && before === -1) {
    const day = readRelative(scan, span.next) ?? (months ? null : readWeekday(scan, span.next));
    const [from] = day?.value.k === 'date' ? day.value.days : [];
    return from === undefined || day === null || from < scan.today
      ? null
      : { value: shifted(from, span.value, 1, scan), next: day.next };
  }
  if (base === -1 && before === -1) return null;
  const day = readFixed(scan, skip(scan, base === -1 ? before : base, 'the'));
  if (day === null) return null;
  if (day.value.k === 'fault' || day.value.days.length !== 1) return day;
  const [from] = day.value.days;
  return from === undefined ? null : { value: shifted(from, span.value, base === -1 ? -1 : 1, scan), next: day.next };
}

const wholeWeeks = ({ months, days, workdays, ms }: Span) =>
  months === 0 && workdays === 0 && ms === 0 && days % 7 === 0 ? days / 7 : 0;

/** "через неделю в четверг", "в четверг через две недели": of the week that is so far off, or the first one from then on. */
function inWeeks(scan: Scan, weekday: number, weeks: number): Day {
  const from = scan.today + 7 * weeks;
  const ofWeek = startOfWeek(from, scan.context.weekStart ?? 'monday') + ((weekday - scan.weekStart + 7) % 7);
  const onward = from + ((weekday - weekdayOf(from) + 7) % 7);
  return { ...plain(ofWeek), days: ofWeek === onward ? [ofWeek] : [ofWeek, onward] };
}

/** "неделю назад": a unit by itself counts as one before "назад". */
function lonely(scan: Scan, index: number): boolean {
  return meaning(scan, index, 'unit') !== null && anyRole(scan, index + 1, 'ago', 'later') !== -1;
}

/** Index after "the next" of "within the next 3 days"; "within the hour" is no length. */
export function withinNext(scan: Scan, index: number): number {
  const next = role(scan, skip(scan, index, 'the'), 'next');
  return next === -1 ? index : next;
}

/** "in two weeks' time". */
export function timely(scan: Scan, index: number): number {
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

/** "first monday of september", "last friday of november 2027": one day. */
function readPlaced(scan: Scan, index: number): Found<Day> | null {
  const named = readWeekdayOfMonth(scan, index);
  if (named === null) return null;
  const { month, nth, weekday, year: known } = named.value;
  const said = known === null ? readYear(scan, named.next) : { value: known, next: named.next };
  const inYear = (year: number): DayNumber => {
    const first = dayNumber(year, month, 1);
    const after = addMonths(first, 1);
    if (nth < 0) return after - 1 - ((weekdayOf(after - 1) - weekday + 7) % 7);
    const day = first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
    return day < after ? day : Number.NaN;
  };
  const { year } = civil(scan.today);
  const day = said === null && inYear(year) < scan.today ? inYear(year + 1) : inYear(said?.value ?? year);
  const far = Math.abs((said?.value ?? year) - year) > HORIZON_YEARS;
  return { value: far || Number.isNaN(day) ? fault('impossible') : plain(day), next: said?.next ?? named.next };
}

function readRelative(scan: Scan, index: number): Found<Day> | null {
  const named = meaning(scan, index, 'day');
  if (named !== null) {
    const { n } = named.lexeme;
    // "tomorrow week"
    const week = meaning(scan, named.next, 'unit')?.lexeme.unit === 'week' && wordAt(scan, named.next) === 'week';
    if (week && n >= 0 && boundary(scan, named.next + 1, false))
      return { value: plain(scan.today + n + 7), next: named.next + 1 };
    return { value: { ...plain(scan.today + n), today: n === 0 }, next: named.next };
  }
  return null;
}

/** Whether "coming" is what someone does: a word of its own stands before it, and none says that there is something else to do ("ring Mum coming friday"). */
const isComing = (scan: Scan, index: number) =>
  index > scan.begin &&
  !startsTask(scan, scan.begin) &&
  scan.tokens[index - 1]?.kind === 'word' &&
  (scan.meant[index - 1] ?? []).length === 0;

/** Minutes of "monday fortnight". */
const FORTNIGHT = 20_160;

/** Longest abbreviation of a weekday, "thurs": its dot belongs to it. */
const LONGEST_SHORT = 5;

function readWeekday(scan: Scan, index: number): Found<Day> | null {
  let at = skip(scan, index, 'the');
  const next = role(scan, at, 'next');
  const here = next === -1 ? role(scan, at, 'this') : -1;
  const coming = next === -1 && here === -1 ? role(scan, at, 'coming') : -1;
  const last = next === -1 && here === -1 && coming === -1 ? role(scan, at, 'last') : -1;
  const qualified = Math.max(next, here, coming, last);
  if (qualified === -1 && at !== index) return null;
  // "the plumber is coming friday"
  if (coming !== -1 && at === index && wordAt(scan, index) === 'coming' && isComing(scan, index)) return null;
  if (qualified !== -1) at = here === -1 ? qualified : skip(scan, here, 'coming');
  const weekday = meaning(scan, at, 'weekday');
  if (weekday === null || weekday.lexeme.plural) return null;
  let end = weekday.next;
  const dot = wordAt(scan, at).length <= LONGEST_SHORT ? mark(scan, end, '.', true) : -1;
  if (dot !== -1 && !wordAt(scan, at).startsWith('сред')) end = dot;
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
  if (meaning(scan, end, 'span')?.lexeme.minutes === FORTNIGHT) return { value: plain(coming1 + 14), next: end + 1 };
  const span = wordAt(scan, end) === 'через' ? readSpan(scan, end + 1, true) : null;
  const weeks = span === null ? 0 : wholeWeeks(span.value);
  if (span !== null && weeks > 0) return { value: inWeeks(scan, n, weeks), next: span.next };
  const of = skip(scan, end, 'of', 'on', 'in');
  const following = anyRole(scan, of, 'next', 'this');
  const unit = following === -1 ? null : meaning(scan, following, 'unit');
  if (unit?.lexeme.unit === 'week') {
    const inNext = role(scan, of, 'next') !== -1;
    return { value: inNext ? plain(nextWeek) : plain(nextWeek - 7), next: unit.next };
  }
  return { value: { ...plain(coming1), sameDay: ahead === 0 ? scan.today : null, weekday: n }, next: end };
}
