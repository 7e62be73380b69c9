/** When a reminder fires: pure calculation from its row, its person's wall clock and its task's due date. */
import type { Role } from '../../../access/people.ts';
import { type EpochMs, iso } from '../../../core/clock.ts';
import { addDays } from '../../../core/days.ts';
import type { QuietTime } from '../../../core/quiet.ts';
import {
  nextOccurrence,
  nextOccurrences,
  type Occurrence,
  parseRule,
  type Rule,
  ruleText,
  setMonthDay,
} from '../../../core/recurrence.ts';
import { instantOf, wallClock } from '../../../core/zones.ts';
import type { Priority, Reminder, TaskStatus } from '../../../storage/rows.ts';
import type { ClockChoice } from '../../../telegram/dates.ts';

/**
 * A reminder's row with all that decides when it fires and what it says.
 *
 * `fixedAt` means: for basis 'instant' when it fires; for others fired once at a time, until when it was snoozed (null: not);
 * for a series by schedule, up to which occurrence it was answered. So every answer is in the row and undo brings it back.
 */
export interface Ground extends Reminder, QuietTime {
  readonly personRole: Role;
  /** it is an occurrence put off of a series that goes on and is not muted */
  readonly ofHeardSeries: boolean;
  readonly quietLetsUrgent: boolean;
  readonly language: string;
  readonly clock: ClockChoice;
  /** part of the day to 'HH:MM', where it differs from the default */
  readonly dayParts: Readonly<Record<string, string>>;
  readonly taskTitle: string | null;
  readonly taskNumber: number | null;
  readonly taskStatus: TaskStatus | null;
  readonly taskPriority: Priority | null;
  /** 'YYYY-MM-DD' */
  readonly dueDate: string | null;
  /** 'HH:MM' */
  readonly dueTime: string | null;
  readonly clientName: string | null;
  /** the reminder is of a group in which Steward cannot write at present */
  readonly groupAway: boolean;
  /** in a group: Telegram's id and the name of who is to feel spoken to */
  readonly mentionId: number | null;
  readonly mentionName: string | null;
}

/** An occurrence to come: its name for ever and its instant. */
export interface Pending {
  readonly name: string;
  /** epoch ms */
  readonly at: EpochMs;
}

const DAY_MINUTES = 1440;

/** The hour of the morning ('HH:MM') of a person. */
export function morningOf(dayParts: Readonly<Record<string, string>>): string {
  return dayParts['morning'] ?? '09:00';
}

/** Whether many occurrences follow one another by the calendar; those after completion wait for an answer each time. */
export function isSeries(reminder: Pick<Reminder, 'rrule' | 'rruleBasis'>): boolean {
  return reminder.rrule !== null && reminder.rruleBasis !== 'completion';
}

/** Whether anything is sent to a person of this role. */
export function isLetIn(role: Role): boolean {
  return role === 'operator' || role === 'member';
}

/** Whether an occurrence may be planned: not done, ended, or paused for good, and its person is still let in. */
export function isLive({ status, pausedUntil, personRole }: Ground): boolean {
  return isLetIn(personRole) && (status === 'active' || (status === 'paused' && pausedUntil !== null));
}

/** The name of a wall-clock occurrence: the same in whatever zone it comes about. */
export function wallName(id: number, local: string): string {
  return `reminder:${id}:${local}`;
}

/** The name of an occurrence at an instant. */
function instantName(id: number, at: EpochMs): string {
  return `reminder:${id}:${iso(at)}`;
}

/** The wall-clock time in an occurrence's name; '' for one named by its instant. */
export function localOfName(name: string): string {
  return /:(\d{4}-\d\d-\d\dT\d\d:\d\d)$/.exec(name)?.[1] ?? '';
}

/** The instant a task is due, in `zone`; a day without a time counts as its morning hour. Null without a due date. */
export function dueInstant(
  task: { readonly dueDate: string | null; readonly dueTime: string | null },
  zone: string,
  morning: string,
): EpochMs | null {
  return task.dueDate === null ? null : instantOf(task.dueDate, task.dueTime ?? morning, zone);
}

/** `minutes` before a due time. Whole days keep the wall clock across DST; anything else is exact. */
export function beforeDue(
  task: { readonly dueDate: string | null; readonly dueTime: string | null },
  minutes: number,
  zone: string,
  morning: string,
): EpochMs | null {
  if (task.dueDate === null) return null;
  if (minutes % DAY_MINUTES === 0) {
    return instantOf(addDays(task.dueDate, -minutes / DAY_MINUTES), task.dueTime ?? morning, zone);
  }
  return instantOf(task.dueDate, task.dueTime ?? morning, zone) - minutes * 60_000;
}

/** When a reminder that fires once at a time fires, wherever that lies; null while it has no time. */
export function onceAt(ground: Ground): Pending | null {
  if (ground.fixedAt !== null) return { name: instantName(ground.id, ground.fixedAt), at: ground.fixedAt };
  if (ground.basis === 'relative') {
    const at = beforeDue(ground, ground.minutesBefore ?? 0, ground.timezone, morningOf(ground.dayParts));
    return at === null ? null : { name: instantName(ground.id, at), at };
  }
  if (ground.localAt === null) return null;
  const [day = '', time = '00:00'] = ground.localAt.split('T');
  return { name: wallName(ground.id, ground.localAt), at: instantOf(day, time, ground.timezone) };
}

/**
 * The occurrence to plan next, or null. A series: the first strictly after `after` whose wall-clock time also lies after `taken`
 * (after a flight west the same morning comes again, but was reminded of). Others: their one instant, even when it has passed.
 * A pause until a day keeps series silent until then; what would have fired meanwhile once comes that morning.
 */
export function pendingOf(ground: Ground, after: EpochMs, taken = ''): Pending | null {
  if (!isLive(ground)) return null;
  const { pausedUntil, timezone } = ground;
  if (!isSeries(ground)) {
    const once = onceAt(ground);
    if (once === null || dueIsOver(ground, after)) return null;
    if (pausedUntil === null) return once;
    const back = instantOf(pausedUntil, morningOf(ground.dayParts), timezone);
    return { name: once.name, at: Math.max(once.at, back) };
  }
  const from = pausedUntil === null ? after : Math.max(after, instantOf(pausedUntil, '00:00', timezone) - 1);
  const next = seriesNext(ground, from, taken);
  return next === null ? null : { name: wallName(ground.id, next.local), at: next.at };
}

/** Whether a reminder before a due date has lost its point: the task was due already. */
function dueIsOver(ground: Ground, after: EpochMs): boolean {
  if (ground.basis !== 'relative' || ground.fixedAt !== null) return false;
  return (dueInstant(ground, ground.timezone, morningOf(ground.dayParts)) ?? 0) <= after;
}

/** Occurrences asked for at once while looking for one beyond `taken`. */
const ASKED = 50;

function seriesNext(ground: Ground, after: EpochMs, taken: string): Occurrence | null {
  const series = seriesOf(ground);
  const first = nextOccurrence(series, after);
  if (first === null || first.local > taken) return first;
  let last = first;
  for (;;) {
    const more = nextOccurrences({ ...series, after: last.at, count: ASKED });
    const found = more.find((occurrence) => occurrence.local > taken);
    const end = more.at(-1);
    if (found !== undefined || end === undefined) return found ?? null;
    last = end;
  }
}

/** A reminder's rule with its start and zone. The row must have a rule. */
export function seriesOf(row: Pick<Ground, 'rrule' | 'localAt' | 'timezone'>): {
  rrule: string;
  start: string;
  zone: string;
} {
  return { rrule: row.rrule ?? '', start: row.localAt ?? '', zone: row.timezone };
}

/** Occurrences of a series counted at most after one that was missed; beyond, only the newest is looked for. */
const MOST_COUNTED = 1000;

/** Occurrences strictly after `after` up to and with `until`, oldest first. */
export interface Missed {
  /** the first ones, and at the end always the newest */
  readonly occurrences: readonly Occurrence[];
  /** there were more than MOST_COUNTED; those in between are not in `occurrences` */
  readonly capped: boolean;
  /** the first occurrence after `until` */
  readonly next: Occurrence | null;
}

/**
 * What of a series fell between two instants, at a bounded cost: a step of 12 µs for each counted one, and a handful of looks back
 * from `until` when there are more than can be counted.
 */
export function missedOf(
  series: { rrule: string; start: string; zone: string },
  after: EpochMs,
  until: EpochMs,
): Missed {
  const past: Occurrence[] = [];
  // One is the usual case; the more were missed, the more are asked for at once.
  for (let count = 1; past.length < MOST_COUNTED; count = Math.min(count * 8, MOST_COUNTED)) {
    const some = nextOccurrences({ ...series, after: past.at(-1)?.at ?? after, count });
    const here = some.filter((occurrence) => occurrence.at <= until);
    past.push(...here);
    const next = some[here.length];
    if (next !== undefined || some.length < count) return { occurrences: past, capped: false, next: next ?? null };
  }
  for (let back = 60_000; ; back *= 2) {
    const near = nextOccurrences({ ...series, after: until - back, count: MOST_COUNTED });
    const newest = near.findLast((occurrence) => occurrence.at <= until);
    if (newest === undefined) continue;
    const next = near.find((occurrence) => occurrence.at > until) ?? nextOccurrence(series, until);
    const known = past.at(-1)?.at ?? 0;
    return { occurrences: newest.at > known ? [...past, newest] : past, capped: newest.at > known, next };
  }
}

/**
 * The rule with what it takes from its start written out, so that the start may move along the series: the day of the month
 * (clamped in short months), the month of a year, the weekday of a week. `start` is local 'YYYY-MM-DDTHH:MM'.
 */
export function anchoredRule(rrule: string, start: string): string {
  const rule = new Map(parseRule(rrule));
  const frequency = rule.get('FREQ');
  const [, month = 1, day = 1] = start.slice(0, 10).split('-').map(Number);
  // What BYSETPOS picks from, and several months of a year, leave no place for the clamp.
  const named = ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYSETPOS'] as const;
  if (!named.some((part) => rule.has(part)) && (frequency === 'MONTHLY' || frequency === 'YEARLY')) {
    if (frequency === 'YEARLY' && !rule.has('BYMONTH')) rule.set('BYMONTH', String(month));
    if (day <= 28 || frequency === 'MONTHLY' || !rule.get('BYMONTH')?.includes(',')) setMonthDay(rule, day);
  }
  return ruleText(rule as Rule);
}

/** The rule with `taken` occurrences less of its COUNT, if it has one; null when none is left. */
export function lessCount(rrule: string, taken: number): string | null {
  const rule = new Map(parseRule(rrule));
  const count = rule.get('COUNT');
  if (count === undefined) return rrule;
  const left = Number(count) - taken;
  if (left <= 0) return null;
  return ruleText(rule.set('COUNT', String(left)) as Rule);
}

/** The wall clock of an instant as 'YYYY-MM-DDTHH:MM'. */
export function localOf(at: EpochMs, zone: string): string {
  const { day, time } = wallClock(at, zone);
  return `${day}T${time}`;
}

/** 'YYYY-MM-DD' of the day after the wall clock's day in `zone`. */
export function tomorrowOf(at: EpochMs, zone: string): string {
  return addDays(wallClock(at, zone).day, 1);
}
