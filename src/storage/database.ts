/** One pool for everything: SQL statements, transactions, the Prisma client (made when first used) and notifications. */
import pg from 'pg';
import type { PrismaClient } from './generated/client.ts';
import { openListener } from './listener.ts';
import { Batch } from './pool/batch.ts';
import { lending } from './pool/lending.ts';
import type { Statement } from './sql.ts';

/** Whatever runs statements: the pool or a transaction. */
export interface Queryable {
  /** Runs one statement; columns come in camelCase, instants as epoch milliseconds, dates and times as strings, bigints as numbers. */
  query<Row extends object>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>;
}

declare const inTransaction: unique symbol;
/** A running transaction. Only `Database.transaction` makes one, so a function that takes it cannot be called outside. */
export interface Tx extends Queryable {
  readonly [inTransaction]: true;
  /**
   * Runs a statement whose outcome nothing before the commit depends on: it travels in one packet with the next statement or the commit.
   * Where it fails the transaction fails with its error. Its rows are there after the commit.
   */
  later<Row extends object>(statement: Statement | string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs `after` once the transaction is committed; never when it is rolled back. For waking local loops, not for effects. */
  afterCommit(after: () => void): void;
}

export interface Database extends Queryable {
  /** Runs `work` in one READ COMMITTED transaction; an error rolls back and is thrown on. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Prisma's client on the same pool: for reads outside transactions only, it cannot join one. */
  prisma(): Promise<PrismaClient>;
  /** Calls `listener` on NOTIFY of `channel` with what was told, and once after each (re)connection with '', as notifications in between are lost. */
  listen(channel: string, listener: (told: string) => void): Promise<() => Promise<void>>;
  /** Runs each statement in a transaction of its own that may take `boundMs`: for housekeeping that touches many rows. */
  patient(boundMs: number): Queryable;
  /** Runs a statement as the driver gives it, names and types untouched: for libraries that bring their own SQL (the queue). */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Runs `work` while the pool holds one connection less, closed by then: for a session of its own within the same bound. */
  lend<T>(work: () => Promise<T>): Promise<T>;
  /** Connections: all, idle, and callers waiting for one. */
  poolState(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connection: pg.PoolConfig;
  /** Connections at most (DATABASE_POOL_MAX less what the queue and listeners hold). */
  max: number;
  onError: (error: Error) => void;
  /** Told of every transaction: how it ended, and its duration in seconds with the wait for a connection. */
  onTransaction?: (outcome: 'committed' | 'failed', seconds: number) => void;
  /** A statement running longer is cancelled by the server. Milliseconds. */
  statementTimeoutMs?: number;
}

/** Long enough for every statement a person waits for. */
const STATEMENT_MS = 15_000;
/**
 * A server that lives cancels a statement at its bound and says so; one that says nothing for this much longer is taken for gone, and
 * its connection is destroyed. Without it a half-open connection would hold whoever uses it for the quarter of an hour TCP tries.
 */
const SILENCE_MS = 2_000;
/** A connection without traffic is asked for a sign of life after this long, by both sides. */
export const KEEP_ALIVE_MS = 10_000;

/** Settings with which the server notices that we are gone, and lets go of our locks. They mean nothing on a Unix socket. */
const KEEP_ALIVE_SETTINGS = [
  '-c tcp_keepalives_idle=10',
  '-c tcp_keepalives_interval=5',
  '-c tcp_keepalives_count=3',
] as const;

/** The server gave no answer in time: the connection is given up, and whether the statement took effect is unknown. */
class Silence extends Error {
  readonly code = 'ETIMEDOUT';
}

/** A newer version's migration changed a table under statements this connection had prepared: it never runs them again, and is given up. */
class Outdated extends Error {
  readonly code = 'ECONNRESET';
}

/** "cached plan must not change result type", in whatever language the server speaks. */
function isOutdated(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery';
}

const BEGIN = { name: 'BEGIN', text: 'BEGIN' };
const COMMIT = { name: 'COMMIT', text: 'COMMIT' };
const ROLLBACK = { name: 'ROLLBACK', text: 'ROLLBACK' };

/** Opens the pool. Connects when first used, and again after the server was away; a transaction that waits for its client is bounded. */
export function openDatabase(options: DatabaseOptions): Database {
  const { statementTimeoutMs = STATEMENT_MS } = options;
  const pool = new pg.Pool({
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    query_timeout: statementTimeoutMs + SILENCE_MS,
    application_name: 'steward',
    ...options.connection,
    max: options.max,
    // Statements of a transaction are sent without waiting for the answers to those before.
    pipeline: true,
    options: [
      '-c timezone=UTC',
      `-c statement_timeout=${statementTimeoutMs}`,
      '-c idle_in_transaction_session_timeout=30000',
      '-c lock_timeout=10000',
      ...KEEP_ALIVE_SETTINGS,
    ].join(' '),
  });
  let closing = false;
  // The server may hang up on a connection that is just being closed.
  pool.on('error', (error) => closing || options.onError(error));
  // The server's last word to a connection that the pool has just dropped reaches nobody, and would end the process.
  pool.on('connect', (client) => void client.on('error', () => {}));
  let prisma: Promise<PrismaClient> | undefined;

  /** Where one connection is half-open, or of an older schema, the idle ones are too: each would cost somebody the wait, or a try. */
  async function dropIdle(): Promise<void> {
    for (let left = pool.idleCount; left > 0 && pool.idleCount > 0 && !closing; left -= 1)
      (await pool.connect()).release(true);
  }

  /** What a statement threw; what is the connection's fault is turned into errors that all who retry understand. */
  function thrown(error: unknown): unknown {
    const silent = error instanceof Error && error.message === 'Query read timeout';
    if (!silent && !isOutdated(error)) return error;
    void dropIdle().catch(() => {});
    return silent
      ? new Silence('the database gave no answer in time', { cause: error })
      : new Outdated('the schema was changed by a newer version meanwhile', { cause: error });
  }

  async function transaction<T>(work: (tx: Tx) => Promise<T>, boundMs?: number): Promise<T> {
    const client = await pool.connect();
    const after: Array<() => void> = [];
    const sent: Array<Promise<unknown>> = [];
    let broken: Error | undefined;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    let gathering: Batch | undefined;
    let sending = false;
    const open = () => {
      gathering ??= new Batch({ boundMs: boundMs && boundMs + SILENCE_MS });
      return gathering;
    };
    const send = () => {
      sending = false;
      if (gathering) client.query(gathering);
      gathering = undefined;
    };
    const later: Tx['later'] = <Row extends object>(statement: Statement | string, values?: readonly unknown[]) => {
      const rows = open().add<Row>(statement, values);
      // Told at the commit; nobody need wait for it.
      sent.push(rows);
      return rows;
    };
    const query: Tx['query'] = (statement, values) => {
      const batch = open();
      // What is asked in the same turn, and what needs no answer, leaves with it.
      if (!sending) process.nextTick(send);
      sending = true;
      return batch.add(statement, values);
    };
    try {
      void later(BEGIN);
      const afterCommit = (callback: () => void) => void after.push(callback);
      const result = await work({ query, later, afterCommit } as Tx);
      const last = open();
      void later(COMMIT);
      send();
      await Promise.all(sent);
      // The server answers the commit of a failed transaction by rolling it back.
      if (last.ended !== 'COMMIT') throw new Error('the transaction had failed and was rolled back');
      for (const callback of after) callback();
      return result;
    } catch (error) {
      gathering?.drop(error);
      gathering = undefined;
      const rolledBack = open().add(ROLLBACK);
      send();
      await rolledBack.catch((fault: Error) => {
        broken = fault;
      });
      // What came after a statement that failed unseen failed because of it.
      const outcomes = await Promise.allSettled(sent);
      const cause = outcomes.find((outcome) => outcome.status === 'rejected');
      const told = thrown(cause ? cause.reason : error);
      if (told instanceof Outdated) broken = told;
      throw told;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  /** One statement, which is a transaction of its own. */
  async function single<Row extends object>(
    statement: Statement | string,
    values?: readonly unknown[],
  ): Promise<Row[]> {
    const client = await pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      const batch = new Batch({ alone: true });
      const rows = batch.add<Row>(statement, values);
      client.query(batch);
      return await rows;
    } catch (error) {
      broken ??= error instanceof Error ? error : new Error(String(error));
      throw thrown(error);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async function observed<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const started = performance.now();
    let outcome: 'committed' | 'failed' = 'failed';
    try {
      const result = await transaction(work);
      outcome = 'committed';
      return result;
    } finally {
      options.onTransaction?.(outcome, (performance.now() - started) / 1000);
    }
  }

  const listening = openListener(options);

  return {
    query: single,
    transaction: observed,
    patient: (boundMs) => ({
      query: (statement, values) =>
        transaction((tx) => {
          void tx.later(`SET LOCAL statement_timeout = ${Math.ceil(boundMs)}`);
          return tx.query(statement, values);
        }, boundMs),
    }),
    prisma: () => {
      prisma ??= Promise.all([import('./generated/client.ts'), import('@prisma/adapter-pg')]).then(
        ([generated, adapter]) => new generated.PrismaClient({ adapter: new adapter.PrismaPg(pool) }),
      );
      return prisma;
    },
    listen: listening.listen,
    executeSql: (text, values) =>
      pool.query(text, values ?? []).catch((error) => {
        throw thrown(error);
      }),
    lend: lending(pool, () => closing),
    poolState: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      closing = true;
      await listening.close();
      await prisma?.then((client) => client.$disconnect());
      await pool.end();
    },
  };
}
