/** The embedded server: private, unprivileged, told nothing of ours, and a mend said for every place it cannot use. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundLog } from '../../src/storage/postgres/log-file.ts';
import { isAlive } from '../../src/storage/postgres/process.ts';
import { type DataPlace, dataPlace, query } from './data-place.ts';

const linux = process.platform === 'linux';
const root = process.getuid?.() === 0;

let place: DataPlace;

beforeEach(() => {
  place = dataPlace();
});
afterEach(() => place.clear());

test('a new folder gets a database with checksums, UTF-8 and no network, and keeps what was committed', async () => {
  const first = await place.start();
  expect(first.origin).toBe('created');
  const settings = await query<Record<string, string>>(
    first.connection,
    `SELECT current_setting('data_checksums') AS checksums, current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS network,
            current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS durable, current_setting('jit') AS jit, current_setting('TimeZone') AS zone`,
  );
  expect(settings[0]).toEqual({
    checksums: 'on',
    encoding: 'UTF8',
    network: '',
    fsync: 'on',
    durable: 'on',
    jit: 'off',
    zone: 'UTC',
  });
  await query(first.connection, 'CREATE TABLE kept AS SELECT 1 AS one');
  await first.stop();
  expect(isAlive(first.pid())).toBe(false);
  const second = await place.start();
  expect(second.origin).toBe('started');
  expect(await query(second.connection, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
});

test('only its users reach the socket: the folder is 0700 and the database knows no other system user', async () => {
  const server = await place.start();
  expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
  await expect(query({ ...server.connection, user: 'nobody' }, 'SELECT 1')).rejects.toThrow(/pg_hba|authentication/);
  expect(readFileSync(path.join(place.folder, 'data', 'postgres', 'pg_hba.conf'), 'utf8')).toBe(
    'local all steward peer map=steward\n',
  );
});

test('PostgreSQL gets nothing of our environment and runs without our rights', async (context) => {
  context.skip(!linux, 'what a process was given can be read on Linux only');
  const planted = place.other(undefined, { TELEGRAM_BOT_TOKEN: 'planted-secret', PGPASSWORD: 'planted-too' });
  const { pid = 0 } = await planted.line('pid');
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
  expect(environment).not.toMatch(/planted|TELEGRAM|PGPASSWORD|HOME|NODE/);
  expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
});

test('a path too long for a socket gets its socket elsewhere, as private', async () => {
  const server = await place.start(path.join(place.folder, 'deep'.repeat(20), 'deeper'.repeat(10)));
  expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(Buffer.byteLength(server.connection.host)).toBeLessThan(100);
  const host = server.connection.host;
  expect(statSync(host).mode & 0o777).toBe(0o700);
  await server.stop();
  if (!host.startsWith(place.folder)) expect(existsSync(host)).toBe(false);
});

test('as root, a data folder below a root-only folder works', async (context) => {
  context.skip(!root, 'these tests do not run as root');
  const parent = '/root/.steward-test';
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  chmodSync(parent, 0o700);
  try {
    const server = await place.start(path.join(parent, 'data'));
    expect(await query(server.connection, 'SELECT current_user AS name')).toEqual([{ name: 'steward' }]);
    await query(server.connection, 'CREATE TABLE kept AS SELECT 1 AS one');
    await query(server.connection, 'CHECKPOINT');
    await server.stop();
    expect((await place.start(path.join(parent, 'data'))).origin).toBe('started');
  } finally {
    await place.stopServers();
    rmSync(parent, { recursive: true, force: true });
  }
});

test('data of another major version, a folder that is no database and an unwritable place say how to mend it', async () => {
  const made = path.join(place.folder, 'old');
  mkdirSync(path.join(made, 'postgres'), { recursive: true });
  writeFileSync(path.join(made, 'postgres', 'PG_VERSION'), '16\n');
  await expect(place.start(made)).rejects.toThrow(/made by PostgreSQL 16.*Mend: .*restore.*DATABASE_URL/s);
  const strange = path.join(place.folder, 'strange');
  mkdirSync(path.join(strange, 'postgres'), { recursive: true });
  writeFileSync(path.join(strange, 'postgres', 'letter.txt'), 'Dear Ada');
  await expect(place.start(strange)).rejects.toThrow(/holds no PostgreSQL data.*Mend: /s);
  if (linux) await expect(place.start('/proc/nowhere/data')).rejects.toThrow(/cannot be written.*Mend: /s);
  writeFileSync(path.join(place.folder, 'file'), '');
  await expect(place.start(path.join(place.folder, 'file', 'data'))).rejects.toThrow(
    /cannot be written.*Mend: .*STEWARD_DATA_DIR/s,
  );
});

test('what people wrote does not reach the server’s log', async () => {
  const server = await place.start();
  await query(server.connection, "CREATE TABLE notes (body text UNIQUE CHECK (body <> 'planted-secret-x'))");
  await query(server.connection, "INSERT INTO notes VALUES ('planted-secret-y')");
  await expect(query(server.connection, "INSERT INTO notes VALUES ('planted-secret-y')")).rejects.toThrow(/duplicate/);
  await expect(query(server.connection, "INSERT INTO notes VALUES ('planted-secret-x')")).rejects.toThrow(/check/);
  expect(readFileSync(path.join(place.folder, 'data', 'run', 'postgres.log'), 'utf8')).not.toContain('planted-secret');
});

test('the server’s log stays bounded, its latest part is kept', () => {
  const file = path.join(place.folder, 'postgres.log');
  writeFileSync(file, 'x'.repeat(6_000_000));
  boundLog(file);
  expect([statSync(file).size, statSync(`${file}.1`).size]).toEqual([0, 6_000_000]);
  writeFileSync(file, 'short');
  boundLog(file);
  expect([statSync(file).size, statSync(`${file}.1`).size]).toEqual([5, 6_000_000]);
});
