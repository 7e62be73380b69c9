/** Judges whether numbers that were found as a day or an hour are one where they stand: "5/12", "27.11", "the 5th". */
import { vocabulary } from '../lexicon.ts';
import type { Clock, Found } from '../pieces.ts';
import { readClock } from '../rules/clock.ts';
import { beginsClause, boundary, counted, nounMayFollow, owned, sentenceEnds, startsTask } from '../rules/context.ts';
import { readDay } from '../rules/day.ts';
import { mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import type { Lead } from './leads.ts';

export function isSlashed(scan: Scan, index: number): boolean {
  return (
    mark(scan, index + 1, '/', true) !== -1 &&
    scan.tokens[index]?.kind === 'number' &&
    scan.tokens[index]?.norm.length !== 4
  );
}

export function slashedFits(scan: Scan, index: number, inner: number, next: number, led: boolean): boolean {
  const [a, b] = [scan.tokens[inner]?.value ?? 0, scan.tokens[inner + 2]?.value ?? 0];
  if (next > inner + 3) return true;
  // "24/7", "1/2 cup", "rated 9/10".
  if ((a === 24 && b === 7) || (a === 7 && b === 24)) return false;
  // "ул. Гагарина, 3/1"
  if (!led && scan.tokens[index - 1]?.norm === ',' && [2, 3, 4].some((back) => STREET.test(wordAt(scan, index - back))))
    return false;
  // "9/11 documentary"
  if (a === 9 && b === 11 && !led && scan.tokens[next]?.kind === 'word') return false;
  if (led) return boundary(scan, next, true) && role(scan, next, 'of') === -1;
  // "rated 3/10", but "on 03/10"
  if (a < b && b === 10 && scan.tokens[inner]?.norm.startsWith('0') !== true) return false;
  // A fraction is counted or is a date to be asked about, see `overlooked`.
  if (isFraction(scan, inner))
    return (boundary(scan, next, false) || timedAt(scan, next)) && role(scan, next, 'of') === -1;
  return boundary(scan, next, true) || (beginsClause(scan, index) && nounMayFollow(scan, next));
}
const STREET =
  /^(?:ул|улиц[аеу]|просп|проспекте?|пер|переул(?:ок|ке)|шоссе|наб|набережн(?:ая|ой)|бульваре?|мкр|микрорайоне?)$/;

/** "gym 1/2 10am": a time behind the numbers makes them a day. */
const timedAt = (scan: Scan, index: number) =>
  readClock(scan, skip(scan, index, 'at'), role(scan, index, 'at') !== -1) !== null;

/** "1/2" to "3/4": a part of something as often as a date. */
export function isFraction(scan: Scan, index: number): boolean {
  const [a, b] = [scan.tokens[index], scan.tokens[index + 2]];
  return isSlashed(scan, index) && a?.norm.length === 1 && b?.norm.length === 1 && a.value < b.value && b.value <= 4;
}

export function isDotted(scan: Scan, index: number): boolean {
  return (
    mark(scan, index + 1, '.', true) !== -1 &&
    scan.tokens[index]?.kind === 'number' &&
    scan.tokens[index + 2]?.kind === 'number' &&
    touches(scan, index + 2)
  );
}

/** "27.11 рейс в Стамбул": a message in Russian that begins with a day and a month of two digits. */
export const opensDotted = (scan: Scan, index: number, inner: number, next: number) =>
  index === scan.begin &&
  scan.context.locale.startsWith('ru') &&
  scan.tokens[inner + 2]?.norm.length === 2 &&
  nounMayFollow(scan, next);

export function dottedFits(scan: Scan, inner: number, next: number, led: boolean): boolean {
  if (next > inner + 4) return true;
  const padded = scan.tokens[inner]?.norm.length === 2 && scan.tokens[inner + 2]?.norm.length === 2;
  const dotted = next === inner + 4;
  const comma = mark(scan, next, ',', true) === -1 ? next : next + 1;
  const clock = mark(scan, comma, '@') === -1 ? skip(scan, comma, 'at', 'by') : comma + 1;
  const timed = scan.tokens[next] !== undefined && readClock(scan, clock, true) !== null;
  if (dottedAlone(scan, inner) && next === inner + 3) return true;
  // "заплатить 5.12", but not "node 18.12" or "за 5.12".
  const before = wordAt(scan, inner - 1);
  const russian =
    scan.context.locale.startsWith('ru') &&
    scan.tokens[inner + 2]?.norm.length === 2 &&
    !/^(?:[a-z]+|за|по|на|из|от|и|или|не)$/.test(before);
  return (
    (led ||
      timed ||
      (russian && (padded || boundary(scan, next, false))) ||
      (dotted && padded && scan.tokens[next] !== undefined)) &&
    boundary(scan, next, true)
  );
}

/** "до 05.12 иначе без скидки": minutes that nobody names, and so a month, whatever follows. */
export const dueDotted = (scan: Scan, index: number): boolean =>
  scan.context.locale.startsWith('ru') &&
  scan.tokens[index + 2]?.norm.length === 2 &&
  (scan.tokens[index + 2]?.value ?? 0) % 5 !== 0 &&
  !(scan.tokens[index + 3]?.kind === 'word' && vocabulary.measures.has(wordAt(scan, index + 3)));

/** "call mum 28.11": no time of day, perhaps an amount, so a date to be asked about, see `overlooked`. */
export function dottedAlone(scan: Scan, index: number): boolean {
  const [a, b] = [scan.tokens[index], scan.tokens[index + 2]];
  const ends = scan.tokens[index + 3] === undefined && index > scan.begin;
  if (scan.context.locale.startsWith('ru')) return false;
  return isDotted(scan, index) && ends && (a?.value ?? 0) > 24 && a?.norm.length === 2 && b?.norm.length === 2;
}

/** A day of the month by itself: "the 5th", not "5 may". */
export function isMonthDay(scan: Scan, inner: number, next: number): boolean {
  const token = scan.tokens[inner];
  if (token?.kind !== 'number' && meaning(scan, inner, 'ordinal') === null) return false;
  for (let at = inner; at < next; at += 1) {
    if (meaning(scan, at, 'month') !== null || (meaning(scan, at, 'unit') !== null && role(scan, at, 'number') === -1))
      return false;
  }
  return mark(scan, inner + 1, '-', true) === -1 || wordAt(scan, inner + 2) !== ''
    ? scan.tokens[inner + 2]?.kind !== 'number' || touches(scan, inner + 2) === false
    : true;
}

/** "John 3:16", "read Luke 2:10": a book of the Bible before it. */
export function isVerse(scan: Scan, index: number): boolean {
  const named = vocabulary.books.has(wordAt(scan, index - 1)) && scan.tokens[index + 1]?.norm === ':';
  return (
    named &&
    (beginsClause(scan, index - 1) ||
      /^(?:read|study|learn|memorise|memorize|quote|verse)$/.test(wordAt(scan, index - 2)))
  );
}

/** "night bus 11pm", "flight 0630 hrs": no number of a bus or a flight has a half of the day or hours. */
export const tellsHour = (scan: Scan, { value, next }: Found<Clock>): boolean =>
  value.half === 'am' ||
  value.half === 'pm' ||
  (/^(?:hrs?|hours)$/.test(wordAt(scan, next - 1)) && wordAt(scan, next - 2).length === 4);

/** "cut budget by 10", "raise price from 9 to 11", "turn the heating down by 2": by how much, where such a verb begins the clause. */
export function changesAmount(scan: Scan, index: number): boolean {
  if (!/^(?:by|from)$/.test(wordAt(scan, index))) return false;
  for (let at = index - 1; at >= Math.max(scan.begin, index - WORDS_OF_OBJECT); at -= 1) {
    const word = wordAt(scan, at);
    const named = Array.from({ length: index - at - 1 }, (_, place) => wordAt(scan, at + 1 + place));
    if (AMOUNTED.test(word) || (CHANGED.test(word) && named.some((noun) => AMOUNTS.test(noun))))
      return beginsClause(scan, at);
  }
  return false;
}
/** More words between the verb and its amount are a sentence. */
const WORDS_OF_OBJECT = 6;
const AMOUNTED = /^(?:reduce|increase|decrease|shrink|lengthen|shorten|boost|multiply|divide|outnumber)$/;
/** These may be done to a glass, a hedge or a child as well. */
const CHANGED = /^(?:cut|raise|lower|drop|trim|bump|turn|put|grow|push|bring|move|change)$/;
const AMOUNTS =
  /^(?:prices?|budgets?|costs?|rates?|dos(?:e|age)|volume|temp|temperature|heating|thermostat|speed|weight|limits?|salary|salaries|rent|brightness|size|width|height|length|margins?|scores?|intake|spend|spending|fees?|quota|headcount|capacity|calories|weights?|threshold|discount|deposit|stake|bid)$/;

/** "12:10 по партиям", "со счётом 21:15": no time of day. */
export function isScore(scan: Scan, index: number): boolean {
  const of = /^(?:по|во?)$/.test(wordAt(scan, index + 3));
  const games = of && [4, 5].some((ahead) => GAMES.test(wordAt(scan, index + ahead)));
  return scan.tokens[index + 1]?.norm === ':' && (games || /^счет(?:ом|е)$/.test(wordAt(scan, index - 1)));
}

const GAMES = /^(?:парти|сет|гейм|гол|очк|период|тайм|пенальти)[а-я]*$/;

/** "buy 2 tonight", "apollo 13 tonight": of a number between a word and an evening only one of its hours is a time, and only behind a noun. */
export function countsBefore(scan: Scan, index: number, { value, next }: Found<Clock>): boolean {
  const evening = value.part !== null && beforeDay(scan, next);
  const joined = /^(?:to|than|for|vs|of|and|or|minus|plus|above|below|no|by)$/.test(wordAt(scan, index - 1));
  const timely = value.hour >= 5 && value.hour <= 11 && !startsTask(scan, index - 1) && !joined;
  return evening && index > scan.begin && !timely;
}

/** "dinner 7-9 tonight", "lunch 12-1 monday": hours where nothing before them is done with so many, counted or a name ("levels 3-5 tonight"). */
export function dayBehind(scan: Scan, index: number, [first, second]: readonly [Found<Clock>, Found<Clock>]): boolean {
  const before = scan.tokens[index - 1];
  const noun =
    index <= scan.begin ||
    (before?.kind === 'word' && !before.capital && !before.norm.endsWith('s') && !startsTask(scan, index - 1));
  const ahead = second.value.hour > first.value.hour || first.value.hour >= 9;
  return noun && ahead && first.value.minute + second.value.minute === 0 && beforeDay(scan, second.next);
}

/** Whether a day follows, which vouches for the time before it: "between 3 and 5 tomorrow". */
export function beforeDay(scan: Scan, index: number): boolean {
  // "between 8 and 10 tonight", "6-8 this evening"
  const part = meaning(scan, skip(scan, index, 'this'), 'part');
  if (part !== null && (part.lexeme.part === 'tonight' || role(scan, index, 'this') !== -1)) return true;
  return readDay(scan, skip(scan, index, 'on'))?.value.k === 'date';
}

/** "9.15 tomorrow standup", "15.00 совещание": digits with a dot that a message opens with are a time when a day follows, or nothing they could count. */
export function dottedBeforeDay(scan: Scan, index: number): boolean {
  if (mark(scan, index + 1, '.', true) === -1 || !touches(scan, index + 2)) return false;
  const [hours, minutes] = [wordAt(scan, index), wordAt(scan, index + 2)];
  const clocklike = /^(?:1\d|2[0-3])$/.test(hours) && /^(?:00|[1345][05]|2[05])$/.test(minutes);
  const dated = Number(minutes) >= 1 && Number(minutes) <= 12;
  const noun = /^[а-я]/.test(wordAt(scan, index + 3)) && nounMayFollow(scan, index + 3) && !counted(scan, index + 3);
  return beforeDay(scan, index + 3) || (clocklike && !dated && noun);
}

/** "handover 0715": a time, or the number of something; asked. */
export const isPadded = (scan: Scan, index: number) =>
  /^0[4-9][0-5][05]$/.test(wordAt(scan, index)) &&
  scan.tokens[index - 1]?.kind === 'word' &&
  (scan.meant[index - 1] ?? []).length === 0 &&
  scan.tokens[index]?.spaced === true &&
  !owned(scan, index) &&
  !NUMBERED_BY.test(wordAt(scan, index - 1)) &&
  sentenceEnds(scan, index + 1);
const NUMBERED_BY =
  /^(?:code|codes|pin|ext|extension|id|password|passcode|combo|combination|ref|reference|lot|batch|model|dial|call|otp|zip|prefix)$/;

/** "двадцать пятого", "к пятому", "на двадцатое": whether the case and what stands before make it a day; null when it is no such word. */
export function inflectedDay(scan: Scan, index: number, lead: Lead, next: number): boolean | null {
  const word = wordAt(scan, next - 1);
  if (!/[а-я]{3}(?:[оеь]го|[оеь]му|[оь]е)$/.test(word) || ordinal(scan, next - 1)?.digits === true) return null;
  const by = lead.kind === 'by' || lead.kind === 'to';
  if (/[оеь]го$/.test(word))
    return lead.kind === 'none'
      ? !/^(?:от|для|из|у|около|кроме|без|после|против|вместо|ради|насчет|не|ни|самого|начале|начала|начало|конце|половине|половина|четверть|минут|минуты)$/.test(
          wordAt(scan, index - 1),
        )
      : by;
  if (/му$/.test(word)) return by;
  // "на первое" is soup, "на второе" meat.
  const place = ordinal(scan, lead.next)?.n ?? 0;
  return wordAt(scan, index) === 'на' && place > 3;
}

/** "час", "2 часа" before what takes so long. */
export function isLength(scan: Scan, index: number, next: number): boolean {
  const hours =
    meaning(scan, next - 1, 'unit')?.lexeme.unit === 'hour' && /^час(?:а|ов)?$/.test(wordAt(scan, next - 1));
  const early = next - index === 1 || (numeral(scan, index)?.n ?? 24) <= 12;
  return hours && early && !boundary(scan, next, false);
}

/** "будильник на 5 50" */
export const rouses = (scan: Scan, index: number) =>
  wordAt(scan, index) === 'на' && scan.leans === 'morning' && scan.tokens[index + 1]?.kind === 'number';

/** "12 March Street", "5 may road": the number of a house in a street that is called by a word of time. */
export const isAddress = (scan: Scan, index: number) =>
  vocabulary.streets.has(wordAt(scan, index + 1)) && (scan.meant[index] ?? []).length > 0;

/** "2230-0630": hours and minutes in one run of digits. */
export const isRun = (scan: Scan, index: number) => /^(?:[01]\d|2[0-3])[0-5]\d$/.test(wordAt(scan, index));

/** "at 5 weekdays" counts none of them. */
export const daysBehind = (scan: Scan, index: number) => /^(?:weekdays|workdays)$/.test(wordAt(scan, index));

/** Index after a range of times that says itself to be one: "24th 2-4pm"; -1. */
export function rangeTold(scan: Scan, index: number): number {
  const dash = mark(scan, readClock(scan, index, true)?.next ?? index, '-–—');
  const end = dash === -1 ? null : readClock(scan, dash, true);
  const told = end !== null && (end.value.minute > 0 || end.value.half === 'am' || end.value.half === 'pm');
  return told ? end.next : -1;
}
