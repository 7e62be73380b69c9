/** What a message that acts on an item acts on, and with what: the item's number or words, the note, the words searched, minutes spent. */
import { meanings } from '../lexicon.ts';
import { type Message, stretchOf } from '../message.ts';
import { readSpent } from '../rules/spent.ts';
import { type Scan, skip } from '../scan.ts';
import { type Taken, titleOf } from '../title.ts';
import type { Token } from '../tokens.ts';
import type { Capture } from '../types.ts';
import { type Opened, TARGETED } from './openings.ts';

/** The item, text or count the opening phrase asks for. */
export function withTarget(
  message: Message,
  opened: Opened,
  scan: Scan,
  spans: readonly Taken[],
  capture: Capture,
): Capture {
  const { tokens, text } = message;
  switch (opened.intent) {
    case 'undo': {
      const counts = tokens.slice(opened.next).flatMap(({ kind, norm, value }) => {
        const named = meanings(norm).find((lexeme) => lexeme.k === 'number');
        return kind === 'number' ? [value] : named?.k === 'number' ? [named.n] : [];
      });
      const [counted = 1] = counts;
      return {
        ...capture,
        title: '',
        undoCount: counted >= 1 ? Math.min(counted, 1000) : 1,
      };
    }
    case 'search':
      return { ...capture, query: text.slice(tokens[opened.next]?.start ?? text.length).trim() };
    case 'help':
      return { ...capture, title: '' };
    case 'log': {
      const spent = readSpent(scan, opened.next);
      if (spent === null) return capture;
      const taken = stretchOf(tokens, 0, skip(scan, spent.next, 'on', 'for', 'at'));
      const words = taken === null ? '' : titleOf(text, [taken, ...(capture.reading === null ? [] : spans)], 'item');
      return {
        ...capture,
        title: words,
        spentMinutes: spent.value,
        target: targetOf(numberIn(words), words),
      };
    }
    default:
      return TARGETED.has(opened.intent)
        ? {
            ...capture,
            target: targetOf(opened.item?.number ?? null, capture.title),
            ...noteOf(message, opened),
          }
        : capture;
  }
}

/** "log 2h on #7" */
function numberIn(words: string): number | null {
  const digits = /^[#№](\d{1,8})$/.exec(words)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Words that name nothing but what was spoken of. */
export const PRONOUN =
  /^(?:it|this|that|this one|that one|the last one|this task|that task|the task|это|эту|этот|его|её|ее|эту задачу|последнюю|последнее)$/iu;

function targetOf(number: number | null, words: string): Capture['target'] {
  const plain = words.replaceAll(/(?<![.!?\s])[.!?\s]+$/g, '').replace(/^["“«](.+)["”»]$/u, '$1');
  // "snooze it" names what is at hand.
  const named = number === null && !PRONOUN.test(plain) ? plain : '';
  return number === null && named === '' ? null : { number, words: named };
}

/** "note: text", "note that text": of no item. */
export const isText = (tokens: readonly Token[], { next }: Opened): boolean =>
  /^(?::|that|self|myself)$/.test(tokens[next - 1]?.norm ?? '');

/** "note #12: text", "add note to the report: text": what comes after the item. */
function noteOf(message: Message, opened: Opened): Partial<Capture> {
  if (opened.intent !== 'note') return {};
  const { tokens, text } = message;
  const rest = tokens.slice(opened.after);
  const colon = rest.find(({ kind, norm }) => kind === 'mark' && norm === ':');
  if (opened.item !== null) {
    const from = colon ?? null;
    const start = from === null || from !== rest[0] ? rest[0]?.start : from.end;
    return { query: start === undefined ? '' : text.slice(start).trim() };
  }
  if (isText(tokens, opened)) return { query: text.slice(tokens[opened.next - 1]?.end ?? 0).trim(), target: null };
  if (colon === undefined) return { query: '' };
  const first = rest[0];
  const words = first === undefined ? '' : text.slice(first.start, colon.start).trim();
  return { query: text.slice(colon.end).trim(), target: { number: null, words } };
}
