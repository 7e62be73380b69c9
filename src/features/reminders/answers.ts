/** What a person answers to a fired reminder: done, or later. Each answer is one action that undo takes back whole. */
import type { Authorized } from '../../access/authorize.ts';
import { authorize } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import { Conflict, NotFound, UserError } from '../../core/errors.ts';
import type { DeliveryId, ReminderId, TaskId } from '../../core/ids.ts';
import { nextAfterCompletion } from '../../core/recurrence.ts';
import { instantOf, wallClock } from '../../core/zones.ts';
import { close, closeNags, type Delivery, deliveryById, NAG } from '../../outbox/ledger.ts';
import type { Queryable, Tx } from '../../storage/database.ts';
import type { Reminder, Task } from '../../storage/rows.ts';
import { type Moment, replan } from './schedule/planning.ts';
import { isSeries, lessCount, localOf, tomorrowOf } from './schedule/timing.ts';
import { change } from './service.ts';
import { statements } from './statements.ts';
import { insertOwn, write } from './writing.ts';

/** What reminders need of tasks; given by the tasks feature. */
export interface TasksOfReminders {
  /** Completes a task within the running action. */
  complete(changes: Changes, actor: Actor, task: Authorized<Task>, now: EpochMs): Promise<unknown>;
  /** Puts a note on a task within the running action. */
  addNote(changes: Changes, actor: Actor, task: Authorized<Task>, body: string, now: EpochMs): Promise<unknown>;
}

/** A fired occurrence and its reminder. */
export interface FiredReminder {
  readonly delivery: Delivery;
  readonly reminder: Authorized<Reminder>;
}

/** The reminder a button's delivery belongs to, if it is the actor's; throws NotFound for another's, a removed or a forgotten one. */
export async function firedReminder(db: Queryable, actor: Actor, id: DeliveryId): Promise<FiredReminder> {
  const delivery = await deliveryById(db, id);
  if (delivery?.reminderId === undefined || delivery.reminderId === null) throw new NotFound('reminder', id);
  return { delivery, reminder: await authorize(db, actor, 'reminder', delivery.reminderId) };
}

/** The newest occurrence of a reminder that was sent and not answered, or null. */
export async function unanswered(db: Queryable, reminder: Authorized<Reminder>): Promise<Delivery | null> {
  const [row] = await db.query<{ id: DeliveryId }>(statements.openDelivery, [reminder.id]);
  return row === undefined ? null : ((await deliveryById(db, row.id)) ?? null);
}

/** The reminder that an occurrence of a series was put off as, while it is not done; null where it was not put off. */
export async function putOff(
  db: Queryable,
  actor: Actor,
  delivery: Delivery | undefined,
): Promise<Authorized<Reminder> | null> {
  const id = /^snoozed (\d+) /.exec(delivery?.reason ?? '')?.[1];
  if (id === undefined) return null;
  try {
    const later = await authorize(db, actor, 'reminder', Number(id) as ReminderId);
    return later.status === 'done' ? null : later;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** Whether an occurrence can still be answered. */
export function isOpen(delivery: Delivery): boolean {
  return ['due', 'held', 'sending', 'sent', 'unknown', 'failed'].includes(delivery.state);
}

/** How a Done was taken: the task completed with it (null: none), and when the reminder comes again (epoch ms, null: no more). */
export interface Acknowledged {
  readonly taskId: TaskId | null;
  readonly next: EpochMs | null;
}

/**
 * Done: the occurrence is acknowledged, its task (if it has one) completed, a reminder after completion planned anew from now; one that
 * has nothing to come is done for good. `delivery` null: the reminder itself is done, before it fired. Throws Conflict
 * 'reminder-error-answered' for an occurrence that was answered before.
 */
export async function acknowledge(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  delivery: Delivery | null,
  tasks: TasksOfReminders,
  at: Moment,
): Promise<Acknowledged> {
  const { tx } = changes;
  let next: EpochMs | null = null;
  if (isSeries(reminder)) {
    const ended = reminder.status === 'ended' ? ({ status: 'done' } as const) : {};
    await write(changes, actor, reminder, {
      ...ended,
      fixedAt: answeredUpTo(reminder, delivery?.dueAt ?? at.now),
    });
  } else next = await finish(changes, actor, reminder, at);
  if (delivery !== null && !(await close(tx, delivery.id, 'acknowledged', null, at.now))) {
    throw new Conflict('reminder-error-answered');
  }
  if (delivery !== null) await endNags(tx, reminder, delivery, 'acknowledged', at.now);
  if (reminder.taskId === null) return { taskId: null, next };
  const task = await authorize(tx, actor, 'task', reminder.taskId);
  if (task.status === 'done' || task.status === 'cancelled') return { taskId: null, next };
  await tasks.complete(changes, actor, task, at.now);
  return { taskId: task.id, next: null };
}

function answeredUpTo(reminder: Reminder, dueAt: EpochMs): EpochMs {
  return Math.max(reminder.fixedAt ?? dueAt, dueAt);
}

/** Ends a reminder that fires once at a time, or begins its next turn after completion. */
async function finish(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  at: Moment,
): Promise<EpochMs | null> {
  if (reminder.rrule === null) {
    await change(changes, actor, reminder, { status: 'done', pausedUntil: null }, 'changed', at);
    return null;
  }
  const zone = actor.person.timezone;
  const rrule = lessCount(reminder.rrule, 1);
  const time = reminder.localAt?.slice(11) ?? '09:00';
  const next = rrule === null ? null : nextAfterCompletion(rrule, localOf(at.now, zone), zone, time);
  if (next === null) await change(changes, actor, reminder, { status: 'done', fixedAt: null }, 'changed', at);
  else
    await change(
      changes,
      actor,
      reminder,
      { rrule, localAt: next.local, fixedAt: null, status: 'active' },
      'changed',
      at,
    );
  return next?.at ?? null;
}

/** Answers an occurrence without more: it is acknowledged, a series goes on, one that was put off for itself is over. */
export async function dismiss(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  delivery: Delivery,
  at: Moment,
): Promise<void> {
  const { now } = at;
  if (isSeries(reminder)) {
    await write(changes, actor, reminder, { fixedAt: answeredUpTo(reminder, delivery.dueAt) });
  } else await finish(changes, actor, reminder, at);
  if (!(await close(changes.tx, delivery.id, 'acknowledged', null, now))) throw new Conflict('reminder-error-answered');
  await endNags(changes.tx, reminder, delivery, 'acknowledged', now);
}

/** With one of an occurrence and its nags all of them are answered. */
async function endNags(
  tx: Tx,
  reminder: Reminder,
  answered: Delivery,
  state: 'acknowledged' | 'snoozed',
  now: EpochMs,
): Promise<void> {
  if (reminder.nagMinutes !== null || answered.occurrence.startsWith(`${NAG}:`))
    await closeNags(tx, answered, state, now);
}

/** The snoozes on the buttons. */
const SNOOZES = ['10m', '1h', 'tonight', 'tomorrow'] as const;
export type Snooze = (typeof SNOOZES)[number];

/** Until when a snooze lasts (epoch ms), by the person's zone and hours; null for a tonight that has come already. */
export function snoozeUntil(snooze: Snooze, actor: Actor, now: EpochMs): EpochMs | null {
  const { timezone, dayParts } = actor.person;
  switch (snooze) {
    case '10m':
      return now + 600_000;
    case '1h':
      return now + 3_600_000;
    case 'tonight': {
      const at = instantOf(wallClock(now, timezone).day, dayParts['tonight'] ?? '20:00', timezone);
      return at > now ? at : null;
    }
    case 'tomorrow':
      return instantOf(tomorrowOf(now, timezone), dayParts['morning'] ?? '09:00', timezone);
  }
}

/** Snoozes longer than this are refused. Milliseconds. */
const LONGEST_SNOOZE_MS = 10 * 366 * 86_400_000;

/**
 * Reminds again at `until` (epoch ms). An occurrence of a series by schedule becomes a reminder of its own, so that series and snoozed
 * occurrence neither lose nor hide one another; any other is itself put off. Returns the reminder that fires then. Throws UserError for
 * an instant that is not ahead, Conflict 'reminder-error-answered' for an occurrence answered before.
 */
export async function snooze(
  changes: Changes,
  actor: Actor,
  reminder: Authorized<Reminder>,
  delivery: Delivery | null,
  until: EpochMs,
  at: Moment,
): Promise<{ readonly until: EpochMs; readonly reminderId: ReminderId }> {
  if (until <= at.now) throw new UserError('reminder-error-past');
  if (until > at.now + LONGEST_SNOOZE_MS) throw new UserError('reminder-error-far');
  let id = reminder.id;
  if (!isSeries(reminder)) {
    await change(
      changes,
      actor,
      reminder,
      { fixedAt: until, snoozedAt: at.now, status: 'active', pausedUntil: null },
      'snoozed',
      at,
    );
  } else {
    if (delivery === null) throw new UserError('reminder-error-nothing-to-snooze');
    await write(changes, actor, reminder, { fixedAt: answeredUpTo(reminder, delivery.dueAt) });
    const later = { basis: 'instant', fixedAt: until, snoozedAt: at.now } as const;
    const never = { localAt: null, minutesBefore: null, rrule: null, rruleBasis: null };
    const own = await insertOwn(changes, actor, reminder, { ...never, ...later }, at.now);
    id = own.id;
    await replan(changes.tx, [id], 'changed', at);
  }
  // Kept for /why, and for finding the snoozed ones of a series when it is removed.
  if (delivery !== null && !(await close(changes.tx, delivery.id, 'snoozed', `snoozed ${id} ${iso(until)}`, at.now))) {
    throw new Conflict('reminder-error-answered');
  }
  if (delivery !== null) await endNags(changes.tx, reminder, delivery, 'snoozed', at.now);
  return { until, reminderId: id };
}
