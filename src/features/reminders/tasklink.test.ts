/** Reminders follow their task: its due date, its end, its next instance, its removal, and every undo of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, type ReminderStage, reminderStage, type Sent } from '../../../test/support/reminders.ts';
import { authorize } from '../../access/authorize.ts';
import { deliveryById } from '../../outbox/ledger.ts';
import type { Task } from '../../storage/rows.ts';
import { taskService } from '../tasks/index.ts';
import * as answers from './answers.ts';
import { reconcile } from './schedule/planning.ts';
import type { Timing } from './schedule/wanted.ts';
import * as service from './service.ts';

let stage: ReminderStage;

beforeAll(async () => {
  stage = await reminderStage();
});
afterAll(() => stage.drop());

test('several reminders of a task follow its due date, close with it and come back with one undo', async () => {
  stage.now = Date.parse('2026-05-04T06:00:00Z');
  const task = await stage.makeTask('2026-05-05', '15:00');
  const add = (timing: Timing) =>
    stage.act((changes) => service.create(changes, stage.ada, { text: '', timing, task }, stage.at()));
  const before = (await add({ kind: 'relative', minutes: 30 })).result;
  const dayBefore = (await add({ kind: 'relative', minutes: 1440 })).result;
  const fixed = (await add({ kind: 'wall', local: '2026-05-05T08:00' })).result;
  expect(await stage.waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
  expect(await stage.waiting(dayBefore)).toEqual(['2026-05-04T13:00:00.000Z']);
  const moved = await stage.act(async (changes) => {
    const row = await changes.update('tasks', task.id, { dueDate: '2026-05-06', dueTime: '10:00' });
    await stage.link.taskChanged(changes, stage.ada, row, stage.now);
  });
  expect(await stage.waiting(before)).toEqual(['2026-05-06T07:30:00.000Z']);
  await stage.takeBack(moved.actionId);
  expect(await stage.waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
  const [fired] = await stage.pass('2026-05-04T13:00:00Z');
  expect(fired?.facts.task?.title).toBe('Call Bob');
  const done = await stage.act((changes) => stage.tasks.complete(changes, stage.ada, task, stage.now).then(() => null));
  expect([await stage.waiting(before), await stage.waiting(fixed)]).toEqual([[], []]);
  expect((await deliveryById(stage.db, (fired as Sent).id))?.state).toBe('acknowledged');
  await stage.takeBack(done.actionId);
  expect(await stage.waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
  expect(await stage.waiting(fixed)).toEqual(['2026-05-05T06:00:00.000Z']);
  expect((await deliveryById(stage.db, (fired as Sent).id))?.state).toBe('sent');
  const gone = await stage.act(async (changes) => {
    await stage.link.removeForTask(changes, stage.ada, task, stage.now);
    await changes.remove('tasks', task.id);
  });
  expect(await stage.pass('2026-05-05T12:30:00Z')).toHaveLength(0);
  stage.now = Date.parse('2026-05-04T14:00:00Z');
  await stage.takeBack(gone.actionId);
  expect(await stage.waiting(before)).toEqual(['2026-05-05T12:30:00.000Z']);
  await stage.act(async (changes) => {
    await stage.link.removeForTask(changes, stage.ada, task, stage.now);
    await changes.remove('tasks', task.id);
  });
});

test('reminders of a recurring task go on with its next instance, and come back with one undo', async () => {
  stage.now = Date.parse('2026-05-11T06:00:00Z');
  const real = taskService(stage.link);
  const { result: made } = await stage.act((changes) =>
    real.create(
      changes,
      stage.ada,
      {
        title: 'Water the plants',
        dueDate: '2026-05-11',
        dueTime: '18:00',
        recurrence: { rrule: 'FREQ=DAILY;BYHOUR=18;BYMINUTE=0', basis: 'schedule' },
      },
      stage.now,
    ),
  );
  const task = await authorize(stage.db, stage.ada, 'task', made.id);
  const { result: reminder } = await stage.act((changes) =>
    service.create(changes, stage.ada, { text: '', timing: { kind: 'relative', minutes: 30 }, task }, stage.at()),
  );
  const [sent] = await stage.pass('2026-05-11T15:30:00Z');
  const fired = await stage.firedAs(sent);
  const own = { complete: real.complete, addNote: async () => {} };
  const done = await stage.act((changes) =>
    answers.acknowledge(changes, stage.ada, fired.reminder, fired.delivery, own, stage.at()),
  );
  expect(await stage.waiting(reminder)).toEqual(['2026-05-12T15:30:00.000Z']);
  expect((await stage.again(reminder)).taskId).not.toBe(task.id);
  await stage.takeBack(done.actionId);
  expect((await stage.again(reminder)).taskId).toBe(task.id);
  expect(await stage.waiting(reminder)).toEqual([]);
  expect((await deliveryById(stage.db, fired.delivery.id))?.state).toBe('sent');
  await stage.remove(reminder);
});

test('a snooze outlasts a change of its task that leaves the due date, and ends with one that moves it', async () => {
  stage.now = Date.parse('2026-09-23T06:00:00Z');
  const task = await stage.makeTask('2026-09-23', '15:00');
  const { result } = await stage.act((changes) =>
    service.create(changes, stage.ada, { text: '', timing: { kind: 'relative', minutes: 60 }, task }, stage.at()),
  );
  const [sent] = await stage.pass('2026-09-23T12:00:00Z');
  const { reminder, delivery } = await stage.firedAs(sent);
  await stage.act((changes) =>
    answers.snooze(changes, stage.ada, reminder, delivery, stage.now + HOUR / 2, stage.at()),
  );
  const change = (patch: Partial<Omit<Task, 'id'>>) =>
    stage.act(async (changes) =>
      stage.link.taskChanged(changes, stage.ada, await changes.update('tasks', task.id, patch), stage.now),
    );
  await change({ title: 'Call Robert' });
  expect(await stage.waiting(result)).toEqual(['2026-09-23T12:30:00.000Z']);
  await change({ dueTime: '18:00' });
  expect(await stage.waiting(result)).toEqual(['2026-09-23T15:00:00.000Z']);
  await change({ dueDate: null, dueTime: null });
  expect(await stage.waiting(result)).toEqual([]);
  expect(await reconcile(stage.db, stage.at())).toBe(0);
  await change({ dueDate: '2026-09-24', dueTime: '18:00' });
  expect(await stage.waiting(result)).toEqual(['2026-09-24T15:00:00.000Z']);
  await stage.act(async (changes) => stage.link.removeForTask(changes, stage.ada, task, stage.now));
});
