/** Where a series is put off to again and again: its time may be wrong, and another is offered. */
import type { Actor } from '../../access/people.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { ReminderId } from '../../core/ids.ts';
import { parseRule, type Rule, ruleText } from '../../core/recurrence.ts';
import { wallClock } from '../../core/zones.ts';
import type { Queryable } from '../../storage/database.ts';
import type { Reminder } from '../../storage/rows.ts';
import { isSeries } from './schedule/timing.ts';
import type { Timing } from './schedule/wanted.ts';
import { statements } from './statements.ts';

/** Snoozes to the same time of day that make a pattern, of those of so many days. */
const PATTERN = 3;
const DAYS = 60;
/** Snoozes by a length land beside one another: times of day are told apart by so many minutes. */
const GRAIN = 15;

/** A series that its person puts off to the same time of day. */
export interface Moved {
  readonly reminder: ReminderId;
  readonly number: number;
  readonly title: string;
  /** the time of day it is put off to, 'HH:MM' */
  readonly to: string;
  readonly count: number;
}

interface Row {
  readonly id: ReminderId;
  readonly number: number;
  readonly text: string;
  readonly taskTitle: string | null;
  readonly rrule: string;
  readonly localAt: string;
  readonly until: EpochMs;
}

/** The patterns of the actor's space, the strongest first. A time that the series has already is none. */
export async function movedOf(db: Queryable, actor: Actor, now: EpochMs): Promise<Moved[]> {
  const rows = await db.query<Row>(statements.snoozes, [actor.spaceId, iso(now - DAYS * 86_400_000)]);
  const found = new Map<string, Moved>();
  for (const row of rows) {
    if (!hasOneTime(row.rrule)) continue;
    const to = rounded(wallClock(row.until, actor.person.timezone).time);
    if (to === row.localAt.slice(11)) continue;
    const key = `${row.id} ${to}`;
    const title = row.text === '' ? (row.taskTitle ?? '') : row.text;
    found.set(key, { reminder: row.id, number: row.number, title, to, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].filter((one) => one.count >= PATTERN).sort((a, b) => b.count - a.count);
}

function rounded(time: string): string {
  const minutes = Math.floor((Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / GRAIN) * GRAIN;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether a rule comes once a day at most: only then is there one time to change. */
function hasOneTime(rrule: string): boolean {
  const rule = parseRule(rrule);
  const single = (part: string | undefined) => part === undefined || /^\d+$/.test(part);
  return (
    ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(rule.get('FREQ') ?? '') &&
    single(rule.get('BYHOUR')) &&
    single(rule.get('BYMINUTE'))
  );
}

/** The same series at another time of day ('HH:MM'); null for a reminder that has no one time. */
export function timingAt(reminder: Reminder, time: string): Timing | null {
  const { rrule, localAt } = reminder;
  if (rrule === null || localAt === null || !isSeries(reminder) || !hasOneTime(rrule)) return null;
  const rule = new Map(parseRule(rrule));
  rule.set('BYHOUR', String(Number(time.slice(0, 2)))).set('BYMINUTE', String(Number(time.slice(3))));
  return { kind: 'series', start: `${localAt.slice(0, 10)}T${time}`, rrule: ruleText(rule as Rule), basis: 'schedule' };
}
