/** Notes on tasks: what was said about them, with its time. */
import { type Authorized, authorizeRows } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { RestoreHook } from '../../actions/undo.ts';
import type { EpochMs } from '../../core/clock.ts';
import { NotFound, UserError } from '../../core/errors.ts';
import type { Queryable } from '../../storage/database.ts';
import type { Note, Task } from '../../storage/rows.ts';
import { lockTask } from './closing/locks.ts';
import { indexTasks } from './search/search-index.ts';
import { statements as sql } from './statements.ts';
import { storable } from './task.ts';

/** Longest note, in UTF-16 units: more than any message brings. */
const LONGEST_NOTE = 50_000;

function bodyOf(text: string): string {
  const body = storable(text).trim();
  if (body === '') throw new UserError('task-error-note');
  if (body.length > LONGEST_NOTE) throw new UserError('task-error-note-long', { most: LONGEST_NOTE });
  return body;
}

/** Adds a note. Throws UserError when it is empty. */
export async function addNote(
  changes: Changes,
  actor: Actor,
  target: Authorized<Task>,
  text: string,
  now: EpochMs,
): Promise<Note> {
  const body = bodyOf(text);
  const task = await lockTask(changes.tx, actor, target.id);
  const note = await changes.insert('notes', {
    spaceId: actor.spaceId,
    taskId: task.id,
    personId: actor.person.id,
    body,
    createdAt: now,
    editedAt: null,
  });
  await indexTasks(changes.tx, [task.id]);
  return note;
}

/** Replaces the words of a note. */
export async function editNote(
  changes: Changes,
  actor: Actor,
  note: Authorized<Note>,
  text: string,
  now: EpochMs,
): Promise<Note> {
  const body = bodyOf(text);
  await lockTask(changes.tx, actor, note.taskId);
  if (note.spaceId !== actor.spaceId) throw new NotFound('note', note.id);
  const after = await changes.update('notes', note.id, { body, editedAt: now });
  await indexTasks(changes.tx, [note.taskId]);
  return after;
}

/** Takes a note away; undo brings it back. */
export async function removeNote(changes: Changes, actor: Actor, note: Authorized<Note>): Promise<void> {
  await lockTask(changes.tx, actor, note.taskId);
  if (note.spaceId !== actor.spaceId) throw new NotFound('note', note.id);
  await changes.remove('notes', note.id);
  await indexTasks(changes.tx, [note.taskId]);
}

/** A task's notes, newest first. */
export async function notesOf(
  db: Queryable,
  actor: Actor,
  task: Authorized<Task>,
  limit: number,
  offset = 0,
): Promise<Array<Authorized<Note>>> {
  if (task.spaceId !== actor.spaceId) throw new NotFound('task', task.id);
  return authorizeRows(actor, await db.query<Note>(sql.notesOf, [task.id, actor.spaceId, limit, offset]));
}

/** After an undo of notes: their tasks are found by the words they have now. */
export const notesRestored: RestoreHook = async (tx, _actor, ids) => {
  const rows = await tx.query<{ taskId: number }>(sql.tasksOfNotes, [ids]);
  await indexTasks(
    tx,
    rows.map((row) => row.taskId),
  );
};
