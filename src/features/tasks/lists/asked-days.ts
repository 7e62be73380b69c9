/** The days a list is asked for ("friday", "next week", "by the 20th"), as lists keep them: '2026-05-15', '2026-05-18..2026-05-24', '..2026-05-20'. */
import type { Reading } from '../../../capture/index.ts';
import { addDays, type Day, parseDay } from '../../../core/days.ts';

export interface AskedDays {
  /** null: everything up to the last day */
  readonly from: Day | null;
  readonly to: Day;
}

/** "by friday" is all that is due until then. */
const UNTIL = /(?:^|\s)(?:by|before|until|till|up to|до|к|ко|по)\s/iu;

/** The days of a reading as a list's value. `words`: what was asked. */
export function daysAsked({ when, start, due }: Reading, words: string): string {
  if (when.kind === 'instant') return UNTIL.test(words) ? `..${due.day}` : due.day;
  const end = when.end ?? '';
  const day = end.slice(0, 10);
  const last = end.slice(11, 16) === '00:00' ? addDays(day, -1) : day;
  return last <= start.day ? start.day : `${start.day}..${last}`;
}

/** The days a value names; null when it is no such value. */
export function askedDays(value: unknown): AskedDays | null {
  const [, from, dots, to] = /^(\d{4}-\d{2}-\d{2})?(\.\.)?(\d{4}-\d{2}-\d{2})?$/.exec(String(value)) ?? [];
  const last = dots === undefined ? from : to;
  if (last === undefined || (dots === undefined && to !== undefined)) return null;
  if ([from, last].some((day) => day !== undefined && parseDay(day) === null)) return null;
  return { from: from ?? null, to: last };
}
