/** What a method of the Bot API is given, and the parameters many of them share. */
import type { LinkPreviewOptions, Message, Update, WebhookInfo } from '@grammyjs/types';
import { checkMarkup } from '../rules/markup.ts';
import { isObject, type JsonObject, type Params } from '../wire/params.ts';
import { badRequest } from '../wire/refusal.ts';
import { quoted, type Room, type StoredMessage, type World } from '../world.ts';

/** How updates reach the bot: the part of the server the methods of delivery steer. */
export interface Delivery {
  poll(offset: number, limit: number, timeoutMs: number, signal: AbortSignal): Promise<Update[]>;
  /** Sets which types of update are wanted; undefined leaves it as it was. */
  allow(types: readonly string[] | undefined): void;
  setWebhook(settings: { url: string; secretToken: string | undefined; maxConnections: number } | undefined): void;
  dropPending(): void;
  webhookInfo(): WebhookInfo;
}

export interface Call {
  readonly world: World;
  readonly delivery: Delivery;
  readonly params: Params;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
  /** The messages this call wrote, so that a lost answer is known with them. */
  readonly wrote: StoredMessage[];
}

/** A result that Telegram explains in words. */
export class Told {
  readonly result: unknown;
  readonly description: string;

  constructor(result: unknown, description: string) {
    this.result = result;
    this.description = description;
  }
}

/** A method: its result, or a thrown Refusal. */
export type Method = (call: Call) => unknown;

/** The chat a call names. Throws a Refusal when it names none. */
export function chatParam(params: Params, name = 'chat_id'): number | string {
  const id = params.integer(name);
  if (id !== undefined) return id;
  const text = params.text(name)?.trim();
  if (text === undefined || text === '') throw badRequest(`${name} is empty`);
  if (!text.startsWith('@')) throw badRequest('chat not found');
  return text;
}

/** The message a call to edit or delete names; `verb` words the error. */
export function targetMessage({ world, params }: Call, verb: string): { room: Room; stored: StoredMessage } {
  const room = world.writableRoom(chatParam(params));
  const id = params.integer('message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const stored = world.find(room, id);
  if (!stored) throw badRequest(`message to ${verb} not found`);
  return { room, stored };
}

type Common = Pick<
  Message,
  | 'message_thread_id'
  | 'is_topic_message'
  | 'reply_to_message'
  | 'reply_markup'
  | 'has_protected_content'
  | 'link_preview_options'
>;

/** Checks what all sending methods share: the chat, the reply, the keyboard. The Refusals are those of Telegram, in its order. */
export function sendContext(call: Call): { room: Room; common: Common; replyKeyboard: JsonObject | undefined } {
  const { world, params } = call;
  const chat = chatParam(params);
  const markup = params.has('reply_markup') ? checkMarkup(params) : noMarkup;
  const room = world.writableRoom(chat);
  const thread = params.integer('message_thread_id');
  if (thread !== undefined && !room.topics.has(thread)) throw badRequest('message thread not found');
  const reply = replyTarget(call, room);
  return {
    room,
    replyKeyboard: markup.reply,
    common: {
      ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true as const }),
      ...(reply ? { reply_to_message: quoted(reply.message) } : {}),
      ...(markup.inline ? { reply_markup: markup.inline } : {}),
      ...(params.flag('protect_content') ? { has_protected_content: true as const } : {}),
      ...linkPreview(params),
    },
  };
}

const noMarkup = { inline: undefined, reply: undefined };

function replyTarget({ world, params }: Call, room: Room): StoredMessage | undefined {
  const given = params.json('reply_parameters', 'reply parameters');
  if (given !== undefined && !isObject(given)) throw badRequest('object expected as reply parameters');
  const id = given?.['message_id'] ?? params.integer('reply_to_message_id');
  if (id === undefined) return undefined;
  if (typeof id !== 'number')
    throw badRequest('can\'t parse reply parameters: Field "message_id" must be of type Number');
  const chat = given?.['chat_id'];
  const elsewhere = typeof chat === 'number' && chat !== room.chat.id ? world.roomFor(chat) : undefined;
  const stored = world.find(elsewhere ?? room, id);
  const optional = given?.['allow_sending_without_reply'] === true || params.flag('allow_sending_without_reply');
  if (!stored) {
    if (optional && !elsewhere) return undefined;
    throw badRequest('message to be replied not found');
  }
  const quote = given?.['quote'];
  if (typeof quote === 'string' && !(stored.message.text ?? stored.message.caption ?? '').includes(quote)) {
    throw badRequest('QUOTE_TEXT_INVALID');
  }
  return stored;
}

/** The link preview options of a call, kept with the message when any is set. */
export function linkPreview(params: Params): { link_preview_options?: LinkPreviewOptions } {
  const given = params.json('link_preview_options', 'link preview options');
  if (given === undefined) {
    return params.flag('disable_web_page_preview') ? { link_preview_options: { is_disabled: true } } : {};
  }
  if (!isObject(given)) throw badRequest('object expected as link preview options');
  const { url } = given;
  return {
    link_preview_options: {
      ...(given['is_disabled'] === true ? { is_disabled: true } : {}),
      ...(typeof url === 'string' ? { url } : {}),
      ...(given['prefer_small_media'] === true ? { prefer_small_media: true } : {}),
      ...(given['prefer_large_media'] === true ? { prefer_large_media: true } : {}),
      ...(given['show_above_text'] === true ? { show_above_text: true } : {}),
    },
  };
}
