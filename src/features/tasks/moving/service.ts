/** Moves a task with all below it into another space: its parts, notes, files and reminders go along, links to what stays behind end. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { instantOf, wallClock } from '../../../core/zones.ts';
import type { Task } from '../../../storage/rows.ts';
import { loadSql } from '../../../storage/sql.ts';
import { lockTask } from '../closing/locks.ts';
import { readDetails } from '../details.ts';
import { below } from '../links/tree.ts';
import { named } from '../names.ts';
import { indexTasks } from '../search/search-index.ts';

const sql = loadSql(new URL('./moving.sql', import.meta.url), ['nextNumber', 'attached', 'isMember']);

/** Who moves it, as they are where it is and where it goes; they may act in both. */
export interface Move {
  readonly from: Actor;
  readonly to: Actor;
}

/** What the reminders of a task do when it moves; given by the reminders feature. */
export type RemindersMoved = (changes: Changes, from: Actor, to: Actor, task: Task, now: EpochMs) => Promise<void>;

/** The task as it is there. Its number is the next of that space; days keep, times are the same moments. */
export async function moveTask(
  changes: Changes,
  { from, to }: Move,
  target: Authorized<Task>,
  remindersMoved: RemindersMoved,
  now: EpochMs,
): Promise<Task> {
  const { tx } = changes;
  const root = await lockTask(tx, from, target.id);
  const tree = [root, ...(await below(tx, from, root))];
  const ids = new Set<number>(tree.map(({ id }) => id));
  for (const { entity, id, inside } of await tx.query<{
    entity: 'notes' | 'attachments' | 'dependencies';
    id: number;
    inside: boolean;
  }>(sql.attached, [[...ids], from.spaceId]))
    if (inside) await changes.update(entity, id, { spaceId: to.spaceId });
    else await changes.remove(entity, id);
  let moved: Task = root;
  for (const task of tree) {
    const there = await rowThere(changes, { from, to }, task, task === root ? null : task.parentId, now);
    if (task === root) moved = there;
    await remindersMoved(changes, from, to, task, now);
  }
  await indexTasks(tx, [...ids]);
  return moved;
}

async function rowThere(
  changes: Changes,
  { from, to }: Move,
  task: Task,
  parentId: Task['parentId'],
  now: EpochMs,
): Promise<Task> {
  const { tx } = changes;
  const { project, client } = await readDetails(tx, from, task);
  const [next] = await tx.query<{ number: number }>(sql.nextNumber, [to.spaceId]);
  const [known] = await tx.query(sql.isMember, [to.spaceId, task.assigneeId]);
  // A series keeps its clock: its rule names days and hours.
  const due =
    task.dueDate === null || task.dueTime === null || task.recurrence !== null
      ? null
      : wallClock(instantOf(task.dueDate, task.dueTime, from.person.timezone), to.person.timezone);
  return changes.update('tasks', task.id, {
    spaceId: to.spaceId,
    number: next?.number ?? 1,
    projectId: await named(changes, to, 'projects', project, now),
    clientId: await named(changes, to, 'clients', client, now),
    parentId,
    assigneeId: to.group && known ? task.assigneeId : null,
    ...(due === null ? {} : { dueDate: due.day, dueTime: due.time }),
  });
}
