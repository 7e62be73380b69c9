/** Orders to move an item, told from things that are moved somewhere, and the little words of their verbs. */
import { vocabulary } from '../lexicon.ts';
import type { Piece } from '../pieces.ts';
import type { Token } from '../tokens.ts';
import type { Intent } from '../types.ts';
import type { Opened } from './openings.ts';

/** Whether a message whose opening calls for a date ends with one, and moves an item to it. */
export function endsMoved(tokens: readonly Token[], { needs, item, after }: Opened, pieces: readonly Piece[]): boolean {
  if (!/^(?:dated?|forward)$/.test(needs)) return true;
  const [first] = pieces;
  if (!pieces.some(({ to }) => to >= tokens.length - 1)) return false;
  // "bring the report forward to friday", but not "bring cake to work on friday"
  if (needs === 'forward') return tokens[(first?.from ?? 0) - 1]?.norm === 'forward';
  // "shift 2230-0630 tonight" is one at work.
  if (item === null && tokens[after]?.kind === 'number') return false;
  return needs === 'dated' || item !== null || !(goesSomewhere(tokens, after, first) || isDue(tokens, first));
}

/** "move sofa to the garage on saturday": moved to a place, and on that day; "move lunch with Ann to saturday" has its day behind "to". */
function goesSomewhere(tokens: readonly Token[], from: number, first: Piece | undefined): boolean {
  const words = tokens.slice(from, first?.from).filter(({ norm }) => !vocabulary.articles.has(norm));
  const to = words.findLastIndex(({ norm }) => norm === 'to' || norm === 'into');
  return to > 0 && to < words.length - 1 && !LEADS_ON.test(tokens[first?.from ?? 0]?.norm ?? '');
}
/** "move the car by 5" is to be done by then; "move it by 2 days" is by how much. */
const isDue = (tokens: readonly Token[], first: Piece | undefined): boolean =>
  tokens[first?.from ?? 0]?.norm === 'by' && first?.lead === 'by';
const LEADS_ON = /^(?:to|until|till|til|by|for|from)$/;

/** Where "push it back a week", "bring it forward to friday" speak of the time from: the little word belongs to the verb. */
export const particleBefore = (tokens: readonly Token[], intent: Intent, from: number): number =>
  intent === 'move' && /^(?:back|forward|forwards|out|up|on)$/.test(tokens[from - 1]?.norm ?? '') ? from - 1 : from;
