/** Guards what every answer carries, whoever gives it, and who may be believed about HTTPS and addresses. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { head, type RawAnswer, raw, SECRET, type TestHttp, testHttp, WEBHOOK } from '../../test/support/http.ts';

const EXPECTED: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /^(?=.*default-src 'none')(?!.*unsafe)/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
};

function expectSecure(answer: RawAnswer): void {
  for (const [name, pattern] of Object.entries(EXPECTED)) expect(answer.headers.get(name), name).toMatch(pattern);
  expect(answer.headers.has('x-powered-by')).toBe(false);
  expect(answer.headers.has('server')).toBe(false);
}

describe('on every kind of answer', () => {
  let http: TestHttp;
  let https: TestHttp;
  beforeAll(async () => {
    http = await testHttp({
      notReady: async () => [{ part: 'database', message: 'gone' }],
      info: () => {
        throw new Error('broken');
      },
    });
    https = await testHttp({ forceHttps: true });
  });
  afterAll(() => Promise.all([http.stop(), https.stop()]));
  const post = (headers: Record<string, string>, path = WEBHOOK) => head('POST', path, headers);
  const secret = { 'X-Telegram-Bot-Api-Secret-Token': SECRET };
  const kinds: Array<[number, string, () => Promise<RawAnswer>]> = [
    [200, 'a probe', () => raw(http.publicPort, [head('GET', '/health')])],
    [200, 'a probe of the metrics port', () => raw(http.metricsPort, [head('GET', '/health')])],
    [200, 'the metrics', () => raw(http.metricsPort, [head('GET', '/metrics')])],
    [200, 'a stored update', () => raw(http.publicPort, [`${post({ ...secret, 'Content-Length': '2' })}{}`])],
    [200, 'OPTIONS', () => raw(http.publicPort, [head('OPTIONS', '/health')])],
    [308, 'the way to HTTPS', () => raw(https.publicPort, [head('GET', '/tasks?x=1')])],
    [400, 'a body that is no JSON', () => raw(http.publicPort, [`${post({ ...secret, 'Content-Length': '1' })}{`])],
    [400, 'a line that is no request', () => raw(http.publicPort, ['nonsense\r\n\r\n'])],
    [400, 'a request without Host', () => raw(http.publicPort, ['GET /health HTTP/1.1\r\n\r\n'])],
    [400, 'a header that is none', () => raw(http.metricsPort, ['GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n'])],
    [401, 'a wrong secret', () => raw(http.publicPort, [post({ 'Content-Length': '0' })])],
    [404, 'an unknown address', () => raw(http.publicPort, [head('GET', '/nope')])],
    [404, 'an address with a broken escape', () => raw(http.publicPort, [head('GET', '/%E0%A4%A')])],
    [404, 'an unknown address of the metrics port', () => raw(http.metricsPort, [head('DELETE', '/nope')])],
    [405, 'a wrong method', () => raw(http.publicPort, [head('DELETE', '/health')])],
    [405, 'a wrong method at the webhook', () => raw(http.publicPort, [head('PUT', WEBHOOK, secret)])],
    [413, 'too large a body', () => raw(http.publicPort, [post({ ...secret, 'Content-Length': '20000000' })])],
    [415, 'a compressed body', () => raw(http.publicPort, [post({ ...secret, 'Content-Encoding': 'gzip' })])],
    [431, 'too large a head', () => raw(http.publicPort, [head('GET', '/', { Cookie: 'a'.repeat(40_000) })])],
    [500, 'a fault of ours', () => raw(http.metricsPort, [head('GET', '/info')])],
    [503, 'not ready', () => raw(http.publicPort, [head('GET', '/health/ready')])],
  ];
  test.each(kinds)('%i, %s', async (status, _what, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expectSecure(answer);
    expect(answer.headers.has('strict-transport-security')).toBe(false);
    if (status >= 400 && !answer.body.includes('"reasons"')) {
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(JSON.parse(answer.body)).toMatchObject({ type: 'about:blank', status });
      expect(answer.body.length).toBeLessThan(300);
    }
  });

  test('429', async () => {
    const one = await testHttp();
    try {
      let last: RawAnswer | undefined;
      for (let count = 0; count < 101; count += 1) last = await raw(one.publicPort, [head('GET', '/x')]);
      expect(last?.status).toBe(429);
      if (last) expectSecure(last);
    } finally {
      await one.stop();
    }
  });

  test('a fault of ours tells a reference and nothing else', async () => {
    const { body } = await raw(http.metricsPort, [head('GET', '/info')]);
    expect(body).toContain('REF1');
    expect(body).not.toContain('broken');
    expect(http.bugs).toContain('http GET');
  });

  test('without a body to HEAD, with the head of GET', async () => {
    for (const [port, path, status] of [
      [http.publicPort, '/health', 200],
      [http.publicPort, '/nope', 404],
      [http.metricsPort, '/metrics', 200],
    ] as const) {
      const answer = await raw(port, [head('HEAD', path, { Connection: 'close' })], { toEnd: true });
      expect(answer.status).toBe(status);
      expect(answer.body).toBe('');
      expectSecure(answer);
    }
  });

  test('OPTIONS says which methods an address takes', async () => {
    const answer = await raw(http.publicPort, [head('OPTIONS', '/health/live')]);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect((await raw(http.publicPort, [head('OPTIONS', '/nope')])).status).toBe(404);
  });
});

describe('HTTPS', () => {
  const hsts = 'strict-transport-security';
  const https = { 'X-Forwarded-Proto': 'https' };

  test('is believed of a trusted proxy alone', async () => {
    const open = await testHttp();
    const behind = await testHttp({ trustedProxies: 1 });
    const elsewhere = await testHttp({ trustedProxies: ['10.1.2.3'] });
    try {
      expect((await raw(open.publicPort, [head('GET', '/health', https)])).headers.has(hsts)).toBe(false);
      expect((await raw(elsewhere.publicPort, [head('GET', '/health', https)])).headers.has(hsts)).toBe(false);
      expect((await raw(behind.publicPort, [head('GET', '/health')])).headers.has(hsts)).toBe(false);
      const told = await raw(behind.publicPort, [head('GET', '/nope', https)]);
      expect(told.headers.get(hsts)).toBe('max-age=31536000; includeSubDomains; preload');
    } finally {
      await Promise.all([open.stop(), behind.stop(), elsewhere.stop()]);
    }
  });

  test('is where plain requests are sent, probes excepted', async () => {
    const http = await testHttp({ forceHttps: true, trustedProxies: 1 });
    try {
      const moved = await raw(http.publicPort, [head('POST', '/a/b?c=%0d%0a&d=<x>')]);
      expect(moved.status).toBe(308);
      expect(moved.headers.get('location')).toBe('https://steward.test/a/b?c=%0d%0a&d=%3Cx%3E');
      for (const path of ['/health', '/health/live', '/health/ready', '/HEALTH/'])
        expect((await raw(http.publicPort, [head('GET', path)])).status).toBe(200);
      expect((await raw(http.publicPort, [head('GET', '/healthy')])).status).toBe(308);
      expect((await raw(http.publicPort, [head('GET', '/nope', https)])).status).toBe(404);
      expect((await raw(http.metricsPort, [head('GET', '/metrics')])).status).toBe(200);
    } finally {
      await http.stop();
    }
  });

  test.each([
    'evil.test/path',
    'a@evil.test',
    'evil.test#x',
    'evil.test\\x',
    '..',
    'a b',
    '<script>',
    `${'a'.repeat(300)}.test`,
    '',
  ])('never leads where the Host header %j would', async (host) => {
    const http = await testHttp({ forceHttps: true });
    try {
      const answer = await raw(http.publicPort, [head('GET', '/', { Host: host })]);
      expect(answer.status).toBe(400);
      expect(answer.headers.has('location')).toBe(false);
    } finally {
      await http.stop();
    }
  });

  test('leads to the public address whatever the Host header says, when it is known', async () => {
    const http = await testHttp({ forceHttps: true, publicUrl: 'https://steward.example:8443/base' });
    try {
      for (const target of ['/x', '//evil.test/x', 'http://evil.test/x']) {
        const { headers } = await raw(http.publicPort, [head('GET', target, { Host: 'evil.test' })]);
        expect(headers.get('location')).toMatch(/^https:\/\/steward\.example:8443\//);
      }
    } finally {
      await http.stop();
    }
  });

  test('keeps an IPv6 host and drops the plain port', async () => {
    const http = await testHttp({ forceHttps: true });
    try {
      const to = async (host: string) => (await raw(http.publicPort, [head('GET', '/', { Host: host })])).headers;
      expect((await to('[::1]:3000')).get('location')).toBe('https://[::1]/');
      expect((await to('a.test:3000')).get('location')).toBe('https://a.test/');
    } finally {
      await http.stop();
    }
  });
});
