/** What is forgotten of what was done: nothing that anybody may still ask about or take back. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testChat, testPerson } from '../../test/support/context.ts';
import { type TestDatabase, testDatabase } from '../../test/support/postgres.ts';
import { DrivenClock } from '../core/clock.ts';
import type { ActionId } from '../core/ids.ts';
import type { Database } from '../storage/database.ts';
import { trimHistory } from './history.ts';

let server: TestDatabase;
let db: Database;

beforeAll(async () => {
  server = await testDatabase();
  db = server.database();
});
afterAll(() => server?.drop());

test('what is older than two years, or than the days of undo, is forgotten with its images; nothing younger is', async () => {
  const clock = new DrivenClock('2026-11-25T10:00:00Z');
  const ada = testChat(db, clock, await testPerson(db, 8200), []);
  const made: ActionId[] = [];
  const add = () =>
    ada.update(async (context) => {
      const { actionId } = await context.perform(
        'project.create',
        (changes) =>
          changes.insert('projects', {
            spaceId: context.actor.spaceId,
            name: `${made.length}`,
            createdAt: context.now,
          }),
        () => ({ key: 'history-via-system', args: {} }),
      );
      made.push(actionId);
    });
  await add();
  clock.advance(731 * 86_400_000);
  await add();
  const left = async () => (await db.query<{ id: ActionId }>('SELECT id FROM actions ORDER BY id')).map(({ id }) => id);
  await trimHistory(db, clock.now(), 1_000);
  expect(await left()).toEqual(made);
  await trimHistory(db, clock.now(), 90);
  expect(await left()).toEqual(made.slice(1));
  expect(await db.query('SELECT DISTINCT action_id AS id FROM changes')).toEqual([{ id: made[1] }]);
});
