/** Quiet time through a real Steward and Telegram's stand-in: one message afterwards, whose ledger and buttons are those of each reminder. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, type Steward, startSteward, until } from './steward.ts';

let steward: Steward;
let owner: Person;
beforeAll(async () => {
  steward = await startSteward({ mode: 'polling' });
  owner = steward.person();
});
afterAll(() => steward?.end());

const states = async () =>
  (
    await steward.db.query<{ state: string }>(
      'SELECT state FROM deliveries WHERE reminder_id IS NOT NULL ORDER BY due_at, id',
    )
  ).map((row) => row.state);

it('holds two reminders, tells them in one message with its Telegram id, and answers each in it', async () => {
  await owner.say('remind me to feed the cat in 30 minutes');
  await owner.say('remind me to drink water in 40 minutes');
  expect(await owner.say('/quiet on')).toContain('Quiet now, until you end it');
  steward.clock.move(45 * 60_000);
  await until('both are held', async () => (await states()).every((state) => state === 'held'));
  expect(await owner.say('/quiet off')).toContain('The silence is over');
  await until('they are told', () => owner.texts().some((text) => text.includes('2 reminders waited')));
  await until('the ledger knows', async () => (await states()).every((state) => state === 'sent'));
  const rows = await steward.db.query<{ messageId: number | null; gatheredBy: number | null }>(
    'SELECT message_id, gathered_by FROM deliveries WHERE reminder_id IS NOT NULL',
  );
  expect(new Set(rows.map((row) => row.messageId)).size).toBe(1);
  expect(rows[0]).toEqual({ messageId: expect.any(Number), gatheredBy: null });
  await owner.press('✅ 1 Feed the cat');
  await until('it is answered', async () => (await states())[0] === 'acknowledged');
  expect(owner.buttons().some((label) => label.includes('Drink water'))).toBe(true);
  await owner.press('✅ 2 Drink water');
  await until('both are answered', async () => (await states()).every((state) => state === 'acknowledged'));
});
