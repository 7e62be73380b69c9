/** Tasks that wait for others. Whether a task is blocked is never stored: it is while one of those it waits for is open. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { RestoreHook } from '../../../actions/undo.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { Conflict, NotFound } from '../../../core/errors.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { links as sql } from './statements.ts';
import { lockLinks, type Placed } from './tree.ts';

/** Tasks one may wait for. */
const MOST_BLOCKERS = 30;

function own(actor: Actor, ...tasks: ReadonlyArray<Authorized<Task>>): void {
  for (const task of tasks) if (task.spaceId !== actor.spaceId) throw new NotFound('task', task.id);
}

/**
 * `task` waits for `blocker` from now on. Throws Conflict where it waits for itself, already, for a task it is a part of, or where the
 * blocker waits for it, by any number of steps.
 */
export async function depend(
  changes: Changes,
  actor: Actor,
  task: Authorized<Task>,
  blocker: Authorized<Task>,
  now: EpochMs,
): Promise<void> {
  own(actor, task, blocker);
  const { tx } = changes;
  const names = { title: task.title, number: task.number, blocker: blocker.title, other: blocker.number };
  if (task.id === blocker.id) throw new Conflict('task-error-waits-itself', names);
  await lockLinks(tx, actor);
  const present = await blockersOf(tx, actor, task);
  if (present.some((one) => one.id === blocker.id)) throw new Conflict('task-error-waits-already', names);
  if (present.length >= MOST_BLOCKERS) throw new Conflict('task-error-waits-many', { most: MOST_BLOCKERS });
  const above = await tx.query<Placed>(sql.above, [task.id, actor.spaceId]);
  if (above.some((one) => one.id === blocker.id)) throw new Conflict('task-error-waits-whole', names);
  const [found] = await tx.query<{ reaches: boolean }>(sql.reaches, [blocker.id, task.id]);
  if (found?.reaches === true) throw new Conflict('task-error-waits-circle', names);
  await changes.insert('dependencies', {
    spaceId: actor.spaceId,
    taskId: task.id,
    blockerId: blocker.id,
    createdAt: now,
  });
}

/** `task` waits for `blocker` no more. Throws Conflict 'task-error-waits-not' when it did not. */
export async function release(
  changes: Changes,
  actor: Actor,
  task: Authorized<Task>,
  blocker: Authorized<Task>,
): Promise<void> {
  own(actor, task, blocker);
  const [row] = await changes.tx.query<{ id: number }>(sql.dependency, [task.id, blocker.id, actor.spaceId]);
  if (!row) throw new Conflict('task-error-waits-not', { title: task.title, blocker: blocker.title });
  await changes.remove('dependencies', row.id);
}

/** The task goes: nothing waits for it, and it waits for nothing. */
export async function releaseAll(changes: Changes, actor: Actor, task: Pick<Task, 'id'>): Promise<void> {
  for (const { id } of await changes.tx.query<{ id: number }>(sql.dependenciesOf, [task.id, actor.spaceId]))
    await changes.remove('dependencies', id);
}

/** What a task waits for, closed ones last: those hold it up no more. */
export async function blockersOf(
  db: Queryable,
  actor: Actor,
  task: Authorized<Task>,
): Promise<Array<Authorized<Task>>> {
  own(actor, task);
  return authorizeRows(actor, await db.query<Task>(sql.blockers, [task.id, actor.spaceId]));
}

/** Open tasks that wait for this one. */
export async function waitingFor(
  db: Queryable,
  actor: Actor,
  task: Authorized<Task>,
): Promise<Array<Authorized<Task>>> {
  own(actor, task);
  return authorizeRows(actor, await db.query<Task>(sql.waiting, [task.id, actor.spaceId]));
}

/** Open tasks that waited for one of these, which are closed by now, and wait for nothing any more. */
export async function freedBy(
  db: Queryable,
  actor: Actor,
  closed: ReadonlyArray<Pick<Task, 'id'>>,
): Promise<Array<Authorized<Task>>> {
  if (closed.length === 0) return [];
  const ids = closed.map((task) => task.id);
  return authorizeRows(actor, await db.query<Task>(sql.freed, [actor.spaceId, ids]));
}

/** After an undo of dependencies: one that would close a circle with newer ones is refused. */
export const dependenciesRestored: RestoreHook = async (tx, _actor, ids) => {
  const [circle] = await tx.query<{ id: number }>(sql.selfWaiting, [ids]);
  if (circle !== undefined) throw new Conflict('task-error-circle-again');
};
