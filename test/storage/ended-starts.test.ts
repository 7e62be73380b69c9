/** Starts that are ended or fail half-way: what they had opened by then is closed again. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { isAlive, readPostmaster } from '../../src/storage/postgres/process.ts';
import { type DataPlace, dataPlace } from './data-place.ts';

let place: DataPlace;
let dataDir: string;
let cluster: string;

beforeEach(() => {
  place = dataPlace();
  dataDir = path.join(place.folder, 'data');
  cluster = path.join(dataDir, 'postgres');
});
afterEach(() => place.clear());

/** A Steward on a PostgreSQL of its own; nobody answers where its Telegram should be. */
function steward(): App {
  const env = {
    STEWARD_DATA_DIR: dataDir,
    TELEGRAM_BOT_TOKEN: '7000000001:planted-token-of-nobody-anywhere-at-all',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
    TELEGRAM_ALLOWED_USERS: '1',
    STEWARD_DRAIN_SECONDS: '5',
    PORT: '0',
    METRICS_PORT: '0',
  };
  const config = loadConfig({ env, cwd: place.folder, production: false, terminal: false });
  const log = createLogger({
    level: 'error',
    format: 'json',
    stream: new Writable({ write: (_, __, done) => done() }),
  });
  return createApp({ config, clock: systemClock, log });
}

async function serverPid(): Promise<number> {
  for (const until = performance.now() + 50_000; performance.now() < until; ) {
    const pid = readPostmaster(cluster)?.pid;
    if (pid !== undefined) return pid;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('no server came');
}

test('told to end while it is still starting, Steward leaves no server and no port behind', async () => {
  const app = steward();
  const starting = app.start().then(
    () => 'started',
    () => 'ended',
  );
  const pid = await serverPid();
  await app.stop();
  expect(await starting).toBe('ended');
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(path.join(cluster, 'postmaster.pid'))).toBe(false);
  const { metricsPort } = app.ports();
  await expect(fetch(`http://127.0.0.1:${metricsPort}/health/live`)).rejects.toThrow();
});

test('a start that its master key ends stops the server it had started', async () => {
  mkdirSync(dataDir, { mode: 0o700 });
  writeFileSync(path.join(dataDir, 'master.key'), 'k1:nobody\n', { mode: 0o644 });
  await expect(steward().start()).rejects.toThrow(/chmod 600/);
  expect(existsSync(path.join(cluster, 'PG_VERSION'))).toBe(true);
  expect(existsSync(path.join(cluster, 'postmaster.pid'))).toBe(false);
});
