/** What is fired after Steward was away, or for a crowd at once: told together, left out, held, in few statements. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, type ReminderStage, reminderStage } from '../../../../test/support/reminders.ts';
import { iso } from '../../../core/clock.ts';
import { deliveriesOf, hold, markQueued, releaseHeld, skip, takeDue } from '../../../outbox/ledger.ts';
import * as service from '../service.ts';
import type { FiredFacts } from '../views/fired.ts';
import { fire } from './firing.ts';
import { reconcile } from './planning.ts';

let stage: ReminderStage;

beforeAll(async () => {
  stage = await reminderStage();
});
afterAll(() => stage.drop());

test('three days of one series come as one message with the others named and each recorded', async () => {
  stage.now = Date.parse('2026-07-01T06:00:00Z');
  const series = await stage.daily('2026-07-01T09:00', [9, 18]);
  const other = await stage.make({ kind: 'wall', local: '2026-07-02T12:00' }, 'Other');
  const sent = await stage.pass('2026-07-04T06:00:00Z');
  expect(sent.map((one) => one.facts.text).sort()).toEqual(['Other', 'Stretch']);
  const told = sent.find((one) => one.facts.text === 'Stretch');
  expect(iso(told?.dueAt ?? 0)).toBe('2026-07-03T16:00:00.000Z');
  expect(told?.facts.missed.map(iso)).toEqual([
    '2026-07-02T07:00:00.000Z',
    '2026-07-02T16:00:00.000Z',
    '2026-07-03T07:00:00.000Z',
  ]);
  expect(told?.facts.missedMore).toBe(2);
  const states = (await deliveriesOf(stage.db, series.id, 20)).map((row) => `${row.state} ${row.reason ?? ''}`.trim());
  expect(states).toEqual(['due', 'sent', ...Array(5).fill('skipped told-together')]);
  expect(await stage.waiting(series)).toEqual(['2026-07-04T07:00:00.000Z']);
  expect(await stage.run()).toEqual([]);
  await stage.remove(series);
  expect((await stage.again(other)).status).toBe('ended');
});

test('ten thousand missed occurrences are one message, a bounded number of rows, and the ledger says there were more', async () => {
  stage.now = Date.parse('2026-08-03T06:00:00Z');
  const series = await stage.make({
    kind: 'series',
    start: '2026-08-03T08:01',
    rrule: 'FREQ=MINUTELY',
    basis: 'schedule',
  });
  const sent = await stage.pass(stage.now + 10_000 * 60_000);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.dueAt).toBe(stage.now);
  expect(sent[0]?.facts.missedCapped).toBe(true);
  const rows = await deliveriesOf(stage.db, series.id, 1000);
  expect(rows.length).toBeLessThan(250);
  expect(rows.filter((row) => row.state === 'due').map((row) => row.dueAt)).toEqual([stage.now + 60_000]);
  expect(rows.at(-1)?.reason).toMatch(/^told-together \d+\+$/);
  await stage.remove(series);
});

test('the late policy "skip" leaves out what is more than an hour late and says so', async () => {
  stage.now = Date.parse('2026-09-01T06:00:00Z');
  const once = await stage.make({ kind: 'wall', local: '2026-09-01T09:00' });
  const near = await stage.make({ kind: 'wall', local: '2026-09-01T10:30' }, 'Near');
  for (const one of [once, near]) await stage.act((changes) => service.setLatePolicy(changes, stage.ada, one, 'skip'));
  const sent = await stage.pass('2026-09-01T09:00:00Z');
  expect(sent.map((one) => one.facts.text)).toEqual(['Near']);
  expect((await deliveriesOf(stage.db, once.id, 1))[0]).toMatchObject({ state: 'skipped', reason: 'late' });
});

test('a reminder that is being changed right now is held for a moment instead of holding up the others', async () => {
  stage.now = Date.parse('2026-09-02T06:00:00Z');
  const busy = await stage.make({ kind: 'instant', at: stage.now + HOUR }, 'Busy');
  await stage.make({ kind: 'instant', at: stage.now + HOUR }, 'Free');
  stage.now += HOUR;
  await stage.db.transaction(async (tx) => {
    await tx.query('SELECT id FROM reminders WHERE id = $1 FOR UPDATE', [busy.id]);
    const fired = await stage.db.transaction(async (other) => {
      const due = await takeDue(other, stage.now, 500);
      const result = await fire(other, due, stage.now, () => {});
      await markQueued(
        other,
        result.send.map((item) => item.id),
        stage.now,
      );
      await hold(other, result.hold);
      return result;
    });
    expect(fired.send.map((item) => (item.message.payload as FiredFacts).text)).toEqual(['Free']);
    expect(fired.hold.map((held) => held.reason)).toEqual(['busy']);
  });
  stage.now += 2_000;
  await releaseHeld(stage.db, stage.now);
  expect((await stage.run()).map((one) => one.facts.text)).toEqual(['Busy']);
});

test('two thousand due reminders of mixed kinds fire in a bounded number of statements', async () => {
  stage.now = Date.parse('2026-09-10T06:00:00Z');
  const crowd = await stage.actorOf(31);
  await stage.db.query(
    `INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, local_at, rrule, rrule_basis, status, created_by, created_at)
     SELECT $1, 1000 + n, $2, 31, 'r' || n, 'wall', '2026-09-10 09:00', CASE WHEN n % 2 = 0 THEN 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0' END,
            CASE WHEN n % 2 = 0 THEN 'schedule' END, 'active', $2, $3 FROM generate_series(1, 2000) n`,
    [crowd.spaceId, crowd.person.id, iso(stage.now)],
  );
  expect(await reconcile(stage.db, stage.at())).toBe(2000);
  stage.now = Date.parse('2026-09-12T07:00:00Z');
  let statements = 0;
  const sent = await stage.db.transaction(async (tx) => {
    const due = await takeDue(tx, stage.now, 5000);
    const counting = {
      ...tx,
      query: (...call: Parameters<typeof tx.query>) => {
        statements += 1;
        return tx.query(...call);
      },
    } as typeof tx;
    const fired = await fire(counting, due, stage.now, () => {});
    await markQueued(
      tx,
      fired.send.map((item) => item.id),
      stage.now,
    );
    await skip(tx, fired.skip, stage.now);
    return fired.send.length;
  });
  expect(sent).toBe(2000);
  expect(statements).toBeLessThanOrEqual(5);
  const [left] = await stage.db.query<{ planned: number; ended: number }>(
    `SELECT (SELECT count(*) FROM deliveries WHERE space_id = $1 AND state = 'due' AND queued_at IS NULL) AS planned,
            (SELECT count(*) FROM reminders WHERE space_id = $1 AND status = 'ended') AS ended`,
    [crowd.spaceId],
  );
  expect(left).toEqual({ planned: 1000, ended: 1000 });
  await stage.db.query(`DELETE FROM reminders WHERE space_id = $1`, [crowd.spaceId]);
  await stage.db.query(`DELETE FROM deliveries WHERE space_id = $1`, [crowd.spaceId]);
});
