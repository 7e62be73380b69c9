/** Reads what was done: all of a space, or of one item. */
import type { Actor } from '../access/people.ts';
import type { EpochMs } from '../core/clock.ts';
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
