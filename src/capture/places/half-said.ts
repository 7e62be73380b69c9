/** What a message says, in Russian for the most part, beside what was read of it: then it is half understood, and the owner is asked. */
import { asksSomebody, namesNoPlan, tellsPast, toldOf } from '../meaning/past.ts';
import type { Piece } from '../pieces.ts';
import { daysThrough } from '../repeats/ends.ts';
import { zoneAt } from '../rules/clock.ts';
import { boundary, counted, nounMayFollow, startsTask } from '../rules/context.ts';
import { readSpan } from '../rules/span.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, wordAt } from '../scan.ts';
import { isLength, isPadded } from './numbers.ts';

/** Whether a word belongs to one of the expressions. */
type Covered = (index: number) => boolean;

/** An expression, and what stands beside it. */
interface Beside extends Piece {
  readonly scan: Scan;
  readonly covered: Covered;
  /** whether the words of this one, or an expression right before it, tell days of a month from one to another */
  throughDays(): boolean;
}

/** Words beside an expression that say more than it does. */
const HALF_SAID: ReadonlyArray<(beside: Beside) => boolean> = [
  // "каждую субботу через одну"
  ({ scan, to, meant }) =>
    meant.k === 'repeat' && wordAt(scan, to) === 'через' && /^од(?:ну|ин|но)$/.test(wordAt(scan, to + 1)),
  // "15:00 мск", "5pm GMT", "10am London time" on another clock
  ({ scan, to, meant }) => (meant.k === 'clock' || meant.k === 'clocks' || meant.k === 'repeat') && elsewhere(scan, to),
  // "через два дня на третий"
  ({ scan, from, to }) => wordAt(scan, from) === 'через' && wordAt(scan, to) === 'на' && ordinal(scan, to + 1) !== null,
  // "worming 3 monthly", "three-monthly": every so many of them, or the number of something.
  ({ scan, from, meant, covered }) => {
    const number = wordAt(scan, from - 1) === '-' ? from - 2 : from - 1;
    return (
      meant.k === 'repeat' &&
      meaning(scan, from, 'repeat') !== null &&
      number >= scan.begin &&
      !covered(number) &&
      scan.tokens[number]?.spaced === true &&
      numeral(scan, number) !== null
    );
  },
  // "swim M W F mornings"
  ({ scan, from, meant }) =>
    meant.k === 'repeat' &&
    scan.tokens[from - 1]?.capital === true &&
    /^(?:m|t|w|f|s|th|tu|sa|su)$/.test(wordAt(scan, from - 1)),
  // "handover 0715"
  ({ scan, from, to, meant }) => meant.k === 'clock' && to === from + 1 && isPadded(scan, from),
  // "the morning of dec 14"
  ({ scan, from, meant }) => {
    const of = wordAt(scan, from) === 'of' ? from : from - 1;
    return meant.k === 'date' && wordAt(scan, of) === 'of' && meaning(scan, of - 1, 'part') !== null;
  },
  // "the 1st of jan apr jul oct"
  ({ scan, to, meant, covered }) => meant.k === 'date' && !covered(to) && meaning(scan, to, 'month') !== null,
  // "next month 1st week"
  ({ scan, to, meant, covered }) =>
    meant.k === 'period' &&
    !covered(to) &&
    ordinal(scan, to) !== null &&
    meaning(scan, ordinal(scan, to)?.next ?? to, 'unit') !== null,
  // "remind me after 20 min": no hour has a unit behind it.
  ({ scan, from, to, meant, lead }) =>
    meant.k === 'clock' &&
    /^(?:after|before)$/.test(lead ?? '') &&
    to === from + 2 &&
    meaning(scan, to, 'unit') !== null,
  // "revert by tom eod", "tom 5pm": tomorrow, or somebody's name.
  ({ scan, from, meant }) =>
    (meant.k === 'clock' || meant.k === 'part') &&
    wordAt(scan, from - 1) === 'tom' &&
    scan.tokens[from - 1]?.capital === false,
  // "water the plants in the evening 7", "tomorrow morning 6 walk"
  ({ scan, to, meant, covered }) =>
    (meant.k === 'repeat' || meant.k === 'part') &&
    !covered(to) &&
    scan.tokens[to]?.kind === 'number' &&
    scan.tokens[to]?.spaced === true &&
    (((scan.tokens[to]?.value ?? 99) <= 24 && boundary(scan, to + 1, false)) || hourOfNoun(scan, to)),
  // "I was at the clinic on monday": what was is no plan.
  ({ scan, meant }) => /^(?:date|period|clock)$/.test(meant.k) && tellsPast(scan) !== null,
  // "в пятницу звонили из банка", "магазин работает до 22", "не звонить до среды"
  (beside) => toldOf(beside.scan, beside) !== null || namesNoPlan(beside.scan, beside),
  // "каждый месяц с 20 по 25"
  ({ meant, throughDays }) => meant.k === 'repeat' && meant.repeat.freq === 'MONTHLY' && throughDays(),
  // "завтра 10-12 уборка"
  ({ scan, to, meant, covered }) => meant.k === 'date' && numbersApart(scan, to) && !covered(to),
  // "стол на 12 в субботу": at twelve, or for so many
  ({ scan, from, meant, covered }) =>
    meant.k === 'date' &&
    wordAt(scan, from - 2) === 'на' &&
    !covered(from - 1) &&
    scan.tokens[from - 1]?.kind === 'number' &&
    (scan.tokens[from - 1]?.value ?? 99) <= 24,
  // "завтра 15 совещание": no noun in this form is counted by such a number.
  ({ scan, to, meant, covered }) =>
    meant.k === 'date' &&
    !covered(to) &&
    /^(?:[89]|1\d|2[0-3])$/.test(wordAt(scan, to)) &&
    /^[а-я]{3,}(?:[ая]|ие|[бвгджзклмнпрстфхцчш]о)$/.test(wordAt(scan, to + 1)) &&
    nounMayFollow(scan, to + 1),
  // "завтра 2 часа делать уроки"
  ({ scan, to, meant, covered }) => meant.k === 'date' && !covered(to) && isLength(scan, to, to + 2),
  // "в ближайшие три дня": by then, or on each of them.
  ({ scan, from, meant }) =>
    /^в (?:ближайш|следующ)ие$/.test(`${wordAt(scan, from)} ${wordAt(scan, from + 1)}`) && meant.k !== 'period',
  // "перенесли с 10 на 12"
  ({ scan, to, meant, lead }) =>
    meant.k === 'clock' && lead === 'start' && wordAt(scan, to) === 'на' && numeral(scan, to + 1) !== null,
  // "с утра до обеда"
  ({ scan, from, to, meant }) => meant.k === 'part' && wordAt(scan, from) === 'с' && wordAt(scan, to) === 'до',
  // "в первых числах декабря": how many of them?
  ({ scan, from, meant }) => meant.k === 'period' && wordAt(scan, from + 2) === 'числах',
  // "не раньше 10" is no time to be there.
  ({ scan, from, meant, lead }) => meant.k === 'clock' && wordAt(scan, from) === 'не' && lead === 'after',
  // "1 и 15 числа", "1st & 15th monthly": the first of two days was left out.
  ({ scan, from, meant, covered }) =>
    meant.k === 'date' &&
    Math.max(anyRole(scan, from - 1, 'and', 'or'), mark(scan, from - 1, '&')) === from &&
    (scan.tokens[from - 2]?.kind === 'number' || ordinal(scan, from - 3)?.next === from - 1) &&
    !covered(from - 2),
  // "суббота рынок": on Saturday, or a name.
  ({ scan, from, to, meant, covered }) =>
    meant.k === 'date' &&
    meant.weekday !== null &&
    from === scan.begin &&
    /^[а-я]{5,}(?:а|к|г|ье)$/.test(wordAt(scan, from)) &&
    to === from + 1 &&
    !covered(to) &&
    !boundary(scan, to, true),
  // "обновить до 18.2": a day, or a version.
  ({ scan, from, meant }) =>
    meant.k === 'date' && wordAt(scan, from) === 'до' && mark(scan, from + 2, '.', true) !== -1 && updated(scan, from),
  // "в пятом часу": some time between four and five.
  ({ scan, from, to, meant }) => meant.k === 'clocks' && /^в .* часу/.test(wordsOf(scan, from, to)),
  // "по чётным дням": of the month, or of the week.
  ({ scan, from, meant }) => meant.k === 'repeat' && anyRole(scan, from + 1, 'even', 'odd') !== -1,
  // "каждые 6 недель после того как сделаю уборку": after that, or from when it was done.
  ({ scan, to, meant }) => meant.k === 'repeat' && wordAt(scan, to) === 'после' && role(scan, to, 'finish') !== -1,
  // "через 2 недели после операции" counts from what no calendar knows.
  ({ scan, from, to }) => wordAt(scan, from) === 'через' && wordAt(scan, to) === 'после',
  // "перенеси на час раньше", "move it an hour earlier"
  ({ scan, to, meant }) => meant.k === 'exact' && /^(?:(?:по)?раньше|earlier|sooner)$/.test(wordAt(scan, to)),
  // "пятница 13-е" far ahead: that day, or Friday.
  ({ scan, from, to, meant }) =>
    meant.k === 'date' &&
    meant.weekday !== null &&
    /^[а-я]/.test(wordAt(scan, from)) &&
    ordinal(scan, to)?.digits === true,
  // "отель на 3 ночи": nights, or an hour of one.
  ({ scan, from, to, meant }) =>
    meant.k === 'clock' &&
    scan.leans === null &&
    wordAt(scan, from) === 'на' &&
    wordAt(scan, to - 1) === 'ночи' &&
    /^(?:[234]|две|три|четыре)$/.test(wordAt(scan, from + 1)),
  // "песня 3 сентября", "санаторий 8 марта": a day, or its name.
  ({ scan, from, meant }) =>
    (meant.k === 'date' || meant.k === 'period') &&
    NAMED_SO.test(wordAt(scan, from - 1)) &&
    // "вернуть книгу тридцатого"
    !/го$/.test(wordAt(scan, from)) &&
    (scan.tokens[from]?.kind === 'number' || ordinal(scan, from) !== null || meaning(scan, from, 'weekday') !== null),
  // "в ночь на субботу" begins the day before.
  ({ scan, to }) => wordAt(scan, to - 1) === 'ночь' && wordAt(scan, to) === 'на',
];

/** Whether words beside an expression say more than it does. */
export function halfSaid(scan: Scan, piece: Piece, pieces: readonly Piece[], covered: Covered): boolean {
  const { from, to } = piece;
  const beside: Beside = {
    ...piece,
    scan,
    covered,
    throughDays: () =>
      pieces.some((other) => other.to === from && daysThrough(scan, other.from) !== null) ||
      Array.from({ length: to - from }, (_, place) => from + place).some((at) => daysThrough(scan, at) !== null),
  };
  return HALF_SAID.some((says) => says(beside));
}

/** Whether words anywhere say more than the expressions do. */
export function saysMore(scan: Scan, pieces: readonly Piece[], covered: Covered): boolean {
  const repeated = pieces.some(({ meant }) => meant.k === 'repeat');
  // "напомни за полчаса до встречи в 15:00", "каждое утро таблетка, всего 14 раз"
  const beforehand = (index: number) => {
    const span = role(scan, index, 'ahead') === -1 ? null : readSpan(scan, index + 1, true);
    return (
      span !== null &&
      span.value.months < 1200 &&
      // "за 1 квартал" is what it is for.
      !/^квартал/.test(wordAt(scan, span.next - 1)) &&
      (wordAt(scan, span.next) === 'до' || /^напомн/.test(wordAt(scan, index - 1)))
    );
  };
  const counts = (index: number) => {
    const number = numeral(scan, index);
    return number !== null && role(scan, number.next, 'times') !== -1;
  };
  // "по чётным субботам"
  const even = (index: number) => /^(?:не)?четн(?:ы[мех]|ую|ый|ое|ая)$/.test(wordAt(scan, index));
  // "5 дней подряд с завтрашнего дня"
  const inRow = (index: number) =>
    wordAt(scan, index) === 'подряд' && meaning(scan, index - 1, 'unit') !== null && numeral(scan, index - 2) !== null;
  // "каждый вечер капли 5 дней": how long the series goes on, said at its end.
  const goesOn = (index: number) =>
    numeral(scan, index) !== null &&
    !/^(?:за|из|от|до|по|в|через|раз|каждые)$/.test(wordAt(scan, index - 1)) &&
    LASTING.test(lastWord(scan)) &&
    readSpan(scan, index, false)?.next === scan.tokens.length;
  // "завтра в начале седьмого"
  const hourEdge = (index: number) =>
    /^(?:начале|конце)$/.test(wordAt(scan, index)) &&
    /[оеь]го$/.test(wordAt(scan, index + 1)) &&
    (ordinal(scan, index + 1)?.n ?? 13) <= 12;
  // "завтра стендап перенесли на 11"
  const shiftedTo = (index: number) =>
    wordAt(scan, index + 1) === 'на' &&
    /^(?:пере|с)(?:нес|двин)/.test(wordAt(scan, index)) &&
    scan.tokens[index + 2]?.kind === 'number' &&
    !covered(index + 2) &&
    meaning(scan, index + 3, 'unit') === null &&
    boundary(scan, index + 3, false);
  // "во вторник к нотариусу на 14 часов": at two, or for so long; "завтра созвон на 15 поставить"
  const dated = pieces.some(({ meant }) => meant.k === 'date');
  const timed = pieces.some(({ meant }) => meant.k === 'clock' || meant.k === 'clocks' || meant.k === 'repeat');
  const hourSet = (index: number) =>
    dated &&
    !timed &&
    wordAt(scan, index) === 'на' &&
    (numeral(scan, index + 1)?.n ?? 99) <= 24 &&
    (/^час(?:а|ов)?$/.test(wordAt(scan, index + 2)) ||
      (scan.tokens[index + 1]?.kind === 'number' && (index + 2 === scan.tokens.length || startsTask(scan, index + 2))));
  // "в 12 стрижка, потом в 14 маникюр"
  const thenAt = (index: number) =>
    timed &&
    /^(?:потом|затем|после|и|а)$/.test(wordAt(scan, index - 1)) &&
    wordAt(scan, index) === 'в' &&
    scan.tokens[index + 1]?.kind === 'number' &&
    (scan.tokens[index + 1]?.value ?? 99) <= 24 &&
    !counted(scan, index + 2);
  if (pieces.length > 0 && asksSomebody(scan)) return true;
  const odd = (index: number) =>
    !covered(index) &&
    (beforehand(index) ||
      (repeated && (counts(index) || even(index) || goesOn(index))) ||
      inRow(index) ||
      hourSet(index) ||
      thenAt(index) ||
      hourEdge(index) ||
      shiftedTo(index));
  return pieces.length > 0 && scan.tokens.some((_, index) => odd(index));
}

/** What is often called by a day, and seldom happens on one. */
const NAMED_SO =
  /^(?:песн[яюи]|книг[ауи]|роман|рассказ|повесть|альбом|трек|клип|стих|стихотворение|картин[ау]|санаторий|корабль|теплоход|завод|фабрик[ау]|совхоз|колхоз|кинотеатр|парк|стадион|бригад[ау])$/;

const LASTING = /^(?:дня|дней|недел[иьюя]|месяц(?:а|ев)?)$/;
const lastWord = (scan: Scan) => wordAt(scan, scan.tokens.length - 1);

/** Whether a clock of somewhere else is named behind a time: "15:00 мск", "5pm GMT", "10am London time". */
function elsewhere(scan: Scan, index: number): boolean {
  if (zoneAt(scan, index) === 'other') return true;
  const city = scan.tokens[index]?.capital === true && wordAt(scan, index + 1) === 'time' ? wordAt(scan, index) : null;
  const coast = /^(?:pacific|eastern|central|mountain)$/.test(wordAt(scan, index)) && boundary(scan, index + 1, false);
  return coast || (city !== null && !scan.context.zone.toLowerCase().endsWith(`/${city}`));
}

/** Whether a number may be the hour of what follows it, which it does not count. */
const hourOfNoun = (scan: Scan, index: number) =>
  (scan.tokens[index]?.value ?? 99) <= 12 &&
  /^[a-z]/.test(wordAt(scan, index + 1)) &&
  nounMayFollow(scan, index + 1) &&
  !counted(scan, index + 1) &&
  meaning(scan, index + 1, 'unit') === null;

const wordsOf = (scan: Scan, from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => wordAt(scan, from + place)).join(' ');

/** Whether what stands before is brought to another version. */
const updated = (scan: Scan, to: number) =>
  scan.tokens.some(
    ({ norm }, index) => index < to && /^(?:обнов|апгрей|проапгрей|апдейт|проапдейт|подн[яи])/.test(norm),
  );

/** "10-12": two numbers that may be times or count. */
const numbersApart = (scan: Scan, index: number) =>
  [index, index + 2].every((at) => scan.tokens[at]?.kind === 'number' && (scan.tokens[at]?.value ?? 99) <= 24) &&
  mark(scan, index + 1, '-–', true) !== -1 &&
  /^[а-я]/.test(wordAt(scan, index + 3));
