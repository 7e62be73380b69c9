/** What charts, scripts and people rely on, tried on the program as they run it: exit codes, settings and where they come from, who sees what. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { configurationSpec } from '../../src/config/variables.ts';
import { ConfigurationError } from '../../src/core/errors.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { freePort } from '../support/steady/ports.ts';
import { until } from './steward.ts';

const main = path.resolve('src/main.ts');
let folder: string;
let postgres: TestDatabase;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-contract-'));
  postgres = await testDatabase();
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.stop();
  await postgres.drop();
  rmSync(folder, { recursive: true, force: true });
});

const bare = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
function run(args: readonly string[], env: Record<string, string> = {}) {
  const ran = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', env: { ...bare, ...env } });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

describe('exit codes', () => {
  it.each<[number, string, string[], Record<string, string>]>([
    [0, 'the version', ['--version'], {}],
    [0, 'help', ['--help'], {}],
    [0, 'help of a command', ['start', '--help'], {}],
    [2, 'an unknown command', ['sttart'], {}],
    [2, 'an unknown option', ['start', '--nonsense'], {}],
    [2, 'an option without its value', ['export', '--person'], {}],
    [2, 'a missing argument', ['import'], {}],
    [1, 'nobody answers', ['health', '--url', 'http://127.0.0.1:1/health/ready'], {}],
    [1, 'a database that is not there', ['migrate'], { DATABASE_URL: 'postgresql://u@127.0.0.1:1/x' }],
    [78, 'a wrong configuration, at the start', ['start'], { PORT: 'many', TELEGRAM_BOT_TOKEN: 'short' }],
    [78, 'a wrong configuration, elsewhere', ['migrate'], { DATABASE_POOL_MAX: '-1' }],
    [78, 'a wrong configuration, for the doctor', ['doctor'], { LOG_LEVEL: 'loud' }],
    [78, 'transaction pooling', ['migrate'], { DATABASE_URL: 'postgresql://u@127.0.0.1:1/x?pgbouncer=true' }],
  ])('%i for %s', (code, _what, args, env) => {
    const ran = run(args, env);
    expect(ran.code, ran.out + ran.err).toBe(code);
    if (code !== 0) expect(ran.out + ran.err).not.toBe('');
    if (code === 78 && args[0] !== 'doctor') expect(ran.err).toContain('Mend: ');
  });
});

describe('settings', () => {
  const secrets = configurationSpec.filter((one) => one.secret).map((one) => one.name);

  it.each(secrets)('%s may be given as a file, which says so where it cannot be read', (name) => {
    const missing = path.join(folder, 'missing');
    try {
      loadConfig({ env: { [`${name}_FILE`]: missing }, cwd: folder, production: false, terminal: false });
      expect.unreachable('a missing file was taken');
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain(`${name}_FILE names ${missing}`);
    }
  });

  it('DATABASE_PASSWORD replaces the password of the URL, whatever characters it has', async () => {
    const odd = `p@ss:w/rd?#%20 "'\\ ünï ${'$'}{HOME}`;
    const { database } = loadConfig({
      env: { DATABASE_URL: 'postgresql://u:other@h/d', DATABASE_PASSWORD: odd },
      cwd: folder,
      production: false,
      terminal: false,
    });
    const { password } = database.connection ?? {};
    expect(typeof password === 'function' ? await password() : password).toBe(odd);
  });
});

describe('a Steward that runs', () => {
  let child: ChildProcess;
  let port: number;
  let metricsPort: number;
  let log = '';
  beforeAll(async () => {
    [port, metricsPort] = [await freePort(), await freePort()];
    const { host, port: databasePort, database, user } = postgres.connection;
    // The port comes from .env, the wrong one there from the environment's being before it.
    writeFileSync(
      path.join(folder, '.env'),
      `PORT=${port}\nMETRICS_PORT=1\nSTEWARD_TRUSTED_PROXIES=1\nSTEWARD_FORCE_HTTPS=true\n`,
      { mode: 0o600 },
    );
    writeFileSync(path.join(folder, 'token'), `${sandbox.token}\n`);
    child = spawn(process.execPath, [main, 'start'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...bare,
        METRICS_PORT: String(metricsPort),
        TELEGRAM_BOT_TOKEN_FILE: 'token',
        TELEGRAM_API_ROOT: sandbox.url,
        TELEGRAM_ALLOWED_USERS: '7001',
        DATABASE_HOST: host,
        DATABASE_PORT: String(databasePort),
        DATABASE_NAME: database,
        DATABASE_USER: user,
        STEWARD_DATA_DIR: path.join(folder, 'data'),
        BACKUP_SCHEDULE: 'off',
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (log += String(chunk)));
    await until('it is ready', async () => (await ask('/health/ready').catch(() => undefined))?.status === 200, 60_000);
  }, 70_000);
  afterAll(() => {
    if (child?.exitCode === null) child.kill('SIGKILL');
  });

  const ask = (address: string, headers: Record<string, string> = {}, of = port) =>
    fetch(`http://127.0.0.1:${of}${address}`, { headers, redirect: 'manual' });
  const HTTPS = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.9' };

  it('answers `steward health` in its folder, by the port its .env names', () => {
    const asked = run(['health']);
    expect(asked.out).toBe('ready\n');
    expect(asked.code).toBe(0);
  });

  it('shows detail to loopback alone, and nothing of it once anybody speaks for another', async () => {
    const detailed = (await (await ask('/health')).json()) as { checks: Record<string, object> };
    for (const name of [
      'database',
      'migrations',
      'telegram',
      'queue',
      'inbox',
      'poller',
      'deliveries',
      'disk',
      'backups',
    ])
      expect(Object.keys(detailed.checks)).toContain(name);
    for (const header of [{ 'X-Forwarded-For': '127.0.0.1' }, { Forwarded: 'for=127.0.0.1' }, HTTPS]) {
      const short = (await (await ask('/health', header)).json()) as object;
      expect(Object.keys(short)).toEqual(['status']);
      expect((await ask('/info', { ...HTTPS, ...header })).status).toBe(404);
    }
    const info = (await (await ask('/info', {}, metricsPort)).json()) as object;
    expect(Object.keys(info).sort()).toEqual(
      [
        'builtAt',
        'environment',
        'mode',
        'name',
        'node',
        'revision',
        'roles',
        'schema',
        'startedAt',
        'uptimeSeconds',
        'version',
      ].sort(),
    );
    expect(await (await ask('/metrics', {}, metricsPort)).text()).toContain('steward_build_info{');
    expect((await ask('/metrics', HTTPS)).status).toBe(404);
  });

  it('sends plain requests to HTTPS, probes excepted, and says so to browsers that came by it', async () => {
    expect((await ask('/nowhere')).status).toBe(308);
    for (const probe of ['/health', '/health/live', '/health/ready']) expect((await ask(probe)).status).toBe(200);
    const secure = await ask('/nowhere', HTTPS);
    expect(secure.status).toBe(404);
    expect(secure.headers.get('content-type')).toContain('application/problem+json');
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains; preload');
    expect((await ask('/health')).headers.get('strict-transport-security')).toBeNull();
  });

  it('a second one on its port ends with 1 and says what to do, and the first one with 0 when it is asked to', async () => {
    const second = run(['start'], {
      METRICS_PORT: '0',
      TELEGRAM_BOT_TOKEN: sandbox.token,
      TELEGRAM_API_ROOT: sandbox.url,
      TELEGRAM_ALLOWED_USERS: '7001',
      DATABASE_URL: 'postgresql://u@127.0.0.1:1/x',
    });
    expect(second.code).toBe(1);
    expect(second.err).toMatch(new RegExp(`Port ${port} is in use.*Mend`));
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(log).not.toContain(sandbox.token);
  });
});
