/** The subtasks of a recurring task, made anew for its next instance. */
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { shifted } from '../recurring.ts';
import { indexNew } from '../search/search-index.ts';
import { asSeries } from '../series/own.ts';
import { below } from './tree.ts';

/** `next` gets the subtasks of `done`, all to be done, their dates as far from its own as they were. */
export async function repeatParts(changes: Changes, actor: Actor, done: Task, next: Task, now: EpochMs): Promise<void> {
  const copies = new Map<number, TaskId>([[done.id, next.id]]);
  const parts = (await below(changes.tx, actor, done)).toSorted((a, b) => a.depth - b.depth || a.id - b.id);
  for (const { depth: _, ...part } of parts) {
    const parentId = part.parentId === null ? undefined : copies.get(part.parentId);
    // Of a part with a series of its own the open instance goes along; those done before are past.
    const past = part.recurrence !== null && part.status === 'done' && part.completedAt !== now;
    if (parentId === undefined || part.status === 'cancelled' || past) continue;
    const { id, number: __, ...same } = asSeries(part);
    const dueDate = shifted(same.dueDate, done.dueDate, next.dueDate);
    const copy = await changes.insert('tasks', {
      ...same,
      parentId,
      dueDate,
      dueTime: dueDate === null ? null : same.dueTime,
      startDate: shifted(same.startDate, done.dueDate, next.dueDate),
      series: null,
      status: 'todo',
      createdAt: now,
      startedAt: null,
      completedAt: null,
    });
    await indexNew(changes.tx, copy);
    copies.set(id, copy.id);
  }
}
