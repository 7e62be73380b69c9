/** Claims messages for sending, in order and within the pace, and writes down what became of them. Database only. */
import { peopleChanged } from '../../access/people.ts';
import type { EpochMs } from '../../core/clock.ts';
import { iso } from '../../core/clock.ts';
import type { BotId, ChatId, DeliveryId, PersonId } from '../../core/ids.ts';
import { GROUP_A_MINUTE, type Lately, latelyOf, restGroups } from '../../outbox/group-share.ts';
import type { DeliveryKind } from '../../outbox/ledger.ts';
import { ANSWER, DIGEST, type MessageSubject, type SendPriority, statements } from '../../outbox/outbox.ts';
import type { Database, Queryable, Tx } from '../../storage/database.ts';
import { allowance, type Pace, type Resting, refill, slowed, spareAnswers, untilNext } from './pace.ts';

/** A message in our hands: its row says 'sending' with our name, committed. */
export interface Claimed {
  readonly id: number;
  readonly chatId: ChatId;
  readonly priority: SendPriority;
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly deliveryId: DeliveryId | null;
  readonly link: MessageSubject | null;
  readonly attempts: number;
  /** an earlier attempt may have arrived */
  readonly repeat: boolean;
  /** epoch ms */
  readonly orderAt: EpochMs;
  /** epoch ms */
  readonly causedAt: EpochMs | null;
  readonly delivery: ClaimedDelivery | null;
}

export interface ClaimedDelivery {
  readonly id: DeliveryId;
  readonly kind: DeliveryKind;
  readonly personId: PersonId;
  /** epoch ms */
  readonly dueAt: EpochMs;
  readonly latenessMs: number;
  readonly repeats: number;
}

/** What became of a message. */
export interface Ending {
  readonly id: number;
  readonly state: 'sent' | 'failed' | 'unknown' | 'due';
  readonly reason: string | null;
  readonly messageId: number | null;
  /** epoch ms; with 'due' and 'unknown', not to be tried before */
  readonly notBefore: EpochMs | null;
  /** the attempt does not count: Telegram asked to wait, or was not reached */
  readonly uncounted: boolean;
}

/** It waits again: it stands before what follows in its chat. */
export function isWaiting(ending: Ending): boolean {
  return ending.state === 'due' || ending.state === 'unknown';
}

interface Candidate {
  id: number;
  chatId: ChatId;
  priority: SendPriority;
  notBefore: EpochMs | null;
  deliveryId: DeliveryId | null;
}

/** Answers of one chat in one claim: they leave one after another, more would only wait in memory. */
export const ANSWERS_PER_CHAT = 10;
/** Other messages of one chat in one claim: the next waits until these have ended. */
const OTHERS_PER_CHAT = 192;

/** Picks from candidates, ordered as they should leave, what may leave now; a message waiting for its retry holds back those behind it. */
function pick(
  candidates: readonly Candidate[],
  now: EpochMs,
  may: { answers: number; others: number },
  lately: ReadonlyMap<ChatId, Lately>,
): number[] {
  const taken = new Map<ChatId, number>();
  const blocked = new Set<string>();
  const ids: number[] = [];
  for (const candidate of candidates) {
    if (ids.length >= (candidate.priority === ANSWER ? may.answers : may.others)) continue;
    const queue = `${candidate.chatId}:${candidate.priority}`;
    if (candidate.notBefore !== null && candidate.notBefore > now) blocked.add(queue);
    const count = taken.get(candidate.chatId) ?? 0;
    const recent = lately.get(candidate.chatId)?.count ?? 0;
    if (lately.size > 0 && candidate.chatId < 0 && count + recent >= GROUP_A_MINUTE) continue;
    if (blocked.has(queue) || count >= (candidate.priority === ANSWER ? ANSWERS_PER_CHAT : OTHERS_PER_CHAT)) continue;
    taken.set(candidate.chatId, count + 1);
    ids.push(candidate.id);
  }
  return ids;
}

/** A bot and its configured rate: messages a second at most; null for no limit of ours. */
export interface PacedBot {
  readonly botId: BotId;
  readonly rate: number | null;
}

/** Makes the bot's row of pace if it is not there; a start begins at the configured rate. */
export async function ensurePace(db: Database, bot: PacedBot, now: EpochMs): Promise<void> {
  await db.query(statements.ensurePace, [bot.botId, bot.rate, iso(now)]);
}

const UNPACED = { tokens: 0, ceiling: null, pausedUntil: null, othersPausedUntil: null };

async function lockedPace(tx: Tx, bot: PacedBot, now: EpochMs): Promise<Pace> {
  const [row] = await tx.query<Pace>(statements.lockPace, [bot.botId]);
  return refill(row ?? { ...UNPACED, rate: bot.rate, refilledAt: now }, now, bot.rate);
}

async function writePace(tx: Tx, botId: BotId, pace: Pace): Promise<void> {
  await tx.query(statements.setPace, [
    botId,
    pace.tokens,
    iso(pace.refilledAt),
    pace.rate,
    pace.pausedUntil === null ? null : iso(pace.pausedUntil),
    pace.ceiling,
    pace.othersPausedUntil === null ? null : iso(pace.othersPausedUntil),
  ]);
}

/** What a claim took, and what it saw. */
export interface Claim {
  readonly claimed: Claimed[];
  /** when to look again if nothing wakes us before, ms */
  readonly waitMs: number;
  /** answers that may leave at once without a claim of this kind, until the next one */
  readonly spare: number;
}

/** What a claim is for. */
export interface ClaimRequest {
  readonly owner: string;
  readonly now: EpochMs;
  /** messages at most */
  readonly room: number;
  /** messages that left at once since the last claim, which the pace has not heard of */
  readonly spent: number;
  /** an answer of this process is on its way */
  readonly answering: boolean;
}

/** Claims messages. Committed when it returns: from here each either ends, or is recovered as unknown. */
export function claim(db: Database, bot: PacedBot, request: ClaimRequest): Promise<Claim> {
  const { botId } = bot;
  const { owner, now, room, spent } = request;
  return db.transaction(async (tx) => {
    const seen = await lockedPace(tx, bot, now);
    const pace = { ...seen, tokens: seen.tokens - spent };
    const may = allowance(pace, now, request.answering);
    const nothing = async (waitMs: number): Promise<Claim> => {
      if (spent > 0 && pace.rate !== null) await writePace(tx, botId, pace);
      return { claimed: [], waitMs, spare: spareAnswers(pace, now) };
    };
    if (may.answers === 0) return nothing(Math.max(20, untilNext(pace, now, 'answer')));
    const candidates = await tx.query<Candidate>(statements.candidates, [botId, iso(now), Math.min(1000, room * 2)]);
    const lately = bot.rate === null ? new Map() : await latelyOf(tx, botId, candidates, now);
    const most = { answers: Math.min(room, may.answers), others: Math.min(room, may.others) };
    const ids = pick(candidates, now, most, lately);
    if (ids.length === 0) {
      const held = candidates.filter((candidate) => candidate.notBefore === null || candidate.notBefore <= now);
      const next = held.some(({ priority }) => priority === ANSWER) ? 'answer' : 'other';
      return nothing(held.length > 0 ? Math.max(20, untilNext(pace, now, next)) : IDLE_MS);
    }
    // Deliveries before messages, the order in which an answer of the person locks them too. One cancelled in between is let go.
    const picked = new Map(candidates.map((candidate) => [candidate.id, candidate.deliveryId]));
    const deliveryIds = ids.flatMap((id) => picked.get(id) ?? []);
    const deliveries =
      deliveryIds.length === 0
        ? []
        : await tx.query<ClaimedDelivery>(statements.claimDeliveries, [deliveryIds, iso(now)]);
    const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    const live = ids.filter((id) => {
      const deliveryId = picked.get(id) ?? null;
      return deliveryId === null || byId.has(deliveryId);
    });
    const rows = await tx.query<Omit<Claimed, 'delivery'>>(statements.claim, [live, owner]);
    if (live.length < ids.length) {
      const dropped = ids.filter((id) => !live.includes(id));
      await tx.query(statements.cancelForDeliveries, [dropped.flatMap((id) => picked.get(id) ?? []), 'answered']);
    }
    await restGroups(tx, rows, lately, now);
    const left = { ...pace, tokens: pace.tokens - rows.length };
    if (pace.rate !== null) await writePace(tx, botId, left);
    const order = new Map(ids.map((id, index) => [id, index]));
    const claimed = rows
      .map((row) => ({ ...row, delivery: row.deliveryId === null ? null : (byId.get(row.deliveryId) ?? null) }))
      .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    return { claimed, waitMs: candidates.length > ids.length ? 0 : IDLE_MS, spare: spareAnswers(left, now) };
  });
}

/** Gives back what carries our name and is not `inHand`: claimed by a commit whose answer was lost, hence never sent. Not while a claim runs. */
export async function giveBack(db: Database, botId: BotId, owner: string, inHand: readonly number[]): Promise<void> {
  await db.query(statements.giveBack, [botId, owner, inHand]);
}

/** How often a sender without work looks for messages that other processes put in. */
const IDLE_MS = 400;

/**
 * Writes down what became of messages; one already recovered by another process is left to it. Resolves to whether something waits in
 * one of their chats.
 */
export async function finish(db: Database, owner: string, endings: readonly Ending[], now: EpochMs): Promise<boolean> {
  const rows = endings.map((ending) => ({
    ...ending,
    notBefore: ending.notBefore === null ? null : iso(ending.notBefore),
  }));
  const values = [owner, JSON.stringify(rows), iso(now), endings.map((ending) => ending.id)];
  const [row] = await db.query<{ more: boolean }>(statements.finish, values);
  return row?.more ?? false;
}

/** Telegram is not reached: everything waits. */
export async function pauseAll(db: Database, bot: PacedBot, now: EpochMs, forMs: number): Promise<void> {
  await db.transaction(async (tx) => {
    const pace = await lockedPace(tx, bot, now);
    await writePace(tx, bot.botId, { ...pace, pausedUntil: Math.max(pace.pausedUntil ?? 0, now + forMs) });
  });
}

/** Several chats were refused at once: everything waits, or everything but answers, and goes on slower. */
export async function slowDown(
  db: Database,
  bot: PacedBot,
  now: EpochMs,
  forMs: number,
  resting: Resting,
): Promise<void> {
  await db.transaction(async (tx) => {
    await writePace(tx, bot.botId, slowed(await lockedPace(tx, bot, now), now, forMs, resting));
  });
}

/** Ends all waiting: the clock was set back, so the instants waited for are no longer near. What Telegram still wants it says again. */
export async function forgetWaits(db: Database, botId: BotId, now: EpochMs): Promise<void> {
  await db.query(statements.forgetWaits, [botId, iso(now)]);
}

/** Has single chats wait, as Telegram asked. */
export async function pauseChats(
  db: Queryable,
  chats: ReadonlyArray<{ chatId: ChatId; until: EpochMs }>,
): Promise<void> {
  await db.query(statements.pauseChats, [JSON.stringify(chats.map((chat) => ({ ...chat, until: iso(chat.until) })))]);
}

/** Remembers that Telegram refuses us in a chat, for `/status` and the next contact. */
export async function chatUnreachable(db: Database, chatId: ChatId, reason: string, now: EpochMs): Promise<void> {
  await db.query(statements.chatUnreachable, [chatId, iso(now), reason]);
}

/** Moves everything of a group to the id it got as a supergroup. */
export async function migrateChat(db: Queryable, from: ChatId, to: number): Promise<void> {
  await db.query(statements.migrateChat, [from, to]);
  // Every gate knows groups by their chat.
  await peopleChanged(db);
}

/**
 * Takes over what dead processes were sending: its outcome is unknown. Reminders and answers are sent once more, marked;
 * digests and notices are not repeated. Returns how many there were.
 */
export function recover(db: Database, botId: BotId, owner: string): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx.query<{ id: number; deliveryId: DeliveryId | null; priority: SendPriority }>(
      statements.recover,
      [botId, owner],
    );
    const deliveries = rows.flatMap((row) => (row.deliveryId === null ? [] : [row.deliveryId]));
    if (deliveries.length > 0) await tx.query(statements.recoverDeliveries, [deliveries]);
    const digests = rows.flatMap((row) => (row.priority === DIGEST ? [row.id] : []));
    if (digests.length > 0) await tx.query(statements.dropUnknown, [digests]);
    return rows.length;
  });
}
