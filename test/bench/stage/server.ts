/** One embedded PostgreSQL for the run, durable as in production, with a migrated template for databases of single rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { type EmbeddedConnection, type EmbeddedPostgres, startEmbedded } from '../../../src/storage/embedded.ts';
import { migrate } from '../../../src/storage/migrations/migrator.ts';

export interface BenchDatabase {
  readonly connection: EmbeddedConnection;
  /** as DATABASE_URL */
  readonly url: string;
  /** a small pool of the bench's own */
  readonly db: Database;
  drop(): Promise<void>;
}

export interface Server {
  /** '18.4' */
  readonly version: string;
  /** process id of the postmaster */
  pid(): number;
  /** a folder for whatever a row needs to write; removed with the server */
  folder(name: string): string;
  database(options?: { empty?: boolean }): Promise<BenchDatabase>;
  stop(): Promise<void>;
}

const TEMPLATE = 'bench_template';

/** `DATABASE_URL` of a database behind a Unix socket. */
function urlOf({ host, port, user, database }: EmbeddedConnection): string {
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

async function asAdmin<T extends object>(connection: EmbeddedConnection, sql: string): Promise<T[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function prepared(root: string): Promise<{ embedded: EmbeddedPostgres; version: string }> {
  const embedded = await startEmbedded({ dataDir: path.join(root, 'server'), log: () => {} });
  await asAdmin(embedded.connection, `CREATE DATABASE ${TEMPLATE}`);
  await migrate({ ...embedded.connection, database: TEMPLATE });
  const [row] = await asAdmin<{ version: string }>(
    embedded.connection,
    `SELECT current_setting('server_version') AS version`,
  );
  return { embedded, version: row?.version.split(' ')[0] ?? '' };
}

/** Starts it in a temporary folder. */
export async function startServer(): Promise<Server> {
  const root = mkdtempSync(path.join(tmpdir(), 'steward-bench-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  const { embedded, version } = await prepared(root).catch((error: unknown) => {
    remove();
    throw error;
  });
  let count = 0;
  return {
    version,
    pid: () => embedded.pid(),
    folder: (name) => mkdtempSync(path.join(root, `${name}-`)),
    async database({ empty = false } = {}) {
      count += 1;
      const name = `bench_${count}`;
      await asAdmin(embedded.connection, `CREATE DATABASE ${name}${empty ? '' : ` TEMPLATE ${TEMPLATE}`}`);
      const connection = { ...embedded.connection, database: name };
      const db = openDatabase({ connection, max: 4, onError: () => {}, statementTimeoutMs: 120_000 });
      return {
        connection,
        url: urlOf(connection),
        db,
        drop: async () => {
          await db.close();
          await asAdmin(embedded.connection, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        },
      };
    },
    stop: async () => {
      await embedded.stop();
      remove();
    },
  };
}
