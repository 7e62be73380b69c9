/** What is planned: wall clocks over shifts and journeys, one occurrence ahead, and what the ledger lost brought back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR, type ReminderStage, reminderStage } from '../../../../test/support/reminders.ts';
import { authorize } from '../../../access/authorize.ts';
import { iso } from '../../../core/clock.ts';
import { deliveriesOf } from '../../../outbox/ledger.ts';
import * as service from '../service.ts';
import { personRemoved, personReturned, reconcile, replanPerson } from './planning.ts';

let stage: ReminderStage;

beforeAll(async () => {
  stage = await reminderStage();
});
afterAll(() => stage.drop());

test('a wall-clock reminder fires once at its local time and then has nothing planned', async () => {
  const reminder = await stage.make({ kind: 'wall', local: '2026-03-02T15:00' });
  expect(await stage.waiting(reminder)).toEqual(['2026-03-02T14:00:00.000Z']);
  expect(await stage.pass('2026-03-02T13:59:59Z')).toHaveLength(0);
  const sent = await stage.pass('2026-03-02T14:00:00Z');
  expect(sent.map((one) => one.facts.text)).toEqual(['Stretch']);
  expect(await stage.waiting(reminder)).toEqual([]);
  expect((await stage.again(reminder)).status).toBe('ended');
  expect(await stage.pass(stage.now + DAY)).toHaveLength(0);
});

test('"in 1 minute" is that instant, whatever zone the person moves to', async () => {
  const reminder = await stage.make({ kind: 'instant', at: stage.now + 60_000 });
  const planned = await stage.waiting(reminder);
  await stage.db.query(`UPDATE people SET timezone = 'Asia/Tokyo' WHERE id = $1`, [stage.ada.person.id]);
  await stage.db.transaction((tx) => replanPerson(tx, stage.ada.person.id, stage.at()));
  expect(await stage.waiting(reminder)).toEqual(planned);
  await stage.db.query(`UPDATE people SET timezone = 'Europe/Berlin' WHERE id = $1`, [stage.ada.person.id]);
  expect(await stage.pass(stage.now + 60_000)).toHaveLength(1);
});

test('a daily series keeps its wall clock over the DST gap and overlap and drops nothing', async () => {
  stage.now = Date.parse('2026-03-27T12:00:00Z');
  const gap = await stage.daily('2026-03-28T02:30');
  const dues: string[] = [];
  for (let day = 0; day < 3; day += 1) {
    const [next = ''] = await stage.waiting(gap);
    dues.push(next);
    expect(await stage.pass(next)).toHaveLength(1);
  }
  // 29 March 2026: 02:30 does not exist in Berlin and moves to 03:30 summer time.
  expect(dues).toEqual(['2026-03-28T01:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z']);
  await stage.remove(gap);
  stage.now = Date.parse('2026-10-24T12:00:00Z');
  const overlap = await stage.daily('2026-10-25T02:30');
  expect(await stage.waiting(overlap)).toEqual(['2026-10-25T00:30:00.000Z']);
  expect(await stage.pass('2026-10-25T00:30:00Z')).toHaveLength(1);
  expect(await stage.waiting(overlap)).toEqual(['2026-10-26T01:30:00.000Z']);
  expect(await stage.pass('2026-10-25T01:30:00Z')).toHaveLength(0);
  await stage.remove(overlap);
});

test('a changed zone moves wall-clock reminders and does not repeat the morning that was reminded of', async () => {
  const traveller = await stage.actorOf(21, 'Asia/Tokyo');
  stage.now = Date.parse('2026-11-02T12:00:00Z');
  const daily = await stage.make(
    { kind: 'series', start: '2026-11-03T09:00', rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', basis: 'schedule' },
    'Pills',
    traveller,
  );
  const once = await stage.make({ kind: 'wall', local: '2026-11-03T18:00' }, 'Dinner', traveller);
  expect(await stage.waiting(once)).toEqual(['2026-11-03T09:00:00.000Z']);
  expect(await stage.pass('2026-11-03T00:00:00Z')).toHaveLength(1);
  stage.now = Date.parse('2026-11-03T01:00:00Z');
  await stage.db.query(`UPDATE people SET timezone = 'Europe/Berlin' WHERE id = $1`, [traveller.person.id]);
  await stage.db.transaction((tx) => replanPerson(tx, traveller.person.id, stage.at()));
  expect(await stage.waiting(once)).toEqual(['2026-11-03T17:00:00.000Z']);
  expect(await stage.waiting(daily)).toEqual(['2026-11-04T08:00:00.000Z']);
  expect(await stage.db.transaction((tx) => replanPerson(tx, traveller.person.id, stage.at()))).toBeUndefined();
  expect(await stage.waiting(daily)).toEqual(['2026-11-04T08:00:00.000Z']);
});

test('the reconciler brings back what the ledger lost, once, and touches nothing else', async () => {
  stage.now = Date.parse('2026-06-01T06:00:00Z');
  const series = await stage.daily('2026-06-01T09:00');
  const once = await stage.make({ kind: 'wall', local: '2026-06-01T10:00' });
  expect(await reconcile(stage.db, stage.at())).toBe(0);
  await stage.db.query('DELETE FROM deliveries WHERE reminder_id = ANY ($1::int[])', [[series.id, once.id]]);
  stage.now = Date.parse('2026-06-01T08:30:00Z');
  expect(await reconcile(stage.db, stage.at())).toBe(2);
  expect(await reconcile(stage.db, stage.at())).toBe(0);
  expect((await stage.run()).map((one) => iso(one.dueAt ?? 0))).toEqual([
    '2026-06-01T07:00:00.000Z',
    '2026-06-01T08:00:00.000Z',
  ]);
  expect(await reconcile(stage.db, stage.at())).toBe(0);
  await stage.remove(series);
});

test('of a removed person nothing is planned or fired; one let in again is told what was missed and goes on', async () => {
  stage.now = Date.parse('2026-06-10T06:00:00Z');
  const gone = await stage.actorOf(41);
  const daily = {
    kind: 'series',
    start: '2026-06-10T09:00',
    rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0',
    basis: 'schedule',
  } as const;
  const series = await stage.make(daily, 'Pills', gone);
  const once = await stage.make({ kind: 'instant', at: stage.now + 2 * HOUR }, 'Dinner', gone);
  const setRole = (role: string) => stage.db.query('UPDATE people SET role = $2 WHERE id = $1', [gone.person.id, role]);

  // Planned before the removal was told, as by a replica that knew no better: skipped when it falls due, and nothing follows.
  await setRole('removed');
  expect(await stage.pass('2026-06-10T07:00:00Z')).toEqual([]);
  expect((await deliveriesOf(stage.db, series.id, 9)).map((row) => [row.state, row.reason])).toEqual([
    ['skipped', 'person-removed'],
  ]);

  await stage.db.transaction((tx) => personRemoved(tx, gone.person.id, stage.at()));
  expect([await stage.waiting(series), await stage.waiting(once)]).toEqual([[], []]);
  expect(await reconcile(stage.db, stage.at())).toBe(0);
  await stage.db.transaction((tx) => replanPerson(tx, gone.person.id, stage.at()));
  expect(await stage.pass('2026-06-12T06:00:00Z')).toEqual([]);

  await setRole('member');
  await stage.db.transaction((tx) => personReturned(tx, gone.person.id, stage.at()));
  expect(await stage.waiting(series)).toEqual(['2026-06-12T07:00:00.000Z']);
  expect((await stage.run()).map((sent) => sent.facts.text)).toEqual(['Dinner']);
  expect(await reconcile(stage.db, stage.at())).toBe(0);
  await stage.act(
    async (changes) =>
      service.remove(changes, gone, await authorize(stage.db, gone, 'reminder', series.id), stage.at()),
    gone,
  );
});
