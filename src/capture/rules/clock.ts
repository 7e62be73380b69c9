/** Times of day: "5pm", "17:00", "17h", "half past five", "без четверти пять", "5 in the morning". */
import { offsetAt } from '../../core/zones.ts';
import type { Clock, Found, Meant } from '../pieces.ts';
import {
  anyRole,
  joining,
  mark,
  meaning,
  numeral,
  opensWith,
  ordinal,
  role,
  type Scan,
  skip,
  wordAt,
} from '../scan.ts';
import { boundary, isUpper } from './context.ts';
import { clock, partAfter, readDigits, suffixed } from './digits.ts';

/** `bare`: a plain "5" is a time here, because "at" or a date stands before it. */
export function readClock(scan: Scan, index: number, bare: boolean): Found<Clock> | null {
  if (!opensWith(scan, index, BEGINNING)) return null;
  const said =
    readNamed(scan, index) ??
    readSpoken(scan, index, bare) ??
    readDigits(scan, index, bare || ishAt(scan, index + 1) !== -1);
  if (said === null) return null;
  const ish = ishAt(scan, said.next);
  const { value, next: told } = withPart(scan, ish === -1 ? said : { ...said, next: ish });
  const next = zoneAt(scan, told) === 'own' ? zoneFrom(scan, told) + 1 : told;
  return { value: { ...value, either: value.either || pulled(scan, value) }, next };
}

/** Joining words a time may begin with. */
const BEGINNING = joining('half quarter a without');

/** Index after "ish" behind a time ("noon-ish", "5 ish", "3-ish"); -1. */
function ishAt(scan: Scan, index: number): number {
  const hyphen = mark(scan, index, '-–', true);
  const at = hyphen === -1 ? index : hyphen;
  return wordAt(scan, at) === 'ish' ? at + 1 : -1;
}

/** Whose clock a time is told by: "15:00 мск" is the owner's own in Moscow, "5pm GMT" in London in winter; elsewhere it is asked about. */
export function zoneAt(scan: Scan, index: number): 'own' | 'other' | null {
  const at = zoneFrom(scan, index);
  const named = meaning(scan, at, 'zone')?.lexeme.zone;
  // "at 5 et al.", but "3pm et"
  const isSaid = wordAt(scan, at).length > 2 || isUpper(scan, at) || /^[ap]m$/.test(wordAt(scan, at - 1));
  if (named === undefined || !isSaid) return null;
  const { now, zone } = scan.context;
  const alike = (moment: number) => offsetAt(moment, named) === offsetAt(moment, zone);
  return alike(now) && (named === 'UTC' || alike(now + HALF_YEAR_MS)) ? 'own' : 'other';
}
/** The clock named at `index` where it is not the owner's, is the same all year and means no other: "GMT", but not in London's summer. */
export function steadyAt(scan: Scan, index: number): string | null {
  const named = meaning(scan, index, 'zone')?.lexeme.zone;
  if (named === undefined || !STEADY.has(named) || zoneAt(scan, index) !== 'other') return null;
  const { now, zone } = scan.context;
  const own = [1, 2, 3].some(
    (part) => offsetAt(now + (part * HALF_YEAR_MS) / 2, named) === offsetAt(now + (part * HALF_YEAR_MS) / 2, zone),
  );
  return own ? null : named;
}
const STEADY: ReadonlySet<string> = new Set(['UTC', 'Asia/Tokyo', 'Asia/Singapore']);

/** "15:00 по мск": where the name of the clock stands. */
const zoneFrom = (scan: Scan, index: number) => (wordAt(scan, index) === 'по' ? index + 1 : index);

/** By then summer time has begun or ended where it is kept. */
const HALF_YEAR_MS = 182 * 86_400_000;

/** "в пятом часу (вечера)": between the hour that is over and the one named. */
export function readHourBegun(scan: Scan, index: number): Found<Meant> | null {
  const number = scan.tokens[index];
  // "в 10м часу"
  const short =
    number?.kind === 'number' && wordAt(scan, index + 1) === 'м' ? { n: number.value, next: index + 2 } : null;
  const named = short ?? ordinal(scan, index);
  if (named === null || named.n < 1 || named.n > 12 || wordAt(scan, named.next) !== 'часу') return null;
  const hour = hourBefore(named.n);
  const part = partAfter(scan, named.next + 1);
  const later = part === null && scan.context.clock !== '24' && hour <= 7;
  const half = later ? 'pm' : 'bare';
  const [from, to] = [hour, named.n].map((each) => ({ ...clock(each, 0, half), part: part?.value ?? null }));
  return from === undefined || to === undefined
    ? null
    : { value: { k: 'clocks', from, to }, next: part?.next ?? named.next + 1 };
}

/** "wake up at 6", "dinner at 8": what is to be done belongs to the other half of the day than the hour alone would. */
function pulled({ leans, context }: Scan, { half, part, hour }: Clock): boolean {
  if (leans === null || half !== 'bare' || part !== null || context.clock === '24') return false;
  return leans === 'morning' ? hour >= 4 && hour <= 7 : hour >= 8 && hour <= 11;
}

/** The name of the present time among the times that have one. */
export const PRESENT = -1;

function readNamed(scan: Scan, index: number): Found<Clock> | null {
  const twelve = scan.tokens[index]?.kind === 'number' && scan.tokens[index]?.value === 12 ? index + 1 : index;
  const named = meaning(scan, twelve, 'clock');
  if (named !== null) {
    const { n } = named.lexeme;
    const minutes = n === PRESENT ? Math.floor(scan.clockMs / 60_000) : n;
    const value = clock(Math.floor(minutes / 60), minutes % 60, 'fixed');
    return { value: { ...value, midnight: n === 1440 }, next: skip(scan, named.next, 'oclock') };
  }
  const half = meaning(scan, index, 'halfTo');
  return half === null
    ? null
    : { value: clock(half.lexeme.n === 1 ? 12 : half.lexeme.n - 1, 30, 'bare'), next: half.next };
}

/** "call mum half 7": a time where the hour ends a clause and no article or number makes a part of something of "half". */
function halfAlone(scan: Scan, index: number, next: number): boolean {
  const before = wordAt(scan, index - 1);
  return index > scan.begin && boundary(scan, next, false) && !HALVED.test(before) && numeral(scan, index - 1) === null;
}
const HALVED = /^(?:and|a|an|one|the|first|last|second|other|top|bottom|in|my|your|each|every|about|by)$/;

function hourBefore(hour: number): number {
  return hour === 1 ? 12 : hour - 1;
}

function readSpoken(scan: Scan, index: number, bare: boolean): Found<Clock> | null {
  const halved = role(scan, index, 'half');
  if (halved !== -1) {
    // "пол-седьмого"
    const hyphen = mark(scan, halved, '-', true);
    const half = hyphen === -1 ? halved : hyphen;
    // "half past five", "half five" is half past; "половина шестого" is half of the sixth hour.
    const sixth = ordinal(scan, half);
    const russian = /^[а-я]/.test(wordAt(scan, index));
    if (sixth !== null && sixth.n <= 12 && sixth.n >= 1 && !sixth.digits && role(scan, half, 'past') === -1) {
      return { value: clock(hourBefore(sixth.n), 30, 'bare'), next: sixth.next };
    }
    const past = role(scan, half, 'past');
    const hour = hourAt(scan, past === -1 ? half : past);
    if (hour === null || (past === -1 && !bare && !halfAlone(scan, index, hour.next))) return null;
    // "пол 6", "пол 6го" are half of the sixth hour, "half 6" is half past.
    const said = russian ? { n: hourBefore(hour.n), next: sixth?.next ?? hour.next } : hour;
    return suffixed(scan, clock(said.n, 30, 'bare'), said.next);
  }
  const without = role(scan, index, 'without');
  if (without !== -1) {
    const quarterNext = role(scan, without, 'quarter');
    const minutes = quarterNext === -1 ? numeral(scan, without) : { n: 15, next: quarterNext };
    if (minutes === null || minutes.n > 29) return null;
    const unit = meaning(scan, minutes.next, 'unit');
    const hour = hourAt(scan, unit?.lexeme.unit === 'minute' ? unit.next : minutes.next);
    return hour === null ? null : suffixed(scan, shortOf(hour.n, minutes.n), hour.next);
  }
  const quarter = role(scan, skip(scan, index, 'a'), 'quarter');
  const count = quarter === -1 ? numeral(scan, index) : { n: 15, next: quarter, digits: 0 };
  if (count === null || count.n < 1 || count.n > 29) return null;
  if (quarter !== -1) {
    const sixth = ordinal(scan, quarter);
    if (sixth !== null && !sixth.digits && sixth.n <= 12)
      return { value: clock(hourBefore(sixth.n), 15, 'bare'), next: sixth.next };
  }
  const unit = quarter === -1 ? meaning(scan, count.next, 'unit') : null;
  const minutes = unit?.lexeme.unit === 'minute';
  const at = minutes ? unit.next : count.next;
  // "десять минут шестого"
  const sixth = minutes ? ordinal(scan, at) : null;
  if (sixth !== null && !sixth.digits && sixth.n <= 12 && /[ое]го$/.test(wordAt(scan, at)))
    return suffixed(scan, clock(hourBefore(sixth.n), count.n, 'bare'), sixth.next);
  // "a quarter after three", "at ten after three"
  const after = wordAt(scan, at) === 'after' && (bare || quarter !== -1) ? at + 1 : -1;
  const past = Math.max(role(scan, at, 'past'), after);
  const to = /^(?:to|till|of)$/.test(wordAt(scan, at)) ? at + 1 : -1;
  const hour = past === -1 && to === -1 ? null : hourAt(scan, past === -1 ? to : past);
  if (hour === null) return null;
  if (past !== -1) return suffixed(scan, clock(hour.n, count.n, 'bare'), hour.next);
  // "ten to five" needs "at" before it or a part of the day after it; otherwise it is as likely a range.
  const minutesTo =
    [5, 10, 20, 25].includes(count.n) &&
    (bare || partAfter(scan, hour.next) !== null) &&
    !(fromTo(scan, index, hour.next) && hour.n > count.n);
  return quarter !== -1 || minutesTo ? suffixed(scan, shortOf(hour.n, count.n), hour.next) : null;
}

/** "10 to 12" in digits, with nothing that calls for one time: rather from ten to twelve; "10 to 5" may be either. */
export const fromTo = (scan: Scan, index: number, next: number): boolean =>
  next === index + 3 &&
  (scan.tokens[index]?.value ?? 99) <= 12 &&
  wordAt(scan, index + 1) === 'to' &&
  scan.tokens[index + 2]?.kind === 'number' &&
  anyRole(scan, index - 1, 'at', 'by', 'before', 'after', 'until') === -1;

/** "quarter to five". Before eight the hour said is a morning's, the time itself by its number an evening's: either. */
function shortOf(hour: number, minutes: number): Clock {
  return { ...clock(hourBefore(hour), 60 - minutes, 'bare'), either: hour === 8 };
}

function hourAt(scan: Scan, index: number): { n: number; next: number } | null {
  // "без пятнадцати час"
  const hour = wordAt(scan, index) === 'час' ? { n: 1, next: index + 1 } : numeral(scan, index);
  return hour === null || hour.n < 1 || hour.n > 12 ? null : hour;
}

function withPart(scan: Scan, found: Found<Clock>): Found<Clock> {
  if (found.value.half !== 'bare' && found.value.half !== 'fixed') return found;
  const part = partAfter(scan, found.next);
  if (part === null) return found;
  // "tonight" and "this evening" say the day too, so they stay for the rule of parts.
  const saysDay = part.value === 'tonight' || role(scan, found.next, 'this') !== -1;
  return { value: { ...found.value, part: part.value }, next: saysDay ? found.next : part.next };
}

/** The times a clock may mean: both halves of the day where it is as likely either's. */
export const halves = (value: Clock): Clock[] =>
  value.either && value.part === null && value.half === 'bare'
    ? [
        { ...value, half: 'am' },
        { ...value, half: 'pm' },
      ]
    : [value];

/** Whether the numbers are on a clock at all. */
export function exists(value: Clock): boolean {
  if (value.minute > 59 || value.second > 59 || value.hour > 24) return false;
  if (value.hour === 24) return value.minute === 0 && value.second === 0;
  return !(
    (value.half === 'am' || value.half === 'pm') &&
    (value.hour === 0 ? value.half === 'pm' : value.hour > 12 && value.half === 'am')
  );
}

/** Seconds since midnight (86,400 is the midnight that ends the day). `twentyFour`: the owner chose the 24-hour clock. */
export function secondsOf(value: Clock, twentyFour: boolean): number {
  return (hourOf(value, twentyFour) * 60 + value.minute) * 60 + value.second;
}

function hourOf(value: Clock, twentyFour: boolean): number {
  const { hour } = value;
  if (value.half === 'pm') return hour < 12 ? hour + 12 : hour;
  if (value.half === 'am') return hour === 12 ? 0 : hour;
  if (value.half === 'fixed' && (hour > 12 || hour === 0 || value.part === null)) return hour;
  switch (value.part) {
    case 'morning':
      return hour === 12 ? 0 : hour;
    case 'afternoon':
      // "в 11 дня" is an hour before noon.
      return hour < 10 && hour > 0 ? hour + 12 : hour;
    case 'evening':
    case 'tonight':
      return hour === 12 ? 24 : hour + 12;
    case 'night':
      return hour === 12 ? 24 : hour <= 5 ? hour : hour + 12;
    case null:
      return !twentyFour && hour >= 1 && hour <= 7 ? hour + 12 : hour;
  }
}

/** The first time of "с 6 до 9 вечера": of the same part of the day, unless that turns them round ("с 9 до 6 вечера", "с 11 до 5 утра"). */
export function takenOver(from: Clock, to: Clock, part: NonNullable<Clock['part']>): Clock {
  const sleepless = part === 'night' || part === 'tonight';
  if (!turns(from, to) || (sleepless && isSmall(to)) || (to.hour === 12 && part !== 'afternoon'))
    return { ...from, part };
  return { ...from, half: part === 'morning' ? 'pm' : 'am' };
}

/** Whether the second of two hours comes round the clock. */
export const turns = (from: Clock, to: Clock) => to.hour % 12 < from.hour % 12;
export const isSmall = ({ hour }: Clock) => hour <= 5;
