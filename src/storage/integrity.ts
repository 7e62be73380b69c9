/** Whether the database's pages and indexes are sound, as far as it can tell by itself. */
import { errorMessage } from '../core/errors.ts';
import type { Queryable } from './database.ts';

export interface Integrity {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly message: string;
  readonly mend?: string;
}

/** Indexes looked at in one run; the largest first. */
const INDEXES = 20;

/** Checksum failures counted by the server, and B-trees by `amcheck` where it may be used. Bounded by the statement time-out. */
export async function checkIntegrity(db: Queryable): Promise<Integrity> {
  const [sums] = await db.query<{ on: string; failures: number }>(
    `SELECT current_setting('data_checksums') AS "on", coalesce(sum(checksum_failures), 0)::int AS failures
       FROM pg_stat_database WHERE datname = current_database()`,
  );
  if (sums && sums.failures > 0) {
    return {
      status: 'down',
      message: `${sums.failures} pages failed their checksum`,
      mend: 'the disk or memory is failing: move to another machine and restore a backup',
    };
  }
  const checksums = sums?.on === 'on' ? 'checksums on' : 'checksums off';
  try {
    await db.query('CREATE EXTENSION IF NOT EXISTS amcheck');
  } catch {
    return { status: 'ok', message: `${checksums}; amcheck is not to be had here` };
  }
  const indexes = await db.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
      WHERE a.amname = 'btree' AND c.relnamespace = 'public'::regnamespace AND i.indisready AND i.indisvalid
      ORDER BY c.relpages DESC LIMIT ${INDEXES}`,
  );
  for (const { name } of indexes) {
    try {
      await db.query('SELECT bt_index_check($1::regclass)', [name]);
    } catch (error) {
      return {
        status: 'down',
        message: `index ${name} is damaged: ${errorMessage(error)}`,
        mend: `REINDEX INDEX ${name}, then look at the disk`,
      };
    }
  }
  return { status: 'ok', message: `${checksums}, ${indexes.length} indexes sound` };
}
