/** Chats, their members, callback answers, reactions and the small signs a bot gives. */
import type { ChatMember } from '@grammyjs/types';
import { isObject } from '../wire/params.ts';
import { badRequest } from '../wire/refusal.ts';
import { type Call, chatParam, type Method, targetMessage } from './call.ts';

/** A callback query can be answered for this long. */
const queryLifetimeMs = 60_000;

const answerCallbackQuery: Method = ({ world, params }) => {
  const text = params.text('text') ?? '';
  if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
  const query = world.queries.get(params.text('callback_query_id') ?? '');
  if (!query || query.answer || world.clock.now() - query.at > queryLifetimeMs) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  const alert = params.flag('show_alert');
  query.answer = { text, alert, at: world.clock.now() };
  world.emit({ kind: 'toast', userId: query.userId, chatId: query.chatId, text, alert, queryId: query.id });
  return true;
};

const chatActions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

const sendChatAction: Method = ({ world, params }) => {
  const room = world.writableRoom(chatParam(params));
  const action = params.text('action') ?? '';
  if (!chatActions.has(action)) throw badRequest('wrong parameter action in request');
  world.emit({ kind: 'action', chatId: room.chat.id, action });
  return true;
};

const setMessageReaction: Method = (call) => {
  targetMessage(call, 'react');
  const given = call.params.json('reaction', 'reaction') ?? [];
  if (!Array.isArray(given)) throw badRequest("can't parse reaction types: expected an Array");
  for (const reaction of given as readonly unknown[]) {
    if (!isObject(reaction) || !['emoji', 'custom_emoji'].includes(String(reaction['type'])))
      throw badRequest('REACTION_INVALID');
  }
  if (given.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  return true;
};

const pinChatMessage: Method = (call) => {
  const { room, stored } = targetMessage(call, 'pin');
  if (!room.pinned.includes(stored.message.message_id)) room.pinned.push(stored.message.message_id);
  return true;
};

const unpinChatMessage: Method = (call) => {
  const room = call.world.writableRoom(chatParam(call.params));
  const id = call.params.integer('message_id') ?? room.pinned.at(-1);
  const at = id === undefined ? -1 : room.pinned.indexOf(id);
  if (at < 0) throw badRequest('message to unpin not found');
  room.pinned.splice(at, 1);
  return true;
};

const unpinAllChatMessages: Method = ({ world, params }) => {
  world.writableRoom(chatParam(params)).pinned.length = 0;
  return true;
};

const getChat: Method = ({ world, params }) => {
  const room = world.roomFor(chatParam(params));
  const pinned = world.find(room, room.pinned.at(-1));
  return {
    ...room.chat,
    accent_color_id: 0,
    max_reaction_count: 11,
    ...(pinned ? { pinned_message: pinned.message } : {}),
  };
};

function memberOf(call: Call): ChatMember {
  const { world, params } = call;
  const room = world.writableRoom(chatParam(params));
  const id = params.integer('user_id');
  if (id === undefined) throw badRequest('invalid user_id specified');
  const user = id === world.me.id ? world.me : (room.members.get(id) ?? world.users.get(id));
  if (!user) throw badRequest('PARTICIPANT_ID_INVALID');
  const there = id === world.me.id || room.members.has(id);
  return there ? { status: 'member', user } : { status: 'left', user };
}

const getChatMemberCount: Method = ({ world, params }) => world.roomFor(chatParam(params)).members.size + 1;

/** Whoever joined first counts as the creator. */
const getChatAdministrators: Method = ({ world, params }) => {
  const room = world.writableRoom(chatParam(params));
  if (room.chat.type === 'private') throw badRequest('there are no administrators in the private chat');
  const creator = room.members.values().next().value;
  return creator ? [{ status: 'creator', user: creator, is_anonymous: false }] : [];
};

const leaveChat: Method = ({ world, params }) => {
  const room = world.writableRoom(chatParam(params));
  if (room.chat.type === 'private') throw badRequest("chat can't be left");
  room.closed = 'left';
  return true;
};

export const chatMethods = {
  answerCallbackQuery,
  sendChatAction,
  setMessageReaction,
  pinChatMessage,
  unpinChatMessage,
  unpinAllChatMessages,
  getChat,
  getChatMember: memberOf,
  getChatMemberCount,
  getChatAdministrators,
  leaveChat,
} satisfies Record<string, Method>;
