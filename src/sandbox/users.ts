/** The people on the stand-in: what they write, edit, press and block becomes updates for the bot. */
import { randomInt } from 'node:crypto';
import type {
  CallbackQuery,
  Chat,
  Contact,
  InlineKeyboardButton,
  Location,
  Message,
  MessageEntity,
  User,
} from '@grammyjs/types';
import { toldInPrivacyMode } from './delivery/privacy.ts';
import type { UpdateContent } from './delivery/updates.ts';
import { contentOf } from './methods/messages.ts';
import { keyboardOf } from './rules/buttons.ts';
import { checkEntities } from './rules/entities.ts';
import { type MediaKind, mediaContent, mediaFolders } from './rules/media.ts';
import { withDetected } from './rules/text.ts';
import { Params } from './wire/params.ts';
import { quoted, type Room, type SeenMessage, type StoredMessage, type World } from './world.ts';

/** What people do to messages besides writing them. */
export interface SendOptions {
  /** The chat to write to; absent: the private chat with the bot. */
  readonly chat?: number | undefined;
  /** Formatting; commands, mentions and addresses are found in any case. */
  readonly entities?: readonly MessageEntity[] | undefined;
  /** The message replied to, in the same chat. */
  readonly replyTo?: number | undefined;
  /** The topic of a forum. */
  readonly thread?: number | undefined;
  /** Any further fields of the message, as Telegram would send them (`media_group_id`, `forward_origin`, …). */
  readonly extra?: Partial<Message> | undefined;
}

export interface FileContent {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly caption?: string | undefined;
  /** Seconds, of voice notes, sound and video. */
  readonly duration?: number | undefined;
}

export interface Pressed {
  /** The id of the callback query. */
  readonly queryId: string;
  readonly data: string;
}

/** What a person needs of the server. */
export interface Post {
  readonly world: World;
  /** Hands the bot an update; `lane` groups those that stay in order. */
  readonly push: (content: UpdateContent, lane: string) => void;
}

/** A mistake in using the stand-in as a person: no such message, button or chat. */
export class SandboxMisuse extends Error {}

export class SandboxUser {
  readonly id: number;
  readonly profile: User;
  readonly #post: Post;

  constructor(post: Post, profile: User) {
    this.#post = post;
    this.profile = profile;
    this.id = profile.id;
  }

  /** Writes a text. Returns the message as the bot will see it. */
  send(text: string, options: SendOptions = {}): Message {
    const entities = checkEntities(options.entities?.slice(), text);
    const formatted = withDetected({ text, entities });
    return this.#write({ text, ...(formatted.entities.length > 0 ? { entities: formatted.entities } : {}) }, options);
  }

  /** Changes a text (or the caption) the person wrote. */
  edit(messageId: number, text: string, options: Pick<SendOptions, 'chat' | 'entities'> = {}): Message {
    const { entities } = withDetected({ text, entities: checkEntities(options.entities?.slice(), text) });
    return this.#change(messageId, options.chat, ({ entities: _e, caption_entities: _c, ...kept }) =>
      kept.text === undefined
        ? { ...kept, caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) }
        : { ...kept, text, ...(entities.length > 0 ? { entities } : {}) },
    );
  }

  /** Puts another file in the place of what a message held, its text or file, with `file.caption` as the words. */
  editFile(messageId: number, kind: MediaKind, file: FileContent, options: Pick<SendOptions, 'chat'> = {}): Message {
    const held = this.#post.world.files.add(mediaFolders[kind], file.name, file.type, file.bytes);
    const content = mediaContent(held, kind, new Params({ duration: file.duration }));
    return this.#change(messageId, options.chat, ({ message_id, date, chat, from, media_group_id: group }) => {
      const album = group === undefined ? {} : { media_group_id: group };
      const caption = file.caption === undefined ? {} : { caption: file.caption };
      return { message_id, date, chat, from, ...album, ...content, ...caption } as Message;
    });
  }

  #change(messageId: number, chat: number | undefined, change: (message: Message) => Message): Message {
    const { world } = this.#post;
    const room = this.#room(chat);
    const stored = this.#find(room, messageId);
    if (stored.message.from?.id !== this.id) throw new SandboxMisuse('only their own messages can be edited');
    const edited = { ...change(stored.message), edit_date: world.unixNow() };
    world.rewrite(stored, edited);
    if (isTold(world, room, edited))
      this.#post.push({ edited_message: { ...edited, from: this.profile, chat: nonChannel(room.chat) } }, lane(room));
    return edited;
  }

  /**
   * Presses a button of a message (its id or the message) by its text or callback data. A message of the bot's private chat unless `chat` is given.
   * Throws SandboxMisuse when there is no such button or it opens something instead of telling the bot.
   */
  press(target: number | Message | SeenMessage, button: string, chat?: number): Pressed {
    const message = typeof target === 'number' ? undefined : 'message' in target ? target.message : target;
    const room = this.#room(chat ?? message?.chat.id);
    const id = typeof target === 'number' ? target : message?.message_id;
    const stored = this.#find(room, id);
    const buttons = keyboardOf(stored.message).flat();
    const found =
      buttons.find((one) => one.text === button) ??
      buttons.find((one) => 'callback_data' in one && one.callback_data === button);
    if (!found) {
      const there = buttons.map((one) => `[${one.text}]`).join(' ');
      throw new SandboxMisuse(`message ${id} has no button "${button}"; it has ${there === '' ? 'none' : there}`);
    }
    return this.pressData(stored, callbackDataOf(found), room);
  }

  /** Sends the callback query of any data, as a press on a button of an older state of the message does. */
  pressData(target: SeenMessage, data: string, room: Room = this.#room(target.chatId)): Pressed {
    const query = this.#post.world.openQuery(this.id, room.chat.id);
    const { chat, message_id } = target.message;
    const callback: CallbackQuery = {
      id: query.id,
      from: this.profile,
      // Of a deleted message the bot learns where it was, and nothing else.
      message: target.deletedAt === undefined ? target.message : { chat, message_id, date: 0 },
      chat_instance: String(Math.abs(room.chat.id) * 7919),
      data,
    };
    this.#post.push({ callback_query: callback }, lane(room));
    return { queryId: query.id, data };
  }

  /** Forwards a message of any chat to the bot. */
  forward(message: Message, options: SendOptions = {}): Message {
    const sender_user = message.from ?? this.profile;
    const origin: Message['forward_origin'] = message.forward_origin ?? {
      type: 'user',
      sender_user,
      date: message.date,
    };
    return this.#write({ ...contentOf(message), forward_origin: origin }, options);
  }

  /** Sends a file. Photos are given one size. */
  sendFile(kind: MediaKind, file: FileContent, options: SendOptions = {}): Message {
    const stored = this.#post.world.files.add(mediaFolders[kind], file.name, file.type, file.bytes);
    const caption = file.caption ?? '';
    const { entities } = withDetected({ text: caption, entities: checkEntities(options.entities?.slice(), caption) });
    return this.#write(
      {
        ...mediaContent(stored, kind, new Params({ duration: file.duration })),
        ...(caption === '' ? {} : { caption }),
        ...(entities.length > 0 ? { caption_entities: entities } : {}),
      },
      options,
    );
  }

  /** Sends files as one album. Their order is kept; each is a message and an update of its own, as with Telegram. */
  sendAlbum(kind: MediaKind, files: readonly FileContent[], options: SendOptions = {}): Message[] {
    const group = String(randomInt(10 ** 12, 10 ** 14));
    const extra = { ...options.extra, media_group_id: group };
    return files.map((file) => this.sendFile(kind, file, { ...options, extra }));
  }

  sendLocation(location: Location, options: SendOptions = {}): Message {
    return this.#write({ location }, options);
  }

  sendContact(contact: Contact, options: SendOptions = {}): Message {
    return this.#write({ contact }, options);
  }

  /** Deletes a message for everyone; bots are not told. */
  delete(messageId: number, chat?: number): void {
    const room = this.#room(chat);
    this.#post.world.remove(this.#find(room, messageId));
  }

  /** Tells the bot to go no further with a draft it streams. */
  stopDraft(draftId: number): void {
    const room = this.#room(undefined);
    if (room.chat.type !== 'private') return;
    this.#post.push({ stopped_message_generation: { chat: room.chat, draft_id: draftId } }, lane(room));
  }

  /** From now on the person's client is in this language (two letters). */
  speak(languageCode: string): void {
    this.profile.language_code = languageCode;
  }

  /** Blocks the bot: its calls to the private chat are refused, and it is told. */
  block(): void {
    this.#membership('blocked');
  }

  unblock(): void {
    this.#membership(undefined);
  }

  #membership(closed: 'blocked' | undefined): void {
    const { world } = this.#post;
    const room = this.#room(undefined);
    if (room.closed === closed) return;
    room.closed = closed;
    const bot = { id: world.me.id, is_bot: true, first_name: world.me.first_name, username: world.me.username };
    const kicked = { status: 'kicked', user: bot, until_date: 0 } as const;
    const member = { status: 'member', user: bot } as const;
    this.#post.push(
      {
        my_chat_member: {
          chat: room.chat,
          from: this.profile,
          date: world.unixNow(),
          old_chat_member: closed ? member : kicked,
          new_chat_member: closed ? kicked : member,
        },
      },
      lane(room),
    );
  }

  #write(content: Omit<Message, 'message_id' | 'date' | 'chat'>, options: SendOptions): Message {
    const { world } = this.#post;
    const room = this.#room(options.chat);
    // Writing to a bot starts it and takes a block back.
    if (room.chat.type === 'private') room.closed = undefined;
    if (room.chat.type !== 'private' && !room.members.has(this.id))
      throw new SandboxMisuse(`${this.profile.first_name} is not in the group ${room.chat.id}`);
    // What is written in a topic replies to the message that opened it, unless it replies to another.
    const replied = options.replyTo ?? options.thread;
    const quotes = replied === undefined ? undefined : this.#find(room, replied);
    const topic =
      options.thread === undefined ? {} : { message_thread_id: options.thread, is_topic_message: true as const };
    const { message } = world.write(
      room,
      {
        from: this.profile,
        ...content,
        ...topic,
        ...(quotes ? { reply_to_message: quoted(quotes.message) } : {}),
        ...options.extra,
      },
      { fromBot: false },
    );
    if (room.closed === undefined && isTold(world, room, message)) {
      this.#post.push({ message: { ...message, from: this.profile, chat: nonChannel(room.chat) } }, lane(room));
    }
    return message;
  }

  #room(chat: number | undefined): Room {
    const room = this.#post.world.rooms.get(chat ?? this.id);
    if (!room) throw new SandboxMisuse(`there is no chat ${chat ?? this.id}`);
    return room;
  }

  #find(room: Room, messageId: number | undefined): StoredMessage {
    const stored = this.#post.world.find(room, messageId);
    if (!stored) throw new SandboxMisuse(`there is no message ${messageId} in chat ${room.chat.id}`);
    return stored;
  }
}

/** Updates of one chat stay in order. */
export function lane(room: Room): string {
  return String(room.chat.id);
}

function callbackDataOf(button: InlineKeyboardButton): string {
  if ('callback_data' in button) return button.callback_data;
  throw new SandboxMisuse(`the button "${button.text}" opens something; it sends no callback query`);
}

/** Privacy mode: of a group's talk the bot is told what is meant for it, unless it administers the group. */
function isTold(world: World, room: Room, message: Message): boolean {
  if (room.chat.type === 'private' || world.me.can_read_all_group_messages || room.administers) return true;
  return toldInPrivacyMode(message, world.me);
}

export function nonChannel(chat: Chat): Exclude<Chat, Chat.ChannelChat> {
  if (chat.type === 'channel') throw new SandboxMisuse('people post to channels through injected updates');
  return chat;
}
