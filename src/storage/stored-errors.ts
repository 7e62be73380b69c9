/** Unexpected errors, kept once per fingerprint: how often, first and last, and the reference of the last one. */
import { createHash } from 'node:crypto';
import { type Clock, type EpochMs, iso } from '../core/clock.ts';
import { errorCode } from '../core/errors.ts';
import { randomCode } from '../core/ids.ts';
import { type ErrorReports, sourceOf } from '../observability/error-reports.ts';
import { errorFields, errorName, type Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { safeMessage, safeStack } from '../observability/redaction.ts';
import type { Database, Queryable } from './database.ts';
import { loadSql } from './sql.ts';

const sql = loadSql(new URL('./stored-errors.sql', import.meta.url), ['store', 'trim']);

/** One kind of error, however often it came. */
export interface StoredError {
  readonly fingerprint: string;
  readonly kind: string;
  /** class, code and place; no text of a person, no SQL, no token */
  readonly summary: string;
  readonly count: number;
  /** epoch ms */
  readonly firstSeen: EpochMs;
  /** epoch ms */
  readonly lastSeen: EpochMs;
  /** the reference a person was shown the last time; finds the log line */
  readonly lastRef: string;
  /** of the last twenty, the latest first */
  readonly refs: readonly string[];
  /** the first line of our own code on the stack; null where there was none */
  readonly source: string | null;
  /** epoch ms; when the operator marked it seen */
  readonly seenAt: EpochMs | null;
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
  const name = errorName(error);
  const code = errorCode(error);
  const what = code === undefined ? name : `${name}:${code}`;
  // Numbers and ids vary from case to case; what is quoted, which may be somebody's words, is gone already.
  const shape = safeMessage(error)
    .replaceAll(/[0-9a-f]{8,}|\d+/gi, '#')
    .slice(0, 200);
  return {
    fingerprint: createHash('sha256').update(`${what}@${place}:${shape}`).digest('hex').slice(0, 32),
    summary: `${what} in ${place}`,
    kind: name,
  };
}

/** Whether the database refused the row itself: to try again would hold up all that wait behind it. */
function isRefused(error: unknown): boolean {
  return /^(?:22|23|42)/.test(errorCode(error) ?? '');
}

/** Opens the recorder. */
export function openErrorRecorder(options: {
  db: Database;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
  /** a service beside our own keeping */
  reports?: Pick<ErrorReports, 'report'> | undefined;
}): ErrorRecorder {
  const { db, clock, metrics, log, reports } = options;
  let waiting: Array<{ values: unknown[] }> = [];
  let flushing: Promise<void> | undefined;

  async function store(): Promise<void> {
    while (waiting.length > 0) {
      const [next] = waiting;
      if (!next) return;
      await db.query(sql.store, next.values).catch((error: unknown) => {
        if (!isRefused(error)) throw error;
        log.error('an error could not be kept', errorFields(error));
      });
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
      if (error instanceof Error) log.debug('stack', { ref, stack: safeStack(error) });
      reports?.report(error, { fingerprint: print, kind, place, ref });
      if (waiting.length < WAITING)
        waiting.push({ values: [print, kind, summary, iso(clock.now()), ref, sourceOf(error) ?? null] });
      void flush().catch(() => {});
      return ref;
    },
    flush,
  };
}

/** Forgets errors not seen for 90 days. */
export async function trimErrors(db: Queryable, now: EpochMs): Promise<void> {
  await db.query(sql.trim, [iso(now - 90 * 86_400_000)]);
}
