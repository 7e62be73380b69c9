/** What is said to a task in reply to its message, or by correcting the message it was made of, beside dates and notes. */
import { expect, test } from 'vitest';
import { wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { lastView, tasks } from '../../../../test/support/tasks.ts';

const db = databaseOfFile();
const chat = () => wholeChat(db);

const notes = () => db.query('SELECT body FROM notes');

test.each([
  ['in progress', { status: 'in_progress' }],
  ['high priority', { priority: 3 }],
  ['срочно', { priority: 5 }],
  ['move it to friday', { dueDate: '2026-11-27' }],
  ['перенеси на пятницу', { dueDate: '2026-11-27' }],
  ['move it by 2 days', { dueDate: '2026-11-28' }],
  ['no date', { dueDate: null }],
  ['cancel', { status: 'cancelled' }],
  ['отменить задачу', { status: 'cancelled' }],
])('"%s" in reply is no note', async (words, fields) => {
  const ada = await chat();
  const echo = lastView(await ada.write('call Bob tomorrow'));
  await ada.reply(echo, words);
  expect(await ada.tasks()).toMatchObject([fields]);
  expect(await notes()).toEqual([]);
});

test.each([
  ['remind me tomorrow at 9', '/remind 1 tomorrow at 9'],
  ['remind me 1h before', '/remind 1 1h before'],
  ['напомни о ней за час', '/remind 1 за час'],
  ['remind me to buy paint', 'remind me to buy paint'],
])('"%s" in reply asks for a reminder: of the task, unless it has words of its own', async (words, handled) => {
  const ada = await chat();
  const echo = lastView(await ada.write('call Bob tomorrow'));
  expect((await ada.reply(echo, words)).handled).toEqual([handled]);
});

test('the answer to an undo is about what came back: a reply to it acts on that', async () => {
  const ada = await chat();
  await ada.write('call Bob tomorrow');
  await ada.write('call Ann tomorrow');
  await ada.write('/delete 1');
  const back = lastView(await ada.write('/undo'));
  await ada.reply(back, 'friday');
  expect(await ada.tasks()).toMatchObject([{ dueDate: '2026-11-27' }, { dueDate: '2026-11-26' }]);
  const gone = lastView(await ada.write('/undo 2'));
  expect(gone?.shows).toBeUndefined();
});

test('a message corrected to a command carries nothing out, and the task stays as it is', async () => {
  const ada = await chat();
  await ada.write('call Bob tomorrow', { messageId: 55 });
  const edit = (text: string) =>
    ada.update(
      async (context) => {
        const [source] = await db.query<{ entityId: number; data: Record<string, string> }>(
          'SELECT entity_id, data FROM message_links WHERE message_id = 55 AND chat_id = $1',
          [ada.chatId],
        );
        const { entityId = 0, data = {} } = source ?? {};
        await tasks.edited?.task?.(context, { role: 'source', entity: 'task', entityId, data });
      },
      { text, messageId: 55 },
    );
  expect((await edit('/delete 1')).text).toContain('not carried out');
  expect(await ada.tasks()).toMatchObject([{ title: 'Call Bob', dueDate: '2026-11-26' }]);
  expect((await edit('/add call Ann friday')).text).toContain('Call Ann');
  expect(await ada.tasks()).toMatchObject([{ title: 'Call Ann', dueDate: '2026-11-27' }]);
});

test("what is said to a task's reminder may be said of the task", async () => {
  const ada = await chat();
  await ada.write('call Bob tomorrow 15:00');
  await ada.write('/remind 1 in 5 minutes');
  ada.clock.advance(300_000);
  const [view] = await ada.fired();
  await ada.reply(view, 'in progress');
  await ada.reply(view, '#home');
  expect(await ada.tasks()).toMatchObject([{ status: 'in_progress', tags: ['home'] }]);
});

test('a reminder that is moved, left out or not wanted in reply is settled so', async () => {
  const ada = await chat();
  await ada.write('remind me to stretch every hour');
  await ada.write('remind me to sing in 1 hour');
  ada.clock.advance(3_600_000);
  const views = await ada.fired();
  const [stretch, sing] = views;
  expect((await ada.reply(stretch, 'skip')).text).toMatch(/^⏰ Stretch: not this time\. Then 13:00\.$/);
  expect((await ada.write('/undo')).text).toContain('waits for your answer again');
  expect((await ada.reply(stretch, 'skip')).text).toContain('not this time');
  expect((await ada.reply(sing, 'move it to friday')).text).toContain('again Fri 09:00');
  await ada.write('/undo');
  expect((await ada.reply(sing, 'never mind')).text).toBe('⏰ Sing: left out.');
});
