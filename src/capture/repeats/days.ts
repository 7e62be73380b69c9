/** Which days a recurrence falls on, as said behind it: "on mon,thu", "on the 31st", "on the first monday", "in march", and as our own words have it: "каждый месяц: вторая среда в мае". */
import { isShort, weekdayCode } from '../../core/recurrence/terms.ts';
import type { Found, Repeat } from '../pieces.ts';
import { boundary } from '../rules/context.ts';
import { placeAt, readDayList, readMonthDays, separator, WEEKEND, WORKDAYS } from '../rules/lists.ts';
import { anyRole, mark, meaning, ordinal, role, type Scan, skip, wordAt } from '../scan.ts';
import { readPlaces } from './nth.ts';
import { withYearDay, withYearWeekday } from './yearly.ts';

/** "on mon,thu", "on the 31st", "on the first monday", "in march", "on 5 march". */
export function withDays(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.days.length > 0 || value.monthDays.length > 0 || value.months.length > 0) return null;
  const listed = behindColon(scan, value, index);
  if (listed !== null) return listed;
  // "rent monthly by the 5th", "taxes yearly by april 15"
  const by = /^(?:MONTHLY|YEARLY)$/.test(value.freq) && wordAt(scan, index) === 'by' ? index + 1 : -1;
  const plural = Math.max(by, role(scan, index, 'plural'));
  const led = plural === -1 ? anyRole(scan, index, 'on', 'in') : plural;
  const at = skip(scan, led === -1 ? index : led, 'the', 'a');
  if (isShort(value.freq)) {
    const within = led === -1 ? null : readDaySet(scan, at);
    if (within !== null) return { value: { ...value, days: within.value }, next: within.next };
    const list = led === -1 ? null : readDayList(scan, at);
    return list === null ? null : { value: { ...value, days: list.value }, next: list.next };
  }
  const parted = value.minutes.length > 0 || value.clocks.length > 0;
  if (value.freq === 'WEEKLY' || (value.freq === 'DAILY' && parted && led !== -1)) {
    const several = readDayList(scan, at);
    // "every morning at 7 on mondays", where one on Monday may be left out or meant.
    const list =
      value.clocks.length > 0 &&
      value.freq === 'DAILY' &&
      several?.value.length === 1 &&
      plural === -1 &&
      meaning(scan, at, 'weekday')?.lexeme.plural !== true
        ? null
        : several;
    // "biweekly on wednesday" names the one day, so it is not twice a week.
    if (list !== null) return { value: { ...value, freq: 'WEEKLY', days: list.value, either: null }, next: list.next };
    const set = led === -1 ? null : readDaySet(scan, at);
    // "раз в две недели на выходных" is one day of them or both.
    const both = set?.value !== WEEKEND || plural !== -1 || wordAt(scan, at) === 'weekends';
    return set !== null && both
      ? { value: { ...value, freq: 'WEEKLY', days: set.value, either: null }, next: set.next }
      : null;
  }
  if (value.freq === 'MONTHLY') {
    const placed = readPlaced(scan, at);
    if (placed !== null) return { value: { ...value, days: placed.value }, next: placed.next };
    const nth = placeAt(scan, at);
    const unit = nth === null ? null : meaning(scan, nth.next, 'unit');
    if (nth !== null && unit?.lexeme.unit === 'workday')
      return { value: { ...value, days: WORKDAYS, setPos: nth.n }, next: unit.next };
    // "on the first weekend day"
    if (nth !== null && unit?.lexeme.unit === 'weekend' && wordAt(scan, unit.next) === 'day')
      return { value: { ...value, days: WEEKEND, setPos: nth.n }, next: unit.next + 1 };
    if (nth !== null && unit?.lexeme.unit === 'day')
      return { value: { ...value, monthDays: [nth.n] }, next: unit.next };
    // "on day 5", "on 15"
    const dayWord = meaning(scan, at, 'unit')?.lexeme.unit === 'day' ? at + 1 : at;
    const numbers = dayWord > at || led !== -1 ? readNumbers(scan, dayWord) : null;
    if (numbers !== null) return { value: { ...value, monthDays: numbers.value, either: null }, next: numbers.next };
    // "ежемесячно последнего числа"
    const end = meaning(scan, at, 'endOf');
    if (end?.lexeme.unit === 'month') return { value: { ...value, monthDays: [-1] }, next: end.next };
    // "каждый месяц двадцать пятого"
    const spelt = /[оеь]го$/.test(wordAt(scan, (ordinal(scan, at)?.next ?? 0) - 1)) ? ordinal(scan, at) : null;
    if (spelt !== null && meaning(scan, spelt.next, 'unit') === null && role(scan, spelt.next, 'number') === -1)
      return { value: { ...value, monthDays: [spelt.n], either: null }, next: spelt.next };
    const days = readMonthDays(scan, at);
    // "every month 10" is no date, "every month the 10th" and "каждый месяц 10-го" are.
    const marked = days !== null && (led !== -1 || days.next - at > 1);
    return marked ? { value: { ...value, monthDays: days.value, either: null }, next: days.next } : null;
  }
  return value.freq === 'YEARLY' ? (withYearWeekday(scan, value, at) ?? withYearDay(scan, value, at)) : null;
}

/** "15", "5 and 20": days of the month by bare numbers, where "on" stands before them. */
function readNumbers(scan: Scan, index: number): Found<number[]> | null {
  const days: number[] = [];
  let at = index;
  let next = -1;
  while (at !== -1 && days.length < 10) {
    const token = scan.tokens[at];
    if (token?.kind !== 'number' || !(token.value >= 1 && token.value <= 31)) break;
    days.push(token.value);
    next = at + 1;
    at = separator(scan, next);
  }
  return next === -1 || !boundary(scan, next, false) ? null : { value: days, next };
}

/** "каждые 2 недели: пн, чт", "каждый месяц: вторая среда", "каждый час: будни": a colon leads to them as "on" does, where they are all that stands there. */
function behindColon(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const at = mark(scan, index, ':', true);
  if (at === -1) return null;
  const yearly = value.freq === 'YEARLY' || value.freq === 'MONTHLY';
  const places = yearly ? readPlaced(scan, at) : null;
  const nth = yearly ? placeAt(scan, at) : null;
  const set = nth === null ? null : readDaySet(scan, nth.next);
  if (nth !== null && set !== null && boundary(scan, set.next, true))
    return { value: { ...value, days: set.value, setPos: nth.n }, next: set.next };
  const found = places ?? (value.freq === 'DAILY' ? null : (readDayList(scan, at) ?? readDaySet(scan, at)));
  if (found === null || !boundary(scan, found.next, true)) return null;
  const dated = { value: { ...value, days: found.value, either: null }, next: found.next };
  // The second wednesday of a year is nobody's: its month must follow.
  return value.freq === 'YEARLY' ? withMonths(scan, dated.value, dated.next) : dated;
}

/** "будни", "weekends": the days of a week by one word. */
function readDaySet(scan: Scan, index: number): Found<string[]> | null {
  const unit = meaning(scan, index, 'unit');
  if (unit?.lexeme.unit === 'workday') return { value: WORKDAYS, next: unit.next };
  if (wordAt(scan, index) === 'выходной') return { value: WEEKEND, next: index + 1 };
  return unit?.lexeme.unit === 'weekend' ? { value: WEEKEND, next: unit.next } : null;
}

/** "first and third monday", "second monday, fourth monday": weekdays by their place in the month. */
function readPlaced(scan: Scan, index: number): Found<string[]> | null {
  const days: string[] = [];
  let at = index;
  let next = -1;
  while (at !== -1 && days.length < 10) {
    const places = readPlaces(scan, at);
    const weekday = places === null ? null : meaning(scan, places.next, 'weekday');
    if (places === null || weekday === null) break;
    days.push(...places.all.map((place) => `${place}${weekdayCode(weekday.lexeme.n)}`));
    next = weekday.next;
    const joined = separator(scan, next);
    at = joined === -1 ? -1 : skip(scan, joined, 'the');
  }
  return next === -1 ? null : { value: days, next };
}

/** "every month on the 9th in Jul, Aug", "каждый год: вторая среда в мае": only in those months. */
export function withMonths(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const dated = value.days.length + value.monthDays.length > 0;
  const yearly = value.freq === 'YEARLY';
  const monthly = yearly || value.freq === 'MONTHLY';
  const often = value.freq === 'DAILY' || (value.freq === 'WEEKLY' && dated);
  if (!(monthly || often) || value.months.length > (yearly && value.monthDays.length === 0 ? 1 : 0)) return null;
  // "every year in Jan, Apr", "on the first monday in Jan, Apr": the first of them is read with the year.
  const begun = value.months.length > 0;
  const led = begun ? separator(scan, index) : role(scan, index, 'in');
  const months: number[] = [...value.months];
  let next = -1;
  for (let at = led; at !== -1 && months.length < 12; at = separator(scan, next)) {
    const month = meaning(scan, at, 'month');
    // "in may 5" is a day of its own.
    if (month === null || scan.tokens[month.next]?.kind === 'number') break;
    months.push(month.lexeme.n);
    next = month.next;
  }
  // "every friday in may" may be this May's.
  if (next === -1 || !((monthly && dated) || months.length > 1)) return null;
  return { value: { ...value, months: [...new Set(months)].sort((a, b) => a - b) }, next };
}

/** "каждый месяц 29-го (или последнего) числа", "on the 31st (where there is one)": what is meant where the month is shorter. The day says the first by itself. */
export function withClamp(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const open = value.monthDays.some((day) => day > 28) ? mark(scan, index, '(') : -1;
  if (open === -1) return null;
  const or = value.monthDays.length === 1 ? role(scan, open, 'or') : -1;
  const last = or === -1 ? -1 : role(scan, skip(scan, or, 'the'), 'last');
  const unit = last === -1 ? null : meaning(scan, last, 'unit');
  const clamped = last === -1 ? -1 : mark(scan, unit?.lexeme.unit === 'day' ? unit.next : last, ')');
  if (clamped !== -1) return { value, next: skip(scan, clamped, 'number') };
  const words = Array.from({ length: 4 }, (_, place) => wordAt(scan, open + place)).join(' ');
  const only = /^(?:где оно есть|где они есть|where there is) ?/.exec(words)?.[0] ?? '';
  const closed = only === '' ? -1 : mark(scan, open + (only.startsWith('где') ? 3 : 4), ')');
  const written = { weekStart: null, rule: null };
  return closed === -1 ? null : { value: { ...value, written }, next: skip(scan, closed, 'number') };
}
