/** The database for a command that reads or changes data: the configured one, or the embedded server, which a running Steward shares. */
import type { Config } from '../config/config.ts';
import { Upstream } from '../core/errors.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { startEmbedded } from '../storage/embedded.ts';
import { migrationFaults, migrationStatus } from '../storage/migrations/migrator.ts';

/**
 * Runs `work` on the database and closes it.
 * @throws ConfigurationError when the server does not fit; Upstream, with the mend, when it is away or its schema is not this program's.
 */
export async function withDatabase<T>(config: Config, work: (db: Database) => Promise<T>): Promise<T> {
  const embedded = config.database.connection
    ? undefined
    : await startEmbedded({ dataDir: config.dataDir, log: () => {} });
  const connection = { ...(embedded?.connection ?? config.database.connection) };
  try {
    const status = await migrationStatus(connection);
    const faults = migrationFaults(status);
    if (status.pending.length > 0)
      faults.push(`The database lacks ${status.pending.join(', ')}. Mend: run \`steward migrate\`.`);
    if (faults.length > 0) throw new Upstream('postgresql', faults.join('\n'));
    const db = openDatabase({ connection, max: 2, onError: () => {} });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await embedded?.stop();
  }
}
