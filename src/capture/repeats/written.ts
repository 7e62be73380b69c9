/** Recurrences written as RFC 5545 has them: "RRULE:FREQ=MONTHLY;BYDAY=-1FR", with or without its first word. */
import { type DayNumber, toDayNumber } from '../../core/days.ts';
import { UserError } from '../../core/errors.ts';
import { FREQUENCIES, isShort } from '../../core/recurrence/terms.ts';
import { parseRule, type Rule } from '../../core/recurrence.ts';
import { wallNumbers } from '../../core/zones.ts';
import type { Found, Meant, Repeat } from '../pieces.ts';
import type { Scan } from '../scan.ts';
import { make } from './units.ts';

const WRITTEN = /^(?:rrule:.*=|freq=(?:secondly|minutely|hourly|daily|weekly|monthly|yearly)\b)/i;

/** A rule that is the token at `index`. What cannot be read, has parts Steward does not keep, or never occurs is told, never taken for a part of the title. */
export function writtenAt(scan: Scan, index: number): Found<Meant> | null {
  const token = scan.tokens[index];
  if (token?.kind !== 'opaque') return null;
  const text = scan.text.slice(token.start, token.end);
  if (!WRITTEN.test(text)) return null;
  // Whole minutes are what Steward keeps: the second that other calendars write out is no part of its own.
  const parts = text
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;BYSECOND=0(?=;|$)/, '')
    .replace(/;$/, '');
  // UNTIL may be in UTC; what it means on the wall is found below.
  const utc = /;UNTIL=\d{8}T\d{6}Z/.test(parts);
  let rule: Rule;
  try {
    rule = parseRule(utc ? parts.replace(/(UNTIL=\d{8}T\d{6})Z/, '$1') : parts);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = error.key === 'recurrence-impossible' ? 'never' : 'rule';
    return { value: { k: 'fault', reason }, next: index + 1 };
  }
  const repeat = repeatOf(scan, rule, utc) ?? exactly(scan, rule, utc);
  return { value: repeat === null ? { k: 'fault', reason: 'rule' } : { k: 'repeat', repeat }, next: index + 1 };
}

/** A rule that words have no recurrence for, kept whole beside its ends. Minutes without their hour would be those of no hour. */
function exactly(scan: Scan, rule: Rule, utc: boolean): Repeat | null {
  const freq = FREQUENCIES.find((each) => each === rule.get('FREQ'));
  const short = isShort(freq);
  if (freq === undefined || (!short && rule.has('BYMINUTE') && !rule.has('BYHOUR'))) return null;
  const bare = new Map([...rule].filter(([part]) => part !== 'COUNT' && part !== 'UNTIL'));
  return make(freq, Number(rule.get('INTERVAL') ?? 1), {
    count: rule.has('COUNT') ? Number(rule.get('COUNT')) : null,
    ...untilOf(scan, rule.get('UNTIL'), utc),
    written: { weekStart: rule.get('WKST') ?? null, rule: bare },
  });
}

/** The rule as a recurrence in words would give it; null when words have no such recurrence. */
function repeatOf(scan: Scan, rule: Rule, utc: boolean): Repeat | null {
  const list = (part: 'BYMONTH' | 'BYMONTHDAY' | 'BYHOUR' | 'BYMINUTE' | 'BYSETPOS') =>
    rule.get(part)?.split(',').map(Number) ?? [];
  const freq = FREQUENCIES.find((each) => each === rule.get('FREQ'));
  const [months, monthDays, setPos] = [list('BYMONTH'), list('BYMONTHDAY'), list('BYSETPOS')];
  const [hours, pasts] = [list('BYHOUR'), list('BYMINUTE')];
  const days = rule.get('BYDAY')?.split(',') ?? [];
  const minutes = hours.flatMap((hour) => (pasts.length === 0 ? [0] : pasts).map((past) => hour * 60 + past));
  const short = isShort(freq);
  const placed = days.some((day) => day.length > 2);
  if (
    freq === undefined ||
    setPos.length > 1 ||
    (setPos.length > 0 && (minutes.length > 1 || (freq !== 'MONTHLY' && months.length !== 1))) ||
    (hours.length === 0 && pasts.length > 0) ||
    (short && months.length + monthDays.length + setPos.length + hours.length > 0) ||
    (freq === 'WEEKLY' && monthDays.length > 0) ||
    rule.has('BYYEARDAY') ||
    rule.has('BYWEEKNO') ||
    (days.length > 1 && setPos.length > 0 && placed) ||
    (freq === 'YEARLY' && placed && months.length === 0)
  )
    return null;
  return make(freq, Number(rule.get('INTERVAL') ?? 1), {
    months,
    monthDays,
    days: days.map((day) => day.replace('+', '')),
    setPos: setPos[0] ?? null,
    minutes,
    count: rule.has('COUNT') ? Number(rule.get('COUNT')) : null,
    ...untilOf(scan, rule.get('UNTIL'), utc),
    written: { weekStart: rule.get('WKST') ?? null, rule: null },
  });
}

/** The last day, and the second of it when a time is given; a time in UTC is turned into the owner's. */
function untilOf(scan: Scan, until: string | undefined, utc: boolean): Pick<Repeat, 'until' | 'untilSeconds'> {
  if (until === undefined) return { until: null, untilSeconds: null };
  const iso = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  const day: DayNumber = toDayNumber(iso);
  if (until.length === 8) return { until: day, untilSeconds: null };
  const [hour, minute, second] = [until.slice(9, 11), until.slice(11, 13), until.slice(13, 15)];
  if (!utc) return { until: day, untilSeconds: Number(hour) * 3600 + Number(minute) * 60 + Number(second) };
  const wall = wallNumbers(Date.parse(`${iso}T${hour}:${minute}:${second}Z`), scan.context.zone);
  return { until: wall.day, untilSeconds: Math.floor(wall.ms / 1000) };
}
