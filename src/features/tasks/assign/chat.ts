/** Giving tasks to somebody of the group, by words, command or button, and telling them. */

import type { Authorized } from '../../../access/authorize.ts';
import { type Group, groupsOf, type Member, membersOf, personIn } from '../../../access/groups.ts';
import { type Actor, readPerson } from '../../../access/people.ts';
import { UserError } from '../../../core/errors.ts';
import type { ChatId, PersonId } from '../../../core/ids.ts';
import { translator } from '../../../locales/translator.ts';
import { REMINDER } from '../../../outbox/outbox.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Statement } from '../../../storage/sql.ts';
import type { Context } from '../../../telegram/feature.ts';
import { messagesTo } from '../../../telegram/notice.ts';
import { inSpace, type View } from '../../../telegram/view.ts';
import { fromOf, type Room, readerOf, showChanged, taskOf } from '../bot/chat.ts';
import { readDetails } from '../details.ts';
import { readCard } from '../links/card.ts';
import { listTasks } from '../lists/lists.ts';
import type { TaskDraft } from '../task.ts';
import { listView } from '../views/lists.ts';
import type { Reader } from '../views/pieces.ts';
import { meansMe, meansNobody, memberNamed } from './members.ts';
import { askAssigneeView, givenListView, givenView, nameOf, nothingMineView } from './views.ts';

/** The group this is about; throws UserError in a person's own chat, where nobody else is. */
function groupOf({ actor }: Context): Group {
  if (!actor.group) throw new UserError('error-only-in-group');
  return actor.group;
}

/** Whom words name in this group: 'nobody', or undefined when they name none of it. */
async function named(context: Context, words: string): Promise<Member | 'nobody' | undefined> {
  if (meansNobody(words)) return 'nobody';
  const members = await membersOf(context.tx, groupOf(context).id);
  if (meansMe(words)) return members.find(({ id }) => id === context.actor.person.id);
  return memberNamed(members, words) ?? undefined;
}

/** Whom words name in the group at hand: 'nobody', or undefined where they name none of it, or this is none. */
export const namedHere = async (context: Context, words: string): Promise<Member | 'nobody' | undefined> =>
  context.actor.group ? named(context, words) : undefined;

/** Whether words name somebody of this group, where it is one. */
export async function isMember(context: Context, words: string): Promise<boolean> {
  const found = await namedHere(context, words);
  return found !== undefined && found !== 'nobody';
}

/** Whom Steward answers under this @name, but for a name that is a client's here already. */
const allowed: Statement = {
  name: 'assign:allowed',
  text: `SELECT FROM people WHERE lower(username) = lower($1) AND role IN ('operator', 'member')
            AND NOT EXISTS (SELECT FROM clients WHERE space_id = $2 AND lower(name) = lower($1)) LIMIT 1`,
};

/**
 * "@anna" in what is captured in a group is the one it is for, where one of its people is called so; else a client as everywhere. `unseen`:
 * the @name of somebody allowed who has not called Steward in this group yet. Whether they are in it nobody knows: `askUnseen` asks.
 */
export async function withAssignee<T extends TaskDraft>(
  context: Context,
  draft: T,
): Promise<{ readonly draft: T; readonly unseen: string | null }> {
  const { client } = draft;
  const { group } = context.actor;
  if (!group || !client) return { draft, unseen: null };
  const member = memberNamed(await membersOf(context.tx, group.id), client);
  if (member !== null) return { draft: { ...draft, client: null, assigneeId: member.id }, unseen: null };
  const isAllowed = (await context.tx.query(allowed, [client, group.id])).length > 0;
  return isAllowed ? { draft: { ...draft, client: null }, unseen: client } : { draft, unseen: null };
}

/** Below what was made: the one named is not known here, whose is it? */
export async function askUnseen(context: Context, task: Authorized<Task>, unseen: string | null): Promise<void> {
  if (unseen !== null) await askAssignee(context, task, unseen, context.answer);
}

/** Gives the task to whom the words name; asks with buttons where there are none, or none that fit. */
export async function assignNamed(context: Context, room: Room, task: Authorized<Task>, words: string): Promise<void> {
  const name = words.trim().replace(/^(?:to|на|для)\s+/iu, '');
  if (name === '') return askAssignee(context, task);
  const found = await named(context, name);
  if (found === undefined) return askAssignee(context, task, name);
  await assign(context, room, task, found === 'nobody' ? null : found.id);
}

export async function askAssignee(
  context: Context,
  task: Authorized<Task>,
  unknown = '',
  show = context.replace,
): Promise<void> {
  const members = await membersOf(context.tx, groupOf(context).id);
  const { assignee } = await readDetails(context.tx, context.actor, task);
  await show(askAssigneeView(readerOf(context), task, assignee, members, fromOf(context), unknown));
}

/** Gives the task to somebody of the group, or to nobody. Throws UserError for one who is not of it any more. */
export async function assign(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  person: PersonId | null,
): Promise<void> {
  const { tx, actor, now } = context;
  const members = await membersOf(tx, groupOf(context).id);
  const member = person === null ? null : members.find(({ id }) => id === person);
  if (member === undefined) throw new UserError('task-assign-gone');
  const changed = await context.perform(
    'task.assign',
    (changes) => room.service.edit(changes, actor, task, { assigneeId: person }, now),
    (result) => ({
      key: 'action-task-assign',
      args: {
        title: result.title,
        name: member === null ? '' : nameOf(member),
        to: member === null ? 'nobody' : 'somebody',
      },
    }),
  );
  if (task.assigneeId !== person) await tellAssignee(context, changed.result);
  await showChanged(context, changed);
}

/** Tells the one a task was given to, once, in their own chat, where they have one and did not take it themselves. */
export function tellAssignee(context: Context, task: Task): Promise<void> {
  const { tx, inbound } = context;
  return tell(context, task.assigneeId, async (there, reader, told) => {
    const address =
      inbound.chatKind === 'group' && inbound.messageId > 0 ? addressOf(told.group.chatId, inbound.messageId) : null;
    return givenView(reader, task, await readCard(tx, there, task), { ...told, address });
  });
}

/** The same for several that were given at once: one message, with the list of what is theirs now. */
export async function tellAssigned(context: Context, ids: readonly number[], to: PersonId | null): Promise<void> {
  const { tx, now } = context;
  const [only] = ids;
  if (only === undefined) return;
  if (ids.length === 1) return tellAssignee(context, await taskOf(context, only));
  await tell(context, to, async (there, reader, told) => {
    const page = await listTasks(tx, there, { kind: 'assignee', value: there.person.id }, 1, now);
    return givenListView(listView(reader, page, told.group.title || reader.t.text('group-nameless')), reader, {
      ...told,
      count: ids.length,
    });
  });
}

/** The member of this group; null for nobody. Throws UserError for one who is not of it any more. */
export async function stillMember(context: Context, person: PersonId | null): Promise<Member | null> {
  if (person === null) return null;
  const member = (await membersOf(context.tx, groupOf(context).id)).find(({ id }) => id === person);
  if (member === undefined) throw new UserError('task-assign-gone');
  return member;
}

async function tell(
  context: Context,
  to: PersonId | null,
  viewOf: (there: Actor, reader: Reader, told: { readonly by: string; readonly group: Group }) => Promise<View>,
): Promise<void> {
  const { tx, actor, author, now } = context;
  const { group } = actor;
  if (!group || to === null || to === author.id) return;
  const member = (await membersOf(tx, group.id)).find(({ id }) => id === to);
  if (!member?.reachable) return;
  const there = await actorThere(context, group, member.id);
  const { person } = there;
  const { timezone: home } = await readPerson(tx, member.id);
  const reader = { t: translator(person.language), person, now, inGroup: true, home };
  const by = author.name.trim() || (author.username ?? '');
  const view = inSpace(await viewOf(there, reader, { by, group }), group.id);
  await context.send(messagesTo(member.telegramUserId as ChatId, REMINDER, view));
}

/** A message of a supergroup; other groups have no addresses. */
function addressOf(chat: ChatId, message: number): string | null {
  const internal = /^-100(\d+)$/.exec(String(chat))?.[1];
  return internal === undefined ? null : `https://t.me/c/${internal}/${message}`;
}

/** Somebody of a group as they are in their own chat: its clock, their language. */
async function actorThere({ tx, actor }: Context, group: Group, id: PersonId): Promise<Actor> {
  const own = await readPerson(tx, id);
  const person = { ...personIn(group, own), language: own.language, locale: own.locale };
  return { person, spaceId: group.id, chatId: (own.telegramUserId ?? 0) as ChatId, via: actor.via, group };
}

/** What is given to who asks: here, or in each of their groups when they ask in their own chat. */
export async function showMine(context: Context): Promise<void> {
  const { tx, actor, now, author, t } = context;
  const list = async (there: Actor): Promise<View | null> => {
    const page = await listTasks(tx, there, { kind: 'assignee', value: author.id }, 1, now);
    if (page.total === 0 && !actor.group) return null;
    const home = actor.group ? {} : { home: author.timezone };
    const view = listView({ ...readerOf(context), ...home, person: there.person }, page, nameIn(context, there));
    return there.group ? inSpace(view, there.group.id) : view;
  };
  if (actor.group) {
    const view = await list(actor);
    return view === null ? undefined : context.replace(view);
  }
  const views: View[] = [];
  for (const group of await groupsOf(tx, author.id)) {
    const view = await list(await actorThere(context, group, author.id));
    if (view !== null) views.push(view);
  }
  if (views.length === 0) return context.answer(nothingMineView(t));
  for (const view of views) await context.answer(view);
}

/** In the group the list is called by the person; in their own chat by the group. */
function nameIn({ actor, author, t }: Context, there: Actor): string {
  if (actor.group) return author.name;
  return there.group?.title || t.text('group-nameless');
}

/** The list of what is given to somebody of this group. False: the words name nobody of it. */
export async function listOf(context: Context, words: string): Promise<PersonId | null> {
  if (!context.actor.group) return null;
  const found = await named(context, words);
  return found === undefined || found === 'nobody' ? null : found.id;
}
