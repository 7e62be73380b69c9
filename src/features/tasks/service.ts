/** Creates and changes tasks. Every function writes through `Changes`, so what it does is applied once, undoable and audited. */
import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { RestoreHook } from '../../actions/undo.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { TaskId } from '../../core/ids.ts';
import { today } from '../../core/zones.ts';
import type { Task } from '../../storage/rows.ts';
import type { TaskPatch, TaskReminders } from './closing/contract.ts';
import { lockTask } from './closing/locks.ts';
import { statusChanges } from './closing/statuses.ts';
import { releaseAll } from './links/dependencies.ts';
import { below, checkPlace, refuseCircles } from './links/tree.ts';
import { named, reviveNames } from './names.ts';
import { dropWords, indexNew, indexTasks } from './search/search-index.ts';
import { everythingPauses } from './series/everything.ts';
import { restsUntil } from './series/own.ts';
import { seriesPatch } from './series/patch.ts';
import { seriesPauses } from './series/pauses.ts';
import { anchored } from './series/rule.ts';
import type { Scope } from './series/scope.ts';
import { statements as sql } from './statements.ts';
import { checkFields, DEFAULT_PRIORITY, storable, type TaskDraft, type TaskFields, tagsOf, titleOf } from './task.ts';

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
      assigneeId: draft.assigneeId ?? null,
      recurrence: anchored(draft.recurrence ?? null, dueDate),
      series: null,
      createdBy: actor.person.id,
      createdAt: now,
      startedAt: null,
      completedAt: null,
    });
    await indexNew(changes.tx, task);
    return task;
  }

  /**
   * Changes the fields given and leaves the others; of a recurring task for this instance and all that follow, or for this `one` alone. Throws
   * UserError for fields that cannot be, NotFound when the task is gone.
   */
  async function edit(
    changes: Changes,
    actor: Actor,
    target: Authorized<Task>,
    fields: TaskFields,
    now: EpochMs,
    scope: Scope = 'all',
  ): Promise<Task> {
    checkFields(fields);
    const before = await lockTask(changes.tx, actor, target.id);
    const patch: TaskPatch = {};
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
    if (fields.assigneeId !== undefined) patch.assigneeId = fields.assigneeId;
    if (fields.recurrence !== undefined)
      patch.recurrence = anchored(fields.recurrence, patch.dueDate ?? before.dueDate);
    if (before.recurrence !== null) Object.assign(patch, await seriesPatch(changes.tx, actor, before, patch, scope));
    // A date ends a pause; another rule ends one until a day, which keeps the date it has.
    const dated = (patch.dueDate ?? null) !== null;
    const rests = restsUntil(before, today(now, actor.person.timezone)) !== null;
    const resumes = rests ? dated || patch.recurrence !== undefined : dated && before.series?.paused === true;
    if (resumes) await reminders.taskResumed(changes, actor, before, now);
    return write(changes, actor, before, patch, now);
  }

  /** Removes a task with its subtasks, and the notes, files and reminders of all of them; undo brings it all back. */
  async function remove(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Task> {
    const before = await lockTask(changes.tx, actor, target.id);
    const gone = [...(await below(changes.tx, actor, before)), before];
    for (const task of gone) {
      await clear(changes, actor, task, now);
      await changes.remove('tasks', task.id);
    }
    dropWords(
      changes.tx,
      gone.map((task) => task.id),
    );
    return before;
  }

  /** Takes away what hangs on one task: its reminders, notes and files, and what waits for it. */
  async function clear(
    changes: Changes,
    actor: Actor,
    task: Pick<Task, 'id' | 'spaceId'>,
    now: EpochMs,
  ): Promise<void> {
    await reminders.removeForTask(changes, actor, task, now);
    for (const { id } of await changes.tx.query<{ id: number }>(sql.noteIds, [task.id, actor.spaceId]))
      await changes.remove('notes', id);
    for (const { id } of await changes.tx.query<{ id: number }>(sql.fileIds, [task.id, actor.spaceId]))
      await changes.remove('attachments', id);
    await releaseAll(changes, actor, task);
  }

  /** After an undo that took tasks away: what was put on them or below them since goes with them, in the same undo. */
  async function clearGone(changes: Changes, actor: Actor, ids: readonly number[], now: EpochMs): Promise<void> {
    const there = new Set(
      (await changes.tx.query<Task>(sql.byIds, [actor.spaceId, ids])).map(({ id }) => id as number),
    );
    for (const id of ids as readonly TaskId[]) {
      if (there.has(id)) continue;
      for (const part of await changes.tx.query<Authorized<Task>>(sql.partsOf, [id, actor.spaceId]))
        await remove(changes, actor, part, now);
      await clear(changes, actor, { id, spaceId: actor.spaceId }, now);
    }
  }

  /** Writes what differs; tells reminders and the search index what concerns them. */
  async function write(changes: Changes, actor: Actor, before: Task, wanted: TaskPatch, now: EpochMs): Promise<Task> {
    const patch = Object.fromEntries(
      Object.entries(wanted).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Task]),
      ),
    ) as TaskPatch;
    if (Object.keys(patch).length === 0) return before;
    const task = await changes.update('tasks', before.id, patch);
    if ('title' in patch || 'notes' in patch || 'tags' in patch) await indexTasks(changes.tx, [task.id]);
    if ('dueDate' in patch || 'dueTime' in patch || 'status' in patch || 'title' in patch)
      await reminders.taskChanged(changes, actor, task, now);
    return task;
  }

  const writing = { reminders, write, remove };
  return {
    create,
    edit,
    remove,
    clearGone,
    ...statusChanges(writing),
    ...seriesPauses(writing),
    ...everythingPauses(writing),
  };
}

/** After an undo of tasks: they are found by their words again, under names that are there, and none is a part of itself. */
export const tasksRestored: RestoreHook = async (tx, _actor, ids) => {
  // Together, and all of them ended before one of them is thrown: nothing may be written behind a rollback.
  const outcomes = await Promise.allSettled([refuseCircles(tx, ids), indexTasks(tx, ids), reviveNames(tx, ids)]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
};
