/** Moving a task between one's own list and a group's, by /move: where it goes is told, and in a group everybody sees it come. */
import type { Authorized } from '../../../access/authorize.ts';
import { type Group, groupsOf, personIn } from '../../../access/groups.ts';
import type { Actor } from '../../../access/people.ts';
import type { ChatId } from '../../../core/ids.ts';
import { translator } from '../../../locales/translator.ts';
import { ANSWER } from '../../../outbox/outbox.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { messagesTo } from '../../../telegram/notice.ts';
import { bold, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import type { Room } from '../bot/chat.ts';
import { readCard } from '../links/card.ts';
import { cardView } from '../views/cards.ts';
import type { Styled } from '../views/pieces.ts';
import { moveTask } from './service.ts';

const GROUP = /^(?:the\s+)?(?:group|chat)\s+(?=\S)|^(?:групп[уаы]|чат)\s+(?=\S)/iu;
const OWN = /^(?:me|mine|myself|my (?:own )?list|private|мне|себе|ко мне|мой список|личное|личный список)$/iu;

/** Moves the task where the words name another of the person's lists; false: they name none. `isProject`: a project here is called so, and is meant. */
export async function moveElsewhere(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  words: string,
  isProject: boolean,
): Promise<boolean> {
  const { actor, author, tx } = context;
  const name = words.replace(GROUP, '').trim();
  const isGroup = name !== words.trim();
  if (isProject && !isGroup) return false;
  if (actor.group && !isGroup && OWN.test(name)) {
    const own: Actor = { person: author, spaceId: author.spaceId, chatId: ownChat(context), via: actor.via };
    await move(context, room, task, own);
    return true;
  }
  const groups = await groupsOf(tx, author.id);
  const [group, ...others] = groups.filter(
    ({ id, title }) => id !== actor.spaceId && title.toLowerCase() === name.toLowerCase(),
  );
  if (group === undefined || others.length > 0) return false;
  await move(context, room, task, inGroup(context, group));
  return true;
}

const ownChat = ({ author }: Context): ChatId => (author.telegramUserId ?? 0) as ChatId;

const inGroup = ({ author, actor }: Context, group: Group): Actor => ({
  ...{ person: personIn(group, author), spaceId: group.id, chatId: group.chatId, via: actor.via, group },
});

async function move(context: Context, room: Room, task: Authorized<Task>, to: Actor): Promise<void> {
  const { actor, t, now } = context;
  const where = to.group === undefined ? 'own' : 'group';
  const group = to.group?.title || t.text('group-nameless');
  const { result, actionId } = await context.perform(
    'task.move',
    (changes) => moveTask(changes, { from: actor, to }, task, room.deps.remindersMoved, now),
    (moved) => ({ key: 'action-task-move', args: { title: moved.title, where, group } }),
  );
  await context.replace({
    lines: [t.spans<Styled>('task-moved', { title: bold(result.title), where, group, number: result.number })],
    buttons: [[undoButton(t, actionId)]],
  });
  await tellThere(context, to, result);
}

/** A group sees what came and from whom; one's own chat sees it where the words were said elsewhere. */
async function tellThere(context: Context, to: Actor, task: Task): Promise<void> {
  const { tx, author, now, inbound } = context;
  if (to.chatId === inbound.chatId) return;
  const t = translator(to.person.language);
  const card = cardView(
    { t, person: to.person, now, inGroup: to.group !== undefined },
    task,
    await readCard(tx, to, task),
  );
  const head = t.spans<Styled>('task-moved-here', { by: author.name.trim() || (author.username ?? '') });
  const view: View = to.group ? { ...card, lines: [head, [], ...card.lines] } : card;
  await context.send(messagesTo(to.chatId, ANSWER, view));
}
