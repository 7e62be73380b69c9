/** What /status and /errors read: this person's deliveries, unreachable chats, errors kept once per kind. */
import { type EpochMs, iso } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Queryable, Tx } from '../../storage/database.ts';
import type { StoredError } from '../../storage/stored-errors.ts';
import { statements as sql } from './statements.ts';

/** Figures of the process for the operator. */
export interface Technical {
  readonly revision: string;
  readonly node: string;
  readonly uptimeSeconds: number;
  /** resident memory, bytes */
  readonly memoryBytes: number;
  readonly pool: { readonly total: number; readonly idle: number; readonly waiting: number };
}

/** Deliveries of one person that wait, or went wrong within a week. */
export interface OwnDeliveries {
  readonly waiting: number;
  readonly held: number;
  /** due more than a minute ago and not sent */
  readonly late: number;
  /** Telegram's answer was lost; sent once more, marked */
  readonly unknown: number;
  readonly failed: number;
  /** epoch ms */
  readonly nextAt: EpochMs | null;
  readonly failure: { readonly reason: string | null; readonly dueAt: EpochMs } | null;
}

const WEEK_MS = 7 * 86_400_000;
const LATE_MS = 60_000;

/** What waits for `person` and what could not be delivered. */
export async function ownDeliveries(db: Queryable, person: PersonId, now: EpochMs): Promise<OwnDeliveries> {
  const weekAgo = iso(now - WEEK_MS);
  const [row] = await db.query<Omit<OwnDeliveries, 'failure'>>(sql.ownDeliveries, [
    person,
    iso(now),
    weekAgo,
    iso(now - LATE_MS),
  ]);
  const counts = row ?? { waiting: 0, held: 0, late: 0, unknown: 0, failed: 0, nextAt: null };
  if (counts.failed === 0) return { ...counts, failure: null };
  const [failure] = await db.query<{ reason: string | null; dueAt: EpochMs }>(sql.lastFailure, [person, weekAgo]);
  return { ...counts, failure: failure ?? null };
}

export interface UnreachableChat {
  readonly chatId: number;
  readonly since: EpochMs;
  readonly reason: string | null;
  readonly name: string | null;
}

/** Chats Telegram refuses us in, the newest first, five at most. `person` null: everyone's. */
export function unreachableChats(db: Queryable, person: PersonId | null): Promise<UnreachableChat[]> {
  return db.query<UnreachableChat>(sql.unreachableChats, [person]);
}

export interface ErrorCounts {
  readonly kinds: number;
  readonly lastSeen: EpochMs | null;
  /** kinds the operator has not marked seen since they came last */
  readonly unseen: number;
}

/** How many kinds of errors are kept, and when the latest came. */
export async function errorCounts(db: Queryable): Promise<ErrorCounts> {
  const [row] = await db.query<ErrorCounts>(sql.errorCounts);
  return row ?? { kinds: 0, lastSeen: null, unseen: 0 };
}

/** Kinds of errors on a page of /errors. */
const ERRORS_A_PAGE = 6;

export interface ErrorPage {
  readonly errors: readonly StoredError[];
  readonly kinds: number;
  readonly unseen: number;
  /** from 1 */
  readonly page: number;
  readonly pages: number;
}

/** One page of the errors kept, the latest first; beyond the ends the nearest page. */
export async function errorPage(db: Queryable, page: number): Promise<ErrorPage> {
  const { kinds, unseen } = await errorCounts(db);
  const pages = Math.max(1, Math.ceil(kinds / ERRORS_A_PAGE));
  const shown = Math.min(Math.max(1, page), pages);
  const errors = await db.query<StoredError>(sql.errorPage, [ERRORS_A_PAGE, (shown - 1) * ERRORS_A_PAGE]);
  return { errors, kinds, unseen, page: shown, pages };
}

/** Takes up to `limit` errors nobody told the operator of and marks them told, in the same transaction as the message. */
export function takeUntold(tx: Tx, now: EpochMs, limit: number): Promise<StoredError[]> {
  return tx.query<StoredError>(sql.takeUntold, [iso(now), limit]);
}

/** The error somebody was shown the reference of; undefined when none is kept under it. */
export async function errorByRef(db: Queryable, ref: string): Promise<StoredError | undefined> {
  const [found] = await db.query<StoredError>(sql.errorByRef, [ref.trim()]);
  return found;
}

/** Marks an error, or all (null), seen by the operator; one that comes again is new again in the list, and not told again. */
export async function markSeen(tx: Tx, fingerprint: string | null, now: EpochMs): Promise<void> {
  await tx.query(sql.markSeen, [iso(now), fingerprint]);
}
