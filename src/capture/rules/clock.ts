/** Times of day: "5pm", "17:00", "17h", "half past five", "без четверти пять", "5 in the morning". */
import type { Clock, Found } from '../pieces.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import type { Part } from '../words/lexeme.ts';

const clock = (hour: number, minute: number, half: Clock['half'], second = 0): Clock => ({
  hour,
  minute,
  second,
  half,
  part: null,
  midnight: false,
  either: false,
});

/** `bare`: a plain "5" is a time here, because "at" or a date stands before it. */
export function readClock(scan: Scan, index: number, bare: boolean): Found<Clock> | null {
  const found = readNamed(scan, index) ?? readSpoken(scan, index, bare) ?? readDigits(scan, index, bare);
  if (found === null) return null;
  return withPart(scan, found);
}

function readNamed(scan: Scan, index: number): Found<Clock> | null {
  const twelve = scan.tokens[index]?.kind === 'number' && scan.tokens[index]?.value === 12 ? index + 1 : index;
  const named = meaning(scan, twelve, 'clock');
  if (named !== null) {
    const midnight = named.lexeme.n === 1440;
    return { value: { ...clock(named.lexeme.n / 60, 0, 'fixed'), midnight }, next: named.next };
  }
  const half = meaning(scan, index, 'halfTo');
  return half === null
    ? null
    : { value: clock(half.lexeme.n === 1 ? 12 : half.lexeme.n - 1, 30, 'bare'), next: half.next };
}

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
    if (sixth !== null && sixth.n <= 12 && sixth.n >= 1 && !sixth.digits && role(scan, half, 'past') === -1) {
      return { value: clock(hourBefore(sixth.n), 30, 'bare'), next: sixth.next };
    }
    const past = role(scan, half, 'past');
    const hour = past === -1 && !bare ? null : hourAt(scan, past === -1 ? half : past);
    return hour === null ? null : suffixed(scan, clock(hour.n, 30, 'bare'), hour.next);
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
  const past = role(scan, at, 'past');
  const to = /^(?:to|till|of)$/.test(wordAt(scan, at)) ? at + 1 : -1;
  const hour = past === -1 && to === -1 ? null : hourAt(scan, past === -1 ? to : past);
  if (hour === null) return null;
  if (past !== -1) return suffixed(scan, clock(hour.n, count.n, 'bare'), hour.next);
  // "ten to five" needs "at" before it or a part of the day after it; otherwise it is as likely a range.
  const minutesTo = [5, 10, 20, 25].includes(count.n) && (bare || partAfter(scan, hour.next) !== null);
  return quarter !== -1 || minutesTo ? suffixed(scan, shortOf(hour.n, count.n), hour.next) : null;
}

/** "quarter to five". Before eight the hour said is a morning's, the time itself by its number an evening's: either. */
function shortOf(hour: number, minutes: number): Clock {
  return { ...clock(hourBefore(hour), 60 - minutes, 'bare'), either: hour === 8 };
}

function hourAt(scan: Scan, index: number): { n: number; next: number } | null {
  const hour = numeral(scan, index);
  return hour === null || hour.n < 1 || hour.n > 12 ? null : hour;
}

function readDigits(scan: Scan, index: number, bare: boolean): Found<Clock> | null {
  const token = scan.tokens[index];
  const first = numeral(scan, index);
  if (token === undefined || first === null) {
    // "час дня": the hour alone is one o'clock.
    const hour = bare ? meaning(scan, index, 'unit') : null;
    return hour?.lexeme.unit === 'hour' && /^час[у]?$/.test(wordAt(scan, index))
      ? { value: clock(1, 0, 'bare'), next: hour.next }
      : null;
  }
  if (token.kind === 'word') {
    // "five thirty"
    const minutes = bare && first.n <= 12 ? numeral(scan, first.next) : null;
    if (minutes !== null && minutes.digits === 0 && minutes.n >= 10 && minutes.n % 5 === 0 && minutes.n < 60) {
      return suffixed(scan, clock(first.n, minutes.n, 'bare'), minutes.next);
    }
    return readHour(scan, first.n, first.next, bare, false);
  }
  if (first.digits === 4) {
    const suffix = wordAt(scan, index + 1);
    const military = (suffix === 'h' && touches(scan, index + 1)) || suffix === 'hours' || suffix === 'hrs';
    return military ? { value: clock(Math.floor(first.n / 100), first.n % 100, 'fixed'), next: index + 2 } : null;
  }
  if (first.digits > 2) return null;
  const colon = mark(scan, first.next, ':', true);
  if (colon !== -1) return readMinutes(scan, first.n, token.norm, colon, true);
  const dot = mark(scan, first.next, '.', true);
  if (dot !== -1 && touches(scan, dot) && scan.tokens[dot]?.norm.length === 2) {
    const dotted = readMinutes(scan, first.n, token.norm, dot, false);
    // "5.30" is a time only where one is called for; a third part makes it a date or a version.
    const more = dotted === null ? -1 : mark(scan, dotted.next, '.', true);
    if (
      dotted !== null &&
      (more === -1 || !touches(scan, more)) &&
      (bare || dotted.value.half === 'am' || dotted.value.half === 'pm')
    ) {
      return dotted;
    }
    return null;
  }
  const letter = wordAt(scan, first.next);
  // "7ish"
  if (touches(scan, first.next) && letter === 'ish' && first.n >= 1 && first.n <= 12)
    return { value: clock(first.n, 0, 'bare'), next: first.next + 1 };
  if (touches(scan, first.next) && (letter === 'h' || letter === 'ч')) {
    if (!bare && first.n < 13) return null;
    const minutes = scan.tokens[first.next + 1];
    const said = minutes?.kind === 'number' && !minutes.spaced && minutes.norm.length === 2;
    return { value: clock(first.n, said ? minutes.value : 0, 'fixed'), next: first.next + (said ? 2 : 1) };
  }
  return readHour(scan, first.n, first.next, bare, token.norm.startsWith('0'));
}

function readMinutes(scan: Scan, hour: number, typed: string, index: number, seconds: boolean): Found<Clock> | null {
  const minutes = scan.tokens[index];
  if (minutes?.kind !== 'number' || minutes.spaced || minutes.norm.length !== 2) return null;
  let next = index + 1;
  let second = 0;
  const colon = seconds ? mark(scan, next, ':', true) : -1;
  const third = scan.tokens[colon];
  if (colon !== -1 && third?.kind === 'number' && !third.spaced && third.norm.length === 2) {
    second = third.value;
    next = colon + 1;
  }
  // A leading zero or an hour past noon says the 24-hour clock; "5:30" is a bare half past five.
  const stands = typed.startsWith('0') || hour > 12 || hour === 0;
  return suffixed(scan, clock(hour, minutes.value, stands ? 'fixed' : 'bare', second), next);
}

function readHour(scan: Scan, hour: number, next: number, bare: boolean, zero: boolean): Found<Clock> | null {
  const base = clock(hour, 0, hour > 12 || hour === 0 || zero ? 'fixed' : 'bare');
  const half = meridiem(scan, next);
  if (half !== null) return { value: { ...base, half: half.half }, next: skip(scan, half.next, 'oclock') };
  const hours = meaning(scan, next, 'unit');
  const named = role(scan, next, 'oclock');
  if (named !== -1) {
    // "5 часов 30 минут"; a bare "5 часов" is a stretch of time unless "в" stands before it.
    if (!bare && hours !== null && !hasPart(scan, named)) return null;
    const minutes = numeral(scan, named);
    const unit = minutes === null ? null : meaning(scan, minutes.next, 'unit');
    if (minutes !== null && unit?.lexeme.unit === 'minute' && minutes.n < 60) {
      return { value: { ...base, minute: minutes.n }, next: unit.next };
    }
    return { value: base, next: named };
  }
  // "one night stand": an hour in words needs more than a part of the day directly behind it.
  const spelt = /^[a-z]/.test(wordAt(scan, next - 1)) && meaning(scan, next, 'part') !== null;
  if (bare || (hasPart(scan, next) && !spelt)) return hour <= 24 ? { value: base, next } : null;
  return null;
}

/** Whether "in the morning", "утра" and the like follow an hour. */
function hasPart(scan: Scan, index: number): boolean {
  return partAfter(scan, index) !== null;
}

function suffixed(scan: Scan, value: Clock, index: number): Found<Clock> {
  const half = meridiem(scan, index);
  if (half !== null) return { value: { ...value, half: half.half }, next: skip(scan, half.next, 'oclock') };
  const named = role(scan, index, 'oclock');
  return { value, next: named === -1 ? index : named };
}

function meridiem(scan: Scan, index: number): { half: 'am' | 'pm'; next: number } | null {
  const half = role(scan, index, 'am') !== -1 ? 'am' : role(scan, index, 'pm') !== -1 ? 'pm' : null;
  if (half === null) return null;
  const word = wordAt(scan, index);
  if (word.length === 2) return { half, next: index + 1 };
  // "a.m." is four tokens; a lone "a" or "p" must touch its number.
  const dot = mark(scan, index + 1, '.', true);
  if (dot !== -1 && wordAt(scan, dot) === 'm' && touches(scan, dot)) {
    const last = mark(scan, dot + 1, '.', true);
    return { half, next: last === -1 ? dot + 1 : last };
  }
  return touches(scan, index) ? { half, next: index + 1 } : null;
}

/** "in the morning", "at night", "tonight", "this evening", "утра" after an hour. */
function partAfter(scan: Scan, index: number): Found<Part> | null {
  let at = index;
  const lead = anyRole(scan, at, 'in', 'at', 'on');
  if (lead !== -1) at = skip(scan, lead, 'the');
  else at = skip(scan, at, 'this');
  const part = meaning(scan, at, 'part');
  return part === null || part.lexeme.plural ? null : { value: part.lexeme.part, next: part.next };
}

function withPart(scan: Scan, found: Found<Clock>): Found<Clock> {
  if (found.value.half !== 'bare' && found.value.half !== 'fixed') return found;
  const part = partAfter(scan, found.next);
  if (part === null) return found;
  // "tonight" and "this evening" say the day too, so they stay for the rule of parts.
  const saysDay = part.value === 'tonight' || role(scan, found.next, 'this') !== -1;
  return { value: { ...found.value, part: part.value }, next: saysDay ? found.next : part.next };
}

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
      return hour < 12 && hour > 0 ? hour + 12 : hour;
    case 'evening':
    case 'tonight':
      return hour === 12 ? 24 : hour + 12;
    case 'night':
      return hour === 12 ? 24 : hour <= 5 ? hour : hour + 12;
    case null:
      return !twentyFour && hour >= 1 && hour <= 7 ? hour + 12 : hour;
  }
}
