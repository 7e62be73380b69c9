/** A database without any schema for each test of a file, with two small migrations to bring it up by. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach } from 'vitest';
import type { Migration } from '../../src/storage/migrations/migration-files.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

export function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

export const first = migration('20260101000000_first', 'CREATE TABLE one (id int);');
export const second = migration('20260102000000_second', 'CREATE TABLE two (id int);');

/** Makes a new one before each test of the file that calls this, and removes it after. */
export function emptyDatabaseOfEach() {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase({ empty: true });
  });
  afterEach(() => database.drop());
  return {
    get connection() {
      return database.connection;
    },
    async query<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
      const client = new pg.Client(database.connection);
      await client.connect();
      try {
        return (await client.query<T>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
  };
}
