/** Guards the catalogue: names, units, help and labels by one rule, and nothing outside it. */
import { afterEach, expect, test, vi } from 'vitest';
import { DrivenClock } from '../core/clock.ts';
import { createHeartbeats } from './heartbeats.ts';
import { createMetrics, metricCatalogue } from './metrics.ts';

afterEach(() => void vi.useRealTimers());

const entries = Object.entries(metricCatalogue);

test.each(entries)('%s says what it is in its name, its help and its labels', (name, { kind, help, labels }) => {
  expect(name).toMatch(/^steward_[a-z]+(?:_[a-z]+)*$/);
  expect(help).toMatch(/^[A-Z0-9].{10,}\.$/);
  if (kind === 'counter') expect(name).toMatch(/_total$/);
  else expect(name).not.toMatch(/_total$/);
  if (kind === 'histogram') expect(name).toMatch(/_seconds$/);
  expect(name).not.toMatch(/_(?:ms|milliseconds|minutes|hours|kb|mb|mib|percent)(?:_|$)/);
  for (const label of labels) {
    expect(label).toMatch(/^[a-z]+$/);
    // Values of these have no bound.
    expect(['id', 'chat', 'user', 'person', 'path', 'url', 'address', 'message', 'ip']).not.toContain(label);
  }
});

test('what the contract names is there, with its labels', () => {
  const promised: Record<string, string[]> = {
    steward_updates_total: ['type', 'outcome'],
    steward_update_reply_seconds: [],
    steward_inbox_depth: [],
    steward_inbox_oldest_seconds: [],
    steward_deliveries_total: ['kind', 'state'],
    steward_delivery_lateness_seconds: [],
    steward_telegram_requests_total: ['method', 'code'],
    steward_poller_active: [],
    steward_errors_total: ['kind'],
    steward_backup_last_success_timestamp_seconds: [],
    steward_build_info: ['version', 'revision'],
  };
  const has: Record<string, readonly string[]> = Object.fromEntries(entries.map(([name, one]) => [name, one.labels]));
  for (const [name, labels] of Object.entries(promised)) expect(has[name], name).toEqual(labels);
});

test('everything exposed is ours by name, and two processes do not share it', async () => {
  const [one, two] = [createMetrics(), createMetrics()];
  one.count('steward_errors_total', { kind: 'TypeError' });
  one.observe('steward_delivery_lateness_seconds', {}, 0.2);
  const { contentType, body } = await one.expose();
  expect(contentType).toContain('text/plain');
  for (const line of body.split('\n').filter((each) => each !== '' && !each.startsWith('#')))
    expect(line).toMatch(/^steward_/);
  expect(body).toContain('steward_errors_total{kind="TypeError"} 1');
  expect((await two.expose()).body).not.toContain('TypeError');
});

test('a silent loop is named, one that beats is not, whatever the wall clock does', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const clock = new DrivenClock('2026-11-22T10:00:00Z');
  const metrics = createMetrics();
  const heartbeats = createHeartbeats(clock, metrics);
  heartbeats.beat('sender');
  heartbeats.beat('poller');
  clock.advance(86_400_000);
  expect(heartbeats.stalled(1_000)).toEqual([]);
  vi.advanceTimersByTime(60);
  heartbeats.beat('poller');
  expect(heartbeats.stalled(50)).toEqual(['sender']);
  const { body } = await metrics.expose();
  expect(body).toContain(`steward_loop_heartbeat_timestamp_seconds{loop="poller"} ${clock.now() / 1000}`);
});
