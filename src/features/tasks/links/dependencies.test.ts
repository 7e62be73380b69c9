/** What waits for what, in the chat: shown, refused in circles, announced, taken back. */
import { describe, expect, test } from 'vitest';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { everything, newestAction, type TaskChat, takeBack, taskChat } from '../../../../test/support/tasks.ts';
import { authorize } from '../../../access/authorize.ts';
import { NotFound } from '../../../core/errors.ts';

const db = databaseOfFile();

async function chat(...titles: string[]): Promise<TaskChat> {
  const made = await taskChat(db);
  for (const title of titles) await made.command(`/add ${title}`);
  return made;
}

describe('dependencies', () => {
  test('what a task waits for is on its card and in lists while it is open; its end announces who is next', async () => {
    const ada = await chat('Paint the wall', 'Buy paint', 'Clear the room');
    expect((await ada.command('/depend 1 on 2, 3')).text).toContain('🔒 Waits for');
    expect((await ada.command('/task 1')).text).toContain('🔒 Blocked by #2 Buy paint, #3 Clear the room');
    expect((await ada.command('/task 2')).text).toContain('Holds up #1 Paint the wall');
    expect((await ada.command('/list')).text).toContain('Paint the wall 🔒');
    expect((await ada.tasks())[0]?.status).toBe('todo');
    expect((await ada.command('/done 2')).text).not.toContain('free to begin');
    const last = await ada.command('/done 3');
    expect(last.text).toContain('Next: #1 Paint the wall is free to begin.');
    expect((await ada.command('/list')).text).not.toContain('🔒');
    expect((await ada.command('/task 1')).text).not.toContain('Blocked');
    await ada.command('/reopen 3');
    expect((await ada.command('/task 1')).text).toContain('🔒 Blocked by #3 Clear the room');
  });

  test('circles of any length are refused, so is waiting for oneself, twice, or for the whole one is a part of', async () => {
    const ada = await chat('a', 'b', 'c', 'd');
    await ada.command('/depend 2 on 1');
    await ada.command('/depend 3 on 2');
    await ada.command('/depend 4 on 3');
    const before = await everything(db, ada);
    const refused: Array<[string, string]> = [
      ['/depend 1 on 4', 'task-error-waits-circle'],
      ['/depend 1 on 1', 'task-error-waits-itself'],
      ['/depend 2 on 1', 'task-error-waits-already'],
      ['/depend 2 -4', 'task-error-waits-not'],
    ];
    for (const [line, key] of refused) await expect(ada.command(line), line).rejects.toMatchObject({ key });
    expect(await everything(db, ada)).toEqual(before);
    await ada.command('/subtask 4 part');
    await expect(ada.command('/depend 5 on 4')).rejects.toMatchObject({ key: 'task-error-waits-whole' });
  });

  test('waiting for each other at the same time, one of two tasks is refused', async () => {
    const ada = await chat('a', 'b', 'c');
    await ada.command('/depend 3 on 1');
    const both = await Promise.allSettled([ada.command('/depend 1 on 2'), ada.command('/depend 2 on 3')]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await everything(db, ada))['dependencies']).toHaveLength(2);
  });

  test('it is taken away by words and by button, and each of it is taken back by undo', async () => {
    const ada = await chat('Paint', 'Buy paint', 'Clear the room');
    await ada.command('/depend 1 clear the room');
    await ada.command('/depend 1 2');
    const before = await everything(db, ada);
    await ada.press('✕ 2');
    expect((await everything(db, ada))['dependencies']).toHaveLength(1);
    await takeBack(ada);
    expect(await everything(db, ada)).toEqual(before);
    await ada.command('/depend 1 none');
    expect((await everything(db, ada))['dependencies']).toEqual([]);
    await takeBack(ada);
    expect(await everything(db, ada)).toEqual(before);
    await ada.command('/depend 1 -3');
    expect((await ada.command('/depend 1')).text).not.toContain('Clear the room');
  });

  test('an undo that would close a circle with newer ones is refused', async () => {
    const ada = await chat('a', 'b');
    await ada.command('/depend 1 on 2');
    await ada.command('/depend 1 none');
    const away = await newestAction(ada);
    await ada.command('/depend 2 on 1');
    await expect(takeBack(ada, away)).rejects.toMatchObject({ key: 'task-error-circle-again' });
  });

  test('"#1 waits for #2" says the same as the command', async () => {
    const ada = await chat('Paint', 'Buy paint');
    await ada.write('#1 waits for #2');
    expect((await ada.command('/task 1')).text).toContain('🔒 Blocked by #2 Buy paint');
  });

  test("another's tasks can neither be waited for nor be parts", async () => {
    const ada = await chat('mine');
    const eve = await chat('hers');
    const [hers] = await eve.tasks();
    for (const line of ['/depend 1 on 77', '/subtask 1 #77', '/depend 77 on 1'])
      await expect(ada.command(line), line).rejects.toThrow(NotFound);
    await ada.update(async ({ tx, actor }) => {
      await expect(authorize(tx, actor, 'task', hers?.id as NonNullable<typeof hers>['id'])).rejects.toThrow(NotFound);
    });
  });
});
