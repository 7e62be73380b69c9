/** Periods: "next week", "in March", "Q3", "this weekend", "end of month", "early June", "last day of november". */
import { addMonths, civil, type DayNumber, dayNumber, startOfWeek, weekdayOf } from '../../core/days.ts';
import type { Found, Meant } from '../pieces.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import type { Grain } from '../types.ts';
import { HORIZON_YEARS, readYear } from './calendar.ts';
import { readMonthEnd, readThatWeek } from './coming.ts';
import { readDay } from './day.ts';

/** A period as the rules handle it, `end` exclusive; `nearer` is an earlier one worth offering. */
interface Stretch {
  start: DayNumber;
  end: DayNumber;
  grain: Grain;
  nearer: { start: DayNumber; end: DayNumber } | null;
}

const whole = (value: Stretch): Meant => ({ k: 'period', ...value });
const stretch = (start: DayNumber, end: DayNumber, grain: Grain): Stretch => ({ start, end, grain, nearer: null });

/** A period beginning at `index`. `introduced`: "in", "by" or the like stands before it, so a bare month is one. */
export function readPeriod(scan: Scan, index: number, introduced: boolean): Found<Meant> | null {
  return (
    readEdge(scan, index) ??
    readWeekOfMonth(scan, index) ??
    readThird(scan, index) ??
    readThatWeek(scan, index) ??
    readMonthEnd(scan, index, introduced) ??
    lift(readStretch(scan, index, introduced))
  );
}

function lift(found: Found<Stretch> | null): Found<Meant> | null {
  return found === null ? null : { value: whole(found.value), next: found.next };
}

/** "end of the month", "eom", "start of next week", "середина марта". */
function readEdge(scan: Scan, index: number): Found<Meant> | null {
  const named = meaning(scan, index, 'endOf');
  if (named !== null && named.lexeme.unit !== 'day') {
    const running = unitAt(scan, named.lexeme.unit, 0);
    return running === null ? null : { value: whole(lastDay(running)), next: named.next };
  }
  const at = skip(scan, index, 'the');
  // "last day of november", "first day of next month"
  const first = ordinal(scan, at)?.n === 1 ? (ordinal(scan, at)?.next ?? -1) : -1;
  const dayWord = meaning(scan, Math.max(first, role(scan, at, 'last')), 'unit');
  if (dayWord?.lexeme.unit === 'day') {
    const of = /^д/.test(wordAt(scan, dayWord.next - 1)) ? dayWord.next : role(scan, dayWord.next, 'of');
    const named = of === -1 ? null : (readRunning(scan, skip(scan, of, 'the')) ?? readStretch(scan, of, true));
    if (named === null) return null;
    const day = first === -1 ? named.value.end - 1 : named.value.start;
    return { value: span(day, day), next: named.next };
  }
  const half = ordinal(scan, at);
  const halved = half === null || half.n > 2 ? -1 : role(scan, half.next, 'half');
  const within = skip(scan, skip(scan, halved, 'of'), 'the');
  const halves = halved === -1 ? null : (readRunning(scan, within) ?? readStretch(scan, within, true));
  if (halves !== null) return { value: whole(halfOf(halves.value, half?.n === 1)), next: halves.next };
  const edge = (['end', 'start', 'middle'] as const).find((one) => role(scan, at, one) !== -1);
  if (edge === undefined) return null;
  const of = skip(scan, skip(scan, at + 1, 'of'), 'the');
  const bare = readRunning(scan, of);
  const found = bare ?? readStretch(scan, of, true);
  if (found === null) return null;
  if (edge === 'end') return { value: whole(lastDay(found.value)), next: found.next };
  const which = edge === 'middle' ? 1 : 0;
  const value = third(found.value, which);
  if (value.end > scan.today) return { value: whole(value), next: found.next };
  // "start of the month" in its middle means the coming one.
  const following = bare === null ? null : unitAt(scan, found.value.grain, 1);
  return { value: whole(following === null ? value : third(following, which)), next: found.next };
}

/** "first half of december"; "first week of december": its first seven days, or the week of the calendar that holds them, to be asked. */
function readWeekOfMonth(scan: Scan, index: number): Found<Meant> | null {
  const at = skip(scan, index, 'the');
  const last = role(scan, at, 'last');
  const nth = last === -1 ? ordinal(scan, at) : { n: -1, next: last };
  if (nth === null) return null;
  const halved = role(scan, nth.next, 'half');
  const week = halved === -1 ? meaning(scan, nth.next, 'unit') : null;
  const of = halved === -1 ? (week?.lexeme.unit === 'week' ? ofAt(scan, week.next) : -1) : role(scan, halved, 'of');
  const found =
    of === -1 ? null : (readRunning(scan, skip(scan, of, 'the')) ?? readStretch(scan, skip(scan, of, 'the'), true));
  if (found === null || found.value.end - found.value.start < 28 || nth.n > (halved === -1 ? 5 : 2)) return null;
  const { start, end, grain } = found.value;
  if (halved !== -1) {
    const middle = grain === 'month' ? start + 15 : start + Math.floor((end - start) / 2);
    const half = nth.n === 1 ? stretch(start, middle, 'week') : stretch(middle, end, 'week');
    return { value: whole(half), next: found.next };
  }
  if (grain !== 'month') return null;
  const days = nth.n === -1 ? end - 7 : start + 7 * (nth.n - 1);
  const monday =
    startOfWeek(nth.n === -1 ? end - 1 : start, scan.context.weekStart ?? 'monday') + 7 * Math.max(0, nth.n - 1);
  const counted = { start: days, end: days + 7, grain: 'week' as const };
  const choices = days === monday ? [counted] : [counted, { start: monday, end: monday + 7, grain: 'week' as const }];
  return { value: { k: 'periods', choices }, next: found.next };
}

/** Index after "of", which Russian does without. */
const ofAt = (scan: Scan, index: number) =>
  /^[а-я]{2}/.test(wordAt(scan, index)) ? index : anyRole(scan, index, 'of', 'in');

/** The running week, month, quarter or year, named by its unit alone. */
function readRunning(scan: Scan, index: number): Found<Stretch> | null {
  const unit = readQuarter(scan, index) === null ? meaning(scan, index, 'unit') : null;
  if (unit === null || !/^(?:week|month|quarter|year)$/.test(unit.lexeme.unit)) return null;
  return found(unitAt(scan, unit.lexeme.unit, 0), unit.next);
}

/** "first half of december": a month's second half begins with its 16th day; anything else is cut in the middle. */
const halfOf = ({ start, end, grain }: Stretch, first: boolean): Stretch => {
  const middle = start + (grain === 'month' ? 15 : Math.round((end - start) / 2));
  return first ? stretch(start, middle, 'week') : stretch(middle, end, 'week');
};

function lastDay(of: Stretch): Stretch {
  return stretch(of.end - 1, of.end, 'day');
}

function readThird(scan: Scan, index: number): Found<Meant> | null {
  if (anyRole(scan, index, 'early', 'mid', 'late') === -1) return null;
  const thirds = [role(scan, index, 'early'), role(scan, index, 'mid'), role(scan, index, 'late')];
  const which = thirds.findIndex((next) => next !== -1);
  const next = thirds[which];
  if (next === undefined) return null;
  const hyphen = mark(scan, next, '-', true);
  const at = skip(scan, hyphen === -1 ? next : hyphen, 'in');
  const found = readStretch(scan, at, true);
  if (found === null || found.value.end - found.value.start < 7) return null;
  let value = third(found.value, which);
  // "early november" late in November is next year's.
  if (value.end <= scan.today && meaning(scan, at, 'month') !== null) {
    const { year, month } = civil(found.value.start);
    value = third(monthOf(year + 1, month), which);
  }
  return { value: whole(value), next: found.next };
}

function third(of: Stretch, which: number): Stretch {
  const length = of.end - of.start;
  const cut = (n: number) => of.start + Math.round((length * n) / 3 - (of.grain === 'month' ? 0.4 : 0));
  return stretch(
    which === 0 ? of.start : cut(which),
    which === 2 ? of.end : cut(which + 1),
    of.grain === 'week' ? 'day' : 'week',
  );
}

/** A month of the calendar. */
export function monthOf(year: number, month: number): Stretch {
  const start = dayNumber(year, month, 1);
  return stretch(start, addMonths(start, 1), 'month');
}

type PeriodUnit = 'week' | 'weekend' | 'month' | 'quarter' | 'year';

/** The period of a unit that lies `ahead` of the running one. */
function unitAt(scan: Scan, unit: string, ahead: number): Stretch | null {
  const { year, month } = civil(scan.today);
  switch (unit) {
    case 'week': {
      const start = startOfWeek(scan.today, scan.context.weekStart ?? 'monday') + 7 * ahead;
      return stretch(start, start + 7, 'week');
    }
    case 'weekend': {
      // On Sunday "this weekend" is the one that is ending.
      const saturday = weekdayOf(scan.today) === 7 ? scan.today - 1 : scan.today + 6 - weekdayOf(scan.today);
      return stretch(saturday + 7 * ahead, saturday + 7 * ahead + 2, 'day');
    }
    case 'month': {
      const start = addMonths(dayNumber(year, month, 1), ahead);
      return stretch(start, addMonths(start, 1), 'month');
    }
    case 'quarter': {
      const start = addMonths(dayNumber(year, month - ((month - 1) % 3), 1), 3 * ahead);
      return stretch(start, addMonths(start, 3), 'quarter');
    }
    case 'year':
      return stretch(dayNumber(year + ahead, 1, 1), dayNumber(year + ahead + 1, 1, 1), 'year');
    default:
      return null;
  }
}

const isPeriodUnit = (unit: string): unit is PeriodUnit =>
  unit === 'week' || unit === 'weekend' || unit === 'month' || unit === 'quarter' || unit === 'year';

function readStretch(scan: Scan, index: number, introduced: boolean): Found<Stretch> | null {
  return (
    readQualified(scan, index) ??
    readMonth(scan, index, introduced) ??
    readQuarter(scan, index) ??
    readBareYear(scan, index, introduced)
  );
}

function readQualified(scan: Scan, index: number): Found<Stretch> | null {
  let at = skip(scan, index, 'the');
  const commencing = role(scan, at, 'weekOf');
  const begun = commencing === -1 ? null : readDay(scan, skip(scan, skip(scan, commencing, 'on'), 'the'));
  if (begun?.value.k === 'date' && begun.value.days[0] !== undefined)
    return { value: weekOf(scan, begun.value.days[0]), next: begun.next };
  const next = anyRole(scan, at, 'next', 'coming');
  const here = role(scan, at, 'this');
  const last = role(scan, at, 'last');
  const qualified = Math.max(next, here, last);
  if (qualified === -1) {
    const alone = meaning(scan, at, 'unit');
    if (alone === null) return null;
    const after = role(scan, alone.next, 'after');
    const following = after === -1 ? -1 : role(scan, after, 'next');
    if (following !== -1 && isPeriodUnit(alone.lexeme.unit))
      return found(unitAt(scan, alone.lexeme.unit, 2), following);
    if (alone.lexeme.unit === 'weekend') return found(unitAt(scan, 'weekend', 0), alone.next);
    const of = role(scan, alone.next, 'of');
    const day = alone.lexeme.unit === 'week' && of !== -1 ? readDay(scan, skip(scan, of, 'the')) : null;
    if (day?.value.k !== 'date' || day.value.days[0] === undefined) return null;
    return { value: weekOf(scan, day.value.days[0]), next: day.next };
  }
  at = qualified;
  const unit = meaning(scan, at, 'unit');
  if (unit === null || !isPeriodUnit(unit.lexeme.unit)) return null;
  // "the coming weekend" is the nearest one.
  const nearest = unit.lexeme.unit === 'weekend' && role(scan, index, 'coming') !== -1 && weekdayOf(scan.today) < 6;
  const ahead = next !== -1 ? (nearest ? 0 : 1) : here !== -1 ? 0 : -1;
  const value = unitAt(scan, unit.lexeme.unit, nextWeekend(scan, unit.lexeme.unit, ahead));
  if (value !== null && unit.lexeme.unit === 'weekend' && next !== -1) {
    const nearer = unitAt(scan, 'weekend', 0);
    if (nearer !== null && nearer.start < value.start && nearer.start > scan.today) value.nearer = nearer;
  }
  return found(value, unit.next);
}

function weekOf(scan: Scan, day: DayNumber): Stretch {
  const start = startOfWeek(day, scan.context.weekStart ?? 'monday');
  return stretch(start, start + 7, 'week');
}

/** On a Sunday that begins a week, Saturday's week is the one before: "next weekend" is then two Saturdays on. */
function nextWeekend(scan: Scan, unit: string, ahead: number): number {
  return unit === 'weekend' && ahead === 1 && scan.weekStart === 7 && weekdayOf(scan.today) === 7 ? 2 : ahead;
}

function found(value: Stretch | null, next: number): Found<Stretch> | null {
  return value === null ? null : { value, next };
}

function readMonth(scan: Scan, index: number, introduced: boolean): Found<Stretch> | null {
  const qualifier = anyRole(scan, index, 'next', 'this', 'coming');
  const month = meaning(scan, qualifier === -1 ? index : qualifier, 'month');
  if (month === null) return null;
  const { year: thisYear, month: thisMonth } = civil(scan.today);
  const said = readYear(scan, month.next);
  if (said !== null)
    return said.value > thisYear + HORIZON_YEARS
      ? null
      : { value: monthOf(said.value, month.lexeme.n), next: said.next };
  if (!introduced && qualifier === -1) return null;
  const { n } = month.lexeme;
  const coming = monthOf(n < thisMonth ? thisYear + 1 : thisYear, n);
  if (role(scan, index, 'next') !== -1 && n >= thisMonth) {
    return { value: n === thisMonth ? monthOf(thisYear + 1, n) : coming, next: month.next };
  }
  return { value: coming, next: month.next };
}

function readQuarter(scan: Scan, index: number): Found<Stretch> | null {
  let n = 0;
  let next = index;
  if (wordAt(scan, index) === 'q' && scan.tokens[index + 1]?.kind === 'number' && touches(scan, index + 1)) {
    n = scan.tokens[index + 1]?.value ?? 0;
    next = index + 2;
  } else {
    const counted = ordinal(scan, index) ?? (numeral(scan, index)?.digits === 1 ? numeral(scan, index) : null);
    const unit = counted === null ? null : meaning(scan, counted.next, 'unit');
    if (counted === null || unit?.lexeme.unit !== 'quarter') return null;
    n = counted.n;
    next = unit.next;
  }
  if (!(n >= 1 && n <= 4)) return null;
  const { year, month } = civil(scan.today);
  const said = readYear(scan, skip(scan, next, 'of'));
  const start = dayNumber(said?.value ?? (n * 3 < month ? year + 1 : year), n * 3 - 2, 1);
  return { value: stretch(start, addMonths(start, 3), 'quarter'), next: said?.next ?? next };
}

function readBareYear(scan: Scan, index: number, introduced: boolean): Found<Stretch> | null {
  const year = introduced ? readYear(scan, index) : null;
  const thisYear = civil(scan.today).year;
  if (year === null || year.value < thisYear || year.value > thisYear + HORIZON_YEARS) return null;
  return { value: stretch(dayNumber(year.value, 1, 1), dayNumber(year.value + 1, 1, 1), 'year'), next: year.next };
}

/** The days from one to another, the last included. */
export function span(first: DayNumber, last: DayNumber): Meant {
  return whole(stretch(first, last + 1, 'day'));
}
