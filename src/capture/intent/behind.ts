/** "отчёт перенеси на пятницу", "молоко удали": in Russian the order may stand behind what it is of. */
import { meanings, vocabulary } from '../lexicon.ts';
import type { Token } from '../tokens.ts';
import type { Intent } from '../types.ts';
import type { Opened } from './openings.ts';

/** Said to somebody else in no case: a task of one's own is an infinitive. */
const ORDERS = new Map<string, Intent>([
  ...['перенеси', 'перенесите', 'сдвинь', 'передвинь', 'перекинь'].map((word) => [word, 'move'] as const),
  ['отложи', 'snooze'],
  ['удали', 'delete'],
  ['вычеркни', 'done'],
  ['отметь', 'done'],
  ['пометь', 'done'],
]);
const DONE = /^(?:как )?(?:сделан|выполнен|завершен|готов)[а-я]*$/;
const INFINITIVE = /(?:ть|ться|ти|тись|чь)$/;

const ITEM = /^(?:задачу|дело|напоминание)$/;

/** More words before the order are a sentence. */
const MOST_WORDS = 6;

/** An order behind its item; `after` is where its time begins. */
export function orderBehind(tokens: readonly Token[]): Opened | null {
  const at = tokens.findIndex(({ norm }) => ORDERS.has(norm));
  const intent = ORDERS.get(tokens[at]?.norm ?? '');
  if (intent === undefined || at < 1 || at > MOST_WORDS) return null;
  const end = tokens[at - 1]?.norm === ',' ? at - 1 : at;
  const item = itemIn(tokens.slice(0, end));
  if (item === null && !tokens.slice(0, end).every(isName)) return null;
  const rest = tokens.slice(at + 1).flatMap(({ kind, norm }) => (kind === 'mark' ? [] : [norm]));
  const marked = tokens[at]?.norm !== 'вычеркни' && intent === 'done';
  const fits = marked ? DONE.test(rest.join(' ')) : intent === 'move' || intent === 'snooze' || rest.length === 0;
  // "задачу про молоко удали"
  const named = ITEM.test(tokens[0]?.norm ?? '') ? (/^(?:про|о|об)$/.test(tokens[1]?.norm ?? '') ? 2 : 1) : 0;
  const next = named < end ? named : 0;
  return fits ? { intent, needs: 'words', asks: false, next, after: at + 1, end, item } : null;
}

/** "#12" and nothing else. */
function itemIn(tokens: readonly Token[]): Opened['item'] {
  const [sign, number, ...rest] = tokens;
  return sign?.norm === '#' && number?.kind === 'number' && rest.length === 0
    ? { number: number.value, from: 0, to: 2 }
    : null;
}

/** Whether a word may be of an item's name: none that hangs a sentence on another, tells a time or is to be done. */
function isName({ kind, norm }: Token): boolean {
  if (kind === 'opaque') return true;
  const told = meanings(norm).some(({ k }) => k === 'day' || k === 'weekday' || k === 'clock' || k === 'part');
  return kind === 'word' && !vocabulary.hanging.has(norm) && !told && !INFINITIVE.test(norm);
}
