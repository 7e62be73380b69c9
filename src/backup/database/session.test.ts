/** Guards the sessions of backup and restore: what takes long there is not ended by a bound that is meant for short statements. */
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { withSession } from './session.ts';

let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await testDatabase();
});
afterAll(() => postgres.drop());

/** The bound of short statements, made short enough to be met. */
const session = <T>(work: (client: pg.Client) => Promise<T>) =>
  withSession({ ...postgres.connection, query_timeout: 200 }, work);
const wait = () => new Promise((resolve) => setTimeout(resolve, 400));

test('a statement may take as long as an index of millions of rows does', async () => {
  const { rows } = await session((client) => client.query("SELECT pg_sleep(0.4), 'done' AS state"));
  expect(rows).toMatchObject([{ state: 'done' }]);
});

test('rows may come and go as slowly as a bucket takes and gives them', async () => {
  const read = await session(async (client) => {
    await client.query('CREATE TEMP TABLE slow (word text)');
    const slowly = async function* () {
      yield 'one\n';
      await wait();
      yield 'two\n';
    };
    await pipeline(Readable.from(slowly()), client.query(copyFrom('COPY slow FROM STDIN')));
    let text = '';
    const patient = new Writable({
      write: (chunk, _, done) => {
        text += String(chunk);
        void wait().then(() => done());
      },
    });
    await pipeline(client.query(copyTo('COPY slow TO STDOUT')), patient);
    return text;
  });
  expect(read).toBe('one\ntwo\n');
});
