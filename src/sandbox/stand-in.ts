/** The stand-in for Telegram without its network: what people do on it, what they see, what goes wrong. */
import type { Chat, Update, User } from '@grammyjs/types';
import { type Clock, systemClock } from '../core/clock.ts';
import { executeBody } from './calls.ts';
import { BotDelivery } from './delivery/bot-delivery.ts';
import { type Disturbance, type UpdateContent, UpdateQueue } from './delivery/updates.ts';
import { telegramTiming, type WebhookTiming } from './delivery/webhook.ts';
import { Faults, seededRandom } from './faults/faults.ts';
import { Limits } from './faults/limits.ts';
import { FileStore } from './files.ts';
import * as groups from './groups.ts';
import { Journal } from './journal.ts';
import { type Post, SandboxMisuse, SandboxUser } from './users.ts';
import { makeToken, type Room, type SandboxEvent, type SeenMessage, World } from './world.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Loopback by default. */
  readonly host?: string;
  /** The bot's token; made up when absent. */
  readonly token?: string;
  readonly clock?: Clock;
  /** `privacy`: in groups the bot is told only what is meant for it, as Telegram does unless it is switched off. */
  readonly bot?: { readonly username?: string; readonly firstName?: string; readonly privacy?: boolean };
  /** How much is kept: messages of each chat, calls of the bot, bytes of files. */
  readonly keep?: { readonly messages?: number; readonly calls?: number; readonly fileBytes?: number };
  /** Telegram's real limits on sending. Off by default. */
  readonly limits?: boolean;
  readonly webhook?: Partial<WebhookTiming>;
  /** Seed of everything that happens by chance (faults, disturbances). */
  readonly seed?: number;
  readonly firstUpdateId?: number;
  /** Ids of messages begin after this one: a stand-in started anew for a bot that remembers must not use ids twice. */
  readonly messagesBefore?: number;
  /** Who may use the control side under `/sandbox`: loopback only by default, others with the key, or anyone. */
  readonly control?: { readonly key?: string; readonly anyone?: boolean };
}

/** A predicate over a message as people see it. */
export type MessagePredicate = (seen: SeenMessage) => boolean;

export interface WaitOptions {
  /** Only messages of this chat. */
  readonly chat?: number | undefined;
  /** Only messages written after this place in the order (`SeenMessage.order`). */
  readonly after?: number | undefined;
  /** Default 60,000 ms: what is waited for comes within milliseconds; a busy machine is no fault of it. */
  readonly timeoutMs?: number | undefined;
}

export class StandIn implements Post {
  readonly world: World;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly journal: Journal;
  readonly updates: UpdateQueue;
  readonly delivery: BotDelivery;
  readonly control: NonNullable<SandboxOptions['control']>;
  /** The token was revoked: every call is answered 401. */
  revoked = false;
  readonly #people = new Map<number, SandboxUser>();

  constructor(options: SandboxOptions = {}) {
    const clock = options.clock ?? systemClock;
    const random = options.seed === undefined ? Math.random : seededRandom(options.seed);
    this.control = options.control ?? {};
    this.world = new World({
      token: options.token ?? makeToken(),
      clock,
      bot: {
        username: options.bot?.username ?? 'steward_bot',
        firstName: options.bot?.firstName ?? 'Steward',
        privacy: options.bot?.privacy ?? true,
      },
      keepMessages: options.keep?.messages ?? 20_000,
      messagesBefore: options.messagesBefore ?? 0,
      files: new FileStore(options.keep?.fileBytes ?? 64 * 1024 * 1024),
    });
    this.faults = new Faults(random);
    this.limits = new Limits(options.limits ?? false);
    this.journal = new Journal(options.keep?.calls ?? 20_000);
    this.updates = new UpdateQueue(clock, random, options.firstUpdateId);
    this.delivery = new BotDelivery({
      queue: this.updates,
      clock,
      random,
      counters: this.journal.counters,
      timing: { ...telegramTiming, ...options.webhook },
      execute: (body) => executeBody(this, body),
    });
  }

  get token(): string {
    return this.world.token;
  }

  /** The person with that id, made known when new, with a private chat open to the bot unless `started` is false. */
  user(id: number, profile: Partial<User> & { started?: boolean } = {}): SandboxUser {
    const known = this.#people.get(id);
    if (known) return known;
    const { started = true, ...rest } = profile;
    const user: User = { id, is_bot: false, first_name: `User ${id}`, language_code: 'en', ...rest };
    const person = new SandboxUser(this, user);
    this.#people.set(id, person);
    this.world.users.set(id, user);
    const { first_name, last_name, username } = user;
    const chat: Chat.PrivateChat = {
      id,
      type: 'private',
      first_name,
      ...(last_name === undefined ? {} : { last_name }),
      ...(username === undefined ? {} : { username }),
    };
    const room = this.world.openRoom(chat, started ? undefined : 'not_started');
    room.members.set(id, user);
    return person;
  }

  /** A group with the bot and `members` in it. Groups have negative ids, supergroups begin with -100. */
  group(id: number, title: string, members: readonly SandboxUser[] = [], type: 'group' | 'supergroup' = 'group'): Room {
    const room = this.world.openRoom({ id, type, title });
    for (const member of members) room.members.set(member.id, member.profile);
    return room;
  }

  /** Turns a group into a supergroup, as Telegram does: calls to the old id are refused with the new one. */
  migrate(groupId: number, supergroupId: number): Room {
    return groups.migrateGroup(this, groupId, supergroupId);
  }

  /** `by` adds the bot to a group, for the first time or again. */
  addBot(groupId: number, by: SandboxUser): void {
    groups.addBot(this, groups.groupRoom(this.world, groupId), by);
  }

  /** Removes the bot from a group, and tells it so. */
  kick(groupId: number, by?: SandboxUser): void {
    groups.removeBot(this, groups.groupRoom(this.world, groupId), by);
  }

  /** Somebody comes into a group. */
  join(groupId: number, who: SandboxUser): void {
    groups.join(this, groups.groupRoom(this.world, groupId), who);
  }

  /** Somebody leaves a group, or is taken out of it by another. */
  leave(groupId: number, who: SandboxUser, by: SandboxUser = who): void {
    groups.leave(this, groups.groupRoom(this.world, groupId), who, by);
  }

  /** Opens a topic in a supergroup; people write there with `thread`. */
  topic(groupId: number, name: string, by: SandboxUser): number {
    return groups.openTopic(this, groups.groupRoom(this.world, groupId), name, by);
  }

  push(content: UpdateContent, laneName: string): void {
    if (this.updates.push(content, laneName)) this.journal.counters.updates += 1;
  }

  /** Sends the bot any update as it is, whatever types it asked for. An `update_id` of its own is replaced. Returns what was sent. */
  inject(update: UpdateContent | Update, laneName = 'injected'): Update | undefined {
    const { update_id: _, ...content } = { update_id: 0, ...update };
    const sent = this.updates.push(content, laneName, true);
    if (sent) this.journal.counters.updates += 1;
    return sent;
  }

  /** The messages of a chat as people see them, oldest first; deleted ones only when asked for. */
  messages(chatId: number, options: { deleted?: boolean; after?: number } = {}): SeenMessage[] {
    const room = this.world.rooms.get(chatId);
    if (!room) return [];
    return [...room.messages.values()].filter(
      (seen) => (options.deleted === true || seen.deletedAt === undefined) && seen.order > (options.after ?? 0),
    );
  }

  /** Calls `listener` with everything people see from now on. Returns the way to stop. */
  watch(listener: (event: SandboxEvent) => void): () => void {
    return this.world.watch(listener);
  }

  /** The first message (there already or yet to come, new or edited) that satisfies `predicate`. Rejects when the time is over. */
  waitFor(predicate: MessagePredicate, options: WaitOptions = {}): Promise<SeenMessage> {
    const fits = (seen: SeenMessage): boolean =>
      (options.chat === undefined || seen.chatId === options.chat) &&
      seen.order > (options.after ?? 0) &&
      predicate(seen);
    const chats = options.chat === undefined ? [...this.world.rooms.keys()] : [options.chat];
    for (const chat of chats) {
      const there = this.messages(chat).find(fits);
      if (there) return Promise.resolve(there);
    }
    const timeoutMs = options.timeoutMs ?? 60_000;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new SandboxMisuse(`no message as waited for within ${timeoutMs} ms`));
      }, timeoutMs);
      const stop = this.watch((event) => {
        if ((event.kind !== 'message' && event.kind !== 'edit') || !fits(event.seen)) return;
        clearTimeout(timer);
        stop();
        resolve(event.seen);
      });
    });
  }

  /** The messages of the bot whose answer it did not get: only these may have doubles. */
  lostMessages(): SeenMessage[] {
    return [...this.world.rooms.values()].flatMap((room) =>
      [...room.messages.values()].filter((seen) => seen.answerLost),
    );
  }

  /** Makes delivery of updates unreliable: chances of duplicates and of overtaking. */
  disturb(disturbance: Partial<Disturbance>): void {
    this.updates.disturbance = { duplicate: 0, reorder: 0, ...disturbance };
  }
}
