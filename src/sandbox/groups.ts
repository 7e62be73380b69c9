/** Groups on the stand-in: who comes and goes, the bot among them, topics, and the move to a supergroup. */
import type { ChatMemberUpdated, Message, User } from '@grammyjs/types';
import { lane, nonChannel, type Post, SandboxMisuse, type SandboxUser } from './users.ts';
import type { Room, World } from './world.ts';

/** Who acts when an admin hides behind the group. */
const anonymous: User = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

export function groupRoom(world: World, id: number): Room {
  const room = world.rooms.get(id);
  if (!room || room.chat.type === 'private') throw new SandboxMisuse(`there is no group ${id}`);
  return room;
}

/** A message nobody wrote: the group's people see it and every bot is told, privacy mode or not. */
function announce(post: Post, room: Room, from: User, content: Partial<Message>): Message {
  const { message } = post.world.write(room, { from, ...content }, { fromBot: false });
  if (room.closed === undefined) post.push({ message: { ...message, from, chat: nonChannel(room.chat) } }, lane(room));
  return message;
}

type Standing = ChatMemberUpdated['new_chat_member'];

function standings(world: World): { readonly [status in 'member' | 'left' | 'kicked']: Standing } {
  const { id, first_name, username } = world.me;
  const user = { id, is_bot: true, first_name, username };
  return {
    member: { status: 'member', user },
    left: { status: 'left', user },
    kicked: { status: 'kicked', user, until_date: 0 },
  };
}

function tellStanding(post: Post, room: Room, from: User, before: Standing, after: Standing): void {
  const date = post.world.unixNow();
  const change = { chat: room.chat, from, date, old_chat_member: before, new_chat_member: after };
  post.push({ my_chat_member: change }, lane(room));
}

/** `by` adds the bot to the group, for the first time or again: it is told, and sees itself come. */
export function addBot(post: Post, room: Room, by: SandboxUser): void {
  const { member, left, kicked } = standings(post.world);
  const before = room.closed === 'kicked' ? kicked : left;
  room.closed = undefined;
  room.members.set(by.id, by.profile);
  tellStanding(post, room, by.profile, before, member);
  announce(post, room, by.profile, { new_chat_members: [member.user] });
}

/** Somebody (whoever came first, when nobody is named) removes the bot from the group. */
export function removeBot(post: Post, room: Room, by: SandboxUser | undefined): void {
  const { member, kicked } = standings(post.world);
  const [first] = room.members.values();
  room.closed = 'kicked';
  tellStanding(post, room, by?.profile ?? first ?? anonymous, member, kicked);
}

export function join(post: Post, room: Room, who: SandboxUser): void {
  room.members.set(who.id, who.profile);
  announce(post, room, who.profile, { new_chat_members: [who.profile] });
}

/** `who` leaves, or is taken out by `by`. */
export function leave(post: Post, room: Room, who: SandboxUser, by: SandboxUser = who): void {
  room.members.delete(who.id);
  announce(post, room, by.profile, { left_chat_member: who.profile });
}

/** Opens a topic of a forum; its id is the message's that opened it. */
export function openTopic(post: Post, room: Room, name: string, by: SandboxUser): number {
  if (room.chat.type !== 'supergroup') throw new SandboxMisuse('only supergroups have topics');
  const { message_id } = announce(post, room, by.profile, { forum_topic_created: { name, icon_color: 0x6fb9f0 } });
  room.topics.set(message_id, name);
  return message_id;
}

/** Turns a group into a supergroup, as Telegram does: calls to the old id are refused with the new one. */
export function migrateGroup(post: Post, groupId: number, supergroupId: number): Room {
  const { world } = post;
  const old = world.rooms.get(groupId);
  if (old?.chat.type !== 'group') throw new SandboxMisuse(`there is no group ${groupId}`);
  const next = world.openRoom({ id: supergroupId, type: 'supergroup', title: old.chat.title });
  for (const [id, user] of old.members) next.members.set(id, user);
  announce(post, old, anonymous, { migrate_to_chat_id: supergroupId });
  announce(post, next, anonymous, { migrate_from_chat_id: groupId });
  old.migratedTo = supergroupId;
  return next;
}
