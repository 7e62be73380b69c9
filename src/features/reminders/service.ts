/** Reminders: made, changed, paused, removed, listed. Every change goes through an action's `Changes` and plans anew what it touches. */
import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { EpochMs } from '../../core/clock.ts';
import { NotFound, UserError } from '../../core/errors.ts';
import type { ReminderId } from '../../core/ids.ts';
import { nextOccurrence, nextOccurrences, type Occurrence } from '../../core/recurrence.ts';
import { instantOf, today } from '../../core/zones.ts';
import { cancelPlanned } from '../../outbox/ledger.ts';
import type { Reminder, Task } from '../../storage/rows.ts';
import { type Nag, nagColumns } from './insistence.ts';
import { find } from './reading.ts';
import { type Moment, type Reason, replan } from './schedule/planning.ts';
import { isSeries, lessCount, morningOf } from './schedule/timing.ts';
import { columnsOf, type Timing } from './schedule/wanted.ts';
import { statements } from './statements.ts';
import { write } from './writing.ts';

export interface NewReminder {
  readonly text: string;
  readonly timing: Timing;
  /** the task it belongs to; its title is told when `text` is '' */
  readonly task: Authorized<Task> | null;
  /** how often it is said again until it is answered; not, unless given */
  readonly nag?: Nag | null;
  readonly urgent?: boolean;
}

/** Longest text of a reminder, in UTF-16 units: it must fit a message with what stands around it. */
export const LONGEST_TEXT = 2000;

function checkedText(text: string, task: unknown): string {
  const trimmed = text.trim();
  if (trimmed === '' && task === null) throw new UserError('reminder-error-empty');
  if (trimmed.length > LONGEST_TEXT) throw new UserError('reminder-error-long', { most: LONGEST_TEXT });
  return trimmed;
}

/** Makes a reminder for the actor, told in the actor's chat, and plans its first occurrence. Errors as `Timing` and text may be wrong. */
export async function create(changes: Changes, actor: Actor, wanted: NewReminder, at: Moment): Promise<Reminder> {
  const { timezone, dayParts } = actor.person;
  if (wanted.task !== null && wanted.task.spaceId !== actor.spaceId) throw new NotFound('task', wanted.task.id);
  const row = await changes.insert('reminders', {
    spaceId: actor.spaceId,
    text: checkedText(wanted.text, wanted.task),
    ...columnsOf(wanted.timing, timezone, morningOf(dayParts), wanted.task, at.now),
    personId: actor.person.id,
    chatId: actor.chatId,
    taskId: wanted.task?.id ?? null,
    status: 'active',
    pausedUntil: null,
    muted: false,
    latePolicy: 'send',
    urgent: wanted.urgent ?? false,
    ...nagColumns(wanted.nag ?? null),
    threadId: actor.threadId ?? null,
    createdBy: actor.person.id,
    createdAt: at.now,
  });
  await replan(changes.tx, [row.id], 'changed', at);
  return row;
}

/** Gives a reminder another time; one that was over is active again, a snooze or pause ends. */
export async function retime(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  timing: Timing,
  task: Authorized<Task> | null,
  at: Moment,
): Promise<Reminder> {
  const { timezone, dayParts } = actor.person;
  const timed = columnsOf(timing, timezone, morningOf(dayParts), task, at.now);
  // A series keeps in fixedAt how far it was answered: what was before it became this one is not open again.
  const fixedAt = isSeries(timed) ? at.now : timed.fixedAt;
  return change(changes, actor, reminder, { ...timed, fixedAt, status: 'active', pausedUntil: null }, 'changed', at);
}

/** Gives a reminder other words; '' leaves its task's title. */
export async function retext(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  text: string,
): Promise<Reminder> {
  return write(changes, actor, reminder, { text: checkedText(text, reminder.taskId) });
}

/** Silences a reminder until the morning of a day ('YYYY-MM-DD'), or until it is resumed (null). Throws UserError for a day that is not ahead. */
export async function pause(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  until: string | null,
  at: Moment,
): Promise<Reminder> {
  if (until !== null && until <= today(at.now, actor.person.timezone)) throw new UserError('reminder-error-past');
  if (reminder.status === 'ended' || reminder.status === 'done') throw new UserError('reminder-error-over');
  return change(changes, actor, reminder, { status: 'paused', pausedUntil: until, pausedAt: at.now }, 'paused', at);
}

/** Ends a pause. What would have fired once meanwhile fires now. */
export async function resume(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  at: Moment,
): Promise<Reminder> {
  if (reminder.status !== 'paused') throw new UserError('reminder-error-not-paused');
  return change(changes, actor, reminder, { status: 'active', pausedUntil: null, pausedAt: null }, 'changed', at);
}

/** A muted series goes on, in the ledger only. Throws UserError for a reminder that is no series. */
export async function mute(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  muted: boolean,
): Promise<Reminder> {
  if (reminder.rrule === null) throw new UserError('reminder-error-no-series');
  return write(changes, actor, reminder, { muted });
}

/** What becomes of occurrences more than an hour late. */
export async function setLatePolicy(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  latePolicy: Reminder['latePolicy'],
): Promise<Reminder> {
  return write(changes, actor, reminder, { latePolicy });
}

/**
 * Leaves out the next occurrence: a series starts at the one after it, one that fires once is over. Returns the instant left out and the
 * one that is next now (epoch ms). Throws UserError when nothing is to come.
 */
export async function skipNext(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  at: Moment,
  reason: 'skipped' | 'changed' = 'skipped',
): Promise<{ skipped: EpochMs; next: EpochMs | null }> {
  const found = await find(changes.tx, actor, reminder.id);
  const skipped = found.nextDue;
  if (skipped === null) throw new UserError('reminder-error-over');
  if (!isSeries(reminder) || reminder.rrule === null || reminder.localAt === null) {
    await change(changes, actor, reminder, { status: 'ended', fixedAt: onceFixed(reminder) }, reason, at);
    return { skipped, next: null };
  }
  const series = { rrule: reminder.rrule, start: reminder.localAt, zone: found.timezone };
  const next = nextOccurrence(series, skipped);
  if (next === null) {
    await change(changes, actor, reminder, { status: 'ended' }, reason, at);
    return { skipped, next: null };
  }
  const rrule = reminder.rrule.includes('COUNT=')
    ? lessCount(reminder.rrule, countUpTo(series, skipped))
    : reminder.rrule;
  await change(changes, actor, reminder, { localAt: next.local, rrule }, reason, at);
  return { skipped, next: next.at };
}

/** A skipped snooze ends with the reminder; the instant of an exact one is its only time and stays. */
function onceFixed(reminder: Reminder): EpochMs | null {
  return reminder.basis === 'instant' ? reminder.fixedAt : null;
}

function countUpTo(series: { rrule: string; start: string; zone: string }, until: EpochMs): number {
  let count = 0;
  let after = instantOf(series.start.slice(0, 10), '00:00', series.zone) - 1;
  for (;;) {
    const some: Occurrence[] = nextOccurrences({ ...series, after, count: 1000 });
    const past = some.filter((occurrence) => occurrence.at <= until).length;
    count += past;
    const last = some.at(-1);
    if (last === undefined || past < some.length) return count;
    after = last.at;
  }
}

/** Removes a reminder with what is planned of it and of its snoozed occurrences. */
export async function remove(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  at: Moment,
): Promise<void> {
  if (reminder.spaceId !== actor.spaceId) throw new NotFound('reminder', reminder.id);
  const snoozed = await changes.tx.query<{ id: ReminderId }>(statements.snoozedAs, [reminder.id, actor.spaceId]);
  for (const { id } of snoozed) await drop(changes, id, 'deleted', at);
  await drop(changes, reminder.id, 'deleted', at);
}

/** Removes a row and cancels what of it was not sent. The row goes first: that is the order of locks. */
export async function drop(changes: Changes, id: ReminderId, reason: Reason, at: Moment): Promise<void> {
  await changes.remove('reminders', id);
  await cancelPlanned(changes.tx, [id], reason, at.now);
}

/** Changes a row and plans anew. */
export async function change(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  patch: Partial<Omit<Reminder, 'id'>>,
  reason: Reason,
  at: Moment,
): Promise<Reminder> {
  const row = await write(changes, actor, reminder, patch);
  await replan(changes.tx, [reminder.id], reason, at);
  return row;
}
