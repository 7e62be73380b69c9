/** The delivery ledger: one record for every occurrence Steward sends on its own, from due to acknowledged. */
import type { EpochMs } from '../core/clock.ts';
import { iso } from '../core/clock.ts';
import type { ChatId, DeliveryId, PersonId, ReminderId, SpaceId } from '../core/ids.ts';
import type { Queryable, Tx } from '../storage/database.ts';
import { loadSql } from '../storage/sql.ts';
import { statements as outbox } from './outbox.ts';

const sql = loadSql(new URL('./ledger.sql', import.meta.url), [
  'plan',
  'takeDue',
  'releaseHeld',
  'nextDue',
  'markQueued',
  'skip',
  'hold',
  'takeQuiet',
  'quietOf',
  'quietOfSpace',
  'releaseSpace',
  'gather',
  'cancelNamed',
  'cancelGatherings',
  'cancelPlanned',
  'close',
  'closeForReminder',
  'closeNags',
  'byId',
  'ofReminder',
  'states',
  'expire',
  'trim',
]);

export type DeliveryState =
  | 'due'
  | 'held'
  | 'skipped'
  | 'cancelled'
  | 'sending'
  | 'sent'
  | 'acknowledged'
  | 'snoozed'
  | 'expired'
  | 'failed'
  | 'unknown';

export type DeliveryKind = 'reminder' | 'digest' | 'notice';

/** An occurrence to come. */
export interface Planned {
  readonly kind: DeliveryKind;
  readonly spaceId: SpaceId;
  readonly personId: PersonId;
  readonly chatId: ChatId;
  readonly reminderId: ReminderId | null;
  /** Names the occurrence for ever, e.g. 'reminder:12:2026-11-23T09:00'. Planning it again does nothing, unless it was cancelled. */
  readonly occurrence: string;
  /** epoch ms */
  readonly dueAt: EpochMs;
}

export interface DueDelivery extends Planned {
  readonly id: DeliveryId;
}

/** The whole record, as `/why` shows it. Instants are epoch ms. */
export interface Delivery extends DueDelivery {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly heldUntil: EpochMs | null;
  readonly queuedAt: EpochMs | null;
  readonly firstAttemptAt: EpochMs | null;
  readonly sentAt: EpochMs | null;
  /** from due to the first attempt */
  readonly latenessMs: number | null;
  readonly messageId: number | null;
  /** how often it was sent again after a lost answer */
  readonly repeats: number;
  readonly closedAt: EpochMs | null;
}

/** Plans occurrences; those known already stay as they are, cancelled ones come back. Wakes the firing loop after commit. */
export async function plan(tx: Tx, occurrences: readonly Planned[], now: EpochMs, wake: () => void): Promise<void> {
  if (occurrences.length === 0) return;
  const rows = occurrences.map((row) => ({ ...row, dueAt: iso(row.dueAt) }));
  await tx.query(sql.plan, [JSON.stringify(rows), iso(now)]);
  tx.afterCommit(wake);
}

/** Occurrences due by `now`, oldest first, locked for this transaction. */
export function takeDue(tx: Tx, now: EpochMs, limit: number): Promise<DueDelivery[]> {
  return tx.query<DueDelivery>(sql.takeDue, [iso(now), limit]);
}

/** Lets go what was held until now. */
export async function releaseHeld(db: Queryable, now: EpochMs): Promise<void> {
  await db.query(sql.releaseHeld, [iso(now)]);
}

/** The instant the next occurrence is due, or null. */
export async function nextDue(db: Queryable): Promise<EpochMs | null> {
  const [row] = await db.query<{ dueAt: EpochMs | null }>(sql.nextDue);
  return row?.dueAt ?? null;
}

/** Marks occurrences handed to the outbox. */
export async function markQueued(tx: Tx, ids: readonly DeliveryId[], now: EpochMs): Promise<void> {
  if (ids.length > 0) await tx.query(sql.markQueued, [ids, iso(now)]);
}

/** Ends occurrences unsent, each with its reason. */
export async function skip(
  tx: Tx,
  skipped: ReadonlyArray<{ id: DeliveryId; reason: string }>,
  now: EpochMs,
): Promise<void> {
  if (skipped.length > 0) await tx.query(sql.skip, [JSON.stringify(skipped), iso(now)]);
}

/** An occurrence held back until an instant (epoch ms). */
export interface Held {
  readonly id: DeliveryId;
  readonly until: EpochMs;
  readonly reason: string;
}

/** Holds occurrences back, each until its instant. */
export async function hold(tx: Tx, held: readonly Held[]): Promise<void> {
  if (held.length === 0) return;
  await tx.query(sql.hold, [JSON.stringify(held.map((one) => ({ ...one, until: iso(one.until) })))]);
}

/** The reason of what quiet time holds back: it is not let go alone, but gathered by the occurrence of `gatheringName`. */
export const QUIET = 'quiet';

/** How the names of occurrences begin that say an unanswered one again: 'nag:<its id>:<which time>:<when>'. */
export const NAG = 'nag';

/** Names the occurrence whose message tells all that was held back of a person, or of everybody in a group, until an instant (epoch ms). */
export function gatheringName(person: PersonId, chat: ChatId, until: EpochMs): string {
  return `quiet:${chat < 0 ? 0 : person}:${chat}:${until}`;
}

/** What quiet time held back in these chats until now, oldest first, locked for this transaction. */
export async function takeQuiet(tx: Tx, chats: readonly ChatId[], now: EpochMs): Promise<DueDelivery[]> {
  return chats.length === 0 ? [] : tx.query<DueDelivery>(sql.takeQuiet, [chats, iso(now)]);
}

/** Something quiet time holds back. */
export type HeldForQuiet = Pick<Delivery, 'id' | 'spaceId' | 'personId' | 'chatId'> & { readonly heldUntil: EpochMs };

/** What quiet time holds back of a person outside groups, locked for this transaction. */
export function quietOf(tx: Tx, person: PersonId): Promise<HeldForQuiet[]> {
  return tx.query(sql.quietOf, [person]);
}

/** The same of a group. */
export function quietOfSpace(tx: Tx, space: SpaceId): Promise<HeldForQuiet[]> {
  return tx.query(sql.quietOfSpace, [space]);
}

/** What rested of a group that took no messages is due now. */
export async function releaseSpace(tx: Tx, space: SpaceId, wake: () => void): Promise<void> {
  await tx.query(sql.releaseSpace, [space]);
  tx.afterCommit(wake);
}

/** Hands occurrences over to the message of another, their `lead`: it tells of them, and what becomes of it becomes of them. */
export async function gather(
  tx: Tx,
  members: ReadonlyArray<{ readonly id: DeliveryId; readonly lead: DeliveryId }>,
  now: EpochMs,
): Promise<void> {
  if (members.length > 0) await tx.query(sql.gather, [JSON.stringify(members), iso(now)]);
}

/** Calls off planned occurrences by their names; those handed to the outbox already stay. */
export async function cancelNamed(tx: Tx, names: readonly string[], reason: string, now: EpochMs): Promise<void> {
  if (names.length > 0) await tx.query(sql.cancelNamed, [names, reason, iso(now)]);
}

/** Calls off every message that would tell a person of several reminders at once. */
export async function cancelGatherings(tx: Tx, person: PersonId, reason: string, now: EpochMs): Promise<void> {
  const rows = await tx.query<{ id: DeliveryId }>(sql.cancelGatherings, [person, reason, iso(now)]);
  if (rows.length > 0) await tx.query(outbox.cancelForDeliveries, [rows.map((row) => row.id), reason]);
}

/** Cancels what is not sent yet of these reminders, with the messages already waiting in the outbox. */
export async function cancelPlanned(
  tx: Tx,
  reminders: readonly ReminderId[],
  reason: string,
  now: EpochMs,
): Promise<void> {
  if (reminders.length === 0) return;
  const rows = await tx.query<{ id: DeliveryId }>(sql.cancelPlanned, [reminders, reason, iso(now)]);
  if (rows.length > 0) await tx.query(outbox.cancelForDeliveries, [rows.map((row) => row.id), reason]);
}

/** Records a person's answer to an occurrence; false when it was answered before. Repeats still waiting are not sent. */
export async function close(
  tx: Tx,
  id: DeliveryId,
  state: 'acknowledged' | 'snoozed',
  reason: string | null,
  now: EpochMs,
): Promise<boolean> {
  const rows = await tx.query<{ id: DeliveryId }>(sql.close, [id, state, reason, iso(now)]);
  if (rows.length > 0) await tx.query(outbox.cancelForDeliveries, [[id], 'answered']);
  return rows.length > 0;
}

/**
 * One of an occurrence and its nags was answered: the others are with it, and those to come are called off. `answered` is the one that
 * was closed already.
 */
export async function closeNags(
  tx: Tx,
  answered: Delivery,
  state: 'acknowledged' | 'snoozed',
  now: EpochMs,
): Promise<void> {
  if (answered.reminderId === null) return;
  const base = new RegExp(`^${NAG}:(\\d+):`).exec(answered.occurrence)?.[1] ?? String(answered.id);
  const values = [answered.reminderId, base, answered.id, state, iso(now)];
  const rows = await tx.query<{ id: DeliveryId }>(sql.closeNags, values);
  if (rows.length > 0) await tx.query(outbox.cancelForDeliveries, [rows.map((row) => row.id), 'answered']);
}

/** Records that a reminder's sent occurrences are answered (its task was done elsewhere). */
export async function closeForReminder(
  tx: Tx,
  id: ReminderId,
  state: 'acknowledged' | 'snoozed',
  now: EpochMs,
): Promise<void> {
  const rows = await tx.query<{ id: DeliveryId }>(sql.closeForReminder, [id, state, iso(now)]);
  if (rows.length > 0) await tx.query(outbox.cancelForDeliveries, [rows.map((row) => row.id), 'answered']);
}

/** One occurrence's record, undefined when there is none. */
export async function deliveryById(db: Queryable, id: DeliveryId): Promise<Delivery | undefined> {
  const [row] = await db.query<Delivery>(sql.byId, [id]);
  return row;
}

/** A reminder's occurrences, newest first. */
export function deliveriesOf(db: Queryable, reminder: ReminderId, count: number): Promise<Delivery[]> {
  return db.query<Delivery>(sql.ofReminder, [reminder, count]);
}

/** How many occurrences wait, are on their way, or went wrong. */
export function deliveryStates(db: Queryable): Promise<Array<{ state: DeliveryState; count: number }>> {
  return db.query(sql.states);
}

/** Closes what was never answered after 30 days; forgets what was closed a year ago. */
export async function trimLedger(db: Queryable, now: EpochMs): Promise<void> {
  const day = 86_400_000;
  await db.query(sql.expire, [iso(now - 30 * day), iso(now)]);
  await db.query(sql.trim, [iso(now - 365 * day)]);
}
