/** Whether the server named is one Steward can work with: its version, and no transaction pooling in between. */
import pg from 'pg';
import { ConfigurationError, errorCode, Upstream } from '../../core/errors.ts';

const OLDEST = 14;

const POOLING =
  'DATABASE_URL leads through a pooler in transaction mode (PgBouncer or alike): locks, LISTEN and prepared statements, which Steward needs, do not survive there. Mend: name the PostgreSQL server itself, or a pool in session mode.';

/** A short statement without an answer for so long will have none. */
const ANSWER_MS = 15_000;

/** How both sessions are opened. Who runs long statements in the first gives another `query_timeout`, which the checks do without. */
const SESSION: pg.ClientConfig = {
  connectionTimeoutMillis: 10_000,
  query_timeout: ANSWER_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

/** Codes of the server or the system, and what to do about them. */
const MENDS: Readonly<Record<string, string>> = {
  '28P01': 'check the password (DATABASE_PASSWORD goes before the one in DATABASE_URL)',
  '28000': 'check role and password, and whether the server lets this machine in (pg_hba.conf)',
  '3D000': 'create the database, or name another one',
  '53300': 'the server has no connection left: raise its max_connections or lower DATABASE_POOL_MAX',
  '57P03': 'the server is starting or stopping: try again in a moment',
  ENOTFOUND: 'check the host name',
  ECONNREFUSED: 'check host and port, and whether the server runs',
  ENOENT: 'check the socket folder, and whether the server runs',
};

/** What connecting threw, with its mend. Neither the server's nor the driver's messages hold the password. */
function wrongServer(error: unknown): unknown {
  if (error instanceof ConfigurationError || !(error instanceof Error)) return error;
  // PgBouncer refuses what it does not know at the first word.
  if (/unsupported startup parameter/i.test(error.message)) return new ConfigurationError([POOLING]);
  const code = errorCode(error) ?? '';
  const mend = MENDS[code] ?? 'check DATABASE_URL and the network to the server';
  return new Upstream('postgresql', `The database cannot be used: ${error.message || code}. Mend: ${mend}.`, {
    cause: error,
  });
}

const bounded = (text: string) => ({ text, query_timeout: ANSWER_MS });

async function backend(client: pg.Client): Promise<number> {
  const result = await client.query<{ pid: number }>(bounded('SELECT pg_backend_pid() AS pid'));
  return result.rows[0]?.pid ?? 0;
}

/** Two sessions of a server never share a backend, and none changes its own: between statements a transaction pooler does both. */
async function isTransactionPooled(first: pg.Client, connection: pg.ClientConfig): Promise<boolean> {
  const second = new pg.Client({ ...connection, ...SESSION });
  second.on('error', () => {});
  await second.connect();
  try {
    const before = await backend(first);
    await second.query('BEGIN');
    const other = await backend(second);
    const after = await backend(first);
    await second.query('ROLLBACK');
    return other === before || before !== after;
  } finally {
    await second.end();
  }
}

/** Opens one session and proves the server, unless it is `known`: that takes a second session for a moment. The caller ends it. @throws ConfigurationError when the server does not fit, Upstream when it cannot be reached; both with the mend. */
export async function connectChecked(connection: pg.ClientConfig, known = false): Promise<pg.Client> {
  const client = new pg.Client({
    ...SESSION,
    application_name: 'steward-migrate',
    ...connection,
    options: '-c timezone=UTC -c statement_timeout=0 -c client_min_messages=warning',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    if (known) return client;
    const { rows } = await client.query<{ version: string; name: string }>(
      bounded("SELECT current_setting('server_version_num') AS version, current_setting('server_version') AS name"),
    );
    const major = Math.floor(Number(rows[0]?.version ?? 0) / 10_000);
    if (major < OLDEST)
      throw new ConfigurationError([
        `The database server is PostgreSQL ${rows[0]?.name}; Steward needs ${OLDEST} or newer (older ones get no fixes and lack what its queries use). Mend: upgrade the server or name another in DATABASE_URL.`,
      ]);
    if (await isTransactionPooled(client, connection)) throw new ConfigurationError([POOLING]);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw wrongServer(error);
  }
}
