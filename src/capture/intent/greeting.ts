/** Words people begin with before they say what they want: "hey", "ok so", "can you please". */
import { isSmallTalk, startsTalk, vocabulary } from '../lexicon.ts';
import type { Token } from '../tokens.ts';

/** More of them are no greeting any more. */
const MOST_GREETING = 8;

/** Index of the first token after words of greeting; 0 when there are none. */
export function greeted(tokens: readonly Token[]): number {
  let at = 0;
  while (at < MOST_GREETING) {
    const token = tokens[at];
    if (token === undefined) break;
    const asked = /^(?:can|could|would|will)$/.test(token.norm) && tokens[at + 1]?.norm === 'you';
    const greeting =
      vocabulary.greetings.has(token.norm) || (token.kind === 'mark' && at > 0 && ',.!…-'.includes(token.norm));
    if (!asked && !greeting) break;
    at += asked ? 2 : 1;
  }
  return at;
}

/** Nothing but "thanks" or "hello!": company, no task. */
export function isTalk(tokens: readonly Token[]): boolean {
  const first = tokens.find(({ kind }) => kind !== 'mark')?.norm.split("'", 1)[0];
  if (tokens.length > 12 || first === undefined || !startsTalk(first)) return false;
  const words = tokens.flatMap(({ kind, norm }) => (kind === 'mark' ? [] : [norm.replaceAll("'", ' ')]));
  return isSmallTalk(words.join(' '));
}
