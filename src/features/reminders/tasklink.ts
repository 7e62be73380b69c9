/** Keeps a task's reminders in step with it: its due date, its completion, its next instance, its removal. For the tasks feature. */
import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { EpochMs } from '../../core/clock.ts';
import { NotFound, UserError } from '../../core/errors.ts';
import type { ReminderId, SpaceId } from '../../core/ids.ts';
import { instantOf } from '../../core/zones.ts';
import { cancelPlanned, closeForReminder } from '../../outbox/ledger.ts';
import type { Reminder, Task } from '../../storage/rows.ts';
import type { TaskReminders } from '../tasks/index.ts';
import { lockGrounds, type Moment, replan } from './schedule/planning.ts';
import { isSeries, localOf, onceAt } from './schedule/timing.ts';
import { create, drop } from './service.ts';
import { statements } from './statements.ts';

type TaskRef = Pick<Task, 'id' | 'spaceId'>;

/** The reminders' side of the contract with tasks. `wake` is called, after commit, when something new is planned. */
export function remindersOfTasks(wake: () => void): TaskReminders {
  return {
    taskChanged: (changes, actor, task, now) => taskChanged(changes, actor, task, { now, wake }),
    removeForTask: (changes, actor, task, now) => removeForTask(changes, actor, task, { now, wake }),
    taskRepeated: (changes, actor, done, next, now) => taskRepeated(changes, actor, done, next, { now, wake }),
    taskPaused: (changes, actor, task, until, now) =>
      setPause(changes, actor, task, 'active', { status: 'paused', pausedUntil: until, pausedAt: now }, { now, wake }),
    taskResumed: (changes, actor, task, now) =>
      setPause(changes, actor, task, 'paused', { status: 'active', pausedUntil: null, pausedAt: null }, { now, wake }),
    remindAhead: (changes, actor, task, minutes, now) => remindAhead(changes, actor, task, minutes, { now, wake }),
  };
}

async function remindAhead(
  changes: Changes,
  actor: Actor,
  task: Authorized<Task>,
  minutes: readonly number[],
  at: Moment,
): Promise<readonly number[]> {
  const there = new Set((await ofTask(changes, actor, task)).map((row) => row.minutesBefore));
  const late: number[] = [];
  for (const each of minutes) {
    if (there.has(each)) continue;
    try {
      await create(changes, actor, { text: '', timing: { kind: 'relative', minutes: each }, task }, at);
    } catch (error) {
      // Told before anything was written.
      if (!(error instanceof UserError) || error.key !== 'reminder-error-past') throw error;
      late.push(each);
    }
  }
  return late;
}

/** The task's reminders. Throws NotFound for a task of another space. */
async function ofTask(changes: Changes, actor: Actor, task: TaskRef): Promise<Reminder[]> {
  if (task.spaceId !== actor.spaceId) throw new NotFound('task', task.id);
  const rows = await changes.tx.query<Reminder & { spaceId: SpaceId }>(statements.ofTask, [task.id]);
  for (const row of rows) if (row.spaceId !== task.spaceId) throw new NotFound('task', task.id);
  return rows;
}

async function taskChanged(changes: Changes, actor: Actor, task: Task, at: Moment): Promise<void> {
  const rows = await ofTask(changes, actor, task);
  if (rows.length === 0) return;
  if (task.status === 'done' || task.status === 'cancelled') await closeAll(changes, rows, at);
  else await follow(changes, rows, at);
}

async function closeAll(changes: Changes, rows: readonly Reminder[], at: Moment): Promise<void> {
  const { tx } = changes;
  const ids = rows.map((row) => row.id);
  const waiting = new Set(
    (await tx.query<{ reminderId: ReminderId }>(statements.unansweredOf, [ids])).map((row) => row.reminderId),
  );
  const open = rows.filter((row) => row.status === 'active' || row.status === 'paused' || waiting.has(row.id));
  for (const row of open) {
    // A series keeps in fixedAt how far it was answered, so that undo opens again just what this closed.
    const fixedAt = isSeries(row) ? Math.max(row.fixedAt ?? 0, at.now) : row.fixedAt;
    await changes.update('reminders', row.id, { status: 'done', fixedAt });
    await closeForReminder(tx, row.id, 'acknowledged', at.now);
  }
  await cancelPlanned(
    tx,
    open.map((row) => row.id),
    'task-done',
    at.now,
  );
}

async function follow(changes: Changes, rows: readonly Reminder[], at: Moment): Promise<void> {
  const grounds = new Map(
    (
      await lockGrounds(
        changes.tx,
        rows.map((row) => row.id),
      )
    ).map((ground) => [ground.id, ground]),
  );
  const moved: ReminderId[] = [];
  for (const row of rows) {
    const ground = grounds.get(row.id);
    const own =
      ground === undefined || isSeries(row)
        ? null
        : onceAt({ ...ground, fixedAt: row.basis === 'instant' ? row.fixedAt : null });
    const ahead = own !== null && own.at > at.now;
    if (row.basis === 'relative') {
      // Written even where nothing differs: so an undo of the task's change plans it anew as well. A snooze ends when the due date moved
      // its own time ahead again, and outlasts any other change.
      await changes.update('reminders', row.id, { status: open(row), fixedAt: ahead ? null : row.fixedAt });
    } else if (row.status === 'done' && (row.rrule !== null || ahead)) {
      await changes.update('reminders', row.id, { status: open(row) });
    } else continue;
    moved.push(row.id);
  }
  await replan(changes.tx, moved, 'changed', at);
}

/** The status a reminder of an open task has: its pause outlasts a completion that was taken back. */
function open(row: Reminder): Reminder['status'] {
  return row.status === 'paused' || (row.status === 'done' && row.pausedUntil !== null) ? 'paused' : 'active';
}

async function removeForTask(changes: Changes, actor: Actor, task: TaskRef, at: Moment): Promise<void> {
  for (const row of await ofTask(changes, actor, task)) await drop(changes, row.id, 'task-deleted', at);
}

async function taskRepeated(changes: Changes, actor: Actor, done: TaskRef, next: TaskRef, at: Moment): Promise<void> {
  if (next.spaceId !== done.spaceId) throw new NotFound('task', next.id);
  const moved: ReminderId[] = [];
  for (const row of await ofTask(changes, actor, done)) {
    if (row.basis !== 'relative' && row.rrule === null) continue;
    const fixedAt = isSeries(row) ? row.fixedAt : null;
    await changes.update('reminders', row.id, { taskId: next.id, status: open(row), fixedAt });
    moved.push(row.id);
  }
  await replan(changes.tx, moved, 'changed', at);
}

/** Reminders of the task that repeat by themselves follow its pause; the others follow its date. */
async function setPause(
  changes: Changes,
  actor: Actor,
  task: TaskRef,
  from: Reminder['status'],
  to: Pick<Reminder, 'status' | 'pausedUntil' | 'pausedAt'>,
  at: Moment,
): Promise<void> {
  const moved: ReminderId[] = [];
  for (const row of await ofTask(changes, actor, task)) {
    if (row.rrule === null || row.status !== from) continue;
    await changes.update('reminders', row.id, to);
    moved.push(row.id);
  }
  if (moved.length > 0) await replan(changes.tx, moved, to.status === 'paused' ? 'paused' : 'changed', at);
}

/** The task goes into another space: its reminders get numbers there and are told there, by the clock of that space. */
export function remindersMoved(wake: () => void) {
  return async (changes: Changes, from: Actor, to: Actor, task: TaskRef, now: EpochMs): Promise<void> => {
    const rows = await ofTask(changes, from, task);
    for (const row of rows) {
      const [next] = await changes.tx.query<{ number: number }>(statements.nextNumber, [to.spaceId]);
      await changes.update('reminders', row.id, {
        spaceId: to.spaceId,
        number: next?.number ?? 1,
        chatId: to.chatId,
        threadId: null,
        // In a group it stays whose it was; in one's own list it is one's own.
        ...(to.group ? {} : { personId: to.person.id }),
        ...(row.localAt === null || row.rrule !== null
          ? {}
          : { localAt: localOf(localInstant(row.localAt, from.person.timezone), to.person.timezone) }),
      });
    }
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await replan(changes.tx, ids, 'changed', { now, wake });
  };
}

function localInstant(local: string, zone: string): EpochMs {
  const [day = '', time = ''] = local.split('T');
  return instantOf(day, time, zone);
}
