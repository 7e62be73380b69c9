/** Guards notifications: they come, and come again after the connection was lost. */
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import type { Database } from './database.ts';
import { type Listener, openListener } from './listener.ts';

let postgres: TestDatabase;
let db: Database;
let listener: Listener | undefined;
const errors: Error[] = [];
beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database(2);
});
afterAll(() => postgres.drop());
afterEach(async () => {
  await listener?.close();
  listener = undefined;
  errors.length = 0;
});

function open(): Listener {
  listener = openListener({ connection: postgres.connection, onError: (error) => void errors.push(error) });
  return listener;
}

const backends = () =>
  db.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'steward-listen' AND datname = current_database()`,
  );

test('each channel calls its own listeners, over one connection', async () => {
  const heard: string[] = [];
  const one = open();
  await one.listen('first', () => void heard.push('first'));
  await one.listen('second', () => void heard.push('second'));
  await one.listen('second', () => void heard.push('second too'));
  heard.length = 0;
  await db.query(`SELECT pg_notify('second', '')`);
  await expect.poll(() => heard).toEqual(['second', 'second too']);
  expect(await backends()).toHaveLength(1);
});

test('who stopped listening is not called', async () => {
  const heard: string[] = [];
  const one = open();
  const stop = await one.listen('channel', () => void heard.push('gone'));
  await one.listen('channel', () => void heard.push('here'));
  await stop();
  heard.length = 0;
  await db.query(`SELECT pg_notify('channel', '')`);
  await expect.poll(() => heard).toEqual(['here']);
});

test('after its connection was ended it comes back, calls everyone once, and hears again', async () => {
  const heard: string[] = [];
  const one = open();
  await one.listen('a', () => void heard.push('a'));
  await one.listen('b', () => void heard.push('b'));
  const [before] = await backends();
  heard.length = 0;
  await db.query('SELECT pg_terminate_backend($1)', [before?.pid]);
  // What was notified in between is lost: being called stands for it.
  await expect.poll(() => [...heard].sort()).toEqual(['a', 'b']);
  const [after] = await backends();
  expect(after?.pid).not.toBe(before?.pid);
  heard.length = 0;
  await db.query(`SELECT pg_notify('b', '')`);
  await expect.poll(() => heard).toEqual(['b']);
});

test('closed, it does not come back', async () => {
  const one = open();
  await one.listen('a', () => {});
  await one.close();
  await expect.poll(backends).toHaveLength(0);
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(await backends()).toHaveLength(0);
});

test('a server that takes connections and says nothing holds up neither listening nor the end for long', async () => {
  const silent = createServer(() => {});
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const started = performance.now();
  listener = openListener({
    connection: { host: '127.0.0.1', port, user: 'nobody', database: 'none' },
    onError: (error) => void errors.push(error),
  });
  await listener.listen('a', () => {});
  await listener.close();
  // Neither would ever end by itself.
  expect(performance.now() - started).toBeLessThan(30_000);
  expect(errors.length).toBeGreaterThan(0);
  listener = undefined;
  silent.close();
});
