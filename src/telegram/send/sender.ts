/** Sends what the outbox holds: claims, attempts, writes down the endings. Every replica runs one; the database keeps them apart. */
import type { Clock, EpochMs } from '../../core/clock.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import { type Loop, startLoop } from '../../core/loop.ts';
import type { Database } from '../../storage/database.ts';
import { endLeasesOfTheDead, releaseLease, takeLease } from '../../storage/lease.ts';
import { type Attempted, type AttemptOptions, attempt, isAnswer } from './attempt.ts';
import {
  type Claimed,
  chatUnreachable,
  claim,
  type Ending,
  ensurePace,
  finish,
  forgetWaits,
  giveBack,
  migrateChat,
  pauseAll,
  pauseChats,
  recover,
} from './claims.ts';

/** What the sender tells the metrics and the log. */
export interface SenderEvents {
  /** a delivery reached a state */
  delivery(kind: string, state: string): void;
  /** first attempt after due, seconds; once a delivery */
  lateness(seconds: number): void;
  /** from an update's receipt to its answer being with Telegram, seconds */
  reply(seconds: number): void;
  limited(scope: 'chat' | 'global'): void;
  recovered(count: number): void;
  /** Telegram refused what we built */
  rejected(reason: string): void;
  error(error: unknown): void;
}

export interface SenderOptions extends AttemptOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly botId: BotId;
  /** names this process in rows it is sending */
  readonly owner: string;
  /** messages a second at most; null: as fast as Telegram takes them */
  readonly rate: number | null;
  readonly beat: (name: string) => void;
  readonly events: SenderEvents;
}

export interface Sender {
  wake(): void;
  /** messages between claim and ending */
  inFlight(): number;
  problem(): 'unreached' | 'unauthorized' | null;
  /** Claims no more, waits for what is on its way and writes it down; within `boundMs`. */
  stop(boundMs: number): Promise<void>;
}

const MOST_IN_FLIGHT = 256;
/** Under load, claims and endings rest so long between one another: what gathers meanwhile goes in one statement. */
const REST_MS = 8;
/** Deliveries of one chat on their way at once; answers go one after another. */
const PER_CHAT_AT_ONCE = 16;
const LEASE_MS = 10_000;
const RENEW_MS = 2_000;
/** A process that could not renew for so long starts nothing: another may be recovering its messages. */
const FENCE_MS = 7_000;
/** After the database was away, others get this long to renew before they count as dead. */
const RECOVERY_GRACE_MS = 12_000;
/** A clock set back by more than this ends all waiting; it is looked for this often at least. */
const CLOCK_JUMP_MS = 2_000;
const LONGEST_SLEEP_MS = 5_000;
/** So many chats refused within one another's time mean the limit of all. */
const CHATS_MEAN_GLOBAL = 3;

/** Waits until `REST_MS` have passed since `last` (monotonic). */
async function rest(last: number): Promise<void> {
  const left = last + REST_MS - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

/** Starts sending. */
export async function startSender(options: SenderOptions): Promise<Sender> {
  const { db, clock, botId, owner, events } = options;
  const lease = `process:${owner}`;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let troubledAt = Number.NEGATIVE_INFINITY;
  /** ids of messages claimed and not ended */
  const inHand = new Set<number>();
  /** a claim failed, perhaps after its commit: rows may carry our name that we know nothing of */
  let claimInDoubt = false;
  let outages = 0;
  let problem: 'unreached' | 'unauthorized' | null = null;
  const limited = new Map<ChatId, EpochMs>();
  const running = new Set<Promise<void>>();

  await ensurePace(db, options, clock.now());

  const onError = (error: unknown) => {
    troubledAt = performance.now();
    events.error(error);
  };
  const isFenced = () => performance.now() - renewedAt > FENCE_MS;

  const renewing = startLoop({
    name: 'sender-lease',
    beat: options.beat,
    onError,
    async turn() {
      const at = performance.now();
      await takeLease(db, lease, owner, LEASE_MS);
      renewedAt = at;
      await endLeasesOfTheDead(db);
      if (performance.now() - troubledAt > RECOVERY_GRACE_MS) {
        const count = await recover(db, botId, owner);
        if (count > 0) {
          events.recovered(count);
          claiming.wake();
        }
      }
      return RENEW_MS;
    },
  });

  // Endings are written in batches that grow with the load: one statement is under way at a time.
  let endings: Ending[] = [];
  let flushing: Promise<void> | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;
  async function flush(): Promise<void> {
    while (endings.length > 0) {
      await rest(flushedAt);
      flushedAt = performance.now();
      const batch = endings;
      endings = [];
      for (;;) {
        try {
          await finish(db, owner, batch, clock.now());
          break;
        } catch (error) {
          // Telegram has the messages; forgetting that would send them twice. Kept until the database takes it.
          onError(error);
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
      for (const ending of batch) inHand.delete(ending.id);
      claiming.wake();
    }
  }
  function end(ending: Ending): void {
    endings.push(ending);
    flushing ??= flush().finally(() => {
      flushing = undefined;
      if (endings.length > 0) flushing = flush();
    });
  }

  async function consequences(message: Claimed, result: Attempted): Promise<void> {
    const now = clock.now();
    if (result.limitedMs !== undefined) {
      for (const [chat, until] of limited) if (until <= now) limited.delete(chat);
      limited.set(message.chatId, now + result.limitedMs);
      const global = limited.size >= CHATS_MEAN_GLOBAL;
      events.limited(global ? 'global' : 'chat');
      await pauseChats(db, [{ chatId: message.chatId, until: now + result.limitedMs }]);
      if (global) {
        limited.clear();
        await pauseAll(db, options, now, result.limitedMs, true);
      }
    }
    if (result.outage) {
      problem = result.outage;
      outages += 1;
      const wait = result.outage === 'unauthorized' ? 30_000 : Math.min(15_000, 250 * 2 ** Math.min(outages, 8));
      await pauseAll(db, options, now, wait, false);
    } else {
      problem = null;
      outages = 0;
    }
    if (result.unreachable !== undefined) await chatUnreachable(db, message.chatId, result.unreachable, now);
    if (result.migrateTo !== undefined) await migrateChat(db, message.chatId, result.migrateTo);
    if (result.rejected !== undefined) events.rejected(result.rejected);
  }

  /** One message; resolves to false when those behind it in the chat should not leave now. */
  async function send(message: Claimed): Promise<boolean> {
    const now = clock.now();
    if (message.delivery && message.attempts === 1) events.lateness(message.delivery.latenessMs / 1000);
    let result: Attempted;
    try {
      result = await attempt(message, options, now);
    } catch (error) {
      // A fault of a renderer: tried again later, then given up with its reason.
      events.error(error);
      const state = message.attempts >= 5 ? 'failed' : 'due';
      result = {
        ending: {
          id: message.id,
          state,
          reason: 'could not be rendered',
          messageId: null,
          notBefore: now + 5_000 * message.attempts,
          uncounted: false,
        },
      };
    }
    await consequences(message, result).catch(onError);
    if (result.ending.state === 'sent' && message.causedAt !== null) {
      events.reply(Math.max(0, clock.now() - message.causedAt) / 1000);
    }
    if (message.delivery) events.delivery(message.delivery.kind, result.ending.state);
    end(result.ending);
    return result.ending.state === 'sent' || result.ending.state === 'failed';
  }

  /** Messages of one chat: its answers one after another, then the others, which leave in order without waiting for one another's end. */
  async function sendChat(messages: readonly Claimed[]): Promise<void> {
    let open = true;
    const sendSome = async (waiting: Iterator<Claimed>): Promise<void> => {
      for (let next = waiting.next(); !next.done; next = waiting.next()) {
        open &&= !isFenced();
        if (open) open = (await send(next.value)) && open;
        else {
          const { id } = next.value;
          end({ id, state: 'due', reason: null, messageId: null, notBefore: null, uncounted: true });
        }
      }
    };
    await sendSome(messages.filter(isAnswer).values());
    const others = messages.filter((message) => !isAnswer(message)).values();
    await Promise.all(Array.from({ length: PER_CHAT_AT_ONCE }, () => sendSome(others)));
  }

  let claimedAt = Number.NEGATIVE_INFINITY;
  /** The first message after a pause leaves at once. */
  async function claimTurn(): Promise<number> {
    await rest(claimedAt);
    claimedAt = performance.now();
    return claimMessages();
  }

  async function claimMessages(): Promise<number> {
    const room = MOST_IN_FLIGHT - inHand.size;
    if (room <= 0 || isFenced()) return 20;
    await noticeClock();
    if (claimInDoubt) await giveBack(db, botId, owner, [...inHand]);
    claimInDoubt = true;
    const { claimed, waitMs } = await claim(db, options, owner, clock.now(), room);
    claimInDoubt = false;
    for (const message of claimed) inHand.add(message.id);
    const chats = Map.groupBy(claimed, (message) => message.chatId);
    for (const messages of chats.values()) {
      const run: Promise<void> = sendChat(messages)
        .catch(onError)
        .finally(() => running.delete(run));
      running.add(run);
    }
    return Math.min(waitMs, LONGEST_SLEEP_MS);
  }

  /** How far the clock is ahead of the time that only passes. */
  let ahead = clock.now() - performance.now();
  async function noticeClock(): Promise<void> {
    const aheadNow = clock.now() - performance.now();
    if (aheadNow < ahead - CLOCK_JUMP_MS) await forgetWaits(db, botId, clock.now());
    ahead = aheadNow;
  }

  const claiming: Loop = startLoop({ name: 'sender', beat: options.beat, onError, turn: claimTurn });

  return {
    wake: () => claiming.wake(),
    inFlight: () => inHand.size,
    problem: () => problem,
    async stop(boundMs) {
      await claiming.stop();
      const ended = async () => {
        while (running.size > 0) await Promise.all(running);
        await flushing;
      };
      const settled = (async () => {
        await ended();
        // Answers to what was handled last came after the last claim, or waited behind a message of their chat.
        await claimMessages().catch(onError);
        await ended();
      })();
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([
        settled,
        new Promise((resolve) => {
          timer = setTimeout(resolve, boundMs);
        }),
      ]);
      clearTimeout(timer);
      await renewing.stop();
      await releaseLease(db, lease, owner).catch(events.error);
    },
  };
}
