/** Brings the database up: embedded or the configured one, migrated, waited for while it is merely away. */
import type pg from 'pg';
import type { Config } from '../config/config.ts';
import { masterKeysOf } from '../config/master-key.ts';
import { errorMessage } from '../core/errors.ts';
import { within } from '../core/loop.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { whileAway } from '../storage/away.ts';
import { type Contents, openContents } from '../storage/contents/contents.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import type { EmbeddedPostgres } from '../storage/embedded.ts';
import { migrate } from '../storage/migrations/migrator.ts';

/** Connections get this long to close; those on which the server says nothing any more end with the process. */
const CLOSE_MS = 2_000;

export interface Storage {
  readonly db: Database;
  /** the bytes of attachments */
  readonly contents: Contents;
  readonly connection: pg.ClientConfig;
  /** the newest migration */
  readonly schema: string | null;
  /** Does what a start needs of the database, again for as long as it is away, until the start is told to end. */
  reached<T>(work: () => Promise<T>): Promise<T>;
  /** May be asked for again, and is done once. */
  close(): Promise<void>;
}

/** Opens storage; whatever fails, nothing of it stays open. `signal` ends the waiting; `waiting` is told why it waits. */
export async function openStorage(
  config: Config,
  log: Logger,
  metrics: Metrics,
  signal: AbortSignal,
  waiting: (reason: string | null) => void,
): Promise<Storage> {
  const embedded = config.database.connection ? undefined : await openEmbedded(config, log);
  try {
    const connection: pg.ClientConfig = { ...(embedded?.connection ?? config.database.connection) };
    const reached = waitingForDatabase(log, signal, waiting);
    const applied = await migrated(connection, log, reached);
    // One more connection listens for notifications.
    const max = config.database.poolMax - 1;
    metrics.set('steward_database_pool_limit', {}, max);
    metrics.set('steward_migrations_applied', {}, applied.length);
    const db = openDatabase({
      connection,
      max,
      onError: (error) => log.warn('a database connection broke', { reason: error.message }),
      onTransaction(outcome, seconds) {
        metrics.count('steward_database_transactions_total', { outcome });
        metrics.observe('steward_database_transaction_seconds', {}, seconds);
      },
    });
    const close = async () => {
      await within(db.close(), CLOSE_MS, undefined);
      await embedded?.stop();
    };
    let closing: Promise<void> | undefined;
    return {
      db,
      contents: openContents(config),
      connection,
      schema: applied.at(-1) ?? null,
      reached,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** A laptop's own server, and its master key: made at its first start, so that it is there before anything must be encrypted. */
async function openEmbedded(config: Config, log: Logger): Promise<EmbeddedPostgres> {
  const { startEmbedded } = await import('../storage/embedded.ts');
  const embedded = await startEmbedded({
    dataDir: config.dataDir,
    log: (message, trouble) => log[trouble ? 'warn' : 'info'](message),
  });
  try {
    masterKeysOf(config);
    return embedded;
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** The one way a start waits for the database: readiness and log name the reason, and `signal` ends it. */
function waitingForDatabase(
  log: Logger,
  signal: AbortSignal,
  waiting: (reason: string | null) => void,
): Storage['reached'] {
  return async (work) => {
    const result = await whileAway(
      () => {
        signal.throwIfAborted();
        return work();
      },
      (error, first) => {
        const reason = errorMessage(error);
        waiting(reason);
        if (first) log.warn('the database is away; waiting for it', { reason });
      },
    );
    waiting(null);
    return result;
  };
}

/** Names of all applied migrations, in their order, once the schema is this program's. */
async function migrated(
  connection: pg.ClientConfig,
  log: Logger,
  reached: Storage['reached'],
): Promise<readonly string[]> {
  const { applied, status } = await reached(() => migrate(connection, { log: (message) => log.info(message) }));
  if (applied.length > 0) log.info('migrations applied', { count: applied.length });
  return [...new Set([...status.applied, ...applied])];
}
