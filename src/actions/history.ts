/** Reads what was done: all of a space, or of one item. */
import type { Actor } from '../access/people.ts';
import { type EpochMs, iso } from '../core/clock.ts';
import type { ActionId, PersonId } from '../core/ids.ts';
import type { Queryable } from '../storage/database.ts';
import type { Image } from './changes.ts';
import { type Summary, actionStatements as sql } from './perform.ts';
import type { TableName } from './tables.ts';

export interface HistoryEntry {
  readonly id: ActionId;
  readonly kind: string;
  readonly summary: Summary;
  readonly at: EpochMs;
  readonly undoneAt: EpochMs | null;
  readonly via: Actor['via'];
  readonly personId: PersonId | null;
  readonly personName: string | null;
}

/** The space's actions before `before` (an action's id; Infinity: from the newest), newest first. */
export function history(db: Queryable, actor: Actor, before: number, count: number): Promise<HistoryEntry[]> {
  return db.query<HistoryEntry>(sql.history, [actor.spaceId, Math.min(before, Number.MAX_SAFE_INTEGER), count]);
}

/** Lines are kept longer than anything can be taken back by them: two years at least. */
const LINES_DAYS = 730;
const TRIMMED_AT_ONCE = 5_000;

/** Forgets what was done longer ago than anybody may ask or take back. */
export async function trimHistory(db: Queryable, now: EpochMs, undoDays: number): Promise<void> {
  const before = iso(now - Math.max(undoDays, LINES_DAYS) * 86_400_000);
  for (let gone = TRIMMED_AT_ONCE; gone === TRIMMED_AT_ONCE; ) {
    const [row] = await db.query<{ gone: number }>(sql.trim, [before, TRIMMED_AT_ONCE]);
    gone = row?.gone ?? 0;
  }
}

/** What happened to one item, newest first, with the images of its row. */
export function historyOf(
  db: Queryable,
  actor: Actor,
  entity: TableName,
  entityId: number,
  count: number,
): Promise<Array<HistoryEntry & { before: Image | null; after: Image | null }>> {
  return db.query(sql.historyOf, [entity, entityId, actor.spaceId, count]);
}
