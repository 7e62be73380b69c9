/** The embedded server between several Stewards, and after any of them or the server itself was killed. */
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../../src/storage/postgres/process.ts';
import { type DataPlace, dataPlace, query } from './data-place.ts';

let place: DataPlace;

beforeEach(() => {
  place = dataPlace();
});
afterEach(() => place.clear());

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { message: what, interval: 25 }).toBe(true);
}

test('a second start joins, and the server lives until the last one leaves', async () => {
  const one = place.other();
  const { pid = 0 } = await one.line('origin');
  const two = place.other();
  expect(await two.line('origin')).toMatchObject({ origin: 'joined', pid });
  one.child.kill('SIGTERM');
  await one.line('stopped');
  const { connection } = await two.line('connection');
  if (!connection) throw new Error('no connection');
  expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  two.child.kill('SIGTERM');
  await two.line('stopped');
  expect(isAlive(pid)).toBe(false);
});

test('five starts at once on a new folder make one server', async () => {
  const five = Array.from({ length: 5 }, () => place.other());
  const lines = await Promise.all(five.map((one) => one.line('origin')));
  expect(new Set(lines.map((line) => line.pid)).size).toBe(1);
  expect(lines.filter((line) => line.origin === 'created')).toHaveLength(1);
  expect(lines.filter((line) => line.origin === 'joined')).toHaveLength(4);
  for (const one of five) one.child.kill('SIGTERM');
  await Promise.all(five.map((one) => one.line('stopped')));
  expect(isAlive(lines[0]?.pid ?? 0)).toBe(false);
});

test('two in one process share the server too', async () => {
  const one = await place.start();
  const two = await place.start();
  expect(two.pid()).toBe(one.pid());
  await one.stop();
  expect(await query(two.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('after kill -9 of Steward the next start adopts the server and stops it in the end', async () => {
  const killed = place.other();
  const { pid = 0 } = await killed.line('origin');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'close');
  expect(isAlive(pid)).toBe(true);
  const next = await place.start();
  expect(next).toMatchObject({ origin: 'joined' });
  expect(next.pid()).toBe(pid);
  await next.stop();
  expect(isAlive(pid)).toBe(false);
});

test('after kill -9 of PostgreSQL it is started again, the pool reconnects and nothing committed is lost', async () => {
  const server = await place.start();
  const pool = new pg.Pool(server.connection);
  pool.on('error', () => {});
  await pool.query('CREATE TABLE kept AS SELECT 7 AS seven');
  const told: string[] = [];
  server.onExit((reason) => told.push(reason));
  const before = server.pid();
  process.kill(before, 'SIGKILL');
  await until('a new server', () => server.pid() !== before);
  await until('the pool', () =>
    pool.query('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  expect((await pool.query('SELECT seven FROM kept')).rows).toEqual([{ seven: 7 }]);
  expect(told).toHaveLength(1);
  await pool.end();
});

test('a start waits for what is left of a killed server to let go of its data', async () => {
  const killed = place.other();
  const { pid = 0 } = await killed.line('origin');
  // A part that is busy with the disk notices late that its server is gone.
  const busy = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]);
  process.kill(busy, 'SIGSTOP');
  try {
    killed.child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await until('both are dead', () => !isAlive(pid) && killed.child.signalCode !== null);
    const starting = place.start();
    starting.catch(() => {});
    const log = path.join(place.folder, 'data', 'run', 'postgres.log');
    await until('the data is held', () => /shared memory.*in use/.test(readFileSync(log, 'utf8')));
    process.kill(busy, 'SIGCONT');
    expect((await starting).origin).toBe('started');
  } finally {
    if (isAlive(busy)) process.kill(busy, 'SIGCONT');
  }
});

test('after kill -9 of PostgreSQL under two users one of them starts it, for both', async () => {
  const mine = await place.start();
  const joined = place.other();
  await joined.line('origin');
  const before = mine.pid();
  process.kill(before, 'SIGKILL');
  await joined.line('exit');
  await until('a new server', () => mine.pid() !== before);
  const { connection } = await joined.line('connection');
  if (!connection) throw new Error('no connection');
  await until('the old address', () =>
    query(connection, 'SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  expect(connection).toEqual(mine.connection);
});

test('a pid file left by a reboot, whose number is now anyone’s, does not hinder the start', async () => {
  const first = await place.start();
  const file = path.join(place.folder, 'data', 'postgres', 'postmaster.pid');
  const content = readFileSync(file, 'utf8');
  process.kill(first.pid(), 'SIGKILL');
  await first.stop();
  const [, ...rest] = content.split('\n');
  writeFileSync(file, [process.pid, ...rest].join('\n'));
  const next = await place.start();
  expect(next.origin).toBe('started');
  expect(await query(next.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('an initdb that was killed leaves nothing that hinders the next start', async () => {
  const dataDir = path.join(place.folder, 'data');
  mkdirSync(path.join(dataDir, 'postgres.new-1'), { recursive: true });
  writeFileSync(path.join(dataDir, 'postgres.new-1', 'PG_VERSION'), '18\n');
  const server = await place.start(dataDir);
  expect(server.origin).toBe('created');
  expect(readdirSync(dataDir).filter((name) => name.includes('.new-'))).toEqual([]);
});
