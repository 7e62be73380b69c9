/** Guards what the queue tells of its troubles: errors that can be read, logged and counted by their kind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { startQueue } from './queue.ts';

let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await testDatabase();
});
afterAll(() => postgres.drop());

test('what a worker fails with reaches the log as an error with its code and words, not as a bare object', async () => {
  const db = postgres.database();
  const told: unknown[] = [];
  const words = 'the database system is starting up';
  const queue = await startQueue({
    db: {
      ...db,
      // What a worker asks for jobs with.
      executeSql: (text, values) =>
        text.includes('SKIP LOCKED')
          ? Promise.reject(Object.assign(new Error(words), { code: '57P03' }))
          : db.executeSql(text, values),
    },
    jobs: [{ name: 'nothing', cron: '0 0 1 1 *', zone: 'UTC', expireSeconds: 60, run: async () => {} }],
    onError: (error) => void told.push(error),
    signal: new AbortController().signal,
  });
  await expect.poll(() => told.length).toBeGreaterThan(0);
  await queue?.stop(1_000);
  for (const error of told) {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ message: expect.stringContaining(words), code: '57P03' });
  }
});

test('a database that goes away while the queue starts is asked again, until told to end', async () => {
  const db = postgres.database();
  const told: unknown[] = [];
  const away = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  let failed = 0;
  const start = (isAway: (text: string) => boolean, signal: AbortSignal) =>
    startQueue({
      db: {
        ...db,
        executeSql: (text, values) => {
          if (!isAway(text)) return db.executeSql(text, values);
          failed += 1;
          return Promise.reject(away);
        },
      },
      jobs: [{ name: 'yearly', cron: '0 0 1 1 *', zone: 'UTC', expireSeconds: 60, run: async () => {} }],
      onError: (error) => void told.push(error),
      signal,
    });
  // Somewhere in the middle of all that a start asks.
  const queue = await start((text) => failed === 0 && text.includes('create_queue'), new AbortController().signal);
  expect(told).toContain(away);
  expect((await queue?.depth())?.map((one) => one.queue)).toContain('yearly');
  await queue?.stop(1_000);
  const ending = new AbortController();
  const never = start(() => true, ending.signal);
  ending.abort();
  expect(await never).toBeUndefined();
});
