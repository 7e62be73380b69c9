/** Reminders on real PostgreSQL with a driven clock: what is planned, when it fires, what is never lost. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPerson } from '../../../test/support/context.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { type Authorized, authorize } from '../../access/authorize.ts';
import { type Actor, readPerson } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import { perform } from '../../actions/perform.ts';
import { undo } from '../../actions/undo.ts';
import { iso } from '../../core/clock.ts';
import { NotFound, UserError } from '../../core/errors.ts';
import type { ActionId, ChatId, DeliveryId, ReminderId } from '../../core/ids.ts';
import { deliveriesOf, deliveryById, hold, markQueued, releaseHeld, skip, takeDue } from '../../outbox/ledger.ts';
import type { Database } from '../../storage/database.ts';
import type { Reminder, Task } from '../../storage/rows.ts';
import type { Fired } from '../../telegram/feature.ts';
import { taskService } from '../tasks/index.ts';
import * as answers from './answers.ts';
import * as reading from './reading.ts';
import { fire } from './schedule/firing.ts';
import { reconcile, reminderRestored, replanPerson } from './schedule/planning.ts';
import type { Timing } from './schedule/wanted.ts';
import * as service from './service.ts';
import { remindersOfTasks } from './tasklink.ts';
import type { FiredFacts } from './views/fired.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const wake = () => {};
const link = remindersOfTasks(wake);
const tasks: answers.TasksOfReminders = {
  async complete(changes, _actor, task, now) {
    const done = await changes.update('tasks', task.id, { status: 'done', completedAt: now });
    await link.taskChanged(changes, ada, done, now);
  },
  addNote: async () => {},
};

let server: TestDatabase;
let db: Database;
let ada: Actor;
let eve: Actor;
let keys = 0;
let now = Date.parse('2026-03-02T07:00:00Z');

beforeAll(async () => {
  server = await testDatabase();
  db = server.database();
  ada = await actorOf(11);
  eve = await actorOf(12);
});
afterAll(() => server.drop());

async function actorOf(id: number, timezone = 'Europe/Berlin'): Promise<Actor> {
  const person = await testPerson(db, id, { timezone });
  return { person, spaceId: person.spaceId, chatId: id as ChatId, via: 'person' };
}

const at = () => ({ now, wake });

function act<T>(change: (changes: Changes) => Promise<T>, actor = ada) {
  keys += 1;
  const key = `test#${keys}`;
  return db.transaction((tx) =>
    perform(tx, actor, {
      key,
      kind: 'test',
      at: now,
      change,
      summary: () => ({ key: 'action-reminder-edit', args: {} }),
    }),
  );
}

function takeBack(action: ActionId, actor = ada) {
  keys += 1;
  const hooks = {
    reminders: (tx: Changes['tx'], who: Actor, ids: readonly number[], when: number) =>
      reminderRestored(tx, who, ids as ReminderId[], { now: when, wake }),
  };
  return db.transaction((tx) => undo(tx, actor, { action, key: `undo#${keys}`, now, hooks }));
}

async function make(timing: Timing, text = 'Stretch', actor = ada): Promise<Authorized<Reminder>> {
  const { result } = await act((changes) => service.create(changes, actor, { text, timing, task: null }, at()), actor);
  return authorize(db, actor, 'reminder', result.id);
}

async function makeTask(dueDate: string | null, dueTime: string | null): Promise<Authorized<Task>> {
  const { result } = await act(async (changes) =>
    changes.insert('tasks', {
      spaceId: ada.spaceId,
      number: await changes.nextNumber(ada.spaceId),
      title: 'Call Bob',
      dueDate,
      dueTime,
      createdBy: ada.person.id,
      createdAt: now,
    }),
  );
  return authorize(db, ada, 'task', result.id);
}

const again = (reminder: Reminder) => authorize(db, ada, 'reminder', reminder.id);

/** What waits in the ledger for a reminder, as ISO instants. */
async function waiting(reminder: Pick<Reminder, 'id'>): Promise<string[]> {
  const rows = await deliveriesOf(db, reminder.id, 500);
  return rows
    .filter((row) => (row.state === 'due' || row.state === 'held') && row.queuedAt === null)
    .map((row) => iso(row.dueAt));
}

interface Sent {
  readonly id: DeliveryId;
  readonly facts: FiredFacts;
  readonly dueAt: number | undefined;
}

/** Fires everything due at `now` as the firing loop does, and marks it sent. */
async function run(): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (;;) {
    const fired: Fired | null = await db.transaction(async (tx) => {
      const due = await takeDue(tx, now, 500);
      if (due.length === 0) return null;
      const result = await fire(tx, due, now, wake);
      await markQueued(
        tx,
        result.send.map((item) => item.id),
        now,
      );
      await skip(tx, result.skip, now);
      for (const held of result.hold) await hold(tx, [held.id], held.until, held.reason);
      return result;
    });
    if (fired === null) return sent;
    for (const { id, message } of fired.send) {
      await db.query(
        `UPDATE deliveries SET state = 'sent', sent_at = $2, first_attempt_at = $2, lateness_ms = 0 WHERE id = $1`,
        [id, iso(now)],
      );
      sent.push({ id, facts: message.payload as FiredFacts, dueAt: message.orderAt });
    }
  }
}

/** Moves the clock and fires. */
async function pass(to: number | string): Promise<Sent[]> {
  now = typeof to === 'string' ? Date.parse(to) : to;
  return run();
}

const firedAs = async (sent: Sent | undefined, actor = ada) => {
  if (sent === undefined) throw new Error('nothing was sent');
  return answers.firedReminder(db, actor, sent.id);
};

describe('planning', () => {
  test('a wall-clock reminder fires once at its local time and then has nothing planned', async () => {
    const reminder = await make({ kind: 'wall', local: '2026-03-02T15:00' });
    expect(await waiting(reminder)).toEqual(['2026-03-02T14:00:00.000Z']);
    expect(await pass('2026-03-02T13:59:59Z')).toHaveLength(0);
    const sent = await pass('2026-03-02T14:00:00Z');
    expect(sent.map((one) => one.facts.text)).toEqual(['Stretch']);
    expect(await waiting(reminder)).toEqual([]);
    expect((await again(reminder)).status).toBe('ended');
    expect(await pass(now + DAY)).toHaveLength(0);
  });

  test('"in 1 minute" is that instant, whatever zone the person moves to', async () => {
    const reminder = await make({ kind: 'instant', at: now + 60_000 });
    const planned = await waiting(reminder);
    await db.query(`UPDATE people SET timezone = 'Asia/Tokyo' WHERE id = $1`, [ada.person.id]);
    await db.transaction((tx) => replanPerson(tx, ada.person.id, at()));
    expect(await waiting(reminder)).toEqual(planned);
    await db.query(`UPDATE people SET timezone = 'Europe/Berlin' WHERE id = $1`, [ada.person.id]);
    expect(await pass(now + 60_000)).toHaveLength(1);
  });

  test('a daily series keeps its wall clock over the DST gap and overlap and drops nothing', async () => {
    now = Date.parse('2026-03-27T12:00:00Z');
    const gap = await make({
      kind: 'series',
      start: '2026-03-28T02:30',
      rrule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30',
      basis: 'schedule',
    });
    const dues: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      const [next = ''] = await waiting(gap);
      dues.push(next);
      expect(await pass(next)).toHaveLength(1);
    }
    // 29 March 2026: 02:30 does not exist in Berlin and moves to 03:30 summer time.
    expect(dues).toEqual(['2026-03-28T01:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z']);
    await act(async (changes) => service.remove(changes, ada, await again(gap), at()));
    now = Date.parse('2026-10-24T12:00:00Z');
    const overlap = await make({
      kind: 'series',
      start: '2026-10-25T02:30',
      rrule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30',
      basis: 'schedule',
    });
    expect(await waiting(overlap)).toEqual(['2026-10-25T00:30:00.000Z']);
    expect(await pass('2026-10-25T00:30:00Z')).toHaveLength(1);
    expect(await waiting(overlap)).toEqual(['2026-10-26T01:30:00.000Z']);
    expect(await pass('2026-10-25T01:30:00Z')).toHaveLength(0);
    await act(async (changes) => service.remove(changes, ada, await again(overlap), at()));
  });

  test('a changed zone moves wall-clock reminders and does not repeat the morning that was reminded of', async () => {
    const traveller = await actorOf(21, 'Asia/Tokyo');
    now = Date.parse('2026-11-02T12:00:00Z');
    const daily = await make(
      { kind: 'series', start: '2026-11-03T09:00', rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', basis: 'schedule' },
      'Pills',
      traveller,
    );
    const once = await make({ kind: 'wall', local: '2026-11-03T18:00' }, 'Dinner', traveller);
    expect(await waiting(once)).toEqual(['2026-11-03T09:00:00.000Z']);
    expect(await pass('2026-11-03T00:00:00Z')).toHaveLength(1);
    now = Date.parse('2026-11-03T01:00:00Z');
    await db.query(`UPDATE people SET timezone = 'Europe/Berlin' WHERE id = $1`, [traveller.person.id]);
    await db.transaction((tx) => replanPerson(tx, traveller.person.id, at()));
    expect(await waiting(once)).toEqual(['2026-11-03T17:00:00.000Z']);
    expect(await waiting(daily)).toEqual(['2026-11-04T08:00:00.000Z']);
    expect(await db.transaction((tx) => replanPerson(tx, traveller.person.id, at()))).toBeUndefined();
    expect(await waiting(daily)).toEqual(['2026-11-04T08:00:00.000Z']);
  });

  test('several reminders of a task follow its due date, close with it and come back with one undo', async () => {
    now = Date.parse('2026-05-04T06:00:00Z');
    const task = await makeTask('2026-05-05', '15:00');
    const add = (timing: Timing) => act((changes) => service.create(changes, ada, { text: '', timing, task }, at()));
    const before = (await add({ kind: 'relative', minutes: 30 })).result;
    const dayBefore = (await add({ kind: 'relative', minutes: 1440 })).result;
    const fixed = (await add({ kind: 'wall', local: '2026-05-05T08:00' })).result;
    expect(await waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
    expect(await waiting(dayBefore)).toEqual(['2026-05-04T13:00:00.000Z']);
    const moved = await act(async (changes) => {
      const row = await changes.update('tasks', task.id, { dueDate: '2026-05-06', dueTime: '10:00' });
      await link.taskChanged(changes, ada, row, now);
    });
    expect(await waiting(before)).toEqual(['2026-05-06T07:30:00.000Z']);
    await takeBack(moved.actionId);
    expect(await waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
    const [fired] = await pass('2026-05-04T13:00:00Z');
    expect(fired?.facts.task?.title).toBe('Call Bob');
    const done = await act((changes) => tasks.complete(changes, ada, task, now).then(() => null));
    expect([await waiting(before), await waiting(fixed)]).toEqual([[], []]);
    expect((await deliveryById(db, (fired as Sent).id))?.state).toBe('acknowledged');
    await takeBack(done.actionId);
    expect(await waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
    expect(await waiting(fixed)).toEqual(['2026-05-05T06:00:00.000Z']);
    expect((await deliveryById(db, (fired as Sent).id))?.state).toBe('sent');
    const gone = await act(async (changes) => {
      await link.removeForTask(changes, ada, task, now);
      await changes.remove('tasks', task.id);
    });
    expect(await pass('2026-05-05T12:30:00Z')).toHaveLength(0);
    now = Date.parse('2026-05-04T14:00:00Z');
    await takeBack(gone.actionId);
    expect(await waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
    await act(async (changes) => {
      await link.removeForTask(changes, ada, task, now);
      await changes.remove('tasks', task.id);
    });
  });

  test('reminders of a recurring task go on with its next instance, and come back with one undo', async () => {
    now = Date.parse('2026-05-11T06:00:00Z');
    const real = taskService(link);
    const { result: made } = await act((changes) =>
      real.create(
        changes,
        ada,
        {
          title: 'Water the plants',
          dueDate: '2026-05-11',
          dueTime: '18:00',
          recurrence: { rrule: 'FREQ=DAILY;BYHOUR=18;BYMINUTE=0', basis: 'schedule' },
        },
        now,
      ),
    );
    const task = await authorize(db, ada, 'task', made.id);
    const { result: reminder } = await act((changes) =>
      service.create(changes, ada, { text: '', timing: { kind: 'relative', minutes: 30 }, task }, at()),
    );
    const [sent] = await pass('2026-05-11T15:30:00Z');
    const fired = await firedAs(sent);
    const own = { complete: real.complete, addNote: async () => {} };
    const done = await act((changes) => answers.acknowledge(changes, ada, fired.reminder, fired.delivery, own, at()));
    expect(await waiting(reminder)).toEqual(['2026-05-12T15:30:00.000Z']);
    expect((await again(reminder)).taskId).not.toBe(task.id);
    await takeBack(done.actionId);
    expect((await again(reminder)).taskId).toBe(task.id);
    expect(await waiting(reminder)).toEqual([]);
    expect((await deliveryById(db, fired.delivery.id))?.state).toBe('sent');
    await act(async (changes) => service.remove(changes, ada, await again(reminder), at()));
  });

  test('the reconciler brings back what the ledger lost, once, and touches nothing else', async () => {
    now = Date.parse('2026-06-01T06:00:00Z');
    const series = await make({
      kind: 'series',
      start: '2026-06-01T09:00',
      rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0',
      basis: 'schedule',
    });
    const once = await make({ kind: 'wall', local: '2026-06-01T10:00' });
    expect(await reconcile(db, at())).toBe(0);
    await db.query('DELETE FROM deliveries WHERE reminder_id = ANY ($1::int[])', [[series.id, once.id]]);
    now = Date.parse('2026-06-01T08:30:00Z');
    expect(await reconcile(db, at())).toBe(2);
    expect(await reconcile(db, at())).toBe(0);
    expect((await run()).map((one) => iso(one.dueAt ?? 0))).toEqual([
      '2026-06-01T07:00:00.000Z',
      '2026-06-01T08:00:00.000Z',
    ]);
    expect(await reconcile(db, at())).toBe(0);
    await act(async (changes) => service.remove(changes, ada, await again(series), at()));
  });
});

describe('after downtime', () => {
  test('three days of one series come as one message with the others named and each recorded', async () => {
    now = Date.parse('2026-07-01T06:00:00Z');
    const series = await make({
      kind: 'series',
      start: '2026-07-01T09:00',
      rrule: 'FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0',
      basis: 'schedule',
    });
    const other = await make({ kind: 'wall', local: '2026-07-02T12:00' }, 'Other');
    const sent = await pass('2026-07-04T06:00:00Z');
    expect(sent.map((one) => one.facts.text).sort()).toEqual(['Other', 'Stretch']);
    const told = sent.find((one) => one.facts.text === 'Stretch');
    expect(iso(told?.dueAt ?? 0)).toBe('2026-07-03T16:00:00.000Z');
    expect(told?.facts.missed.map(iso)).toEqual([
      '2026-07-02T07:00:00.000Z',
      '2026-07-02T16:00:00.000Z',
      '2026-07-03T07:00:00.000Z',
    ]);
    expect(told?.facts.missedMore).toBe(2);
    const states = (await deliveriesOf(db, series.id, 20)).map((row) => `${row.state} ${row.reason ?? ''}`.trim());
    expect(states).toEqual(['due', 'sent', ...Array(5).fill('skipped told-together')]);
    expect(await waiting(series)).toEqual(['2026-07-04T07:00:00.000Z']);
    expect(await run()).toEqual([]);
    await act(async (changes) => service.remove(changes, ada, await again(series), at()));
    expect((await again(other)).status).toBe('ended');
  });

  test('ten thousand missed occurrences are one message, a bounded number of rows, and the ledger says there were more', async () => {
    now = Date.parse('2026-08-03T06:00:00Z');
    const series = await make({ kind: 'series', start: '2026-08-03T08:01', rrule: 'FREQ=MINUTELY', basis: 'schedule' });
    const sent = await pass(now + 10_000 * 60_000);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.dueAt).toBe(now);
    expect(sent[0]?.facts.missedCapped).toBe(true);
    const rows = await deliveriesOf(db, series.id, 1000);
    expect(rows.length).toBeLessThan(250);
    expect(rows.filter((row) => row.state === 'due').map((row) => row.dueAt)).toEqual([now + 60_000]);
    expect(rows.at(-1)?.reason).toMatch(/^told-together \d+\+$/);
    await act(async (changes) => service.remove(changes, ada, await again(series), at()));
  });

  test('the late policy "skip" leaves out what is more than an hour late and says so', async () => {
    now = Date.parse('2026-09-01T06:00:00Z');
    const once = await make({ kind: 'wall', local: '2026-09-01T09:00' });
    const near = await make({ kind: 'wall', local: '2026-09-01T10:30' }, 'Near');
    for (const one of [once, near]) await act((changes) => service.setLatePolicy(changes, ada, one, 'skip'));
    const sent = await pass('2026-09-01T09:00:00Z');
    expect(sent.map((one) => one.facts.text)).toEqual(['Near']);
    expect((await deliveriesOf(db, once.id, 1))[0]).toMatchObject({ state: 'skipped', reason: 'late' });
  });

  test('a reminder that is being changed right now is held for a moment instead of holding up the others', async () => {
    now = Date.parse('2026-09-02T06:00:00Z');
    const busy = await make({ kind: 'instant', at: now + HOUR }, 'Busy');
    await make({ kind: 'instant', at: now + HOUR }, 'Free');
    now += HOUR;
    await db.transaction(async (tx) => {
      await tx.query('SELECT id FROM reminders WHERE id = $1 FOR UPDATE', [busy.id]);
      const fired = await db.transaction(async (other) => {
        const due = await takeDue(other, now, 500);
        const result = await fire(other, due, now, wake);
        await markQueued(
          other,
          result.send.map((item) => item.id),
          now,
        );
        for (const held of result.hold) await hold(other, [held.id], held.until, held.reason);
        return result;
      });
      expect(fired.send.map((item) => (item.message.payload as FiredFacts).text)).toEqual(['Free']);
      expect(fired.hold.map((held) => held.reason)).toEqual(['busy']);
    });
    now += 2_000;
    await releaseHeld(db, now);
    expect((await run()).map((one) => one.facts.text)).toEqual(['Busy']);
  });

  test('two thousand due reminders of mixed kinds fire in a bounded number of statements', async () => {
    now = Date.parse('2026-09-10T06:00:00Z');
    const crowd = await actorOf(31);
    await db.query(
      `INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, local_at, rrule, rrule_basis, status, created_by, created_at)
       SELECT $1, 1000 + n, $2, 31, 'r' || n, 'wall', '2026-09-10 09:00', CASE WHEN n % 2 = 0 THEN 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0' END,
              CASE WHEN n % 2 = 0 THEN 'schedule' END, 'active', $2, $3 FROM generate_series(1, 2000) n`,
      [crowd.spaceId, crowd.person.id, iso(now)],
    );
    expect(await reconcile(db, at())).toBe(2000);
    now = Date.parse('2026-09-12T07:00:00Z');
    let statements = 0;
    const sent = await db.transaction(async (tx) => {
      const due = await takeDue(tx, now, 5000);
      const counting = {
        ...tx,
        query: (...call: Parameters<typeof tx.query>) => {
          statements += 1;
          return tx.query(...call);
        },
      } as typeof tx;
      const fired = await fire(counting, due, now, wake);
      await markQueued(
        tx,
        fired.send.map((item) => item.id),
        now,
      );
      await skip(tx, fired.skip, now);
      return fired.send.length;
    });
    expect(sent).toBe(2000);
    expect(statements).toBeLessThanOrEqual(5);
    const [left] = await db.query<{ planned: number; ended: number }>(
      `SELECT (SELECT count(*) FROM deliveries WHERE space_id = $1 AND state = 'due' AND queued_at IS NULL) AS planned,
              (SELECT count(*) FROM reminders WHERE space_id = $1 AND status = 'ended') AS ended`,
      [crowd.spaceId],
    );
    expect(left).toEqual({ planned: 1000, ended: 1000 });
    await db.query(`DELETE FROM reminders WHERE space_id = $1`, [crowd.spaceId]);
    await db.query(`DELETE FROM deliveries WHERE space_id = $1`, [crowd.spaceId]);
  });
});

describe('answers', () => {
  test('a snoozed occurrence of a series fires for itself while the series goes on, and undo takes the snooze back', async () => {
    now = Date.parse('2026-09-20T06:00:00Z');
    const series = await make({
      kind: 'series',
      start: '2026-09-20T09:00',
      rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0',
      basis: 'schedule',
    });
    const [first] = await pass('2026-09-20T07:00:00Z');
    const { reminder, delivery } = await firedAs(first);
    const snoozed = await act((changes) => answers.snooze(changes, ada, reminder, delivery, now + 2 * DAY, at()));
    expect(await waiting({ id: snoozed.result.reminderId })).toEqual([iso(now + 2 * DAY)]);
    expect(await waiting(series)).toEqual(['2026-09-21T07:00:00.000Z']);
    await expect(
      act(async (changes) => answers.snooze(changes, ada, await again(series), delivery, now + HOUR, at())),
    ).rejects.toThrow('reminder-error-answered');
    await takeBack(snoozed.actionId);
    expect(await waiting({ id: snoozed.result.reminderId })).toEqual([]);
    expect((await deliveryById(db, delivery.id))?.state).toBe('sent');
    const twice = await act(async (changes) =>
      answers.snooze(changes, ada, await again(series), delivery, now + HOUR, at()),
    );
    await act(async (changes) => service.remove(changes, ada, await again(series), at()));
    expect(await waiting({ id: twice.result.reminderId })).toEqual([]);
  });

  test('a snooze outlasts a change of its task that leaves the due date, and ends with one that moves it', async () => {
    now = Date.parse('2026-09-23T06:00:00Z');
    const task = await makeTask('2026-09-23', '15:00');
    const { result } = await act((changes) =>
      service.create(changes, ada, { text: '', timing: { kind: 'relative', minutes: 60 }, task }, at()),
    );
    const [sent] = await pass('2026-09-23T12:00:00Z');
    const { reminder, delivery } = await firedAs(sent);
    await act((changes) => answers.snooze(changes, ada, reminder, delivery, now + HOUR / 2, at()));
    const change = (patch: Partial<Omit<Task, 'id'>>) =>
      act(async (changes) => link.taskChanged(changes, ada, await changes.update('tasks', task.id, patch), now));
    await change({ title: 'Call Robert' });
    expect(await waiting(result)).toEqual(['2026-09-23T12:30:00.000Z']);
    await change({ dueTime: '18:00' });
    expect(await waiting(result)).toEqual(['2026-09-23T15:00:00.000Z']);
    await change({ dueDate: null, dueTime: null });
    expect(await waiting(result)).toEqual([]);
    expect(await reconcile(db, at())).toBe(0);
    await change({ dueDate: '2026-09-24', dueTime: '18:00' });
    expect(await waiting(result)).toEqual(['2026-09-24T15:00:00.000Z']);
    await act(async (changes) => link.removeForTask(changes, ada, task, now));
  });

  test('a Done taken back can be done again by undoing the undo', async () => {
    now = Date.parse('2026-09-24T06:00:00Z');
    const series = await make({
      kind: 'series',
      start: '2026-09-24T09:00',
      rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0',
      basis: 'schedule',
    });
    const [sent] = await pass('2026-09-24T07:00:00Z');
    const { reminder, delivery } = await firedAs(sent);
    const done = await act((changes) => answers.acknowledge(changes, ada, reminder, delivery, tasks, at()));
    const undone = await takeBack(done.actionId);
    expect((await deliveryById(db, delivery.id))?.state).toBe('sent');
    await takeBack(undone.actionId);
    expect((await deliveryById(db, delivery.id))?.state).toBe('acknowledged');
    expect(await waiting(series)).toEqual(['2026-09-25T07:00:00.000Z']);
    await act(async (changes) => service.remove(changes, ada, await again(series), at()));
  });

  test('Done ends a reminder; undo opens it again', async () => {
    const once = await make({ kind: 'instant', at: now + HOUR });
    const [sent] = await pass(now + HOUR);
    const { reminder, delivery } = await firedAs(sent);
    const done = await act((changes) => answers.acknowledge(changes, ada, reminder, delivery, tasks, at()));
    expect((await again(once)).status).toBe('done');
    expect((await deliveryById(db, delivery.id))?.state).toBe('acknowledged');
    await takeBack(done.actionId);
    expect((await again(once)).status).toBe('ended');
    expect((await deliveryById(db, delivery.id))?.state).toBe('sent');
  });

  test('a reminder after completion comes again counted from Done, and ends with its count', async () => {
    now = Date.parse('2026-10-01T06:00:00Z');
    const reminder = await make({
      kind: 'series',
      start: '2026-10-01T09:00',
      rrule: 'FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0;COUNT=2',
      basis: 'completion',
    });
    const [first] = await pass('2026-10-01T07:00:00Z');
    expect(await waiting(reminder)).toEqual([]);
    now = Date.parse('2026-10-05T12:00:00Z');
    const one = await firedAs(first);
    const done = await act((changes) => answers.acknowledge(changes, ada, one.reminder, one.delivery, tasks, at()));
    expect(await waiting(reminder)).toEqual(['2026-10-08T07:00:00.000Z']);
    await takeBack(done.actionId);
    expect(await waiting(reminder)).toEqual([]);
    const open = await firedAs(first);
    await act((changes) => answers.acknowledge(changes, ada, open.reminder, open.delivery, tasks, at()));
    const [second] = await pass('2026-10-08T07:00:00Z');
    const last = await firedAs(second);
    await act((changes) => answers.acknowledge(changes, ada, last.reminder, last.delivery, tasks, at()));
    expect((await again(reminder)).status).toBe('done');
    expect(await waiting(reminder)).toEqual([]);
  });

  test('chains of snoozes, undos and passing time never plan an occurrence twice and never lose the reminder', async () => {
    now = Date.parse('2026-12-01T06:00:00Z');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('snooze' as const), minutes: fc.integer({ min: 1, max: 3000 }) }),
      fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 3000 }) }),
      fc.constant({ kind: 'undo' as const, minutes: 0 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 8 }), async (recurring, steps) => {
        const origin = await make(
          recurring
            ? { kind: 'series', start: '2026-12-01T09:00', rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', basis: 'schedule' }
            : { kind: 'instant', at: now + HOUR },
          `chain ${keys}`,
        );
        const mine = async () =>
          db.query<{ id: ReminderId; status: string; waits: number; open: number }>(
            `SELECT r.id, r.status,
                    (SELECT count(*) FROM deliveries d WHERE d.reminder_id = r.id AND d.state IN ('due', 'held') AND d.queued_at IS NULL) AS waits,
                    (SELECT count(*) FROM deliveries d WHERE d.reminder_id = r.id AND d.state = 'sent') AS open
               FROM reminders r WHERE r.text = $1 AND r.space_id = $2`,
            [origin.text, ada.spaceId],
          );
        let snoozes: ActionId[] = [];
        await pass(now + DAY);
        for (const { kind, minutes } of steps) {
          if (kind === 'pass') {
            await pass(now + minutes * 60_000);
            snoozes = [];
          } else if (kind === 'undo') {
            const action = snoozes.pop();
            if (action !== undefined) await takeBack(action);
          } else {
            for (const row of await mine()) {
              const reminder = await authorize(db, ada, 'reminder', row.id);
              const open = await answers.unanswered(db, reminder);
              if (open === null) continue;
              const until = now + minutes * 60_000;
              snoozes.push(
                (await act((changes) => answers.snooze(changes, ada, reminder, open, until, at()))).actionId,
              );
            }
          }
          const rows = await mine();
          // Never lost: something is to come, or something was sent and waits for its answer. Never two to come for one reminder.
          expect(rows.some((row) => row.waits + row.open > 0)).toBe(true);
          for (const row of rows) {
            expect(row.waits).toBeLessThanOrEqual(1);
            expect(row.waits === 1).toBe(row.status === 'active');
            if (row.id !== origin.id || !recurring) expect(row.waits + row.open).toBeGreaterThan(0);
          }
        }
        for (const row of await mine())
          await act(async (changes) =>
            service.remove(changes, ada, await authorize(db, ada, 'reminder', row.id), at()),
          ).catch((error: unknown) => {
            if (!(error instanceof NotFound)) throw error;
          });
      }),
      { numRuns: 25 },
    );
  });
});

describe('changes', () => {
  test('pause until a day, resume, skip, mute and deletion each plan anew, and undo brings back what was planned', async () => {
    now = Date.parse('2027-01-04T06:00:00Z');
    const daily = {
      kind: 'series',
      start: '2027-01-04T09:00',
      rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0;COUNT=5',
      basis: 'schedule',
    } as const;
    const reminder = await make(daily);
    const planned = await waiting(reminder);
    const paused = await act((changes) => service.pause(changes, ada, reminder, '2027-01-07', at()));
    expect(await waiting(reminder)).toEqual(['2027-01-07T08:00:00.000Z']);
    await takeBack(paused.actionId);
    expect(await waiting(reminder)).toEqual(planned);
    const forGood = await act(async (changes) => service.pause(changes, ada, await again(reminder), null, at()));
    expect(await waiting(reminder)).toEqual([]);
    expect(await reconcile(db, at())).toBe(0);
    await takeBack(forGood.actionId);
    const skipped = await act(async (changes) => service.skipNext(changes, ada, await again(reminder), at()));
    expect(await waiting(reminder)).toEqual(['2027-01-05T08:00:00.000Z']);
    expect((await again(reminder)).rrule).toContain('COUNT=4');
    await takeBack(skipped.actionId);
    expect(await waiting(reminder)).toEqual(planned);
    await act(async (changes) => service.mute(changes, ada, await again(reminder), true));
    expect(await pass('2027-01-04T08:00:00Z')).toEqual([]);
    expect((await deliveriesOf(db, reminder.id, 9)).map((row) => row.reason)).toContain('muted');
    const removed = await act(async (changes) => service.remove(changes, ada, await again(reminder), at()));
    expect(await waiting(reminder)).toEqual([]);
    await takeBack(removed.actionId);
    expect(await waiting(reminder)).toEqual(['2027-01-05T08:00:00.000Z']);
  });

  test('what fell into a pause comes when it ends and names the time it was meant for', async () => {
    const reminder = await make({ kind: 'wall', local: '2027-01-04T12:00' });
    await act((changes) => service.pause(changes, ada, reminder, null, at()));
    expect(await pass('2027-01-04T15:00:00Z')).toEqual([]);
    await act(async (changes) => service.resume(changes, ada, await again(reminder), at()));
    const [sent] = await run();
    expect(sent?.facts.meantFor).toBe(Date.parse('2027-01-04T11:00:00Z'));
  });

  test('times that are past, too far or never come are refused with a word for the person', async () => {
    const wrong: Array<[Timing, string]> = [
      [{ kind: 'wall', local: '2020-01-01T09:00' }, 'reminder-error-past'],
      [{ kind: 'instant', at: now }, 'reminder-error-past'],
      [{ kind: 'instant', at: now + 60 * 366 * DAY }, 'reminder-error-far'],
      [
        { kind: 'series', start: '2020-01-01T09:00', rrule: 'FREQ=DAILY;COUNT=2', basis: 'schedule' },
        'reminder-error-never',
      ],
      [{ kind: 'relative', minutes: 30 }, 'reminder-error-no-task'],
    ];
    for (const [timing, key] of wrong) {
      await expect(make(timing)).rejects.toMatchObject({ key });
    }
    await expect(make({ kind: 'instant', at: now + HOUR }, '   ')).rejects.toThrow(UserError);
  });

  test('a stranger reaches no reminder by any way in', async () => {
    const reminder = await make({ kind: 'instant', at: now + HOUR });
    const [sent] = await pass(now + HOUR);
    await expect(authorize(db, eve, 'reminder', reminder.id)).rejects.toThrow(NotFound);
    await expect(firedAs(sent, eve)).rejects.toThrow(NotFound);
    await expect(reading.find(db, eve, reminder.id)).rejects.toThrow(NotFound);
    expect(await reading.list(db, eve, 0)).toEqual({ rows: [], total: 0 });
    expect(await reading.findByWords(db, eve, 'Stretch', 5)).toEqual([]);
    expect((await reading.statistics(db, eve, null, 900, now)).sent).toBe(0);
    expect((await act((changes) => service.pauseAll(changes, eve, null, at()), eve)).result).toBe(0);
    const weekly = await make({
      kind: 'series',
      start: '2027-02-01T09:00',
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      basis: 'schedule',
    });
    const task = await makeTask('2027-05-05', null);
    await expect(
      act(
        (changes) =>
          service.create(changes, eve, { text: 'x', timing: { kind: 'instant', at: now + HOUR }, task }, at()),
        eve,
      ),
    ).rejects.toThrow(NotFound);
    for (const change of [
      (changes: Changes) => service.skipNext(changes, eve, reminder, at()),
      (changes: Changes) => service.remove(changes, eve, reminder, at()),
      (changes: Changes) => service.pause(changes, eve, reminder, null, at()),
      (changes: Changes) => service.retime(changes, eve, reminder, { kind: 'instant', at: now + DAY }, null, at()),
      (changes: Changes) => service.retext(changes, eve, reminder, 'x'),
      (changes: Changes) => service.mute(changes, eve, weekly, true),
      (changes: Changes) => service.setLatePolicy(changes, eve, reminder, 'skip'),
      (changes: Changes) => service.resume(changes, eve, { ...reminder, status: 'paused' }, at()),
      (changes: Changes) => answers.snooze(changes, eve, reminder, null, now + DAY, at()),
      (changes: Changes) => answers.acknowledge(changes, eve, reminder, null, tasks, at()),
    ]) {
      await expect(
        act(async (changes) => {
          await change(changes);
        }, eve),
      ).rejects.toThrow(NotFound);
    }
    expect((await readPerson(db, eve.person.id)).id).toBe(eve.person.id);
  });
});
