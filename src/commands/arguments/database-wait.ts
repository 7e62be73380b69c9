/** `--database-wait`: how long a command waits for a database that is away, for example because its server was only just started. */
import { Option } from 'commander';
import pg from 'pg';
import type { DatabaseConnection } from '../../config/database-connection.ts';
import { errorMessage } from '../../core/errors.ts';
import { whileAway } from '../../storage/away.ts';
import { duration } from './duration.ts';

/** The option; its value, `databaseWait`, is in milliseconds and 0 when not given: the first refusal is told at once. */
export const databaseWait = (): Option =>
  new Option('--database-wait <time>', 'how long to wait for a database that is away, e.g. 5m')
    .argParser(duration)
    .default(0, 'not at all');

/** Tries `work` again while the database is away, for at most `boundMs`, telling the reason once on stderr; what else it throws is final. */
export function waitingFor<T>(work: () => Promise<T>, boundMs: number): Promise<T> {
  const until = performance.now() + boundMs;
  return whileAway(work, (error, first) => {
    if (performance.now() >= until) throw error;
    if (first) console.error(`waiting for the database: ${errorMessage(error)}`);
  });
}

/** Resolves when a connection was taken and a question answered. @throws what `pg` throws, at once or after `boundMs`. */
export function reached(connection: pg.ClientConfig | DatabaseConnection, boundMs: number): Promise<void> {
  if (boundMs === 0) return Promise.resolve();
  return waitingFor(async () => {
    const client = new pg.Client({ connectionTimeoutMillis: 5_000, ...connection });
    // What breaks between two answers is told by the next question.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT 1');
    } finally {
      await client.end().catch(() => {});
    }
  }, boundMs);
}
