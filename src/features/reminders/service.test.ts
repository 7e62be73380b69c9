/** Reminders changed: paused, skipped, muted, removed, refused; and closed to strangers by every way in. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR, type ReminderStage, reminderStage } from '../../../test/support/reminders.ts';
import { authorize } from '../../access/authorize.ts';
import { readPerson } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import { NotFound, UserError } from '../../core/errors.ts';
import { deliveriesOf } from '../../outbox/ledger.ts';
import * as answers from './answers.ts';
import { pauseAll } from './everything.ts';
import * as reading from './reading.ts';
import { reconcile } from './schedule/planning.ts';
import type { Timing } from './schedule/wanted.ts';
import * as service from './service.ts';

let stage: ReminderStage;

beforeAll(async () => {
  stage = await reminderStage();
});
afterAll(() => stage.drop());

test('pause until a day, resume, skip, mute and deletion each plan anew, and undo brings back what was planned', async () => {
  stage.now = Date.parse('2027-01-04T06:00:00Z');
  const daily = {
    kind: 'series',
    start: '2027-01-04T09:00',
    rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0;COUNT=5',
    basis: 'schedule',
  } as const;
  const reminder = await stage.make(daily);
  const planned = await stage.waiting(reminder);
  const paused = await stage.act((changes) => service.pause(changes, stage.ada, reminder, '2027-01-07', stage.at()));
  expect(await stage.waiting(reminder)).toEqual(['2027-01-07T08:00:00.000Z']);
  await stage.takeBack(paused.actionId);
  expect(await stage.waiting(reminder)).toEqual(planned);
  const forGood = await stage.act(async (changes) =>
    service.pause(changes, stage.ada, await stage.again(reminder), null, stage.at()),
  );
  expect(await stage.waiting(reminder)).toEqual([]);
  expect(await reconcile(stage.db, stage.at())).toBe(0);
  await stage.takeBack(forGood.actionId);
  const skipped = await stage.act(async (changes) =>
    service.skipNext(changes, stage.ada, await stage.again(reminder), stage.at()),
  );
  expect(await stage.waiting(reminder)).toEqual(['2027-01-05T08:00:00.000Z']);
  expect((await stage.again(reminder)).rrule).toContain('COUNT=4');
  await stage.takeBack(skipped.actionId);
  expect(await stage.waiting(reminder)).toEqual(planned);
  await stage.act(async (changes) => service.mute(changes, stage.ada, await stage.again(reminder), true));
  expect(await stage.pass('2027-01-04T08:00:00Z')).toEqual([]);
  expect((await deliveriesOf(stage.db, reminder.id, 9)).map((row) => row.reason)).toContain('muted');
  const removed = await stage.remove(reminder);
  expect(await stage.waiting(reminder)).toEqual([]);
  await stage.takeBack(removed.actionId);
  expect(await stage.waiting(reminder)).toEqual(['2027-01-05T08:00:00.000Z']);
});

test('what fell into a pause comes when it ends and names the time it was meant for', async () => {
  const reminder = await stage.make({ kind: 'wall', local: '2027-01-04T12:00' });
  await stage.act((changes) => service.pause(changes, stage.ada, reminder, null, stage.at()));
  expect(await stage.pass('2027-01-04T15:00:00Z')).toEqual([]);
  await stage.act(async (changes) => service.resume(changes, stage.ada, await stage.again(reminder), stage.at()));
  const [sent] = await stage.run();
  expect(sent?.facts.meantFor).toBe(Date.parse('2027-01-04T11:00:00Z'));
});

test('times that are past, too far or never come are refused with a word for the person', async () => {
  const wrong: Array<[Timing, string]> = [
    [{ kind: 'wall', local: '2020-01-01T09:00' }, 'reminder-error-past'],
    [{ kind: 'instant', at: stage.now }, 'reminder-error-past'],
    [{ kind: 'instant', at: stage.now + 60 * 366 * DAY }, 'reminder-error-far'],
    [
      { kind: 'series', start: '2020-01-01T09:00', rrule: 'FREQ=DAILY;COUNT=2', basis: 'schedule' },
      'reminder-error-never',
    ],
    [{ kind: 'relative', minutes: 30 }, 'reminder-error-no-task'],
  ];
  for (const [timing, key] of wrong) {
    await expect(stage.make(timing)).rejects.toMatchObject({ key });
  }
  await expect(stage.make({ kind: 'instant', at: stage.now + HOUR }, '   ')).rejects.toThrow(UserError);
});

test('a stranger reaches no reminder by any way in', async () => {
  const reminder = await stage.make({ kind: 'instant', at: stage.now + HOUR });
  const [sent] = await stage.pass(stage.now + HOUR);
  await expect(authorize(stage.db, stage.eve, 'reminder', reminder.id)).rejects.toThrow(NotFound);
  await expect(stage.firedAs(sent, stage.eve)).rejects.toThrow(NotFound);
  await expect(reading.find(stage.db, stage.eve, reminder.id)).rejects.toThrow(NotFound);
  expect(await reading.list(stage.db, stage.eve, 0)).toEqual({ rows: [], total: 0 });
  expect(await reading.findByWords(stage.db, stage.eve, 'Stretch', 5)).toEqual([]);
  expect((await reading.statistics(stage.db, stage.eve, null, 900, stage.now)).sent).toBe(0);
  const none = { pauseEverything: async () => 0, resumeEverything: async () => 0 };
  const tasks = { ...none, fellDue: async () => ({ rows: [], more: 0 }) };
  const paused = await stage.act((changes) => pauseAll(changes, stage.eve, null, tasks, stage.at()), stage.eve);
  expect(paused.result).toEqual({ reminders: 0, tasks: 0 });
  const weekly = await stage.make({
    kind: 'series',
    start: '2027-02-01T09:00',
    rrule: 'FREQ=WEEKLY;BYDAY=MO',
    basis: 'schedule',
  });
  const task = await stage.makeTask('2027-05-05', null);
  await expect(
    stage.act(
      (changes) =>
        service.create(
          changes,
          stage.eve,
          { text: 'x', timing: { kind: 'instant', at: stage.now + HOUR }, task },
          stage.at(),
        ),
      stage.eve,
    ),
  ).rejects.toThrow(NotFound);
  for (const change of [
    (changes: Changes) => service.skipNext(changes, stage.eve, reminder, stage.at()),
    (changes: Changes) => service.remove(changes, stage.eve, reminder, stage.at()),
    (changes: Changes) => service.pause(changes, stage.eve, reminder, null, stage.at()),
    (changes: Changes) =>
      service.retime(changes, stage.eve, reminder, { kind: 'instant', at: stage.now + DAY }, null, stage.at()),
    (changes: Changes) => service.retext(changes, stage.eve, reminder, 'x'),
    (changes: Changes) => service.mute(changes, stage.eve, weekly, true),
    (changes: Changes) => service.setLatePolicy(changes, stage.eve, reminder, 'skip'),
    (changes: Changes) => service.resume(changes, stage.eve, { ...reminder, status: 'paused' }, stage.at()),
    (changes: Changes) => answers.snooze(changes, stage.eve, reminder, null, stage.now + DAY, stage.at()),
    (changes: Changes) => answers.acknowledge(changes, stage.eve, reminder, null, stage.tasks, stage.at()),
  ]) {
    await expect(
      stage.act(async (changes) => {
        await change(changes);
      }, stage.eve),
    ).rejects.toThrow(NotFound);
  }
  expect((await readPerson(stage.db, stage.eve.person.id)).id).toBe(stage.eve.person.id);
});
