/** A message that brought files was edited: another file takes the place of the one it had, and words that described it follow. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { bold, type MessageSubject } from '../../../telegram/view.ts';
import { type Room, readerOf } from '../bot/chat.ts';
import { attachedView } from '../views/files.ts';
import type { Styled } from '../views/pieces.ts';
import { attachingOf, leftTold } from './capture.ts';
import { describeFile } from './chat.ts';
import { filesOfMessage, replaceFiles, wasBrought } from './service.ts';

/** Whether the words of a message only described the files it put to a task that was there. */
export const describes = ({ data }: MessageSubject): boolean => typeof data?.['files'] === 'number';

/** What the edited message holds now takes the place of what it brought; the same file, or one that was taken away since, changes nothing. */
export async function followFile(context: Context, room: Room, task: Authorized<Task>): Promise<void> {
  const { tx, actor, inbound, botId, t } = context;
  const [file] = inbound.files;
  if (file === undefined || file.kind === 'sticker') return;
  const before = await filesOfMessage(tx, actor, task, botId, inbound.messageId);
  if (await wasBrought(tx, actor, file)) return;
  const { result, actionId } = await context.perform(
    'task.file-replace',
    (changes) => replaceFiles(changes, actor, task, before, file, attachingOf(context, room)),
    ({ count }) =>
      before.length === 0
        ? { key: 'action-file-attach', args: { title: task.title, count } }
        : { key: 'action-file-replace', args: { title: task.title } },
  );
  if (result.count > 0) context.tx.afterCommit(room.deps.files.wake);
  const action = result.count > 0 ? actionId : null;
  const view = attachedView(readerOf(context), task, result.count, leftTold(context, room, result), action);
  const replaced = result.count > 0 && before.length > 0;
  const line = t.spans<Styled>('file-replaced', { title: bold(task.title) });
  await context.answer(replaced ? { ...view, lines: [line] } : view);
}

/** The words of the edited message describe what it brought, as they did before. */
export async function followDescription(context: Context, task: Authorized<Task>): Promise<void> {
  const { tx, actor, inbound, botId } = context;
  const words = inbound.text.replaceAll(/\s+/g, ' ').trim();
  const [only, ...others] = await filesOfMessage(tx, actor, task, botId, inbound.messageId);
  if (only === undefined || others.length > 0 || only.description === words) return;
  await describeFile(context, only.id, words === '' ? 'none' : words);
}
