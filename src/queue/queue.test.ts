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
  });
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(0);
  await queue.stop(1_000);
  for (const error of told) {
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ message: expect.stringContaining(words), code: '57P03' });
  }
});
