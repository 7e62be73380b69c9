/** Guards what the operator is told: new errors once, and ground that gives way; and gauges that do not wait for the database. */
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testPerson } from '../../test/support/context.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { type Directory, openDirectory, type Person } from '../access/people.ts';
import { DrivenClock } from '../core/clock.ts';
import type { BotId } from '../core/ids.ts';
import { createLogger } from '../observability/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import type { Database } from '../storage/database.ts';
import { openErrorRecorder } from '../storage/stored-errors.ts';
import { startGauges } from './gauges.ts';
import { checkGround, settleGround } from './ground.ts';
import { type NoticeOptions, startNotices, tellOperator } from './notices.ts';

const BOT = 4242 as BotId;
const OPERATOR = 51;
const clock = new DrivenClock('2026-11-22T10:00:00Z');
const metrics = createMetrics();
const lines: string[] = [];
const log = createLogger({
  level: 'info',
  format: 'json',
  stream: new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  }),
});

let postgres: TestDatabase;
let db: Database;
let directory: Directory;
let operator: Person;
let folder: string;
beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database(6);
  operator = await testPerson(db, OPERATOR, { name: 'Olga', role: 'operator' });
  await testPerson(db, 52, { name: 'Mia' });
  directory = await openDirectory(db, clock, new Set([OPERATOR, 52]), () => {});
  folder = mkdtempSync(path.join(tmpdir(), 'operator-'));
});
afterAll(async () => {
  await directory.stop();
  await postgres.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await db.query('DELETE FROM stored_errors');
  await db.query('DELETE FROM outbox');
  await db.query('DELETE FROM bot_facts');
  lines.length = 0;
});

const recorder = () => openErrorRecorder({ db, clock, metrics, log });
const outbox = () =>
  db.query<{ chatId: number; state: string; text: string }>(
    `SELECT chat_id, state, payload->>'text' AS text FROM outbox ORDER BY id`,
  );

/** The loop of one replica, on a disk with room. */
const notices = (unlike: Partial<NoticeOptions>) =>
  startNotices({
    db,
    clock,
    botId: BOT,
    directory,
    config: { dataDir: folder },
    disk: async () => disk('ok', 9_000),
    beat: () => {},
    onError: () => {},
    ...unlike,
  });

test('a new error waits in the outbox for the operator alone, once over all replicas and turns', async () => {
  const errors = recorder();
  const ref = errors.record(new TypeError('planted'), 'update.message');
  await errors.flush();
  const tell = () => tellOperator({ db, clock, botId: BOT }, operator);
  await Promise.all([tell(), tell(), tell()]);
  await tell();
  errors.record(new TypeError('planted'), 'update.message');
  await errors.flush();
  await tell();
  const sent = await outbox();
  expect(sent).toMatchObject([{ chatId: OPERATOR, state: 'due' }]);
  expect(sent[0]?.text).toContain(ref);
  expect(sent[0]?.text).toContain('TypeError in update.message');
  expect(sent[0]?.text).not.toContain('planted');
});

test('the loop tells at its first turn, and again nothing', async () => {
  const errors = recorder();
  errors.record(new RangeError('x'), 'job.trim');
  await errors.flush();
  const beats: string[] = [];
  const loop = notices({
    beat: (name) => void beats.push(name),
    onError: (error) => void beats.push(String(error)),
  });
  await expect.poll(async () => (await outbox()).length).toBe(1);
  loop.wake();
  await expect.poll(() => beats.length).toBeGreaterThan(1);
  await loop.stop();
  expect(new Set(beats)).toEqual(new Set(['notices']));
  expect(await outbox()).toHaveLength(1);
});

const disk = (status: 'ok' | 'degraded' | 'down', freeMib: number) => ({
  status,
  message: '',
  freeBytes: freeMib * 1_048_576,
  sizeBytes: 9_000 * 1_048_576,
});

test('a disk that fills up is told step by step, by one replica; what could not be told while it was full is told afterwards', async () => {
  let seen = disk('ok', 9_000);
  let looks = 0;
  let refusals = 0;
  const replicas = [1, 2].map(() => {
    let isFull = false;
    // A full disk takes no changes, until it was seen otherwise.
    const full: Database = {
      ...db,
      transaction: async (work) => {
        if (!isFull) return db.transaction(work);
        refusals += 1;
        throw Object.assign(new Error('could not extend file'), { code: '53100' });
      },
    };
    return notices({
      db: full,
      disk: async () => {
        looks += 1;
        isFull = seen.status === 'down';
        return seen;
      },
    });
  });
  const told = async () => (await outbox()).map(({ text }) => text);
  await expect.poll(() => looks).toBeGreaterThanOrEqual(2);
  expect(await told()).toEqual([]);
  seen = disk('degraded', 300);
  for (const replica of replicas) replica.wake();
  await expect.poll(told).toEqual([expect.stringMatching(/nearly full: 300 MB/)]);
  seen = disk('down', 0);
  for (const replica of replicas) replica.wake();
  await expect.poll(() => refusals).toBeGreaterThanOrEqual(3);
  seen = disk('ok', 4_000);
  await expect.poll(async () => (await told()).at(-1)).toMatch(/was full.*space again: 4000 MB/);
  seen = disk('degraded', 300);
  const before = looks;
  for (const replica of replicas) replica.wake();
  await expect.poll(() => looks).toBeGreaterThanOrEqual(before + 2);
  await Promise.all(replicas.map((replica) => replica.stop()));
  expect(await told()).toHaveLength(2);
});

test('what is to be told waits for an operator who has not written yet, and is told once they do', async () => {
  await db.query("UPDATE people SET name = '' WHERE id = $1", [operator.id]);
  const errors = recorder();
  errors.record(new RangeError('x'), 'job.trim');
  await errors.flush();
  let looks = 0;
  const loop = notices({
    disk: async () => {
      looks += 1;
      return disk('degraded', 300);
    },
  });
  // A turn that is over: the next has begun.
  await expect.poll(() => looks).toBe(1);
  loop.wake();
  await expect.poll(() => looks).toBe(2);
  expect(await outbox()).toEqual([]);
  await db.query("UPDATE people SET name = 'Olga' WHERE id = $1", [operator.id]);
  await expect.poll(async () => (await outbox()).length).toBe(2);
  await loop.stop();
  expect((await outbox()).map(({ text }) => text)).toEqual([
    expect.stringMatching(/nearly full: 300 MB/),
    expect.stringContaining('RangeError in job.trim'),
  ]);
});

test('sound ground is no news', async () => {
  chmodSync(folder, 0o700);
  const errors = recorder();
  await checkGround({
    db,
    config: { dataDir: folder, database: { connection: undefined, poolMax: 5 }, masterKeys: [] },
    log,
    errors,
    cwd: folder,
  });
  expect(await db.query('SELECT * FROM stored_errors')).toEqual([]);
});

test('secrets open to everyone, and a folder everyone may write, are told to the operator with their mend in the log', async () => {
  const secrets = path.join(folder, '.env');
  writeFileSync(secrets, 'TELEGRAM_BOT_TOKEN=x');
  chmodSync(secrets, 0o644);
  chmodSync(folder, 0o777);
  const errors = recorder();
  await checkGround({
    db,
    config: { dataDir: folder, database: { connection: undefined, poolMax: 5 }, masterKeys: [] },
    log,
    errors,
    cwd: folder,
  });
  await tellOperator({ db, clock, botId: BOT }, operator);
  const [notice] = await outbox();
  expect(notice?.text).toContain('GroundFault in ground.secrets');
  expect(notice?.text).toContain('GroundFault in ground.data-folder');
  expect(lines.join('')).toContain(`chmod 600 ${secrets}`);
  rmSync(secrets);
  chmodSync(folder, 0o700);
});

test('a database that is away makes the look at the ground fail, to be run again', async () => {
  const gone: Database = { ...db, query: () => Promise.reject(new Error('connection terminated')) };
  const config = { dataDir: folder, database: { connection: undefined, poolMax: 5 }, masterKeys: [] };
  await expect(checkGround({ db: gone, config, log, errors: recorder(), cwd: folder })).rejects.toThrow('terminated');
});

test('a data folder open to everyone is closed at the start, a volume beside a database of its own is left alone', async () => {
  chmodSync(folder, 0o757);
  await settleGround({ dataDir: folder, database: { connection: { host: 'db' }, poolMax: 5 } }, log, 0);
  expect(statSync(folder).mode & 0o777).toBe(0o757);
  await settleGround({ dataDir: folder, database: { connection: undefined, poolMax: 5 } }, log, 0);
  expect(statSync(folder).mode & 0o777).toBe(0o751);
  expect(lines.join('')).toContain('closed');
  chmodSync(folder, 0o700);
});

test('what a dead process left is cleared at the start, and said', async () => {
  writeFileSync(path.join(folder, '.steward-x.tmp'), '');
  await settleGround(
    { dataDir: folder, database: { connection: undefined, poolMax: 5 } },
    log,
    Date.parse('2100-01-01'),
  );
  expect(lines.join('')).toContain('"count":1');
  await settleGround({ dataDir: path.join(folder, 'none'), database: { connection: undefined, poolMax: 5 } }, log, 0);
});

test('gauges tell a database that hangs as down, and do not wait for it nor queue up before it', async () => {
  const own = createMetrics();
  let asked = 0;
  const hanging: Database = {
    ...db,
    query: () => {
      asked += 1;
      return new Promise(() => {});
    },
  };
  const watched = {
    clock,
    metrics: own,
    errors: recorder(),
    bot: () => undefined,
    queue: () => undefined,
    beat: () => {},
    ready: () => true,
    mode: 'polling' as const,
    dataDir: '.',
  };
  const well = startGauges({ ...watched, db });
  await expect.poll(async () => (await own.expose()).body).toContain('steward_database_up 1');
  await well.stop();
  const hung = startGauges({ ...watched, db: hanging });
  await expect.poll(async () => (await own.expose()).body).toContain('steward_database_up 0');
  hung.wake();
  await expect
    .poll(async () => (await own.expose()).body)
    .toMatch(/steward_event_loop_delay_seconds\{quantile="0.99"\} 0\.\d/);
  await hung.stop();
  expect(asked).toBe(1);
});
