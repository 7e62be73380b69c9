/** Guards that what is told together shares the fate of its message in the ledger: sent, lost and repeated, or failed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_BOT } from '../../../../test/support/context.ts';
import { type ReminderStage, reminderStage } from '../../../../test/support/reminders.ts';
import { iso } from '../../../core/clock.ts';
import type { DeliveryId } from '../../../core/ids.ts';
import { deliveriesOf, hold, markQueued, releaseHeld, skip, takeDue } from '../../../outbox/ledger.ts';
import { enqueue, statements as outbox } from '../../../outbox/outbox.ts';
import type { Reminder } from '../../../storage/rows.ts';
import type { FiredFacts } from '../views/fired.ts';
import { fire } from './firing.ts';
import { personRemoved, reconcile } from './planning.ts';

let stage: ReminderStage;

beforeAll(async () => {
  stage = await reminderStage();
  await stage.db.query(`UPDATE people SET quiet_hours = '22:00-07:00'`);
});
afterAll(() => stage.drop());

/** One turn of the firing loop; what it hands over lies in the outbox. */
async function fireTurn(): Promise<FiredFacts[]> {
  await releaseHeld(stage.db, stage.now);
  return stage.db.transaction(async (tx) => {
    const fired = await fire(tx, await takeDue(tx, stage.now, 500), stage.now, () => {});
    const messages = fired.send.map((item) => item.message);
    await enqueue(tx, TEST_BOT, messages, { wake: () => {} });
    await markQueued(
      tx,
      fired.send.map((item) => item.id),
      stage.now,
    );
    await skip(tx, fired.skip, stage.now);
    await hold(tx, fired.hold);
    return messages.map((message) => message.payload as FiredFacts);
  });
}

/** Claims the one message that waits and ends it as the sender would. */
async function end(state: 'sent' | 'unknown' | 'failed', messageId: number | null): Promise<void> {
  const [row] = await stage.db.query<{ id: number; deliveryId: DeliveryId }>(
    `SELECT id, delivery_id FROM outbox WHERE state IN ('due', 'unknown') ORDER BY id DESC LIMIT 1`,
  );
  await stage.db.query(outbox.claimDeliveries, [[row?.deliveryId], iso(stage.now)]);
  await stage.db.query(outbox.claim, [[row?.id], 'me']);
  const ended = [{ id: row?.id, state, reason: state === 'sent' ? null : 'lost', messageId }];
  await stage.db.query(outbox.finish, ['me', JSON.stringify(ended), iso(stage.now), [row?.id]]);
}

/** Two reminders of one night, told together the next morning. */
async function twoOfOneNight(day: number): Promise<Reminder[]> {
  stage.now = Date.parse(`2026-03-${day}T12:00:00Z`);
  const made = [
    await stage.make({ kind: 'wall', local: `2026-03-${day}T23:00` }, 'One'),
    await stage.make({ kind: 'wall', local: `2026-03-${day}T23:30` }, 'Two'),
  ];
  for (const time of [`2026-03-${day}T22:00:00Z`, `2026-03-${day}T22:30:00Z`]) {
    stage.now = Date.parse(time);
    expect(await fireTurn()).toEqual([]);
  }
  stage.now = Date.parse(`2026-03-${day + 1}T06:00:00Z`);
  return made;
}

const stateOf = async (reminder: Reminder) => (await deliveriesOf(stage.db, reminder.id, 1))[0];

test('a lost answer and its repeat are those of every reminder in the message', async () => {
  const made = await twoOfOneNight(10);
  const [facts, ...more] = await fireTurn();
  expect(more).toEqual([]);
  expect(facts?.gathered.map((one) => one.title)).toEqual(['One', 'Two']);
  await end('unknown', null);
  for (const one of made) expect(await stateOf(one)).toMatchObject({ state: 'unknown', reason: 'lost' });
  await end('sent', 91);
  for (const one of made) {
    expect(await stateOf(one)).toMatchObject({ state: 'sent', messageId: 91, repeats: 1, latenessMs: 0 });
    expect((await stage.again(one)).status).toBe('ended');
  }
  expect(await stage.db.query('SELECT id FROM deliveries WHERE gathered_by IS NOT NULL')).toEqual([]);
});

test('a message Telegram refuses fails for all it tells', async () => {
  const made = await twoOfOneNight(12);
  await fireTurn();
  await end('failed', null);
  for (const one of made) expect(await stateOf(one)).toMatchObject({ state: 'failed', reason: 'lost' });
});

test('who is removed in the night is not told in the morning', async () => {
  await twoOfOneNight(14);
  expect(await fireTurn()).toHaveLength(1);
  await stage.db.transaction((tx) => personRemoved(tx, stage.ada.person.id, stage.at()));
  expect(await stage.db.query(`SELECT id FROM outbox WHERE state IN ('due', 'unknown')`)).toEqual([]);
  for (const table of ['reminders', 'deliveries']) await stage.db.query(`DELETE FROM ${table}`);
});

test('what is held without a message to gather it is let go by itself', async () => {
  const made = await twoOfOneNight(16);
  await stage.db.query(`DELETE FROM deliveries WHERE occurrence LIKE 'quiet:%' AND state = 'due'`);
  expect((await fireTurn()).map((facts) => facts.text)).toEqual(['One', 'Two']);
  for (const one of made) expect(await stateOf(one)).toMatchObject({ state: 'due' });
});

test('one that is being changed while the others are told comes a moment later', async () => {
  const [one] = await twoOfOneNight(18);
  await stage.db.transaction(async (tx) => {
    await tx.query('SELECT id FROM reminders WHERE id = $1 FOR UPDATE', [one?.id]);
    expect((await fireTurn()).map((facts) => facts.text)).toEqual(['Two']);
  });
  stage.now += 1_000;
  expect((await fireTurn()).map((facts) => facts.text)).toEqual(['One']);
});

test('when Steward was down until it is quiet again, nothing disturbs that night', async () => {
  await twoOfOneNight(20);
  stage.now = Date.parse('2026-03-21T22:00:00Z');
  expect(await fireTurn()).toEqual([]);
  stage.now = Date.parse('2026-03-22T06:00:00Z');
  const [facts] = await fireTurn();
  expect(facts?.gathered.map((one) => one.title)).toEqual(['One', 'Two']);
});

test('a thousand people who wake at once are told each in one message, by a bounded number of statements', async () => {
  stage.now = Date.parse('2026-03-24T12:00:00Z');
  await stage.db.query(
    `WITH p AS (INSERT INTO people (telegram_user_id, name, role, timezone, quiet_hours)
                SELECT 50000 + n, 'P', 'member', 'Europe/Berlin', '22:00-07:00' FROM generate_series(1, 1000) n RETURNING id, telegram_user_id)
     INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, local_at, status, created_by, created_at)
     SELECT $1, 100000 + (row_number() OVER ()), p.id, p.telegram_user_id, 'r' || n, 'wall', '2026-03-24 23:00', 'active', p.id, $2
       FROM p, generate_series(1, 3) n`,
    [stage.ada.spaceId, iso(stage.now)],
  );
  expect(await reconcile(stage.db, stage.at())).toBe(3000);
  stage.now = Date.parse('2026-03-24T22:00:00Z');
  for (let turn = 0; turn < 6; turn += 1) expect(await fireTurn()).toEqual([]);
  stage.now = Date.parse('2026-03-25T06:00:00Z');
  const messages = [...(await fireTurn()), ...(await fireTurn())];
  expect(messages).toHaveLength(1000);
  expect(messages.every((facts) => facts.gathered.length === 3)).toBe(true);
  expect(await fireTurn()).toEqual([]);
});
