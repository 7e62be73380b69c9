/** Rules that words have no recurrence for: kept as they were written. */
import { dayString, toDayNumber } from '../../core/days.ts';
import { UserError } from '../../core/errors.ts';
import { isShort } from '../../core/recurrence/terms.ts';
import { nextOccurrence, type Rule, ruleText } from '../../core/recurrence.ts';
import { wallToEpoch } from '../../core/zones.ts';
import type { Repeat } from '../pieces.ts';
import type { Scan } from '../scan.ts';
import type { First } from './first.ts';

/**
 * A rule kept as it was written: its first occurrence is found by expanding it, week by week or month by month whatever its steps.
 * Null when it never occurs, or not before its end.
 */
export function exact(
  scan: Scan,
  repeat: Repeat,
  whole: Rule,
  times: readonly number[],
): { rrule: string; basis: Repeat['basis']; first: First } | null {
  const rule = new Map(whole);
  const short = isShort(repeat.freq);
  if (times.length > 0 && !short && !rule.has('BYHOUR'))
    rule
      .set('BYHOUR', [...new Set(times.map((minute) => Math.floor(minute / 60)))].join(','))
      .set('BYMINUTE', [...new Set(times.map((minute) => minute % 60))].join(','));
  const timed = short || rule.has('BYHOUR');
  if (repeat.count !== null) rule.set('COUNT', String(repeat.count));
  const until = untilText(repeat);
  if (until !== null) rule.set('UNTIL', until);
  const begin = Math.max(repeat.starting ?? scan.today, scan.today + (timed ? 0 : 1));
  const { zone, now } = scan.context;
  const bare = new Map(rule);
  bare.delete('COUNT');
  if (!short) bare.delete('INTERVAL');
  const start = `${dayString(begin)}T00:00`;
  try {
    const first = nextOccurrence(
      { rrule: ruleText(bare), start, zone },
      Math.max(now, wallToEpoch(begin, 0, zone) - 1),
    );
    if (first === null) return null;
    const [day = '', time = ''] = first.local.split('T');
    const seconds = timed ? Number(time.slice(0, 2)) * 3600 + Number(time.slice(3)) * 60 : null;
    return { rrule: ruleText(rule), basis: repeat.basis, first: { day: toDayNumber(day), seconds } };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The end of a recurrence as UNTIL has it, in local time; null where it has none. */
export function untilText({ until, untilSeconds }: Repeat): string | null {
  if (until === null) return null;
  const end = untilSeconds ?? 86_399;
  const two = (value: number) => String(value).padStart(2, '0');
  const time = [Math.floor(end / 3600), Math.floor(end / 60) % 60, end % 60].map(two).join('');
  return `${dayString(until).replaceAll('-', '')}T${time}`;
}
