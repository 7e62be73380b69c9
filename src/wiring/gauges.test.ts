/** Guards the values an operator is alerted by: from which ground they are read, and that counters begin before their first event. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { DrivenClock } from '../core/clock.ts';
import { createLogger } from '../observability/logger.ts';
import { createMetrics } from '../observability/metrics.ts';
import { openErrorRecorder } from '../storage/stored-errors.ts';
import { webhookProblem } from '../telegram/receive/webhook.ts';
import { startGauges } from './gauges.ts';
import { counted } from './jobs.ts';

let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await testDatabase();
});
afterAll(() => postgres.drop());

const clock = new DrivenClock('2026-11-22T10:00:00Z');

test.each([
  ['SSL error {error:0A000086:SSL routines::certificate verify failed (self-signed certificate)}', 'certificate'],
  ['Connection refused', 'unreachable'],
  ['Connection timed out', 'unreachable'],
  ['Read timeout expired', 'unreachable'],
  ['Failed to resolve host: Name or service not known', 'unreachable'],
  ['Wrong response from the webhook: 503 Service Unavailable', 'answer'],
  ['Bad webhook: something new', 'other'],
])('what Telegram says of a failed delivery, %s, is a problem of kind %s', (said, problem) => {
  expect(webhookProblem(said)).toBe(problem);
});

test('the gauges say how updates arrive, what waits at Telegram, what is overdue, and how large disk and memory are', async () => {
  const metrics = createMetrics();
  const db = postgres.database();
  const log = createLogger({ level: 'error', format: 'json' });
  const errors = openErrorRecorder({ db, clock, metrics, log });
  const webhook = { wasSet: false, pending: 7, lastErrorAt: clock.now() - 60_000, lastError: 'Connection refused' };
  const gauges = startGauges({
    db,
    clock,
    metrics,
    errors,
    bot: () => ({
      state: () => ({ poller: { active: false, problem: null }, sending: null, setUp: true, webhook }),
    }),
    queue: () => undefined,
    beat: () => {},
    ready: () => true,
    mode: 'webhook',
    dataDir: '.',
  });
  const exposed = async () => (await metrics.expose()).body;
  await expect.poll(exposed).toContain('steward_database_up 1');
  await expect.poll(exposed).toMatch(/^steward_disk_size_bytes [1-9]/m);
  const body = await exposed();
  for (const line of [
    'steward_ready 1',
    'steward_telegram_mode{mode="webhook"} 1',
    'steward_webhook_pending_updates 7',
    `steward_webhook_last_error_timestamp_seconds ${clock.now() / 1000 - 60}`,
    'steward_webhook_problem{problem="unreachable"} 1',
    'steward_webhook_problem{problem="certificate"} 0',
    'steward_ledger_overdue_seconds 0',
  ])
    expect(body).toContain(line);
  expect(body).toMatch(/^steward_memory_limit_bytes [1-9]/m);
  // An old failure is no problem of now.
  clock.advance(180_000);
  gauges.wake();
  await expect.poll(exposed).toContain('steward_webhook_problem{problem="unreachable"} 0');
  await gauges.stop();
});

test('runs of internal jobs are counted from zero on, failed ones too', async () => {
  const metrics = createMetrics();
  const exposed = async () => (await metrics.expose()).body;
  let fails = false;
  const job = { name: 'trim', cron: '* * * * *', zone: 'UTC', expireSeconds: 1 };
  const run = async () => {
    if (fails) throw new Error('away');
  };
  const watched = counted({ ...job, run }, metrics);
  expect(await exposed()).toContain('steward_queue_runs_total{queue="trim",outcome="failed"} 0');
  await watched.run();
  fails = true;
  await expect(watched.run()).rejects.toThrow('away');
  const body = await exposed();
  expect(body).toContain('steward_queue_runs_total{queue="trim",outcome="completed"} 1');
  expect(body).toContain('steward_queue_runs_total{queue="trim",outcome="failed"} 1');
  expect(body).toContain('steward_queue_run_seconds_count{queue="trim"} 2');
});
