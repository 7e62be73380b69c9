/** Guards health: quick when checks hang, asked once for many, and without secrets. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DrivenClock } from '../core/clock.ts';
import { type CheckResult, createHealth, type HealthCheck } from './health.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = '2026-11-22T10:00:00.000Z';
const ok: HealthCheck = { name: 'fine', critical: true, run: async () => ({ status: 'ok' }) };
const never = () => new Promise<CheckResult>(() => {});

test('a critical part that is down takes the whole down; another only degrades it', async () => {
  const report = (critical: boolean) =>
    createHealth(new DrivenClock(at), [ok, { name: 'x', critical, run: async () => ({ status: 'down' }) }]).report();
  expect((await report(true)).status).toBe('down');
  expect((await report(false)).status).toBe('degraded');
  expect((await createHealth(new DrivenClock(at), [ok]).report()).status).toBe('ok');
});

test('checks that hang are told within a second, all at once, and not started again', async () => {
  let started = 0;
  const hanging: HealthCheck[] = ['a', 'b', 'c'].map((name) => ({
    name,
    critical: name === 'a',
    run: () => {
      started += 1;
      return never();
    },
  }));
  const health = createHealth(new DrivenClock(at), [ok, ...hanging]);
  const asked = Promise.all(Array.from({ length: 20 }, () => health.report()));
  await vi.advanceTimersByTimeAsync(999);
  expect(vi.getTimerCount()).toBe(0);
  const reports = await asked;
  expect(reports[0]?.status).toBe('down');
  expect(reports[0]?.checks['a']).toMatchObject({ status: 'down', message: 'no answer within 800 ms' });
  expect(reports[0]?.checks['b']?.status).toBe('degraded');
  expect(reports[0]?.checks['fine']?.status).toBe('ok');
  expect(started).toBe(3);
});

test('many who ask cost one check', async () => {
  let runs = 0;
  const health = createHealth(new DrivenClock(at), [
    {
      name: 'counted',
      critical: true,
      run: async () => {
        runs += 1;
        return { status: 'ok' };
      },
    },
  ]);
  for (let n = 0; n < 50; n += 1) await health.report();
  expect(runs).toBe(1);
});

test('a check that answers after all is believed', async () => {
  let answer: ((result: CheckResult) => void) | undefined;
  const run = () =>
    new Promise<CheckResult>((resolve) => {
      answer = resolve;
    });
  const health = createHealth(new DrivenClock(at), [{ name: 'slow', critical: true, run }]);
  const late = health.report();
  await vi.advanceTimersByTimeAsync(999);
  expect((await late).status).toBe('down');
  answer?.({ status: 'ok' });
  await vi.advanceTimersByTimeAsync(0);
  expect((await health.report()).status).toBe('ok');
});

test('since when a part is what it is stays until it changes', async () => {
  const clock = new DrivenClock(at);
  let status: 'ok' | 'degraded' = 'ok';
  const health = createHealth(clock, [{ name: 'x', critical: false, run: async () => ({ status }) }]);
  expect((await health.report()).checks['x']?.since).toBe(at);
  clock.advance(60_000);
  status = 'degraded';
  await vi.advanceTimersByTimeAsync(2_050);
  expect((await health.report()).checks['x']).toMatchObject({ status: 'degraded', since: '2026-11-22T10:01:00.000Z' });
});

test('what a check throws is told without its secrets', async () => {
  const run = async (): Promise<CheckResult> => {
    throw new Error(`${'x'.repeat(180)} postgres://steward:pl4nted-password@db/x`);
  };
  const report = await createHealth(new DrivenClock(at), [{ name: 'database', critical: true, run }]).report();
  expect(report.status).toBe('down');
  expect(JSON.stringify(report)).not.toContain('pl4nt');
});
