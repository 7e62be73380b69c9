/** Times of day in digits: "5pm", "17:00", "17h", "1500", "530pm", "5 часов"; and what may follow any hour: "pm", "o'clock", "in the morning". */
import { civil } from '../../core/days.ts';
import type { Clock, Found } from '../pieces.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import type { Part } from '../words/lexeme.ts';
import { boundary, counted, isOver, nounMayFollow, sentenceEnds } from './context.ts';
import { FRACTIONS } from './span.ts';

/** A time of day with nothing said but its numbers. */
export const clock = (hour: number, minute: number, half: Clock['half'], second = 0): Clock => ({
  hour,
  minute,
  second,
  half,
  part: null,
  midnight: false,
  either: false,
});

/** A time in digits (or an hour in words) at `index`. `bare`: a plain "5" is one. */
export function readDigits(scan: Scan, index: number, bare: boolean): Found<Clock> | null {
  const token = scan.tokens[index];
  const first = numeral(scan, index);
  if (token === undefined || first === null) {
    // "час дня": the hour alone is one o'clock.
    const hour = bare ? meaning(scan, index, 'unit') : null;
    if (hour?.lexeme.unit !== 'hour' || !/^час[у]?$/.test(wordAt(scan, index))) return null;
    // "в час сорок"
    const minutes = spelt(scan, 1, hour.next, true);
    return { value: clock(1, minutes?.n ?? 0, 'bare'), next: minutes?.next ?? hour.next };
  }
  if (token.kind === 'word') {
    const minutes = spelt(scan, first.n, first.next, bare) ?? (bare ? spokenZero(scan, first.next) : null);
    if (minutes !== null) return suffixed(scan, clock(first.n, minutes.n, halfOf(first.n)), minutes.next);
    return readHour(scan, first.n, first.next, bare, false);
  }
  if (first.digits > 2) return readRun(scan, index, first, bare);
  const colon = mark(scan, first.next, ':', true);
  // "завтра в 10: созвон" has no minutes.
  if (colon !== -1 && !(scan.tokens[colon]?.spaced ?? true)) return readMinutes(scan, first.n, token.norm, colon, true);
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
  // "в 15-30"
  const introduced = /^(?:в|к|на|до)$/.test(wordAt(scan, index - 1));
  const dash = introduced || bare ? mark(scan, first.next, '-', true) : -1;
  const dashed = dash !== -1 && touches(scan, dash) ? readMinutes(scan, first.n, token.norm, dash, false) : null;
  // "чт 20-00": no hour is written so.
  const alone = wordAt(scan, index - 1) !== '-' && mark(scan, dash + 1, '-', true) === -1;
  const clocklike = (dashed?.value.minute ?? 0) > 24 || scan.tokens[dash]?.norm === '00';
  if (dashed !== null && alone && clocklike && first.n < 24) return dashed;
  if (
    dashed !== null &&
    introduced &&
    dashed.value.minute % 5 === 0 &&
    (first.n > 12 || dashed.value.minute > 12 || dashed.value.minute === 0)
  )
    return dashed;
  const letter = wordAt(scan, first.next);
  // "7ish"
  if (touches(scan, first.next) && letter === 'ish' && first.n >= 1 && first.n <= 12)
    return { value: clock(first.n, 0, 'bare'), next: first.next + 1 };
  if (touches(scan, first.next) && (letter === 'h' || letter === 'ч')) {
    // "в 2ч" is two o'clock as "в 2 часа" is; "17h" stands as it is.
    const half = letter === 'ч' ? halfOf(first.n) : 'fixed';
    const minutes = scan.tokens[first.next + 1];
    // "09h30"
    // Nor are "24h": a length.
    if (!bare && (first.n < 13 || first.n === 24) && !(token.norm.startsWith('0') && minutes?.spaced === false))
      return null;
    const unit = minutes === undefined ? '' : wordAt(scan, first.next + 2);
    const measured = letter === 'ч' && /^(?:м|мин|минут)$/.test(unit);
    const said = minutes?.kind === 'number' && minutes.norm.length === 2 && (!minutes.spaced || measured);
    if (!said) return { value: clock(first.n, 0, half), next: first.next + 1 };
    return { value: clock(first.n, minutes.value, half), next: first.next + (measured ? 3 : 2) };
  }
  if (first.next > index + 1) {
    // "к 15-ти", but not "к 15-ти годам"
    const ends = boundary(scan, first.next, true) || (nounMayFollow(scan, first.next) && !counted(scan, first.next));
    if (!bare || !(ends || hasPart(scan, first.next))) return null;
  }
  // "на 7 30" and "чт 7 30"; "разрезать на 5 10" needs a day beside it.
  const russian = /^[а-я]/.test(wordAt(scan, index - 1));
  const apart = bare && (introduced || russian || first.digits === 2) ? spacedMinutes(scan, first.n, first.next) : null;
  if (apart !== null) return apart;
  // "cab 5 45 pm"
  const [minutes, told] = [scan.tokens[first.next], meridiem(scan, first.next + 1)];
  const late = minutes?.kind === 'number' && minutes.norm.length === 2 && minutes.value % 5 === 0 && minutes.value < 60;
  if (told !== null && late && minutes.spaced && first.n <= 12 && (bare || minutes.value > 12))
    return { value: clock(first.n, minutes.value, told.half), next: told.next };
  return readHour(scan, first.n, first.next, bare, token.norm.startsWith('0'));
}

/** "five thirty", "sixteen twenty-three": minutes in words behind an hour in words. Without "at" only round ones that end a clause. */
function spelt(scan: Scan, hour: number, index: number, bare: boolean): { n: number; next: number } | null {
  const zero = /^(?:oh|o)$/.test(wordAt(scan, index)) ? index + 1 : index;
  const minutes = hour < 1 || hour > 23 ? null : numeral(scan, zero);
  if (minutes === null || minutes.digits > 0 || minutes.n > 59 || minutes.n < 10 !== zero > index) return null;
  if (bare) return hour < 20 || minutes.n % 5 === 0 ? minutes : null;
  const round = minutes.n === 15 || minutes.n === 30 || minutes.n === 45;
  const ends = boundary(scan, minutes.next, false) || meridiem(scan, minutes.next) !== null;
  return hour <= 12 && round && ends && numeral(scan, index - 2) === null ? minutes : null;
}

/** An hour past noon, or none, says the 24-hour clock. */
const halfOf = (hour: number) => (hour > 12 || hour === 0 ? 'fixed' : 'bare');

/** "ноль ноль", "ноль пять": minutes below ten in words behind an hour in words. */
function spokenZero(scan: Scan, index: number): { n: number; next: number } | null {
  const zero = numeral(scan, index);
  if (zero === null || zero.digits > 0 || zero.n !== 0) return null;
  const dash = mark(scan, zero.next, '-', true);
  const second = numeral(scan, dash === -1 ? zero.next : dash);
  return second !== null && second.digits === 0 && second.n < 10 ? second : null;
}

/** "в 15 00": hour and minutes apart by a space, where nothing follows that the number could count. */
function spacedMinutes(scan: Scan, hour: number, index: number): Found<Clock> | null {
  const minutes = scan.tokens[index];
  const after = scan.tokens[index + 1];
  const said = minutes?.kind === 'number' && minutes.norm.length === 2 && minutes.value < 60 && minutes.value % 5 === 0;
  const ends = after?.kind === 'mark' && (',:)'.includes(after.norm) || (after.spaced && '-–—'.includes(after.norm)));
  const noun = after?.spaced === true && after.kind === 'word' && nounMayFollow(scan, index + 1);
  const free = sentenceEnds(scan, index + 1) || ends || noun;
  return said && free && !counted(scan, index + 1) && meaning(scan, index + 1, 'unit') === null
    ? { value: clock(hour, minutes.value, halfOf(hour)), next: index + 1 }
    : null;
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
  // "20p" are pence.
  if (half !== null && hour > 12 && half.next === next + 1 && wordAt(scan, next).length === 1) return null;
  if (half !== null) return { value: { ...base, half: half.half }, next: skip(scan, half.next, 'oclock') };
  // "at 15 h", "at 17 hrs"
  const military =
    /^(?:h|hrs?)$/.test(wordAt(scan, next)) || (role(scan, next - 2, 'at') !== -1 && wordAt(scan, next) === 'hours');
  if (bare && military && hour > 12 && hour <= 24 && boundary(scan, next + 1, true) && wordAt(scan, next + 1) !== 'of')
    return { value: base, next: next + 1 };
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
  // "watch 24 tonight": nobody says the 24-hour clock and the part of the day.
  // "в три с четвертью"
  const more = bare && wordAt(scan, next) === 'с' ? FRACTIONS.get(wordAt(scan, next + 1)) : undefined;
  if (more !== undefined && hour <= 23) return { value: { ...base, minute: more * 60 }, next: next + 2 };
  if (bare || (hasPart(scan, next) && !spelt && hour <= 12)) return hour <= 24 ? { value: base, next } : null;
  return null;
}

/** How far before a year its verb is looked for: text that is all years is read in proportion. */
const WORDS_BEFORE = 8;

/** "1500", "0650", "1700h", "530pm": hours and minutes in one run of digits. */
function readRun(scan: Scan, index: number, run: { n: number; digits: number }, bare: boolean): Found<Clock> | null {
  const { n, digits } = run;
  const [hour, minute] = [Math.floor(n / 100), n % 100];
  if (digits > 4 || hour > 24 || minute > 59) return null;
  const half = hour >= 1 && hour <= 12 ? meridiem(scan, index + 1) : null;
  if (half !== null) return { value: clock(hour, minute, half.half), next: half.next };
  if (digits < 4) return null;
  const suffix = wordAt(scan, index + 1);
  const military = (suffix === 'h' && touches(scan, index + 1)) || suffix === 'hours' || suffix === 'hrs';
  if (military) return { value: clock(hour, minute, 'fixed'), next: index + 2 };
  // After a month or a day of it a number that may be a year is one.
  const dated = scan.tokens[index - 1]?.kind === 'number' || meaning(scan, index - 1, 'month') !== null;
  const year = n >= 1900 && n < 2100 && (minute % 5 !== 0 || dated || ordinal(scan, index - 2) !== null);
  // "в 2010 году", "закончила школу в 2015"
  const past = wordAt(scan, index - 1) === 'в' && n >= 1900 && n <= civil(scan.today).year;
  const told = past && scan.tokens.slice(Math.max(0, index - WORDS_BEFORE), index).some(({ norm }) => isOver(norm));
  if (told || role(scan, index + 1, 'year') !== -1) return null;
  return bare && !year && (minute % 5 === 0 || role(scan, index - 1, 'at') !== -1)
    ? { value: clock(hour, minute, 'fixed'), next: index + 1 }
    : null;
}

/** Whether "in the morning", "утра" and the like follow an hour. */
function hasPart(scan: Scan, index: number): boolean {
  return partAfter(scan, index) !== null;
}

/** The time with "pm" or "o'clock" after it taken in. */
export function suffixed(scan: Scan, value: Clock, index: number): Found<Clock> {
  const half = meridiem(scan, index);
  if (half !== null) return { value: { ...value, half: half.half }, next: skip(scan, half.next, 'oclock') };
  const named = role(scan, index, 'oclock');
  // "at 17:30 hrs"
  const hours = value.half === 'fixed' && /^hrs?$/.test(wordAt(scan, index)) ? index + 1 : index;
  return { value, next: named === -1 ? hours : named };
}

function meridiem(scan: Scan, index: number): { half: 'am' | 'pm'; next: number } | null {
  // "at 6 in the am"
  if (wordAt(scan, index) === 'in' && wordAt(scan, index + 1) === 'the')
    return /^[ap]m$/.test(wordAt(scan, index + 2)) ? meridiem(scan, index + 2) : null;
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
export function partAfter(scan: Scan, index: number): Found<Part> | null {
  let at = index;
  const lead = anyRole(scan, at, 'in', 'at', 'on');
  if (lead !== -1) at = skip(scan, lead, 'the');
  else at = skip(scan, at, 'this');
  const part = meaning(scan, at, 'part');
  // "одна ночь" is counted, "час ночи" is a time.
  if (/^(?:ночь|утро|вечер)$/.test(wordAt(scan, at))) return null;
  return part === null || part.lexeme.plural ? null : { value: part.lexeme.part, next: part.next };
}
