/** Guards what every database test stands on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

let one: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [one, other] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(async () => {
  await Promise.all([one?.drop(), other?.drop()]);
});

test('a test database is migrated and of its own', async () => {
  await one.database().query("INSERT INTO people (name, timezone) VALUES ('Ada', 'UTC')");
  expect(await one.database().query('SELECT name FROM people')).toEqual([{ name: 'Ada' }]);
  expect(await other.database().query('SELECT name FROM people')).toEqual([]);
});
