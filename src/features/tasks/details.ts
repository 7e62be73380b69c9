/** What belongs to a task beside its row: names of project and client, how many notes and files; names in use. */
import type { Actor } from '../../access/people.ts';
import { NotFound } from '../../core/errors.ts';
import type { Queryable } from '../../storage/database.ts';
import type { Named, Task } from '../../storage/rows.ts';
import { statements as sql } from './statements.ts';

export interface TaskDetails {
  readonly project: string | null;
  readonly client: string | null;
  /** the name of who of the group it is given to */
  readonly assignee: string | null;
  /** how many notes */
  readonly notes: number;
  /** how many files */
  readonly files: number;
  /** how many reminders are still to come */
  readonly reminders: number;
}

/** Throws NotFound when the task is gone or another's. */
export async function readDetails(db: Queryable, actor: Actor, task: Pick<Task, 'id'>): Promise<TaskDetails> {
  const [row] = await db.query<TaskDetails>(sql.details, [task.id, actor.spaceId]);
  if (!row) throw new NotFound('task', task.id);
  return row;
}

/** Names in use, the busiest first. */
export async function namesInUse(
  db: Queryable,
  actor: Actor,
  of: 'projects' | 'clients' | 'tags',
  limit: number,
): Promise<ReadonlyArray<{ readonly id: number | null; readonly name: string }>> {
  if (of === 'tags') {
    const rows = await db.query<{ tag: string }>(sql.tags, [actor.spaceId, limit]);
    return rows.map(({ tag }) => ({ id: null, name: tag }));
  }
  return db.query<Named>(of === 'projects' ? sql.projects : sql.clients, [actor.spaceId, limit]);
}

/** The project or client of that name, case folded; null when there is none. */
export async function namedAs(
  db: Queryable,
  actor: Actor,
  of: 'projects' | 'clients',
  name: string,
): Promise<Named | null> {
  const [row] = await db.query<Named>(of === 'projects' ? sql.projectByName : sql.clientByName, [actor.spaceId, name]);
  return row ?? null;
}

/** The name of the project or client a list is of; null when it is gone. */
export async function nameById(
  db: Queryable,
  actor: Actor,
  of: 'projects' | 'clients',
  id: number,
): Promise<string | null> {
  const [row] = await db.query<Named>(of === 'projects' ? sql.projectById : sql.clientById, [actor.spaceId, id]);
  return row?.name ?? null;
}
