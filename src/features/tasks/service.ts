/** Creates and changes tasks. Every function writes through `Changes`, so what it does is applied once, undoable and audited. */
import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { RestoreHook } from '../../actions/undo.ts';
import type { EpochMs } from '../../core/clock.ts';
import { Conflict, NotFound } from '../../core/errors.ts';
import type { TaskId } from '../../core/ids.ts';
import type { Tx } from '../../storage/database.ts';
import type { Task, TaskStatus } from '../../storage/rows.ts';
import { releaseAll } from './links/dependencies.ts';
import { repeatParts } from './links/repeat.ts';
import { below, checkPlace, refuseCircles } from './links/tree.ts';
import { named, reviveNames } from './names.ts';
import { nextInstance } from './recurring.ts';
import { dropWords, indexNew, indexTasks } from './search/search-index.ts';
import { statements as sql } from './statements.ts';
import {
  checkFields,
  DEFAULT_PRIORITY,
  isOpen,
  storable,
  type TaskDraft,
  type TaskFields,
  tagsOf,
  titleOf,
} from './task.ts';

/** What the reminders of a task need to hear; given by the reminders feature. Called inside the action, before it ends. */
export interface TaskReminders {
  /** The task's due date, status or title changed: what is planned follows it. `now` in epoch ms. */
  taskChanged(changes: Changes, actor: Actor, task: Task, now: EpochMs): Promise<void>;
  /** The task goes: its reminders go with it. */
  removeForTask(changes: Changes, actor: Actor, task: Task, now: EpochMs): Promise<void>;
  /** `done` was completed and `next` opened in its place: its reminders go on with `next`. */
  taskRepeated(changes: Changes, actor: Actor, done: Task, next: Task, now: EpochMs): Promise<void>;
}

/** What a change of status led to. */
export interface Completed {
  readonly task: Task;
  /** the next instance of a recurring task */
  readonly next: Task | null;
  /** opened again: the instance that had followed, taken back or, where somebody worked on it since, kept beside */
  readonly followed: { readonly task: Task; readonly kept: boolean } | null;
  /** subtasks that were completed with it */
  readonly parts?: readonly Task[];
}

/** A task as it is now, locked; throws NotFound when it is gone or the actor's space has none such. */
export async function lockTask(tx: Tx, actor: Actor, id: TaskId): Promise<Authorized<Task>> {
  const [task] = await tx.query<Authorized<Task>>(sql.lock, [id, actor.spaceId]);
  if (!task) throw new NotFound('task', id);
  return task;
}

/** The same, of a task that is open; throws Conflict when it is closed. */
async function lockOpen(tx: Tx, actor: Actor, id: TaskId): Promise<Task> {
  const task = await lockTask(tx, actor, id);
  if (task.status === 'done') throw new Conflict('task-already-done', { title: task.title });
  if (task.status === 'cancelled') throw new Conflict('task-already-cancelled', { title: task.title });
  return task;
}

export type TaskService = ReturnType<typeof taskService>;

export function taskService(reminders: TaskReminders) {
  /**
   * Makes a task, a part of `parent` where one is given: then in its project and for its client unless others are named. Throws UserError
   * for fields that cannot be, Conflict where the parent can have no such part.
   */
  async function create(
    changes: Changes,
    actor: Actor,
    draft: TaskDraft,
    now: EpochMs,
    parent: Authorized<Task> | null = null,
  ): Promise<Task> {
    checkFields(draft);
    if (parent !== null) await checkPlace(changes.tx, actor, parent, null);
    const { title, rest } = titleOf(draft.title);
    const dueDate = draft.dueDate ?? null;
    const task = await changes.insert('tasks', {
      spaceId: actor.spaceId,
      title,
      notes: [rest, storable(draft.notes ?? '')].filter((part) => part !== '').join('\n\n'),
      status: 'todo',
      priority: draft.priority ?? DEFAULT_PRIORITY,
      startDate: draft.startDate ?? null,
      dueDate,
      dueTime: dueDate === null ? null : (draft.dueTime ?? null),
      estimateMinutes: draft.estimateMinutes ?? null,
      tags: tagsOf(draft.tags ?? []),
      projectId: (await named(changes, actor, 'projects', draft.project ?? null, now)) ?? parent?.projectId ?? null,
      clientId: (await named(changes, actor, 'clients', draft.client ?? null, now)) ?? parent?.clientId ?? null,
      parentId: parent?.id ?? null,
      recurrence: draft.recurrence ?? null,
      createdBy: actor.person.id,
      createdAt: now,
      startedAt: null,
      completedAt: null,
    });
    await indexNew(changes.tx, task);
    return task;
  }

  /** Changes the fields given and leaves the others. Throws UserError for fields that cannot be, NotFound when the task is gone. */
  async function edit(
    changes: Changes,
    actor: Actor,
    target: Authorized<Task>,
    fields: TaskFields,
    now: EpochMs,
  ): Promise<Task> {
    checkFields(fields);
    const before = await lockTask(changes.tx, actor, target.id);
    const patch: Partial<Record<keyof Task, unknown>> = {};
    if (fields.title !== undefined) {
      const { title, rest } = titleOf(fields.title);
      patch.title = title;
      if (rest !== '')
        patch.notes = [rest, storable(fields.notes ?? before.notes)].filter((part) => part !== '').join('\n\n');
    }
    if (fields.notes !== undefined && patch.notes === undefined) patch.notes = storable(fields.notes).trim();
    if (fields.priority !== undefined) patch.priority = fields.priority;
    if (fields.startDate !== undefined) patch.startDate = fields.startDate;
    if (fields.dueDate !== undefined) {
      patch.dueDate = fields.dueDate;
      patch.dueTime = fields.dueDate === null ? null : (fields.dueTime ?? null);
    } else if (fields.dueTime !== undefined && before.dueDate !== null) patch.dueTime = fields.dueTime;
    if (fields.estimateMinutes !== undefined) patch.estimateMinutes = fields.estimateMinutes;
    if (fields.tags !== undefined) patch.tags = tagsOf(fields.tags);
    if (fields.project !== undefined) patch.projectId = await named(changes, actor, 'projects', fields.project, now);
    if (fields.client !== undefined) patch.clientId = await named(changes, actor, 'clients', fields.client, now);
    if (fields.recurrence !== undefined) patch.recurrence = fields.recurrence;
    return write(changes, actor, before, patch, now);
  }

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

  async function move(
    changes: Changes,
    actor: Actor,
    before: Task,
    status: TaskStatus,
    now: EpochMs,
  ): Promise<Completed> {
    if (before.status === status) return { task: before, next: null, followed: null };
    const closes = !isOpen({ status });
    const follower = before.status === 'done' && !closes ? await followerOf(changes.tx, actor, before) : null;
    const patch = {
      status,
      startedAt: status === 'in_progress' ? (before.startedAt ?? now) : before.startedAt,
      completedAt: closes ? (isOpen(before) ? now : before.completedAt) : null,
      // The series goes on with whichever instance is open: with this one only where the one behind it is taken back.
      ...(before.status === 'done' && follower?.untouched !== true ? { recurrence: null } : {}),
    };
    const task = await write(changes, actor, before, patch, now);
    if (follower?.untouched === true) {
      await reminders.taskRepeated(changes, actor, follower.task, task, now);
      await remove(changes, actor, follower.task, now);
    }
    const next = status === 'done' ? await openNext(changes, actor, task, now) : null;
    return { task, next, followed: follower === null ? null : { task: follower.task, kept: !follower.untouched } };
  }

  /** The instance that was opened when `done` was completed, locked; null when the series had ended or the instance is gone. */
  async function followerOf(
    tx: Tx,
    actor: Actor,
    done: Task,
  ): Promise<{ task: Authorized<Task>; untouched: boolean } | null> {
    if (done.recurrence === null) return null;
    const [found] = await tx.query<{ id: TaskId; untouched: boolean }>(sql.follower, [done.id, actor.spaceId]);
    return found === undefined ? null : { task: await lockTask(tx, actor, found.id), untouched: found.untouched };
  }

  async function openNext(changes: Changes, actor: Actor, done: Task, now: EpochMs): Promise<Task | null> {
    const instance = await nextInstance(done, now, actor.person.timezone);
    if (instance === null) return null;
    const { id: _, number: __, ...same } = done;
    const next = await changes.insert('tasks', {
      ...same,
      ...instance,
      status: 'todo',
      createdAt: now,
      startedAt: null,
      completedAt: null,
    });
    await indexNew(changes.tx, next);
    await reminders.taskRepeated(changes, actor, done, next, now);
    await repeatParts(changes, actor, done, next, now);
    return next;
  }

  /** Throws Conflict 'task-already-done' when it is done and 'task-already-cancelled' when it is cancelled. */
  async function complete(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Completed> {
    return move(changes, actor, await lockOpen(changes.tx, actor, target.id), 'done', now);
  }

  /** Completes a task with all that is still to do below it; series below it end with it. Throws Conflict as `complete` does. */
  async function completeAll(
    changes: Changes,
    actor: Actor,
    target: Authorized<Task>,
    now: EpochMs,
  ): Promise<Completed> {
    const before = await lockOpen(changes.tx, actor, target.id);
    const parts: Task[] = [];
    for (const { id } of await below(changes.tx, actor, before)) {
      const part = await lockTask(changes.tx, actor, id);
      if (isOpen(part)) parts.push(await write(changes, actor, part, { status: 'done', completedAt: now }, now));
    }
    return { ...(await move(changes, actor, before, 'done', now)), parts };
  }

  /** Gives a task up: closed without being done; a series ends with it. Throws Conflict as `complete` does. */
  async function cancel(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Task> {
    return (await move(changes, actor, await lockOpen(changes.tx, actor, target.id), 'cancelled', now)).task;
  }

  /** Opens a closed task again; of a series one instance stays open. Throws Conflict 'task-already-open' when it is open. */
  async function reopen(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Completed> {
    const before = await lockTask(changes.tx, actor, target.id);
    if (isOpen(before)) throw new Conflict('task-already-open', { title: before.title });
    return move(changes, actor, before, 'todo', now);
  }

  /** Removes a task with its subtasks, and the notes and reminders of all of them; undo brings it all back. */
  async function remove(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Task> {
    const before = await lockTask(changes.tx, actor, target.id);
    const gone = [...(await below(changes.tx, actor, before)), before];
    for (const task of gone) {
      await reminders.removeForTask(changes, actor, task, now);
      for (const { id } of await changes.tx.query<{ id: number }>(sql.noteIds, [task.id, actor.spaceId]))
        await changes.remove('notes', id);
      await releaseAll(changes, actor, task);
      await changes.remove('tasks', task.id);
    }
    await dropWords(
      changes.tx,
      gone.map((task) => task.id),
    );
    return before;
  }

  /** Writes what differs; tells reminders and the search index what concerns them. */
  async function write(
    changes: Changes,
    actor: Actor,
    before: Task,
    wanted: Partial<Record<keyof Task, unknown>>,
    now: EpochMs,
  ): Promise<Task> {
    const patch = Object.fromEntries(
      Object.entries(wanted).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Task]),
      ),
    ) as Partial<Task>;
    if (Object.keys(patch).length === 0) return before;
    const task = await changes.update('tasks', before.id, patch);
    if ('title' in patch || 'notes' in patch || 'tags' in patch) await indexTasks(changes.tx, [task.id]);
    if ('dueDate' in patch || 'dueTime' in patch || 'status' in patch || 'title' in patch)
      await reminders.taskChanged(changes, actor, task, now);
    return task;
  }

  return { create, edit, setStatus, complete, completeAll, reopen, cancel, remove };
}

/** After an undo of tasks: they are found by their words again, under names that are there, and none is a part of itself. */
export const tasksRestored: RestoreHook = async (tx, _actor, ids) => {
  await refuseCircles(tx, ids);
  await indexTasks(tx, ids);
  await reviveNames(tx, ids);
};
