/** Lengths of time: "2 hours", "1h30", "an hour and a half", "3 days", "полтора часа". */
import type { Found } from '../pieces.ts';

import { mark, meaning, numeral, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import type { Grain } from '../types.ts';
import type { Unit } from '../words/lexeme.ts';
import { boundary, cleanEnd } from './context.ts';

export interface Span {
  months: number;
  days: number;
  workdays: number;
  ms: number;
  /** The finest unit said. */
  grain: Grain;
  /** Whether it was said in units of a day and longer only. */
  calendar: boolean;
}

const UNITS: Record<Unit, Omit<Span, 'calendar'> | null> = {
  second: { months: 0, days: 0, workdays: 0, ms: 1000, grain: 'second' },
  minute: { months: 0, days: 0, workdays: 0, ms: 60_000, grain: 'minute' },
  hour: { months: 0, days: 0, workdays: 0, ms: 3_600_000, grain: 'minute' },
  day: { months: 0, days: 1, workdays: 0, ms: 0, grain: 'day' },
  workday: { months: 0, days: 0, workdays: 1, ms: 0, grain: 'day' },
  week: { months: 0, days: 7, workdays: 0, ms: 0, grain: 'day' },
  weekend: null,
  month: { months: 1, days: 0, workdays: 0, ms: 0, grain: 'day' },
  quarter: { months: 3, days: 0, workdays: 0, ms: 0, grain: 'day' },
  year: { months: 12, days: 0, workdays: 0, ms: 0, grain: 'day' },
};

export const FRACTIONS = new Map([
  ['половиной', 0.5],
  ['четвертью', 0.25],
]);

/** A length of time beginning at `index`. A number must be said ("2 hours"), or "a"; in Russian the unit alone is one ("через час"): `lone`. */
export function readSpan(scan: Scan, index: number, lone: boolean): Found<Span> | null {
  const first = readPart(scan, skip(scan, index, 'roughly'), lone);
  if (first === null) return null;
  let { value, next } = first;
  // "an hour and 20"
  const round = value.ms > 0 && value.ms % 3_600_000 === 0 ? roundMinutes(scan, skip(scan, next, 'and')) : null;
  if (round !== null)
    return { value: { ...value, ms: value.ms + round.value * 60_000, grain: 'minute' }, next: round.next };
  // "час с половиной", "час с четвертью"
  const more = wordAt(scan, next) === 'с' ? FRACTIONS.get(wordAt(scan, next + 1)) : undefined;
  const longer = more === undefined ? null : scaled(value, 1 + more);
  if (longer !== null) return { value: longer, next: next + 2 };
  for (let part = 0; part < 4; part += 1) {
    const joined = Math.max(role(scan, next, 'and'), mark(scan, next, '&'));
    const half = joined === -1 ? -1 : role(scan, skip(scan, joined, 'a'), 'half');
    // "an hour and a quarter"
    const quarter =
      joined === -1 || value.ms % 3_600_000 !== 0 || value.ms === 0
        ? -1
        : role(scan, skip(scan, joined, 'a'), 'quarter');
    if (quarter !== -1) return { value: { ...value, ms: value.ms + 900_000, grain: 'minute' }, next: quarter };
    if (half !== -1) {
      // "a month and a half" is no number of days to bet on.
      const longer = scaled(value, 1.5);
      if (longer === null) return null;
      value = longer;
      next = half;
      break;
    }
    // "через год и месяц"
    const following = readPart(scan, joined === -1 ? next : joined, lone && wordAt(scan, joined - 1) === 'и');
    // "2 hours 15 minutes" goes from the longer to the shorter; anything else is another expression.
    if (following === null || size(following.value) >= size(value)) break;
    value = {
      months: value.months + following.value.months,
      days: value.days + following.value.days,
      workdays: value.workdays + following.value.workdays,
      ms: value.ms + following.value.ms,
      grain: following.value.grain,
      calendar: value.calendar && following.value.calendar,
    };
    next = following.next;
  }
  return { value, next };
}

/** "час двадцать", "1 hour 30": minutes by their round number after hours, where nothing follows that the number could count. */
function roundMinutes(scan: Scan, index: number): Found<number> | null {
  const round = numeral(scan, index);
  const minutes =
    round !== null && round.n >= 10 && round.n < 60 && round.n % 5 === 0 && boundary(scan, round.next, true);
  const bare = minutes && meaning(scan, round.next, 'unit') === null && cleanEnd(scan, round.next);
  return bare ? { value: round.n, next: round.next } : null;
}

/** How many "a few" may be, for the owner to pick from. */
const FEW = [2, 3, 5];

/** "in a few days", "через несколько часов": lengths to be asked about. */
export function readFew(scan: Scan, index: number): Found<Span[]> | null {
  const turned = readAboutTurned(scan, index);
  if (turned !== null) return turned;
  const hence = role(scan, index, 'hence');
  const about = hence === -1 ? null : (readAbout(scan, hence) ?? readEither(scan, hence));
  if (about !== null) return about;
  const few = hence === -1 ? -1 : role(scan, skip(scan, hence, 'a'), 'few');
  const unit = few === -1 ? null : meaning(scan, few, 'unit');
  if (unit === null) return null;
  return { value: FEW.flatMap((n) => measured(unit.lexeme.unit, n, unit.next)?.value ?? []), next: unit.next };
}

const HALVES = /^полтор[аы]$/;
/** A week and a half. */
const TEN_DAYS = [10, 11];

/** "через 2-3 часа", "через день-два", "через неделю-другую": one of two. */
function readAbout(scan: Scan, index: number): Found<Span[]> | null {
  // "через полторы недели" is no whole number of days.
  if (wordAt(scan, index) === 'полторы' && /^недел/.test(wordAt(scan, index + 1)))
    return { value: TEN_DAYS.flatMap((n) => measured('day', n, index + 2)?.value ?? []), next: index + 2 };
  // "через полтора-два часа"
  const begun = HALVES.test(wordAt(scan, index)) ? { n: 1.5, next: index + 1 } : null;
  const first = begun ?? numeral(scan, index);
  const lone = first === null && ONE.test(wordAt(scan, index)) ? meaning(scan, index, 'unit') : null;
  const after = first?.next ?? lone?.next ?? -1;
  const dash = after === -1 ? -1 : mark(scan, after, '-–—');
  if (dash === -1) return null;
  const other = /^друг(?:ой|ую|ое)$/.test(wordAt(scan, dash)) ? { n: 2, next: dash + 1 } : null;
  const half = HALVES.test(wordAt(scan, dash)) ? { n: 1.5, next: dash + 1 } : null;
  const second = other ?? half ?? numeral(scan, dash);
  const unit = lone ?? (second === null ? null : meaning(scan, second.next, 'unit'));
  if (second === null || unit === null) return null;
  const next = lone === null ? unit.next : second.next;
  const value = [first?.n ?? 1, second.n].flatMap((n) => measured(unit.lexeme.unit, n, next)?.value ?? []);
  // "через неделю-полторы", "через месяц-полтора"
  const [one] = value;
  if (half !== null && value.length === 1 && one !== undefined) {
    if (one.days === 7) value.push(...TEN_DAYS.map((days) => ({ ...one, days })));
    if (one.months === 1) value.push({ ...one, days: 15 });
  }
  return value.length < 2 ? null : { value, next };
}

/** "in two or three days" */
function readEither(scan: Scan, index: number): Found<Span[]> | null {
  const first = numeral(scan, index);
  const or = first === null ? -1 : role(scan, first.next, 'or');
  const second = or === -1 ? null : numeral(scan, or);
  const unit = second === null ? null : meaning(scan, second.next, 'unit');
  if (first === null || second === null || unit === null) return null;
  const value = [first.n, second.n].flatMap((n) => measured(unit.lexeme.unit, n, unit.next)?.value ?? []);
  return value.length < 2 ? null : { value, next: unit.next };
}

/** "минут через 10-15" */
function readAboutTurned(scan: Scan, index: number): Found<Span[]> | null {
  const unit = wordAt(scan, index + 1) === 'через' ? meaning(scan, index, 'unit') : null;
  const first = unit === null ? null : numeral(scan, index + 2);
  const dash = first === null ? -1 : mark(scan, first.next, '-–—');
  const second = dash === -1 ? null : numeral(scan, dash);
  if (unit === null || first === null || second === null) return null;
  const value = [first.n, second.n].flatMap((n) => measured(unit.lexeme.unit, n, second.next)?.value ?? []);
  return value.length < 2 ? null : { value, next: second.next };
}

/** "дней через 10", "через минут 10": the number after its unit makes it approximate, which changes no date. */
export function readInverted(scan: Scan, index: number): Found<Span> | null {
  const led = wordAt(scan, index) === 'через' ? index + 1 : index;
  const unit = meaning(scan, led, 'unit');
  // "сутки через трое" are shifts.
  if (wordAt(scan, led) === 'сутки') return null;
  if (unit === null || (led === index && wordAt(scan, unit.next) !== 'через')) return null;
  // "через часа полтора"
  if (led !== index && wordAt(scan, unit.next) === 'полтора') return measured(unit.lexeme.unit, 1.5, unit.next + 1);
  // "часа через полтора"
  if (led === index && HALVES.test(wordAt(scan, unit.next + 1))) return measured(unit.lexeme.unit, 1.5, unit.next + 2);
  const counted = numeral(scan, led === index ? unit.next + 1 : unit.next);
  if (counted === null || meaning(scan, counted.next, 'unit') !== null) return null;
  // "через час двадцать" is another rule's.
  if (led !== index && ONE.test(wordAt(scan, led))) return null;
  return measured(unit.lexeme.unit, counted.n, counted.next);
}

/** The same in the case of one: "через час двадцать", where "через часа два" are about two. */
const ONE = /^(?:секунду|минуту|минутку|минуточку|час|часик|часок|день|денек|сутки|неделю|недельку|месяц|квартал|год)$/;

/** One of a unit said without a number: "через час", not "через минут 20". */
const SINGLE =
  /^(?:секунду|секунды|минуту|минуты|минутку|минуточку|час|часа|часик|часок|день|дня|денек|сутки|неделю|недели|неделе|недельку|месяц|месяца|квартал|квартала|год|года|hour|day|week|month|year)$/;

function size(span: Span): number {
  return span.months * 30 * 86_400_000 + (span.days + span.workdays) * 86_400_000 + span.ms;
}

function scaled(span: Span, factor: number): Span | null {
  const result = {
    ...span,
    months: span.months * factor,
    days: span.days * factor,
    workdays: span.workdays * factor,
    ms: Math.round(span.ms * factor),
  };
  if (Number.isInteger(result.months) && Number.isInteger(result.days) && Number.isInteger(result.workdays))
    return result;
  if (span.days === 1)
    return { ...result, days: 0, ms: Math.round(factor * 86_400_000), calendar: false, grain: 'minute' };
  return null;
}

function readPart(scan: Scan, index: number, lone: boolean): Found<Span> | null {
  const named = meaning(scan, index, 'span');
  if (named !== null) {
    const { minutes, months = 0 } = named.lexeme;
    const days = minutes % 1440 === 0 ? minutes / 1440 : 0;
    const calendar = days > 0 || months > 0;
    const ms = calendar ? 0 : minutes * 60_000;
    return { value: { months, days, workdays: 0, ms, grain: calendar ? 'day' : 'minute', calendar }, next: named.next };
  }
  const article = role(scan, index, 'a');
  const counted =
    article === -1 ? numeral(scan, index) : (numeral(scan, article) ?? { n: 1, next: article, digits: 0 });
  if (counted === null) {
    const single =
      lone &&
      SINGLE.test(wordAt(scan, index)) &&
      (numeral(scan, index + 1) === null ||
        readPart(scan, index + 1, false) !== null ||
        (meaning(scan, index, 'unit')?.lexeme.unit === 'hour' && roundMinutes(scan, index + 1) !== null));
    const alone = single ? meaning(scan, index, 'unit') : null;
    return alone === null ? null : measured(alone.lexeme.unit, 1, alone.next);
  }
  let { n, next } = counted;
  if (counted.digits > 0) {
    const point = mark(scan, next, '.,', true);
    const decimals = scan.tokens[point];
    if (point !== -1 && decimals?.kind === 'number' && !decimals.spaced && decimals.norm.length <= 2) {
      n += decimals.value / 10 ** decimals.norm.length;
      next = point + 1;
    }
  }
  // "2 and a half hours"
  const and = Math.max(role(scan, next, 'and'), mark(scan, next, '&'));
  const half = and === -1 ? -1 : role(scan, skip(scan, and, 'a'), 'half');
  if (half !== -1 && meaning(scan, half, 'unit') !== null) {
    n += 0.5;
    next = half;
  }
  // "два с половиной часа"
  if (wordAt(scan, next + 1) === 'половиной' && wordAt(scan, next) === 'с') {
    n += 0.5;
    next += 2;
  }
  const unit = meaning(scan, next, 'unit');
  if (unit === null) return null;
  const letter = wordAt(scan, next);
  // "1700h"
  if (counted.digits === 4 && letter === 'h') return null;
  // "in 3D"
  if (letter.length === 1 && (counted.digits === 0 || scan.tokens[next]?.capital === true)) return null;
  if (
    letter.length === 1 &&
    !touches(scan, next) &&
    letter !== 'h' &&
    letter !== 'ч' &&
    letter !== 'm' &&
    !minutesApart(scan, index, n)
  )
    return null;
  // "1h30" and "1ч30": minutes without a unit.
  const minutes = scan.tokens[unit.next];
  if (unit.lexeme.unit === 'hour' && minutes?.kind === 'number' && !minutes.spaced && minutes.norm.length <= 2) {
    const suffix = meaning(scan, unit.next + 1, 'unit');
    const end = suffix?.lexeme.unit === 'minute' && touches(scan, unit.next + 1) ? suffix.next : unit.next + 1;
    const hours = measured('hour', n, end);
    return hours === null
      ? null
      : { value: { ...hours.value, ms: hours.value.ms + minutes.value * 60_000 }, next: end };
  }
  return measured(unit.lexeme.unit, n, unit.next);
}

/** "через 30 м": minutes, where "30 м" alone are metres. */
const minutesApart = (scan: Scan, index: number, n: number) =>
  wordAt(scan, index + 1) === 'м' && n <= 60 && role(scan, index - 1, 'hence') !== -1;

function measured(unit: Unit, n: number, next: number): Found<Span> | null {
  const base = UNITS[unit];
  if (base === null || n <= 0 || n > 100_000) return null;
  const span: Span = { ...base, calendar: base.ms === 0 };
  const value = n === 1 ? span : scaled(span, n);
  return value === null ? null : { value, next };
}
