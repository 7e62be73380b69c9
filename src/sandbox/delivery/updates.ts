/** Updates waiting for the bot: numbered, kept a day at most, handed out by getUpdates until confirmed. */
import { randomInt } from 'node:crypto';
import type { Update } from '@grammyjs/types';
import type { Clock } from '../../core/clock.ts';
import { conflict } from '../wire/refusal.ts';

export type UpdateType = Exclude<keyof Update, 'update_id'>;
/** An update before it has its number. */
export type UpdateContent = Omit<Update, 'update_id'>;

/** Every type of update the Bot API has; with none asked for, all but the last three are sent. */
export const updateTypes = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'stopped_message_generation',
  'inline_query',
  'chosen_inline_result',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
  'chat_member',
  'message_reaction',
  'message_reaction_count',
] as const satisfies readonly UpdateType[];

const onlyWhenAsked: ReadonlySet<string> = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);
const dayMs = 24 * 60 * 60 * 1000;

export interface PendingUpdate {
  readonly update: Update;
  /** Updates of one lane reach a webhook in order. */
  readonly lane: string;
  readonly at: number;
}

interface Waiter {
  readonly wake: () => void;
  readonly fail: (error: Error) => void;
}

/** A chance in [0, 1) for each disturbance of delivery. */
export interface Disturbance {
  /** Delivers an update again although it was confirmed. */
  readonly duplicate: number;
  /** Lets a later update of the same chat overtake (webhooks only: getUpdates keeps order by its nature). */
  readonly reorder: number;
}

export class UpdateQueue {
  readonly pending = new Map<number, PendingUpdate>();
  readonly #clock: Clock;
  readonly #random: () => number;
  #next: number;
  #waiter: Waiter | undefined;
  #confirmed: Update[] = [];
  readonly #draining: (() => void)[] = [];
  /** The types wanted; undefined is Telegram's default set. */
  allowed: readonly string[] | undefined;
  disturbance: Disturbance = { duplicate: 0, reorder: 0 };
  /** Called with each new update while a webhook is set. */
  onUpdate: ((pending: PendingUpdate) => void) | undefined;

  constructor(clock: Clock, random: () => number, firstId?: number) {
    this.#clock = clock;
    this.#random = random;
    this.#next = firstId ?? randomInt(100_000_000, 900_000_000);
  }

  /** The number the next update will have. */
  /** A long poll waits here. */
  get isPolled(): boolean {
    return this.#waiter !== undefined;
  }

  get nextId(): number {
    return this.#next;
  }

  /** Queues an update. Returns it, or undefined when the bot did not ask for its type. `force` ignores what was asked for. */
  push(content: UpdateContent, lane: string, force = false): Update | undefined {
    const type = Object.keys(content)[0] ?? '';
    if (!force && !this.wants(type)) return undefined;
    const update: Update = { update_id: this.#next, ...content };
    this.#next += 1;
    const pending: PendingUpdate = { update, lane, at: this.#clock.now() };
    this.#forgetOld();
    this.pending.set(update.update_id, pending);
    if (this.onUpdate) this.onUpdate(pending);
    else this.#waiter?.wake();
    return update;
  }

  wants(type: string): boolean {
    return this.allowed === undefined || this.allowed.length === 0
      ? !onlyWhenAsked.has(type)
      : this.allowed.includes(type);
  }

  /** Telegram keeps an update that is not fetched for 24 hours. */
  #forgetOld(): void {
    const oldest = this.#clock.now() - dayMs;
    for (const [id, { at }] of this.pending) {
      if (at > oldest) break;
      this.pending.delete(id);
    }
  }

  dropAll(): void {
    this.pending.clear();
    this.#release();
  }

  /** Resolves when every update has reached the bot. */
  drained(): Promise<void> {
    return this.pending.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#draining.push(resolve));
  }

  #release(): void {
    for (const resolve of this.#draining.splice(0)) resolve();
  }

  /** The update reached the bot. */
  confirm(id: number): void {
    const known = this.pending.get(id);
    if (!known) return;
    this.pending.delete(id);
    if (this.pending.size === 0) this.#release();
    if (this.disturbance.duplicate > 0) this.#confirmed = [...this.#confirmed.slice(-99), known.update];
  }

  /** Ends a getUpdates call that waits. */
  interrupt(description: string): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.fail(conflict(description));
  }

  /**
   * Answers getUpdates: confirms what lies below `offset` (a negative one counts from the end and forgets the rest), then hands out up to `limit`
   * updates, waiting up to `timeoutMs` for the first. A second call ends the one that waits with 409. `signal` ends the wait when the caller hangs up.
   */
  async poll(offset: number, limit: number, timeoutMs: number, signal: AbortSignal): Promise<Update[]> {
    this.interrupt('terminated by other getUpdates request; make sure that only one bot instance is running');
    this.#forgetOld();
    if (offset > 0) {
      for (const id of this.pending.keys()) {
        if (id >= offset) break;
        this.confirm(id);
      }
    } else if (offset < 0) {
      const drop = [...this.pending.keys()].slice(0, offset);
      for (const id of drop) this.confirm(id);
    }
    if (this.pending.size === 0 && timeoutMs > 0) await this.#wait(timeoutMs, signal);
    const updates: Update[] = [];
    const { duplicate } = this.disturbance;
    if (duplicate > 0 && this.#confirmed.length > 0 && this.#random() < duplicate) {
      const again = this.#confirmed[Math.floor(this.#random() * this.#confirmed.length)];
      // First in the list: the caller's next offset follows from the last one.
      if (again) updates.push(again);
    }
    for (const { update } of this.pending.values()) {
      if (updates.length >= limit) break;
      updates.push(update);
    }
    return updates;
  }

  #wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { wake: () => end(resolve), fail: (error) => end(() => reject(error)) };
      const timer = setTimeout(waiter.wake, timeoutMs);
      const end = (then: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', waiter.wake);
        if (this.#waiter === waiter) this.#waiter = undefined;
        then();
      };
      signal.addEventListener('abort', waiter.wake);
      this.#waiter = waiter;
    });
  }
}
