/** Quiet time: when nobody is to be disturbed, by hours of every day or by a switch, and until when it lasts. Pure. */
import type { EpochMs } from './clock.ts';
import { addDays } from './days.ts';
import { instantOf, wallClock } from './zones.ts';

/** What a person chose; see `PersonSettings`. */
export interface QuietTime {
  readonly timezone: string;
  readonly quietHours: string | null;
  readonly quietSince: EpochMs | null;
  readonly quietUntil: EpochMs | null;
}

/** The end of a silence that lasts until it is ended. Epoch ms; far enough to be after everything, and a date PostgreSQL and people can read. */
export const OPEN_END: EpochMs = Date.UTC(2200, 0, 1);

/** 'HH:MM' twice, of 'HH:MM-HH:MM'; null for anything else, and for hours without a length. */
export function hoursOf(quietHours: string | null): { readonly from: string; readonly to: string } | null {
  const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d';
  const [, from, to] = new RegExp(`^(${clock})-(${clock})$`).exec(quietHours ?? '') ?? [];
  return from === undefined || to === undefined || from === to ? null : { from, to };
}

/**
 * The end of the quiet hours around an instant, null outside them. They begin and end as instants: hours touched by a change of the
 * clock are shorter or longer by it, one that falls into the gap moves behind it, and of a doubled hour the first is meant.
 */
function hoursEnd(quiet: QuietTime, at: EpochMs): EpochMs | null {
  const hours = hoursOf(quiet.quietHours);
  if (hours === null) return null;
  const today = wallClock(at, quiet.timezone).day;
  for (const day of [addDays(today, -1), today]) {
    const start = instantOf(day, hours.from, quiet.timezone);
    const end = instantOf(hours.from < hours.to ? day : addDays(day, 1), hours.to, quiet.timezone);
    if (start <= at && at < end) return end;
  }
  return null;
}

/** The end of the silence a person switched on, null when none is on. */
function silenceEnd(quiet: QuietTime, at: EpochMs): EpochMs | null {
  if (quiet.quietSince === null || quiet.quietSince > at) return null;
  if (quiet.quietUntil === null) return OPEN_END;
  return at < quiet.quietUntil ? quiet.quietUntil : null;
}

/** When the quiet time around an instant is over (epoch ms; `OPEN_END`: when it is ended); null when it is not quiet. */
export function quietEnd(quiet: QuietTime, at: EpochMs): EpochMs | null {
  if (quiet.quietHours === null && quiet.quietSince === null) return null;
  let end: EpochMs | null = null;
  // One may begin before the other ends.
  for (let now = at; now < OPEN_END; ) {
    const next: EpochMs = Math.max(hoursEnd(quiet, now) ?? 0, silenceEnd(quiet, now) ?? 0);
    if (next <= now) break;
    end = next;
    now = next;
  }
  return end;
}

/** Whether a person chose this instant themselves, by a snooze: it is kept in quiet hours, and in a silence that was on already. */
export function choseIt(
  quiet: QuietTime,
  reminder: { readonly snoozedAt: EpochMs | null; readonly fixedAt: EpochMs | null },
  dueAt: EpochMs,
  now: EpochMs,
): boolean {
  const { snoozedAt, fixedAt } = reminder;
  if (snoozedAt === null || fixedAt !== dueAt) return false;
  return silenceEnd(quiet, now) === null || snoozedAt >= (quiet.quietSince ?? 0);
}
