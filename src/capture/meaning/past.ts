/** What is logged or ticked lies behind: "log 1h friday" is last Friday's, "did yoga at 7am" today's. */
import { addMonths, type DayNumber } from '../../core/days.ts';
import { vocabulary } from '../lexicon.ts';
import type { Piece } from '../pieces.ts';
import { isOver, startsTask } from '../rules/context.ts';
import type { Scan } from '../scan.ts';

/** The pieces with days ahead put behind: a weekday a week back, a date a year; a time without a day is of today. */
export function lookingBack(scan: Scan, pieces: readonly Piece[]): Piece[] {
  const back = (day: DayNumber, weekday: boolean): DayNumber =>
    day <= scan.today ? day : weekday ? day - 7 : addMonths(day, -12) <= scan.today ? addMonths(day, -12) : day;
  const placed = pieces.map((piece): Piece => {
    const { meant } = piece;
    if (meant.k !== 'date' || meant.today) return piece;
    const days = meant.days.map((day) => (day === scan.today + 1 ? day : back(day, meant.weekday !== null)));
    return { ...piece, meant: { ...meant, days, sameDay: null, nearer: null } };
  });
  const timed = placed.find(({ meant }) => meant.k === 'clock');
  if (timed === undefined || placed.some(({ meant }) => meant.k !== 'clock')) return placed;
  const today = { k: 'date' as const, days: [scan.today], sameDay: null, nearer: null, today: false, weekday: null };
  return [{ ...timed, to: timed.from, meant: today }, ...placed];
}

/** Whether an English message tells what somebody did, of which no day or hour is a plan: surely ("he left on the 4th"), perhaps ("I was at the dentist on monday"), or not (null). */
export function tellsPast({ tokens, begin }: Scan): 'surely' | 'perhaps' | null {
  const word = (index: number) => tokens[begin + index]?.norm ?? '';
  if (/^(?:i|he|she|they|we|it)$/.test(word(0)))
    return PERSONAL.has(word(1)) ? 'surely' : HAPPENED.has(word(1)) || WAS.has(word(1)) ? 'perhaps' : null;
  const verb = vocabulary.articles.has(word(0)) ? word(2) : word(1);
  return HAPPENED.has(verb) && !vocabulary.verbs.has(word(0)) ? 'perhaps' : null;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** What a person is only said to do when it is over. */
const PERSONAL = words(
  'left came went met joined died arrived visited spoke talked saw ate slept ran broke fell woke grew graduated flew drove shipped',
);
/** What says so of anybody. */
const HAPPENED = words('came went died arrived joined visited called phoned texted emailed rang retired graduated');
/** What may also lead to what is to come: "I was told to call at 5". */
const WAS = words(
  'was were paid won lost bought sold sent gave took ordered delivered mailed started launched opened closed married watched played walked worked stayed',
);

/** "Петя вчера разбил чашку": a past day that is told of, and no order to do anything on it. */
export function tellsWhatWas(scan: Scan, pieces: readonly Piece[]): boolean {
  const words = scan.tokens.filter(
    ({ kind }, index) => kind === 'word' && !pieces.some(({ from, to }) => index >= from && index < to),
  );
  return words.some(({ norm }) => isOver(norm)) && !scan.tokens.some((_, index) => startsTask(scan, index));
}
