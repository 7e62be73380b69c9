/** Whether the database's pages and indexes are sound, as far as it can tell by itself. */
import { errorCode, errorMessage } from '../core/errors.ts';
import type { Queryable } from './database.ts';

export interface Integrity {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly message: string;
  readonly mend?: string;
}

/** Indexes looked at in one run; the largest first. */
const INDEXES = 20;

/** data_corrupted, index_corrupted: nothing else says that an index is damaged. */
const DAMAGED = /^XX00[12]$/;
/** No right to it, or not installed on the server. */
const NOT_TO_BE_HAD = /^(?:42501|0A000|58P01|22023|42883|3F000)$/;
/** Cancelled by a time-out, or a lock was not had. */
const NOT_IN_TIME = /^(?:57014|55P03|40P01)$/;

/**
 * Checksum failures counted by the server, and B-trees by `amcheck` where it may be used. Each index is bounded by the statement
 * time-out. Rejects when the database is away.
 */
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
  const without: Integrity = { status: 'ok', message: `${checksums}; amcheck is not to be had here` };
  try {
    await db.query('CREATE EXTENSION IF NOT EXISTS amcheck');
  } catch (error) {
    // Two at once: the other made it.
    const code = errorCode(error) ?? '';
    if (NOT_TO_BE_HAD.test(code)) return without;
    if (code !== '23505' && code !== '42710') throw error;
  }
  const indexes = await db.query<{ oid: number; name: string }>(
    `SELECT c.oid::int8 AS oid, c.oid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
      WHERE a.amname = 'btree' AND c.relnamespace = 'public'::regnamespace AND i.indisready AND i.indisvalid
      ORDER BY c.relpages DESC, c.oid LIMIT ${INDEXES}`,
  );
  let sound = 0;
  for (const { oid, name } of indexes) {
    try {
      await db.query('SELECT bt_index_check($1::oid::regclass)', [oid]);
      sound += 1;
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (DAMAGED.test(code)) {
        return {
          status: 'down',
          message: `index ${name} is damaged: ${errorMessage(error)}`,
          mend: `REINDEX INDEX ${name}, then look at the disk`,
        };
      }
      if (NOT_TO_BE_HAD.test(code)) return without;
      if (!NOT_IN_TIME.test(code)) throw error;
    }
  }
  const left = indexes.length - sound;
  return {
    status: 'ok',
    message: `${checksums}, ${sound} indexes sound${left > 0 ? `, ${left} not looked at in time` : ''}`,
  };
}
