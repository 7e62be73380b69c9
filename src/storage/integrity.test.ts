/** Guards the look at the database's soundness: damage is told as damage, and nothing else is. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { type Database, openDatabase } from './database.ts';
import { checkIntegrity } from './integrity.ts';

let postgres: TestDatabase;
let db: Database;
beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database(2);
});
afterAll(() => postgres.drop());

test('a sound database is said to be sound, with checksums', async () => {
  const found = await checkIntegrity(db);
  expect(found).toMatchObject({ status: 'ok', message: expect.stringMatching(/^checksums on, \d+ indexes sound$/) });
});

test('without the right to amcheck nothing is called damaged', async () => {
  // Roles belong to the whole server, which other test files share.
  const role = `plain_${randomBytes(5).toString('hex')}`;
  await db.query(`CREATE ROLE ${role}`);
  const plain = openDatabase({ connection: postgres.connection, max: 1, onError: () => {} });
  await plain.query(`SET ROLE ${role}`);
  try {
    const found = await checkIntegrity(plain);
    expect(found.status).toBe('ok');
    expect(found.message).toContain('amcheck is not to be had here');
  } finally {
    await plain.close();
    await db.query(`DROP ROLE ${role}`);
  }
});

test('a lock that is not had in time is no damage', async () => {
  const [largest] = await db.query<{ table: string }>(
    `SELECT i.indrelid::regclass::text AS "table" FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
      WHERE a.amname = 'btree' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relpages DESC, c.oid LIMIT 1`,
  );
  const hasty = openDatabase({ connection: postgres.connection, max: 1, onError: () => {}, statementTimeoutMs: 300 });
  try {
    await db.transaction(async (tx) => {
      await tx.query(`LOCK TABLE ${largest?.table} IN ACCESS EXCLUSIVE MODE`);
      const found = await checkIntegrity(hasty);
      expect(found.status).toBe('ok');
      expect(found.message).toMatch(/\d+ not looked at in time/);
    });
  } finally {
    await hasty.close();
  }
});

test('a damaged index is named, with its mend', async () => {
  // An order that changes under an index is what a faulty disk or a changed collation looks like.
  await db.query(
    'CREATE FUNCTION crooked(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT btint4cmp($1, $2) $$',
  );
  await db.query(
    `CREATE OPERATOR CLASS crooked_ops FOR TYPE int USING btree AS
     OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 crooked(int, int)`,
  );
  await db.query('CREATE TABLE bent AS SELECT generate_series(1, 20000) AS n');
  await db.query('CREATE INDEX bent_n ON bent (n crooked_ops)');
  await db.query(
    'CREATE OR REPLACE FUNCTION crooked(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT btint4cmp($2, $1) $$',
  );
  const found = await checkIntegrity(db);
  expect(found).toMatchObject({ status: 'down', mend: expect.stringContaining('REINDEX INDEX bent_n') });
  expect(found.message).toContain('bent_n is damaged');
  await db.query('DROP TABLE bent');
});

test('a database that is away is no finding', async () => {
  const away = openDatabase({ connection: { host: '127.0.0.1', port: 1 }, max: 1, onError: () => {} });
  await expect(checkIntegrity(away)).rejects.toThrow();
  await away.close();
});
