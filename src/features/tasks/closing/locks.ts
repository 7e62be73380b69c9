/** Rows of tasks held until the end of the transaction: what an action decides on must not be older than that. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import { Conflict, NotFound } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Tx } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { statements as sql } from '../statements.ts';

/** A task as it is now, locked; throws NotFound when it is gone or the actor's space has none such. */
export async function lockTask(tx: Tx, actor: Actor, id: TaskId): Promise<Authorized<Task>> {
  const [task] = await tx.query<Authorized<Task>>(sql.lock, [id, actor.spaceId]);
  if (!task) throw new NotFound('task', id);
  return task;
}

/** The same, of a task that is open; throws Conflict 'task-already-done' or 'task-already-cancelled' when it is closed. */
export async function lockOpen(tx: Tx, actor: Actor, id: TaskId): Promise<Authorized<Task>> {
  const task = await lockTask(tx, actor, id);
  if (task.status === 'done') throw new Conflict('task-already-done', { title: task.title });
  if (task.status === 'cancelled') throw new Conflict('task-already-cancelled', { title: task.title });
  return task;
}
