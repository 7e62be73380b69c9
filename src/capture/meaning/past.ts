/** What a time is said of that is no plan: it lies behind ("log 1h friday" is last Friday's, "Маша уехала в мае"), or is only told or asked. */
import { addMonths, type DayNumber } from '../../core/days.ts';
import { vocabulary } from '../lexicon.ts';
import type { Piece } from '../pieces.ts';
import { isOver, startsTask } from '../rules/context.ts';
import type { Scan } from '../scan.ts';
import { arranges, happens, isPastVerb } from '../words/ru-verbs.ts';

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
  if (OVER_FIRST.has(word(0))) return 'perhaps';
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
/** What a telling begins with where who did it goes without saying: "met Tom on friday". Nothing to do begins so, and no name. */
const OVER_FIRST = words(
  'met went spoke talked chatted emailed phoned texted called rang visited bought ate slept ran swam flew drove arrived spent',
);
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

/** Whether a message begins in Russian; spares all others the look. */
export const inRussian = ({ tokens, begin }: Scan): boolean =>
  [0, 1, 2, 3, 4].some((place) => (tokens[begin + place]?.norm.charCodeAt(0) ?? 0) >= FIRST_LETTER);
const FIRST_LETTER = 0x430;
/** More words are a text, of which no one phrase tells; bounds the work too. */
const SENTENCE = 60;

/**
 * Whether a Russian message tells what came about on the day, in the month or at the hour of a piece, by a verb of the past in its clause:
 * surely ("Маша уехала в мае"), perhaps ("в пятницу звонили из банка"), or not (null).
 */
export function toldOf(scan: Scan, { from, to, meant }: Piece): 'surely' | 'perhaps' | null {
  const { tokens } = scan;
  if (tokens.length > SENTENCE || !inRussian(scan) || !tokens.some(({ norm }) => isPastVerb(norm))) return null;
  const ahead = tokens.slice(from, to).some(({ norm }) => AHEAD.test(norm));
  if (!/^(?:date|periods?|clocks?|part)$/.test(meant.k) || ahead) return null;
  const parts = (index: number) => {
    const token = tokens[index];
    return token === undefined || token.kind === 'mark' || SUBORDINATE.test(token.norm);
  };
  let first = from;
  while (first > scan.begin && !parts(first - 1)) first -= 1;
  let end = to;
  while (end < tokens.length && !parts(end)) end += 1;
  const clause = Array.from({ length: end - first }, (_, place) => first + place).filter(
    (index) => index < from || index >= to,
  );
  const word = (index: number) => tokens[index]?.norm ?? '';
  const over = clause.filter((index) => isPastVerb(word(index)));
  const happened = over.some((index) => happens(word(index)));
  const planned = !happened && clause.some((index) => arranges(word(index)));
  // "созвонились в понедельник решили отложить"
  const led = over.some((index) => index === from - 1 && !arranges(word(index)));
  if (over.length === 0 || (!led && (planned || clause.some((index) => startsTask(scan, index))))) return null;
  // "Маша уехала вернётся в мае", "Петя заболел в пятницу врач": the day may be of something else.
  const coming = clause.some((index) => /(?:ет|ит|ут|ют|ат|ят)(?:ся)?$/.test(word(index)));
  const whole = first === scan.begin && end === tokens.length && (from === first || to === end);
  return whole && happened && !coming && !/^(?:clock|part)/.test(meant.k) ? 'surely' : 'perhaps';
}

/** What leads to a day that is still to come, or says that it is. */
const AHEAD =
  /^(?:к|ко|до|на|через|спустя|после|перед|за|не|сегодня|завтра|послезавтра|ближайш[а-я]+|следующ[а-я]+|будущ[а-я]+)$/;
/** What begins a clause of its own. */
const SUBORDINATE = /^(?:что|чтобы|если|когда|пока|где|котор[а-я]+|потому|поэтому)$/;

/** Whether a Russian message says of a time only what holds until then, or was: "не звонить до среды", "магазин работает до 22". */
export function namesNoPlan(scan: Scan, { from, meant }: Piece): boolean {
  if (scan.tokens.length > SENTENCE || !inRussian(scan)) return false;
  const word = (index: number) => scan.tokens[index]?.norm ?? '';
  const left = () =>
    scan.tokens.some(
      ({ norm }, at) =>
        at > scan.begin && at < from && word(at - 1) === 'не' && startsTask(scan, at) && !TO_BE_DONE.test(norm),
    );
  if (word(from) === 'до' && left()) return true;
  // "по средам в бассейн не хожу"
  const refused = scan.tokens.some(({ norm }, at) => word(at - 1) === 'не' && REFUSED.test(norm));
  if (refused && !namesErrand(scan)) return true;
  if (/^(?:до|с)$/.test(word(from)) && OPEN.test(word(from - 1)) && !namesErrand(scan)) return true;
  // "протокол встречи 20 ноября разослать": of the days just past rather than in a year.
  const far = meant.k === 'date' && (meant.days[0] ?? 0) > scan.today + 300;
  return far && [1, 2].some((back) => PAPERS.test(word(from - back)));
}

/** What is not to be forgotten or missed is to be done. */
const TO_BE_DONE = /^(?:забы|опозда|пропуст|просроч|прозева|проспа|затяг|отклад|упуст|тян)/;
const REFUSED =
  /^(?:хожу|иду|пойду|еду|поеду|ем|пью|работаю|буду|могу|смогу|успею|успеваю|приду|приеду|занимаюсь|хочу)$/;
const OPEN = /^(?:работа[ею]т|открыт[аоы]?|закрыт[аоы]?|действу[ею]т|принима[ею]т)$/;
const PAPERS = /^(?:протокол|запис[ьи]|фото|видео|отчет|итоги|материалы|чек|квитанци[яю]|переписк[ау])$/;

/** "во сколько открывается банк в субботу": asked of somebody, and nothing to do. */
export function asksSomebody(scan: Scan): boolean {
  if (!inRussian(scan)) return false;
  let at = scan.begin;
  while (/^(?:а|и|ну|во)$/.test(scan.tokens[at]?.norm ?? '')) at += 1;
  // "где-то в 4 заедет курьер"
  const asked = ASKING.test(scan.tokens[at]?.norm ?? '') && scan.tokens[at + 1]?.norm !== '-';
  return asked && !namesErrand(scan);
}
const ASKING = /^(?:кто|когда|сколько|где|куда|откуда|почему|зачем|какой|какая|какое|чей|чья|чье)$/;

const namesErrand = (scan: Scan) => scan.tokens.some((_, index) => index >= scan.begin && startsTask(scan, index));

/** "how long until christmas", "how many days till 4 march": a day asked about, and nothing to do on it. */
const asksHowLong = ({ tokens, begin }: Scan): boolean =>
  tokens[begin]?.norm === 'how' &&
  /^(?:long|many|far|soon|much)$/.test(tokens[begin + 1]?.norm ?? '') &&
  tokens.slice(begin, begin + 6).some(({ norm }) => /^(?:until|till|til|to|before|since|left)$/.test(norm));

/** Whether a message only tells what was, or asks how long something is: then none of its times is a plan. */
export const isNoPlan = (scan: Scan, pieces: readonly Piece[]): boolean =>
  pieces.length > 0 &&
  (tellsPast(scan) === 'surely' || asksHowLong(scan) || pieces.every((piece) => toldOf(scan, piece) === 'surely'));
