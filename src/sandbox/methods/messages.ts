/** Sending, editing, forwarding and deleting messages. */
import type { Message, MessageEntity, MessageOrigin } from '@grammyjs/types';
import { checkMarkup } from '../rules/markup.ts';
import { richMessage } from '../rules/rich.ts';
import { captionText, formattedText, messageText, textLimit } from '../rules/text.ts';
import { badRequest } from '../wire/refusal.ts';
import type { Room, StoredMessage } from '../world.ts';
import { type Call, chatParam, linkPreview, type Method, sendContext, targetMessage } from './call.ts';

type Content = Omit<Message, 'message_id' | 'date' | 'chat'>;

/** A bot may delete messages younger than this. */
const deletableMs = 48 * 60 * 60 * 1000;

/** Writes a message of the bot and answers with it. */
export function post(
  call: Call,
  room: Room,
  content: Content,
  replyKeyboard?: StoredMessage['replyKeyboard'],
): Message {
  const { me } = call.world;
  const from = { id: me.id, is_bot: true, first_name: me.first_name, username: me.username };
  const stored = call.world.write(room, { from, ...content }, { fromBot: true, replyKeyboard });
  call.wrote.push(stored);
  return stored.message;
}

const withEntities = (entities: MessageEntity[]): { entities?: MessageEntity[] } =>
  entities.length > 0 ? { entities } : {};

const sendMessage: Method = (call) => {
  const { text, entities } = messageText(call.params);
  const { room, common, replyKeyboard } = sendContext(call);
  return post(call, room, { text, ...withEntities(entities), ...common }, replyKeyboard);
};

const sendRichMessage: Method = (call) => {
  const rich = richMessage(call.params);
  const { room, common, replyKeyboard } = sendContext(call);
  return post(call, room, { rich_message: rich, ...common }, replyKeyboard);
};

/** The part of a message that edits may change. */
type Editable = Pick<
  Message,
  'text' | 'entities' | 'rich_message' | 'caption' | 'caption_entities' | 'reply_markup' | 'link_preview_options'
>;

function editableOf({
  text,
  entities,
  rich_message,
  caption,
  caption_entities,
  reply_markup,
  link_preview_options,
}: Editable): Editable {
  return {
    ...(text === undefined ? {} : { text }),
    ...(entities ? { entities } : {}),
    ...(rich_message ? { rich_message } : {}),
    ...(caption === undefined ? {} : { caption }),
    ...(caption_entities ? { caption_entities } : {}),
    ...(reply_markup ? { reply_markup } : {}),
    ...(link_preview_options ? { link_preview_options } : {}),
  };
}

/** Gives the message `next` for all that can be edited of it. Throws a Refusal when that changes nothing. */
function replaced(call: Call, stored: StoredMessage, next: Editable): Message {
  // Through editableOf both have their keys in one order, so that equal contents are equal texts.
  if (JSON.stringify(editableOf(stored.message)) === JSON.stringify(editableOf(next))) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  const {
    text: _text,
    entities: _entities,
    rich_message: _rich,
    caption: _caption,
    caption_entities: _captionEntities,
    reply_markup: _markup,
    link_preview_options: _preview,
    ...fixed
  } = stored.message;
  const edited: Message = { ...fixed, ...next, edit_date: call.world.unixNow() };
  call.world.rewrite(stored, edited);
  return edited;
}

function ownMessage(call: Call): StoredMessage {
  if (call.params.has('inline_message_id')) throw badRequest('the sandbox has no inline messages');
  const { stored } = targetMessage(call, 'edit');
  if (!stored.fromBot || stored.message.forward_origin) throw badRequest("message can't be edited");
  return stored;
}

function inlineMarkup(call: Call): Pick<Message, 'reply_markup'> {
  const { inline, reply } = checkMarkup(call.params);
  if (reply) throw badRequest('inline keyboard expected');
  return inline ? { reply_markup: inline } : {};
}

const editMessageText: Method = (call) => {
  const { params } = call;
  const content: Editable = params.has('rich_message')
    ? { rich_message: richMessage(params) }
    : (({ text, entities }) => ({ text, ...withEntities(entities), ...linkPreview(params) }))(messageText(params));
  const markup = inlineMarkup(call);
  const stored = ownMessage(call);
  if (stored.message.text === undefined && stored.message.rich_message === undefined) {
    throw badRequest('there is no text in the message to edit');
  }
  return replaced(call, stored, { ...content, ...markup });
};

const editMessageReplyMarkup: Method = (call) => {
  const markup = inlineMarkup(call);
  const stored = ownMessage(call);
  const { reply_markup: _, ...kept } = editableOf(stored.message);
  return replaced(call, stored, { ...kept, ...markup });
};

const editMessageCaption: Method = (call) => {
  const { text, entities } = captionText(call.params);
  const markup = inlineMarkup(call);
  const stored = ownMessage(call);
  const { photo, document, voice, video, audio, animation } = stored.message;
  if (!(photo ?? document ?? voice ?? video ?? audio ?? animation)) {
    throw badRequest('there is no caption in the message to edit');
  }
  return replaced(call, stored, {
    ...(text === '' ? {} : { caption: text }),
    ...(entities.length > 0 ? { caption_entities: entities } : {}),
    ...markup,
  });
};

/** Why a message may not be deleted, undefined when it may. */
function undeletable(call: Call, stored: StoredMessage): string | undefined {
  const old = call.world.clock.now() - stored.at > deletableMs;
  return old ? "message can't be deleted for everyone" : undefined;
}

const deleteMessage: Method = (call) => {
  const { stored } = targetMessage(call, 'delete');
  const reason = undeletable(call, stored);
  if (reason) throw badRequest(reason);
  call.world.remove(stored);
  return true;
};

function idList(call: Call): number[] {
  const ids = call.params.json('message_ids', 'message identifiers');
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > 100) throw badRequest('too many message identifiers specified');
  return ids.filter((id): id is number => typeof id === 'number');
}

const deleteMessages: Method = (call) => {
  const room = call.world.writableRoom(chatParam(call.params));
  for (const id of idList(call)) {
    const stored = call.world.find(room, id);
    if (stored && !undeletable(call, stored)) call.world.remove(stored);
  }
  return true;
};

function originOf({ message }: StoredMessage): MessageOrigin {
  if (message.forward_origin) return message.forward_origin;
  const { from, date } = message;
  return from ? { type: 'user', sender_user: from, date } : { type: 'hidden_user', sender_user_name: 'Unknown', date };
}

/** The content of a message without what belongs to its place in its chat. */
export function contentOf(message: Message): Content {
  const {
    message_id: _i,
    date: _d,
    chat: _c,
    from: _f,
    edit_date: _e,
    reply_to_message: _r,
    reply_markup: _m,
    ...content
  } = message;
  return content;
}

function source(call: Call, verb: string, id: number | undefined): StoredMessage {
  const room = call.world.roomFor(chatParam(call.params, 'from_chat_id'));
  const stored = call.world.find(room, id);
  if (!stored) throw badRequest(`message to ${verb} not found`);
  if (stored.message.has_protected_content)
    throw badRequest(`the message can't be ${verb === 'copy' ? 'copied' : 'forwarded'}`);
  return stored;
}

const forwardMessage: Method = (call) => {
  const { room } = sendContext(call);
  const stored = source(call, 'forward', call.params.integer('message_id'));
  return post(call, room, { ...contentOf(stored.message), forward_origin: originOf(stored) });
};

const copyMessage: Method = (call) => {
  const { room, common, replyKeyboard } = sendContext(call);
  const stored = source(call, 'copy', call.params.integer('message_id'));
  const { forward_origin: _, ...content } = contentOf(stored.message);
  return { message_id: post(call, room, { ...content, ...common }, replyKeyboard).message_id };
};

const sendMessageDraft: Method = ({ world, params }) => {
  const room = world.writableRoom(chatParam(params));
  if (room.chat.type !== 'private') throw badRequest('drafts can be sent to private chats only');
  const draftId = params.integer('draft_id');
  if (draftId === undefined || draftId === 0) throw badRequest('draft_id must be non-zero');
  const raw = params.text('text') ?? '';
  const { text, entities } = formattedText(params, raw, 'parse_mode', 'entities');
  if (text.length > textLimit) throw badRequest('message is too long');
  world.emit({ kind: 'draft', chatId: room.chat.id, draftId, text, entities, canStop: params.flag('can_stop') });
  return true;
};

export const messageMethods = {
  sendMessage,
  sendRichMessage,
  editMessageText,
  editMessageReplyMarkup,
  editMessageCaption,
  deleteMessage,
  deleteMessages,
  forwardMessage,
  copyMessage,
  sendMessageDraft,
} satisfies Record<string, Method>;
