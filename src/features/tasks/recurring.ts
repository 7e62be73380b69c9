/** Recurring tasks: one open instance at a time; completing it opens the next. */
import type { EpochMs } from '../../core/clock.ts';
import { dayString, toDayNumber } from '../../core/days.ts';
import { UserError } from '../../core/errors.ts';
import {
  nextAfterCompletion,
  nextOccurrence,
  nextOccurrences,
  parseRule,
  type Rule,
  ruleText,
} from '../../core/recurrence.ts';
import { instantOf, wallClock, wallToEpoch } from '../../core/zones.ts';
import type { RecurrenceRule, Task } from '../../storage/rows.ts';

/** What the next instance of a series has that differs from the one before. */
export interface NextInstance {
  /** 'YYYY-MM-DD' */
  readonly dueDate: string;
  /** 'HH:MM' */
  readonly dueTime: string | null;
  /** 'YYYY-MM-DD', as far before the due date as it was; null when there was none */
  readonly startDate: string | null;
  readonly recurrence: RecurrenceRule;
}

type Recurring = Pick<Task, 'recurrence' | 'dueDate' | 'dueTime' | 'startDate'>;

/**
 * The instance that follows when `task` is completed at `now`, or null when it does not recur or its series has ended. By schedule: the first
 * occurrence after the due date that is not over yet, so completing late never opens what is already past. COUNT is what is left of the series,
 * the present instance included.
 */
export function nextInstance(task: Recurring, now: EpochMs, zone: string): NextInstance | null {
  const { recurrence } = task;
  if (recurrence === null) return null;
  const rule = parseRule(recurrence.rrule);
  const count = rule.get('COUNT');
  const left = count === undefined ? Number.POSITIVE_INFINITY : Number(count) - 1;
  if (left <= 0) return null;
  const local = nextLocal(task, withoutCount(rule), recurrence.basis, now, zone);
  if (local === null) return null;
  const dueDate = local.slice(0, 10);
  const timed = task.dueTime !== null || rule.has('BYHOUR');
  const gap =
    task.startDate === null || task.dueDate === null ? null : toDayNumber(task.dueDate) - toDayNumber(task.startDate);
  const rest = count === undefined ? rule : new Map(rule).set('COUNT', String(left));
  return {
    dueDate,
    dueTime: timed ? local.slice(11, 16) : null,
    startDate: gap === null ? null : dayString(toDayNumber(dueDate) - gap),
    recurrence: { rrule: ruleText(rest), basis: recurrence.basis },
  };
}

/** The next `count` due dates behind the present one, for a series by schedule; none where they cannot be told ahead. */
export function datesAhead(
  task: Recurring,
  zone: string,
  count: number,
): ReadonlyArray<{ readonly day: string; readonly time: string | null }> {
  const { recurrence, dueDate } = task;
  if (recurrence === null || dueDate === null || recurrence.basis === 'completion') return [];
  const time = task.dueTime ?? '00:00';
  const timed = task.dueTime !== null || recurrence.rrule.includes('BYHOUR=');
  try {
    const after = instantOf(dueDate, timed ? time : '23:59', zone);
    const found = nextOccurrences({ rrule: recurrence.rrule, start: `${dueDate}T${time}`, zone, after, count });
    return found.map(({ local }) => ({ day: local.slice(0, 10), time: timed ? local.slice(11, 16) : null }));
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** The first date of a series from a day ('YYYY-MM-DD') on; null when it is over by then. Counted from completion it is that day itself. */
function firstFrom(
  task: Recurring,
  day: string,
  zone: string,
): { readonly dueDate: string; readonly dueTime: string | null } | null {
  const { recurrence } = task;
  if (recurrence === null) return null;
  if (recurrence.basis === 'completion') return { dueDate: day, dueTime: task.dueTime };
  const time = task.dueTime ?? '00:00';
  const rrule = withoutCount(parseRule(recurrence.rrule));
  const timed = task.dueTime !== null || rrule.includes('BYHOUR=');
  const start = `${task.dueDate ?? day}T${time}`;
  const next = nextOccurrence({ rrule, start, zone }, instantOf(day, '00:00', zone) - 1);
  return next === null ? null : { dueDate: next.local.slice(0, 10), dueTime: timed ? next.local.slice(11, 16) : null };
}

/** The dates of an instance that goes on: its own where they are still ahead on a day ('YYYY-MM-DD'), else the first of its series from then on; null when that is over. */
export function datesBack(
  task: Recurring,
  day: string,
  zone: string,
): Pick<Task, 'startDate' | 'dueDate' | 'dueTime'> | null {
  const { startDate, dueDate, dueTime } = task;
  if (dueDate !== null && dueDate >= day) return { startDate, dueDate, dueTime };
  const first = firstFrom(task, day, zone);
  return first === null ? null : { ...first, startDate: shifted(startDate, dueDate, first.dueDate) };
}

/** A day as far from `to` as it is from `from`; null where one of them is none. All are 'YYYY-MM-DD'. */
export function shifted(day: string | null, from: string | null, to: string | null): string | null {
  if (day === null || from === null || to === null) return null;
  return dayString(toDayNumber(to) + toDayNumber(day) - toDayNumber(from));
}

function withoutCount(rule: Rule): string {
  return ruleText(new Map([...rule].filter(([part]) => part !== 'COUNT')));
}

function nextLocal(
  task: Recurring,
  rrule: string,
  basis: RecurrenceRule['basis'],
  now: EpochMs,
  zone: string,
): string | null {
  const clock = wallClock(now, zone);
  const time = task.dueTime ?? '00:00';
  try {
    if (basis === 'completion') {
      const next = nextAfterCompletion(rrule, `${clock.day}T${clock.time}`, zone, time);
      return next?.local ?? null;
    }
    const day = task.dueDate ?? clock.day;
    const due = instantOf(day, time, zone);
    const timed = task.dueTime !== null || rrule.includes('BYHOUR=');
    const past = timed ? now : wallToEpoch(toDayNumber(clock.day), 0, zone) - 1;
    // An untimed task is due all day long: its own day never comes a second time.
    const after = Math.max(timed ? due : instantOf(day, '23:59', zone), past);
    const next = nextOccurrence({ rrule, start: `${day}T${time}`, zone }, after);
    return next?.local ?? null;
  } catch (error) {
    // A rule that cannot be expanded any more must not keep its owner from completing the task.
    if (error instanceof UserError) return null;
    throw error;
  }
}
