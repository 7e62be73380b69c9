/** Subtasks in the chat: shown under their whole, asked about, refused in circles, taken back whole. */
import { describe, expect, test } from 'vitest';
import { labels, shown } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import {
  everything,
  lastView,
  newestAction,
  type TaskChat,
  takeBack,
  taskChat,
} from '../../../../test/support/tasks.ts';
import { Conflict } from '../../../core/errors.ts';

const db = databaseOfFile();

async function chat(...titles: string[]): Promise<TaskChat> {
  const made = await taskChat(db);
  for (const title of titles) await made.command(`/add ${title}`);
  return made;
}

const statuses = async (ada: TaskChat) => (await ada.tasks()).map((task) => `${task.number} ${task.status}`);

describe('subtasks', () => {
  test('stand under their whole, which says how many are done; the list shows both', async () => {
    const ada = await chat('Paint the room friday #home @acme');
    const told = await ada.command('/subtask 1 buy paint tomorrow !high');
    expect(told.text).toBe('A subtask of Paint the room:\nBuy paint\n📅 Tomorrow · 🟠 high · 👤 Acme');
    await ada.command('/subtask 1 clear the room');
    await ada.command('/subtask 1 paint');
    await ada.command('/done 2');
    const card = await ada.command('/task 1');
    expect(card.text).toContain('1 of 3 subtasks done');
    expect(card.text).toMatch(/ {3}3 {2}clear the room\n {3}4 {2}paint\n✅ 2 {2}Buy paint/);
    expect((await ada.command('/list')).text).toMatch(/1 {2}Paint the room 1\/3.*\n.*3 {2}↳ clear the room/s);
    const part = await ada.command('/task 3');
    expect(part.text).toContain('Part of #1 Paint the room');
    expect((await ada.press('▲ 1')).text).toContain('1 of 3 subtasks done');
    expect((await ada.press('3')).text).toContain('clear the room  #3');
  });

  test('completing a whole with open parts asks: all, only this, or not yet; one undo opens all of it again', async () => {
    const ada = await chat('Paint the room');
    for (const words of ['buy paint', 'clear the room']) await ada.command(`/subtask 1 ${words}`);
    await ada.command('/subtask 3 move the sofa');
    const before = await everything(db, ada);
    const asked = await ada.command('/done 1');
    expect(asked.text).toContain('Paint the room has 3 open subtasks');
    expect(labels(lastView(asked))).toEqual(['Complete all', 'Only this', 'Cancel']);
    expect(await everything(db, ada)).toEqual(before);
    await ada.press('Cancel');
    expect(await everything(db, ada)).toEqual(before);
    await ada.command('/done 1');
    expect((await ada.press('Complete all')).text).toContain('and its 3 subtasks');
    expect(await statuses(ada)).toEqual(['1 done', '2 done', '3 done', '4 done']);
    await takeBack(ada);
    expect(await everything(db, ada)).toEqual(before);
    await ada.command('/done 1');
    await ada.press('Only this');
    expect(await statuses(ada)).toEqual(['1 done', '2 todo', '3 todo', '4 todo']);
  });

  test('when the last part is done, the whole is named with the way to it', async () => {
    const ada = await chat('Paint the room');
    for (const words of ['buy paint', 'clear the room']) await ada.command(`/subtask 1 ${words}`);
    expect((await ada.command('/done 2')).text).not.toContain('All subtasks');
    const last = await ada.command('/done 3');
    expect(last.text).toContain('All subtasks of #1 Paint the room are done.');
    expect((await ada.press('1')).text).toContain('2 of 2 subtasks done');
    await ada.press('Done');
    expect(await statuses(ada)).toEqual(['1 done', '2 done', '3 done']);
  });

  test('put below each other at the same time, one of two tasks is refused', async () => {
    const ada = await chat('a', 'b');
    const both = await Promise.allSettled([ada.command('/subtask 1 #2'), ada.command('/subtask 2 #1')]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await ada.tasks()).filter((task) => task.parentId !== null)).toHaveLength(1);
  });

  test('all of it is said in Russian too', async () => {
    const ada = await taskChat(db, 'ru');
    await ada.command('/add Покрасить комнату');
    for (const words of ['купить краску', 'освободить место']) await ada.command(`/subtask 1 ${words}`);
    expect((await ada.command('/done 1')).text).toContain('не сделаны 2 подзадачи:');
    await ada.press('Не надо');
    expect((await ada.command('/task 1')).text).toContain('подзадачи: 0 из 2');
    await ada.write('#2 ждёт #3');
    expect((await ada.command('/task 2')).text).toContain('🔒 Ждёт: #3 освободить место');
    expect((await ada.command('/done 3')).text).toContain('Дальше: #2 купить краску — можно начинать.');
    expect((await ada.command('/bulk 1,2 статус в работе')).text).toContain('Этап «В работе»: 2 задачи. Поставить?');
    expect((await ada.press('Да, обе')).text).toBe('✅ Изменено: 2');
    expect((await ada.command('/delete 1')).text).toBe('Удалено: Покрасить комнату, а с ней 2 подзадачи.');
  });

  test('named together, a whole and its parts are done without a question', async () => {
    const ada = await chat('Paint the room');
    await ada.command('/subtask 1 buy paint');
    await ada.command('/done 1 2');
    expect(await statuses(ada)).toEqual(['1 done', '2 done']);
  });

  test('deleting says what goes with it, and one undo brings all of it back', async () => {
    const ada = await chat('Paint the room', 'Invite guests');
    await ada.command('/subtask 1 buy paint');
    await ada.command('/subtask 3 choose the colour');
    await ada.command('/note 4 blue, perhaps');
    await ada.command('/depend 2 on 3');
    const before = await everything(db, ada);
    expect((await ada.command('/delete 1')).text).toBe('Deleted: Paint the room, with 2 subtasks, 1 note.');
    expect(await statuses(ada)).toEqual(['2 todo']);
    await takeBack(ada);
    expect(await everything(db, ada)).toEqual(before);
    // Named together, the part goes with its whole.
    await ada.command('/delete 1 3');
    expect(await statuses(ada)).toEqual(['2 todo']);
  });

  test('nothing becomes a part of itself, of one of its parts, or too deep', async () => {
    const ada = await chat('a');
    for (const level of [1, 2, 3, 4]) await ada.command(`/subtask ${level} level`);
    const refused: Array<[string, string]> = [
      ['/subtask 1 1', 'task-error-own-part'],
      ['/subtask 1 #1', 'task-error-own-part'],
      ['/subtask 3 #1', 'task-error-part-circle'],
      ['/subtask 5 deeper', 'task-error-part-deep'],
    ];
    for (const [line, key] of refused) await expect(ada.command(line), line).rejects.toMatchObject({ key });
    await ada.command('/add b');
    await ada.command('/subtask 6 c');
    // A tree of two levels does not fit below the third.
    await expect(ada.command('/subtask 4 #6')).rejects.toThrow(Conflict);
    await ada.command('/subtask 3 #6');
    expect((await ada.tasks()).find((task) => task.number === 6)?.parentId).toBe((await ada.tasks())[2]?.id);
    await ada.command('/done 7');
    await expect(ada.command('/subtask 7 late')).rejects.toMatchObject({ key: 'task-error-part-closed' });
  });

  test('a task that is there is put below another and taken out again', async () => {
    const ada = await chat('Paint the room', 'Buy paint');
    await ada.command('/subtask 1 #2');
    const parts = await ada.command('/subtask 2');
    expect(parts.text).toContain('Part of #1 Paint the room');
    await ada.press('Take out');
    expect((await ada.tasks())[1]?.parentId).toBeNull();
    await takeBack(ada);
    expect((await ada.tasks())[1]?.parentId).toBe((await ada.tasks())[0]?.id);
  });

  test('an undo that would make two tasks parts of each other is refused', async () => {
    const ada = await chat('a', 'b');
    await ada.command('/subtask 1 #2');
    await ada.command('/subtask 2');
    await ada.press('Take out');
    const out = await newestAction(ada);
    await ada.command('/subtask 2 #1');
    await expect(takeBack(ada, out)).rejects.toMatchObject({ key: 'task-error-circle-again' });
  });

  test('asked for by button, the next words are the subtask', async () => {
    const ada = await chat('Paint the room');
    await ada.command('/task 1');
    await ada.press('More');
    await ada.press('Subtasks');
    await ada.press('＋ Subtask');
    await ada.say('buy paint friday');
    expect(await ada.tasks()).toMatchObject([{}, { title: 'Buy paint', dueDate: '2026-11-27' }]);
  });

  test('a recurring whole comes again with its parts, to be done anew, its dates as far ahead as they were', async () => {
    const ada = await chat('Water the garden every friday');
    await ada.command('/subtask 1 fill the can thursday');
    await ada.command('/subtask 1 roses');
    await ada.command('/done 1');
    await ada.press('Complete all');
    const open = (await ada.tasks()).filter((task) => task.status === 'todo');
    expect(open).toMatchObject([
      { title: 'Water the garden', dueDate: '2026-12-04' },
      { title: 'Fill the can', dueDate: '2026-12-03', parentId: open[0]?.id },
      { title: 'roses', dueDate: null, parentId: open[0]?.id },
    ]);
    // Opened again, the next one goes with its parts.
    await ada.command('/reopen 1');
    expect((await ada.tasks()).map((task) => task.number)).toEqual([1, 2, 3]);
  });

  test("'-#2' takes one out, and says so of one that is no part", async () => {
    const ada = await chat('Trip');
    await ada.command('/subtask 1 book a hotel');
    await ada.command('/subtask 1 -#2');
    expect(await ada.tasks()).toMatchObject([{}, { title: 'book a hotel', parentId: null }]);
    await expect(ada.command('/subtask 1 -2')).rejects.toMatchObject({ key: 'task-error-no-part' });
  });

  test('a hundred subtasks are paged', async () => {
    const ada = await chat('Everything');
    const [whole] = await ada.tasks();
    await db.query(
      `INSERT INTO tasks (space_id, number, title, parent_id, created_by, created_at)
       SELECT $1, n + 1, 'part ' || n, $2, $3, now() FROM generate_series(1, 100) n`,
      [whole?.spaceId, whole?.id, whole?.createdBy],
    );
    expect((await ada.command('/task 1')).text).toContain('and 95 more');
    const page = await ada.press('All 100');
    expect(shown(lastView(page) ?? { lines: [] })).toContain('0 of 100 subtasks done');
    expect((await ada.press('▶')).text).toContain('part 9');
    await expect(ada.command('/subtask 1 one more')).rejects.toMatchObject({ key: 'task-error-part-many' });
  });
});
