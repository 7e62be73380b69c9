/** Changes of status: completed, given up, opened again, and what that means for a series, of which one instance is open at a time. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { Conflict } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import { today } from '../../../core/zones.ts';
import type { Tx } from '../../../storage/database.ts';
import type { Task, TaskStatus } from '../../../storage/rows.ts';
import { repeatParts } from '../links/repeat.ts';
import { below } from '../links/tree.ts';
import { named } from '../names.ts';
import { nextInstance } from '../recurring.ts';
import { indexNew } from '../search/search-index.ts';
import { asSeries, isPaused } from '../series/own.ts';
import { statements as sql } from '../statements.ts';
import { isOpen } from '../task.ts';
import type { Completed, Writing } from './contract.ts';
import { lockOpen, lockTask } from './locks.ts';

/** The instance that was opened when another was closed. */
type Follower = { readonly task: Authorized<Task>; readonly untouched: boolean } | 'gone' | null;

/** The changes of status. Each works on the row as it is now, locked; throws NotFound when it is gone. */
export function statusChanges({ reminders, write, remove }: Writing) {
  /** Sets the status; 'done' opens the next instance of a recurring task. Setting what it is already changes nothing. */
  async function setStatus(
    changes: Changes,
    actor: Actor,
    target: Authorized<Task>,
    status: TaskStatus,
    now: EpochMs,
  ): Promise<Completed> {
    return move(changes, actor, await lockTask(changes.tx, actor, target.id), status, now);
  }

  /** `goesOn`: whether the series does when this instance is closed. */
  async function move(
    changes: Changes,
    actor: Actor,
    before: Task,
    status: TaskStatus,
    now: EpochMs,
    goesOn = status === 'done',
  ): Promise<Completed> {
    if (before.status === status) return { task: before, next: null, followed: null };
    const closes = !isOpen({ status });
    const follower = !isOpen(before) && !closes ? await followerOf(changes.tx, actor, before) : null;
    const back = follower !== null && follower !== 'gone' && follower.untouched ? follower.task : null;
    // The series goes on with whichever instance is open: with this one only where none followed, or the one that did is taken back.
    const ends = !isOpen(before) && back === null && (before.status === 'done' || follower !== null);
    const patch = {
      status,
      startedAt: status === 'in_progress' ? (before.startedAt ?? now) : before.startedAt,
      completedAt: closes ? (isOpen(before) ? now : before.completedAt) : null,
      ...(ends ? { recurrence: null, series: null } : {}),
    };
    if (closes && isPaused(before, today(now, actor.person.timezone)))
      await reminders.taskResumed(changes, actor, before, now);
    const task = await write(changes, actor, before, patch, now);
    if (back !== null) {
      await reminders.taskRepeated(changes, actor, back, task, now);
      await remove(changes, actor, back, now);
    }
    const next = closes && goesOn ? await openNext(changes, actor, task, now) : null;
    const followed =
      follower === null || follower === 'gone' ? null : { task: follower.task, kept: !follower.untouched };
    return { task, next, followed };
  }

  /** What was opened when `closed` was closed, locked; null when the series had ended with it. */
  async function followerOf(tx: Tx, actor: Actor, closed: Task): Promise<Follower> {
    if (closed.recurrence === null) return null;
    const [found] = await tx.query<{ id: TaskId | null; untouched: boolean }>(sql.follower, [closed.id, actor.spaceId]);
    if (found === undefined) return null;
    return found.id === null ? 'gone' : { task: await lockTask(tx, actor, found.id), untouched: found.untouched };
  }

  /** Opens the instance that follows `closed`, as the series has it; null when the series has ended. */
  async function openNext(changes: Changes, actor: Actor, closed: Task, now: EpochMs): Promise<Task | null> {
    const series = asSeries(closed);
    const instance = nextInstance(series, now, actor.person.timezone);
    if (instance === null) return null;
    const { project, client } = closed.series?.own ?? {};
    const { id: _, number: __, ...same } = series;
    const next = await changes.insert('tasks', {
      ...same,
      ...instance,
      ...(project === undefined ? {} : { projectId: await named(changes, actor, 'projects', project, now) }),
      ...(client === undefined ? {} : { clientId: await named(changes, actor, 'clients', client, now) }),
      series: null,
      status: 'todo',
      createdAt: now,
      startedAt: null,
      completedAt: null,
    });
    await indexNew(changes.tx, next);
    await reminders.taskRepeated(changes, actor, closed, next, now);
    await repeatParts(changes, actor, series, next, now);
    return next;
  }

  /** Throws Conflict 'task-already-done' when it is done and 'task-already-cancelled' when it is cancelled. */
  async function complete(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Completed> {
    return move(changes, actor, await lockOpen(changes.tx, actor, target.id), 'done', now);
  }

  /** Closes a task with all that is still to do below it; series below it end with it. Throws Conflict as `complete` does. */
  async function closeAll(
    changes: Changes,
    actor: Actor,
    target: Authorized<Task>,
    status: 'done' | 'cancelled',
    now: EpochMs,
  ): Promise<Completed> {
    const before = await lockOpen(changes.tx, actor, target.id);
    const parts: Task[] = [];
    for (const { id } of await below(changes.tx, actor, before)) {
      const part = await lockTask(changes.tx, actor, id);
      if (isOpen(part)) parts.push(await write(changes, actor, part, { status, completedAt: now }, now));
    }
    return { ...(await move(changes, actor, before, status, now)), parts };
  }

  /** Gives a task up: closed without being done; a series ends with it. Throws Conflict as `complete` does. */
  async function cancel(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Task> {
    return (await move(changes, actor, await lockOpen(changes.tx, actor, target.id), 'cancelled', now)).task;
  }

  /** Leaves out this instance of a series: given up, and the next one opened. Throws Conflict as `complete` does. */
  async function skip(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Completed> {
    return move(changes, actor, await lockOpen(changes.tx, actor, target.id), 'cancelled', now, true);
  }

  /** Removes this instance of a series with what belongs to it, and opens the next one. Returns that one, null when the series has ended. */
  async function removeOne(
    changes: Changes,
    actor: Actor,
    target: Authorized<Task>,
    now: EpochMs,
  ): Promise<Task | null> {
    const before = await lockOpen(changes.tx, actor, target.id);
    if (isPaused(before, today(now, actor.person.timezone))) await reminders.taskResumed(changes, actor, before, now);
    const next = await openNext(changes, actor, before, now);
    await remove(changes, actor, before, now);
    return next;
  }

  /** Opens a closed task again; of a series one instance stays open. Throws Conflict 'task-already-open' when it is open. */
  async function reopen(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Completed> {
    const before = await lockTask(changes.tx, actor, target.id);
    if (isOpen(before)) throw new Conflict('task-already-open', { title: before.title });
    return move(changes, actor, before, 'todo', now);
  }

  return { setStatus, complete, closeAll, reopen, cancel, skip, removeOne };
}
