/** Webhooks: secret, order per chat, concurrency, retries, and methods in the answer. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../server.ts';

interface Got {
  readonly update: Update;
  readonly secret: string | undefined;
}

let sandbox: Sandbox;
let api: Api;
let hook: Server;
let url: string;
let got: Got[];
let running: number;
let most: number;
/** What the hook answers to the nth request, counted from 0, as soon as `when` is over. */
let answer: (n: number, update: Update) => { status: number; body?: object; when?: Promise<unknown> };

/** The time to answer in is what one test is about; in all others a busy machine must not run out of it. */
async function start(timeoutMs = 60_000): Promise<void> {
  sandbox = await startSandbox({ seed: 5, webhook: { retryMs: 20, retryMaxMs: 40, timeoutMs } });
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
}

beforeEach(async () => {
  await start();
  got = [];
  running = 0;
  most = 0;
  answer = () => ({ status: 200 });
  hook = createServer((request, response) => {
    let body = '';
    running += 1;
    most = Math.max(most, running);
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const update: Update = JSON.parse(body);
      const secret = request.headers['x-telegram-bot-api-secret-token'];
      const n = got.push({ update, secret: typeof secret === 'string' ? secret : undefined }) - 1;
      const { status, body: reply, when } = answer(n, update);
      void Promise.resolve(when).then(() => {
        running -= 1;
        response.writeHead(status, reply ? { 'content-type': 'application/json' } : {});
        response.end(reply ? JSON.stringify(reply) : '');
      });
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const { port } = hook.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/hook`;
});

afterEach(async () => {
  await sandbox.stop();
  hook.closeAllConnections();
  await new Promise((resolve) => hook.close(resolve));
});

const texts = (): (string | undefined)[] => got.map(({ update }) => update.message?.text);

test('updates that waited and new ones are posted with the secret', async () => {
  sandbox.user(7).send('before');
  await api.setWebhook(url, { secret_token: 'S_1-x' });
  sandbox.user(7).send('after');
  await sandbox.updates.drained();
  expect(texts()).toEqual(['before', 'after']);
  expect(got.map(({ secret }) => secret)).toEqual(['S_1-x', 'S_1-x']);
});

test('a bad secret or address is refused', async () => {
  await expect(api.setWebhook(url, { secret_token: 'no spaces' })).rejects.toThrow('unallowed characters');
  await expect(api.setWebhook('gopher://x')).rejects.toThrow('invalid webhook URL');
});

test('a failed update is sent again before later ones of its chat, and told in getWebhookInfo', async () => {
  answer = (n) => ({ status: n < 2 ? 500 : 200 });
  await api.setWebhook(url);
  sandbox.user(7).send('a');
  sandbox.user(7).send('b');
  await sandbox.updates.drained();
  expect(texts()).toEqual(['a', 'a', 'a', 'b']);
  const info = await api.getWebhookInfo();
  expect(info.last_error_message).toBe('Wrong response from the webhook: 500 Internal Server Error');
  expect(info.pending_update_count).toBe(0);
});

test('no answer in time is a failure too', async () => {
  await sandbox.stop();
  await start(200);
  const never = new Promise(() => {});
  answer = (n) => ({ status: 200, ...(n === 0 ? { when: never } : {}) });
  await api.setWebhook(url);
  sandbox.user(7).send('slow');
  await sandbox.updates.drained();
  // Twice; on a busy machine the second answer may come too late as well.
  expect(got.length).toBeGreaterThan(1);
  expect(new Set(texts())).toEqual(new Set(['slow']));
  expect((await api.getWebhookInfo()).last_error_message).toBe('Read timeout expired');
});

test('one failing chat does not hold up others', async () => {
  answer = (_n, update) => ({ status: update.message?.chat.id === 7 ? 503 : 200 });
  await api.setWebhook(url);
  sandbox.user(7).send('stuck');
  sandbox.user(8).send('free');
  await expect.poll(() => sandbox.updates.pending.size).toBe(1);
  expect(texts()).toContain('free');
});

test('chats are served side by side up to max_connections, each in order', async () => {
  let letGo = () => {};
  const when = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  answer = () => ({ status: 200, when });
  await api.setWebhook(url, { max_connections: 3 });
  for (let n = 0; n < 4; n += 1) for (let chat = 1; chat <= 6; chat += 1) sandbox.user(chat).send(`${n}`);
  await expect.poll(() => running).toBe(3);
  // A fourth would come now, before what was asked later is answered.
  for (let n = 0; n < 5; n += 1) await api.getMe();
  expect(got.map(({ update }) => update.message?.chat.id).toSorted()).toEqual([1, 2, 3]);
  letGo();
  await sandbox.updates.drained();
  expect(most).toBe(3);
  for (let chat = 1; chat <= 6; chat += 1) {
    const own = got.filter(({ update }) => update.message?.chat.id === chat);
    expect(own.map(({ update }) => update.message?.text)).toEqual(['0', '1', '2', '3']);
  }
});

test('a method in the answer is executed', async () => {
  answer = () => ({ status: 200, body: { method: 'sendMessage', chat_id: 7, text: 'by answer' } });
  await api.setWebhook(url);
  sandbox.user(7).send('hi');
  const seen = await sandbox.waitFor(({ fromBot }) => fromBot);
  expect(seen.message.text).toBe('by answer');
});

test('duplicates and overtaking happen when told to, and nothing is lost', async () => {
  sandbox.disturb({ duplicate: 0.5, reorder: 0.5 });
  await api.setWebhook(url);
  const sent = Array.from({ length: 40 }, (_, n) => `m${n}`);
  for (const text of sent) sandbox.user(7).send(text);
  await sandbox.updates.drained();
  const order = [...new Set(texts())];
  expect(got.length).toBeGreaterThan(40);
  expect(order).not.toEqual(sent);
  expect(order.toSorted()).toEqual(sent.toSorted());
});

test('setting and removing a webhook is told in words, and types of updates that do not exist are passed over', async () => {
  const call = async (method: string, query = '') =>
    (await fetch(`${sandbox.url}/bot${sandbox.token}/${method}?${query}`)).json();
  expect(await call('deleteWebhook')).toEqual({ ok: true, result: true, description: 'Webhook is already deleted' });
  const wanted = `url=${encodeURIComponent(url)}&allowed_updates=${encodeURIComponent('["message","no_such_type"]')}`;
  expect(await call('setWebhook', wanted)).toEqual({ ok: true, result: true, description: 'Webhook was set' });
  expect((await api.getWebhookInfo()).allowed_updates).toEqual(['message']);
  expect(await call('deleteWebhook')).toEqual({ ok: true, result: true, description: 'Webhook was deleted' });
});
