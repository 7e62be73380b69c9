/** `/files` and the commands of LarryBot2 that it answers. */
import { type Authorized, authorize, authorizeNumber } from '../../../access/authorize.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import { linkAt } from '../../../outbox/outbox.ts';
import type { Task } from '../../../storage/rows.ts';
import type { CommandCall, Context } from '../../../telegram/feature.ts';
import { bold } from '../../../telegram/view.ts';
import { type Room, readerOf, taskOf } from '../bot/chat.ts';
import { readDetails } from '../details.ts';
import { findByWords } from '../search/matching.ts';
import { showsTask } from '../views/cards.ts';
import { toldView } from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import {
  askFile,
  askWords,
  attachTo,
  describeFile,
  removeFile,
  renameFile,
  showAll,
  showFiles,
  showStats,
} from './chat.ts';
import * as service from './service.ts';

/** The task that words or a number name; throws where none or several do. */
async function taskNamed(context: Context, words: string): Promise<Authorized<Task>> {
  const number = /^[#№]?(\d{1,9})$/u.exec(words)?.[1];
  if (number !== undefined) {
    const item = await authorizeNumber(context.tx, context.actor, Number(number));
    if ('task' in item) return item.task;
    throw new UserError('task-error-link-reminder', { number: Number(number) });
  }
  const found = await findByWords(context.tx, context.actor, words);
  if (found.kind === 'one') return found.task;
  if (found.kind === 'none') throw new UserError('error-no-match', { words: words.slice(0, 100) });
  const list = found.tasks.slice(0, 5).map((task) => `#${task.number} ${task.title}`);
  throw new UserError('task-error-which', { words, list: list.join(', ') });
}

/** The task the person's own message with files became; null where the message replied to is none such. */
async function madeOfReplied({ tx, actor, botId, inbound }: Context): Promise<TaskId | null> {
  if (inbound.repliesTo === null || inbound.repliesTo.subject !== null) return null;
  const link = await linkAt(tx, botId, inbound.chatId, inbound.repliesTo.messageId, ['source']);
  if (link?.entity !== 'task' || link.entityId === null) return null;
  const own = authorize(tx, actor, 'task', link.entityId as TaskId);
  return own.then(
    ({ id }) => id,
    (error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    },
  );
}

/** '/attach 12' in reply to a file sent before: it had become a task of its own, which goes where there is nothing else to it. */
async function moveTo(
  context: Context,
  room: Room,
  from: TaskId,
  task: Authorized<Task>,
  description: string,
): Promise<void> {
  const before = await taskOf(context, from);
  const { result, actionId } = await context.perform(
    'task.file-move',
    async (changes) => {
      const count = await service.moveAll(changes, context.actor, before, task, description);
      const { notes } = await readDetails(context.tx, context.actor, before);
      const bare =
        before.notes === '' && before.dueDate === null && notes === 0 && before.createdAt > context.now - 86_400_000;
      if (bare && count > 0) await room.service.remove(changes, context.actor, before, context.now);
      return { count };
    },
    () => ({ key: 'action-file-move', args: { title: task.title } }),
  );
  const line = context.t.spans<Styled>('file-moved', { count: result.count, title: bold(task.title) });
  await context.answer({ ...toldView(readerOf(context), line, [actionId]), shows: showsTask(task, null) });
}

const unquoted = (text: string): string => /^["„“«]([^"„“”»]*)["“”»]$/u.exec(text.trim())?.[1] ?? text.trim();
const WORDS_FOR = {
  rename: /^(?:rename|name|назвать|переименовать)$/iu,
  describe: /^(?:describe|description|описать|описание)$/iu,
  remove: /^(?:remove|delete|убрать|удалить)$/iu,
  stats: /^(?:stats|statistics|итоги)$/iu,
};

function numberIn(word: string): number {
  const number = /^[#№]?(\d{1,9})$/u.exec(word)?.[1];
  if (number === undefined) throw new UserError('file-error-which');
  return Number(number);
}

/** `/files`, and what LarryBot2's users type: '/attach 12 "words"', '/attachments 12', '/attachment_description 41 words', '/remove_attachment 41', '/attachment_stats'. */
export async function filesCommand(context: Context, room: Room, { typed, rest }: CommandCall): Promise<void> {
  const [first = '', ...others] = rest.split(/\s+/).filter((word) => word !== '');
  const behind = unquoted(rest.trim().slice(first.length));
  if (typed === 'attachment_stats' || (WORDS_FOR.stats.test(first) && others.length === 0))
    return showStats(context, room);
  if (typed === 'attachment_description') return about('describe', first, behind);
  if (typed === 'remove_attachment') return about('remove', first, '');
  for (const what of ['rename', 'describe', 'remove'] as const)
    if (WORDS_FOR[what].test(first))
      return about(what, others[0] ?? '', unquoted(behind.slice((others[0] ?? '').length)));
  return ofTask();

  async function about(what: 'rename' | 'describe' | 'remove', word: string, words: string): Promise<void> {
    if (word === '') return showAll(context, room, 1);
    const id = numberIn(word);
    if (what === 'remove') return removeFile(context, id);
    if (words === '') return askWords(context, id, what === 'rename' ? 'name' : 'description');
    return what === 'rename' ? renameFile(context, id, words) : describeFile(context, id, words);
  }

  async function ofTask(): Promise<void> {
    const replied = context.inbound.repliesTo?.subject;
    const named = /^[#№]?\d{1,9}$/u.test(first);
    const onReplied = !named && replied?.entity === 'task' && replied.entityId !== null;
    const bringing = context.inbound.files.length > 0;
    if (rest === '' && !onReplied && !bringing) return showAll(context, room, 1);
    const task = onReplied
      ? await taskOf(context, replied.entityId ?? 0)
      : await taskNamed(context, named ? first : unquoted(rest));
    const description = onReplied ? unquoted(rest) : named ? behind : '';
    if (bringing) return attachTo(context, room, task, description);
    const made = await madeOfReplied(context);
    if (made !== null && made !== task.id) return moveTo(context, room, made, task, description);
    if (typed === 'attach') return askFile(context, task, description);
    return showFiles(context, task, 1);
  }
}
