/** What refusals mean for others: who rests, who goes on, and that it is found out by one refusal more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testPerson } from '../../../test/support/context.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import { ANSWER, enqueue, REMINDER, type SendPriority } from '../../outbox/outbox.ts';
import type { Database } from '../../storage/database.ts';
import { type Claimed, claim, ensurePace, finish } from './claims.ts';
import { type Consequences, openConsequences } from './consequences.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const LIMITED_MS = 3_000;

let server: TestDatabase;
let db: Database;
let bots = 900;

beforeAll(async () => {
  server = await testDatabase();
  db = server.database(2);
});
afterAll(() => server?.drop());

/** A bot whose server told no limit so far. */
async function sending() {
  bots += 1;
  const bot = { botId: bots as BotId, rate: null };
  await ensurePace(db, bot, NOW);
  const consequences: Consequences = openConsequences({ db, ...bot, limited: () => {}, rejected: () => {} });
  const put = (priority: SendPriority, chats: readonly number[]) =>
    db.transaction((tx) =>
      enqueue(
        tx,
        bot.botId,
        chats.map((chat) => ({
          chatId: chat as ChatId,
          priority,
          method: 'sendMessage' as const,
          payload: { text: 'x' },
        })),
        { wake: () => {} },
      ),
    );
  const taken = async (now: number, answering = false) =>
    (await claim(db, bot, { owner: 'me', now, room: 100, spent: 0, answering })).claimed;
  /** Telegram refuses each of these, which it was asked at `begun`. */
  async function refused(messages: readonly Claimed[], begun: number, now: number): Promise<void> {
    for (const message of messages) {
      const ending = { id: message.id, reason: null, messageId: null, notBefore: null, uncounted: true };
      const due = { ...ending, state: 'due' as const };
      await consequences.draw(message, { ending: due, limitedMs: LIMITED_MS }, begun, now);
      await finish(db, 'me', [due], now);
    }
  }
  const chatsOf = (messages: readonly Claimed[]) => messages.map(({ chatId }) => Number(chatId) % 1000);
  return { put, taken, refused, chatsOf };
}

/** Chats of a test of its own. */
async function chats(count: number): Promise<number[]> {
  const first = bots * 1000 + 1;
  const all = Array.from({ length: count }, (_, index) => first + index);
  for (const id of all) await testPerson(db, id);
  return all;
}

test('while reminders rest that used the limit up, who writes is answered, one after another', async () => {
  const { put, taken, refused, chatsOf } = await sending();
  const [first = 0, second = 0, ...others] = await chats(6);
  await put(REMINDER, others);
  await refused(await taken(NOW), NOW, NOW + 10);
  await put(ANSWER, [first, second]);
  const [answer, ...more] = await taken(NOW + 200);
  expect([chatsOf(answer ? [answer] : []), more]).toEqual([[1], []]);
  expect(await taken(NOW + 300, true)).toEqual([]);
  expect(chatsOf(await taken(NOW + 300))).toEqual([2]);
  expect(await taken(NOW + LIMITED_MS)).toEqual([]);
  expect(chatsOf(await taken(NOW + 10 + LIMITED_MS + 1_000))).toEqual([3, 4, 5, 6]);
});

test('an answer that is refused in the rest of others has everything rest until Telegram’s word', async () => {
  const { put, taken, refused, chatsOf } = await sending();
  const [first = 0, second = 0, ...others] = await chats(5);
  await put(REMINDER, others);
  await refused(await taken(NOW), NOW, NOW + 10);
  await put(ANSWER, [first, second]);
  await refused(await taken(NOW + 200), NOW + 200, NOW + 210);
  for (const ms of [230, 1_000, 210 + LIMITED_MS - 1]) expect(await taken(NOW + ms)).toEqual([]);
  expect(chatsOf(await taken(NOW + 210 + LIMITED_MS + 1_000))).toEqual([1, 2, 3, 4, 5]);
});

test('an answer that was on its way when the rest began tells nothing of others; where only answers are refused, all rest', async () => {
  const mixed = await sending();
  const [first = 0, second = 0, ...others] = await chats(5);
  await mixed.put(REMINDER, others);
  await mixed.put(ANSWER, [first]);
  const [answer, ...reminders] = await mixed.taken(NOW);
  await mixed.refused(reminders, NOW, NOW + 10);
  await mixed.refused(answer ? [answer] : [], NOW, NOW + 20);
  await mixed.put(ANSWER, [second]);
  expect(mixed.chatsOf(await mixed.taken(NOW + 200))).toEqual([2]);

  const answers = await sending();
  const [last = 0, ...asking] = await chats(4);
  await answers.put(ANSWER, asking);
  await answers.refused(await answers.taken(NOW), NOW, NOW + 10);
  await answers.put(ANSWER, [last]);
  expect(await answers.taken(NOW + 200)).toEqual([]);
  expect(answers.chatsOf(await answers.taken(NOW + 10 + LIMITED_MS + 1_000))).toContain(1);
});
