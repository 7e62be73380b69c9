/** Proves access: only these functions make an `Authorized<T>`, and services take nothing else, so a forgotten check does not compile. */
import { NotFound } from '../core/errors.ts';
import type { NoteId, ReminderId, TaskId } from '../core/ids.ts';
import type { Queryable } from '../storage/database.ts';
import type { Note, Reminder, SavedFilter, Task, Template } from '../storage/rows.ts';
import type { Actor } from './people.ts';

declare const authorized: unique symbol;

/** A row whose space the actor acts in. It is what was there at the check: write through Changes, which locks. */
export type Authorized<T> = T & { readonly [authorized]: true };

interface Authorizable {
  task: { row: Task; id: TaskId };
  reminder: { row: Reminder; id: ReminderId };
  note: { row: Note; id: NoteId };
  filter: { row: SavedFilter; id: number };
  template: { row: Template; id: number };
}

const tables = {
  task: 'tasks',
  reminder: 'reminders',
  note: 'notes',
  filter: 'saved_filters',
  template: 'templates',
} as const;

/** The row by id, in the actor's space; throws NotFound for another's row exactly as for none. */
export async function authorize<E extends keyof Authorizable>(
  db: Queryable,
  actor: Actor,
  entity: E,
  id: Authorizable[E]['id'],
): Promise<Authorized<Authorizable[E]['row']>> {
  const [row] = await db.query<Authorized<Authorizable[E]['row']>>(
    { name: `authorize:${entity}`, text: `SELECT * FROM ${tables[entity]} WHERE id = $1 AND space_id = $2` },
    [id, actor.spaceId],
  );
  if (!row) throw new NotFound(entity, id);
  return row;
}

/** The task or reminder that carries a short number (#12) in the actor's space; throws NotFound when none does. */
export async function authorizeNumber(
  db: Queryable,
  actor: Actor,
  number: number,
): Promise<{ task: Authorized<Task> } | { reminder: Authorized<Reminder> }> {
  const [task] = await db.query<Authorized<Task>>(
    { name: 'authorize:taskNumber', text: 'SELECT * FROM tasks WHERE number = $1 AND space_id = $2' },
    [number, actor.spaceId],
  );
  if (task) return { task };
  const [reminder] = await db.query<Authorized<Reminder>>(
    { name: 'authorize:reminderNumber', text: 'SELECT * FROM reminders WHERE number = $1 AND space_id = $2' },
    [number, actor.spaceId],
  );
  if (reminder) return { reminder };
  throw new NotFound('item', `#${number}`);
}

/** Takes rows a query of the caller already restricted to `actor.spaceId` (lists, searches); throws NotFound on any other. */
export function authorizeRows<T extends { spaceId: number }>(actor: Actor, rows: readonly T[]): Array<Authorized<T>> {
  for (const row of rows) if (row.spaceId !== actor.spaceId) throw new NotFound('row', row.spaceId);
  return rows as Array<Authorized<T>>;
}
