/** "nag 10m x5", «повторять каждые 10 мин 5 раз» behind the words of a reminder: how often it is said again until it is answered. */
import { MOST_NAGS, type Nag } from '../insistence.ts';

const UNIT = '(m|min|mins|minutes?|h|hr|hrs|hours?|м|мин|минут[уы]?|ч|час|часа|часов)';
const TIMES = String.raw`(?:[\s,]+(?:up\s+to\s+|до\s+|x|х|×)?\s*(\d{1,3})\s*(?:x|х|×|times?|раза?)?)?`;
const NAG = new RegExp(
  String.raw`(?:^|[\s,;]+)(?:and\s+|и\s+)?(?:nag(?:\s+me)?|повторя(?:й|ть)|напоминай\s+снова)(?:\s+(?:every|each|кажды[ей]|каждую))?\s+(\d{1,4})?\s*${UNIT}${TIMES}\s*[.!]?$`,
  'iu',
);

/** Times where none were named. */
const USUAL_TIMES = 5;

/** The words without what they say of nagging, and that; null where they say nothing of it. */
export function nagIn(words: string): { readonly words: string; readonly nag: Nag } | null {
  const found = NAG.exec(words);
  if (found === null) return null;
  const [, count = '1', unit = '', times] = found;
  const minutes = Number(count) * (/^[hч]/iu.test(unit) ? 60 : 1);
  const nag = { minutes, times: Math.min(times === undefined ? USUAL_TIMES : Number(times), MOST_NAGS) };
  return nag.minutes < 1 || nag.times < 1 ? null : { words: words.slice(0, found.index).trim(), nag };
}

/** How often something asked about is to be said again; null: once. */
export function nagAsked({
  nagMinutes,
  nagTimes,
}: {
  readonly nagMinutes?: unknown;
  readonly nagTimes?: unknown;
}): Nag | null {
  return typeof nagMinutes === 'number' && typeof nagTimes === 'number'
    ? { minutes: nagMinutes, times: nagTimes }
    : null;
}
