/** Undo across versions: images of rows are older than the table they go back to. */
import { expect, test } from 'vitest';
import { testChat, testPerson } from '../../test/support/context.ts';
import { databaseOfFile } from '../../test/support/postgres.ts';
import { DrivenClock } from '../core/clock.ts';
import type { ActionId } from '../core/ids.ts';
import type { Feature } from '../telegram/feature.ts';
import { undo } from './undo.ts';

const db = databaseOfFile();

test('rows removed or changed before a migration come back after it: new columns by their defaults, dropped ones left out', async () => {
  const none: readonly Feature[] = [];
  const ada = testChat(db, new DrivenClock('2026-11-25T10:00:00Z'), await testPerson(db, 8100), none);
  await db.query('ALTER TABLE projects ADD COLUMN colour text');
  const done: ActionId[] = [];
  const ids: number[] = [];
  await ada.update(async (context) => {
    const { actor, now } = context;
    const told = () => ({ key: 'history-via-system', args: {} });
    for (const name of ['gone', 'renamed']) {
      const made = await context.perform(
        'project.create',
        (changes) => changes.insert('projects', { spaceId: actor.spaceId, name, createdAt: now }),
        told,
      );
      ids.push(made.result.id);
      await context.tx.query("UPDATE projects SET colour = 'red' WHERE id = $1", [made.result.id]);
    }
    const [gone = 0, renamed = 0] = ids;
    const removed = await context.perform('project.delete', (changes) => changes.remove('projects', gone), told);
    const changed = await context.perform(
      'project.rename',
      async (changes) => {
        await context.tx.query("UPDATE projects SET colour = 'blue' WHERE id = $1", [renamed]);
        return (await changes.update('projects', renamed, { name: 'otherwise' })).id;
      },
      told,
    );
    done.push(removed.actionId, changed.actionId);
  });
  await db.query('ALTER TABLE projects DROP COLUMN colour, ADD COLUMN pinned boolean NOT NULL DEFAULT false');
  await ada.update(async ({ tx, actor, now }) => {
    for (const action of done) await undo(tx, actor, { action, now, hooks: {} });
  });
  expect(await db.query('SELECT name, pinned FROM projects WHERE id = ANY ($1) ORDER BY id', [ids])).toEqual([
    { name: 'gone', pinned: false },
    { name: 'renamed', pinned: false },
  ]);
});
