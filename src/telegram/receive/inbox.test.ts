/** Guards what the inbox tells of a lane's oldest update: which of those shortly before it did not come, whosever came between. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { ensureConfiguredPeople } from '../../access/people.ts';
import type { BotId, ChatId, PersonId } from '../../core/ids.ts';
import type { Database } from '../../storage/database.ts';
import { storeUpdates, takeHead } from './inbox.ts';

const BOT = 42 as BotId;
const [ANN, BEN] = [7 as ChatId, 8 as ChatId];
let postgres: TestDatabase;
let db: Database;
beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database();
  const follow = { back: async () => {}, left: async () => {} };
  await ensureConfiguredPeople(db, [7, 8], { language: 'en', timezone: 'UTC' }, follow);
});
afterAll(() => postgres.drop());

async function came(lane: ChatId, ...ids: number[]): Promise<void> {
  const [person] = await db.query<{ id: PersonId }>('SELECT id FROM people WHERE telegram_user_id = $1', [lane]);
  const personId = person?.id ?? (0 as PersonId);
  const passed = { verdict: 'passed', type: 'message', lane, personId, mediaGroup: null } as const;
  await storeUpdates(
    db,
    BOT,
    ids.map((id) => ({ update: { update_id: id }, passed })),
  );
}
const missing = (lane: ChatId, before?: number) =>
  db.transaction(async (tx) => {
    const head = await takeHead(tx, BOT, lane, 0, [], before);
    return head === 'locked' ? head : head?.missing;
  });

it('one of the chat that was overtaken is missed, though the id right before it belongs to another chat and is here', async () => {
  await came(BEN, 100, 101, 103, 104);
  await came(ANN, 105);
  expect(await missing(ANN, 5)).toEqual([102]);
  expect(await missing(ANN, 2)).toEqual([]);
  expect(await missing(ANN)).toEqual([]);
  await came(ANN, 102);
  expect(await missing(ANN, 2)).toEqual([]);
  expect(await missing(ANN, 4)).toEqual([99, 98]);
});
