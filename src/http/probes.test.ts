/** Guards the probes: quick whatever hangs, and detail for those alone whom it is meant for. */
import { afterEach, describe, expect, test } from 'vitest';
import { head, raw, type TestHttp, testHttp } from '../../test/support/http.ts';
import { ownTime } from '../../test/support/steady/own-time.ts';
import { systemClock } from '../core/clock.ts';
import { createHealth } from '../observability/health.ts';

let http: TestHttp | undefined;
afterEach(async () => {
  await http?.stop(0);
  http = undefined;
});

const detail = {
  status: 'degraded',
  checks: { disk: { status: 'degraded', message: '3 MiB free', latencyMs: 1, since: '' } },
} as const;
const read = async (port: number, path: string, headers: Record<string, string> = {}) => {
  const { status, body } = await raw(port, [head('GET', path, headers)]);
  return { status, body: JSON.parse(body) as unknown };
};

describe('detail', () => {
  test('is for this machine when nobody speaks for another', async () => {
    http = await testHttp({ health: async () => detail });
    expect((await read(http.publicPort, '/health')).body).toEqual({ ...detail, version: '1.2.3' });
    expect((await read(http.publicPort, '/info')).body).toMatchObject({ name: 'steward', revision: 'abc' });
  });

  test.each(['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'X-Forwarded-Anything', 'Forwarded'])(
    'is not for a request with %s, even empty and from a trusted proxy',
    async (name) => {
      http = await testHttp({ health: async () => detail, trustedProxies: 1 });
      for (const value of ['', '127.0.0.1', 'for=127.0.0.1']) {
        expect((await read(http.publicPort, '/health', { [name]: value })).body).toEqual({ status: 'degraded' });
        for (const method of ['GET', 'POST', 'OPTIONS'])
          expect((await raw(http.publicPort, [head(method, '/info', { [name]: value })])).status).toBe(404);
      }
    },
  );

  test('is for whoever reaches the metrics port', async () => {
    http = await testHttp({ health: async () => detail });
    expect((await read(http.metricsPort, '/health', { 'X-Forwarded-For': '1.2.3.4' })).body).toHaveProperty('checks');
    expect((await read(http.metricsPort, '/info', { 'X-Forwarded-For': '1.2.3.4' })).status).toBe(200);
  });

  test('the reasons of not being ready are named to all, told to those', async () => {
    http = await testHttp({
      notReady: async () => [{ part: 'database', message: 'connect ECONNREFUSED 10.0.0.1:5432' }],
    });
    expect(await read(http.publicPort, '/health/ready')).toEqual({
      status: 503,
      body: { status: 'unavailable', reasons: ['database: connect ECONNREFUSED 10.0.0.1:5432'] },
    });
    expect((await read(http.publicPort, '/health/ready', { 'X-Forwarded-For': '1.2.3.4' })).body).toEqual({
      status: 'unavailable',
      reasons: ['database'],
    });
  });
});

test('metrics are not on the public side', async () => {
  http = await testHttp();
  expect((await raw(http.publicPort, [head('GET', '/metrics')])).status).toBe(404);
});

test('a critical part that is down is 503, another is not', async () => {
  let status: 'down' | 'degraded' = 'down';
  http = await testHttp({ health: async () => ({ status, checks: {} }) });
  expect((await read(http.publicPort, '/health')).status).toBe(503);
  status = 'degraded';
  expect((await read(http.publicPort, '/health')).status).toBe(200);
});

test('everything answers within a second while a check hangs', async () => {
  const health = createHealth(systemClock, [{ name: 'database', critical: true, run: () => new Promise(() => {}) }]);
  http = await testHttp({
    health: () => health.report(),
    notReady: async () => [...Object.keys((await health.report()).checks)].map((part) => ({ part })),
  });
  const asks: Array<[number, string, number]> = [
    [http.publicPort, '/health', 503],
    [http.publicPort, '/health/ready', 503],
    [http.publicPort, '/health/live', 200],
    [http.metricsPort, '/health', 503],
    [http.metricsPort, '/metrics', 200],
  ];
  for (let round = 0; round < 2; round += 1) {
    const { outcome: answers, ms } = await ownTime(() =>
      Promise.all(asks.map(([port, path]) => raw(port, [head('GET', path)]))),
    );
    expect(answers.map((answer) => answer.status)).toEqual(asks.map(([, , status]) => status));
    expect(ms).toBeLessThan(1_000);
  }
});

test('no answer may be kept by a cache', async () => {
  http = await testHttp();
  for (const path of ['/health', '/health/live', '/health/ready', '/info'])
    expect((await raw(http.publicPort, [head('GET', path)])).headers.get('cache-control')).toBe('no-store');
});

test('routes in metrics cannot be made up by callers', async () => {
  http = await testHttp();
  const made = [
    '/health/made-up',
    '/HEALTH/x',
    '/HeAlTh/live',
    '/health/',
    '/made/up',
    '/info/x',
    '/health;made',
    '/health%2fmade',
    '//health',
  ];
  for (const path of made) await raw(http.publicPort, [head('GET', path)]);
  for (const method of ['PROPFIND', 'LOCK', 'PURGE']) await raw(http.publicPort, [head(method, '/health')]);
  const { body } = await http.metrics.expose();
  const routes = new Set([...body.matchAll(/steward_http_requests_total\{route="([^"]*)"/g)].map((found) => found[1]));
  expect([...routes].sort()).toEqual(['/health', '/health/live', 'other']);
  const methods = new Set(
    [...body.matchAll(/steward_http_requests_total\{.*method="([^"]*)"/g)].map((found) => found[1]),
  );
  expect([...methods].sort()).toEqual(['GET', 'other']);
});

test('a request is found in the log by its id, which a caller may give but not abuse', async () => {
  http = await testHttp();
  const ours = (await raw(http.publicPort, [head('GET', '/health', { 'X-Request-Id': '<script>"' })])).headers.get(
    'x-request-id',
  );
  expect(ours).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const theirs = await raw(http.publicPort, [head('GET', '/nope', { 'X-Request-Id': 'trace-12345678' })]);
  expect(theirs.headers.get('x-request-id')).toBe('trace-12345678');
  expect(JSON.parse(theirs.body)).toMatchObject({ instance: 'trace-12345678' });
  const { log } = http;
  await expect.poll(() => log.join('')).toContain('"requestId":"trace-12345678"');
});
