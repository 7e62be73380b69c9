/** Allowed updates, stored before Telegram is told they were received; unique by bot and update id. */
import type { Person } from '../../access/people.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { ActionId, BotId, ChatId, PersonId } from '../../core/ids.ts';
import type { Queryable, Tx } from '../../storage/database.ts';
import { loadSql } from '../../storage/sql.ts';
import type { Passed, RawUpdate, UpdateType } from './gate.ts';

const sql = loadSql(new URL('./inbox.sql', import.meta.url), [
  'store',
  'lanes',
  'lockLane',
  'head',
  'album',
  'albumBefore',
  'piecesBefore',
  'mayGoOn',
  'handled',
  'handledIfWaiting',
  'attempt',
  'park',
  'depth',
  'wipe',
  'trim',
]);

/** The oldest waiting update of a lane, with what handling it always needs. Times in milliseconds by the database's clock. */
export interface Head {
  readonly updateId: number;
  readonly type: UpdateType;
  readonly personId: PersonId;
  readonly payload: RawUpdate;
  readonly attempts: number;
  readonly mediaGroup: string | null;
  /** epoch ms */
  readonly receivedAt: number;
  readonly ageMs: number;
  /** until the next try after a failed one; null or 0: now */
  readonly waitMs: number | null;
  /** ids shortly before it that were not stored (yet) */
  readonly missing: readonly number[];
  /** another waits behind it in the lane; one that comes later is told by its own wake */
  readonly more: boolean;
  /** who writes, as they are now */
  readonly person: Person;
  /** epoch ms; since when the lane's chat could not be written to */
  readonly unreachableSince: number | null;
  /** the newest update of the lane that may be a piece of a longer text; null: none lately */
  readonly longUpdate: number | null;
  /** reserved for the first action of handling it */
  readonly actionId: ActionId;
  /** what waits for the person's next plain message there */
  readonly flow: Waiting | null;
}

/** A flow that waits for an answer. */
export interface Waiting {
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** U+0000 and lone surrogates cannot be stored in jsonb; Telegram sends neither, others may. */
function storable(value: unknown): string {
  const text = JSON.stringify(value);
  if (!UNSTORABLE.test(text)) return text;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\ufffd') : part,
  );
}
/** As JSON writes them; looked for first, as hardly any update is read part by part then. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/** Stores updates that passed the gate; returns the ids that are new and the lanes in which they wait. Duplicates are nothing new. */
export async function storeUpdates(
  db: Queryable,
  botId: BotId,
  updates: ReadonlyArray<{ update: RawUpdate; passed: Passed }>,
): Promise<{ lanes: ChatId[]; fresh: ReadonlySet<number> }> {
  const rows = storable(
    updates.map(({ update, passed }) => ({
      updateId: update.update_id,
      lane: passed.lane,
      type: passed.type,
      personId: passed.personId,
      mediaGroup: passed.mediaGroup,
      payload: update,
    })),
  );
  const stored = await db.query<{ updateId: number; lane: ChatId }>(sql.store, [botId, rows]);
  return {
    lanes: [...new Set(stored.map((row) => row.lane))],
    fresh: new Set(stored.map((row) => row.updateId)),
  };
}

/** Lanes with something waiting, in no order. */
export async function waitingLanes(db: Queryable): Promise<ChatId[]> {
  const rows = await db.query<{ lane: ChatId }>(sql.lanes);
  return rows.map((row) => row.lane);
}

/** One number names bot and chat; two chats sharing it would only wait for one another. */
function lockOf(botId: BotId, lane: ChatId): string {
  return BigInt.asIntN(64, BigInt(lane) ^ (BigInt(botId) << 20n)).toString();
}

/** Takes the lane for this transaction; false when another transaction, of any replica, has it. */
export async function lockLane(tx: Tx, botId: BotId, lane: ChatId): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>(sql.lockLane, [lockOf(botId, lane)]);
  return row?.locked ?? false;
}

type HeadRow = Omit<Head, 'person' | 'flow' | 'missing'> &
  Person & {
    readonly missing: readonly string[] | null;
    readonly flowKind: string | null;
    readonly flowData: Waiting['data'];
  };

/** Field by field: taking the others off the row costs several times as much, for every update. */
function personOf(row: HeadRow): Person {
  return {
    id: row.id,
    telegramUserId: row.telegramUserId,
    name: row.name,
    username: row.username,
    role: row.role,
    language: row.language,
    locale: row.locale,
    timezone: row.timezone,
    dateOrder: row.dateOrder,
    clock: row.clock,
    weekStart: row.weekStart,
    dayParts: row.dayParts,
    quietHours: row.quietHours,
    quietSince: row.quietSince,
    quietUntil: row.quietUntil,
    quietLetsUrgent: row.quietLetsUrgent,
    pausedSince: row.pausedSince,
    pausedUntil: row.pausedUntil,
    nativeTables: row.nativeTables,
    onboardedAt: row.onboardedAt,
    spaceId: row.spaceId,
  };
}

/**
 * Takes the lane for this transaction and reads its oldest waiting update that is not among those `handled` in it; 'locked' when another transaction, of any replica, has it.
 * Two statements in one packet: what is read after the lock sees what its last holder committed.
 */
export async function takeHead(
  tx: Tx,
  botId: BotId,
  lane: ChatId,
  now: EpochMs,
  handled: readonly number[],
  /** how many ids before it are looked for; 0: none */
  before = 0,
): Promise<Head | 'locked' | undefined> {
  const lock = tx.later<{ locked: boolean }>(sql.lockLane, [lockOf(botId, lane)]);
  const [row] = await tx.query<HeadRow>(sql.head, [botId, lane, iso(now), handled, before]);
  if (!(await lock)[0]?.locked) return 'locked';
  if (!row) return undefined;
  const { updateId, type, personId, payload, attempts, mediaGroup, receivedAt, ageMs, waitMs, more, longUpdate } = row;
  const flow = row.flowKind === null ? null : { kind: row.flowKind, data: row.flowData };
  return {
    updateId,
    type,
    personId,
    payload,
    attempts,
    mediaGroup,
    receivedAt,
    ageMs,
    waitMs,
    missing: row.missing?.map(Number) ?? [],
    more,
    person: personOf(row),
    unreachableSince: row.unreachableSince,
    longUpdate,
    actionId: row.actionId,
    flow,
  };
}

/** The waiting members of an album, in order, with their ages in milliseconds. */
export function albumMembers(
  tx: Tx,
  botId: BotId,
  lane: ChatId,
  mediaGroup: string,
): Promise<Array<{ updateId: number; payload: RawUpdate; ageMs: number }>> {
  return tx.query(sql.album, [botId, lane, mediaGroup]);
}

/** The members of the head's album that were handled before it: Telegram brought the album in parts. */
export async function albumBefore(
  tx: Tx,
  botId: BotId,
  lane: ChatId,
  head: Pick<Head, 'updateId' | 'mediaGroup'>,
): Promise<RawUpdate[]> {
  const values = [botId, lane, head.mediaGroup, head.updateId];
  return (await tx.query<{ payload: RawUpdate }>(sql.albumBefore, values)).map((row) => row.payload);
}

/** A message handled before another of the same person and lane. */
export interface Earlier {
  readonly updateId: number;
  readonly payload: RawUpdate;
  /** epoch ms */
  readonly receivedAt: number;
}

/** Updates this far before one may be pieces of the text it goes on with, whosever came between. */
const PIECES_REACH = 300;

/** The messages of the head's sender before it, newest first, where one of them may be a piece of the same text: up to the first that failed. */
export async function piecesBefore(tx: Tx, botId: BotId, lane: ChatId, head: Head): Promise<Earlier[]> {
  const { updateId, personId, longUpdate } = head;
  if (longUpdate === null || longUpdate >= updateId || longUpdate < updateId - PIECES_REACH) return [];
  const rows = await tx.query<{ [Field in keyof Earlier]: Earlier[Field] } & { payload: RawUpdate | null }>(
    sql.piecesBefore,
    [botId, lane, updateId, updateId - PIECES_REACH, personId],
  );
  const gone = rows.findIndex(({ payload }) => payload === null);
  return gone === -1 ? rows : rows.slice(0, gone);
}

/** Remembers, until another of the lane takes its place, that this update may be a piece of a longer text. */
export function markLong(tx: Tx, lane: ChatId, updateId: number): void {
  void tx.later(sql.mayGoOn, [lane, updateId]);
}

/** Marks updates handled, in the transaction that holds their effects. It fails at its commit when another one handled one of them. */
export function markHandled(tx: Tx, botId: BotId, updateIds: readonly number[]): void {
  if (updateIds.length > 0) void tx.later(sql.handled, [botId, updateIds]);
}

/** Marks updates handled if they wait still; false when another transaction handled one of them. */
export async function markIfWaiting(tx: Tx, botId: BotId, updateIds: readonly number[]): Promise<boolean> {
  const rows = await tx.query(sql.handledIfWaiting, [botId, updateIds]);
  return rows.length === updateIds.length;
}

/** Counts a failed try and sets when the next may be; returns the tries so far. */
export async function countAttempt(db: Queryable, botId: BotId, updateId: number, retryInMs: number): Promise<number> {
  const [row] = await db.query<{ attempts: number }>(sql.attempt, [botId, updateId, retryInMs]);
  return row?.attempts ?? 0;
}

/** Puts poison updates aside, kept with the reference of their error; false when another transaction settled one of them. */
export async function park(tx: Tx, botId: BotId, updateIds: readonly number[], ref: string): Promise<boolean> {
  const rows = await tx.query(sql.park, [botId, updateIds, ref]);
  return rows.length === updateIds.length;
}

/** How much waits and how long already, and how much was parked. */
export async function inboxDepth(db: Queryable): Promise<{ waiting: number; parked: number; oldestSeconds: number }> {
  const [row] = await db.query<{ waiting: number; parked: number; oldestSeconds: number }>(sql.depth);
  return row ?? { waiting: 0, parked: 0, oldestSeconds: 0 };
}

/** Wipes contents of handled updates after a day, rows after 30 days. */
export async function trimInbox(db: Queryable): Promise<void> {
  await db.query(sql.wipe);
  await db.query(sql.trim);
}
