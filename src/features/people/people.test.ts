/** Guards who may come in: a code works once and for one, only the operator manages people, removal holds at once. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { labels, type TestChat, testChat, testPerson } from '../../../test/support/context.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { type Directory, ensureConfiguredPeople, openDirectory, type Person } from '../../access/people.ts';
import { DrivenClock, iso } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import { plan, takeDue } from '../../outbox/ledger.ts';
import { enqueue } from '../../outbox/outbox.ts';
import type { Database } from '../../storage/database.ts';
import { gate, invitationHash } from '../../telegram/receive/gate.ts';
import { reconcileReminders, remindersOfPeople } from '../reminders/index.ts';
import { fire } from '../reminders/schedule/firing.ts';
import { acceptInvitation, configuredPeople, peopleFeature } from './index.ts';

let postgres: TestDatabase;
let db: Database;
let clock: DrivenClock;
let operator: Person;
let chat: TestChat;
let directory: Directory;
const reminders = remindersOfPeople(() => {});
const feature = peopleFeature({ username: () => 'StewardBot', reminders });
const defaults = { language: 'en', timezone: 'Europe/Berlin' };

beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database();
  operator = await testPerson(db, 1, { name: 'Olga', role: 'operator' });
});
afterAll(async () => {
  await directory?.stop();
  await postgres.drop();
});
beforeEach(async () => {
  clock = new DrivenClock('2026-11-22T10:00:00Z');
  chat = testChat(db, clock, operator, [feature]);
  await directory?.stop();
  directory = await openDirectory(db, clock, new Set([1]), () => {});
});

async function invitation(): Promise<string> {
  const told = await chat.command('/invite');
  const code = /\/start inv-(\S+)/.exec(told.text)?.[1];
  if (code === undefined) throw new Error('no code shown');
  return code;
}

const accept = (code: string, id: number, name = 'Bob', languageCode = 'en') =>
  db.transaction((tx) => acceptInvitation(tx, clock.now(), code, { id, name, languageCode }, defaults, reminders));

const startUpdate = (id: number, code: string) => ({
  update_id: 1,
  message: { from: { id, first_name: 'Bob' }, chat: { id, type: 'private' }, text: `/start inv-${code}` },
});

test('/invite shows a code and a link that the gate takes from a stranger, and stores only its hash', async () => {
  const told = await chat.command('/invite');
  const code = /\/start inv-(\S+)/.exec(told.text)?.[1] ?? '';
  expect(told.text).toContain(`https://t.me/StewardBot?start=inv-${code}`);
  await directory.refresh();
  expect(
    gate(startUpdate(50, code), directory, { id: 9, username: () => 'steward_bot', isCommand: () => true }),
  ).toMatchObject({ verdict: 'invited', code });
  const [stored] = await db.query<{ everything: string }>(
    `SELECT (SELECT string_agg(i::text, ' ') FROM invitations i) || (SELECT string_agg(a::text, ' ') FROM actions a) AS everything`,
  );
  expect(stored?.everything).not.toContain(code);
});

test('a code is known to the gates of all processes before it can be shown, without a query of theirs', async () => {
  let reads = true;
  // Another process, whose reading of the database does not come back.
  const other = await openDirectory(
    { ...db, query: (statement, values) => (reads ? db.query(statement, values) : new Promise(() => {})) },
    clock,
    new Set([1]),
    () => {},
  );
  reads = false;
  const expecting = peopleFeature({
    username: () => undefined,
    reminders,
    expectInvitation: (hash) => directory.expectInvitation(hash),
  });
  const answered = await testChat(db, clock, operator, [expecting]).command('/invite');
  const code = /\/start inv-(\S+)/.exec(answered.text)?.[1] ?? '';
  expect(directory.hasInvitation(invitationHash(code))).toBe(true);
  await expect.poll(() => other.hasInvitation(invitationHash(code))).toBe(true);
  await other.stop();
});

test('a code lets one person in, once', async () => {
  const code = await invitation();
  const person = await accept(code, 51);
  expect(person).toMatchObject({ telegramUserId: 51, role: 'member', name: 'Bob', timezone: 'Europe/Berlin' });
  expect(await accept(code, 52)).toBeUndefined();
  await directory.refresh();
  expect(directory.byTelegramId(51)?.id).toBe(person?.id);
  expect(directory.byTelegramId(52)).toBeUndefined();
});

test('of ten who send the same code at the same moment one gets in', async () => {
  const code = await invitation();
  const let_in = await Promise.all(Array.from({ length: 10 }, (_, index) => accept(code, 100 + index)));
  expect(let_in.filter((person) => person !== undefined)).toHaveLength(1);
  const rows = await db.query('SELECT 1 FROM people WHERE telegram_user_id BETWEEN 100 AND 109');
  expect(rows).toHaveLength(1);
});

test('a code is of no use after seven days, nor one that was withdrawn or never made', async () => {
  const late = await invitation();
  clock.advance(7 * 86_400_000 + 1);
  expect(await accept(late, 53)).toBeUndefined();
  const withdrawn = await invitation();
  await chat.command('/people');
  await chat.press('Withdraw');
  expect(await accept(withdrawn, 53)).toBeUndefined();
  expect(await accept('AAAAAAAAAAAA', 53)).toBeUndefined();
});

test('the invited are greeted in their own language', async () => {
  expect(await accept(await invitation(), 54, 'Иван', 'ru')).toMatchObject({ language: 'ru' });
});

test('removal is asked about, holds at once in the directory, and nothing more is sent', async () => {
  const bob = await accept(await invitation(), 55, 'Boris');
  if (!bob) throw new Error('not let in');
  const chatId = 55 as ChatId;
  const [reminder] = await db.query<{ id: never }>(
    `INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, fixed_at, created_by, created_at)
     VALUES ($1, 1, $2, 55, 'stretch', 'instant', now(), $2, now()) RETURNING id`,
    [bob.spaceId, bob.id],
  );
  await db.transaction(async (tx) => {
    await plan(
      tx,
      [
        {
          kind: 'reminder',
          spaceId: bob.spaceId,
          personId: bob.id,
          chatId,
          reminderId: reminder?.id ?? null,
          occurrence: 'r:55',
          dueAt: clock.now(),
        },
      ],
      clock.now(),
      () => {},
    );
    await enqueue(tx, 1 as never, [{ chatId, priority: 0, method: 'sendMessage', payload: { text: 'x' } }], {
      wake: () => {},
    });
  });
  await chat.command('/people');
  const asked = await chat.press('Remove Boris');
  expect(labels(asked.replaced[0])).toEqual(['Remove', 'Keep']);
  await directory.refresh();
  expect(directory.byTelegramId(55)).toBeDefined();
  await chat.press('Remove');
  await expect.poll(() => directory.byTelegramId(55)).toBeUndefined();
  const states = await db.query(
    "SELECT state FROM deliveries WHERE occurrence = 'r:55' UNION ALL SELECT state FROM outbox WHERE chat_id = 55",
  );
  expect(states).toEqual([{ state: 'cancelled' }, { state: 'cancelled' }]);
});

test('a second press on Remove says that it is done', async () => {
  const bob = await accept(await invitation(), 56, 'Bill');
  await chat.command('/people');
  const asked = await chat.press('Remove Bill');
  const button = asked.replaced[0]?.buttons?.[0]?.[0];
  if (!bob || !button || !('data' in button)) throw new Error('not asked');
  await chat.pressData(button.data);
  await expect(chat.pressData(button.data)).rejects.toMatchObject({ key: 'people-gone' });
});

test('a new invitation lets a removed person back in, with what they kept and what is to come', async () => {
  const first = await accept(await invitation(), 57, 'Cara');
  if (!first) throw new Error('not let in');
  const at = clock.now() + 3_600_000;
  await db.query(
    `INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, fixed_at, status, created_by, created_at)
     VALUES ($1, 1, $2, 57, 'Tea', 'instant', $3, 'active', $2, $4)`,
    [first.spaceId, first.id, iso(at), iso(clock.now())],
  );
  const planned = async () =>
    (await db.query<{ dueAt: number }>(`SELECT due_at FROM deliveries WHERE chat_id = 57 AND state = 'due'`)).map(
      (row) => row.dueAt,
    );
  await reconcileReminders(db, clock.now(), () => {});
  expect(await planned()).toEqual([at]);
  await chat.command('/people remove Cara');
  await chat.press('Remove');
  expect(await planned()).toEqual([]);
  const again = await accept(await invitation(), 57, 'Cara');
  expect(again).toMatchObject({ id: first.id, spaceId: first.spaceId, role: 'member' });
  expect(await planned()).toEqual([at]);
  await directory.refresh();
  expect(directory.byTelegramId(57)).toBeDefined();
});

test('who is no longer configured is written to no more, keeps everything, and is reminded again when back, late ones by their policy', async () => {
  const configure = async (ids: number[]) => {
    await ensureConfiguredPeople(
      db,
      ids,
      defaults,
      configuredPeople(() => clock.now(), reminders),
    );
  };
  await configure([1, 58]);
  const [dora] = await db.query<{ id: number; spaceId: number }>(
    'SELECT p.id, s.id AS space_id FROM people p JOIN spaces s ON s.owner_id = p.id WHERE telegram_user_id = 58',
  );
  const soon = clock.now() + 60_000;
  await db.query(
    `INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, fixed_at, late_policy, status, created_by, created_at)
     SELECT $1, n, $2, 58, 'Pill ' || n, 'instant', $3, CASE n WHEN 1 THEN 'send' ELSE 'skip' END, 'active', $2, $4 FROM generate_series(1, 2) n`,
    [dora?.spaceId, dora?.id, iso(soon), iso(clock.now())],
  );
  await reconcileReminders(db, clock.now(), () => {});
  const ledger = () =>
    db.query<{ state: string; reason: string | null; dueAt: number }>(
      'SELECT state, reason, due_at FROM deliveries WHERE chat_id = 58 ORDER BY id',
    );
  await db.transaction((tx) =>
    enqueue(tx, 1 as never, [{ chatId: 58 as ChatId, priority: 0, method: 'sendMessage', payload: { text: 'x' } }], {
      wake: () => {},
    }),
  );
  await configure([1]);
  expect((await ledger()).map(({ state, reason }) => [state, reason])).toEqual([
    ['cancelled', 'person-removed'],
    ['cancelled', 'person-removed'],
  ]);
  expect(await db.query('SELECT state FROM outbox WHERE chat_id = 58')).toEqual([{ state: 'cancelled' }]);
  clock.advance(3 * 3_600_000);
  expect(await reconcileReminders(db, clock.now(), () => {})).toBe(0);
  expect((await chat.command('/people')).text).not.toContain('58');
  await configure([1, 58]);
  const back = await ledger();
  expect(back.map(({ state, dueAt }) => [state, dueAt])).toEqual([
    ['due', clock.now()],
    ['due', soon],
  ]);
  const fired = await db.transaction(async (tx) => fire(tx, await takeDue(tx, clock.now(), 10), clock.now(), () => {}));
  const sent = fired.send.flatMap(({ message }) => (message.chatId === 58 ? [message.payload] : []));
  expect(sent).toMatchObject([{ text: 'Pill 1', meantFor: soon }]);
  expect(fired.skip).toMatchObject([{ reason: 'late' }]);
});

test('who was invited stays, whatever the configuration names', async () => {
  const gus = await accept(await invitation(), 59, 'Gus');
  await ensureConfiguredPeople(
    db,
    [1],
    defaults,
    configuredPeople(() => clock.now(), reminders),
  );
  await directory.refresh();
  expect(directory.byTelegramId(59)?.id).toBe(gus?.id);
});

test('the operator is never removed, by no button and no name; a name nobody has is said', async () => {
  const list = await chat.command('/people');
  expect(labels(list.replaced[0])).not.toContain('Remove Olga');
  await expect(chat.command('/people remove Olga')).rejects.toMatchObject({ key: 'people-not-yourself' });
  await expect(chat.command('/people remove Zed')).rejects.toMatchObject({ key: 'people-error-unknown' });
});

test('a member has neither the commands nor the buttons', async () => {
  const member = testChat(db, clock, await testPerson(db, 60, { name: 'Mia' }), [feature]);
  await expect(member.command('/invite')).rejects.toThrow('no command');
  await chat.command('/people');
  const asked = await chat.press('Remove Mia');
  const button = asked.replaced[0]?.buttons?.[0]?.[0];
  if (!button || !('data' in button)) throw new Error('not asked');
  await expect(member.pressData(button.data)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('codes are not shown in a group', async () => {
  await expect(chat.command('/invite', { chatKind: 'group' })).rejects.toMatchObject({ key: 'error-not-in-group' });
});

test('every question and answer can be said in Russian', async () => {
  await accept(await invitation(), 70, '');
  await db.query("UPDATE people SET language = 'ru' WHERE id = $1", [operator.id]);
  expect((await chat.command('/invite')).text).toContain('Приглашение');
  expect((await chat.command('/people')).text).toContain('Telegram 70');
  await chat.press('Убрать Telegram 70');
  expect((await chat.press('Убрать')).text).toContain('доступ закрыт');
  await chat.press('Назад');
  await chat.press('Отозвать');
  await db.query("UPDATE people SET language = 'en' WHERE id = $1", [operator.id]);
});
