/** Files in the chat: put to a task that is there, replaced with their message, listed, sent back as what they were, renamed, described, taken away. */
import type { Authorized } from '../../../access/authorize.ts';
import { verbatim } from '../../../capture/index.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { bold, type MessageSubject } from '../../../telegram/view.ts';
import { addTask } from '../bot/add.ts';
import { type Room, readerOf, taskOf } from '../bot/chat.ts';
import { readDetails } from '../details.ts';
import { showsTask } from '../views/cards.ts';
import * as views from '../views/files.ts';
import { toldView } from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import { attachFiles, attachingOf, leftTold, remembered } from './capture.ts';
import * as service from './service.ts';

/** Puts the files of the message to a task that is there; its words describe them. */
export async function attachTo(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  description: string,
): Promise<void> {
  const performed = await context.perform(
    'task.file-attach',
    (changes) => attachFiles(changes, context, room, task, description),
    ({ count }) => ({ key: 'action-file-attach', args: { title: task.title, count } }),
  );
  const { result, actionId } = performed;
  remembered(context, task, { files: result.count });
  const action = result.count > 0 ? actionId : null;
  await context.answer(
    views.attachedView(readerOf(context), task, result.count, leftTold(context, room, result), action),
  );
}

/** Keeps the files of the message with `task`; without one they become a task of their own, called `title` unless the message has words. */
export async function keepFiles(
  context: Context,
  room: Room,
  task: Authorized<Task> | null,
  title: string,
): Promise<void> {
  const words = context.inbound.text.trim();
  if (task !== null) return attachTo(context, room, task, words);
  const [first = '', ...rest] = words.split(/\r?\n/);
  await addTask(context, room, verbatim(first === '' ? title : first), { notes: rest.join('\n').trim() });
}

/** A later part of an album whose earlier part became `task`: it joins it, and is told only where something stays behind. */
export async function joinAlbum(context: Context, room: Room, task: Authorized<Task>): Promise<void> {
  const { result } = await context.perform(
    'task.file-attach',
    (changes) => attachFiles(changes, context, room, task),
    ({ count }) => ({ key: 'action-file-attach', args: { title: task.title, count } }),
  );
  const left = leftTold(context, room, result);
  if (left.length > 0) await context.answer(views.attachedView(readerOf(context), task, 0, left, null));
}

/** Whether the words of a message only described the files it put to a task that was there. */
export const describes = ({ data }: MessageSubject): boolean => typeof data?.['files'] === 'number';

/** What the edited message holds now takes the place of what it brought; the same file, or one that was taken away since, changes nothing. */
export async function followFile(context: Context, room: Room, task: Authorized<Task>): Promise<void> {
  const { tx, actor, inbound, botId, t } = context;
  const [file] = inbound.files;
  if (file === undefined || file.kind === 'sticker') return;
  const before = await service.filesOfMessage(tx, actor, task, botId, inbound.messageId);
  if (await service.wasBrought(tx, actor, file)) return;
  const { result, actionId } = await context.perform(
    'task.file-replace',
    (changes) => service.replaceFiles(changes, actor, task, before, file, attachingOf(context, room)),
    ({ count }) =>
      before.length === 0
        ? { key: 'action-file-attach', args: { title: task.title, count } }
        : { key: 'action-file-replace', args: { title: task.title } },
  );
  if (result.count > 0) context.tx.afterCommit(room.deps.files.wake);
  const action = result.count > 0 ? actionId : null;
  const view = views.attachedView(readerOf(context), task, result.count, leftTold(context, room, result), action);
  const replaced = result.count > 0 && before.length > 0;
  const line = t.spans<Styled>('file-replaced', { title: bold(task.title) });
  await context.answer(replaced ? { ...view, lines: [line] } : view);
}

/** The words of the edited message describe what it brought, as they did before. */
export async function followDescription(context: Context, task: Authorized<Task>): Promise<void> {
  const { tx, actor, inbound, botId } = context;
  const words = inbound.text.replaceAll(/\s+/g, ' ').trim();
  const [only, ...others] = await service.filesOfMessage(tx, actor, task, botId, inbound.messageId);
  if (only === undefined || others.length > 0 || only.description === words) return;
  await describeFile(context, only.id, words === '' ? 'none' : words);
}

/** A page of a task's files, in the message at hand. */
export async function showFiles(
  context: Context,
  task: Authorized<Task>,
  page: number,
  action: Parameters<typeof views.filesView>[5] = null,
): Promise<void> {
  const { files: total } = await readDetails(context.tx, context.actor, task);
  const pages = Math.max(1, Math.ceil(total / views.FILES_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const files = await service.filesOf(
    context.tx,
    context.actor,
    task,
    views.FILES_PAGE,
    (shown - 1) * views.FILES_PAGE,
  );
  await context.replace(views.filesView(readerOf(context), task, files, shown, total, action));
}

export async function showAll(context: Context, room: Room, page: number): Promise<void> {
  const { tx, actor } = context;
  const use = await service.spaceUse(tx, actor);
  const shown = Math.min(Math.max(1, page), Math.max(1, Math.ceil(use.files / views.FILES_PAGE)));
  const files = await service.newestFiles(tx, actor, views.FILES_PAGE, (shown - 1) * views.FILES_PAGE);
  await context.replace(views.allFilesView(readerOf(context), files, shown, use, room.deps.files.quotaBytes));
}

export async function showStats(context: Context, room: Room): Promise<void> {
  const { tx, actor } = context;
  const use = await service.spaceUse(tx, actor);
  const kinds = await service.useByKind(tx, actor);
  await context.replace(views.statsView(readerOf(context), use, kinds, room.deps.files.quotaBytes));
}

export async function showFile(context: Context, id: number): Promise<void> {
  const file = await service.fileOf(context.tx, context.actor, id);
  await context.replace(views.fileView(readerOf(context), file, await taskOf(context, file.taskId)));
}

/** Asks for the next message of a file: another name, or what it is. */
export async function askWords(context: Context, id: number, what: 'name' | 'description'): Promise<void> {
  const file = await service.fileOf(context.tx, context.actor, id);
  const task = await taskOf(context, file.taskId);
  await context.flow.start('task.fileWords', { file: id, what });
  await context.replace(
    views.askFileView(readerOf(context), task, context.t.text(`file-ask-${what}`, { name: file.name })),
  );
}

/** Asks for files to put to the task: the next message that brings any. */
export async function askFile(context: Context, task: Authorized<Task>, description = ''): Promise<void> {
  await context.flow.start('task.file', { task: task.id, description });
  await context.replace(views.askFileView(readerOf(context), task, context.t.text('file-ask')));
}

export async function renameFile(context: Context, id: number, words: string): Promise<void> {
  const file = await service.fileOf(context.tx, context.actor, id);
  const { result, actionId } = await context.perform(
    'task.file-rename',
    (changes) => service.rename(changes, context.actor, file, words),
    (after) => ({ key: 'action-file-rename', args: { name: after.name } }),
  );
  await showChanged(context, { ...file, ...result }, actionId);
}

/** 'none' takes the description away. */
export async function describeFile(context: Context, id: number, words: string): Promise<void> {
  const file = await service.fileOf(context.tx, context.actor, id);
  const none = /^(?:none|no|нет|-|–|—)$/iu.test(words.trim());
  const { result, actionId } = await context.perform(
    'task.file-describe',
    (changes) => service.describe(changes, context.actor, file, none ? '' : words),
    (after) => ({ key: 'action-file-describe', args: { name: after.name } }),
  );
  await showChanged(context, { ...file, ...result }, actionId);
}

async function showChanged(
  context: Context,
  file: service.TaskFile,
  action: Parameters<typeof views.fileView>[3],
): Promise<void> {
  await context.replace(views.fileView(readerOf(context), file, await taskOf(context, file.taskId), action));
}

export async function removeFile(context: Context, id: number): Promise<void> {
  const file = await service.fileOf(context.tx, context.actor, id);
  const task = await taskOf(context, file.taskId);
  const { actionId } = await context.perform(
    'task.file-remove',
    (changes) => service.detach(changes, context.actor, file),
    () => ({ key: 'action-file-remove', args: { name: file.name } }),
  );
  if (context.inbound.pressed) return showFiles(context, task, 1, actionId);
  const line = context.t.spans<Styled>('file-removed', { name: bold(file.name) });
  await context.answer({
    ...toldView(readerOf(context), line, [actionId]),
    shows: showsTask(task, null),
  });
}

/** The flows that wait for a file or for words about one. */
export const fileFlows = (
  room: Room,
): Readonly<
  Record<string, (context: Context, data: Readonly<Record<string, string | number | null>>) => Promise<boolean>>
> => ({
  'task.file': async (context, data) => {
    if (context.inbound.files.length === 0) return false;
    const task = await taskOf(context, Number(data['task']));
    await context.flow.end();
    const words = context.inbound.forwarded === null ? context.inbound.text.trim() : '';
    await attachTo(context, room, task, words || String(data['description'] ?? ''));
    return true;
  },
  'task.fileWords': async (context, data) => {
    const words = context.inbound.text.trim();
    if (words === '' || context.inbound.files.length > 0) return false;
    if (data['what'] === 'name') await renameFile(context, Number(data['file']), words);
    else await describeFile(context, Number(data['file']), words);
    await context.flow.end();
    return true;
  },
});
