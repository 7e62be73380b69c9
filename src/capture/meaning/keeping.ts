/**
 * Gives readings back on the wall clock of another zone than they were said in: in a group everybody speaks of their own time, and what they
 * say is kept on the clock of the group. Days without a time stay the days they are.
 */
import { toDayNumber } from '../../core/days.ts';
import { WEEKDAY_CODES } from '../../core/recurrence/terms.ts';
import { parseRule, type Rule, ruleText } from '../../core/recurrence.ts';
import { instantOf, wallClock } from '../../core/zones.ts';
import type { Capture, CaptureContext, Reading, Recurrence, WallTime, WhenCapture } from '../types.ts';

/** The capture on the clock of `keptIn`; as it is where that is the speaker's own. A series that cannot stand on that clock is refused. */
export function kept<T extends Capture | WhenCapture>(capture: T, { zone, keptIn }: CaptureContext): T {
  if (keptIn === undefined || keptIn === zone) return capture;
  const move = (reading: Reading) => moved(reading, zone, keptIn);
  const readings = capture.readings.map(move);
  const reading = capture.reading && move(capture.reading);
  if ([reading, ...readings].includes('unkept')) return { ...capture, ...emptied(capture), refused: 'elsewhere' };
  const there = (one: Reading | 'unkept' | null): Reading[] => (one === null || one === 'unkept' ? [] : [one]);
  const [only = null] = there(reading);
  const some = { ...capture, reading: only, readings: readings.flatMap(there) };
  if (!('recurrence' in some)) return some;
  return { ...some, recurrence: only?.recurrence ?? null, alternatives: some.alternatives.map(move).flatMap(there) };
}

/** Without a time the words that named it stay in doubt and in the title. */
function emptied(capture: Capture | WhenCapture): object {
  const none = { reading: null, readings: [] };
  return 'recurrence' in capture ? { ...none, when: null, recurrence: null, alternatives: [] } : none;
}

function moved(reading: Reading, from: string, to: string): Reading | 'unkept' {
  const wall = ({ day, time }: WallTime): WallTime =>
    time === null ? { day, time } : clockAt(instantOf(day, time, from), to);
  if (reading.start.time === null && reading.due.time === null) {
    // A day is the day of whoever it is shown to; the morning it reminds in is the group's.
    const { day, time } = reading.remind;
    return { ...reading, remind: { day, time, at: instantOf(day, time, to) } };
  }
  const remind = { ...clockAt(reading.remind.at, to), at: reading.remind.at };
  const recurrence = reading.recurrence && shifted(reading.recurrence, reading.remind, remind);
  if (recurrence === 'unkept') return recurrence;
  return { ...reading, recurrence, start: wall(reading.start), due: wall(reading.due), remind };
}

function clockAt(at: number, zone: string): { day: string; time: string } {
  const { day, time } = wallClock(at, zone);
  return { day, time };
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * The rule on another clock, by what its first occurrence reads there. Hours move with it; weekdays too, where the day is another. Days of a month
 * have no such shift (the first of a month is not always the last of another), nor do several hours of which some cross midnight.
 */
function shifted(
  recurrence: Recurrence,
  said: { readonly day: string; readonly time: string },
  kept: { readonly day: string; readonly time: string },
): Recurrence | 'unkept' {
  const rule = new Map(parseRule(recurrence.rrule));
  const days = toDayNumber(kept.day) - toDayNumber(said.day);
  const shift = minutes(kept.time) + days * 1440 - minutes(said.time);
  const hours = rule.get('BYHOUR')?.split(',').map(Number);
  const minute = rule.get('BYMINUTE')?.split(',').map(Number) ?? [0];
  if (hours !== undefined) {
    if (hours.length > 1 && shift % 60 !== 0) return 'unkept';
    if (minute.length > 1 && shift % 60 !== 0) return 'unkept';
    const times = hours.map((hour) => hour * 60 + (minute[0] ?? 0) + shift);
    if (new Set(times.map((time) => Math.floor(time / 1440))).size > 1) return 'unkept';
    const within = times.map((time) => ((time % 1440) + 1440) % 1440);
    rule.set('BYHOUR', within.map((time) => Math.floor(time / 60)).join(','));
    if (shift % 60 !== 0) rule.set('BYMINUTE', String((within[0] ?? 0) % 60));
  }
  if (days === 0) return { ...recurrence, rrule: ruleText(rule as Rule) };
  const frequency = rule.get('FREQ') ?? '';
  if (frequency !== 'DAILY' && frequency !== 'WEEKLY') return 'unkept';
  const named = rule.get('BYDAY')?.split(',');
  if (
    rule.has('BYMONTHDAY') ||
    rule.has('BYSETPOS') ||
    rule.has('BYMONTH') ||
    rule.has('BYYEARDAY') ||
    rule.has('BYWEEKNO') ||
    named?.some((day) => !WEEKDAY_CODES.includes(day))
  )
    return 'unkept';
  if (named)
    rule.set('BYDAY', named.map((day) => WEEKDAY_CODES[(WEEKDAY_CODES.indexOf(day) + days + 7) % 7] ?? day).join(','));
  return { ...recurrence, rrule: ruleText(rule as Rule) };
}
