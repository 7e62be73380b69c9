/** Quiet time through a real Steward and Telegram's stand-in: one message afterwards, whose ledger and buttons are those of each reminder. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER, type Person, type Steward, startSteward, textOf, until } from './steward.ts';

const ANNA = 7002;

let steward: Steward;
let owner: Person;
beforeAll(async () => {
  steward = await startSteward({ mode: 'polling', people: [OWNER, ANNA] });
  owner = steward.person(OWNER, { first_name: 'Olga' });
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
  await owner.press('✅ 1');
  await until('it is answered', async () => (await states())[0] === 'acknowledged');
  expect(owner.buttons().includes('✅ 2')).toBe(true);
  await owner.press('✅ 2');
  await until('both are answered', async () => (await states()).every((state) => state === 'acknowledged'));
});

it('tells a group in one message what waited for any of it, names each, and lets each be answered in it', async () => {
  const anna = steward.person(ANNA, { first_name: 'Anna' });
  const chat = -1_001_000_777;
  steward.sandbox.group(chat, 'Family', [owner.user, anna.user]);
  steward.sandbox.addBot(chat, owner.user);
  await steward.quiet();
  const there = steward.inGroup(OWNER, chat);
  const annaThere = steward.inGroup(ANNA, chat);
  await there.say('@steward_bot remind me to feed the cat in 30 minutes');
  await annaThere.say('@steward_bot remind me to water the plants in 40 minutes');
  await there.say('/quiet@steward_bot on');
  steward.clock.move(45 * 60_000);
  const ofGroup = async () =>
    (
      await steward.db.query<{ state: string }>(
        'SELECT state FROM deliveries WHERE reminder_id IS NOT NULL AND chat_id = $1 ORDER BY due_at, id',
        [chat],
      )
    ).map((row) => row.state);
  await until('both are held', async () => (await ofGroup()).every((state) => state === 'held'));
  await there.say('/quiet@steward_bot off');
  const told = () =>
    steward.sandbox.messages(chat).filter((seen) => seen.fromBot && textOf(seen).includes('While it was quiet'));
  await until('they are told', () => told().length > 0);
  expect(told().map(textOf)).toEqual([
    expect.stringMatching(/2 reminders waited[\s\S]*Feed the cat[^\n]*🙋 Olga[\s\S]*Water the plants[^\n]*🙋 Anna/),
  ]);
  const mentioned = told()[0]?.message.entities?.filter((entity) => entity.type === 'text_mention');
  expect(mentioned?.map((entity) => entity.user.id)).toEqual([OWNER, ANNA]);
  await until('the ledger knows', async () => (await ofGroup()).every((state) => state === 'sent'));
  await annaThere.press('✅ 1');
  await until('it is answered', async () => (await ofGroup())[0] === 'acknowledged');
  expect(told().map(textOf)[0]).toContain('🙋 Anna');
});
