/** The record of one task: every action that touched it or a note of it, with what each field was and became. */

import type { Authorized } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Image } from '../../actions/changes.ts';
import type { HistoryEntry } from '../../actions/history.ts';
import { NotFound } from '../../core/errors.ts';
import type { Queryable } from '../../storage/database.ts';
import type { Named, RecurrenceRule, Task } from '../../storage/rows.ts';
import { statements as sql } from './statements.ts';

/** Entries of a page. */
const RECORD_PAGE = 8;

/** The fields of a task a record tells of, as they stood at one time; names instead of ids. */
export type Standing = Pick<
  Task,
  | 'title'
  | 'notes'
  | 'status'
  | 'priority'
  | 'startDate'
  | 'dueDate'
  | 'dueTime'
  | 'estimateMinutes'
  | 'tags'
  | 'recurrence'
> & { readonly project: string | null; readonly client: string | null };

/** One action. `before` and `after` are null where the task was made, removed, or only a note of it changed. */
export interface Entry extends HistoryEntry {
  readonly before: Standing | null;
  readonly after: Standing | null;
}

type Row = HistoryEntry & { readonly before: Image | null; readonly after: Image | null; readonly total: number };

/** A page of a task's record, newest first; pages count from 1, beyond the ends the nearest is given. */
export async function recordOf(
  db: Queryable,
  actor: Actor,
  task: Authorized<Task>,
  page: number,
): Promise<{ readonly entries: readonly Entry[]; readonly page: number; readonly pages: number }> {
  if (task.spaceId !== actor.spaceId) throw new NotFound('task', task.id);
  const read = (wanted: number) =>
    db.query<Row>(sql.record, [task.id, actor.spaceId, RECORD_PAGE, (wanted - 1) * RECORD_PAGE]);
  let shown = Math.max(1, page);
  let rows = await read(shown);
  if (rows.length === 0 && shown > 1) {
    shown = Math.max(1, Math.ceil(((await read(1))[0]?.total ?? 0) / RECORD_PAGE));
    rows = await read(shown);
  }
  const images = rows.flatMap(({ before, after }) => [before, after]).filter((image) => image !== null);
  const projects = await namesOf(db, actor, sql.projectNames, images, 'project_id');
  const clients = await namesOf(db, actor, sql.clientNames, images, 'client_id');
  const standing = (image: Image | null) => (image === null ? null : standingOf(image, projects, clients));
  const pages = Math.max(1, Math.ceil((rows[0]?.total ?? 0) / RECORD_PAGE));
  return {
    entries: rows.map(({ before, after, total: _, ...entry }) => ({
      ...entry,
      before: standing(before),
      after: standing(after),
    })),
    page: shown,
    pages,
  };
}

async function namesOf(
  db: Queryable,
  actor: Actor,
  statement: (typeof sql)['projectNames'],
  images: readonly Image[],
  column: string,
): Promise<ReadonlyMap<unknown, string>> {
  const ids = [...new Set(images.map((image) => image[column]).filter((id) => typeof id === 'number'))];
  if (ids.length === 0) return new Map();
  return new Map((await db.query<Named>(statement, [actor.spaceId, ids])).map(({ id, name }) => [id, name]));
}

/** A name that is gone leaves its field told without one. */
function standingOf(
  image: Image,
  projects: ReadonlyMap<unknown, string>,
  clients: ReadonlyMap<unknown, string>,
): Standing {
  const text = (column: string): string | null => (typeof image[column] === 'string' ? image[column] : null);
  const name = (names: ReadonlyMap<unknown, string>, column: string) =>
    image[column] === null || image[column] === undefined ? null : (names.get(image[column]) ?? '…');
  return {
    title: text('title') ?? '',
    notes: text('notes') ?? '',
    status: image['status'] as Task['status'],
    priority: image['priority'] as Task['priority'],
    startDate: text('start_date'),
    dueDate: text('due_date'),
    dueTime: text('due_time')?.slice(0, 5) ?? null,
    estimateMinutes: typeof image['estimate_minutes'] === 'number' ? image['estimate_minutes'] : null,
    tags: Array.isArray(image['tags']) ? image['tags'].map(String) : [],
    recurrence: (image['recurrence'] ?? null) as RecurrenceRule | null,
    project: name(projects, 'project_id'),
    client: name(clients, 'client_id'),
  };
}
