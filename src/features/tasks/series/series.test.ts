/** Recurring tasks in the chat: this one or all following, skip, reopen, each taken back; in both languages. */
import { describe, expect, test } from 'vitest';
import { lastTask, openTasks, plants } from '../../../../test/support/chats/plants.ts';
import { wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();

describe('a change', () => {
  test('of this one leaves the series as it was: the next instance is as all before', async () => {
    const ada = await plants(db);
    const asked = await ada.write('/edit 1 Water and feed the plants');
    expect(asked.text).toBe('Water the plants\n🔁 every Monday at 9:00\nChange only this one, or all following?');
    expect(await ada.tasks()).toMatchObject([{ title: 'Water the plants' }]);
    const told = await ada.press('This one');
    expect(told.text).toContain('Only this one: Title. The series stays as it was.');
    for (const line of [
      '/priority 1 high',
      '/tag 1 home',
      '/project 1 Garden',
      '/estimate 1 20m',
      '/due 1 2 dec 18:00',
    ]) {
      expect((await ada.write(line)).text).toContain('all following?');
      await ada.press('This one');
    }
    expect(await lastTask(ada)).toMatchObject({
      title: 'Water and feed the plants',
      priority: 3,
      tags: ['home'],
      estimateMinutes: 20,
      dueDate: '2026-12-02',
      dueTime: '18:00',
    });
    await ada.write('/done 1');
    expect(await openTasks(ada)).toMatchObject([
      {
        title: 'Water the plants',
        priority: 2,
        tags: [],
        projectId: null,
        estimateMinutes: null,
        dueDate: '2026-12-07',
        dueTime: '09:00',
        series: null,
      },
    ]);
  });

  test('of all following moves the rule with the date, and goes on so', async () => {
    const ada = await plants(db);
    await ada.write('/due 1 2 dec 18:00');
    const told = await ada.press('All following');
    expect(told.text).toContain('🔁 every Wednesday at 18:00');
    await ada.write('/done 1');
    expect(await openTasks(ada)).toMatchObject([{ dueDate: '2026-12-09', dueTime: '18:00' }]);
    await ada.write('/edit 2 Water the ferns');
    await ada.press('All following');
    await ada.write('/done 2');
    expect(await openTasks(ada)).toMatchObject([{ title: 'Water the ferns', dueDate: '2026-12-16' }]);
  });

  test('put back to what the series has differs no more', async () => {
    const ada = await plants(db);
    await ada.write('/priority 1 high');
    await ada.press('This one');
    await ada.write('/priority 1 medium');
    await ada.press('This one');
    expect(await lastTask(ada)).toMatchObject({ series: null });
  });

  test('is not asked about where both come to the same: a daily one put to tomorrow, a new rule, a one-off task', async () => {
    const ada = await plants(db);
    await ada.write('stretch every day');
    expect((await ada.write('/due 2 friday')).text).not.toContain('all following?');
    await ada.write('call Bob');
    expect((await ada.write('/due 3 friday')).text).not.toContain('all following?');
    await ada.write('/edit 1');
    await ada.press('Repeat');
    expect((await ada.write('every tuesday')).text).toContain('🔁 every Tue');
  });

  test('that cannot be is told at once, and a question answered later still holds its values', async () => {
    const ada = await plants(db);
    expect((await ada.write('/estimate 1 nonsense')).text).toContain('length of time');
    await ada.write(`/edit 1 ${'long words '.repeat(30)}`);
    await ada.press('This one');
    expect((await lastTask(ada))?.title.startsWith('long words')).toBe(true);
  });
});

describe('deleting', () => {
  test('this one opens the next, all following ends the series; each is taken back', async () => {
    const ada = await plants(db);
    expect((await ada.write('/delete 1')).text).toContain('Delete only this one, or all following?');
    const one = await ada.press('This one');
    expect(one.text).toBe('Deleted: Water the plants, only this one.\n🔁 Next: 7 Dec, 09:00');
    expect(await ada.tasks()).toMatchObject([{ number: 2, dueDate: '2026-12-07' }]);
    await ada.press('Undo');
    expect(await ada.tasks()).toMatchObject([{ number: 1, dueDate: '2026-11-30' }]);
    await ada.write('/delete 1');
    await ada.press('All following');
    expect(await ada.tasks()).toEqual([]);
    await ada.press('Undo');
    expect(await ada.tasks()).toMatchObject([{ number: 1, dueDate: '2026-11-30' }]);
  });

  test('several asks about the recurring ones only', async () => {
    const ada = await plants(db);
    await ada.write('call Bob');
    const told = await ada.write('/delete 1 2');
    expect(told.text).toContain('Deleted: call Bob.');
    expect(told.text).toContain('all following?');
    expect(await ada.tasks()).toMatchObject([{ number: 1 }]);
  });
});

describe('skipping', () => {
  test('without a name asks which of the recurring tasks, and tells where nothing repeats', async () => {
    const ada = await plants(db);
    await ada.write('buy milk');
    await ada.write('remind me to stretch every day at 12:00');
    const asked = await ada.write('/skip');
    expect(labels([...asked.answers, ...asked.replaced].at(-1))).toEqual([
      '1  Water the plants · Mon 09:00',
      '⏰ 3  Stretch',
      'Cancel',
    ]);
    expect((await ada.press('1  Water the plants · Mon 09:00')).text).toContain('Skipped: Water the plants.');
    expect((await ada.write('/search water')).text).toContain('❌ 1  Water the plants');
    // The number of what was left out still means its series.
    expect((await ada.write('/pause 1')).text).toContain('Water the plants is paused');
    expect((await ada.write('/pause 1 off')).text).toContain('Water the plants goes on');
    const eve = await wholeChat(db);
    expect((await eve.write('/skip')).text).toContain('Nothing repeats yet.');
  });

  test('gives this instance up and opens the next, with its reminders; taken back whole', async () => {
    const ada = await plants(db);
    await ada.write('/remind 1 30 min before');
    const told = await ada.write('/skip 1');
    expect(told.text).toBe('Skipped: Water the plants.\n🔁 Next: 7 Dec, 09:00');
    const [first, next] = await ada.tasks();
    expect([first?.status, next?.status, next?.dueDate]).toEqual(['cancelled', 'todo', '2026-12-07']);
    expect((await ada.reminders())[0]).toMatchObject({ taskId: next?.id, status: 'active' });
    await ada.press('Undo');
    expect(await ada.tasks()).toMatchObject([{ number: 1, status: 'todo', dueDate: '2026-11-30' }]);
    expect((await ada.reminders())[0]).toMatchObject({ taskId: first?.id, status: 'active' });
  });

  test('by a reply, by its title, and by the button of its card', async () => {
    const ada = await plants(db);
    const card = await ada.write('/task 1');
    await ada.reply(card.answers[0] ?? card.replaced[0], 'skip');
    expect(await openTasks(ada)).toMatchObject([{ dueDate: '2026-12-07' }]);
    await ada.write('/skip water the plants');
    expect(await openTasks(ada)).toMatchObject([{ dueDate: '2026-12-14' }]);
    await ada.write('/task 3');
    await ada.press('More');
    await ada.press('Skip this');
    expect(await openTasks(ada)).toMatchObject([{ dueDate: '2026-12-21' }]);
  });

  test('the last of a counted series says so; what does not repeat is told', async () => {
    const ada = await plants(db);
    await ada.write('take the pills every day for 2 times');
    await ada.write('/skip 2');
    expect((await ada.write('/skip 3')).text).toBe('Skipped: Take the pills.\nThat was the last one of its series.');
    await ada.write('call Bob');
    const bob = (await ada.tasks()).find(({ title }) => title === 'call Bob');
    expect((await ada.write(`/skip ${bob?.number}`)).text).toContain('no reminder');
  });

  test('a skipped one opened again takes the next one back', async () => {
    const ada = await plants(db);
    await ada.write('/skip 1');
    const told = await ada.write('/reopen 1');
    expect(told.text).toContain('the next one, #2, is taken back');
    expect(await ada.tasks()).toMatchObject([{ number: 1, status: 'todo', recurrence: { basis: 'schedule' } }]);
  });

  test('giving up asks the same, and ends the series only when told so', async () => {
    const ada = await plants(db);
    expect((await ada.write('/set_status 1 cancelled')).text).toContain('Give up only this one, or all following?');
    await ada.press('All following');
    expect(await ada.tasks()).toMatchObject([{ status: 'cancelled' }]);
    await ada.write('/reopen 1');
    expect(await ada.tasks()).toMatchObject([{ status: 'todo', recurrence: { basis: 'schedule' } }]);
  });
});

test('the 31st is the last day of a short month and the 31st again after it, however often it is done', async () => {
  const ada = await wholeChat(db, { now: '2027-01-25T10:00:00Z' });
  await ada.write('pay the rent 31 january');
  await ada.write('/edit 1');
  await ada.press('Repeat');
  await ada.write('every month');
  const days: Array<string | null | undefined> = [];
  for (let month = 0; month < 4; month += 1) {
    const task = (await openTasks(ada))[0];
    days.push(task?.dueDate);
    await ada.write(`/done ${task?.number}`);
  }
  expect(days).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']);
});

test('every button of a series has a handler and its words in Russian', async () => {
  const ada = await plants(db, 'ru');
  expect((await ada.write('/edit 1 Полить и удобрить цветы')).text).toContain('Изменить только эту или все следующие?');
  expect((await ada.press('Только эту')).text).toContain('Только у этой: Название. Серия осталась прежней.');
  await ada.write('/delete 1');
  expect((await ada.press('Только эту')).text).toContain('Удалено: Полить и удобрить цветы, только эта.');
  await ada.write('/task 2');
  expect(labels((await ada.press('Ещё')).replaced[0])).toEqual(expect.arrayContaining(['Пропустить', '⏸ Пауза']));
  expect((await ada.press('⏸ Пауза')).text).toContain('на паузе, пока не продолжите');
  expect((await ada.press('Продолжить')).text).toContain('продолжается');
  expect((await ada.write('/pause 2 до 10 декабря')).text).toContain('Вернётся');
  expect((await ada.write('/skip 2')).text).toContain('Пропущено: Полить цветы.');
  await ada.write('/set_status 3 отменено');
  expect((await ada.press('Все следующие')).text).toContain('Отменено');
});
