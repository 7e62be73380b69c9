/** A series paused until a day or until it is resumed: what its instance is meanwhile and afterwards, its reminders with it. */
import { describe, expect, test } from 'vitest';
import { lastTask, openTasks, plants } from '../../../../test/support/chats/plants.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();

describe('a pause', () => {
  test('until a day moves the instance to the first date from then on, its reminders too', async () => {
    const ada = await plants(db);
    await ada.write('/remind 1 every day at 8');
    const told = await ada.write('/pause 1 until 10 dec');
    expect(told.text).toBe('⏸ Water the plants is paused. It comes again 14 Dec, 09:00.');
    expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-12-14', series: { own: {}, paused: false } });
    expect((await ada.reminders())[0]).toMatchObject({ status: 'paused', pausedUntil: '2026-12-10' });
    await ada.press('Undo');
    expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-11-30' });
    expect((await ada.reminders())[0]).toMatchObject({ status: 'active', pausedUntil: null });
  });

  test('without a day has no date until it is resumed, by the command or a button', async () => {
    const ada = await plants(db);
    expect((await ada.write('/pause 1')).text).toContain('paused until you resume it');
    expect(await lastTask(ada)).toMatchObject({ dueDate: null, series: { paused: true } });
    expect((await ada.write('/task 1')).text).toContain('🔁 every Monday at 9:00 ⏸ paused');
    expect((await ada.write('/pause 1')).text).toContain('paused already');
    ada.clock.advance(10 * 86_400_000);
    expect((await ada.write('/pause 1 off')).text).toContain('goes on: Mon 09:00');
    expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-12-07', dueTime: '09:00', series: null });
    expect((await ada.write('/pause 1 off')).text).toContain('is not paused');
    await ada.write('/pause 1');
    await ada.press('Resume');
    expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-12-07' });
  });

  test('ends with a date of its own, and with its completion', async () => {
    const ada = await plants(db);
    await ada.write('/pause 1');
    await ada.write('/due 1 friday');
    expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-11-27', series: null });
    await ada.write('/pause 1');
    await ada.write('/done 1');
    expect(await openTasks(ada)).toMatchObject([{ number: 2, dueDate: '2026-12-04', series: null }]);
  });

  test.each([
    ['at once', 0, '2026-11-30'],
    ['after some would have been', 9, '2026-12-07'],
  ])(
    'until a day is ended early, %s, by the command and by its button: the series goes on as if it had not been',
    async (_, days, due) => {
      const ada = await plants(db);
      await ada.write('/remind 1 every day at 8');
      await ada.write('/pause 1 until 10 dec');
      ada.clock.advance(days * 86_400_000);
      const told = await ada.write('/pause 1 off');
      expect(told.text).toMatch(/^Water the plants goes on: /);
      expect(await lastTask(ada)).toMatchObject({ dueDate: due, dueTime: '09:00', series: null });
      expect((await ada.reminders())[0]).toMatchObject({ status: 'active', pausedUntil: null });
      await ada.press('Undo');
      expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-12-14' });
      expect((await ada.reminders())[0]).toMatchObject({ status: 'paused', pausedUntil: '2026-12-10' });
      expect((await ada.write('/task 1')).text).toContain('every Monday at 9:00 ⏸ paused until');
      await ada.press('More');
      await ada.press('Resume');
      expect(await lastTask(ada)).toMatchObject({ dueDate: due, series: null });
      expect((await ada.write('/task 1')).text).not.toContain('⏸');
    },
  );

  test('of every second week keeps its weeks, and a longer, shorter or open one takes its place', async () => {
    const ada = await plants(db);
    await ada.write('sweep the yard every 2 weeks on friday');
    const yard = async () => (await ada.tasks()).find(({ number }) => number === 2)?.dueDate;
    const first = await yard();
    await ada.write('/pause 2 until 20 dec');
    expect(await yard()).toBe('2026-12-25');
    await ada.write('/pause 2 until 5 dec');
    expect(await yard()).toBe('2026-12-11');
    await ada.write('/pause 2');
    expect(await yard()).toBe(null);
    await ada.write('/pause 2 until 20 dec');
    expect(await yard()).toBe('2026-12-25');
    await ada.press('Resume');
    expect(await yard()).toBe(first);
  });

  test('until a day is over on that day, and ends with a date before it', async () => {
    const ada = await plants(db);
    await ada.write('/pause 1 until 10 dec');
    await ada.write('/due 1 4 dec 9:00');
    await ada.press('This one');
    expect((await ada.write('/pause 1 off')).text).toContain('is not paused');
    expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-12-04' });
    await ada.write('/pause 1 until 10 dec');
    ada.clock.advance(15 * 86_400_000);
    expect((await ada.write('/pause 1 off')).text).toContain('is not paused');
    expect((await ada.write('/task 1')).text).not.toContain('⏸');
  });

  test('of what is not due before that day, or until a day gone by, changes nothing and says so', async () => {
    const ada = await plants(db);
    expect((await ada.write('/pause 1 until friday')).text).toContain('not due before that day anyway');
    expect((await ada.write('/pause 1 until today')).text).toContain('not ahead');
    expect(await lastTask(ada)).toMatchObject({ dueDate: '2026-11-30' });
  });
});
