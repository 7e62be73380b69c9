/** Guards stored errors: one row a fingerprint, found by its reference, kept through an outage, without anybody's words. */
import { Writable } from 'node:stream';
import { beforeEach, expect, test } from 'vitest';
import { databaseOfFile } from '../../test/support/postgres.ts';
import { DrivenClock } from '../core/clock.ts';
import { createLogger } from '../observability/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import type { Database } from './database.ts';
import { openErrorRecorder, type StoredError, trimErrors } from './stored-errors.ts';

const db = databaseOfFile();
beforeEach(() => db.query('DELETE FROM stored_errors'));

function recording(database: Database = db) {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const clock = new DrivenClock('2026-11-22T10:00:00Z');
  const metrics = createMetrics();
  const log = createLogger({ level: 'debug', format: 'json', stream });
  return { recorder: openErrorRecorder({ db: database, clock, metrics, log }), lines, clock, metrics };
}
const rows = () => db.query<StoredError>('SELECT * FROM stored_errors ORDER BY first_seen, fingerprint');

test('the same error is one row with its count, first and last time, and the last reference', async () => {
  const { recorder, clock, lines, metrics } = recording();
  const began = clock.now();
  recorder.record(new TypeError('task 17 is gone'), 'update.message');
  clock.advance(60_000);
  const last = recorder.record(new TypeError('task 4211 is gone'), 'update.message');
  await recorder.flush();
  expect(await rows()).toMatchObject([
    {
      kind: 'TypeError',
      summary: 'TypeError in update.message',
      count: 2,
      firstSeen: began,
      lastSeen: began + 60_000,
      lastRef: last,
    },
  ]);
  expect(lines.filter((line) => line.includes(`"ref":"${last}"`) && line.includes('unexpected error'))).toHaveLength(1);
  expect((await metrics.expose()).body).toContain('steward_errors_total{kind="TypeError"} 2');
});

test('another class, code, place or message is another row', async () => {
  const { recorder } = recording();
  recorder.record(new TypeError('a'), 'x');
  recorder.record(new RangeError('a'), 'x');
  recorder.record(new TypeError('b'), 'x');
  recorder.record(new TypeError('a'), 'y');
  recorder.record(Object.assign(new TypeError('a'), { code: '23505' }), 'x');
  await recorder.flush();
  expect(await rows()).toHaveLength(5);
});

test('what somebody wrote makes no new row and stands in none, nor in the log', async () => {
  const { recorder, lines } = recording();
  for (const words of ['planted one', 'planted two', "planted 'three'"])
    recorder.record(new Error(`invalid value: "${words}"`), 'update.message');
  recorder.record(Object.assign(new Error('x'), { code: 'planted words' }), 'update.message');
  await recorder.flush();
  const kept = await rows();
  expect(kept).toHaveLength(2);
  expect(kept[0]?.count).toBeGreaterThan(0);
  expect(JSON.stringify(kept) + lines.join('')).not.toContain('planted');
});

test('errors while the database is away are stored when it is back, in order, with their own times', async () => {
  let away = true;
  const flaky: Database = {
    ...db,
    query: (...parts) => (away ? Promise.reject(new Error('connection terminated')) : db.query(...parts)),
  };
  const { recorder, clock } = recording(flaky);
  const began = clock.now();
  for (let n = 0; n < 3; n += 1) {
    recorder.record(new Error('while away'), 'job.trim');
    clock.advance(1_000);
  }
  await expect(recorder.flush()).rejects.toThrow('terminated');
  expect(await rows()).toEqual([]);
  away = false;
  await recorder.flush();
  expect(await rows()).toMatchObject([{ count: 3, firstSeen: began, lastSeen: began + 2_000 }]);
});

test('a row the database refuses does not hold up those behind it', async () => {
  const { recorder } = recording();
  recorder.record(new Error('first'), 'place with \u0000 no database takes');
  recorder.record(new Error('second'), 'job.trim');
  await recorder.flush();
  expect(await rows()).toMatchObject([{ summary: 'Error in job.trim' }]);
});

test('whatever is thrown can be recorded', async () => {
  const { recorder } = recording();
  for (const odd of [undefined, null, 7, 'text', Symbol('x'), Object.create(null), { code: { deep: 1 } }])
    expect(recorder.record(odd, 'odd')).toMatch(/^[2-9A-Z]{4}$/);
  await recorder.flush();
  expect((await rows()).length).toBeGreaterThan(0);
});

test('a flood while the database is away is bounded in memory', async () => {
  let away = true;
  const flaky: Database = {
    ...db,
    query: (...parts) => (away ? Promise.reject(new Error('away')) : db.query(...parts)),
  };
  const { recorder } = recording(flaky);
  for (let n = 0; n < 2_000; n += 1) recorder.record(new Error('flood'), 'x');
  await recorder.flush().catch(() => {});
  away = false;
  await recorder.flush();
  expect(await rows()).toMatchObject([{ count: 500 }]);
});

test('errors not seen for 90 days are forgotten', async () => {
  const { recorder, clock } = recording();
  recorder.record(new Error('old'), 'x');
  await recorder.flush();
  await trimErrors(db, clock.now() + 89 * 86_400_000);
  expect(await rows()).toHaveLength(1);
  await trimErrors(db, clock.now() + 91 * 86_400_000);
  expect(await rows()).toHaveLength(0);
});
