/** Many tasks at once: chosen by numbers, lists and filters, counted, confirmed, changed or told one by one, taken back as one. */
import { describe, expect, test } from 'vitest';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { everything, lastView, type TaskChat, takeBack, taskChat } from '../../../../test/support/tasks.ts';
import { UserError } from '../../../core/errors.ts';
import { callOf, valueCallOf } from './change.ts';

const db = databaseOfFile();

async function chat(...titles: string[]): Promise<TaskChat> {
  const made = await taskChat(db);
  for (const title of titles) await made.command(`/add ${title}`);
  return made;
}

const of = async (ada: TaskChat, field: 'status' | 'priority' | 'dueDate' | 'tags') =>
  (await ada.tasks()).map((task) => task[field]);

describe('what a command says', () => {
  test.each([
    ['1,2,3', '1,2,3', null, ''],
    ['1, 2 and more', '1, 2 and more', null, ''],
    ['1,2 status in progress', '1,2', 'status', 'in progress'],
    ['1 2 done', '1 2', 'status', 'done'],
    ['tag:sales due friday 15:00', 'tag:sales', 'due', 'friday 15:00'],
    ['project:"Big move" delete', 'project:"Big move"', 'delete', ''],
    ['offer status:todo tag +x -y', 'offer status:todo', 'tag', '+x -y'],
    ['delete', 'delete', null, ''],
  ])('/bulk %s', (rest, selection, what, words) => {
    expect(callOf(rest)).toEqual({ selection, what, words });
  });

  test.each([
    ['1,2,3 Done', '1,2,3', 'Done'],
    ['1, 2, 3 In Progress', '1, 2, 3', 'In Progress'],
    ['#1 #2 high', '#1 #2', 'high'],
    ['4-6 "Acme Corp"', '4-6', '"Acme Corp"'],
    ['status:todo tag:x done', 'status:todo tag:x', 'done'],
    ['overdue high', 'overdue', 'high'],
    ['1,2', '1,2', ''],
  ])('/bulk_status %s', (rest, selection, words) => {
    expect(valueCallOf(rest, 'status')).toEqual({ selection, what: 'status', words });
  });
});

describe('choosing', () => {
  test('numbers, ranges, lists and filters mean what they say; numbers nobody has are told', async () => {
    const ada = await chat('a #x', 'b #x friday', 'C', 'd');
    await ada.command('/done 1');
    await db.query("UPDATE tasks SET due_date = '2026-11-24' WHERE space_id = $1 AND number = 3", [
      (await ada.person()).spaceId,
    ]);
    expect((await ada.command('/bulk 4, 2-3, 77')).text).toMatch(/^3 tasks\n.*4 {2}d.*There is no #77\.$/s);
    // A filter takes open tasks unless it names a status.
    expect((await ada.command('/bulk tag:x')).text).toMatch(/^1 task\n.*2 {2}B/);
    expect((await ada.command('/bulk tag:x status:done,todo')).text).toMatch(/^2 tasks/);
    expect((await ada.command('/bulk overdue')).text).toMatch(/^1 task\n.*3 {2}C/);
    expect((await ada.command('/bulk tag:nobody')).text).toMatch(
      /^There are no such tasks\.\nFirst which ones, then what/,
    );
    await expect(ada.command('/bulk priority:huge')).rejects.toMatchObject({ key: 'task-error-filter' });
    await expect(ada.command('/bulk 1-9999')).rejects.toMatchObject({ key: 'task-error-bulk-many' });
  });

  test('what a search found is changed by its button, closed tasks too where it shows them', async () => {
    const ada = await chat('offer one', 'offer two', 'walk');
    await ada.command('/done 2');
    await ada.command('/search offer');
    expect((await ada.press('Change all 2')).text).toMatch(/^2 tasks\n/);
    await ada.press('Priority');
    await ada.press('Urgent');
    await ada.press('Yes');
    expect(await of(ada, 'priority')).toEqual([5, 5, 2]);
  });

  test('without words it asks, and goes on by buttons to the end', async () => {
    const ada = await chat('a', 'b');
    await ada.command('/bulk');
    await ada.say('1 2');
    await ada.press('Tags');
    const asked = await ada.say('+sales');
    expect(asked.text).toMatch(/^Tag 2 tasks: \+#sales\?/);
    expect(labels(lastView(asked))).toEqual(['Yes, all 2', 'Cancel']);
    expect(await of(ada, 'tags')).toEqual([[], []]);
    expect((await ada.press('Yes')).text).toContain('Changed: 2');
    expect(await of(ada, 'tags')).toEqual([['sales'], ['sales']]);
  });
});

describe('changing', () => {
  test.each([
    ['/bulk_status 1,2,3 Done', 'Set 3 tasks to Done?', 'status', ['done', 'done', 'done']],
    ['/bulk_status 1,2 "In Progress"', 'Set 2 tasks to In progress?', 'status', ['in_progress', 'in_progress', 'todo']],
    ['/bulk_priority 1,3 High', 'Make 2 tasks 🟠 high?', 'priority', [3, 2, 3]],
    ['/bulk 1,2 due friday', 'Move 2 tasks to Fri?', 'dueDate', ['2026-11-27', '2026-11-27', null]],
    ['/bulk 1,2,3 tag +new -old', 'Tag 3 tasks: +#new -#old?', 'tags', [['new'], ['new'], ['new']]],
    ['/bulk_delete 1,2', 'Delete 2 tasks?', 'status', ['todo']],
  ] as const)(
    '%s is counted and confirmed first, and one undo takes all of it back',
    async (line, question, field, after) => {
      const ada = await chat('a #old', 'b', 'c');
      const before = await everything(db, ada);
      const asked = await ada.command(line);
      expect(asked.text.split('\n')[0]).toBe(question);
      expect(await everything(db, ada)).toEqual(before);
      await ada.press('Yes');
      expect(await of(ada, field)).toEqual(after);
      await takeBack(ada);
      expect(await everything(db, ada)).toEqual(before);
    },
  );

  test('clients and projects are set by name, taken away by none', async () => {
    const ada = await chat('a', 'b');
    await ada.command('/bulk_assign 1,2 "Acme Corp"');
    await ada.press('Yes');
    await ada.command('/bulk_category 1,2 Website');
    await ada.press('Yes');
    expect((await ada.command('/list @acme corp')).text).toContain('Acme Corp · 2 open');
    expect((await ada.command('/task 1')).text).toContain('👤 Acme Corp · in Website');
    await ada.command('/bulk 1,2 client none');
    await ada.press('Yes');
    expect((await ada.command('/task 1')).text).not.toContain('Acme');
  });

  test('a task that cannot be changed is told by itself and stays; the others are changed', async () => {
    const ada = await chat('a', 'b', 'c');
    const tags = Array.from({ length: 20 }, (_, index) => `t${index}`);
    await db.query('UPDATE tasks SET tags = $2 WHERE space_id = $1 AND number = 2', [
      (await ada.person()).spaceId,
      tags,
    ]);
    await ada.command('/bulk 1,2,3 tag more');
    await ada.command('/delete 3');
    await ada.command('/bulk 1,2,3 tag more');
    await ada.command('/bulk 1,2 tag more');
    const done = await ada.press('Yes');
    expect(done.text).toBe('✅ Changed: 1\n⚠️ #2 b: That is more than 20 tags. Keep the ones that matter.');
    expect(await of(ada, 'tags')).toEqual([['more'], tags]);
    await takeBack(ada);
    expect(await of(ada, 'tags')).toEqual([[], tags]);
  });

  test('what is so already is counted apart, and nothing changed has nothing to undo', async () => {
    const ada = await chat('a', 'b');
    await ada.command('/done 1');
    await ada.command('/bulk_status 1,2 done');
    expect((await ada.press('Yes')).text).toBe('✅ Changed: 1\nOne was so already.');
    await ada.command('/bulk_status 1,2 done');
    const again = await ada.press('Yes');
    expect(again.text).toBe('Nothing was changed.\n2 were so already.');
    expect(labels(lastView(again))).toEqual([]);
  });

  test('a task that went between the question and the answer is told; a part goes with its whole', async () => {
    const ada = await chat('whole', 'other');
    await ada.command('/subtask 1 part');
    const asked = await ada.command('/bulk_delete 1,2,3');
    await db.query('DELETE FROM tasks WHERE space_id = $1 AND number = 2', [(await ada.person()).spaceId]);
    expect(lastView(asked)).toBeDefined();
    expect((await ada.press('Yes')).text).toBe('Deleted: 2\nThere is no #2.');
    expect(await ada.tasks()).toEqual([]);
    await takeBack(ada);
    expect(await ada.tasks()).toHaveLength(2);
  });

  test('open parts that are not among them are named before, those who waited after', async () => {
    const ada = await chat('whole', 'next');
    await ada.command('/subtask 1 part');
    await ada.command('/depend 2 on 1');
    expect((await ada.command('/bulk 1 done')).text).toContain('One of them has open subtasks: they stay open.');
    expect((await ada.press('Yes')).text).toContain('Next: #2 next is free to begin.');
  });

  test('a button of a question that was answered or forgotten changes nothing', async () => {
    const ada = await chat('a', 'b');
    const asked = await ada.command('/bulk 1,2 done');
    const yes = lastView(asked)?.buttons?.flat()[0];
    await ada.press('Yes');
    const data = yes !== undefined && 'data' in yes ? yes.data : '';
    await expect(ada.pressData(data)).rejects.toThrow(UserError);
  });

  test('three hundred tasks are one change and one undo', async () => {
    const ada = await chat('first');
    const [first] = await ada.tasks();
    await db.query(
      `INSERT INTO tasks (space_id, number, title, created_by, created_at)
       SELECT $1, n, 'task ' || n, $2, now() FROM generate_series(2, 300) n`,
      [first?.spaceId, first?.createdBy],
    );
    expect((await ada.command('/bulk all priority low')).text).toMatch(/^Make 300 tasks ⚪ low\?\n.*and 292 more/s);
    await ada.press('Yes, all 300');
    expect(new Set(await of(ada, 'priority'))).toEqual(new Set([1]));
    await takeBack(ada);
    expect(new Set(await of(ada, 'priority'))).toEqual(new Set([2]));
  });

  test("another's numbers mean nothing", async () => {
    const ada = await chat('mine');
    await chat('x', 'hers');
    expect((await ada.command('/bulk 2')).text).toMatch(/^There are no such tasks\.\nThere is no #2\.\n/);
  });
});
