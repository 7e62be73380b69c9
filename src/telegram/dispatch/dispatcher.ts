/** Handles stored updates: in order per lane across replicas, many lanes at once, each update in one transaction with its effects. */
import type { Directory } from '../../access/people.ts';
import type { Clock } from '../../core/clock.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import { type Loop, startLoop } from '../../core/loop.ts';
import type { Outlet } from '../../outbox/outbox.ts';
import type { Database, Tx } from '../../storage/database.ts';
import type { Gaps } from '../receive/gaps.ts';
import type { RawUpdate } from '../receive/gate.ts';
import {
  albumBefore,
  albumMembers,
  countAttempt,
  type Head,
  markHandled,
  takeHead,
  waitingLanes,
} from '../receive/inbox.ts';
import type { OwnClaim, OwnClaims } from '../send/own-claims.ts';
import { openFailing, TRIES } from './failing.ts';
import { Deadly, isTransient } from './faults.ts';
import { handleParsed } from './handling.ts';
import { asAlbum, type ParsedMessage, parseUpdate } from './inbound.ts';
import { isBeingAnswered, longText, rememberLong } from './long-text.ts';
import type { Router } from './router.ts';

export interface DispatcherOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly botId: BotId;
  readonly directory: Directory;
  /** the bot's own name, once Telegram told it */
  readonly username: () => string | undefined;
  readonly router: Router;
  /** lanes handled at once; each holds one connection */
  readonly lanes: number;
  /** how long an update waits for a missing one before it */
  readonly gaps: Gaps;
  readonly wakeSender: () => void;
  /** lets the transaction that writes an answer claim it for this process's sender */
  readonly ownClaims: OwnClaims;
  readonly wakeDeliveries: () => void;
  /** Ends the client's waiting for a press, with a notice or none. May fail unseen. */
  readonly answerPress: (callbackId: string, text: string | undefined) => void;
  readonly events: {
    handled(type: string, outcome: 'handled' | 'told' | 'parked' | 'retried', seconds: number): void;
    /** Stores an unexpected error and returns its reference. */
    failed(error: unknown, place: string): Promise<string>;
    error(error: unknown): void;
  };
  /** Runs `work` with the update's id in the log's context. */
  readonly within: <T>(updateId: number, work: () => Promise<T>) => Promise<T>;
  readonly beat: (name: string) => void;
}

export interface Dispatcher {
  /** New updates wait in these lanes; with none given, somewhere. */
  wake(lanes: readonly ChatId[]): void;
  /** lanes being handled or waiting for their turn in this process */
  busy(): number;
  /** Takes no more and waits for the updates in hand. */
  stop(): Promise<void>;
}

/** Updates of a lane in one turn, before other lanes have theirs. */
const TURN = 5;
/** An album is complete when no further member came for so long. */
const ALBUM_MS = 700;
/** After a start an album gets this long: members that Telegram could not deliver before may still be on their way. */
const ALBUM_AFTER_START_MS = 2_000;
/** An update that waited this long may have killed its process: the try is counted before it is made. */
const SUSPECT_MS = 5_000;
const SWEEP_MS = 500;
/** How often it is looked whether the answer to the pieces before has left. */
const ANSWER_LOOK_MS = 15;

type Turn =
  | { readonly kind: 'handled'; readonly count: number; readonly more: boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'wait'; readonly ms: number };

const HANDLED: Turn = { kind: 'handled', count: 1, more: true };

/** Starts handling. */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { db, botId, events } = options;
  const queue: ChatId[] = [];
  const queued = new Set<ChatId>();
  const running = new Map<ChatId, Promise<void>>();
  const delayed = new Map<ChatId, NodeJS.Timeout>();
  const failing = openFailing(options);
  /** updates whose present try was counted before it was made */
  const suspects = new Set<number>();
  const startedAt = performance.now();
  let stopping = false;

  function enqueueLane(lane: ChatId): void {
    if (stopping || queued.has(lane)) return;
    clearTimeout(delayed.get(lane));
    delayed.delete(lane);
    queued.add(lane);
    if (running.has(lane)) return;
    queue.push(lane);
    pump();
  }

  function delay(lane: ChatId, ms: number): void {
    if (stopping) return;
    clearTimeout(delayed.get(lane));
    delayed.set(
      lane,
      setTimeout(() => {
        delayed.delete(lane);
        enqueueLane(lane);
      }, ms),
    );
  }

  function pump(): void {
    while (!stopping && running.size < options.lanes) {
      const lane = queue.shift();
      if (lane === undefined) return;
      queued.delete(lane);
      const work = runLane(lane)
        .catch((error) => {
          options.gaps.failed();
          events.error(error);
          delay(lane, 500);
        })
        .finally(() => {
          running.delete(lane);
          if (queued.has(lane)) queue.push(lane);
          pump();
        });
      running.set(lane, work);
    }
  }

  /** A turn of one lane: up to `TURN` updates, then back to the end of the queue. */
  async function runLane(lane: ChatId): Promise<void> {
    let collisions = 0;
    for (let count = 0; count < TURN && !stopping; ) {
      // Where lanes wait for a connection, one commit serves what waits in this one.
      const most = queue.length > 0 ? TURN - count : 1;
      const turn = await handleNext(lane, most);
      if (turn === 'locked') {
        // Another replica has the lane and will see what waits here; looked at again in case it finished just before.
        collisions += 1;
        if (collisions > 3) return delay(lane, 200);
        await new Promise((resolve) => setTimeout(resolve, 15 * collisions));
        continue;
      }
      if (turn.kind === 'empty') return;
      if (turn.kind === 'wait') return delay(lane, turn.ms);
      if (!turn.more) return;
      count += turn.count;
    }
    enqueueLane(lane);
  }

  /** Handles the lane's next updates, up to `most`, in one transaction. */
  async function handleNext(lane: ChatId, most: number): Promise<Turn | 'locked'> {
    let head: Head | undefined;
    let count = 0;
    const claim = options.ownClaims.open();
    const handleSome = async (tx: Tx, done: number[]): Promise<Turn | 'locked'> => {
      for (;;) {
        const taken = await takeHead(tx, botId, lane, options.clock.now(), done, options.gaps.reach());
        if (taken === 'locked') return 'locked';
        head = taken;
        if (!head) return count > 0 ? { kind: 'handled', count, more: false } : { kind: 'empty' };
        // One that may have killed its process is tried alone: the try is counted for it, not for its neighbours.
        const alone = head.ageMs > SUSPECT_MS;
        if (alone && count > 0) return { kind: 'handled', count, more: true };
        // What belongs to an album is told by the marks of those handled before it.
        if (head.mediaGroup !== null) markHandled(tx, botId, done.splice(0));
        const one = await handleHead(tx, lane, head, claim.outlet, done);
        if (one.kind !== 'handled') return count > 0 ? { kind: 'handled', count, more: true } : one;
        count += one.count;
        if (!head.more || count >= most || alone || stopping) return { kind: 'handled', count, more: head.more };
      }
    };
    try {
      const turn = await db.transaction(async (tx) => {
        const done: number[] = [];
        const some = await handleSome(tx, done);
        markHandled(tx, botId, done);
        return some;
      });
      claim.close(true);
      return turn;
    } catch (error) {
      claim.close(false);
      if (!head || isTransient(error)) throw error;
      // All of them were rolled back: each has its own transaction now, so that the faulty one fails alone and in its turn.
      if (count > 0 && most > 1) return handleNext(lane, 1);
      const retryMs =
        error instanceof Deadly
          ? await failing.putAside(lane, head, error).then(() => null)
          : await failing.failed(lane, head, error);
      if (retryMs !== null) return { kind: 'wait', ms: retryMs };
      suspects.delete(head.updateId);
      return HANDLED;
    }
  }

  /** Handles one update, where it may be handled now, and adds to `done` what is to be marked handled with it. */
  async function handleHead(tx: Tx, lane: ChatId, head: Head, own: OwnClaim['outlet'], done: number[]): Promise<Turn> {
    if (head.waitMs !== null && head.waitMs > 0) return { kind: 'wait', ms: Math.ceil(head.waitMs) };
    const gapMs = options.gaps.waitMs(head.missing, () => enqueueLane(lane));
    if (gapMs > 0) return { kind: 'wait', ms: Math.ceil(gapMs) };
    if (head.ageMs > SUSPECT_MS && !suspects.has(head.updateId)) await countSuspect(head.updateId);
    return handle(tx, lane, head, { wake: options.wakeSender, own }, done);
  }

  /** Counts a try that may end the process: on another connection, so that the count survives; with the lane locked, so that it is one a try. */
  async function countSuspect(updateId: number): Promise<void> {
    suspects.add(updateId);
    const tries = await countAttempt(db, botId, updateId, 0);
    if (tries > TRIES) throw new Deadly('the process died each time this update was handled');
  }

  async function handle(tx: Tx, lane: ChatId, head: Head, outlet: Outlet, done: number[]): Promise<Turn> {
    const started = performance.now();
    let updateIds = [head.updateId];
    let parsed = parseUpdate(head.type, head.payload);
    if (head.mediaGroup !== null) {
      const members = await albumMembers(tx, botId, lane, head.mediaGroup);
      const youngest = Math.min(...members.map((member) => member.ageMs));
      const missing = Math.max(ALBUM_MS - youngest, ALBUM_AFTER_START_MS - (performance.now() - startedAt));
      if (missing > 0) return { kind: 'wait', ms: Math.ceil(missing) };
      updateIds = members.map((member) => member.updateId);
      const album = asAlbum(members.flatMap((member) => messageOf(head, member.payload)));
      const before = await albumBefore(tx, botId, lane, head);
      parsed = album && { ...album, continues: before.flatMap((one) => messageOf(head, one)[0]?.messageId ?? []) };
    }
    const text = await longText(tx, botId, lane, head, parsed);
    if (text && (await isBeingAnswered(tx, botId, head, text))) return { kind: 'wait', ms: ANSWER_LOOK_MS };
    await options.within(head.updateId, async () => {
      if (parsed) await handleParsed({ ...options, outlet }, tx, lane, head, parsed, text);
    });
    rememberLong(tx, lane, head.updateId, parsed);
    done.push(...updateIds);
    tx.afterCommit(() => {
      suspects.delete(head.updateId);
      events.handled(head.type, 'handled', (performance.now() - started) / 1000);
    });
    return HANDLED;
  }

  function messageOf(head: Head, payload: RawUpdate): ParsedMessage[] {
    const parsed = parseUpdate(head.type, payload);
    return parsed && (parsed.kind === 'message' || parsed.kind === 'edited') ? [parsed] : [];
  }

  const sweep: Loop = startLoop({
    name: 'dispatcher',
    beat: options.beat,
    onError: events.error,
    async turn() {
      for (const lane of await waitingLanes(db)) if (!delayed.has(lane)) enqueueLane(lane);
      return SWEEP_MS;
    },
  });

  return {
    wake: (lanes) => {
      for (const lane of lanes) enqueueLane(lane);
      if (lanes.length === 0) sweep.wake();
    },
    busy: () => running.size + queue.length,
    async stop() {
      stopping = true;
      for (const timer of delayed.values()) clearTimeout(timer);
      await sweep.stop();
      await Promise.all(running.values());
    },
  };
}
