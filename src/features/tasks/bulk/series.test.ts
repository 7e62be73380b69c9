/** Changes of many tasks where some of them repeat: what becomes of each series is said before, and asked where it makes a difference. */
import { expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();

/** #1 "Water the plants" every Monday at 9, due 30 November; #2 "call Bob". */
async function chat(): Promise<WholeChat> {
  const ada = await wholeChat(db);
  await ada.write('water the plants every monday at 9');
  await ada.write('call Bob');
  return ada;
}

const open = async (ada: WholeChat) => (await ada.tasks()).filter(({ status }) => status === 'todo');
const offered = (told: Awaited<ReturnType<WholeChat['write']>>) => labels([...told.answers, ...told.replaced].at(-1));

test('deleting asks; only these opens the next ones, all following ends the series, one undo takes all back', async () => {
  const ada = await chat();
  const asked = await ada.write('/bulk 1,2 delete');
  expect(asked.text).toContain('🔁 One of them repeats: only this one, or all following too?');
  expect(offered(asked)).toEqual(['Only these', 'All following', 'Cancel']);
  expect((await ada.press('Only these')).text).toBe('Deleted: 2\n🔁 The next one of a series is open.');
  expect(await ada.tasks()).toMatchObject([{ number: 3, title: 'Water the plants', dueDate: '2026-12-07' }]);
  await ada.press('Undo');
  expect(await ada.tasks()).toMatchObject([{ number: 1, dueDate: '2026-11-30' }, { number: 2 }]);
  await ada.write('/bulk_delete 1,2');
  await ada.press('All following');
  expect(await ada.tasks()).toEqual([]);
});

test('fields ask: of only these the series stays as it was, with all following it goes on so', async () => {
  const ada = await chat();
  expect((await ada.write('/bulk 1,2 priority high')).text).toContain('🔁 One of them repeats');
  await ada.press('Only these');
  await ada.write('/bulk 1,2 estimate 45m');
  await ada.press('All following');
  expect(await open(ada)).toMatchObject([{ priority: 3 }, { priority: 3 }]);
  await ada.write('/done 1');
  expect((await open(ada)).find(({ number }) => number === 3)).toMatchObject({ priority: 2, estimateMinutes: 45 });
});

test('nothing is asked where it makes no difference, and what becomes of series is said', async () => {
  const ada = await chat();
  expect((await ada.write('/bulk 1,2 priority medium')).text).not.toContain('🔁 One of them');
  expect((await ada.write('/bulk 1,2 status in progress')).text).not.toContain('🔁 One of them');
  expect((await ada.write('/bulk 1,2 due friday')).text).toContain('🔁 One of them repeats: only this one moves.');
  await ada.press('Yes');
  expect((await ada.write('/bulk 1,2 due none')).text).toContain('it waits for a new date');
  const done = await ada.write('/bulk 1,2 done');
  expect(done.text).toContain('🔁 One of them repeats: its next one opens.');
  expect(offered(done)).toEqual(['Yes, all 2', 'Cancel']);
  expect((await ada.press('Yes')).text).toContain('🔁 The next one of a series is open.');
  expect(await open(ada)).toMatchObject([{ number: 3, dueDate: '2026-12-07' }]);
});

test('a series with parts counts as one of those that went on, and a range of numbers means each of them', async () => {
  const ada = await chat();
  for (const part of ['roses', 'ferns']) await ada.command(`/subtask 1 ${part}`);
  await ada.command('/bulk 1-2 done');
  expect((await ada.press('Yes')).text).toContain('🔁 The next one of a series is open.');
  const done = (await ada.command('/done 3-4')).text;
  for (const part of ['roses', 'ferns']) expect(done).toContain(`✅ ${part}`);
});

test('giving up asks as well', async () => {
  const ada = await chat();
  await ada.write('/bulk 1,2 status cancelled');
  await ada.press('Only these');
  expect(await open(ada)).toMatchObject([{ number: 3, dueDate: '2026-12-07' }]);
  await ada.write('/bulk 3 status cancelled');
  await ada.press('All following');
  expect(await open(ada)).toEqual([]);
});

test('estimate and start are set and taken away for many, by words and by buttons', async () => {
  const ada = await chat();
  expect((await ada.write('/bulk 1,2 estimate 1h 30m')).text).toContain('Plan 1 h 30 m for each of 2 tasks?');
  await ada.press('All following');
  expect((await ada.tasks()).map((task) => task.estimateMinutes)).toEqual([90, 90]);
  await ada.write('/bulk 1,2');
  expect((await ada.press('Start')).text).toContain('Not before when?');
  expect((await ada.press('Tomorrow')).text).toContain('Put 2 tasks off until tomorrow?');
  await ada.press('Yes');
  expect((await ada.tasks()).map((task) => task.startDate)).toEqual(['2026-11-26', '2026-11-26']);
  await ada.write('/bulk 1,2 defer none');
  await ada.press('Yes');
  await ada.write('/bulk 1,2');
  await ada.press('Estimate');
  expect((await ada.write('none')).text).toContain('Take the estimate off 2 tasks?');
  await ada.press('All following');
  expect((await ada.tasks()).map((task) => [task.startDate, task.estimateMinutes])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect((await ada.write('/bulk 1,2 estimate soon')).text).toContain('length of time');
});

test('what changes nothing leaves no line in the history and nothing to take back, of one task or of many', async () => {
  const ada = await chat();
  await ada.write('/bulk 2 priority high');
  await ada.press('Yes');
  const before = (await ada.write('/history')).text;
  await ada.write('/bulk 2 priority high');
  expect((await ada.press('Yes')).text).toContain('Nothing was changed.');
  for (const line of ['/priority 2 high', '/set_status 2 todo', '/tag 1 none']) {
    const told = await ada.write(line);
    expect(offered(told)).not.toContain('Undo');
  }
  expect((await ada.write('/history')).text).toBe(before);
  expect((await ada.write('/undo')).text).toContain('as before');
});
