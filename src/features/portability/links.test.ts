/** Guards what hangs on tasks while they travel: parts, what waits for what, saved filters, templates. */
import { beforeAll, expect, test } from 'vitest';
import { type Movers, openMovers } from '../../../test/support/portability.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { DrivenClock } from '../../core/clock.ts';

const db = databaseOfFile(4);
let movers: Movers;
beforeAll(async () => {
  movers = openMovers(db, new DrivenClock('2026-11-25T10:00:00Z'), new Set());
});

test('subtasks and what they wait for come along, whichever has the lower number; circles of an archive do not come in', async () => {
  const ada = await movers.person();
  await db.query(
    `WITH made AS (INSERT INTO tasks (space_id, number, title, created_by, created_at)
                   SELECT $1, n, 'task ' || n, $2, now() FROM generate_series(1, 600) n RETURNING id, number),
          links AS (INSERT INTO dependencies (space_id, task_id, blocker_id, created_at)
                    SELECT $1, a.id, b.id, now() FROM made a JOIN made b ON b.number = a.number % 3 + 1 WHERE a.number <= 3)
     SELECT 1`,
    [ada.spaceId, ada.id],
  );
  await db.query(
    `UPDATE tasks t SET parent_id = w.id FROM tasks w
      WHERE w.space_id = $1 AND t.space_id = $1 AND (t.number, w.number) IN ((1, 600), (2, 1), (10, 9))`,
    [ada.spaceId],
  );
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  const bea = await movers.person();
  await movers.imported(bea, archive);
  const links = await db.query(
    `SELECT t.title, w.title AS whole FROM tasks t JOIN tasks w ON w.id = t.parent_id WHERE t.space_id = $1 ORDER BY t.title`,
    [bea.spaceId],
  );
  expect(links).toEqual([
    { title: 'task 1', whole: 'task 600' },
    { title: 'task 10', whole: 'task 9' },
    { title: 'task 2', whole: 'task 1' },
  ]);
  // Of three that wait for one another in a circle the last is left out.
  expect(await db.query('SELECT 1 FROM dependencies WHERE space_id = $1', [bea.spaceId])).toHaveLength(2);
  expect((await movers.imported(bea, archive)).result.added).toBe(0);
});

test('saved filters and templates come along, once for each name', async () => {
  const ada = await movers.person();
  const part = { notes: '', priority: 2, startIn: null, dueIn: null, dueTime: null, estimateMinutes: null, tags: [] };
  const task = { ...part, title: 'Pack', project: null, client: 'Acme', recurrence: null };
  const content = { ...task, dueIn: 0, dueTime: '09:00', parts: [{ ...task, title: 'socks', dueIn: -1, parts: [] }] };
  await db.query(`INSERT INTO saved_filters (space_id, name, query, created_at) VALUES ($1, 'mine', 'tag:a', now())`, [
    ada.spaceId,
  ]);
  await db.query(`INSERT INTO templates (space_id, name, content, created_at) VALUES ($1, 'trip', $2, now())`, [
    ada.spaceId,
    JSON.stringify(content),
  ]);
  const bea = await movers.person();
  await db.query(`INSERT INTO saved_filters (space_id, name, query, created_at) VALUES ($1, 'MINE', 'tag:b', now())`, [
    bea.spaceId,
  ]);
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  expect((await movers.imported(bea, archive)).result).toMatchObject({ added: 1, there: 1 });
  expect(await db.query('SELECT name, content FROM templates WHERE space_id = $1', [bea.spaceId])).toEqual([
    { name: 'trip', content },
  ]);
  expect((await movers.imported(bea, archive)).result).toMatchObject({ added: 0, there: 2 });
});
