/** Orders for many tasks in plain words are shown and confirmed; what only sounds like one is kept as a task. */
import { expect, test } from 'vitest';
import { wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { bulkSaid } from './said.ts';

const db = databaseOfFile();

test.each([
  ['delete all tasks', 'all', 'delete', ''],
  ['Delete everything.', 'all', 'delete', ''],
  ['delete all done tasks', 'status:done', 'delete', ''],
  ['remove all overdue tasks #work', 'due:overdue tag:work', 'delete', ''],
  ['complete all tasks', 'all', 'status', 'done'],
  ['mark all as done', 'all', 'status', 'done'],
  ['done with everything', 'all', 'status', 'done'],
  ['all tasks are done', 'all', 'status', 'done'],
  ["I've finished all overdue tasks", 'due:overdue', 'status', 'done'],
  ['cancel all urgent tasks', 'priority:urgent', 'status', 'cancelled'],
  ['move overdue tasks to friday', 'due:overdue', 'due', 'friday'],
  ["postpone all of my today's tasks to tomorrow", 'due:today', 'due', 'tomorrow'],
  ['удали все задачи', 'all', 'delete', ''],
  ['удалить все сделанные', 'status:done', 'delete', ''],
  ['закрой все просроченные задачи', 'due:overdue', 'status', 'done'],
  ['отметь все дела как сделанные', 'all', 'status', 'done'],
  ['готово всё', 'all', 'status', 'done'],
  ['сделал все задачи', 'all', 'status', 'done'],
  ['все сегодняшние задачи сделаны', 'due:today', 'status', 'done'],
  ['перенеси все просроченные на завтра', 'due:overdue', 'due', 'завтра'],
])('"%s"', (text, selection, what, words) => {
  expect(bulkSaid(text)).toEqual({ selection, what, words });
});

test.each([
  'delete all photos',
  'delete all old emails',
  'finish everything',
  'all done',
  'all windows closed',
  'cancel all subscriptions',
  'move all boxes to the garage',
  'закрой все окна',
  'отмени всё',
  'убери всё со стола',
])('"%s" orders nothing', (text) => expect(bulkSaid(text)).toBeNull());

test('what is ordered of many is shown first, done on a press, and taken back as one; what is no date makes a task', async () => {
  const ada = await wholeChat(db);
  for (const line of ['call Bob', 'call Ann', '/done 2']) await ada.write(line);
  expect((await ada.write('delete all tasks')).text).toContain('Delete 1 task?');
  expect((await ada.write('delete all done tasks')).text).toContain('Delete 1 task?');
  await ada.press('Yes, this');
  expect(await ada.tasks()).toMatchObject([{ title: 'call Bob' }]);
  await ada.write('/undo');
  expect(await ada.tasks()).toHaveLength(2);
  for (const words of ['все задачи сделаны', 'готово всё', 'done with everything'])
    expect((await ada.write(words)).text, words).toContain('Set 1 task to Done?');
  await ada.write('move all tasks to friday');
  await ada.press('Yes, this');
  expect(await ada.tasks()).toMatchObject([{ dueDate: '2026-11-27' }, { dueDate: null }]);
  await ada.write('move everything to the attic');
  expect((await ada.tasks()).at(-1)).toMatchObject({ title: 'move everything to the attic' });
});
