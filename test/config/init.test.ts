/** `steward init` writes a protected, valid .env and never replaces one unasked. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Answers, type Dialogue, setUp } from '../../src/commands/init/set-up.ts';
import { loadConfig } from '../../src/config/config.ts';

const TOKEN = '8123456789:AAGq3vR0mZkLw7_tYbN2xPjS5dHfC1uE9oI';
const NOBODY: Answers = { force: false, check: true };

let server: Server;
let apiRoot: string;
let folder: string;
let updates: object[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const known = token === TOKEN;
    const result =
      method === 'getMe' ? { id: 8123456789, first_name: 'Steward', username: 'ada_steward_bot' } : updates;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(known ? { ok: true, result } : { ok: false, error_code: 401, description: 'Unauthorized' }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-init-'));
  updates = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Someone who gives `answers` in turn, then nothing. */
function person(answers: readonly string[]): Dialogue & { readonly heard: string[] } {
  const left = [...answers];
  const heard: string[] = [];
  return {
    heard,
    interactive: true,
    say: (text) => void heard.push(text),
    ask: async (question, fallback = '') => {
      heard.push(question);
      return left.shift() || fallback;
    },
  };
}

const nobody: Dialogue = { interactive: false, say: () => {}, ask: async (_, fallback = '') => fallback };

function written(): string {
  return readFileSync(path.join(folder, '.env'), 'utf8');
}

test('asks, asks again what Telegram refuses, offers who wrote, and writes what loads', async () => {
  const from = (id: number, first_name: string) => ({
    message: { chat: { id, type: 'private' }, from: { id, is_bot: false, first_name } },
  });
  updates = [from(77, 'Ada'), from(88, 'Mallory')];
  const wrong = TOKEN.replace('AAG', 'BBB');
  const ada = person([wrong, TOKEN, '', 'n', 'y', '', 'europe/berlin']);
  await setUp(folder, { ...NOBODY, apiRoot }, ada);
  expect(ada.heard.join('\n')).toMatch(/Telegram refused: Unauthorized.*@ada_steward_bot.*Mallory, id 88.*Ada, id 77/s);
  expect(ada.heard.join('\n')).not.toContain(TOKEN);
  expect(statSync(path.join(folder, '.env')).mode & 0o777).toBe(0o600);
  const config = loadConfig({ env: {}, cwd: folder });
  expect([config.telegram?.token.reveal(), config.telegram?.allowedUsers, config.timezone]).toEqual([
    TOKEN,
    [77],
    'Europe/Berlin',
  ]);
  expect(readdirSync(folder)).toEqual(['.env']);
});

test('without anyone to ask it takes what is given and fails on what is wrong or missing, writing nothing', async () => {
  await expect(setUp(folder, { ...NOBODY, apiRoot, token: 'changeme' }, nobody)).rejects.toThrow(/placeholder/);
  await expect(setUp(folder, { ...NOBODY, apiRoot, token: TOKEN }, nobody)).rejects.toThrow(
    /TELEGRAM_ALLOWED_USERS is missing/,
  );
  await expect(setUp(folder, { ...NOBODY, timezone: 'Mars' }, nobody)).rejects.toThrow(/no time zone/);
  await expect(setUp(folder, { ...NOBODY, databaseUrl: 'postgres://u@127.0.0.1:1/d' }, nobody)).rejects.toThrow(
    /could not be checked.*Mend/s,
  );
  expect(readdirSync(folder)).toEqual([]);
  await setUp(folder, { ...NOBODY, apiRoot, token: TOKEN, users: '5', timezone: 'UTC' }, nobody);
  expect(loadConfig({ env: {}, cwd: folder }).telegram?.allowedUsers).toEqual([5]);
});

test('a file that is there is left alone unless replacing it is agreed to, and then kept beside', async () => {
  writeFileSync(path.join(folder, '.env'), 'PORT=1\n', { mode: 0o600 });
  await expect(setUp(folder, NOBODY, nobody)).rejects.toThrow(/left alone.*--force/s);
  await expect(setUp(folder, NOBODY, person(['n']))).rejects.toThrow(/left alone/);
  expect(written()).toBe('PORT=1\n');
  await setUp(folder, { ...NOBODY, force: true, timezone: 'UTC' }, nobody);
  expect(written()).toContain('STEWARD_TIMEZONE=UTC');
  expect(readFileSync(path.join(folder, '.env.before-init'), 'utf8')).toBe('PORT=1\n');
});

test('a database is tried, and its address comes back unharmed whatever is in it', async () => {
  const { host, database, user } = inject('postgres');
  const url = `postgresql://${user}:it's%20"a"%23$x@localhost/${database}?host=${encodeURIComponent(host)}`;
  await setUp(folder, { ...NOBODY, databaseUrl: url, timezone: 'UTC' }, nobody);
  const password = loadConfig({ env: {}, cwd: folder }).database.connection?.password;
  expect(typeof password === 'function' ? password() : password).toBe(`it's "a"#$x`);
});

test('an unreachable Telegram is told without the token', async () => {
  const failing = setUp(folder, { ...NOBODY, apiRoot: 'http://127.0.0.1:1', token: TOKEN, users: '5' }, nobody);
  await expect(failing).rejects.toThrow(/127\.0\.0\.1:1 could not be reached/);
  await expect(failing).rejects.not.toThrow(TOKEN);
  expect(existsSync(path.join(folder, '.env'))).toBe(false);
});
