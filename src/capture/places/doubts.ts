/** Notices what an understood message leaves over that speaks of time, so that half an understanding is asked about and not taken. */
import { vocabulary } from '../lexicon.ts';
import { covering, type Piece } from '../pieces.ts';
import { fromTo } from '../rules/clock.ts';
import { boundary, owned, startsTask } from '../rules/context.ts';
import { namesFeast } from '../rules/feasts.ts';
import { readSpan } from '../rules/span.ts';
import {
  anyMeaning,
  anyRole,
  mark,
  meaning,
  numeral,
  ordinal,
  role,
  type Scan,
  skip,
  touches,
  wordAt,
} from '../scan.ts';
import { boundsApart, namesNothing, oftenFirst, SET_OF_DAYS } from './elsewhere.ts';
import { feastAt } from './feasts.ts';
import { halfSaid, saysMore } from './half-said.ts';
import { dottedAlone, isFraction } from './numbers.ts';

/**
 * Whether a word that names a day, or "every", stands right beside an expression and was left out of it: then the expression is not the whole
 * of what was meant, and the owner is asked.
 */
export function overlooked(scan: Scan, pieces: readonly Piece[]): boolean {
  const covered = covering(pieces);
  const tells = (index: number) =>
    index >= scan.begin &&
    !covered(index) &&
    ((meaning(scan, index, 'weekday')?.lexeme.weak === false && !vocabulary.naming.has(wordAt(scan, index - 1))) ||
      meaning(scan, index, 'day') !== null ||
      SET_OF_DAYS.test(wordAt(scan, index)) ||
      anyRole(scan, index, 'every', 'except') !== -1);
  // "on Monday at 25", "this time tomorrow" and "first monday" say more than was understood.
  const hour = (index: number) =>
    !covered(index) &&
    role(scan, index, 'at') !== -1 &&
    scan.tokens[index + 1]?.kind === 'number' &&
    boundary(scan, index + 2, false);
  const time = (index: number) =>
    !covered(index) && /^(?:time|время)$/.test(wordAt(scan, index)) && anyRole(scan, index - 1, 'this', 'at') !== -1;
  const nth = (index: number) =>
    !covered(index) &&
    (ordinal(scan, index) !== null || ordinal(scan, index - 1)?.next === index + 1 || role(scan, index, 'last') !== -1);
  const same = (index: number) =>
    !covered(index) && /^(?:this|same)$/.test(wordAt(scan, index)) && /^(?:time|day)$/.test(wordAt(scan, index + 1));
  // "in an hour or two", "every tuesday until christmas", "at the end of every week", "later today".
  const followed = (index: number) =>
    !covered(index) &&
    (role(scan, index, 'until') !== -1 ||
      wordAt(scan, index) === 'during' ||
      (role(scan, index, 'and') !== -1 && meaning(scan, index + 1, 'month') !== null) ||
      (wordAt(scan, index) === 'at' && scan.tokens[index + 1]?.kind === 'mark') ||
      (role(scan, index, 'of') !== -1 && meaning(scan, index + 1, 'month') !== null) ||
      (role(scan, index, 'for') !== -1 && readSpan(scan, index + 1, false) !== null));
  const series = pieces.some(({ meant }) => meant.k === 'repeat' && !/^(?:HOURLY|MINUTELY)$/.test(meant.repeat.freq));
  const lasts = (index: number) => series && role(scan, index, 'until') !== -1 && role(scan, index, 'by') === -1;
  const timed = pieces.some(({ meant }) => meant.k === 'clock' || meant.k === 'clocks' || meant.k === 'part');
  const more = ({ from, to, meant, lead }: Piece) =>
    ((meant.k === 'clocks' ? anyRole(scan, to, 'or', 'and') : role(scan, to, 'or')) !== -1 &&
      numeral(scan, to + 1) !== null) ||
    (meant.k === 'repeat' && (followed(to) || nth(from - 1) || readSpan(scan, to, false)?.value.calendar === true)) ||
    (meant.k === 'repeat' && role(scan, from - 1, 'of') !== -1 && anyRole(scan, from - 2, 'end', 'start') !== -1) ||
    (meant.k === 'date' && meant.today && !covered(from - 1) && role(scan, from - 1, 'later') !== -1) ||
    (to - from === 3 &&
      ((isFraction(scan, from) && !pieces.some((other) => clockBeside(other, { from, to }))) ||
        (meant.k === 'date' && dottedAlone(scan, from)))) ||
    // "4th of july playlist"
    (meant.k === 'date' && from === scan.begin && namesFeast(scan, from, to) && !boundary(scan, to, true)) ||
    // "5/12/2026" where the order is not known, even if one of the days is past.
    (meant.k === 'date' && meant.days.length > 1) ||
    // "tomorrow at either 3 or 4"
    wordAt(scan, skip(scan, to, 'at', 'on', 'by')) === 'either' ||
    // "recycling sat every two weeks": on Saturdays, or what somebody did.
    (meant.k === 'repeat' && from > scan.begin && !covered(from - 1) && meaning(scan, from - 1, 'weekday') !== null) ||
    // "mid month every month"
    (meant.k === 'repeat' && anyRole(scan, from - 2, 'early', 'mid', 'late') !== -1 && !covered(from - 1)) ||
    // "meds 8a/2p/8p daily"
    (meant.k === 'repeat' && !covered(from - 1) && halfOfDay(scan, from - 1)) ||
    // "every month and a half"
    (meant.k === 'repeat' && role(scan, skip(scan, skip(scan, to, 'and'), 'a'), 'half') !== -1) ||
    // "monthly (10th)"
    (meant.k === 'repeat' && mark(scan, to, '([') !== -1 && ordinal(scan, skip(scan, to + 1, 'the')) !== null) ||
    // "dentist 1430 tomorrow", "dentist 8 tomorrow"
    (meant.k === 'date' && !covered(from - 1) && !timed && (runBefore(scan, from - 1) || hourBefore(scan, from - 1))) ||
    // "earlier today", "thursday mid-morning"
    (meant.k === 'date' && wordAt(scan, from - 1) === 'earlier') ||
    // "the following friday", "next to next week"
    (wordAt(scan, from - 1) === 'following' && !covered(from - 1)) ||
    (wordAt(scan, from - 1) === 'to' && wordAt(scan, from - 2) === 'next' && !covered(from - 2)) ||
    (meant.k === 'date' && anyRole(scan, to, 'early', 'mid', 'late') !== -1 && partSoon(scan, to + 1)) ||
    // "for the rest of the year"
    (meant.k === 'repeat' && /^(?:rest|remainder)$/.test(wordAt(scan, skip(scan, to + 1, 'the')))) ||
    // "morning and night every day"
    (meant.k === 'repeat' &&
      !covered(from - 1) &&
      from - 1 >= scan.begin &&
      meaning(scan, from - 1, 'part') !== null) ||
    // Lunch is at noon for some.
    (meant.k === 'clock' && /^lunch(?:time)?$/.test(wordAt(scan, skip(scan, from, 'at', 'by')))) ||
    // "sundays till 10"
    (meant.k === 'clock' && lasts(from)) ||
    // "next week for 3 days"
    (meant.k === 'period' && role(scan, to, 'for') !== -1 && readSpan(scan, to + 1, false) !== null) ||
    // "not on friday"
    /^(?:not|не)$/.test(wordAt(scan, from - 1)) ||
    // "an hour before the 3pm call"
    shifted(scan, from, lead) ||
    // "the 7:15 alarm", "join the 3pm call"
    (meant.k === 'clock' && /^(?:the|my|our|his|her|their)$/.test(wordAt(scan, from - 1))) ||
    // "work friday 10 to 5": at ten minutes to, or from ten.
    (meant.k === 'clock' && fromTo(scan, from, to)) ||
    // "wrap presents 24th 2-4"
    (/^clocks?$/.test(meant.k) &&
      !covered(from - 1) &&
      ordinal(scan, from - 2)?.next === from &&
      ordinal(scan, from - 2)?.digits === true) ||
    // "call plumber mon and tues."
    (meant.k === 'date' &&
      anyRole(scan, from - 1, 'and', 'or') !== -1 &&
      !covered(from - 2) &&
      meaning(scan, from - 2, 'weekday') !== null) ||
    // "book tomorrow's 7pm slot"
    (/^clocks?$/.test(meant.k) && DAYS_OWN.test(wordAt(scan, from - 1))) ||
    // "prep slides before 3pm call"
    (meant.k === 'clock' && /^(?:before|after)$/.test(lead ?? '') && from > scan.begin && !boundary(scan, to, false)) ||
    // "saturday 10 to 12 eggs"
    (meant.k === 'clock' && wordAt(scan, to) === 'to' && scan.tokens[to + 1]?.kind === 'number' && !covered(to)) ||
    // "9 or 10am"
    (meant.k === 'clock' &&
      !covered(from - 2) &&
      role(scan, from - 1, 'or') === from &&
      scan.tokens[from - 2]?.kind === 'number') ||
    // "listen to Maroon 5 tonight"
    (meant.k === 'clock' &&
      to === from + 1 &&
      scan.tokens[from]?.kind === 'number' &&
      scan.tokens[from - 1]?.capital === true &&
      from - 1 > scan.begin &&
      anyRole(scan, from - 1, 'at') === -1 &&
      (meaning(scan, to, 'part') !== null || role(scan, to, 'this') !== -1)) ||
    // "в 5 без 10"
    (meant.k === 'clock' && role(scan, to, 'without') !== -1 && numeral(scan, to + 1) !== null) ||
    // "in a minute or less"
    (meant.k === 'exact' && /^(?:less|more|меньше|больше)$/.test(wordAt(scan, role(scan, to, 'or')))) ||
    halfSaid(scan, { from, to, meant, lead }, pieces, covered);
  const joined = ({ to: index, meant }: Piece) => {
    const comma = mark(scan, index, ',');
    const after = comma === -1 ? index : comma;
    const and = Math.max(anyRole(scan, after, 'and', 'or'), mark(scan, after, '&'));
    const next = skip(scan, and === -1 ? comma : and, 'on');
    // "every 15 april and 15 october"
    return (
      (comma !== -1 || and !== -1) &&
      (tells(next) ||
        // "19th jan, mar, may"
        (meant.k === 'date' &&
          comma !== -1 &&
          meaning(scan, next, 'month') !== null &&
          numeral(scan, next + 1) === null) ||
        // "the 10th & 25th"
        (and !== -1 && meant.k === 'date' && !covered(next) && ordinal(scan, next)?.digits === true) ||
        // "1-го и 15-го"
        (!covered(next) &&
          /^(?:го|ого)$/.test(wordAt(scan, scan.tokens[next + 1]?.norm === '-' ? next + 2 : next + 1))) ||
        (and !== -1 && (meant.k === 'repeat' || !covered(next)) && meaning(scan, next + 1, 'month') !== null))
    );
  };
  // "at 9 pills every evening"
  const first =
    pieces.length > 0 &&
    !covered(scan.begin) &&
    role(scan, scan.begin, 'at') !== -1 &&
    scan.tokens[scan.begin + 1]?.kind === 'number';
  if (first) return true;
  // "sundays church at 10"
  const plural = meaning(scan, scan.begin, 'weekday')?.lexeme.plural === true;
  if (pieces.length > 0 && !covered(scan.begin) && (plural || oftenFirst(scan, pieces))) return true;
  if (!covered(scan.begin) && lastsFirst(scan, pieces)) return true;
  if (saysMore(scan, pieces, covered) || boundsApart(scan, pieces) || namesNothing(scan, pieces)) return true;
  const feast = pieces.length > 0 && scan.tokens.some((_, index) => !covered(index) && feastAt(scan, index));
  if (feast) return true;
  // A recurrence's word right beside something else was not understood together with it ("ежедневно к чаю в 7").
  const repeats = (index: number) => index >= scan.begin && !covered(index) && meaning(scan, index, 'repeat') !== null;
  if (pieces.some(more) || severalTimes(pieces) || dayThenSeries(scan, pieces)) return true;
  return pieces.some((piece) => {
    const { from, to, meant } = piece;
    return (
      ((meant.k === 'date' || meant.k === 'repeat') && joined(piece)) ||
      tells(from - 1) ||
      tells(to) ||
      hour(to) ||
      time(from - 1) ||
      same(to) ||
      same(skip(scan, to, 'at')) ||
      same(from - 2) ||
      repeats(from - 1) ||
      repeats(to) ||
      (meant.k === 'date' && meant.weekday !== null && nth(from - 1))
    );
  });
}

/** "for 5 days take a pill daily", "for the next 5 days call at 9": how long a series goes on, said before it. */
function lastsFirst(scan: Scan, pieces: readonly Piece[]): boolean {
  const led = role(scan, scan.begin, 'for');
  const next = led === -1 ? -1 : role(scan, skip(scan, led, 'the'), 'next');
  const lasts = led !== -1 && readSpan(scan, next === -1 ? led : next, false)?.value.calendar === true;
  return lasts && pieces.some(({ meant }) => next !== -1 || meant.k === 'repeat');
}

/** A time right before or behind an expression. */
const clockBeside = (other: Piece, { from, to }: { from: number; to: number }) =>
  (other.meant.k === 'clock' || other.meant.k === 'clocks') && (other.from === to || other.to === from);

/** Several times were said, and are not the same one: "from 11pm tonight to 1am". */
function severalTimes(pieces: readonly Piece[]): boolean {
  const said = pieces.flatMap(({ meant }) => (meant.k === 'clock' ? [meant.clocks] : []));
  const times = new Set(said.map((clocks) => clocks.map(({ hour, minute }) => `${hour % 12}:${minute}`).join()));
  return times.size > 1 && !pieces.some(({ meant }) => meant.k === 'repeat');
}

/** "tomorrow and every day after that": a day, and then a series. */
const dayThenSeries = (scan: Scan, pieces: readonly Piece[]) =>
  pieces.some(
    ({ from, meant }, place) =>
      meant.k === 'repeat' &&
      pieces[place - 1]?.meant.k === 'date' &&
      pieces[place - 1]?.to === from - 1 &&
      anyRole(scan, from - 1, 'and') !== -1,
  );

/** Whether a time with its half of the day ends at `index`: "8p". */
const halfOfDay = (scan: Scan, index: number) =>
  anyRole(scan, index, 'am', 'pm') !== -1 && scan.tokens[index - 1]?.kind === 'number' && touches(scan, index);

const partSoon = (scan: Scan, index: number) =>
  meaning(scan, mark(scan, index, '-', true) === -1 ? index : index + 1, 'part') !== null;

/** "dentist 8 tomorrow": the hour, or how many, where no verb and no name stands before the number. */
function hourBefore(scan: Scan, index: number): boolean {
  const [before, number] = [scan.tokens[index - 1], scan.tokens[index]];
  if (before?.kind !== 'word' || before.capital || number?.kind !== 'number' || !number.spaced || index <= scan.begin)
    return false;
  const hour = number.value >= 1 && number.value <= 12 && number.norm.length <= 2;
  return (
    /^[a-z]/.test(before.norm) &&
    hour &&
    !owned(scan, index) &&
    !startsTask(scan, index - 1) &&
    (scan.meant[index - 1] ?? []).length === 0
  );
}

/** "dentist 1430 tomorrow": a time, or a number of something. */
function runBefore(scan: Scan, index: number): boolean {
  const { norm = '', value = 0 } = scan.tokens[index] ?? {};
  const hour = Math.floor(value / 100);
  return (
    /^\d{4}$/.test(norm) &&
    hour < 24 &&
    value % 5 === 0 &&
    value % 100 < 60 &&
    value % 1000 !== 0 &&
    !owned(scan, index) &&
    !startsTask(scan, index - 1) &&
    scan.tokens[index]?.spaced === true &&
    index > scan.begin &&
    // "lunch at Cafe 1900 tomorrow"
    !(scan.tokens[index - 1]?.capital === true && index > scan.begin + 1)
  );
}

/** "an hour before the 3pm call": a length of time leads to what was read. */
function shifted(scan: Scan, from: number, lead: Piece['lead']): boolean {
  const article = role(scan, from - 1, 'the') === -1 ? from : from - 1;
  const before = lead === 'before' ? from : anyRole(scan, article - 1, 'before', 'after') === -1 ? -1 : article - 1;
  return before !== -1 && anyMeaning(scan, before - 1, 'unit', 'span');
}

const DAYS_OWN = /^(?:today|tomorrow|tonight|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)'s$/;
