/** Tasks that are parts of others: reading the tree, and where a task may be put in it. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import { Conflict, NotFound } from '../../../core/errors.ts';
import type { Queryable, Tx } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { statements } from '../statements.ts';
import { isOpen } from '../task.ts';
import { links as sql } from './statements.ts';

/** Levels below a task that is no part of another: beyond that nobody finds anything. */
const MOST_LEVELS = 4;
/** Parts directly below one task. */
const MOST_CHILDREN = 100;

/** A task of the tree; `depth` counts from the one asked about. */
export type Placed = Authorized<Task> & { readonly depth: number };

/** What a row of a list shows of how its task hangs together with others. */
export interface Marks {
  /** subtasks at any depth, given up ones not counted */
  readonly total: number;
  readonly done: number;
  /** is a part of another */
  readonly part: boolean;
  /** waits for an open task */
  readonly blocked: boolean;
  /** the first name of who of the group it is given to */
  readonly assignee: string | null;
}

/** The marks of these tasks, by id: one query a page, whatever its number of rows. */
export async function marksOf(
  db: Queryable,
  actor: Actor,
  tasks: ReadonlyArray<Pick<Task, 'id'>>,
): Promise<ReadonlyMap<number, Marks>> {
  if (tasks.length === 0) return new Map();
  const rows = await db.query<Marks & { id: number }>(sql.marks, [actor.spaceId, tasks.map((task) => task.id)]);
  return new Map(rows.map(({ id, ...marks }) => [id, marks]));
}

/** How many of these tasks have parts that are still to do and not among them. */
export async function leftOpen(db: Queryable, actor: Actor, tasks: ReadonlyArray<Pick<Task, 'id'>>): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql.leftOpen, [actor.spaceId, tasks.map((task) => task.id)]);
  return row?.count ?? 0;
}

function own(actor: Actor, task: Authorized<Task>): void {
  if (task.spaceId !== actor.spaceId) throw new NotFound('task', task.id);
}

/** The parts directly below a task: open ones first, then in the order of lists. */
export async function childrenOf(
  db: Queryable,
  actor: Actor,
  task: Authorized<Task>,
  limit: number,
  offset = 0,
): Promise<Array<Authorized<Task>>> {
  own(actor, task);
  return authorizeRows(actor, await db.query<Task>(sql.children, [actor.spaceId, task.id, limit, offset]));
}

export async function childCount(db: Queryable, actor: Actor, task: Authorized<Task>): Promise<number> {
  own(actor, task);
  const [row] = await db.query<{ count: number }>(sql.childCount, [actor.spaceId, task.id]);
  return row?.count ?? 0;
}

/** Everything below a task, the deepest first. */
export async function below(db: Queryable, actor: Actor, task: Pick<Task, 'id'>): Promise<Placed[]> {
  return db.query<Placed>(sql.below, [task.id, actor.spaceId]);
}

/** What is still to do below a task, the deepest first. */
export async function openBelow(db: Queryable, actor: Actor, task: Authorized<Task>): Promise<Placed[]> {
  own(actor, task);
  return (await below(db, actor, task)).filter(isOpen);
}

/** The task this one is a part of; null when it is none of any. */
export async function parentOf(db: Queryable, actor: Actor, task: Authorized<Task>): Promise<Authorized<Task> | null> {
  own(actor, task);
  if (task.parentId === null) return null;
  const [, parent] = await db.query<Placed>(sql.above, [task.id, actor.spaceId]);
  return parent ?? null;
}

/** Open tasks one of whose parts was just closed and none of whose parts is still to do. */
export async function readyWholes(
  db: Queryable,
  actor: Actor,
  closed: ReadonlyArray<Pick<Task, 'id' | 'parentId'>>,
): Promise<Array<Authorized<Task>>> {
  const ids = new Set(closed.flatMap((task) => (task.parentId === null ? [] : [task.parentId])));
  if (ids.size === 0) return [];
  return authorizeRows(actor, await db.query<Task>(sql.readyWholes, [actor.spaceId, [...ids]]));
}

/** Until the transaction ends nobody else changes trees and chains of the space. */
export async function lockLinks(tx: Tx, actor: Actor): Promise<void> {
  await tx.query(sql.lockSpace, [actor.spaceId]);
}

/**
 * Whether something may be put below `parent`: `task` with all below it, or a new one (null). Throws Conflict where it would be a part of
 * itself, too deep, under a closed task or one part too many.
 */
export async function checkPlace(tx: Tx, actor: Actor, parent: Authorized<Task>, task: Task | null): Promise<void> {
  own(actor, parent);
  await lockLinks(tx, actor);
  const line = await tx.query<Placed>(sql.above, [parent.id, actor.spaceId]);
  const [present] = line;
  if (present === undefined) throw new NotFound('task', parent.id);
  const names = { title: task?.title ?? '', parent: present.title };
  if (task?.id === present.id) throw new Conflict('task-error-own-part', names);
  if (task !== null && line.some((one) => one.id === task.id)) throw new Conflict('task-error-part-circle', names);
  if (!isOpen(present)) throw new Conflict('task-error-part-closed', names);
  const height = task === null ? 0 : Math.max(0, ...(await below(tx, actor, task)).map((one) => one.depth));
  if (line.length + height > MOST_LEVELS) throw new Conflict('task-error-part-deep', { most: MOST_LEVELS });
  if ((await childCount(tx, actor, present)) >= MOST_CHILDREN)
    throw new Conflict('task-error-part-many', { most: MOST_CHILDREN, parent: present.title });
}

/** Makes `task` a part of `parent`, or of none. Throws Conflict as `checkPlace` does. */
export async function putUnder(
  changes: Changes,
  actor: Actor,
  task: Authorized<Task>,
  parent: Authorized<Task> | null,
): Promise<Task> {
  own(actor, task);
  // Rows before the space, as everybody does who makes a task of another.
  await changes.tx.query(statements.lock, [task.id, actor.spaceId]);
  if (parent !== null) await checkPlace(changes.tx, actor, parent, task);
  else await lockLinks(changes.tx, actor);
  return changes.update('tasks', task.id, { parentId: parent?.id ?? null });
}

/** Throws Conflict when one of these became a part of itself: for an undo below newer changes. */
export async function refuseCircles(tx: Tx, ids: readonly number[]): Promise<void> {
  const [circle] = await tx.query<{ id: number }>(sql.circlesOf, [ids]);
  if (circle !== undefined) throw new Conflict('task-error-circle-again');
}
