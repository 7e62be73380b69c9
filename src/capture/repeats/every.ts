/** Recurrences with "every": "every 2 weeks", "every other tuesday", "every 5th of the month", "каждое утро". */
import type { Found, Repeat } from '../pieces.ts';
import { beginsClause, boundary } from '../rules/context.ts';
import { yearlyFeast } from '../rules/feasts.ts';
import { readDayList, readMonthDays, readWeekdayOfMonth, separator } from '../rules/lists.ts';
import { readSpan } from '../rules/span.ts';
import { mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import type { Part } from '../words/lexeme.ts';
import { readNthWeekday, readOfMonth } from './nth.ts';
import { make, ofUnit } from './units.ts';

/** A recurrence that "every" begins; "every!" counts from completion. */
export function readEvery(scan: Scan, index: number): Found<Repeat> | null {
  let at = role(scan, index, 'every');
  if (at === -1) return null;
  const bang = mark(scan, at, '!', true);
  const basis = bang === -1 ? 'schedule' : 'completion';
  if (bang !== -1) at = bang;
  at = skip(scan, at, 'the');
  const found = readEveryWhat(scan, at);
  return found === null ? null : { value: { ...found.value, basis }, next: found.next };
}

function readEveryWhat(scan: Scan, index: number): Found<Repeat> | null {
  const end = meaning(scan, index, 'endOf');
  // "every month end"
  if (end?.lexeme.unit === 'month') return { value: make('MONTHLY', 1, { monthDays: [-1] }), next: end.next };
  return (
    readYearDay(scan, index) ??
    readPlacedYearly(scan, index) ??
    readNthWeekday(scan, index, true) ??
    readEveryMonthDay(scan, index) ??
    readEveryDays(scan, index) ??
    readEveryUnit(scan, index)
  );
}

/** "every 4th thursday in november", "every last friday of may": once a year. "Every second monday in may" may be every other one. */
function readPlacedYearly(scan: Scan, index: number): Found<Repeat> | null {
  const named = readWeekdayOfMonth(scan, index);
  if (named === null || named.value.year !== null || named.value.nth === 2) return null;
  const { month, nth, day } = named.value;
  return { value: make('YEARLY', 1, { months: [month], days: [`${nth}${day}`] }), next: named.next };
}

/** "every other tuesday" and "every second friday" are every two weeks; "every third monday" may mean the month's third and is asked. */
function readEveryDays(scan: Scan, index: number): Found<Repeat> | null {
  const other = role(scan, index, 'other');
  const nth = other === -1 ? ordinal(scan, index) : { n: 2, next: other };
  // "every 2 saturdays"
  const counted = nth === null ? numeral(scan, index) : null;
  const weeks = counted === null || counted.n < 1 || counted.n > 99 ? null : readDayList(scan, counted.next);
  if (counted !== null && weeks !== null)
    return { value: make('WEEKLY', counted.n, { days: weeks.value }), next: weeks.next };
  const list = readDayList(scan, nth?.next ?? index);
  if (list !== null) {
    const interval = nth?.n ?? 1;
    if (interval > 5) return null;
    const monthly = make('MONTHLY', 1, { days: list.value.map((day) => `${interval}${day}`) });
    if (nth !== null && interval === 1) return { value: monthly, next: list.next };
    return {
      value: make('WEEKLY', interval, { days: list.value, either: interval > 2 ? monthly : null }),
      next: list.next,
    };
  }
  return readEveryParts(scan, nth?.next ?? index, nth?.n ?? 1);
}

/** "every morning", "every other evening", "every morning and evening". */
function readEveryParts(scan: Scan, index: number, interval: number): Found<Repeat> | null {
  const parts: Part[] = [];
  let at = index;
  let next = -1;
  for (let count = 0; count < 4; count += 1) {
    const part = meaning(scan, at, 'part');
    if (part === null || part.lexeme.part === 'tonight') break;
    parts.push(part.lexeme.part);
    next = part.next;
    at = separator(scan, next);
    if (at === -1) break;
    at = skip(scan, at, 'every');
  }
  const [first] = parts;
  if (first === undefined || next === -1 || interval > 5) return null;
  const minutes = parts.map((part) => scan.parts[part]);
  return { value: make('DAILY', interval, { minutes, part: parts.length === 1 ? first : null }), next };
}

function readEveryUnit(scan: Scan, index: number): Found<Repeat> | null {
  const other = role(scan, index, 'other');
  const nth = other === -1 ? ordinal(scan, index) : { n: 2, next: other };
  const counted = nth ?? numeral(scan, index);
  const interval = counted?.n ?? 1;
  const at = counted?.next ?? index;
  if (interval < 1 || interval > 999) return null;
  const length = counted === null ? readLength(scan, index) : null;
  if (length !== null) return length;
  // "every 1.5 hours", "every hour and a half"
  const span = nth === null ? readSpan(scan, index, true) : null;
  if (span !== null && !span.value.calendar && span.value.ms % 3_600_000 !== 0 && span.value.ms >= 60_000)
    return { value: make('MINUTELY', Math.round(span.value.ms / 60_000)), next: span.next };
  const unit = meaning(scan, at, 'unit');
  if (unit === null) return null;
  const word = wordAt(scan, at);
  if (word.length === 1 && !touches(scan, at)) return null;
  // "every month end"
  const end = unit.lexeme.unit === 'month' ? role(scan, unit.next, 'end') : -1;
  if (end !== -1 && boundary(scan, end, true))
    return { value: make('MONTHLY', interval, { monthDays: [-1] }), next: end };
  const value = ofUnit(unit.lexeme.unit, interval);
  return value === null ? null : { value, next: unit.next };
}

/** "every half hour", "every fortnight", "раз в полгода": a length told by one word. */
export function readLength(scan: Scan, index: number): Found<Repeat> | null {
  const span = meaning(scan, index, 'span');
  if (span === null) return null;
  const { minutes, months = 0 } = span.lexeme;
  if (months > 0 && minutes > 0) return null;
  if (months > 0) return { value: make('MONTHLY', months), next: span.next };
  if (minutes % 10_080 === 0) return { value: make('WEEKLY', minutes / 10_080), next: span.next };
  return minutes < 1440 ? { value: make('MINUTELY', minutes), next: span.next } : null;
}

/** "every 5th", "every 5th of the month", "каждое 5 число", "every month on the 31st" (the last by refinement). */
function readEveryMonthDay(scan: Scan, index: number): Found<Repeat> | null {
  // "каждого пятнадцатого"
  const spelt =
    /[оеь]го$/.test(wordAt(scan, index)) || /[оеь]го$/.test(wordAt(scan, index + 1)) ? ordinal(scan, index) : null;
  const clear = spelt !== null && (spelt.n > 10 || boundary(scan, spelt.next, true));
  const named = clear && meaning(scan, spelt.next, 'unit') === null;
  const days = readMonthDays(scan, index) ?? (named ? { value: [spelt.n], next: spelt.next } : null);
  if (days === null) return null;
  // "check every 5th row"
  const english = /^(?:st|nd|rd|th)$/.test(wordAt(scan, days.next - 1));
  if (english && !boundary(scan, days.next, true) && !beginsClause(scan, index - 1)) return null;
  const month = readOfMonth(scan, days.next, true);
  return { value: make('MONTHLY', month?.interval ?? 1, { monthDays: days.value }), next: month?.next ?? days.next };
}

/** "every 5 march", "every march 5th", "every january", "every christmas eve": once a year. */
function readYearDay(scan: Scan, index: number): Found<Repeat> | null {
  const feast = yearlyFeast(scan, index);
  if (feast !== null && boundary(scan, feast.next, true))
    return { value: make('YEARLY', 1, feast.value), next: feast.next };
  const month = meaning(scan, index, 'month');
  if (month !== null) {
    const at = skip(scan, skip(scan, month.next, 'on'), 'the');
    const day = ordinal(scan, at) ?? numeral(scan, at);
    const taken =
      day !== null &&
      day.n >= 1 &&
      day.n <= 31 &&
      !(mark(scan, day.next, ':', true) !== -1 && touches(scan, day.next + 1));
    return taken
      ? { value: make('YEARLY', 1, { months: [month.lexeme.n], monthDays: [day.n] }), next: day.next }
      : { value: make('YEARLY', 1, { months: [month.lexeme.n] }), next: month.next };
  }
  const day = ordinal(scan, index) ?? numeral(scan, index);
  if (day === null || day.n < 1 || day.n > 31) return null;
  const named = meaning(scan, skip(scan, day.next, 'of'), 'month');
  return named === null
    ? null
    : { value: make('YEARLY', 1, { months: [named.lexeme.n], monthDays: [day.n] }), next: named.next };
}
