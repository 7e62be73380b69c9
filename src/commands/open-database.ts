/** The database for a command: the configured one, or the embedded server, which a running Steward shares. */
import type pg from 'pg';
import type { Config } from '../config/config.ts';
import { Upstream } from '../core/errors.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { migrationFaults, migrationStatus } from '../storage/migrations/migrator.ts';

/**
 * Runs `work` on a server, whatever its schema; one that was started for it is stopped afterwards.
 * @throws ConfigurationError or Upstream, with the mend, when the embedded one does not start.
 */
export async function withServer<T>(config: Config, work: (connection: pg.ClientConfig) => Promise<T>): Promise<T> {
  if (config.database.connection) return work({ ...config.database.connection });
  const { startEmbedded } = await import('../storage/embedded.ts');
  const server = await startEmbedded({ dataDir: config.dataDir, log: () => {} });
  try {
    return await work({ ...server.connection });
  } finally {
    await server.stop();
  }
}

/** Runs `work` on a small pool and closes it. */
export async function withPool<T>(connection: pg.ClientConfig, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase({ connection, max: 2, onError: () => {} });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/**
 * Runs `work` on the database, for commands that read or change data.
 * @throws ConfigurationError when the server does not fit; Upstream, with the mend, when it is away or its schema is not this program's.
 */
export function withDatabase<T>(config: Config, work: (db: Database) => Promise<T>): Promise<T> {
  return withServer(config, async (connection) => {
    const status = await migrationStatus(connection);
    const faults = migrationFaults(status);
    if (status.pending.length > 0)
      faults.push(`The database lacks ${status.pending.join(', ')}. Mend: run \`steward migrate\`.`);
    if (faults.length > 0) throw new Upstream('postgresql', faults.join('\n'));
    return withPool(connection, work);
  });
}
