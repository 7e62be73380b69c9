/** Guards Telegram's webhook: it fails closed, bounds what it reads, and answers after storing. */

import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { head, raw, SECRET, type TestHttp, testHttp, WEBHOOK } from '../../test/support/http.ts';
import fc from '../../test/support/steady/fast-check.ts';
import { Secret } from '../core/secret.ts';

const NAME = 'X-Telegram-Bot-Api-Secret-Token';
const MIB = 1_048_576;

let http: TestHttp;
let storing: 'works' | 'fails' = 'works';
const failures: unknown[] = [];
beforeAll(async () => {
  const accepted: unknown[] = [];
  const made = await testHttp({
    webhook: {
      path: WEBHOOK,
      secret: new Secret(SECRET),
      accept: async (update) => {
        if (storing === 'fails') throw new Error('the database is away');
        accepted.push(update);
      },
      onFailure: (error) => void failures.push(error),
    },
  });
  http = { ...made, accepted };
});
afterAll(() => http.stop());
afterEach(() => {
  storing = 'works';
  http.accepted.length = 0;
});

const send = (body: string | Buffer, headers: Record<string, string> = {}, method = 'POST', path = WEBHOOK) =>
  raw(http.publicPort, [
    head(method, path, { [NAME]: SECRET, 'Content-Length': String(Buffer.byteLength(body)), ...headers }),
    body,
  ]);

function* chunks(count: number, bytes: number): Generator<string> {
  for (let n = 0; n < count; n += 1) yield `${bytes.toString(16)}\r\n${' '.repeat(bytes)}\r\n`;
  yield '0\r\n\r\n';
}

test('an update is accepted and answered with nothing', async () => {
  const answer = await send('{"update_id":1,"message":{"text":"Grüße 👋"}}');
  expect(answer.status).toBe(200);
  expect(answer.body).toBe('');
  expect(http.accepted).toEqual([{ update_id: 1, message: { text: 'Grüße 👋' } }]);
});

describe('refused, and never stored', () => {
  test.each<[number, string, string, Record<string, string>, string?, string?]>([
    [401, 'no secret', '{}', { [NAME]: '' }],
    [401, 'a wrong secret', '{}', { [NAME]: `${SECRET}x` }],
    [401, 'a part of the secret', '{}', { [NAME]: SECRET.slice(0, -1) }],
    [401, 'the secret in other letters', '{}', { [NAME]: SECRET.toUpperCase() }],
    [401, 'the secret twice', '{}', { [NAME]: `${SECRET}, ${SECRET}` }],
    [401, 'a wrong secret and a wrong method', '', { [NAME]: 'x' }, 'GET'],
    [405, 'a wrong method', '', {}, 'GET'],
    [405, 'another wrong method', '{}', {}, 'PUT'],
    [404, 'a wrong path', '{}', {}, 'POST', '/telegram/webhooks'],
    [404, 'a path below', '{}', {}, 'POST', `${WEBHOOK}/x`],
    [404, 'a closing slash', '{}', {}, 'POST', `${WEBHOOK}/`],
    [404, 'the path in other letters', '{}', {}, 'POST', WEBHOOK.toUpperCase()],
    [400, 'malformed JSON', '{"update_id":', {}],
    [400, 'an empty body', '', {}],
    [400, 'a number', '7', {}],
    [400, 'null', 'null', {}],
    [400, 'a list', '[{"update_id":1}]', {}],
    [400, 'a text', '"update"', {}],
    [400, 'a form', 'update_id=1', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    [415, 'a compressed body', gzipSync('{"update_id":1}').toString('latin1'), { 'Content-Encoding': 'gzip' }],
  ])('%i %s', async (status, _what, body, headers, method, path) => {
    const answer = await send(body, headers, method, path);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(SECRET);
    if (status === 405) expect(answer.headers.get('allow')).toBe('POST');
    expect(http.accepted).toEqual([]);
  });

  test('a body that is not UTF-8', async () => {
    expect((await send(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status).toBe(400);
    expect(http.accepted).toEqual([]);
  });

  test('a gzip bomb, unopened', async () => {
    expect((await send(gzipSync(Buffer.alloc(50 * MIB)), { 'Content-Encoding': 'gzip' })).status).toBe(415);
    // Nothing of this one ever comes, so there is nothing that could have been opened.
    const headers = { [NAME]: SECRET, 'Content-Encoding': 'gzip', 'Content-Length': '50000' };
    expect((await raw(http.publicPort, [head('POST', WEBHOOK, headers)])).status).toBe(415);
  });
});

describe('refused early', () => {
  test('a wrong secret, before anything of the body came', async () => {
    // Nothing of it ever comes, so there is nothing an answer could have waited for.
    const answer = await raw(http.publicPort, [head('POST', WEBHOOK, { 'Content-Length': String(20 * MIB) })]);
    expect(answer.status).toBe(401);
  });

  test('20 MB announced, before anything of it came', async () => {
    const headers = { [NAME]: SECRET, 'Content-Length': String(20 * MIB) };
    const answer = await raw(http.publicPort, [head('POST', WEBHOOK, headers)]);
    expect(answer.status).toBe(413);
  });

  test('more than a body may hold, while it still comes', async () => {
    async function* endless(): AsyncGenerator<string> {
      yield head('POST', WEBHOOK, { [NAME]: SECRET, 'Transfer-Encoding': 'chunked' });
      for (let n = 0; n < 20; n += 1) yield `10000\r\n${' '.repeat(0x10000)}\r\n`;
      // Never ended: an answer must come all the same.
      await new Promise(() => {});
    }
    expect((await raw(http.publicPort, endless())).status).toBe(413);
  });

  test.each(['announced', 'in chunks'])(
    '20 MB %s, and the caller reads the refusal although they send all of it',
    async (how) => {
      const headers: Record<string, string> =
        how === 'announced' ? { 'Content-Length': String(20 * MIB) } : { 'Transfer-Encoding': 'chunked' };
      for (const connection of ['keep-alive', 'close']) {
        const parts = [
          head('POST', WEBHOOK, { [NAME]: SECRET, Connection: connection, ...headers }),
          ...(how === 'announced' ? [Buffer.alloc(20 * MIB, ' ')] : chunks(320, 0x10000)),
        ];
        const answer = await raw(http.publicPort, parts);
        expect(answer.status).toBe(413);
        expect(answer.end).not.toBe('reset');
      }
    },
  );

  test('a caller that asks before sending is told at once', async () => {
    const ask = (secret: string, length: number) =>
      raw(
        http.publicPort,
        [head('POST', WEBHOOK, { [NAME]: secret, 'Content-Length': String(length), Expect: '100-continue' })],
        { enough: /^HTTP\/1\.1 100 Continue\r\n\r\n/ },
      );
    expect((await ask('wrong', 10)).text).toMatch(/^HTTP\/1\.1 401/);
    expect((await ask(SECRET, 20 * MIB)).text).toMatch(/^HTTP\/1\.1 413/);
    expect((await ask(SECRET, 10)).text).toMatch(/^HTTP\/1\.1 100/);
  });
});

test('a caller that hangs up in the middle leaves nothing behind', async () => {
  await raw(http.publicPort, [head('POST', WEBHOOK, { [NAME]: SECRET, 'Content-Length': '100' }), '{'], {
    waitMs: 100,
  });
  expect((await send('{"update_id":2}')).status).toBe(200);
  expect(http.accepted).toEqual([{ update_id: 2 }]);
  expect(http.bugs).toEqual([]);
});

test('what could not be stored is asked for again, and taken then', async () => {
  storing = 'fails';
  const first = await send('{"update_id":3}');
  expect(first.status).toBe(503);
  expect(first.headers.get('retry-after')).toBe('1');
  expect(first.body).not.toContain('database');
  expect(failures).toHaveLength(1);
  storing = 'works';
  expect((await send('{"update_id":3}')).status).toBe(200);
  expect(http.accepted).toEqual([{ update_id: 3 }]);
});

test('a path with characters that mean something to a router is taken as it is', async () => {
  const odd = await testHttp({
    webhook: { path: '/bot1:abc/(x)*', secret: new Secret(SECRET), accept: async () => {}, onFailure: () => {} },
  });
  try {
    const at = async (path: string) =>
      (await raw(odd.publicPort, [head('POST', path, { [NAME]: SECRET, 'Content-Length': '2' }), '{}'])).status;
    expect(await at('/bot1:abc/(x)*')).toBe(200);
    expect(await at('/bot1:other/(x)*')).toBe(404);
    const { body } = await odd.metrics.expose();
    expect(body).not.toContain('bot1');
    expect(odd.log.join('')).not.toContain('bot1');
  } finally {
    await odd.stop();
  }
});

test('whatever bytes come, the answer is a clear one and only objects get through', async () => {
  const text = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map((value) => `${JSON.stringify(value)}\u0000`),
    fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth)),
    fc.integer({ min: 1, max: 20_000 }).map((depth) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.boolean(), async (body, chunked) => {
      http.accepted.length = 0;
      const bytes = Buffer.from(body);
      const parts = chunked
        ? [
            head('POST', WEBHOOK, { [NAME]: SECRET, 'Transfer-Encoding': 'chunked' }),
            bytes.length > 0 ? `${bytes.length.toString(16)}\r\n` : '',
            bytes,
            bytes.length > 0 ? '\r\n0\r\n\r\n' : '0\r\n\r\n',
          ]
        : [head('POST', WEBHOOK, { [NAME]: SECRET, 'Content-Length': String(bytes.length) }), bytes];
      const { status } = await raw(http.publicPort, parts);
      let isObject = false;
      try {
        const value: unknown = JSON.parse(bytes.toString());
        isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      } catch {
        // Not JSON.
      }
      expect(status).toBe(isObject ? 200 : 400);
      expect(http.accepted).toHaveLength(isObject ? 1 : 0);
    }),
    { numRuns: 150 },
  );
  expect(http.bugs).toEqual([]);
});
