/** Files of tasks: put to them, renamed, described, moved, taken away. The bytes follow by `fetching.ts` and stay as long as an undo may want them. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { RestoreHook } from '../../../actions/undo.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { iso } from '../../../core/clock.ts';
import { UserError } from '../../../core/errors.ts';
import type { BotId, TaskId } from '../../../core/ids.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Attachment, Task } from '../../../storage/rows.ts';
import type { FileKind, InboundFile } from '../../../telegram/feature.ts';
import { lockTask } from '../closing/locks.ts';
import { indexTasks } from '../search/search-index.ts';
import { storable } from '../task.ts';
import { safeName } from './name.ts';
import { statements as sql } from './statements.ts';

/** Telegram hands a bot no larger file. */
export const MOST_BYTES = 20 * 1024 * 1024;
/** Files of one task. */
export const MOST_FILES = 100;
const LONGEST_DESCRIPTION = 1_000;

/** An attachment with what is known of its file. */
export interface TaskFile extends Attachment {
  readonly kind: FileKind;
  readonly bytes: number | null;
  /** seconds */
  readonly duration: number | null;
  /** told by the content; null until it came */
  readonly mediaType: string | null;
  readonly state: 'waiting' | 'kept' | 'failed';
  readonly sha256: string | null;
  /** '' when it never was with Telegram */
  readonly telegramFile: string;
  readonly botId: BotId;
}

/** Why a file of a message was not put to its task. */
export interface Left {
  readonly reason: 'large' | 'many' | 'quota';
  readonly kind: FileKind;
}

/** A file that did not come. */
export interface NotFetched {
  readonly kind: FileKind;
  readonly reason: 'gone' | 'large';
  readonly name: string;
  readonly taskId: TaskId;
  readonly taskTitle: string;
}

export interface Attached {
  /** how many were put to the task */
  readonly count: number;
  readonly left: readonly Left[];
}

export interface AttachOptions {
  readonly now: EpochMs;
  readonly botId: BotId;
  /** names the message: what fails of it is told together */
  readonly batch: string;
  /** for those that have no name of their own; `index` from 0 */
  readonly nameFor: (file: InboundFile, index: number) => string;
  readonly description?: string;
  /** what all files of a space may take, in bytes */
  readonly quotaBytes: number;
  /** what goes when these come: it takes no room any more */
  readonly instead?: readonly OfMessage[];
}

/** A file that came with a message and is still attached. */
export interface OfMessage extends Attachment {
  readonly kind: FileKind;
  readonly bytes: number | null;
  readonly uniqueId: string | null;
}

/** Puts the files of a message to a task; those that cannot be are left with a reason, never an error: the words of the message stay. */
export async function attach(
  changes: Changes,
  actor: Actor,
  target: Pick<Task, 'id'>,
  files: readonly InboundFile[],
  options: AttachOptions,
): Promise<Attached> {
  const { tx } = changes;
  const task = await lockTask(tx, actor, target.id);
  const [there] = await tx.query<{ count: number }>(sql.countOf, [task.id, actor.spaceId]);
  const instead = options.instead ?? [];
  let count = (there?.count ?? 0) - instead.length;
  let used = (await spaceUse(tx, actor)).bytes - instead.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  const left: Left[] = [];
  let added = 0;
  for (const [index, file] of files.entries()) {
    const { kind } = file;
    const bytes = file.bytes ?? 0;
    const reason =
      bytes > MOST_BYTES ? 'large' : count >= MOST_FILES ? 'many' : used + bytes > options.quotaBytes ? 'quota' : null;
    if (reason !== null) {
      left.push({ reason, kind });
      continue;
    }
    const [made] = await tx.query<{ id: number }>(sql.addFile, [
      ...[actor.spaceId, actor.person.id, actor.chatId, options.botId, file.fileId, kind],
      ...[file.duration === null ? null : Math.round(file.duration), file.bytes, options.batch, iso(options.now)],
      ...[file.messageId, file.uniqueId === '' ? null : file.uniqueId],
    ]);
    await changes.insert('attachments', {
      spaceId: actor.spaceId,
      taskId: task.id,
      personId: actor.person.id,
      fileId: made?.id ?? 0,
      name: safeName(file.name ?? '') || options.nameFor(file, index),
      description: descriptionOf(options.description ?? ''),
      createdAt: options.now,
    });
    count += 1;
    used += bytes;
    added += 1;
  }
  if (added > 0) await indexTasks(tx, [task.id]);
  return { count: added, left };
}

/** What a message of the chat brought to a task, as far as it is still attached. */
export async function filesOfMessage(
  db: Queryable,
  actor: Actor,
  task: Pick<Task, 'id'>,
  botId: BotId,
  messageId: number,
): Promise<Array<Authorized<OfMessage>>> {
  const of = [task.id, actor.spaceId, botId, actor.chatId, messageId];
  return authorizeRows(actor, await db.query<OfMessage>(sql.ofMessage, of));
}

/** Whether its message brought this very content before: an edit of the words alone brings it again. */
export async function wasBrought(db: Queryable, actor: Actor, file: InboundFile): Promise<boolean> {
  const of = [actor.spaceId, actor.chatId, file.messageId, file.uniqueId];
  return (await db.query(sql.wasBrought, of)).length > 0;
}

/** Puts `file` in the place of what its message brought before, described as that was. What cannot come leaves the other where it is. */
export async function replaceFiles(
  changes: Changes,
  actor: Actor,
  task: Pick<Task, 'id'>,
  before: ReadonlyArray<Authorized<OfMessage>>,
  file: InboundFile,
  options: AttachOptions,
): Promise<Attached> {
  const description = before[0]?.description ?? options.description ?? '';
  const attached = await attach(changes, actor, task, [file], { ...options, description, instead: before });
  if (attached.count > 0) for (const { id } of before) await changes.remove('attachments', id);
  if (attached.count > 0) await indexTasks(changes.tx, [task.id as TaskId]);
  return attached;
}

function descriptionOf(words: string): string {
  const line = storable(words).replaceAll(/\s+/g, ' ').trim();
  if (line.length > LONGEST_DESCRIPTION) throw new UserError('file-error-description', { most: LONGEST_DESCRIPTION });
  return line;
}

/** Throws UserError when nothing of the name is left once it is harmless. */
export async function rename(
  changes: Changes,
  actor: Actor,
  file: Authorized<TaskFile>,
  words: string,
): Promise<Attachment> {
  const name = safeName(words);
  if (name === '') throw new UserError('file-error-name');
  return change(changes, actor, file, { name });
}

/** '' takes the description away. */
export function describe(
  changes: Changes,
  actor: Actor,
  file: Authorized<TaskFile>,
  words: string,
): Promise<Attachment> {
  return change(changes, actor, file, { description: descriptionOf(words) });
}

async function change(
  changes: Changes,
  actor: Actor,
  file: Authorized<TaskFile>,
  patch: Partial<Pick<Attachment, 'name' | 'description'>>,
): Promise<Attachment> {
  await lockTask(changes.tx, actor, file.taskId);
  const after = await changes.update('attachments', file.id, patch);
  await indexTasks(changes.tx, [file.taskId]);
  return after;
}

/** Takes a file away; undo brings it back with its bytes. */
export async function detach(changes: Changes, actor: Actor, file: Authorized<TaskFile>): Promise<void> {
  await lockTask(changes.tx, actor, file.taskId);
  await changes.remove('attachments', file.id);
  await indexTasks(changes.tx, [file.taskId]);
}

/** Puts all files of one task to another. Throws Conflict-like UserError where that one would have too many. */
export async function moveAll(
  changes: Changes,
  actor: Actor,
  from: Pick<Task, 'id'>,
  to: Pick<Task, 'id'>,
  description: string,
): Promise<number> {
  const { tx } = changes;
  // In the order of their ids, as everything that locks two tasks does.
  for (const id of [from.id, to.id].sort((a, b) => a - b)) await lockTask(tx, actor, id);
  const files = await tx.query<{ id: number }>(sql.idsOf, [from.id, actor.spaceId]);
  const [there] = await tx.query<{ count: number }>(sql.countOf, [to.id, actor.spaceId]);
  if ((there?.count ?? 0) + files.length > MOST_FILES) throw new UserError('file-error-many', { most: MOST_FILES });
  const words = descriptionOf(description);
  for (const { id } of files)
    await changes.update('attachments', id, { taskId: to.id, ...(words === '' ? {} : { description: words }) });
  await indexTasks(tx, [from.id, to.id]);
  return files.length;
}

/** A task's files, oldest first; those that never came are not among them. */
export async function filesOf(
  db: Queryable,
  actor: Actor,
  task: Pick<Task, 'id'>,
  limit: number,
  offset = 0,
): Promise<Array<Authorized<TaskFile>>> {
  return authorizeRows(actor, await db.query<TaskFile>(sql.filesOf, [task.id, actor.spaceId, limit, offset]));
}

/** A file by the number shown for it; throws UserError for another's exactly as for none. */
export async function fileOf(db: Queryable, actor: Actor, id: number): Promise<Authorized<TaskFile>> {
  const [row] = authorizeRows(actor, await db.query<TaskFile>(sql.fileById, [id, actor.spaceId]));
  if (!row || row.state === 'failed') throw new UserError('file-error-number', { number: id });
  return row;
}

/** Files of the whole space, newest first, with the tasks they belong to. */
export async function newestFiles(
  db: Queryable,
  actor: Actor,
  limit: number,
  offset: number,
): Promise<Array<Authorized<TaskFile & { readonly taskTitle: string; readonly taskNumber: number }>>> {
  return authorizeRows(
    actor,
    await db.query<TaskFile & { taskTitle: string; taskNumber: number }>(sql.newestFiles, [
      actor.spaceId,
      limit,
      offset,
    ]),
  );
}

/** How many files a space has, and what they take in bytes: the same content counts once. */
export async function spaceUse(db: Queryable, actor: Actor): Promise<{ files: number; bytes: number }> {
  const [row] = await db.query<{ files: number; bytes: number }>(sql.spaceUse, [actor.spaceId]);
  return row ?? { files: 0, bytes: 0 };
}

export function useByKind(
  db: Queryable,
  actor: Actor,
): Promise<Array<{ readonly kind: FileKind; readonly files: number; readonly bytes: number }>> {
  return db.query(sql.byKind, [actor.spaceId]);
}

/** After an undo of attachments: their tasks are found by the names they have now. */
export const attachmentsRestored: RestoreHook = async (tx, _actor, ids) => {
  const rows = await tx.query<{ taskId: TaskId }>(sql.tasksOfFiles, [ids]);
  await indexTasks(
    tx,
    rows.map((row) => row.taskId),
  );
};
