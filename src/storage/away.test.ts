/** Guards what a start waits for: a database that will come by itself, and nothing that somebody has to mend. */
import { expect, test } from 'vitest';
import { databaseOfFile } from '../../test/support/postgres.ts';
import { Upstream } from '../core/errors.ts';
import { isConnectionTrouble, whileAway } from './away.ts';

const db = databaseOfFile();
const coded = (code: string) => Object.assign(new Error('told'), { code });
const wrapped = (error: Error) => new Upstream('postgresql', 'The database cannot be used.', { cause: error });

/** How often it was tried when it fails once with `error`. */
async function tries(error: Error): Promise<number> {
  let tried = 0;
  await whileAway(
    async () => {
      tried += 1;
      if (tried === 1) throw error;
    },
    () => {},
  ).catch(() => {});
  return tried;
}

test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P01', '57P02', '57P03', '08006', '53300', '25006'])(
  '%s passes by itself and is waited for, also where it comes with its mend',
  async (code) => {
    expect(await Promise.all([tries(coded(code)), tries(wrapped(coded(code)))])).toEqual([2, 2]);
  },
);

test.each(['28P01', '28000', '3D000', '42501', '42P01', '57P04'])('%s is told at once', async (code) => {
  expect(await Promise.all([tries(coded(code)), tries(wrapped(coded(code)))])).toEqual([1, 1]);
});

test('a statement that the operator cancels is worth another try, one that takes too long is an error', async () => {
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const slept = failed(db.query('SELECT pg_sleep(60)'));
  const cancel =
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND datname = current_database() AND state = 'active'";
  await expect.poll(() => db.query(cancel)).toHaveLength(1);
  expect(isConnectionTrouble(await slept)).toBe(true);
  const slow = db.transaction(async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 20');
    await tx.query('SELECT pg_sleep(60)');
  });
  expect(isConnectionTrouble(await failed(slow))).toBe(false);
});
