/** What is forgotten of what was done: nothing that anybody may still ask about or take back. */
import { expect, test } from 'vitest';
import { testChat, testPerson } from '../../test/support/context.ts';
import { databaseOfFile } from '../../test/support/postgres.ts';
import { DrivenClock } from '../core/clock.ts';
import type { ActionId } from '../core/ids.ts';
import { trimHistory } from './history.ts';
import { actionStatements } from './perform.ts';

const db = databaseOfFile();

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

test('what was done last is found in the space’s own index, however much others did since', async () => {
  const [ada, bob] = [await testPerson(db, 8201), await testPerson(db, 8202)];
  for (const [person, count] of [
    [ada, 6_000],
    [bob, 3_000],
  ] as const)
    await db.query(
      `WITH made AS (INSERT INTO actions (key, space_id, person_id, kind, summary, at)
       SELECT 'test:' || $1::int || ':' || n, $1, $2::int, 'task.edit', '{}', now() FROM generate_series(1, $3::int) n RETURNING id)
       INSERT INTO changes (action_id, entity, entity_id) SELECT id, 'tasks', id FROM made`,
      [person.spaceId, person.id, count],
    );
  await db.query('ANALYZE actions, changes');
  for (const [statement, from] of [
    [actionStatements.newestUndoable, '2000-01-01'],
    [actionStatements.history, Number.MAX_SAFE_INTEGER],
  ] as const) {
    const plan = await db.query<object>(`EXPLAIN ${statement.text}`, [ada.spaceId, from, 1]);
    expect(JSON.stringify(plan)).toContain('actions_space_id_id_idx');
  }
});
