/** Brings the database up: embedded or the configured one, migrated, waited for while it is merely away. */
import type pg from 'pg';
import type { Config } from '../config/config.ts';
import { masterKeysOf } from '../config/master-key.ts';
import { errorMessage } from '../core/errors.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { whileAway } from '../storage/away.ts';
import { type Contents, openContents } from '../storage/contents/contents.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import type { EmbeddedPostgres } from '../storage/embedded.ts';
import { migrate } from '../storage/migrations/migrator.ts';

export interface Storage {
  readonly db: Database;
  /** the bytes of attachments */
  readonly contents: Contents;
  readonly connection: pg.ClientConfig;
  /** the newest migration */
  readonly schema: string | null;
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
    const applied = await migrated(connection, log, signal, waiting);
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
    return {
      db,
      contents: openContents(config),
      connection,
      schema: applied.at(-1) ?? null,
      close: async () => {
        await db.close();
        await embedded?.stop();
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
  const embedded = await startEmbedded({ dataDir: config.dataDir, log: (message) => log.info(message) });
  try {
    masterKeysOf(config);
    return embedded;
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** Names of all applied migrations, in their order, once the schema is this program's. */
async function migrated(
  connection: pg.ClientConfig,
  log: Logger,
  signal: AbortSignal,
  waiting: (reason: string | null) => void,
): Promise<readonly string[]> {
  const { applied, status } = await whileAway(
    async () => {
      signal.throwIfAborted();
      return migrate(connection, { log: (message) => log.info(message) });
    },
    (error, first) => {
      const reason = errorMessage(error);
      waiting(reason);
      if (first) log.warn('the database is away; waiting for it', { reason });
    },
  );
  if (applied.length > 0) log.info('migrations applied', { count: applied.length });
  waiting(null);
  return [...new Set([...status.applied, ...applied])];
}
