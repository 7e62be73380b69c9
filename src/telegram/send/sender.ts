/** Sends what the outbox holds: claims, attempts, writes down the endings. Every replica runs one; the database keeps them apart. */
import type { Clock } from '../../core/clock.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import { type Loop, startLoop, within } from '../../core/loop.ts';
import type { Database } from '../../storage/database.ts';
import { type Attempted, type AttemptOptions, attempt, isAnswer, unrendered } from './attempt.ts';
import {
  ANSWERS_PER_CHAT,
  type Claimed,
  claim,
  type Ending,
  finish,
  forgetWaits,
  giveBack,
  isWaiting,
} from './claims.ts';
import { openConsequences } from './consequences.ts';
import { openEndings, rest } from './endings.ts';
import { openBehindClaim, openLines } from './lines.ts';
import { type OwnClaims, openOwnClaims } from './own-claims.ts';
import { keepProcessLease } from './process-lease.ts';

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
  /** Lets transactions of this process claim their own answers. */
  readonly own: OwnClaims;
  /** messages between claim and ending */
  inFlight(): number;
  problem(): 'unreached' | 'unauthorized' | null;
  /** Claims no more, waits for what is on its way and writes it down; within `boundMs`. */
  stop(boundMs: number): Promise<void>;
}

const MOST_IN_FLIGHT = 256;
/** Deliveries of one chat on their way at once; answers go one after another. */
const PER_CHAT_AT_ONCE = 16;
/** A clock set back by more than this ends all waiting: the instants waited for are far away now. */
const CLOCK_JUMP_MS = 2_000;
/** At least this often the clock is looked at. */
const LONGEST_SLEEP_MS = 5_000;
/** The lease is given back within this long, or expires by itself. */
const LEASE_STOP_MS = 500;

/** Starts sending, for a bot whose pace is in the database. */
export function startSender(options: SenderOptions): Sender {
  const { db, clock, botId, owner, events } = options;
  /** messages claimed and not ended, with their chats */
  const inHand = new Map<number, Claimed>();
  /** a claim failed, perhaps after its commit: rows may carry our name that we know nothing of */
  let claimInDoubt = false;
  /** answers that may leave at once, and those that did, since the last common claim */
  let spare = 0;
  let spent = 0;
  /** something was put in that no claim has taken yet, perhaps because its chat had a message on its way */
  let moreMayWait = true;
  const running = new Set<Promise<unknown>>();

  const onError = (error: unknown) => {
    lease.troubled();
    events.error(error);
  };
  const lease = keepProcessLease({
    ...{ db, botId, owner, beat: options.beat, onError },
    recovered(count) {
      events.recovered(count);
      claiming.wake();
    },
  });
  const { isFenced } = lease;

  const endings = openEndings({
    async write(batch) {
      // What another replica put in behind them is ours to take up as well: it does not hear of their end.
      moreMayWait = (await finish(db, owner, batch, clock.now())) || moreMayWait;
    },
    written(batch) {
      for (const ending of batch) {
        const message = inHand.get(ending.id);
        inHand.delete(ending.id);
        if (message && isAnswer(message) && isWaiting(ending)) lines.waitingWritten(message.chatId);
      }
      if (moreMayWait) claiming.wake();
    },
    onError,
  });
  function end(message: Claimed, ending: Ending): void {
    if (isWaiting(ending)) {
      moreMayWait = true;
      if (isAnswer(message)) lines.waits(message.chatId);
    }
    endings.add(ending);
  }

  const consequences = openConsequences({
    db,
    botId,
    rate: options.rate,
    limited: events.limited,
    rejected: events.rejected,
  });

  /** One message; resolves to false when those behind it in the chat should not leave now. */
  async function send(message: Claimed): Promise<boolean> {
    const now = clock.now();
    if (message.delivery && message.attempts === 1) events.lateness(message.delivery.latenessMs / 1000);
    let result: Attempted;
    try {
      result = await attempt(message, options, now);
    } catch (error) {
      events.error(error);
      result = unrendered(message, now);
    }
    // What rests now is told by the next claim.
    if (result.outage || result.limitedMs !== undefined) spare = 0;
    await consequences.draw(message, result, now, clock.now()).catch(onError);
    if (result.ending.state === 'sent' && message.causedAt !== null) {
      events.reply(Math.max(0, clock.now() - message.causedAt) / 1000);
    }
    if (message.delivery) events.delivery(message.delivery.kind, result.ending.state);
    end(message, result.ending);
    return result.ending.state === 'sent' || result.ending.state === 'failed';
  }

  const giveUp = (message: Claimed): void =>
    end(message, { id: message.id, state: 'due', reason: null, messageId: null, notBefore: null, uncounted: true });

  const lines = openLines({
    send: async (message) => {
      if (!isFenced()) return send(message);
      giveUp(message);
      return false;
    },
    giveBack: giveUp,
  });

  /** Messages of one chat: its answers one after another, then the others, which leave in order without waiting for one another's end. */
  async function sendChat(chatId: ChatId, messages: readonly Claimed[]): Promise<void> {
    let open = await lines.follow(chatId, messages.filter(isAnswer));
    const others = messages.filter((message) => !isAnswer(message)).values();
    const sendSome = async (): Promise<void> => {
      for (let next = others.next(); !next.done; next = others.next()) {
        open &&= !isFenced();
        if (open) open = (await send(next.value)) && open;
        else giveUp(next.value);
      }
    };
    await Promise.all(Array.from({ length: PER_CHAT_AT_ONCE }, sendSome));
  }

  /** Until it has ended, the sender's stop waits for it. */
  function track(work: Promise<unknown>): void {
    const run: Promise<unknown> = work.catch(onError).finally(() => running.delete(run));
    running.add(run);
  }

  /** What one chat has on its way is bounded here as in a common claim: all that had not left when we die says "(repeat)". */
  function hasRoom(chatId: ChatId): boolean {
    if (inHand.size < ANSWERS_PER_CHAT) return true;
    let count = 0;
    for (const message of inHand.values()) if (message.chatId === chatId) count += 1;
    return count < ANSWERS_PER_CHAT;
  }

  const behindClaim = openBehindClaim();
  const own = openOwnClaims({
    owner,
    clock,
    may: (chatId) =>
      spare >= 1 &&
      hasRoom(chatId) &&
      inHand.size < MOST_IN_FLIGHT &&
      consequences.problem() === null &&
      !claimInDoubt &&
      !isFenced(),
    take(messages, since) {
      spare -= messages.length;
      spent += messages.length;
      for (const message of messages) inHand.set(message.id, message);
      behindClaim.run((known) => {
        for (const [chatId, of] of Map.groupBy(messages, (message) => message.chatId)) {
          if (known) track(lines.follow(chatId, of, since));
          else of.forEach(giveUp);
        }
      });
      if (Number.isFinite(spare)) claiming.wake();
    },
    onDoubt: () => {
      claimInDoubt = true;
      claiming.wake();
    },
  });

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
    if (claimInDoubt) {
      // Nobody claims anew while it is found out; transactions that have claimed end first.
      if (own.claiming() > 0) return 20;
      await giveBack(db, botId, owner, [...inHand.keys()]);
      claimInDoubt = false;
    }
    const [idle, before, reported] = [inHand.size === 0, wakes, spent];
    behindClaim.begin();
    let known = false;
    try {
      const answering = [...inHand.values()].some(isAnswer);
      const request = { owner, now: clock.now(), room, spent: reported, answering };
      const { claimed, waitMs, spare: left } = await claim(db, options, request);
      known = true;
      spent -= reported;
      spare = left - spent;
      if (idle && claimed.length === 0 && before === wakes) moreMayWait = false;
      for (const message of claimed) inHand.set(message.id, message);
      for (const [chatId, messages] of Map.groupBy(claimed, (message) => message.chatId))
        track(sendChat(chatId, messages));
      return Math.min(waitMs, LONGEST_SLEEP_MS);
    } finally {
      claimInDoubt ||= !known;
      behindClaim.end(known);
    }
  }

  /** How far the clock is ahead of the time that only passes. */
  let ahead = clock.now() - performance.now();
  async function noticeClock(): Promise<void> {
    const aheadNow = clock.now() - performance.now();
    if (aheadNow < ahead - CLOCK_JUMP_MS) await forgetWaits(db, botId, clock.now());
    ahead = aheadNow;
  }

  const claiming: Loop = startLoop({ name: 'sender', beat: options.beat, onError, turn: claimTurn });

  let wakes = 0;
  return {
    wake() {
      wakes += 1;
      moreMayWait = true;
      claiming.wake();
    },
    own,
    inFlight: () => inHand.size,
    problem: consequences.problem,
    async stop(boundMs) {
      const until = performance.now() + boundMs;
      const ended = async () => {
        while (running.size > 0) await Promise.all(running);
        await endings.settled();
      };
      const settled = (async () => {
        await claiming.stop();
        await ended();
        // Answers to what was handled last came after the last claim, or waited behind a message of their chat.
        await claimMessages().catch(onError);
        await ended();
      })();
      await within(settled, boundMs, undefined);
      await within(lease.stop(), Math.max(LEASE_STOP_MS, until - performance.now()), undefined);
    },
  };
}
