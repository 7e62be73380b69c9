/** Words of time that say what something is about and not when ("отчёт за третий квартал", "итоги следующей недели"), are part of a name ("USA Today"), or cut something else short ("60 вт"). */
import { vocabulary } from '../lexicon.ts';
import { readClock } from '../rules/clock.ts';
import { beginsClause, boundary, isUpper, sentenceEnds, startsTask } from '../rules/context.ts';
import { type Scan, skip, wordAt } from '../scan.ts';

const GENITIVE = /^(?:недели|месяца|квартала|года)$/;
const DATIVE =
  /^(?:неделе|месяцу|кварталу|году|(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)ю|марту|маю|августу)$/;

const INSTRUMENTAL =
  /^(?:(?:январ|феврал|апрел|ма|июн|июл|сентябр|октябр|ноябр|декабр)ем|мартом|августом|понедельником|вторником|средой|четвергом|пятницей|субботой|воскресеньем)$/;

/** "встреча с Августом", "что делать с пятницей": who or what it is with, where a day would be "с пятницы". */
export const isWith = (scan: Scan, from: number, to: number) =>
  /^(?:с|со|над)$/.test(wordAt(scan, from - 1)) && INSTRUMENTAL.test(wordAt(scan, to - 1));

/** Whether the period from `from` to `to` (its preposition at `index`, or none) belongs to the noun before it. */
export function isAbout(scan: Scan, index: number, from: number, to: number): boolean {
  const last = wordAt(scan, to - 1);
  if (!/^[а-я]/.test(last)) return false;
  // "по кварталу" is about one, "по пятницу" is until it.
  if (isWith(scan, from, to)) return true;
  const before = wordAt(scan, from - 1);
  if (before === 'по') return DATIVE.test(last);
  if (from > index) return false;
  // "лекция про май"
  if (/^(?:про|о|об)$/.test(before) && index > scan.begin) return true;
  // "сделать за эту неделю" is by its end, "отчёт за эту неделю" about it.
  if (before === 'за') return !(index - 1 <= scan.begin || startsTask(scan, index - 2));
  const noun = /^[а-я]/.test(before) && index > scan.begin && (scan.meant[index - 1] ?? []).length === 0;
  const listed = vocabulary.listNouns.has(before) || vocabulary.listFillers.has(before);
  return noun && !listed && GENITIVE.test(last);
}

/** "лампа 60 вт", "ср балл", "ВС РФ": letters that cut something else short where a number or such a word is beside them. */
export function abbreviates(scan: Scan, index: number, next: number): boolean {
  const before = scan.tokens[index - 1];
  const watts =
    wordAt(scan, index) === 'вт' && before?.kind === 'number' && readClock(scan, skip(scan, next, 'at'), true) === null;
  const following = wordAt(scan, next);
  return (
    watts ||
    (wordAt(scan, index) === 'ср' && AVERAGED.test(following)) ||
    (/^[вс][сб]$/.test(wordAt(scan, index)) && /^(?:рф|сша|ссср|оон)$/.test(following))
  );
}
const AVERAGED =
  /^(?:отклонени|балл|оценк|чек|рост|вес|возраст|температур|значени|цен|скорост|расход|арифм|квадрат|продолжительн|стоимост|зарплат|зп$)/;

/** Whether "today", "tonight" and the like are said of a day and not part of a name. */
export function relativeFits(scan: Scan, index: number, inner: number, led: boolean): boolean {
  const before = wordAt(scan, index - 1);
  const edge = wordAt(scan, index - 2) === 'end';
  if (
    !led &&
    ((before === 'of' && !edge) || before === 'about' || before === 'о' || before === 'об' || before === 'про')
  )
    return false;
  // "check if tomorrow works", "is today ok for them": what is asked about.
  const asks = /^(?:if|whether)$/.test(before) || (index - 1 <= scan.begin && /^(?:is|was|does|did)$/.test(before));
  if (!led && asks && !sentenceEnds(scan, inner + 1)) return false;
  const token = scan.tokens[inner];
  // "a 2day course"
  if (token?.norm === '2day') return boundary(scan, inner + 1, true);
  if (token?.capital !== true || isUpper(scan, inner)) return true;
  // "TODAy": nobody writes a name so.
  if (/^\p{Lu}{2}/u.test(scan.text.slice(token.start, token.end))) return true;
  // "USA Today", "Tomorrow Never Dies": a name, not a day.
  const following = scan.tokens[inner + 1];
  const named =
    /^[a-z]/.test(token.norm) &&
    following?.kind === 'word' &&
    following.capital &&
    (scan.tokens[inner + 2]?.capital === true || /^(?:when|is|was|never|and|or|comes|tonight)$/.test(following.norm));
  if (beginsClause(scan, inner)) return !named;
  // "Call Mum Tomorrow At Six"
  const timed = readClock(
    scan,
    skip(scan, inner + 1, 'at', 'by'),
    following?.norm === 'at' || following?.norm === 'by',
  );
  return !/[a-z]/.test(token.norm) || inner === scan.begin || timed !== null;
}
