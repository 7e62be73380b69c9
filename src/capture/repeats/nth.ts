/** Recurrences by their place in the month: "first monday of the month", "last workday of each quarter", "the end of every month". */
import { addMonths, civil, type DayNumber, dayNumber } from '../../core/days.ts';
import { weekdayCode } from '../../core/recurrence/terms.ts';
import type { Found, Repeat } from '../pieces.ts';
import { placeAt, readMonthDays, readWeekdayOfMonth, separator, WORKDAYS } from '../rules/lists.ts';
import { meaning, numeral, ordinal, role, type Scan, skip } from '../scan.ts';
import type { Unit } from '../words/lexeme.ts';
import { make } from './units.ts';

/** "first monday of the month", "last workday of each quarter", "last day of every month". */
export function readNth(scan: Scan, index: number): Found<Repeat> | null {
  const at = skip(scan, skip(scan, index, 'on', 'at'), 'the');
  const yearly = readYearly(scan, at);
  if (yearly !== null) return yearly;
  const named = readNthWeekday(scan, at, false) ?? readEdgeOfMonth(scan, at);
  if (named !== null) return named;
  const days = readMonthDays(scan, at) ?? bareDays(scan, at);
  if (days === null) return null;
  const month = readOfMonth(scan, days.next, false);
  return month === null || !month.every
    ? null
    : { value: { ...make('MONTHLY', month.interval), monthDays: days.value }, next: month.next };
}

/** "5 и 20 каждого месяца": bare numbers, where "of every month" follows. */
function bareDays(scan: Scan, index: number): Found<number[]> | null {
  const days: number[] = [];
  for (let at = index; days.length < 12; ) {
    const token = scan.tokens[at];
    const fits = token?.kind === 'number' && token.value >= 1 && token.value <= 31 && token.norm.length <= 2;
    if (!fits) return null;
    days.push(token.value);
    if (/^каждого$/.test(scan.tokens[at + 1]?.norm ?? '')) return { value: days, next: at + 1 };
    at = separator(scan, at + 1);
    if (at === -1) return null;
  }
  return null;
}

/** "the end of every month", "в начале каждого месяца": its last or first day. */
function readEdgeOfMonth(scan: Scan, index: number): Found<Repeat> | null {
  // "последнего числа каждого месяца"
  const named = meaning(scan, index, 'endOf');
  const end = named?.lexeme.unit === 'month' ? named.next : role(scan, index, 'end');
  const edge = end === -1 ? role(scan, index, 'start') : end;
  const month = edge === -1 ? null : readOfMonth(scan, edge, false);
  if (month === null || !month.every) return null;
  const monthDays = [end === -1 ? 1 : -1];
  return {
    value: make('MONTHLY', month.interval, { monthDays, ...quarterly(scan, month, monthDays[0] ?? 1) }),
    next: month.next,
  };
}

/** "1st and 3rd", "first and last": places of a weekday in its month. */
export function readPlaces(scan: Scan, index: number): { all: number[]; next: number } | null {
  const all: number[] = [];
  let at = index;
  let next = -1;
  for (let count = 0; count < 5; count += 1) {
    const nth = placeAt(scan, at);
    if (nth === null || nth.n > 5 || nth.n === 0) break;
    all.push(nth.n);
    next = nth.next;
    at = separator(scan, next);
    if (at === -1) break;
    at = skip(scan, at, 'the');
  }
  return next === -1 ? null : { all, next };
}

/** `every` was said before: then the month need not be ("every last friday"). */
export function readNthWeekday(scan: Scan, index: number, every: boolean): Found<Repeat> | null {
  const last = role(scan, index, 'last');
  const places = readPlaces(scan, index);
  const n = places?.all[0];
  if (places === null || n === undefined) return null;
  const nth = { n, next: places.next };
  const several = places.all.length > 1;
  const weekday = meaning(scan, nth.next, 'weekday');
  const unit = weekday === null ? meaning(scan, nth.next, 'unit') : null;
  const after = weekday?.next ?? unit?.next;
  if (after === undefined) return null;
  // "last workday of november" is one day.
  if (unit !== null && meaning(scan, skip(scan, after, 'of', 'in'), 'month') !== null) return null;
  const month = readOfMonth(scan, after, every);
  // "last workday" and "every last friday" speak of the month by themselves; "last friday" is a past day, "every 2nd monday" every other one.
  const implied =
    (last !== -1 && (every || unit?.lexeme.unit === 'workday') && weekdayOrWorkday(weekday, unit)) ||
    (several && every && weekday !== null);
  if ((month === null && !implied) || (several && weekday === null)) return null;
  const interval = month?.interval ?? 1;
  const next = month?.next ?? after;
  if (weekday !== null)
    return {
      value: make('MONTHLY', interval, {
        days: places.all.map((place) => `${place}${weekdayCode(weekday.lexeme.n)}`),
        ...quarterly(scan, month, nth.n),
      }),
      next,
    };
  if (unit?.lexeme.unit === 'workday')
    return {
      value: make('MONTHLY', interval, { days: WORKDAYS, setPos: nth.n, ...quarterly(scan, month, nth.n) }),
      next,
    };
  if (unit?.lexeme.unit === 'day')
    return { value: make('MONTHLY', interval, { monthDays: [nth.n], ...quarterly(scan, month, nth.n) }), next };
  return null;
}

function weekdayOrWorkday(weekday: unknown, unit: { lexeme: { unit: Unit } } | null): boolean {
  return weekday !== null || unit?.lexeme.unit === 'workday';
}

/** "first monday of september every year" */
function readYearly(scan: Scan, index: number): Found<Repeat> | null {
  const named = readWeekdayOfMonth(scan, index);
  if (named === null) return null;
  const every = role(scan, named.next, 'every');
  const word = every === -1 ? meaning(scan, named.next, 'repeat') : null;
  const unit = every === -1 ? null : meaning(scan, every, 'unit');
  if (unit?.lexeme.unit !== 'year' && word?.lexeme.rule.unit !== 'year') return null;
  const { month, nth, day } = named.value;
  return {
    value: make('YEARLY', 1, { months: [month], days: [`${nth}${day}`] }),
    next: unit?.next ?? word?.next ?? named.next,
  };
}

interface Months {
  interval: number;
  /** "every" was said, here or before. */
  every: boolean;
  quarter: boolean;
  next: number;
}

/** The last days of a quarter lie in its third month, the first ones in its first: where a recurrence by quarters begins. */
function quarterly(scan: Scan, months: Months | null, nth: number): { starting?: DayNumber } {
  if (months?.quarter !== true) return {};
  const { year, month } = civil(scan.today);
  const quarter = dayNumber(year, month - ((month - 1) % 3), 1);
  const start = nth < 0 ? addMonths(quarter, 2) : month % 3 === 1 ? quarter : addMonths(quarter, 3);
  return { starting: Math.max(start, scan.today) };
}

/** "of the month", "of every 2nd month", "each month", "in the month", "месяца", "каждого месяца". */
export function readOfMonth(scan: Scan, index: number, every: boolean): Months | null {
  let at = skip(scan, skip(scan, index, 'of', 'in'), 'the', 'a');
  const each = role(scan, at, 'every');
  if (each !== -1) at = skip(scan, each, 'the');
  const other = each === -1 ? -1 : role(scan, at, 'other');
  const counted = other === -1 && each !== -1 ? (ordinal(scan, at) ?? numeral(scan, at)) : null;
  if (other !== -1) at = other;
  else if (counted !== null) at = counted.next;
  const unit = meaning(scan, at, 'unit');
  // "last thursday monthly"
  const rhythm = each === -1 ? meaning(scan, index, 'repeat') : null;
  if (rhythm?.lexeme.rule.unit === 'month' && rhythm.lexeme.rule.twice !== true)
    return {
      interval: rhythm.lexeme.rule.interval,
      every: true,
      quarter: rhythm.lexeme.rule.interval === 3,
      next: rhythm.next,
    };
  if (unit?.lexeme.unit !== 'month' && unit?.lexeme.unit !== 'quarter') return null;
  const factor = unit.lexeme.unit === 'quarter' ? 3 : 1;
  return {
    interval: (other === -1 ? (counted?.n ?? 1) : 2) * factor,
    every: each !== -1 || every,
    quarter: unit.lexeme.unit === 'quarter',
    next: unit.next,
  };
}
