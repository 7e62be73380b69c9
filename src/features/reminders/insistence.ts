/** How insistent a reminder is: said again until it is answered, urgent in quiet time. */
import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import { iso } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import type { Reminder } from '../../storage/rows.ts';
import { type Moment, type Reason, statements } from './schedule/planning.ts';
import { write } from './writing.ts';

/** Said again after so many minutes until it is answered, so many times at most. */
export interface Nag {
  readonly minutes: number;
  readonly times: number;
}

/** The longest interval between nags, in minutes, and the most of them. */
const LONGEST_NAG = 1440;
export const MOST_NAGS = 50;

/** The columns of it. Throws UserError 'reminder-error-nag'. */
export function nagColumns(nag: Nag | null): Pick<Reminder, 'nagMinutes' | 'nagTimes'> {
  if (nag === null) return { nagMinutes: null, nagTimes: null };
  const within = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
  if (!within(nag.minutes, LONGEST_NAG) || !within(nag.times, MOST_NAGS)) throw new UserError('reminder-error-nag');
  return { nagMinutes: nag.minutes, nagTimes: nag.times };
}

/** Whether it is said again until it is answered, and how often; null: once. Throws UserError 'reminder-error-nag'. */
export async function setNag(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  nag: Nag | null,
  at: Moment,
): Promise<Reminder> {
  const row = await write(changes, actor, reminder, nagColumns(nag));
  if (nag === null) {
    await changes.tx.query(statements.dropNags, [reminder.id, 'changed' satisfies Reason, iso(at.now)]);
  }
  return row;
}

/** Whether it comes in quiet time as well, where its person lets urgent ones pass. */
export function setUrgent(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  urgent: boolean,
): Promise<Reminder> {
  return write(changes, actor, reminder, { urgent });
}
