/** The stand-in for Telegram: a Bot API server over HTTP in this process, steered by people and faults. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chat, Update, User, WebhookInfo } from '@grammyjs/types';
import { type Clock, systemClock } from '../core/clock.ts';
import { answerCall, executeBody } from './calls.ts';
import { answerControl } from './control.ts';
import { Faults, seededRandom } from './faults.ts';
import { FileStore } from './files.ts';
import { Journal } from './journal.ts';
import { Limits } from './limits.ts';
import type { Delivery } from './methods/call.ts';
import { type Disturbance, type UpdateContent, UpdateQueue } from './updates.ts';
import { lane, type Post, SandboxMisuse, SandboxUser } from './users.ts';
import { telegramTiming, WebhookDelivery, type WebhookTiming } from './webhook.ts';
import { Refusal, refusalBody } from './wire/refusal.ts';
import { makeToken, type Room, type SandboxEvent, type SeenMessage, World } from './world.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Loopback by default. */
  readonly host?: string;
  /** The bot's token; made up when absent. */
  readonly token?: string;
  readonly clock?: Clock;
  readonly bot?: { readonly username?: string; readonly firstName?: string };
  /** How much is kept: messages of each chat, calls of the bot, bytes of files. */
  readonly keep?: { readonly messages?: number; readonly calls?: number; readonly fileBytes?: number };
  /** Telegram's real limits on sending. Off by default. */
  readonly limits?: boolean;
  readonly webhook?: Partial<WebhookTiming>;
  /** Seed of everything that happens by chance (faults, disturbances). */
  readonly seed?: number;
  readonly firstUpdateId?: number;
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
  /** Default 5,000 ms. */
  readonly timeoutMs?: number | undefined;
}

export class Sandbox implements Post {
  readonly world: World;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly journal: Journal;
  readonly updates: UpdateQueue;
  readonly delivery: Delivery;
  readonly control: NonNullable<SandboxOptions['control']>;
  /** The token was revoked: every call is answered 401. */
  revoked = false;
  readonly #server: Server;
  readonly #random: () => number;
  readonly #timing: WebhookTiming;
  readonly #people = new Map<number, SandboxUser>();
  #webhook: WebhookDelivery | undefined;
  #address: AddressInfo | undefined;

  constructor(options: SandboxOptions = {}) {
    const clock = options.clock ?? systemClock;
    this.#random = options.seed === undefined ? Math.random : seededRandom(options.seed);
    this.#timing = { ...telegramTiming, ...options.webhook };
    this.control = options.control ?? {};
    this.world = new World({
      token: options.token ?? makeToken(),
      clock,
      bot: { username: options.bot?.username ?? 'steward_bot', firstName: options.bot?.firstName ?? 'Steward' },
      keepMessages: options.keep?.messages ?? 100_000,
      files: new FileStore(options.keep?.fileBytes ?? 64 * 1024 * 1024),
    });
    this.faults = new Faults(this.#random);
    this.limits = new Limits(options.limits ?? false);
    this.journal = new Journal(options.keep?.calls ?? 50_000);
    this.updates = new UpdateQueue(clock, this.#random, options.firstUpdateId);
    this.delivery = this.#deliverySide();
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Listens; rejects with Node's error when the port is taken. */
  async start(port = 0, host = '127.0.0.1'): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#address = address;
  }

  /** Cuts every connection, so that waiting polls end, and stops listening. */
  async stop(): Promise<void> {
    this.#webhook?.stop();
    this.#webhook = undefined;
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  get port(): number {
    return this.#address?.port ?? 0;
  }

  /** The root to give a bot as its API root. A wildcard host is reached by loopback. */
  get url(): string {
    const host = this.#address?.address ?? '127.0.0.1';
    const reached =
      host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
    return `http://${reached}:${this.port}`;
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
    const old = this.world.rooms.get(groupId);
    if (old?.chat.type !== 'group') throw new SandboxMisuse(`there is no group ${groupId}`);
    const next = this.world.openRoom({ id: supergroupId, type: 'supergroup', title: old.chat.title });
    for (const [id, user] of old.members) next.members.set(id, user);
    const from: User = { id: 1087968824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
    for (const [room, content] of [
      [old, { migrate_to_chat_id: supergroupId }],
      [next, { migrate_from_chat_id: groupId }],
    ] as const) {
      const { message } = this.world.write(room, { from, ...content }, { fromBot: false });
      if (room.chat.type === 'channel') continue;
      this.push({ message: { ...message, from, chat: room.chat } }, lane(room));
    }
    old.migratedTo = supergroupId;
    return next;
  }

  /** Removes the bot from a group. */
  kick(groupId: number): void {
    const room = this.world.rooms.get(groupId);
    if (!room || room.chat.type === 'private') throw new SandboxMisuse(`there is no group ${groupId}`);
    room.closed = 'kicked';
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
    const timeoutMs = options.timeoutMs ?? 5_000;
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

  #deliverySide(): Delivery {
    return {
      poll: (offset, limit, timeoutMs, signal) => {
        if (this.#webhook) {
          throw new Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
          );
        }
        return this.updates.poll(offset, limit, timeoutMs, signal);
      },
      allow: (types) => {
        if (types !== undefined) this.updates.allowed = types;
      },
      setWebhook: (settings) => {
        this.#webhook?.stop();
        this.#webhook = undefined;
        this.updates.onUpdate = undefined;
        if (!settings) return;
        this.updates.interrupt('terminated by setWebhook request');
        const webhook = new WebhookDelivery(settings, {
          queue: this.updates,
          clock: this.world.clock,
          random: this.#random,
          counters: this.journal.counters,
          timing: this.#timing,
          execute: (body) => executeBody(this, body),
        });
        this.#webhook = webhook;
        this.updates.onUpdate = (pending) => webhook.add(pending);
      },
      dropPending: () => this.updates.dropAll(),
      webhookInfo: () => this.#webhookInfo(),
    };
  }

  #webhookInfo(): WebhookInfo {
    const { allowed } = this.updates;
    const error = this.#webhook?.lastError;
    const types = (allowed ?? []).filter(
      (type): type is NonNullable<WebhookInfo['allowed_updates']>[number] => type !== '',
    );
    return {
      url: this.#webhook?.settings.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.updates.pending.size,
      ...(this.#webhook ? { max_connections: this.#webhook.settings.maxConnections } : {}),
      ...(types.length > 0 ? { allowed_updates: types } : {}),
      ...(error ? { last_error_date: Math.floor(error.at / 1000), last_error_message: error.message } : {}),
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    if (url.startsWith('/bot')) return answerCall(this, request, response, url);
    if (url.startsWith('/sandbox')) return answerControl(this, request, response, url);
    if (url.startsWith('/file/bot')) return this.#answerFile(response, url);
    notFound(response);
  }

  #answerFile(response: ServerResponse, url: string): void {
    const path = decodeURIComponent((url.split('?')[0] ?? '').slice('/file/bot'.length));
    const slash = path.indexOf('/');
    const file =
      path.slice(0, slash) === this.token && !this.revoked ? this.world.files.byPath(path.slice(slash + 1)) : undefined;
    if (!file) {
      notFound(response);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length });
    response.end(file.bytes);
  }
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(refusalBody(new Refusal(404, 'Not Found')));
}

/** Starts a stand-in. Rejects with Node's error when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = new Sandbox(options);
  await sandbox.start(options.port, options.host);
  return sandbox;
}
