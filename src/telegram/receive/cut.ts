/** Where Telegram's clients cut a text that is too long for one message, and so whether two messages may be pieces of one. */

/** UTF-16 units a message holds. */
const LIMIT = 4096;
/** Clients cut at the best break they find, in the second half at the earliest. */
const SHORTEST_PIECE = LIMIT / 2;
/** All of them look this far back for a break, units. */
const LOOKED_BACK = 300;
/** White space at the cut goes with neither piece: a little more than it has mostly. */
const TRIMMED = 8;

/** Breaks, the worst first: where one is, how what lies before one ends, and what to put between two pieces that were cut there. */
const BREAKS = [
  { at: /\s/u, behind: /$/u, between: ' ' },
  { at: /(?<=[.!?…])\s|\n/u, behind: /[.!?…]$/u, between: ' ' },
  { at: /\n/u, behind: /$/u, between: '\n' },
  { at: /\n\s*\n/u, behind: /$/u, between: '\n\n' },
] as const;
type Break = (typeof BREAKS)[number];
const BEST: Break = BREAKS[3];

/** Whether a client may have cut a text behind this one. */
export const mayGoOn = (text: string): boolean => text.length > SHORTEST_PIECE;

/**
 * What stood between `text` and `next` where a client cut one text into the two; null where none would have: it fills a message as far as it
 * goes, so two that fit into one, and two of which the first had room for the beginning of the second, were written apart.
 */
export function cutBetween(text: string, next: string): string | null {
  if (!mayGoOn(text)) return null;
  const room = LIMIT - text.length;
  // Full to the last unit, or to the last but one before a pair that is not parted: cut for want of a break.
  if (room <= 0 || (room === 1 && /^[\ud800-\udbff]/.test(next))) return '';
  const hasRoom = ({ at }: Break, trimmed: number) => (next.split(at, 1)[0] ?? next).length + trimmed <= room;
  if (hasRoom(BEST, TRIMMED)) return null;
  if (/\s$/u.test(text) || /^\s/u.test(next)) return '';
  // It was cut at no worse break than a line's end that lies before the cut, and what the next message has before its first such break had no room.
  const end = text.slice(-LOOKED_BACK);
  const from = BEST.at.test(end) ? 3 : end.includes('\n') ? 2 : 0;
  const cut = BREAKS.slice(from).find((one) => one.behind.test(text) && !hasRoom(one, 1));
  return (cut ?? BEST).between;
}
