/** `steward health` asks where the process with the same settings answers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { healthUrl } from './health.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'steward-health-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  [{}, 'http://127.0.0.1:3000/health/ready'],
  [{ PORT: '8080', HOST: '0.0.0.0' }, 'http://127.0.0.1:8080/health/ready'],
  [{ HOST: '10.0.0.7' }, 'http://10.0.0.7:3000/health/ready'],
  [{ HOST: '::' }, 'http://127.0.0.1:3000/health/ready'],
  [{ HOST: 'fd00::7' }, 'http://[fd00::7]:3000/health/ready'],
  [{ STEWARD_ROLES: 'worker, web' }, 'http://127.0.0.1:3000/health/ready'],
])('with %j it asks %s', (env, url) => {
  expect(healthUrl(env, folder)).toBe(url);
});

test('a process without a public side is asked on its metrics port', () => {
  expect(healthUrl({ STEWARD_ROLES: 'worker,poller', METRICS_PORT: '9999' }, folder)).toBe(
    'http://127.0.0.1:9999/health',
  );
});

test('settings of .env count as they do for the process', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'steward-health-'));
  writeFileSync(path.join(place, '.env'), 'PORT=4567\n', { mode: 0o600 });
  expect(healthUrl({}, place)).toBe('http://127.0.0.1:4567/health/ready');
  rmSync(place, { recursive: true });
});
