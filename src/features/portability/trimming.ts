/** Forgets imports long done or given up. */
import { type EpochMs, iso } from '../../core/clock.ts';
import type { Queryable } from '../../storage/database.ts';
import { statements as sql } from './statements.ts';

const KEPT_MS = 30 * 86_400_000;

/** Forgets the rows of imports asked for more than thirty days ago; their files went long before. */
export async function trimImports(db: Queryable, now: EpochMs): Promise<void> {
  await db.query(sql.trimImports, [iso(now - KEPT_MS)]);
}
