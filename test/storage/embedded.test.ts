/** The embedded server: shared, unprivileged, told nothing of ours, back after any kill. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedConnection, type EmbeddedPostgres, startEmbedded } from '../../src/storage/embedded.ts';
import { boundLog } from '../../src/storage/postgres/log-file.ts';
import { isAlive } from '../../src/storage/postgres/process.ts';

const linux = process.platform === 'linux';
const root = process.getuid?.() === 0;

interface Line {
  log?: string;
  origin?: string;
  pid?: number;
  connection?: EmbeddedConnection;
  exit?: string;
  stopped?: boolean;
  error?: string;
}

/** A Steward of another process. */
interface Other {
  readonly child: ChildProcess;
  /** The first line that has `key`; rejects when the process ends before. */
  line(key: keyof Line): Promise<Line>;
}

let folder: string;
let children: ChildProcess[];
let servers: EmbeddedPostgres[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-embedded-'));
  children = [];
  servers = [];
});
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  await Promise.all(servers.map((server) => server.stop()));
  // A server whose Steward was killed is adopted and stopped.
  for (const dataDir of [path.join(folder, 'data'), ...(root ? ['/root/.steward-test/data'] : [])])
    if (existsSync(path.join(dataDir, 'postgres', 'postmaster.pid')))
      await (await startEmbedded({ dataDir, log: () => {} })).stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir = path.join(folder, 'data')): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir, log: () => {} });
  servers.push(server);
  return server;
}

function other(dataDir = path.join(folder, 'data'), env: NodeJS.ProcessEnv = {}): Other {
  const script = path.join(import.meta.dirname, 'steward-process.ts');
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  children.push(child);
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = () => {
    for (const one of waiting) one();
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as Line);
    wake();
  });
  child.on('close', () => {
    ended = true;
    wake();
  });
  return {
    child,
    line: async (key) => {
      for (;;) {
        const found = lines.find((line) => line[key] !== undefined);
        if (found) return found;
        if (ended) throw new Error(`ended without "${key}": ${JSON.stringify(lines)}`);
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
  };
}

async function query<T extends object>(connection: EmbeddedConnection, sql: string): Promise<T[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const limit = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

test('a new folder gets a database with checksums, UTF-8 and no network, and keeps what was committed', async () => {
  const first = await start();
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
  const second = await start();
  expect(second.origin).toBe('started');
  expect(await query(second.connection, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
});

test('only its users reach the socket: the folder is 0700 and the database knows no other system user', async () => {
  const server = await start();
  expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
  await expect(query({ ...server.connection, user: 'nobody' }, 'SELECT 1')).rejects.toThrow(/pg_hba|authentication/);
  expect(readFileSync(path.join(folder, 'data', 'postgres', 'pg_hba.conf'), 'utf8')).toBe(
    'local all steward peer map=steward\n',
  );
});

test.runIf(linux)('PostgreSQL gets nothing of our environment and runs without our rights', async () => {
  const planted = other(undefined, { TELEGRAM_BOT_TOKEN: 'planted-secret', PGPASSWORD: 'planted-too' });
  const { pid = 0 } = await planted.line('pid');
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
  expect(environment).not.toMatch(/planted|TELEGRAM|PGPASSWORD|HOME|NODE/);
  expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
});

test('a second start joins, and the server lives until the last one leaves', async () => {
  const one = other();
  const { pid = 0 } = await one.line('origin');
  const two = other();
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
  const five = Array.from({ length: 5 }, () => other());
  const lines = await Promise.all(five.map((one) => one.line('origin')));
  expect(new Set(lines.map((line) => line.pid)).size).toBe(1);
  expect(lines.filter((line) => line.origin === 'created')).toHaveLength(1);
  expect(lines.filter((line) => line.origin === 'joined')).toHaveLength(4);
  for (const one of five) one.child.kill('SIGTERM');
  await Promise.all(five.map((one) => one.line('stopped')));
  expect(isAlive(lines[0]?.pid ?? 0)).toBe(false);
});

test('two in one process share the server too', async () => {
  const one = await start();
  const two = await start();
  expect(two.pid()).toBe(one.pid());
  await one.stop();
  expect(await query(two.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('after kill -9 of Steward the next start adopts the server and stops it in the end', async () => {
  const killed = other();
  const { pid = 0 } = await killed.line('origin');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'close');
  expect(isAlive(pid)).toBe(true);
  const next = await start();
  expect(next).toMatchObject({ origin: 'joined' });
  expect(next.pid()).toBe(pid);
  await next.stop();
  expect(isAlive(pid)).toBe(false);
});

test('after kill -9 of PostgreSQL it is started again, the pool reconnects and nothing committed is lost', async () => {
  const server = await start();
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

test('after kill -9 of PostgreSQL under two users one of them starts it, for both', async () => {
  const mine = await start();
  const joined = other();
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
  const first = await start();
  const file = path.join(folder, 'data', 'postgres', 'postmaster.pid');
  const content = readFileSync(file, 'utf8');
  process.kill(first.pid(), 'SIGKILL');
  await first.stop();
  const [, ...rest] = content.split('\n');
  writeFileSync(file, [process.pid, ...rest].join('\n'));
  const next = await start();
  expect(next.origin).toBe('started');
  expect(await query(next.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('an initdb that was killed leaves nothing that hinders the next start', async () => {
  const dataDir = path.join(folder, 'data');
  mkdirSync(path.join(dataDir, 'postgres.new-1'), { recursive: true });
  writeFileSync(path.join(dataDir, 'postgres.new-1', 'PG_VERSION'), '18\n');
  const server = await start(dataDir);
  expect(server.origin).toBe('created');
  expect(readdirSync(dataDir).filter((name) => name.includes('.new-'))).toEqual([]);
});

test('a path too long for a socket gets its socket elsewhere, as private', async () => {
  const server = await start(path.join(folder, 'deep'.repeat(20), 'deeper'.repeat(10)));
  expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(Buffer.byteLength(server.connection.host)).toBeLessThan(100);
  const host = server.connection.host;
  expect(statSync(host).mode & 0o777).toBe(0o700);
  await server.stop();
  if (!host.startsWith(folder)) expect(existsSync(host)).toBe(false);
});

test.runIf(root)('as root, a data folder below a root-only folder works', async () => {
  const parent = '/root/.steward-test';
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  chmodSync(parent, 0o700);
  try {
    const server = await start(path.join(parent, 'data'));
    expect(await query(server.connection, 'SELECT current_user AS name')).toEqual([{ name: 'steward' }]);
    await query(server.connection, 'CREATE TABLE kept AS SELECT 1 AS one');
    await query(server.connection, 'CHECKPOINT');
    await server.stop();
    expect((await start(path.join(parent, 'data'))).origin).toBe('started');
    await servers.at(-1)?.stop();
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});

test('data of another major version, a folder that is no database and an unwritable place say how to mend it', async () => {
  const made = path.join(folder, 'old');
  mkdirSync(path.join(made, 'postgres'), { recursive: true });
  writeFileSync(path.join(made, 'postgres', 'PG_VERSION'), '16\n');
  await expect(start(made)).rejects.toThrow(/made by PostgreSQL 16.*Mend: .*restore.*DATABASE_URL/s);
  const strange = path.join(folder, 'strange');
  mkdirSync(path.join(strange, 'postgres'), { recursive: true });
  writeFileSync(path.join(strange, 'postgres', 'letter.txt'), 'Dear Ada');
  await expect(start(strange)).rejects.toThrow(/holds no PostgreSQL data.*Mend: /s);
  if (linux) await expect(start('/proc/nowhere/data')).rejects.toThrow(/cannot be written.*Mend: /s);
  writeFileSync(path.join(folder, 'file'), '');
  await expect(start(path.join(folder, 'file', 'data'))).rejects.toThrow(
    /cannot be written.*Mend: .*STEWARD_DATA_DIR/s,
  );
});

test('what people wrote does not reach the server’s log', async () => {
  const server = await start();
  await query(server.connection, "CREATE TABLE notes (body text UNIQUE CHECK (body <> 'planted-secret-x'))");
  await query(server.connection, "INSERT INTO notes VALUES ('planted-secret-y')");
  await expect(query(server.connection, "INSERT INTO notes VALUES ('planted-secret-y')")).rejects.toThrow(/duplicate/);
  await expect(query(server.connection, "INSERT INTO notes VALUES ('planted-secret-x')")).rejects.toThrow(/check/);
  expect(readFileSync(path.join(folder, 'data', 'run', 'postgres.log'), 'utf8')).not.toContain('planted-secret');
});

test('the server’s log stays bounded, its latest part is kept', () => {
  const file = path.join(folder, 'postgres.log');
  writeFileSync(file, 'x'.repeat(6_000_000));
  boundLog(file);
  expect([statSync(file).size, statSync(`${file}.1`).size]).toEqual([0, 6_000_000]);
  writeFileSync(file, 'short');
  boundLog(file);
  expect([statSync(file).size, statSync(`${file}.1`).size]).toEqual([5, 6_000_000]);
});
