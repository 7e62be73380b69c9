/** Moves a day and time by what was said: "move it by 2 days". */
import { addMonths, type Day, dayString, toDayNumber } from '../core/days.ts';
import type { Piece } from './pieces.ts';
import type { Shift, WallTime } from './types.ts';

const DAY_MINUTES = 1440;

/**
 * `from` put off by `shift`, on the wall clock: months first (the 31st becomes the last day), then days, then minutes.
 * Null where it cannot be counted from there: minutes from a day without a time, or when what comes out lies before `today`.
 */
export function putOff(from: WallTime, { months, days, minutes }: Shift, today: Day): WallTime | null {
  if (minutes > 0 && from.time === null) return null;
  const [hour = 0, minute = 0] = (from.time ?? '').split(':').map(Number);
  const total = hour * 60 + minute + minutes;
  const day = dayString(addMonths(toDayNumber(from.day), months) + days + Math.floor(total / DAY_MINUTES));
  if (day < today) return null;
  const rest = total % DAY_MINUTES;
  const two = (value: number) => String(value).padStart(2, '0');
  return { day, time: from.time === null ? null : `${two(Math.floor(rest / 60))}:${two(rest % 60)}` };
}

/** What an item is moved by, where nothing but a length was said. */
export function shiftOf(pieces: readonly Piece[]): Shift | null {
  const [only, ...others] = pieces;
  if (only?.meant.k !== 'exact' || only.meant.by !== true || others.length > 0) return null;
  const { months, days, ms } = only.meant;
  return { months, days, minutes: Math.round(ms / 60_000) };
}
