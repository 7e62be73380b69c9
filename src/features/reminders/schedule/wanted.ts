/** The time a person wants for a reminder, checked and put into the columns of its row. */
import type { EpochMs } from '../../../core/clock.ts';
import { UserError } from '../../../core/errors.ts';
import { nextOccurrence } from '../../../core/recurrence.ts';
import { instantOf } from '../../../core/zones.ts';
import type { Reminder, Task } from '../../../storage/rows.ts';
import { anchoredRule, beforeDue } from './timing.ts';

/** When a reminder fires, as a person gave it. Local times are 'YYYY-MM-DDTHH:MM' on the person's wall clock, `at` is epoch ms. */
export type Timing =
  | { readonly kind: 'wall'; readonly local: string }
  | { readonly kind: 'instant'; readonly at: EpochMs }
  | {
      readonly kind: 'series';
      readonly start: string;
      readonly rrule: string;
      readonly basis: 'schedule' | 'completion';
    }
  /** before the due time of its task */
  | { readonly kind: 'relative'; readonly minutes: number };

/** Reminders farther ahead than this are refused. Milliseconds. */
const FARTHEST_MS = 50 * 366 * 86_400_000;
/** Longest time before a due date. Minutes. */
const LONGEST_BEFORE = 366 * 1440;

type TimingColumns = Pick<Reminder, 'basis' | 'localAt' | 'fixedAt' | 'minutesBefore' | 'rrule' | 'rruleBasis'>;

const noTiming = { localAt: null, fixedAt: null, minutesBefore: null, rrule: null, rruleBasis: null } as const;

/**
 * The columns of a timing. Throws UserError: 'reminder-error-past', 'reminder-error-far', 'reminder-error-never' (a rule without an
 * occurrence to come), 'reminder-error-no-task', a rule's own faults.
 */
export function columnsOf(
  timing: Timing,
  zone: string,
  morning: string,
  task: Task | null,
  now: EpochMs,
): TimingColumns {
  const within = (at: EpochMs) => {
    if (at <= now) throw new UserError('reminder-error-past');
    if (at > now + FARTHEST_MS) throw new UserError('reminder-error-far');
  };
  switch (timing.kind) {
    case 'wall': {
      const [day = '', time = ''] = timing.local.split('T');
      within(instantOf(day, time, zone));
      return { ...noTiming, basis: 'wall', localAt: timing.local };
    }
    case 'instant':
      within(timing.at);
      return { ...noTiming, basis: 'instant', fixedAt: timing.at };
    case 'series': {
      const rrule = anchoredRule(timing.rrule, timing.start);
      const next = nextOccurrence({ rrule, start: timing.start, zone }, now);
      if (next === null) throw new UserError('reminder-error-never');
      within(next.at);
      const localAt = timing.basis === 'completion' ? next.local : timing.start;
      return { ...noTiming, basis: 'wall', localAt, rrule, rruleBasis: timing.basis };
    }
    case 'relative': {
      if (task === null) throw new UserError('reminder-error-no-task');
      const minutes = Math.trunc(timing.minutes);
      if (!(minutes >= 0 && minutes <= LONGEST_BEFORE)) throw new UserError('reminder-error-far');
      const at = beforeDue(task, minutes, zone, morning);
      if (at !== null) within(at);
      return { ...noTiming, basis: 'relative', minutesBefore: minutes };
    }
  }
}
