/** Guards the pool: transactions whole or not at all, and a server that hangs up is an error of the statement, never of the process. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Database } from './database.ts';

let postgres: TestDatabase;
let db: Database;
let admin: Database;
const uncaught: unknown[] = [];
const keep = (error: unknown) => void uncaught.push(error);

beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database(4);
  admin = postgres.database(1);
  await db.query('CREATE TABLE kept (n int PRIMARY KEY)');
});
afterAll(() => postgres.drop());
beforeEach(() => void process.on('uncaughtException', keep));
afterEach(() => void process.off('uncaughtException', keep));

const hangUp = () =>
  admin.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );

test('a transaction that fails leaves nothing, one that ends leaves all of it', async () => {
  await expect(
    db.transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (1)');
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  await db.transaction(async (tx) => {
    await tx.query('INSERT INTO kept VALUES (2)');
  });
  expect(await db.query('SELECT n FROM kept')).toEqual([{ n: 2 }]);
});

test('while a connection is lent the pool holds one less, however busy it is, and has all of them again afterwards', async () => {
  const lender = postgres.database(3);
  const held = async () =>
    Number(
      (
        await admin.query<{ n: number }>(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%lender%' AND pid <> pg_backend_pid()",
        )
      )[0]?.n,
    );
  let busy = true;
  const working = Array.from({ length: 6 }, async () => {
    while (busy) await lender.query("SELECT pg_sleep(0.01), 'lender'");
  });
  await expect.poll(held).toBe(3);
  const most = await lender.lend(async () => {
    const seen: number[] = [];
    for (let count = 0; count < 20; count += 1) seen.push(await held());
    return Math.max(...seen);
  });
  expect(most).toBe(2);
  await expect.poll(held).toBe(3);
  busy = false;
  await Promise.all(working);
  await expect(lender.lend(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await Promise.all([1, 2, 3].map(() => lender.query('SELECT pg_backend_pid() AS pid')))).toHaveLength(3);
});

test('the first statement that failed is told, not the commit that failed because of it', async () => {
  await expect(
    db.transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (7)');
      await tx.query('INSERT INTO kept VALUES (7)');
    }),
  ).rejects.toMatchObject({ code: '23505' });
  expect(await db.query('SELECT n FROM kept WHERE n = 7')).toEqual([]);
});

test('what fails unseen fails its transaction with its own error, and nothing behind it happens', async () => {
  const asked = db.transaction(async (tx) => {
    void tx.later('INSERT INTO kept VALUES (10)');
    void tx.later('INSERT INTO kept VALUES (10)');
    void tx.later('INSERT INTO kept VALUES (11)');
  });
  await expect(asked).rejects.toMatchObject({ code: '23505' });
  expect(await db.query('SELECT n FROM kept WHERE n >= 10')).toEqual([]);
});

test('a statement that fails behind a savepoint takes along nothing that went before it in the same packet', async () => {
  await db.transaction(async (tx) => {
    void tx.later('INSERT INTO kept VALUES (20)');
    void tx.later('SAVEPOINT here');
    await expect(tx.query('INSERT INTO kept VALUES (20)')).rejects.toMatchObject({ code: '23505' });
    await tx.query('ROLLBACK TO SAVEPOINT here');
    void tx.later('INSERT INTO kept VALUES (21)');
  });
  expect(await db.query('SELECT n FROM kept WHERE n >= 20 ORDER BY n')).toEqual([{ n: 20 }, { n: 21 }]);
});

test('what is checked at the commit is told by whoever commits, of a single statement too', async () => {
  await db.query('CREATE TABLE late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)');
  const twice = { name: 'test:twice', text: 'INSERT INTO late SELECT 1 FROM generate_series(1, 2) RETURNING n' };
  await expect(db.query(twice)).rejects.toMatchObject({ code: '23505' });
  await expect(db.transaction((tx) => tx.query(twice))).rejects.toMatchObject({ code: '23505' });
  expect(await db.query('SELECT n FROM late')).toEqual([]);
});

test('a statement that could not be prepared is prepared when it is asked again, and those behind it too', async () => {
  const one = postgres.database(1);
  const [first, second] = [
    { name: 'test:first', text: 'SELECT n AS first_n FROM not_yet' },
    { name: 'test:second', text: 'SELECT 2 AS second_n' },
  ];
  const ask = () => one.transaction((tx) => Promise.all([tx.query(first), tx.query(second), tx.query(second)]));
  await expect(ask()).rejects.toMatchObject({ code: '42P01' });
  await one.query('CREATE TABLE not_yet AS SELECT 1 AS n');
  const answer = [[{ firstN: 1 }], [{ secondN: 2 }], [{ secondN: 2 }]];
  for (let round = 0; round < 3; round += 1) expect(await ask()).toEqual(answer);
});

test('values arrive as they were, whatever they are made of', async () => {
  const statement = {
    name: 'test:values',
    text: `SELECT $1::text AS text, $2::int AS "none", $3::bytea AS bytes, $4::text[] AS list, $5::jsonb AS json, $6::bool AS truth,
                  $7::bigint AS whole, $8::timestamptz AS at, octet_length($1::text) AS size`,
  };
  const list = ['a"b', "c'd", 'e\\f', '{g,h}', '', '😀', null];
  const json = { deep: [1, { text: 'Ё"\\' }] };
  for (const text of ['', 'ёж 😀 ﷽', 'x', 'Ж'.repeat(300_000), 'after it']) {
    const bytes = Buffer.from([0, 255, 10, 92]);
    const values = [
      text,
      null,
      bytes,
      list,
      JSON.stringify(json),
      true,
      9_007_199_254_740_991,
      '2026-11-25T10:00:00.123Z',
    ];
    const size = Buffer.byteLength(text);
    const at = Date.parse('2026-11-25T10:00:00.123Z');
    const expected = { text, none: null, bytes, list, json, truth: true, whole: 9_007_199_254_740_991, at, size };
    expect(await db.query(statement, values)).toEqual([expected]);
    expect(await db.transaction((tx) => tx.query(statement, values))).toEqual([expected]);
  }
  await expect(db.query(statement, ['\0', null, null, null, null, null, null, null])).rejects.toMatchObject({
    code: '22021',
  });
});

test('a server that hangs up in the middle of anything ends statements, not the process, and the pool connects again', async () => {
  for (let round = 0; round < 15; round += 1) {
    const busy = Promise.allSettled([
      db.query('SELECT pg_sleep(0.05)'),
      db.transaction(async (tx) => {
        await tx.query('SELECT 1');
        await new Promise((resolve) => setTimeout(resolve, round * 4));
        await tx.query('SELECT 2');
      }),
      db.transaction((tx) => tx.query('SELECT pg_sleep(0.05)')),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 10 + round));
    await hangUp();
    await busy;
    await expect.poll(() => db.query('SELECT 1 AS one').catch(() => [])).toEqual([{ one: 1 }]);
  }
  expect(uncaught).toEqual([]);
});

test('a column that a newer version adds under prepared statements costs one retry at most, and mixes no values up', async () => {
  await db.query('CREATE TABLE grown (n int, word text)');
  await db.query("INSERT INTO grown VALUES (1, 'one')");
  const read = { name: 'grown:read', text: 'SELECT g.*, 7 AS total FROM grown g' };
  const within = () => db.transaction((tx) => tx.query(read));
  const everywhere = () => Promise.all([within(), within(), within(), within()]);
  expect(await everywhere()).toEqual(Array(4).fill([{ n: 1, word: 'one', total: 7 }]));
  await admin.query('ALTER TABLE grown ADD COLUMN later int NOT NULL DEFAULT 3');
  const failure = await within().catch((error: unknown) => error);
  // As a lost connection, which all who retry understand: an update is tried again and not counted as faulty.
  expect(failure).toMatchObject({ code: 'ECONNRESET' });
  await expect.poll(() => everywhere().catch(() => [])).toHaveLength(4);
  expect(await everywhere()).toEqual(Array(4).fill([{ n: 1, word: 'one', later: 3, total: 7 }]));
  expect(await db.query(read)).toEqual([{ n: 1, word: 'one', later: 3, total: 7 }]);
});

test('the Prisma client reads through the same pool', async () => {
  const prisma = await db.prisma();
  expect(await prisma.person.count()).toBe(0);
  expect(db.poolState().total).toBeLessThanOrEqual(4);
});
