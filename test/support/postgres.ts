/** Databases for tests: each test file takes a fresh, migrated one (about 30 ms) from the server of the run. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import type { EmbeddedConnection } from '../../src/storage/embedded.ts';

export interface TestDatabase {
  /** For `pg`, pg-boss and other processes: Unix socket folder, user, database. */
  readonly connection: EmbeddedConnection;
  /** Opens a pool of at most `max` connections; closed by `drop`. */
  database(max?: number): Database;
  /** Closes the pools, ends whoever is left, drops the database. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Without tables: for tests of migrations and restores. */
  empty?: boolean;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ ...inject('postgres'), database: 'postgres' });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Makes a database of its own for a test file. Call in `beforeAll`, `drop()` in `afterAll`. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name}${options.empty ? '' : ` TEMPLATE ${server.database} STRATEGY file_copy`}`);
  const connection = { ...server, database: name };
  const open: Database[] = [];
  let dropping = false;
  return {
    connection,
    database: (max = 5) => {
      const database = openDatabase({ connection, max, onError: (error) => dropping || console.error(error.message) });
      open.push(database);
      return database;
    },
    drop: async () => {
      dropping = true;
      await Promise.all(open.splice(0).map((database) => database.close()));
      await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/**
 * The database of a test file, migrated: there before its first `beforeAll` of its own, dropped after its last `afterAll`. Called at the top
 * of the file. `max`: connections.
 */
export function databaseOfFile(max?: number): Database {
  let server: TestDatabase | undefined;
  let database: Database | undefined;
  beforeAll(async () => {
    server = await testDatabase();
    database = server.database(max);
  });
  afterAll(() => server?.drop());
  const opened = (): Database => {
    if (database === undefined) throw new Error('the database of the file is there from beforeAll on');
    return database;
  };
  return {
    query: (statement, values) => opened().query(statement, values),
    transaction: (work) => opened().transaction(work),
    prisma: () => opened().prisma(),
    listen: (channel, listener) => opened().listen(channel, listener),
    patient: (boundMs) => opened().patient(boundMs),
    executeSql: (text, values) => opened().executeSql(text, values),
    lend: (work) => opened().lend(work),
    poolState: () => opened().poolState(),
    close: () => opened().close(),
  };
}
