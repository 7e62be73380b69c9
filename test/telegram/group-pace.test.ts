/** Telegram takes twenty messages a minute in a group: more wait their turn, and other chats do not wait for them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BotId, ChatId } from '../../src/core/ids.ts';
import { enqueue } from '../../src/outbox/outbox.ts';
import type { Database } from '../../src/storage/database.ts';
import { claim, ensurePace, finish } from '../../src/telegram/send/claims.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

const BOT = { botId: 4242 as BotId, rate: 1000 };
const GROUP = -100_500 as ChatId;
const PERSON = 500 as ChatId;
const start = Date.parse('2031-03-01T12:00:00Z');

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await testDatabase();
  db = database.database(3);
  await db.query('INSERT INTO chats (chat_id, space_id) VALUES ($1, 1), ($2, 2)', [GROUP, PERSON]);
  await ensurePace(db, BOT, start - 60_000);
});
afterAll(() => database?.drop());

const put = (chatId: ChatId, count: number) =>
  db.transaction((tx) =>
    enqueue(
      tx,
      BOT.botId,
      Array.from({ length: count }, () => ({
        chatId,
        priority: 1 as const,
        method: 'sendMessage' as const,
        payload: { text: 'x' },
      })),
      { wake: () => {} },
    ),
  );

/** Claims and sends at an instant; how many went to whom. */
async function leave(now: number): Promise<{ group: number; person: number }> {
  const { claimed } = await claim(db, BOT, { owner: 'me', now, room: 200, spent: 0, answering: false });
  const sent = { state: 'sent', reason: null, messageId: 1, notBefore: null, uncounted: false } as const;
  if (claimed.length > 0)
    await finish(
      db,
      'me',
      claimed.map(({ id }) => ({ id, ...sent })),
      now,
    );
  const to = (chat: ChatId) => claimed.filter(({ chatId }) => chatId === chat).length;
  return { group: to(GROUP), person: to(PERSON) };
}

test('a group gets twenty a minute and the rest afterwards; a person beside it gets theirs at once', async () => {
  await put(GROUP, 15);
  expect(await leave(start)).toEqual({ group: 15, person: 0 });
  await put(GROUP, 30);
  await put(PERSON, 30);
  expect(await leave(start + 10_000)).toEqual({ group: 5, person: 30 });
  expect(await leave(start + 30_000)).toEqual({ group: 0, person: 0 });
  await put(PERSON, 1);
  expect(await leave(start + 59_000)).toEqual({ group: 0, person: 1 });
  expect(await leave(start + 61_000)).toEqual({ group: 15, person: 0 });
  expect(await leave(start + 71_000)).toEqual({ group: 5, person: 0 });
  expect(await leave(start + 131_000)).toEqual({ group: 5, person: 0 });
});
