/** Guards what a message of others, and one of several lines, becomes: words as they stand, asked about first, one undo, nothing carried out. */
import { describe, expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels, shown, type Told } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { tasks } from '../../../../test/support/tasks.ts';
import { linkAt } from '../../../outbox/outbox.ts';
import { routeButton } from '../../../telegram/buttons.ts';
import type { Forwarded } from '../../../telegram/feature.ts';
import { buttons } from '../buttons.ts';

const db = databaseOfFile(4);

const chat = (language = 'en'): Promise<WholeChat> => wholeChat(db, { language });
const from = (more: Partial<Forwarded> = {}): Forwarded => ({
  name: 'Bea',
  link: null,
  at: Date.parse('2026-11-25T09:00:00Z'),
  ...more,
});
const titles = async (ada: WholeChat) => (await ada.tasks()).map((task) => task.title);

/** Edits the message `messageId`, of which tasks were made or are asked about. */
const editing = (ada: WholeChat, messageId: number) => (text: string) =>
  ada.update(
    async (context) => {
      const source = await linkAt(context.tx, context.botId, context.inbound.chatId, messageId, ['source']);
      if (source?.entity !== 'lines') throw new Error(`the message shows ${source?.entity}`);
      await tasks.edited?.lines?.(context, source);
    },
    { text, messageId },
  );
/** Presses "Add" below a question about several lines that another view followed. */
const addOf = (ada: WholeChat, asked: Told) => {
  const route = routeButton(tasks.buttons ?? [], buttons.lines());
  if (route.kind !== 'handler') throw new Error(route.reason);
  return ada.update(route.run, { pressed: { messageId: 900, subject: asked.answers[0]?.shows ?? null } });
};

describe('a forwarded message', () => {
  test('becomes a task with its words as they stand and a link to its source', async () => {
    const ada = await chat();
    const told = await ada.write('Release notes 2.0\nEverything is faster', {
      forwarded: from({ name: 'News', link: 'https://t.me/news/17' }),
    });
    const [task] = await ada.tasks();
    expect(task).toMatchObject({
      title: 'Release notes 2.0',
      notes: 'Everything is faster\n\nFrom News: https://t.me/news/17',
      dueDate: null,
    });
    expect(told.text).toContain('From News: https://t.me/news/17');
    expect(JSON.stringify(told.replaced)).toContain('{"href":"https://t.me/news/17"');
  });

  test.each([
    'delete all',
    'delete feed the cat',
    'done with feed the cat',
    'done 1',
    '/delete 1',
    '/forget_me',
    '/undo 50',
    'undo',
    'cancel',
    'settings',
    '#1',
    '1',
    'remind me to pay at 9 every day',
    'list',
    'search cat',
  ])('that says "%s" is a task called so, and nothing is carried out', async (words) => {
    const ada = await chat();
    await ada.write('feed the cat');
    await ada.write(words, { forwarded: from() });
    expect(await titles(ada)).toEqual(['feed the cat', words]);
    expect((await ada.tasks()).map((task) => task.status)).toEqual(['todo', 'todo']);
    expect(await ada.reminders()).toEqual([]);
  });

  test('answers no question: one that waits goes on waiting', async () => {
    const ada = await chat();
    await ada.write('/add');
    await ada.write('not a title', { forwarded: from() });
    expect(await ada.flow()).toBe('task.title');
    await ada.write('/forget_me');
    await ada.press('Delete');
    await ada.write('delete', { forwarded: from() });
    expect(await titles(ada)).toEqual(['not a title', 'delete']);
  });

  test('has no date of its own; one that it names is offered as it was meant, while it lies ahead', async () => {
    const ada = await chat();
    const told = await ada.write('dinner tomorrow at 19:00', {
      forwarded: from({ at: Date.parse('2026-11-25T09:00:00Z') }),
    });
    expect((await ada.tasks())[0]).toMatchObject({ title: 'dinner tomorrow at 19:00', dueDate: null });
    expect(labels(told.replaced[0])).toContain('Tomorrow 19:00');
    await ada.press('Tomorrow 19:00');
    expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-11-26', dueTime: '19:00' });
    const old = await ada.write('dinner tomorrow at 19:00', {
      forwarded: from({ at: Date.parse('2026-03-01T09:00:00Z') }),
    });
    expect(labels(old.replaced[0])).toEqual(['Undo', 'Set date', 'Edit']);
  });

  test('of somebody hidden tells the name only; a file of others is attached; without words its title is the file’s', async () => {
    const ada = await chat('ru');
    await ada.write('', {
      forwarded: from({ name: 'Ольга' }),
      files: [
        { kind: 'document', fileId: 'x', uniqueId: '', messageId: 1, name: 'счёт.pdf', bytes: 10, duration: null },
      ],
    });
    expect((await ada.tasks())[0]).toMatchObject({ title: 'счёт.pdf', notes: 'Откуда: Ольга' });
    await ada.write('', { forwarded: from({ name: '' }), location: { latitude: 1, longitude: 2 } });
    expect((await ada.tasks())[1]).toMatchObject({ title: 'Пересланное сообщение', notes: 'Переслано' });
    expect(await db.query('SELECT 1 FROM attachments WHERE name = $1', ['счёт.pdf'])).toHaveLength(1);
  });
});

describe('several lines', () => {
  test('are shown as what they would become, made on one press, and taken back by one undo', async () => {
    const ada = await chat();
    const asked = await ada.write('- call Bob tomorrow 3pm !high\n- buy milk #home\n\n- book a train friday');
    expect(await ada.tasks()).toEqual([]);
    expect(asked.text).toBe('3 tasks?\n1. Call Bob · 📅 tomorrow 15:00\n2. Buy milk · #home\n3. Book a train · 📅 Fri');
    expect(labels(asked.answers[0])).toEqual(['Add 3', 'One task', 'Cancel']);
    const made = await ada.press('Add 3');
    expect(made.text).toMatch(/^3 tasks added:\n1 {2}Call Bob · 📅 tomorrow 15:00\n2 {2}Buy milk\n3 {2}Book a train/);
    expect(await ada.tasks()).toMatchObject([
      { title: 'Call Bob', dueDate: '2026-11-26', dueTime: '15:00', priority: 3 },
      { title: 'Buy milk', tags: ['home'] },
      { title: 'Book a train', dueDate: '2026-11-27' },
    ]);
    const undone = await ada.press('Undo');
    expect(undone.text).toContain('3 tasks are taken out again.');
    expect(await ada.tasks()).toEqual([]);
  });

  test('are one task on the other press, with every line kept as it was written; an edit of the message follows', async () => {
    const ada = await chat();
    await ada.write('Plan the trip friday\n- book hotel tomorrow\n  pack', { messageId: 71 });
    await ada.press('One task');
    expect(await ada.tasks()).toMatchObject([
      { title: 'Plan the trip', dueDate: '2026-11-27', notes: '- book hotel tomorrow\n  pack' },
    ]);
    expect(
      await db.query(`SELECT entity FROM message_links WHERE chat_id = $1 AND message_id = 71 AND role = 'source'`, [
        ada.chatId,
      ]),
    ).toEqual([{ entity: 'task' }]);
  });

  test('asked about once are made once, however often it is pressed', async () => {
    const ada = await chat();
    const asked = await ada.write('one\ntwo', { messageId: 72 });
    await ada.press('Add 2');
    await expect(addOf(ada, asked)).rejects.toMatchObject({ key: 'error-already-done' });
    expect(await titles(ada)).toEqual(['one', 'two']);
  });

  test('followed by an edit of the message: each task changes with its line, a new line becomes one, one undo', async () => {
    const ada = await chat();
    const edit = editing(ada, 73);
    await ada.write('- call Bob tomorrow\n- buy milk\n- pay rent', { messageId: 73 });
    await ada.press('Add 3');
    const edited = await edit('- call Bob friday !high\n- water plants\n- buy milk\n- pay rent');
    expect(edited.text).toMatch(/^Changed with your message:\n1 {2}Call Bob · 📅 Fri\n4 {2}water plants/);
    expect(await ada.tasks()).toMatchObject([
      { title: 'Call Bob', dueDate: '2026-11-27', priority: 3 },
      { title: 'buy milk' },
      { title: 'pay rent' },
      { title: 'water plants' },
    ]);
    expect((await edit('- call Bob friday !high\n- water plants\n- buy milk\n- pay rent')).answers).toEqual([]);
    const undone = await ada.press('Undo');
    expect(undone.text).toContain('2 tasks are as they were before the edit.');
    expect(await ada.tasks()).toMatchObject([
      { title: 'Call Bob', dueDate: '2026-11-26', priority: 2 },
      { title: 'buy milk' },
      { title: 'pay rent' },
    ]);
  });

  test('edited shorter lose no task, and what somebody changed since stays; both are told, once', async () => {
    const ada = await chat();
    const edit = editing(ada, 74);
    await ada.write('wash\ndry\nfold tomorrow', { messageId: 74 });
    await ada.press('Add 3');
    await ada.command('/due 3 monday');
    const shorter = await edit('wash\nfold the towels friday');
    expect(shorter.text).toContain('You changed this in the meantime, so it stays: Date.');
    expect(shorter.text).toContain('No longer in your message, but still here: 2 dry.');
    expect(await titles(ada)).toEqual(['wash', 'dry', 'Fold the towels']);
    expect((await ada.tasks())[2]).toMatchObject({ dueDate: '2026-11-30' });
    expect((await edit('wash\nfold the towels friday')).answers).toEqual([]);
    // Written again it is the task it was.
    await edit('wash\ndry\nfold the towels friday');
    expect(await ada.tasks()).toHaveLength(3);
    await ada.command('/delete 1 2 3');
    await expect(edit('wash up\ndry\nfold')).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('edited while they are asked about are asked about anew: the question that is answered makes what the message says', async () => {
    const ada = await chat();
    const edit = editing(ada, 75);
    const first = await ada.write('bread\nmilk', { messageId: 75 });
    const again = await edit('bread\noat milk\neggs');
    expect(again.text).toMatch(/^3 tasks\?/);
    await expect(addOf(ada, first)).rejects.toMatchObject({ key: 'error-old-button' });
    await ada.press('Add 3');
    expect(await titles(ada)).toEqual(['bread', 'oat milk', 'eggs']);
    expect((await edit('/done 1')).text).toContain('A command in an edited message is not carried out');
    await ada.write('one\ntwo', { messageId: 76 });
    await editing(ada, 76)('only one');
    expect(await titles(ada)).toEqual(['bread', 'oat milk', 'eggs', 'only one']);
  });

  test('a line with two readings, one that asks for something else and one that is refused keep their words', async () => {
    const ada = await chat();
    await ada.write('meet on friday midnight\ndone with the report\nprepare for the 31st of february');
    await ada.press('Add 3');
    expect(await titles(ada)).toEqual([
      'meet on friday midnight',
      'done with the report',
      expect.stringMatching(/31st of february/i),
    ]);
    expect((await ada.tasks()).map((task) => task.status)).toEqual(['todo', 'todo', 'todo']);
  });

  test('numbered and ticked lists lose their signs; numbers that count nothing stay', async () => {
    const ada = await chat();
    await ada.write('1. wash\n2. dry\n3. fold');
    await ada.press('Add 3');
    await ada.write('[ ] sow\n☐ water\n• reap');
    await ada.press('Add 3');
    await ada.write('3 eggs\n2 lemons');
    await ada.press('Add 2');
    expect((await titles(ada)).map((title) => title.toLowerCase())).toEqual([
      'wash',
      'dry',
      'fold',
      'sow',
      'water',
      'reap',
      '3 eggs',
      '2 lemons',
    ]);
  });

  test('a hundred are previewed within a phone’s height and made; more become one task that keeps them all', async () => {
    const ada = await chat();
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `item ${index + 1}`).join('\n');
    const asked = await ada.write(lines(100));
    expect(asked.text.split('\n').length).toBeLessThanOrEqual(12);
    expect(asked.text).toContain('and 92 more');
    const made = await ada.press('Add 100');
    expect(made.text.split('\n').length).toBeLessThanOrEqual(12);
    expect(await ada.tasks()).toHaveLength(100);
    await ada.press('Undo');
    expect(await ada.tasks()).toEqual([]);
    const many = await ada.write(lines(101));
    expect(many.text).toContain('101 lines are more than the 100 tasks I make at once');
    expect(labels(many.answers[0])).toEqual(['One task', 'Cancel']);
    await ada.press('One task');
    const [task, ...others] = await ada.tasks();
    expect(others).toEqual([]);
    expect(task?.notes.split('\n')).toHaveLength(100);
  });

  test('in Russian, with the right plurals', async () => {
    const ada = await chat('ru');
    const asked = await ada.write('купить хлеб\nпозвонить маме завтра в 10');
    expect(shown(asked.answers[0] ?? { lines: [] })).toMatch(
      /^2 задачи\?\n1\. купить хлеб\n2\. Позвонить маме · 📅 завтра/,
    );
    expect(labels(asked.answers[0])).toEqual(['Добавить 2', 'Одна задача', 'Не надо']);
    expect((await ada.press('Добавить 2')).text).toMatch(/^Добавлены 2 задачи:/);
  });

  test.each(['rename feed the cat to feed the dog', 'delete feed the cat', 'done 1', 'list', 'why feed the cat'])(
    'that begin with "%s" are a list to be asked about, and nothing of it is done',
    async (order) => {
      const ada = await chat();
      await ada.write('/add -- feed the cat');
      const told = await ada.write(`${order}\nbuy milk`);
      expect(told.text).toContain('2 tasks?');
      expect(await ada.tasks()).toMatchObject([{ title: 'feed the cat', status: 'todo' }]);
    },
  );

  test('an order that names each line is no list of tasks', async () => {
    const ada = await chat();
    await ada.write('feed the cat');
    const told = await ada.write('remind me to stretch tomorrow at 9\nwith the long band');
    expect(told.text).not.toContain('tasks?');
  });
});
