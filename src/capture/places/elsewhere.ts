/** Days and times the message names outside its expressions, to be offered beside what was read. */
import { vocabulary } from '../lexicon.ts';
import type { Piece } from '../pieces.ts';
import { readRepeat } from '../repeats/repeat.ts';
import { exists, readClock } from '../rules/clock.ts';
import { owned } from '../rules/context.ts';
import { readDay } from '../rules/day.ts';
import { readFeast } from '../rules/feasts.ts';
import { mark, meaning, numeral, ordinal, role, type Scan, wordAt } from '../scan.ts';
import { feastNamed } from './feasts.ts';
import { NUMBERED } from './fits.ts';
import { isDotted, isFraction, isSlashed } from './numbers.ts';

/**
 * Days the message names outside its expressions, when those give only a time of day: "friday pizza at 7" may be today or Friday. Each is a piece
 * the owner is offered beside what was read.
 */
export function namedElsewhere(scan: Scan, pieces: readonly Piece[]): Piece[] {
  return [...daysElsewhere(scan, pieces), ...dottedBefore(scan, pieces), ...rhythmFirst(scan, pieces)];
}

/** "daily standup at 9", "sundays church at 10": how often, where the message begins with it and it was left to the title. */
function rhythmFirst(scan: Scan, pieces: readonly Piece[]): Piece[] {
  const [first] = pieces;
  const begin = scan.begin;
  if (first === undefined || !oftenFirst(scan, pieces)) return [];
  const found = first.from > begin ? readRepeat(scan, begin) : null;
  return found === null || found.next > first.from
    ? []
    : [{ from: begin, to: found.next, meant: { k: 'repeat', repeat: found.value }, lead: null }];
}

/** Whether the word a message begins with says how often what follows is to be done at the times that were read. */
export function oftenFirst(scan: Scan, pieces: readonly Piece[]): boolean {
  const timed = pieces.every(
    ({ meant }) => meant.k === 'clock' || meant.k === 'clocks' || (meant.k === 'part' && !meant.today),
  );
  const rule = meaning(scan, scan.begin, 'repeat')?.lexeme.rule;
  return (
    timed &&
    (meaning(scan, scan.begin, 'weekday')?.lexeme.plural === true ||
      SET_OF_DAYS.test(wordAt(scan, scan.begin)) ||
      (rule?.unit === 'day' && rule.part === undefined))
  );
}

/** Several days by one word. */
export const SET_OF_DAYS = /^(?:weekdays|workdays|weekends)$/;

/** "lunch 12.30 tomorrow": a price, or the time. */
function dottedBefore(scan: Scan, pieces: readonly Piece[]): Piece[] {
  const free = (index: number) => !pieces.some(({ from, to }) => index >= from && index < to);
  return pieces.flatMap(({ from, meant }) => {
    const number = scan.tokens[from - 3]?.kind === 'number' && mark(scan, from - 2, '.', true) !== -1;
    const dotted = meant.k === 'date' && number && free(from - 3);
    const clock = dotted && !owned(scan, from - 3) ? readClock(scan, from - 3, true) : null;
    return clock?.next !== from || clock.value.minute % 5 !== 0 || !exists(clock.value)
      ? []
      : [{ from: from - 3, to: from, meant: { k: 'clock', clocks: [clock.value] }, lead: null }];
  });
}

/** "on the 5th haircut at 11am", but not "on the 5th floor". */
const ordinalNamed = (scan: Scan, index: number) =>
  ordinal(scan, index)?.digits === true &&
  role(scan, index - 1, 'the') !== -1 &&
  role(scan, index - 2, 'on') !== -1 &&
  !NUMBERED.test(wordAt(scan, index + 2)) &&
  role(scan, index + 2, 'of') === -1;

function daysElsewhere(scan: Scan, pieces: readonly Piece[]): Piece[] {
  if (
    pieces.length === 0 ||
    pieces.some(({ meant }) => meant.k !== 'clock' && meant.k !== 'clocks' && meant.k !== 'part')
  )
    return [];
  // "book new year's eve dinner tonight" says when.
  const tonight = pieces.some(({ meant }) => meant.k === 'part' && meant.today);
  const found: Piece[] = [];
  for (let index = scan.begin; index < scan.tokens.length && found.length < 3; index += 1) {
    if (pieces.some(({ from, to }) => index >= from && index < to)) continue;
    const weekday = meaning(scan, index, 'weekday');
    const feast = !tonight && feastNamed(scan, index);
    const opens =
      index === scan.begin &&
      (/^(?:mon|wed|fri|sat)$/.test(wordAt(scan, index)) ||
        (isDotted(scan, index) && mark(scan, index + 3, '.', true) !== -1));
    const numbered =
      opens ||
      ordinalNamed(scan, index) ||
      (index === scan.begin && isSlashed(scan, index) && !isFraction(scan, index));
    if (weekday?.lexeme.weak !== false && meaning(scan, index, 'day') === null && !feast && !numbered) continue;
    if (weekday?.lexeme.plural === true || vocabulary.naming.has(wordAt(scan, index - 1))) continue;
    const day = feast ? readFeast(scan, index, true) : readDay(scan, index);
    if (day !== null) found.push({ from: index, to: day.next, meant: day.value, lead: null });
  }
  return found;
}

/** Whether words apart from a Russian series say which part of it is meant: "в конце каждой недели", "три недели каждый день", "зимой по субботам", "через раз". */
export function boundsApart(scan: Scan, pieces: readonly Piece[]): boolean {
  const covered = (index: number) => pieces.some(({ from, to }) => index >= from && index < to);
  const repeats = pieces.filter(({ meant }) => meant.k === 'repeat');
  if (scan.tokens.length > SENTENCE || repeats.length === 0) return false;
  return repeats.some(
    ({ from }) =>
      (!covered(from - 1) && EDGE.test(wordAt(scan, from - 1))) ||
      (!covered(from - 1) && LASTING.test(wordAt(scan, from - 1)) && numeral(scan, from - 2) !== null) ||
      scan.tokens.some(
        ({ norm }, index) =>
          index >= scan.begin &&
          !covered(index) &&
          (SEASON.test(norm) || (norm === 'раз' && wordAt(scan, index - 1) === 'через')),
      ),
  );
}
/** More words are a text: bounds the work on hostile ones. */
const SENTENCE = 60;
const EDGE = /^(?:начал[оеау]|кон(?:ец|це|цу|ца)|середин[аеуы])$/;
const LASTING = /^(?:день|дня|дней|недел[иьюя]|месяц(?:а|ев)?)$/;
const SEASON = /^(?:зимой|весной|летом|осенью)$/;

/** "можно и в воскресенье", "или в четверг": an answer to somebody, which names nothing to do. */
export function namesNothing(scan: Scan, pieces: readonly Piece[]): boolean {
  if (scan.tokens.length > SENTENCE) return false;
  const covered = (index: number) => pieces.some(({ from, to }) => index >= from && index < to);
  let answering = false;
  for (let index = scan.begin; index < scan.tokens.length; index += 1) {
    const { kind, norm } = scan.tokens[index] ?? { kind: 'mark', norm: '' };
    if (kind === 'mark' || covered(index)) continue;
    if (!ANSWERING.test(norm)) return false;
    answering = true;
  }
  return answering;
}
const ANSWERING = /^(?:можно|лучше|или|и|а|только|тогда|может|наверное|не|уже|же)$/;
