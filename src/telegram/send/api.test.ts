/** What an answer, or what came instead of one, says of whether Telegram acted. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createWire } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openTelegramApi } from './api.ts';

const TOKEN = '700000001:AAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

/** A server that answers every call with `status` and `body`. */
async function answering(status: number, body: string) {
  const started = createServer((_, response) => {
    response.writeHead(status, { connection: 'close' });
    response.end(body);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  return openTelegramApi({ token: TOKEN, root: `http://127.0.0.1:${port}`, observe: () => {} });
}

const json = JSON.stringify;

it.each([
  ['nothing', 200, ''],
  ['null', 200, 'null'],
  ['a string', 200, '"ok"'],
  ['an object without a verdict', 200, '{}'],
  ['a list', 200, '[]'],
  ['half an answer', 200, '{"ok":true,"result":{"message_id":'],
  ["a gateway's page", 502, '<html>Bad Gateway</html>'],
  ["a gateway's JSON", 503, '{"message":"no healthy upstream"}'],
  ["a proxy's refusal", 403, '{"message":"forbidden"}'],
])('%s is no answer of Telegram: what became of the call is not known', async (_, status, body) => {
  const api = await answering(status, body);
  expect(await api.call('sendMessage', {}, 2_000)).toMatchObject({ kind: 'lost' });
});

it('an answer without an end is cut off, and told as what it is', async () => {
  const endless = createServer((_, response) => {
    const piece = Buffer.alloc(1_048_576, 'x');
    const more = () => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  });
  server = endless;
  await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
  const { port } = endless.address() as AddressInfo;
  const api = openTelegramApi({ token: TOKEN, root: `http://127.0.0.1:${port}`, observe: () => {} });
  expect(await api.call('getUpdates', {}, 60_000)).toEqual({
    kind: 'lost',
    reason: expect.stringMatching(/^an answer of more than 33554432 bytes/),
  });
});

it.each([
  ['no parameters', undefined, 1_000],
  ['null', null, 1_000],
  ['no number', { retry_after: 'soon' }, 1_000],
  ['the past', { retry_after: -5 }, 1_000],
  ['three seconds', { retry_after: 3 }, 3_000],
])('a limit with %s is waited for in a sensible time', async (_, parameters, retryAfterMs) => {
  const api = await answering(429, json({ ok: false, error_code: 429, description: 'Too Many Requests', parameters }));
  expect(await api.call('sendMessage', {}, 2_000)).toEqual({ kind: 'limited', retryAfterMs });
});

it('a refusal keeps its code, its words and where the chat moved', async () => {
  const parameters = { migrate_to_chat_id: -1001234567890123 };
  const api = await answering(400, json({ ok: false, error_code: 400, description: 'upgraded', parameters }));
  expect(await api.call('sendMessage', {}, 2_000)).toEqual({
    kind: 'refused',
    code: 400,
    reason: 'upgraded',
    migrateTo: -1001234567890123,
  });
});

it('what ends before there was a connection was never sent: Telegram did not act', async () => {
  // Takes the connection, and never says a word of TLS.
  const silent = createWire().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  const api = openTelegramApi({ token: TOKEN, root: `https://127.0.0.1:${port}`, observe: () => {} });
  expect(await api.call('sendMessage', {}, 200)).toMatchObject({ kind: 'unreached' });
  silent.close();
});
