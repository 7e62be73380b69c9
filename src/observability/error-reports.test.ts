/** Guards reports to a Sentry-compatible service: what is told and what never is, on a real server, and that they hold up nothing. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DrivenClock } from '../core/clock.ts';
import { Secret } from '../core/secret.ts';
import { type ErrorReports, envelopeTarget, openErrorReports } from './error-reports.ts';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const received: Received[] = [];
let answer: (response: ServerResponse) => void = (response) => response.end('{}');
let port = 0;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
    answer(response);
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  received.length = 0;
  troubles.length = 0;
  answer = (response) => response.end('{}');
});

const troubles: string[] = [];
const open = (path = '/7'): ErrorReports =>
  openErrorReports({
    dsn: new Secret(`http://publickey@127.0.0.1:${port}${path}`),
    release: 'steward@1.2.3',
    environment: 'production',
    clock: new DrivenClock('2026-11-25T10:00:00Z'),
    onTrouble: (reason) => void troubles.push(reason),
  });
const as = (fingerprint: string) => ({ fingerprint, kind: 'TypeError', place: 'update.message', ref: '7F3K' });

class Refused extends Error {
  readonly code = '23505';
}

test('an error is told by class, code, place, reference, version and stack', async () => {
  const reports = open('/prefix/42');
  reports.report(new Refused('planted words of Ada: "call Bob"'), as('f1'));
  await reports.flush(2_000);
  expect(received).toHaveLength(1);
  const [{ path, headers, body }] = received as [Received];
  expect(path).toBe('/prefix/api/42/envelope/');
  expect(headers['x-sentry-auth']).toContain('sentry_key=publickey');
  expect(headers['content-type']).toBe('application/x-sentry-envelope');
  const [head = '', item = '', event = ''] = body.split('\n');
  expect(JSON.parse(head)).toEqual({
    event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    sent_at: '2026-11-25T10:00:00.000Z',
  });
  expect(JSON.parse(item)).toEqual({
    type: 'event',
    content_type: 'application/json',
    length: Buffer.byteLength(event),
  });
  expect(JSON.parse(event)).toMatchObject({
    release: 'steward@1.2.3',
    environment: 'production',
    fingerprint: ['f1'],
    tags: { place: 'update.message', kind: 'TypeError', ref: '7F3K', code: '23505' },
    exception: { values: [{ type: 'Refused', value: '23505 in update.message' }] },
  });
  const { frames } = JSON.parse(event).exception.values[0].stacktrace;
  expect(frames.at(-1)).toMatchObject({ filename: 'src/observability/error-reports.test.ts', in_app: true });
});

test('no message, no word of a person, no token, no host and no home folder leaves', async () => {
  const reports = open();
  const error = new Error('planted message 12345678:AAplantedplantedplantedplantedplanted');
  error.stack = `Error: planted message\n    at handle (/home/planted-ada/steward/src/app.ts:3:1)\n    at file:///home/planted-ada/steward/node_modules/pg/lib/client.js:9:2`;
  reports.report(error, as('f2'));
  reports.report('planted thrown text', as('f3'));
  reports.report({ planted: 'object', code: 'planted words with spaces' }, as('f4'));
  await reports.flush(2_000);
  await expect.poll(() => received.length).toBe(3);
  const all = JSON.stringify(received.map(({ path, body }) => ({ path, body })));
  expect(all).not.toContain('planted');
  expect(all).not.toMatch(/server_name|breadcrumbs|request|"user"|modules"/);
  expect(all).toContain('src/app.ts');
  expect(all).toContain('node_modules/pg/lib/client.js');
});

test('the same error is sent once a minute, others beside it', async () => {
  const reports = open();
  for (let n = 0; n < 50; n += 1) reports.report(new Error('x'), as('same'));
  reports.report(new Error('y'), as('other'));
  await reports.flush(2_000);
  expect(received).toHaveLength(2);
});

test('a storm of different errors keeps at most thirty in memory and returns at once', async () => {
  answer = () => {};
  const reports = open();
  // What is told returns nothing that could be waited for.
  for (let n = 0; n < 5_000; n += 1) expect(reports.report(new Error('x'), as(`storm-${n}`))).toBeUndefined();
  await reports.flush(50);
  expect(received.length).toBeLessThanOrEqual(1);
  answer = (response) => response.end('{}');
});

test('a service that refuses is left alone for as long as it asks, and its trouble is told once', async () => {
  answer = (response) => response.writeHead(429, { 'retry-after': '60' }).end();
  const reports = open();
  for (let n = 0; n < 5; n += 1) {
    reports.report(new Error('x'), as(`limited-${n}`));
    await reports.flush(2_000);
  }
  expect(received).toHaveLength(1);
  expect(troubles).toEqual(['answers 429']);
});

test('a service that is not there is no error', async () => {
  const reports = openErrorReports({
    dsn: new Secret('http://key@127.0.0.1:1/1'),
    release: 'steward@1.2.3',
    environment: 'test',
    clock: new DrivenClock('2026-11-25T10:00:00Z'),
    onTrouble: (reason) => void troubles.push(reason),
  });
  reports.report(new Error('x'), as('f'));
  await reports.flush(2_000);
  expect(troubles).toEqual(['ECONNREFUSED']);
});

test.each([
  ['https://k@sentry.example.net/12', 'https://sentry.example.net/api/12/envelope/'],
  ['https://k:s@sentry.example.net:8443/a/b/12/', 'https://sentry.example.net:8443/a/b/api/12/envelope/'],
  ['https://sentry.example.net/12', undefined],
  ['https://k@sentry.example.net/', undefined],
  ['ftp://k@sentry.example.net/1', undefined],
  ['words', undefined],
])('%s leads to %s', (dsn, url) => {
  expect(envelopeTarget(dsn, 'steward/1')?.url.href).toBe(url);
});
