/** Everything the stand-in knows: the bot, people, chats with their messages, files, open callback queries. */
import { randomBytes, randomInt } from 'node:crypto';
import type { BotCommand, Chat, Message, MessageEntity, User, UserFromGetMe } from '@grammyjs/types';
import type { Clock, EpochMs } from '../core/clock.ts';
import { Bug } from '../core/errors.ts';
import type { FileStore } from './files.ts';
import type { JsonObject } from './wire/params.ts';
import { badRequest, forbidden } from './wire/refusal.ts';

/** One state a message had before it was edited. */
export interface Revision {
  readonly at: EpochMs;
  readonly message: Message;
}

/** A message as the people of its chat see it. */
export interface SeenMessage {
  /** Place in the order of everything written to the stand-in; grows by one with each message. */
  readonly order: number;
  readonly chatId: number;
  readonly at: EpochMs;
  /** When it was written by a clock that only runs forward (`performance.now()`), for measuring. */
  readonly monotonicMs: number;
  /** The present state. */
  readonly message: Message;
  /** The earlier states, oldest first. */
  readonly edits: readonly Revision[];
  readonly deletedAt: EpochMs | undefined;
  readonly fromBot: boolean;
  /** The bot was not told that its message was accepted: the answer was lost. */
  readonly answerLost: boolean;
  /** A custom keyboard (or its removal) that came with the message. */
  readonly replyKeyboard: JsonObject | undefined;
}

/** A living message is edited without end; this many earlier states are kept. */
const editLimit = 200;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type StoredMessage = Mutable<Omit<SeenMessage, 'edits'>> & { edits: Revision[] };

/** One chat with the bot in it. */
export interface Room {
  readonly chat: Chat;
  readonly messages: Map<number, StoredMessage>;
  readonly members: Map<number, User>;
  readonly pinned: number[];
  lastMessageId: number;
  /** Administers the group: it is told everything. */
  administers: boolean;
  readonly topics: Map<number, string>;
  /** Why the bot may not write here. */
  closed: 'blocked' | 'kicked' | 'left' | 'not_started' | 'deactivated' | undefined;
  /** The supergroup this group became. */
  migratedTo: number | undefined;
}

/** What the people in a chat notice besides messages. */
export type SandboxEvent =
  | { readonly kind: 'message'; readonly seen: SeenMessage }
  | { readonly kind: 'edit'; readonly seen: SeenMessage }
  | { readonly kind: 'delete'; readonly seen: SeenMessage }
  | {
      readonly kind: 'toast';
      readonly userId: number;
      readonly chatId: number | undefined;
      readonly text: string;
      readonly alert: boolean;
      readonly queryId: string;
    }
  | { readonly kind: 'action'; readonly chatId: number; readonly action: string }
  | {
      readonly kind: 'draft';
      readonly chatId: number;
      readonly draftId: number;
      /** Empty: the bot is still thinking. */
      readonly text: string;
      readonly entities: readonly MessageEntity[];
      /** The person is offered to stop it. */
      readonly canStop: boolean;
    };

/** A button that was pressed and waits for its answer. */
export interface OpenQuery {
  readonly id: string;
  readonly userId: number;
  readonly chatId: number | undefined;
  readonly at: EpochMs;
  answer: { readonly text: string; readonly alert: boolean; readonly at: EpochMs } | undefined;
}

interface WorldOptions {
  readonly token: string;
  readonly clock: Clock;
  readonly bot: { readonly username: string; readonly firstName: string; readonly privacy: boolean };
  /** How many messages a chat keeps; older ones are forgotten. */
  readonly keepMessages: number;
  /** Ids of messages begin after this one, in every chat. */
  readonly messagesBefore: number;
  readonly files: FileStore;
}

export class World {
  readonly token: string;
  readonly clock: Clock;
  readonly me: UserFromGetMe;
  readonly files: FileStore;
  readonly users = new Map<number, User>();
  readonly rooms = new Map<number, Room>();
  readonly queries = new Map<string, OpenQuery>();
  /** Commands by scope and language, as `setMyCommands` left them. */
  readonly commands = new Map<string, BotCommand[]>();
  /** Names, descriptions and menu buttons by kind and language or chat. */
  readonly texts = new Map<string, string>();
  readonly menuButtons = new Map<number, JsonObject>();
  readonly #keepMessages: number;
  readonly #messagesBefore: number;
  readonly #listeners = new Set<(event: SandboxEvent) => void>();
  #order = 0;
  #queryId = BigInt(randomInt(2 ** 40)) << 20n;

  constructor(options: WorldOptions) {
    this.token = options.token;
    this.clock = options.clock;
    this.files = options.files;
    this.#keepMessages = options.keepMessages;
    this.#messagesBefore = options.messagesBefore;
    this.me = {
      id: Number(options.token.split(':')[0]),
      is_bot: true,
      first_name: options.bot.firstName,
      username: options.bot.username,
      can_join_groups: true,
      can_read_all_group_messages: !options.bot.privacy,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    };
  }

  /** Calls `listener` with everything people see from now on. Returns the way to stop. */
  watch(listener: (event: SandboxEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: SandboxEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Seconds since the epoch, as Telegram dates things. */
  unixNow(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** The place of the newest message in the order of all. */
  get lastOrder(): number {
    return this.#order;
  }

  openRoom(chat: Chat, closed?: Room['closed']): Room {
    const known = this.rooms.get(chat.id);
    if (known) return known;
    const room: Room = {
      chat,
      messages: new Map(),
      members: new Map(),
      pinned: [],
      lastMessageId: this.#messagesBefore,
      ...{ administers: false, topics: new Map<number, string>() },
      closed,
      migratedTo: undefined,
    };
    this.rooms.set(chat.id, room);
    return room;
  }

  /** The chat a bot names, by id or `@username`. Throws the Refusal Telegram gives when the bot may not write there. */
  roomFor(chatId: number | string): Room {
    const room =
      typeof chatId === 'number'
        ? this.rooms.get(chatId)
        : [...this.rooms.values()].find((one) => 'username' in one.chat && one.chat.username === chatId.slice(1));
    if (!room || room.closed === 'not_started') {
      // A person known from a group who never wrote to the bot cannot be written to.
      if (room?.closed === 'not_started') throw forbidden("bot can't initiate conversation with a user");
      throw badRequest('chat not found');
    }
    if (room.migratedTo !== undefined) {
      throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: room.migratedTo });
    }
    return room;
  }

  /** As `roomFor`, for calls that write: also refuses where the bot was blocked or removed. */
  writableRoom(chatId: number | string): Room {
    const room = this.roomFor(chatId);
    switch (room.closed) {
      case 'blocked':
        throw forbidden('bot was blocked by the user');
      case 'deactivated':
        throw forbidden('user is deactivated');
      case 'kicked':
        throw forbidden(`bot was kicked from the ${room.chat.type} chat`);
      case 'left':
        throw forbidden(`bot is not a member of the ${room.chat.type} chat`);
      default:
        return room;
    }
  }

  /** Writes a message into `room` and tells those who watch. `content` is all of it but its id, date and chat. */
  write(
    room: Room,
    content: Omit<Message, 'message_id' | 'date' | 'chat'>,
    extra: { fromBot: boolean; replyKeyboard?: JsonObject | undefined },
  ): StoredMessage {
    room.lastMessageId += 1;
    this.#order += 1;
    const message: Message = { message_id: room.lastMessageId, date: this.unixNow(), chat: room.chat, ...content };
    const stored: StoredMessage = {
      order: this.#order,
      chatId: room.chat.id,
      at: this.clock.now(),
      monotonicMs: performance.now(),
      message,
      edits: [],
      deletedAt: undefined,
      fromBot: extra.fromBot,
      answerLost: false,
      replyKeyboard: extra.replyKeyboard,
    };
    room.messages.set(message.message_id, stored);
    if (room.messages.size > this.#keepMessages) {
      for (const oldest of room.messages.keys()) {
        room.messages.delete(oldest);
        break;
      }
    }
    if (this.#listeners.size > 0) this.emit({ kind: 'message', seen: stored });
    return stored;
  }

  /** Replaces the content of a message, keeping the earlier state. */
  rewrite(stored: StoredMessage, message: Message): void {
    stored.edits.push({ at: this.clock.now(), message: stored.message });
    if (stored.edits.length > editLimit) stored.edits.shift();
    stored.message = message;
    this.emit({ kind: 'edit', seen: stored });
  }

  remove(stored: StoredMessage): void {
    stored.deletedAt = this.clock.now();
    this.emit({ kind: 'delete', seen: stored });
  }

  /** The message, when it is there and not deleted. */
  find(room: Room, messageId: number | undefined): StoredMessage | undefined {
    const stored = messageId === undefined ? undefined : room.messages.get(messageId);
    return stored?.deletedAt === undefined ? stored : undefined;
  }

  openQuery(userId: number, chatId: number | undefined): OpenQuery {
    this.#queryId += BigInt(randomInt(1, 2 ** 20));
    const query: OpenQuery = { id: String(this.#queryId), userId, chatId, at: this.clock.now(), answer: undefined };
    this.queries.set(query.id, query);
    if (this.queries.size > 10_000) {
      for (const oldest of this.queries.keys()) {
        this.queries.delete(oldest);
        break;
      }
    }
    return query;
  }
}

type Quoted = NonNullable<Message['reply_to_message']>;

/** A message as another's `reply_to_message` shows it: never a chain. */
export function quoted(message: Message): Quoted {
  const { reply_to_message: _, ...rest } = message;
  const bare: Message = rest;
  if (isQuoted(bare)) return bare;
  throw new Bug('a message without its reply has a reply');
}

/** The types spell a missing reply as one that is undefined, which no literal can be. */
function isQuoted(message: Message): message is Quoted {
  return message.reply_to_message === undefined;
}

/** A token in Telegram's form for a bot that exists only here. */
export function makeToken(): string {
  return `${randomInt(1_000_000_000, 9_999_999_999)}:AA${randomBytes(24).toString('base64url').slice(0, 33)}`;
}
