/** Judges whether a day that was found is meant as a date where it stands. */
import { vocabulary } from '../lexicon.ts';
import type { Found, Meant } from '../pieces.ts';
import { readClock } from '../rules/clock.ts';
import { beginsClause, boundary, isUpper, nounMayFollow, owned, startsTask } from '../rules/context.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, wordAt } from '../scan.ts';
import { abbreviates, relativeFits } from './about.ts';
import { feastFits } from './feasts.ts';
import type { Lead } from './leads.ts';
import {
  dottedFits,
  dueDotted,
  inflectedDay,
  isDotted,
  isFraction,
  isMonthDay,
  isSlashed,
  opensDotted,
  rangeTold,
  slashedFits,
} from './numbers.ts';

/** Whether a day that was read at `inner` is meant as one. */
export function dayFits(scan: Scan, index: number, lead: Lead, inner: number, found: Found<Meant>): boolean {
  const led = lead.kind !== 'none';
  const { next } = found;
  // "flight 28 november": no number of its own has a month.
  const monthly =
    meaning(scan, inner + 1, 'month')?.lexeme.weak === false &&
    // "read chapter 5 dec 5"
    !(
      scan.tokens[inner + 2]?.kind === 'number' &&
      scan.tokens[inner + 2]?.norm.length !== 4 &&
      readClock(scan, inner + 2, false) === null
    );
  if (
    (owned(scan, index) &&
      !(monthly && scan.tokens[inner]?.kind === 'number' && !vocabulary.naming.has(wordAt(scan, index - 1)))) ||
    (led && owned(scan, inner) && wordAt(scan, inner - 1) !== 'the')
  )
    return false;
  if (meaning(scan, skip(scan, inner, 'this', 'next', 'coming'), 'feast') !== null)
    return feastFits(scan, index, lead, next);
  // "prepare for monday meeting" is about Monday's meeting.
  if (lead.kind === 'for' && wordAt(scan, index) === 'for' && !boundary(scan, next, false)) return false;
  if (scan.tokens[inner]?.kind === 'number' && monthBehind(scan, inner, lead)) return false;
  const relative = meaning(scan, inner, 'day');
  const weekday = meaning(scan, inner, 'weekday');
  const month = meaning(scan, inner, 'month') ?? meaning(scan, inner + 1, 'month');
  if (relative !== null && next === relative.next) return relativeFits(scan, index, inner, led);
  if (weekday !== null && next <= weekday.next + 1)
    return weekdayFits(scan, index, inner, next, weekday.lexeme.weak, led);
  // "приказ 15/3 найти"
  const paper = wordAt(scan, index - 1);
  if (isSlashed(scan, inner) && !led && /^[а-я]/.test(paper) && vocabulary.papers.has(paper)) return false;
  if (isSlashed(scan, inner)) return slashedFits(scan, index, inner, next, led);
  if (isDotted(scan, inner))
    return (
      dottedFits(scan, inner, next, led) ||
      (lead.kind === 'by' && dueDotted(scan, inner)) ||
      opensDotted(scan, index, inner, next)
    );
  // "the Sept 11 memorial"
  const named = meaning(scan, inner, 'month') !== null && !led && anyRole(scan, inner - 1, 'the', 'a') !== -1;
  if (named && !boundary(scan, next, true)) return false;
  if (vocabulary.streets.has(wordAt(scan, next)) && (month ?? meaning(scan, next - 1, 'month')) !== null) return false;
  const bareOrdinal = month === null && weekday === null && isMonthDay(scan, inner, next);
  if (bareOrdinal) {
    const number = role(scan, next - 1, 'number') !== -1;
    // "5-го" is said of days only.
    const genitive = /^(?:го|ого)$/.test(wordAt(scan, next - 1));
    const inflected = inflectedDay(scan, index, lead, next);
    if (inflected !== null) return inflected && boundary(scan, next, true) && meaning(scan, next, 'unit') === null;
    // "28th noon"
    const clock = number ? null : readClock(scan, skip(scan, next, 'at'), false);
    const ranged = number ? -1 : rangeTold(scan, next);
    const timed = clock !== null || ranged !== -1;
    // "presents 24th 2-4pm", but not "the 1st 9am class"
    const ends = timed && inner === index && boundary(scan, Math.max(clock?.next ?? -1, ranged), true);
    // "rent 10th monthly"
    const monthly = meaning(scan, next, 'repeat')?.lexeme.rule.unit === 'month';
    const introduced =
      led || genitive || monthly || timed || wordAt(scan, index) === 'the' || role(scan, inner - 1, 'the') !== -1;
    // "the 2nd of two options"
    if (!number && anyRole(scan, next, 'of', 'times') !== -1) return false;
    // "14-го планёрка"; "20-го века" and "5-го класса" are of no month.
    const opens = genitive && beginsClause(scan, index) && !OF_ITS_OWN.test(wordAt(scan, next));
    return (
      number ||
      opens ||
      ends ||
      (introduced && boundary(scan, next, genitive || lead.kind === 'on' || lead.kind === 'by'))
    );
  }
  if (month?.lexeme.weak === true && !led) {
    // "may 5" is a date, "we march 5 miles" is not.
    return boundary(scan, next, true) || beginsClause(scan, index);
  }
  return true;
}

/** "at 11 dec 5", "bug 12 dec 5 at 5": the month belongs to the number behind it, as a time says of the one before or there is one besides. */
function monthBehind(scan: Scan, inner: number, lead: Lead): boolean {
  const day = scan.tokens[inner + 2];
  if (meaning(scan, inner + 1, 'month') === null || day?.kind !== 'number' || day.norm.length > 2 || day.value > 31)
    return false;
  const at = mark(scan, inner + 3, '@') === -1 ? role(scan, inner + 3, 'at') : inner + 4;
  const ends = boundary(scan, inner + 3, true) && mark(scan, inner + 3, ':', true) === -1;
  return lead.kind === 'at'
    ? ends && anyRole(scan, inner + 3, 'am', 'pm') === -1
    : at !== -1 && readClock(scan, at, true) !== null;
}

/** "at 5pm fri haircut", "5:30pm on the 5th team sync": behind a time a day may be followed by any noun, but be no part of a name ("9pm Sunday Night Football"). */
export function fitsBehindTime(scan: Scan, inner: number, { value, next }: Found<Meant>, part: boolean): boolean {
  const following = scan.tokens[next];
  if (value.k !== 'date') return false;
  // "at 5pm 5.12."
  if (isDotted(scan, inner) && (following === undefined || next === inner + 4)) return true;
  const names = following?.capital === true && scan.tokens[inner]?.capital === true;
  if (following?.kind !== 'word' || names || vocabulary.measures.has(following.norm)) return false;
  if (role(scan, next, 'of') !== -1 || !/^[a-z]/.test(following.norm)) return false;
  // "the evening sun"
  if (meaning(scan, inner, 'weekday')?.next === next) return !(part && wordAt(scan, inner) === 'sun');
  const slashed = isSlashed(scan, inner) && !isFraction(scan, inner);
  const numbered = ordinal(scan, inner)?.digits === true && role(scan, inner - 1, 'the') !== -1;
  return (slashed || numbered) && !NUMBERED.test(following.norm);
}

/** What is told apart by its number: "on the 5th floor". */
export const NUMBERED =
  /^(?:floor|street|st|avenue|ave|attempt|try|time|page|hole|shelf|row|grade|line|level|round|place|platform|draft|version|item|chapter|edition|tee|lap|base|day|night|week|month|visit|stop|hour|half|quarter|monitor|screen|form|birthday|anniversary|century|generation|party|hand)$/;

/** What has an ordinal of its own. */
const OF_ITS_OWN =
  /^(?:век|столети|созыв|размер|год|класс|этаж|уровн|ряд|канал|том|сезон|выпуск|поколени|разряд|ранг|сорт|дом|кабинет|корпус|подъезд|отряд|полк|округ|участк|съезд|курс|номер|раз|тур|этап|части|глав|серии)[а-я]*$/;

/** Index after a comma, the same index when there is none. */
function afterComma(scan: Scan, index: number): number {
  const comma = mark(scan, index, ',', true);
  return comma === -1 ? index : comma;
}

/** What was put off: "to thursday" after it is where to. */
export const MOVED = /^(?:moved|rescheduled|postponed|pushed|shifted|changed|brought|forward|back)$/;

/** Weekdays cut short, which mean nothing else. */
const SHORT = /^(?:пн|вт|ср|чт|пт|сб|вс|пнд|чтв|птн|понед|четв|пятн|субб|воскр|вск)$/;

function weekdayFits(scan: Scan, index: number, inner: number, next: number, weak: boolean, led: boolean): boolean {
  const before = wordAt(scan, index - 1);
  const word = wordAt(scan, inner);
  if (!led && /^[а-я]/.test(word)) {
    // "Робинзон и Пятница": in Russian only a name is written so in the middle of a sentence.
    const named = scan.tokens[inner]?.capital === true && !isUpper(scan, inner) && !beginsClause(scan, index);
    if (named && inner === index) return false;
    // "на вечер пятницы"
    if (/[аыя]$/.test(word) && meaning(scan, index - 1, 'part') !== null) return true;
    // "три пятницы" are counted.
    if (word.length > 3 && numeral(scan, index - 1) !== null && inner === index) return false;
    if (abbreviates(scan, index, next)) return false;
    // "сб рынок", "суббота рынок": no Russian noun takes a weekday for its adjective; "пятница из Робинзона" is someone.
    if (SHORT.test(word) && nounMayFollow(scan, next)) return true;
    const bare = /(?:а|к|г|ье)$/.test(word) && ordinal(scan, next) === null;
    // "Пятница и Робинзон": what is told with a name is one.
    if (
      bare &&
      wordAt(scan, next) === 'и' &&
      scan.tokens[next + 1]?.capital === true &&
      !isUpper(scan, next + 1) &&
      meaning(scan, next + 1, 'weekday') === null
    )
      return false;
    if (!led && /(?:а|к)$/.test(word) && wordAt(scan, next) === 'из') return false;
    const noun = nounMayFollow(scan, next) && scan.tokens[next]?.capital === false;
    if (!weak && index === scan.begin && bare && noun) return true;
  }
  if (weak && role(scan, inner - 1, 'the') !== -1) return false;
  // "Friday (the goldfish) food": who it is, told in brackets.
  const aside = mark(scan, next, '(') === -1 ? '' : wordAt(scan, next + 1);
  if (
    !led &&
    scan.tokens[inner]?.capital === true &&
    /^(?:the|my|our|his|her)$/.test(aside) &&
    ordinal(scan, next + 2) === null
  )
    return false;
  // "Thursday Next" is someone.
  if (
    wordAt(scan, next) === 'next' &&
    scan.tokens[next]?.capital === true &&
    scan.tokens[inner]?.capital === true &&
    !isUpper(scan, next)
  )
    return false;
  // "настроить среду"
  if (!led && wordAt(scan, inner) === 'среду' && startsTask(scan, index - 1)) return false;
  // "вербное воскресенье": an adjective names the day, but never "зубной чт".
  if (
    !led &&
    !SHORT.test(word) &&
    /[а-я]{2}(?:ая|ое|ый|ий|ую|ой)$/.test(before) &&
    (scan.meant[index - 1] ?? []).length === 0
  )
    return false;
  if (
    !led &&
    /^(?:a|an|the|of|about|like|black|his|her|my|their|our|one|another|every|to|and|но|эта|этот)$/.test(before)
  ) {
    const edge = before === 'of' && wordAt(scan, index - 2) === 'end';
    const listed = before === 'and' && meaning(scan, index - 2, 'weekday') !== null;
    // "moved to thursday 4pm"
    const moved =
      before === 'to' &&
      (MOVED.test(wordAt(scan, index - 2)) || readClock(scan, afterComma(scan, next), false) !== null);
    if (!listed && !moved && !edge) return false;
  }
  if (led && role(scan, inner - 1, 'a') !== -1) return false;
  const following = scan.tokens[next];
  const part = meaning(scan, next, 'part');
  if (part !== null && !led) {
    const named = following?.capital === true && scan.tokens[inner]?.capital === true;
    return boundary(scan, part.next, true) || (beginsClause(scan, index) && !named);
  }
  if (led) {
    // "до среды деньги сдать", where "до среды обитания" is none.
    const until = /^(?:до|к|ко)$/.test(wordAt(scan, index)) && wordAt(scan, next) !== 'обитания';
    const colon = wordAt(scan, inner - 1) === ':';
    if (weak && !until && !colon && !boundary(scan, next, true) && part === null) return false;
    // "on Monday Night Football", "in Friday Harbor": a name goes on.
    return !(
      following?.capital === true &&
      scan.tokens[inner]?.capital === true &&
      part !== null &&
      !boundary(scan, part.next, true)
    );
  }
  // A time directly after it leaves no doubt: "monday 8am".
  const clock = readClock(scan, skip(scan, next, 'at', 'by', 'before', 'after', 'until', 'from', 'between'), true);
  // So does one told to the minute or by its half of the day, whatever follows: "do friday 10:30 instead".
  const told = clock !== null && (clock.value.minute > 0 || clock.value.half === 'am' || clock.value.half === 'pm');
  if (told || (clock !== null && boundary(scan, rangeEnd(scan, clock.next), true))) return true;
  // "read Saturday by Ian McEwan"
  if (isWrittenBy(scan, inner, next)) return false;
  // "drinks fri after work", "recycling wed every other week"
  const joined = /^(?:after|before)$/.test(wordAt(scan, next)) || role(scan, next, 'every') !== -1;
  if (/^(?:mon|wed|fri)$/.test(word) && joined && index > scan.begin) return true;
  if (weak) {
    const ends = following === undefined || following.kind === 'mark' || scan.fields.has(next);
    const timed =
      following?.kind === 'number' ||
      (scan.meant[next] ?? []).some(
        ({ lexeme, next: after }) =>
          (lexeme.k === 'role' && lexeme.role === 'in' && meaning(scan, skip(scan, after, 'the'), 'part') !== null) ||
          lexeme.k === 'clock' ||
          lexeme.k === 'part' ||
          lexeme.k === 'endOf' ||
          (lexeme.k === 'role' && (lexeme.role === 'at' || /^[ap]m$/.test(wordAt(scan, next)))),
      );
    const shy = /^(?:he|she|it|we|they|i|you|who|that|cat|dog|baby|in|the|us|im)$/.test(before);
    return (
      (ends && !shy && index > scan.begin) ||
      (timed && !shy) ||
      (beginsClause(scan, index) && startsTask(scan, next)) ||
      (ends && index === scan.begin)
    );
  }
  if (boundary(scan, next, beginsClause(scan, index))) {
    return !(
      vocabulary.followers.has(wordAt(scan, next)) &&
      beginsClause(scan, index) &&
      index === scan.begin &&
      wordAt(scan, next) === 'the'
    );
  }
  return false;
}

/** Whether a day with a capital is a work by who is named behind it. */
function isWrittenBy(scan: Scan, inner: number, next: number): boolean {
  const names = (index: number) =>
    scan.tokens[index]?.capital === true && !isUpper(scan, index) && (scan.meant[index] ?? []).length === 0;
  return (
    wordAt(scan, next) === 'by' &&
    scan.tokens[inner]?.capital === true &&
    names(next + 1) &&
    (names(next + 2) || scan.tokens[next + 2] === undefined)
  );
}

/** Index after the second half of a range of times ("10:30-11:15"), the same index when there is none. */
function rangeEnd(scan: Scan, index: number): number {
  const joined = Math.max(mark(scan, index, '-–—'), role(scan, index, 'and'));
  return joined === -1 ? index : (readClock(scan, joined, true)?.next ?? index);
}
