/** Answers to fired reminders: done, later, and every way back; nothing is planned twice and nothing lost. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, HOUR, type ReminderStage, reminderStage } from '../../../test/support/reminders.ts';
import fc from '../../../test/support/steady/fast-check.ts';
import { authorize } from '../../access/authorize.ts';
import { iso } from '../../core/clock.ts';
import { NotFound } from '../../core/errors.ts';
import type { ActionId, ReminderId } from '../../core/ids.ts';
import { deliveryById } from '../../outbox/ledger.ts';
import * as answers from './answers.ts';
import * as service from './service.ts';

let stage: ReminderStage;

beforeAll(async () => {
  stage = await reminderStage();
});
afterAll(() => stage.drop());

test('a snoozed occurrence of a series fires for itself while the series goes on, and undo takes the snooze back', async () => {
  stage.now = Date.parse('2026-09-20T06:00:00Z');
  const series = await stage.daily('2026-09-20T09:00');
  const [first] = await stage.pass('2026-09-20T07:00:00Z');
  const { reminder, delivery } = await stage.firedAs(first);
  const snoozed = await stage.act((changes) =>
    answers.snooze(changes, stage.ada, reminder, delivery, stage.now + 2 * DAY, stage.at()),
  );
  expect(await stage.waiting({ id: snoozed.result.reminderId })).toEqual([iso(stage.now + 2 * DAY)]);
  expect(await stage.waiting(series)).toEqual(['2026-09-21T07:00:00.000Z']);
  await expect(
    stage.act(async (changes) =>
      answers.snooze(changes, stage.ada, await stage.again(series), delivery, stage.now + HOUR, stage.at()),
    ),
  ).rejects.toThrow('reminder-error-answered');
  await stage.takeBack(snoozed.actionId);
  expect(await stage.waiting({ id: snoozed.result.reminderId })).toEqual([]);
  expect((await deliveryById(stage.db, delivery.id))?.state).toBe('sent');
  const twice = await stage.act(async (changes) =>
    answers.snooze(changes, stage.ada, await stage.again(series), delivery, stage.now + HOUR, stage.at()),
  );
  await stage.remove(series);
  expect(await stage.waiting({ id: twice.result.reminderId })).toEqual([]);
});

test('a Done taken back can be done again by undoing the undo', async () => {
  stage.now = Date.parse('2026-09-24T06:00:00Z');
  const series = await stage.daily('2026-09-24T09:00');
  const [sent] = await stage.pass('2026-09-24T07:00:00Z');
  const { reminder, delivery } = await stage.firedAs(sent);
  const done = await stage.act((changes) =>
    answers.acknowledge(changes, stage.ada, reminder, delivery, stage.tasks, stage.at()),
  );
  const undone = await stage.takeBack(done.actionId);
  expect((await deliveryById(stage.db, delivery.id))?.state).toBe('sent');
  await stage.takeBack(undone.actionId);
  expect((await deliveryById(stage.db, delivery.id))?.state).toBe('acknowledged');
  expect(await stage.waiting(series)).toEqual(['2026-09-25T07:00:00.000Z']);
  await stage.remove(series);
});

test('Done ends a reminder; undo opens it again', async () => {
  const once = await stage.make({ kind: 'instant', at: stage.now + HOUR });
  const [sent] = await stage.pass(stage.now + HOUR);
  const { reminder, delivery } = await stage.firedAs(sent);
  const done = await stage.act((changes) =>
    answers.acknowledge(changes, stage.ada, reminder, delivery, stage.tasks, stage.at()),
  );
  expect((await stage.again(once)).status).toBe('done');
  expect((await deliveryById(stage.db, delivery.id))?.state).toBe('acknowledged');
  await stage.takeBack(done.actionId);
  expect((await stage.again(once)).status).toBe('ended');
  expect((await deliveryById(stage.db, delivery.id))?.state).toBe('sent');
});

test('a reminder after completion comes again counted from Done, and ends with its count', async () => {
  stage.now = Date.parse('2026-10-01T06:00:00Z');
  const reminder = await stage.make({
    kind: 'series',
    start: '2026-10-01T09:00',
    rrule: 'FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0;COUNT=2',
    basis: 'completion',
  });
  const [first] = await stage.pass('2026-10-01T07:00:00Z');
  expect(await stage.waiting(reminder)).toEqual([]);
  stage.now = Date.parse('2026-10-05T12:00:00Z');
  const one = await stage.firedAs(first);
  const done = await stage.act((changes) =>
    answers.acknowledge(changes, stage.ada, one.reminder, one.delivery, stage.tasks, stage.at()),
  );
  expect(await stage.waiting(reminder)).toEqual(['2026-10-08T07:00:00.000Z']);
  await stage.takeBack(done.actionId);
  expect(await stage.waiting(reminder)).toEqual([]);
  const open = await stage.firedAs(first);
  await stage.act((changes) =>
    answers.acknowledge(changes, stage.ada, open.reminder, open.delivery, stage.tasks, stage.at()),
  );
  const [second] = await stage.pass('2026-10-08T07:00:00Z');
  const last = await stage.firedAs(second);
  await stage.act((changes) =>
    answers.acknowledge(changes, stage.ada, last.reminder, last.delivery, stage.tasks, stage.at()),
  );
  expect((await stage.again(reminder)).status).toBe('done');
  expect(await stage.waiting(reminder)).toEqual([]);
});

test('chains of snoozes, undos and passing time never plan an occurrence twice and never lose the reminder', async () => {
  stage.now = Date.parse('2026-12-01T06:00:00Z');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('snooze' as const), minutes: fc.integer({ min: 1, max: 3000 }) }),
    fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 3000 }) }),
    fc.constant({ kind: 'undo' as const, minutes: 0 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 1, maxLength: 8 }), async (recurring, steps) => {
      const origin = await stage.make(
        recurring
          ? { kind: 'series', start: '2026-12-01T09:00', rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', basis: 'schedule' }
          : { kind: 'instant', at: stage.now + HOUR },
        `chain ${stage.uses()}`,
      );
      const mine = async () =>
        stage.db.query<{ id: ReminderId; status: string; waits: number; open: number }>(
          `SELECT r.id, r.status,
                  (SELECT count(*) FROM deliveries d WHERE d.reminder_id = r.id AND d.state IN ('due', 'held') AND d.queued_at IS NULL) AS waits,
                  (SELECT count(*) FROM deliveries d WHERE d.reminder_id = r.id AND d.state = 'sent') AS open
             FROM reminders r WHERE r.text = $1 AND r.space_id = $2`,
          [origin.text, stage.ada.spaceId],
        );
      let snoozes: ActionId[] = [];
      await stage.pass(stage.now + DAY);
      for (const { kind, minutes } of steps) {
        if (kind === 'pass') {
          await stage.pass(stage.now + minutes * 60_000);
          snoozes = [];
        } else if (kind === 'undo') {
          const action = snoozes.pop();
          if (action !== undefined) await stage.takeBack(action);
        } else {
          for (const row of await mine()) {
            const reminder = await authorize(stage.db, stage.ada, 'reminder', row.id);
            const open = await answers.unanswered(stage.db, reminder);
            if (open === null) continue;
            const until = stage.now + minutes * 60_000;
            snoozes.push(
              (await stage.act((changes) => answers.snooze(changes, stage.ada, reminder, open, until, stage.at())))
                .actionId,
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
        await stage
          .act(async (changes) =>
            service.remove(changes, stage.ada, await authorize(stage.db, stage.ada, 'reminder', row.id), stage.at()),
          )
          .catch((error: unknown) => {
            if (!(error instanceof NotFound)) throw error;
          });
    }),
    { numRuns: 25 },
  );
});
