/** Brings the database up: embedded or the configured one, migrated, waited for while it is merely away. */
import type pg from 'pg';
import type { Config } from '../config/config.ts';
import { masterKeysOf } from '../config/master-key.ts';
import { errorMessage, Upstream } from '../core/errors.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { type Contents, openContents } from '../storage/contents/contents.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { migrate } from '../storage/migrations/migrator.ts';

export interface Storage {
  readonly db: Database;
  /** the bytes of attachments */
  readonly contents: Contents;
  readonly connection: pg.ClientConfig;
  readonly embedded: boolean;
  /** the newest migration */
  readonly schema: string | null;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;

/** The server is not there yet, starting, or shutting down: worth waiting for. Wrong passwords and names are not. */
export function isAway(error: unknown): boolean {
  // What connecting threw comes wrapped in its mend.
  if (error instanceof Upstream) return isAway(error.cause);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[123])$/.test(
      code,
    ) || /timeout expired|Query read timeout|Connection terminated/i.test(errorMessage(error))
  );
}

/** Opens storage. `signal` ends the waiting; `waiting` is told why it waits. */
export async function openStorage(
  config: Config,
  log: Logger,
  metrics: Metrics,
  signal: AbortSignal,
  waiting: (reason: string | null) => void,
): Promise<Storage> {
  let embedded: { connection: pg.ClientConfig; stop(): Promise<void> } | undefined;
  if (!config.database.connection) {
    const { startEmbedded } = await import('../storage/embedded.ts');
    embedded = await startEmbedded({ dataDir: config.dataDir, log: (message) => log.info(message) });
    // A laptop's key is made at its first start, so that it is there before anything must be encrypted.
    masterKeysOf(config);
  }
  const connection: pg.ClientConfig = { ...(embedded?.connection ?? config.database.connection) };
  let applied: readonly string[];
  try {
    applied = await migrated(connection, log, signal, waiting);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
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
    embedded: embedded !== undefined,
    schema: applied.at(-1) ?? null,
    close: async () => {
      await db.close();
      await embedded?.stop();
    },
  };
}

async function migrated(
  connection: pg.ClientConfig,
  log: Logger,
  signal: AbortSignal,
  waiting: (reason: string | null) => void,
): Promise<readonly string[]> {
  for (let told = false; ; ) {
    signal.throwIfAborted();
    try {
      const { applied, status } = await migrate(connection, { log: (message) => log.info(message) });
      if (applied.length > 0) log.info('migrations applied', { count: applied.length });
      waiting(null);
      return [...status.applied, ...applied].filter((name, index, all) => all.indexOf(name) === index);
    } catch (error) {
      if (!isAway(error)) throw error;
      waiting(errorMessage(error));
      if (!told) log.warn('the database is away; waiting for it', { reason: errorMessage(error) });
      told = true;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
