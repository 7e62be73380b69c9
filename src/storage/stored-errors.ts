/** Unexpected errors, kept once per fingerprint: how often, first and last, and the reference of the last one. */
import { createHash } from 'node:crypto';
import { type Clock, type EpochMs, iso } from '../core/clock.ts';
import { errorMessage } from '../core/errors.ts';
import { randomCode } from '../core/ids.ts';
import { errorFields, type Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { redact } from '../observability/redaction.ts';
import type { Database, Queryable, Tx } from './database.ts';
import { loadSql } from './sql.ts';

const sql = loadSql(new URL('./stored-errors.sql', import.meta.url), ['store', 'newest', 'untold', 'told', 'trim']);

export interface StoredError {
  readonly fingerprint: string;
  readonly kind: string;
  /** class and place; no text of a person, no SQL, no token */
  readonly summary: string;
  readonly count: number;
  /** epoch ms */
  readonly firstSeen: EpochMs;
  /** epoch ms */
  readonly lastSeen: EpochMs;
  readonly lastRef: string;
}

/** Records unexpected errors. Never throws, never waits: what cannot be stored now is stored when the database is back. */
export interface ErrorRecorder {
  /** Returns the reference to show, which is in the log line too. `place`: 'update.message', 'job.trim'. */
  record(error: unknown, place: string): string;
  /** Stores what waits; called by a loop. */
  flush(): Promise<void>;
}

/** Errors kept in memory while the database is away; beyond it only the log has them. */
const WAITING = 500;

/** What makes two errors the same: class, code, place and the message without what varies. */
function fingerprint(error: unknown, place: string): { fingerprint: string; summary: string; kind: string } {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? `:${String(error.code)}` : '';
  // Numbers, ids and anything quoted vary from case to case, and may be somebody's words.
  const shape = redact(errorMessage(error))
    .replaceAll(/"[^"]*"|'[^']*'|«[^»]*»/g, '…')
    .replaceAll(/[0-9a-f]{8,}|\d+/gi, '#')
    .slice(0, 200);
  return {
    fingerprint: createHash('sha256').update(`${name}${code}@${place}:${shape}`).digest('hex').slice(0, 32),
    summary: `${name}${code} in ${place}`,
    kind: name,
  };
}

/** Opens the recorder. */
export function openErrorRecorder(options: {
  db: Database;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
}): ErrorRecorder {
  const { db, clock, metrics, log } = options;
  let waiting: Array<{ values: unknown[] }> = [];
  let flushing: Promise<void> | undefined;

  async function store(): Promise<void> {
    while (waiting.length > 0) {
      const [next] = waiting;
      if (!next) return;
      await db.query(sql.store, next.values);
      waiting = waiting.slice(1);
    }
  }

  const flush = () => {
    flushing ??= store().finally(() => {
      flushing = undefined;
    });
    return flushing;
  };

  return {
    record(error, place) {
      const ref = randomCode(4);
      const { fingerprint: print, summary, kind } = fingerprint(error, place);
      metrics.count('steward_errors_total', { kind });
      log.error('unexpected error', { ref, place, fingerprint: print, ...errorFields(error) });
      if (error instanceof Error) log.debug('stack', { ref, stack: error.stack });
      if (waiting.length < WAITING) waiting.push({ values: [print, kind, summary, iso(clock.now()), ref] });
      void flush().catch(() => {});
      return ref;
    },
    flush,
  };
}

/** The errors seen last, newest first. */
export function newestErrors(db: Queryable, count: number): Promise<StoredError[]> {
  return db.query<StoredError>(sql.newest, [count]);
}

/** Errors the operator was not told of yet, locked for this transaction. */
export function untoldErrors(tx: Tx): Promise<StoredError[]> {
  return tx.query<StoredError>(sql.untold);
}

/** Marks errors told. */
export async function markErrorsTold(tx: Tx, fingerprints: readonly string[], now: EpochMs): Promise<void> {
  await tx.query(sql.told, [fingerprints, iso(now)]);
}

/** Forgets errors not seen for 90 days. */
export async function trimErrors(db: Queryable, now: EpochMs): Promise<void> {
  await db.query(sql.trim, [iso(now - 90 * 86_400_000)]);
}
