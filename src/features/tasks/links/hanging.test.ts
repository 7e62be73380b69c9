/** A task's creation taken back under what was put on it since: asked about, gone with it, and back with it. */
import { expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();

async function standing(ada: WholeChat): Promise<Record<string, unknown>> {
  const { spaceId } = await ada.person();
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT (SELECT array_agg(title ORDER BY id) FROM tasks WHERE space_id = $1) AS tasks,
            (SELECT count(*)::int FROM notes WHERE space_id = $1) AS notes,
            (SELECT count(*)::int FROM reminders WHERE space_id = $1) AS reminders,
            (SELECT count(*)::int FROM dependencies WHERE space_id = $1) AS dependencies,
            (SELECT count(*)::int FROM deliveries WHERE space_id = $1 AND state = 'due') AS planned`,
    [spaceId],
  );
  return row ?? {};
}

test('subtasks, notes and reminders made since are asked about, go with their task, and come back by Redo', async () => {
  const ada = await wholeChat(db);
  await ada.write('/add buy bread');
  const made = await ada.write('/add paint the room');
  for (const line of [
    '/subtask 2 buy paint',
    '/subtask 3 choose the colour',
    '/note 2 green please',
    '/remind 2 tomorrow 9',
    '/remind 3 tomorrow 9',
    '/depend 1 on 2',
  ])
    await ada.write(line);
  const before = await standing(ada);
  expect(before).toMatchObject({ notes: 1, reminders: 2, dependencies: 1, planned: 2 });
  const undo = made.replaced[0]?.buttons?.flat().find(({ label }) => label === 'Undo');
  const asked = await ada.pressData(undo !== undefined && 'data' in undo ? undo.data : '');
  expect(asked.text).toContain('buy paint');
  expect(await standing(ada)).toEqual(before);
  const yes = labels(asked.replaced[0] ?? asked.answers[0])[0] ?? '';
  await ada.press(yes);
  expect(await standing(ada)).toEqual({ tasks: ['buy bread'], notes: 0, reminders: 0, dependencies: 0, planned: 0 });
  ada.clock.advance(2 * 86_400_000);
  expect(await ada.fired()).toEqual([]);
  ada.clock.advance(-2 * 86_400_000);
  await ada.press('Redo');
  expect(await standing(ada)).toEqual(before);
});
