/** Recurrences: "every 2 weeks on mon,thu", "first monday of the month", "по будням", with what may be said after them. */
import type { Found, Repeat } from '../pieces.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import type { Part, Unit } from '../words/lexeme.ts';
import { readDayList, readMonthDays, separator, WEEKEND, WORKDAYS } from './lists.ts';
import { make, readNth, readNthWeekday, readOfMonth } from './nth.ts';
import { readRefinements } from './refine.ts';
import { readSpan } from './span.ts';

/** A recurrence beginning at `index`, with all that refines it. */
export function readRepeat(scan: Scan, index: number): Found<Repeat> | null {
  const begun =
    readEvery(scan, index) ??
    readOneWord(scan, index) ??
    readPlural(scan, index) ??
    readRate(scan, index) ??
    readEveryOther(scan, index) ??
    readAfterwards(scan, index) ??
    readNth(scan, index);
  return begun === null ? null : readRefinements(scan, begun);
}

/** The recurrence of one unit ("every 3 weeks"). */
function ofUnit(unit: Unit, interval: number): Repeat | null {
  switch (unit) {
    case 'second':
      return null;
    case 'minute':
      return make('MINUTELY', interval);
    case 'hour':
      return make('HOURLY', interval);
    case 'day':
      return make('DAILY', interval);
    case 'workday':
      return interval === 1 ? make('WEEKLY', 1, { days: WORKDAYS }) : null;
    case 'week':
      return make('WEEKLY', interval);
    case 'weekend':
      return make('WEEKLY', interval, { days: interval === 1 ? WEEKEND : ['SA'] });
    case 'month':
      return make('MONTHLY', interval);
    case 'quarter':
      return make('MONTHLY', 3 * interval);
    case 'year':
      return make('YEARLY', interval);
  }
}

function readEvery(scan: Scan, index: number): Found<Repeat> | null {
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
  return (
    readYearDay(scan, index) ??
    readNthWeekday(scan, index, true) ??
    readEveryMonthDay(scan, index) ??
    readEveryDays(scan, index) ??
    readEveryUnit(scan, index)
  );
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
  const value = ofUnit(unit.lexeme.unit, interval);
  return value === null ? null : { value, next: unit.next };
}

/** "every half hour", "every fortnight", "раз в полгода": a length told by one word. */
function readLength(scan: Scan, index: number): Found<Repeat> | null {
  const span = meaning(scan, index, 'span');
  if (span === null) return null;
  const { minutes, months = 0 } = span.lexeme;
  if (months > 0) return { value: make('MONTHLY', months), next: span.next };
  if (minutes % 10_080 === 0) return { value: make('WEEKLY', minutes / 10_080), next: span.next };
  return minutes < 1440 ? { value: make('MINUTELY', minutes), next: span.next } : null;
}

/** "3 days after I finish", "через неделю после выполнения": counted from completion. */
function readAfterwards(scan: Scan, index: number): Found<Repeat> | null {
  const hence = role(scan, index, 'hence');
  const span = readSpan(scan, hence === -1 ? index : hence, hence !== -1);
  if (span === null || role(scan, span.next, 'finish') === -1) return null;
  const { months, days, workdays, ms } = span.value;
  const kinds = [months, days, workdays, ms].filter((amount) => amount > 0).length;
  if (kinds !== 1 || workdays > 0) return null;
  const value =
    months > 0
      ? months % 12 === 0
        ? make('YEARLY', months / 12)
        : make('MONTHLY', months)
      : days > 0
        ? days % 7 === 0
          ? make('WEEKLY', days / 7)
          : make('DAILY', days)
        : ms % 3_600_000 === 0
          ? make('HOURLY', ms / 3_600_000)
          : make('MINUTELY', Math.round(ms / 60_000));
  return value.interval > 999 || value.interval < 1 ? null : { value, next: span.next };
}

/** "every 5th", "every 5th of the month", "каждое 5 число", "every month on the 31st" (the last by refinement). */
function readEveryMonthDay(scan: Scan, index: number): Found<Repeat> | null {
  const days = readMonthDays(scan, index);
  if (days === null) return null;
  const month = readOfMonth(scan, days.next, true);
  return { value: make('MONTHLY', month?.interval ?? 1, { monthDays: days.value }), next: month?.next ?? days.next };
}

/** "every 5 march", "every march 5th", "every january": once a year. */
function readYearDay(scan: Scan, index: number): Found<Repeat> | null {
  const month = meaning(scan, index, 'month');
  if (month !== null) {
    const at = skip(scan, skip(scan, month.next, 'on'), 'the');
    const day = ordinal(scan, at) ?? numeral(scan, at);
    const taken = day !== null && day.n >= 1 && day.n <= 31 && mark(scan, day.next, ':', true) === -1;
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

/** "через день" is every other day, or the day after tomorrow: asked; "через неделю по вторникам" is every other week. */
function readEveryOther(scan: Scan, index: number): Found<Repeat> | null {
  if (wordAt(scan, index) === 'через' && wordAt(scan, index + 1) === 'неделю') {
    const days = role(scan, index + 2, 'plural') === -1 ? null : readPlural(scan, index + 2);
    return days?.value.freq === 'WEEKLY' ? { value: { ...days.value, interval: 2 }, next: days.next } : null;
  }
  if (wordAt(scan, index) !== 'через' || wordAt(scan, index + 1) !== 'день') return null;
  return { value: make('DAILY', 2, { orDay: scan.today + 2 }), next: index + 2 };
}

/** "daily", "monthly": adjectives as often as not, so only where nothing follows that they could describe. */
function readOneWord(scan: Scan, index: number): Found<Repeat> | null {
  const word = meaning(scan, index, 'repeat');
  if (word === null) return null;
  const { unit, interval, twice } = word.lexeme.rule;
  const value = ofUnit(unit, interval);
  const often = twice === true ? ofUnit(unit, 1) : null;
  if (value === null) return null;
  return { value: often === null ? value : { ...value, either: { ...often, vague: 2 } }, next: word.next };
}

/** "weekdays", "on mondays and thursdays", "по будням", "по утрам". */
function readPlural(scan: Scan, index: number): Found<Repeat> | null {
  const russian = role(scan, index, 'plural');
  const led = russian === -1 ? anyRole(scan, index, 'on', 'in') : russian;
  const at = led === -1 ? index : led;
  // "по пн и ср" is plural too, only that abbreviations do not show it.
  const list = readDayList(scan, at, russian === -1 || wordAt(scan, at).length > 3);
  if (list !== null) return { value: make('WEEKLY', 1, { days: list.value }), next: list.next };
  // "monday mornings"
  const named = readDayList(scan, at);
  const often = named === null ? null : meaning(scan, named.next, 'part');
  if (named !== null && often?.lexeme.plural === true) {
    const minutes = [scan.parts[often.lexeme.part]];
    return { value: make('WEEKLY', 1, { days: named.value, minutes, part: often.lexeme.part }), next: often.next };
  }
  const unit = meaning(scan, at, 'unit');
  const word = wordAt(scan, at);
  if (
    unit !== null &&
    (russian !== -1 || /^(?:weekdays|workdays|weekends|days)$/.test(lastWord(scan, at, unit.next)))
  ) {
    if (unit.lexeme.unit === 'workday') return { value: make('WEEKLY', 1, { days: WORKDAYS }), next: unit.next };
    if (unit.lexeme.unit === 'weekend') return { value: make('WEEKLY', 1, { days: WEEKEND }), next: unit.next };
  }
  // "weekday mornings"
  const when = unit === null ? null : meaning(scan, unit.next, 'part');
  if (unit !== null && when?.lexeme.plural === true && /^(?:workday|weekend)$/.test(unit.lexeme.unit)) {
    const days = unit.lexeme.unit === 'workday' ? WORKDAYS : WEEKEND;
    const { part } = when.lexeme;
    return { value: make('WEEKLY', 1, { days, minutes: [scan.parts[part]], part }), next: when.next };
  }
  const part = meaning(scan, at, 'part') ?? (role(scan, at, 'the') === -1 ? null : meaning(scan, at + 1, 'part'));
  // "five nights" are counted.
  const counted = led === -1 && wordAt(scan, index - 1) !== '' && numeral(scan, index - 1) !== null;
  if (part?.lexeme.plural === true && part.lexeme.part !== 'tonight' && word !== '' && !counted) {
    return {
      value: make('DAILY', 1, { minutes: [scan.parts[part.lexeme.part]], part: part.lexeme.part }),
      next: part.next,
    };
  }
  return null;
}

function lastWord(scan: Scan, from: number, to: number): string {
  return to - from > 1 ? (wordAt(scan, to - 1) === 'days' ? 'days' : '') : wordAt(scan, from);
}

/** "once a week", "раз в 2 недели"; "twice a week" leaves open which days. */
function readRate(scan: Scan, index: number): Found<Repeat> | null {
  const word = wordAt(scan, index);
  let times = 1;
  let at = index;
  if (word === 'once') at = index + 1;
  else if (word === 'twice' || word === 'thrice') {
    times = word === 'twice' ? 2 : 3;
    at = index + 1;
  } else if (word === 'дважды') {
    times = 2;
    at = index + 1;
  } else if (word === 'раз') at = index + 1;
  else {
    const counted = numeral(scan, index);
    const said = counted === null ? -1 : role(scan, counted.next, 'times');
    if (counted === null || said === -1 || counted.n < 1 || counted.n > 99) return null;
    times = counted.n;
    at = said;
  }
  const every = role(scan, at, 'every');
  // "twice daily"
  const one = every === -1 ? readOneWord(scan, at) : null;
  if (one !== null) return times === 1 ? one : { value: { ...one.value, vague: times, either: null }, next: one.next };
  const within = times === 1 ? /^(?:a|an|per|in|в|за)$/ : /^(?:a|an|per|в|за)$/;
  const per = every === -1 ? (within.test(wordAt(scan, at)) ? at + 1 : -1) : every;
  if (per === -1) return null;
  const length = times === 1 ? readLength(scan, per) : null;
  if (length !== null) return length;
  const counted = numeral(scan, per);
  const unit = meaning(scan, counted?.next ?? per, 'unit');
  if (unit === null) return null;
  const value = ofUnit(unit.lexeme.unit, counted?.n ?? 1);
  if (value === null) return null;
  return { value: times === 1 ? value : { ...value, vague: times }, next: unit.next };
}
