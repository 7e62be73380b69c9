/** Where values come from: which place wins, which files are refused, which names mean nothing. */
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOT, faultsFrom, loadFrom, newFolder, TOKEN } from './load.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder for one test. */
const within = () => mkdtempSync(path.join(folder, 'one-'));

test('the process environment goes before .env.production, and that before .env', () => {
  const cwd = within();
  writeFileSync(path.join(cwd, '.env'), 'PORT=1\nMETRICS_PORT=2\nDATABASE_POOL_MAX=11\n', { mode: 0o600 });
  writeFileSync(path.join(cwd, '.env.production'), 'PORT=3\nMETRICS_PORT=4\n', { mode: 0o600 });
  const production = loadFrom(cwd, { NODE_ENV: 'production', PORT: '5' });
  expect([production.http.port, production.http.metricsPort, production.database.poolMax]).toEqual([5, 4, 11]);
  expect(loadFrom(cwd, { PORT: '5' }).http.metricsPort).toBe(2);
});

test('a .env that every user can read is refused with its chmod, a mounted secret file is not', () => {
  const cwd = within();
  writeFileSync(path.join(cwd, '.env'), 'PORT=1\n');
  chmodSync(path.join(cwd, '.env'), 0o644);
  expect(faultsFrom(cwd, {}).join('\n')).toContain(`chmod 600 ${path.join(cwd, '.env')}`);
  chmodSync(path.join(cwd, '.env'), 0o640);
  expect(faultsFrom(cwd, {})).toEqual([]);
  writeFileSync(path.join(cwd, 'token'), `${TOKEN}\n`, { mode: 0o644 });
  const config = loadFrom(cwd, { TELEGRAM_BOT_TOKEN_FILE: 'token', TELEGRAM_ALLOWED_USERS: '1' });
  expect(config.telegram?.token.reveal()).toBe(TOKEN);
});

test('an unreadable .env and an unreadable secret file are told', () => {
  const cwd = within();
  symlinkSync(cwd, path.join(cwd, '.env'));
  const told = faultsFrom(cwd, { ...BOT, ANTHROPIC_API_KEY_FILE: '/not/there' }).join('\n');
  expect(told).toContain('.env cannot be read');
  expect(told).toContain('ANTHROPIC_API_KEY_FILE names /not/there');
});

test('a secret given twice in one place is refused; a nearer place wins over a farther one', () => {
  const cwd = within();
  writeFileSync(path.join(cwd, 'key'), 'from-the-file-9');
  writeFileSync(path.join(cwd, '.env'), 'ANTHROPIC_API_KEY=from-dotenv-8\n', { mode: 0o600 });
  expect(faultsFrom(cwd, { ANTHROPIC_API_KEY: 'one-value-7', ANTHROPIC_API_KEY_FILE: 'key' }).join()).toMatch(
    /both given/,
  );
  expect(loadFrom(cwd, { ANTHROPIC_API_KEY_FILE: 'key' }).assistant.anthropicKey?.reveal()).toBe('from-the-file-9');
});

test('a misspelt name is told with the one that was meant; what Kubernetes adds is not', () => {
  const config = loadFrom(within(), {
    STEWARD_TIMEZON: 'x',
    STEWARD_PORT: 'tcp://10.0.0.1:80',
    STEWARD_SERVICE_HOST: '10.0.0.1',
    STEWARD_PORT_80_TCP_ADDR: '1',
  });
  expect(config.warnings).toEqual([
    'STEWARD_TIMEZON (the environment) is not known and does nothing. Did you mean STEWARD_TIMEZONE?',
  ]);
});
