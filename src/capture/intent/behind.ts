/** "отчёт перенеси на пятницу", "молоко удали": in Russian the order may stand behind what it is of. */
import { languages, meanings, vocabulary } from '../lexicon.ts';
import type { Token } from '../tokens.ts';
import type { Intent } from '../types.ts';
import { type Opened, openings } from './openings.ts';

/** Said to somebody else in no case: a task of one's own is an infinitive. */
const ORDERS = new Map(
  languages.flatMap(({ behind }) =>
    Object.entries(behind?.orders ?? {}).flatMap(([intent, words]) =>
      words.split(' ').map((word) => [word, intent as Intent] as const),
    ),
  ),
);
const DONE = new Set(languages.flatMap(({ behind }) => behind?.asDone.split('|') ?? []));
const INFINITIVE = /(?:ть|ться|ти|тись|чь)$/;

/** More words before the order are a sentence. */
const MOST_WORDS = 6;

/** An order behind its item; `after` is where its time begins. */
export function orderBehind(tokens: readonly Token[]): Opened | null {
  const at = tokens.findIndex(({ norm }) => ORDERS.has(norm));
  const intent = ORDERS.get(tokens[at]?.norm ?? '');
  if (intent === undefined || at < 1 || at > MOST_WORDS) return null;
  const end = tokens[at - 1]?.norm === ',' ? at - 1 : at;
  if (intent === 'remind') return reminderBehind(tokens, at, end);
  const item = itemIn(tokens.slice(0, end));
  if (item === null && !tokens.slice(0, end).every(isName)) return null;
  const rest = tokens.slice(at + 1).flatMap(({ kind, norm }) => (kind === 'mark' ? [] : [norm]));
  const marked = vocabulary.marks.has(tokens[at]?.norm ?? '');
  const fits = marked ? DONE.has(rest.join(' ')) : intent === 'move' || intent === 'snooze' || rest.length === 0;
  // "задачу про молоко удали"
  const about = vocabulary.itemAbout.has(tokens[1]?.norm ?? '') ? 2 : 1;
  const named = vocabulary.items.has(tokens[0]?.norm ?? '') ? about : 0;
  const next = named < end ? named : 0;
  return fits ? { intent, needs: 'words', asks: false, next, after: at + 1, end, item } : null;
}

/** "вынести мусор, напомни завтра в 9": when to remind of it and nothing else may follow. */
function reminderBehind(tokens: readonly Token[], at: number, end: number): Opened | null {
  const asked = openings(tokens.slice(at)).find(({ intent }) => intent === 'remind');
  const named = tokens
    .slice(0, end)
    .every((token) => token.kind === 'mark' || token.kind === 'number' || tellsNoTime(token));
  if (asked === undefined || !named || end < 1 || vocabulary.noRequest.has(tokens[at - 1]?.norm ?? '')) return null;
  return { intent: 'remind', needs: 'words', asks: false, next: 0, after: at + asked.next, end, item: null };
}

/** "#12" and nothing else. */
function itemIn(tokens: readonly Token[]): Opened['item'] {
  const [sign, number, ...rest] = tokens;
  return sign?.norm === '#' && number?.kind === 'number' && rest.length === 0
    ? { number: number.value, from: 0, to: 2 }
    : null;
}

/** Whether a word may be of an item's name: none that hangs a sentence on another, tells a time or is to be done. */
const isName = (token: Token): boolean => tellsNoTime(token) && !INFINITIVE.test(token.norm);

function tellsNoTime({ kind, norm }: Token): boolean {
  if (kind === 'opaque') return true;
  const told = meanings(norm).some(({ k }) => k === 'day' || k === 'weekday' || k === 'clock' || k === 'part');
  return kind === 'word' && !vocabulary.hanging.has(norm) && !told;
}
