/** Tasks in the chat, with the real grammar: capture, commands, replies, edits, presses of any age. */
import { describe, expect, test } from 'vitest';
import { labels } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { tasks as feature, lastView, type TaskChat, takeBack, taskChat } from '../../../test/support/tasks.ts';
import { Conflict, NotFound, UserError } from '../../core/errors.ts';

const db = databaseOfFile();

const chat = (language = 'en'): Promise<TaskChat> => taskChat(db, language);

describe('capture', () => {
  test('a message becomes a task and its echo says what was understood', async () => {
    const ada = await chat();
    const told = await ada.write('call Bob tomorrow 3pm !high #sales @acme ~30m');
    expect(told.text).toBe('Call Bob\n📅 Tomorrow 15:00 · 🟠 high · #sales · 👤 Acme · ⏱ 30 m');
    expect(labels(lastView(told))).toEqual(['Undo', 'Change time', 'Edit']);
    const [task] = await ada.tasks();
    expect(task).toMatchObject({
      title: 'Call Bob',
      dueDate: '2026-11-26',
      dueTime: '15:00',
      priority: 3,
      tags: ['sales'],
      estimateMinutes: 30,
    });
  });

  test('two readings are asked about; the task is kept, and a press sets the one meant', async () => {
    const ada = await chat();
    const told = await ada.write('party friday midnight');
    expect(told.text).toContain('which night?');
    expect((await ada.tasks())[0]?.dueDate).toBeNull();
    await ada.press(labels(lastView(told))[0] ?? '');
    expect((await ada.tasks())[0]?.dueDate).toBe('2026-11-27');
  });

  test('a date that cannot be is refused with its words kept', async () => {
    const ada = await chat();
    const told = await ada.write('Prepare for the 31st of February');
    expect(told.text).toBe('Saved as "Prepare for the 31st of February".\nI could not place the date, so it has none.');
    expect(labels(lastView(told))).toEqual(['Set date', 'Undo']);
  });

  test('the lines behind the first are its notes', async () => {
    const ada = await chat();
    await ada.write('Plan the trip friday\nbook hotel tomorrow\n- pack');
    expect(await ada.tasks()).toEqual([]);
    await ada.press('One task');
    expect((await ada.tasks())[0]).toMatchObject({
      title: 'Plan the trip',
      dueDate: '2026-11-27',
      notes: 'book hotel tomorrow\n- pack',
    });
  });

  test('a photo without words and a named file become tasks', async () => {
    const ada = await chat();
    const file = { fileId: 'x', uniqueId: '', messageId: 1, bytes: 1, duration: null };
    const photo = await ada.write('', { files: [{ ...file, kind: 'photo', name: null }] });
    expect(photo.text).toContain('📎 1 file');
    await ada.write('', { files: [{ ...file, kind: 'document', name: 'invoice.pdf' }] });
    expect((await ada.tasks()).map((task) => task.title)).toEqual(['Photo, 25 Nov 11:00', 'invoice.pdf']);
  });

  test('a text of ten thousand characters loses nothing', async () => {
    const ada = await chat();
    const words = Array.from({ length: 2000 }, (_, index) => `w${index}`).join(' ');
    await ada.write(words);
    const [task] = await ada.tasks();
    expect(task?.title.length).toBeLessThanOrEqual(500);
    expect(`${task?.title} ${task?.notes}`).toContain('w1999');
  });

  test('the guided way asks for words, date and priority', async () => {
    const ada = await chat();
    await ada.command('/add');
    expect(await ada.flow()).toBe('task.title');
    await ada.say('water the plants');
    await ada.press('Tomorrow');
    const told = await ada.press('High');
    expect(told.text).toBe(
      'Water the plants\n📅 Tomorrow · 🟠 high'.replace(
        'Water',
        (await ada.tasks())[0]?.title.startsWith('W') ? 'Water' : 'water',
      ),
    );
    expect(labels(lastView(told))[0]).toBe('Undo');
  });

  test.each([
    ['/add --', 'list the guests tomorrow', null],
    ['/add —', 'list the guests tomorrow', null],
    ['/add ""', 'List the guests', '2026-11-26'],
    ['/add', 'List the guests', '2026-11-26'],
  ])('"%s" without words asks for them', async (line, title, dueDate) => {
    const ada = await chat();
    expect((await ada.command(line)).text).toContain('What is to be done?');
    expect(await ada.tasks()).toEqual([]);
    await ada.say('list the guests tomorrow');
    expect(await ada.tasks()).toMatchObject([{ title, dueDate }]);
  });

  test('/add with a date or a tag alone asks for the title and keeps them for it', async () => {
    const ada = await chat();
    await ada.command('/add tomorrow #sales');
    await ada.say('write the offer');
    expect(await ada.tasks()).toMatchObject([{ title: 'Write the offer', dueDate: '2026-11-26', tags: ['sales'] }]);
  });

  test('/add -- keeps words as typed, /add reads them, whatever they look like', async () => {
    const ada = await chat();
    await ada.command('/add -- call bob tomorrow #x');
    await ada.command('/add call bob tomorrow');
    await ada.command('/add done with the report');
    await ada.command('/addtask "Review contract" High 2026-12-10 Legal');
    const tasks = await ada.tasks();
    expect(tasks.map((task) => [task.title, task.dueDate])).toEqual([
      ['call bob tomorrow #x', null],
      [tasks[1]?.title, '2026-11-26'],
      ['done with the report', null],
      ['Review contract', '2026-12-10'],
    ]);
    expect(tasks[3]?.priority).toBe(3);
  });
});

describe('acting on tasks', () => {
  test('done with words completes the one, asks when two fit, and says what is left', async () => {
    const ada = await chat();
    await ada.write('write the report today');
    await ada.write('read the report today');
    await ada.write('buy milk today');
    const asked = await ada.write('done with the report');
    expect(asked.text).toContain('is done?');
    expect(labels(lastView(asked))).toHaveLength(3);
    await ada.press('rite the');
    const done = await ada.write('done with milk');
    expect(done.text).toMatch(/^✅ Buy milk\n1 left today\.$/i);
    expect(labels(lastView(done))).toEqual(['Undo']);
    expect((await ada.tasks()).map((task) => task.status)).toEqual(['done', 'todo', 'done']);
  });

  test('/done takes several numbers; a second time is told; a number of nothing is not found', async () => {
    const ada = await chat();
    for (const title of ['one', 'two', 'three']) await ada.write(title);
    await ada.command('/done 1 #2');
    expect((await ada.tasks()).map((task) => task.status)).toEqual(['done', 'done', 'todo']);
    await expect(ada.command('/done 1')).rejects.toThrow(Conflict);
    await expect(ada.command('/done 99')).rejects.toThrow(NotFound);
    expect((await ada.command('/done 1 3')).text).toContain('was done already');
  });

  test('what is done to several numbers at once is one change, taken back by one undo', async () => {
    const ada = await chat();
    const states = async () => (await ada.tasks()).map(({ number, status }) => `${number} ${status}`);
    for (const title of ['one', 'two', 'three']) await ada.write(title);
    const all = { '/done 1 3': '1 done,2 todo,3 done', '/reopen 1 3': '1 todo,2 todo,3 todo', '/delete 1 3': '2 todo' };
    for (const [command, after] of Object.entries(all)) {
      const before = await states();
      expect(labels(lastView(await ada.command(command))), command).toEqual(['Undo']);
      expect((await states()).join(), command).toBe(after);
      await takeBack(ada);
      expect(await states(), command).toEqual(before);
      await ada.command(command);
    }
  });

  test('every field by command', async () => {
    const ada = await chat();
    await ada.write('thing');
    for (const line of [
      '/due 1 tomorrow 15:00',
      '/priority 1 urgent',
      '/set_status 1 in progress',
      '/tag 1 sales +old',
      '/tag 1 -old',
      '/project 1 "Big Website"',
      '/assign_client 1 Acme',
      '/estimate 1 1h30',
      '/defer 1 tomorrow',
      '/note 1 Bob called',
      '/edit 1 Another title',
    ])
      await ada.command(line);
    expect((await ada.tasks())[0]).toMatchObject({
      title: 'Another title',
      dueDate: '2026-11-26',
      dueTime: '15:00',
      priority: 5,
      status: 'in_progress',
      tags: ['sales'],
      estimateMinutes: 90,
      startDate: '2026-11-26',
    });
    const card = await ada.command('/task 1');
    expect(card.text).toBe(
      'Another title  #1\n📅 Tomorrow 15:00 · from tomorrow · 🔴 urgent · #sales\nIn progress · 👤 Acme · in Big Website · ⏱ 1 h 30 m planned\n💬 1 note',
    );
    await ada.command('/due 1 none');
    expect((await ada.tasks())[0]?.dueDate).toBeNull();
  });

  test('missing arguments are asked for with buttons', async () => {
    const ada = await chat();
    expect((await ada.command('/done')).text).toBe('There is no task to choose from.');
    await ada.write('only one');
    expect(labels(lastView(await ada.command('/priority')))[0]).toContain('only one'.slice(1));
    await ada.press('nly one');
    await ada.press('High');
    expect((await ada.tasks())[0]?.priority).toBe(3);
    await ada.command('/project 1');
    expect(await ada.flow()).toBe('task.field');
    await ada.say('Garden');
    expect((await ada.command('/task 1')).text).toContain('in Garden');
  });

  test('words that cannot be used are told and keep the question', async () => {
    const ada = await chat();
    await ada.write('thing');
    await ada.command('/estimate 1');
    await expect(ada.say('quite long')).rejects.toThrow(UserError);
    expect(await ada.flow()).toBe('task.field');
    for (const line of ['/due 1 gibberish', '/priority 1 enormous', '/set_status 1 floating'])
      await expect(ada.command(line), line).rejects.toThrow(UserError);
  });

  test('move re-dates by words and keeps the time of day', async () => {
    const ada = await chat();
    await ada.write('call Bob tomorrow 15:00');
    await ada.write('move call bob to friday');
    expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-11-27', dueTime: '15:00' });
  });

  test('what is moved by a length is put off from when it is due, and from now where it has no date', async () => {
    const ada = await chat();
    await ada.write('call Bob next monday 15:00');
    await ada.write('postpone call bob by 2 days');
    expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-12-02', dueTime: '15:00' });
    await ada.write('перенеси 1 на неделю');
    expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-12-09', dueTime: '15:00' });
    await ada.write('push 1 by 10 hours');
    expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-12-10', dueTime: '01:00' });
    await ada.write('buy paint');
    await ada.write('move 2 by 3 days');
    expect((await ada.tasks())[1]).toMatchObject({ dueDate: '2026-11-28', dueTime: null });
  });

  test('a reply is done, a date, fields or a note', async () => {
    const ada = await chat();
    const echo = lastView(await ada.write('call Bob'));
    await ada.reply(echo, 'tomorrow 9:00');
    await ada.reply(echo, '#sales !high');
    await ada.reply(echo, 'he is away until noon');
    expect((await ada.tasks())[0]).toMatchObject({
      dueDate: '2026-11-26',
      dueTime: '09:00',
      tags: ['sales'],
      priority: 3,
    });
    expect(await db.query('SELECT body FROM notes WHERE task_id = $1', [(await ada.tasks())[0]?.id])).toEqual([
      { body: 'he is away until noon' },
    ]);
    await ada.reply(echo, 'done');
    expect((await ada.tasks())[0]?.status).toBe('done');
  });

  test('an edited message changes what it made, and leaves what was changed since', async () => {
    const ada = await chat();
    await ada.write('call Bob tomorrow !high', { messageId: 55 });
    await ada.command('/due 1 2026-12-24');
    const [link] = await db.query<{ data: Record<string, string> }>(
      'SELECT data FROM message_links WHERE message_id = 55 AND chat_id = $1',
      [ada.chatId],
    );
    const [task] = await ada.tasks();
    const told = await ada.update(
      async (context) => {
        await feature.edited?.task?.(context, {
          role: 'source',
          entity: 'task',
          entityId: task?.id ?? 0,
          data: link?.data ?? {},
        });
      },
      { text: 'call Bobby friday !low', messageId: 55 },
    );
    expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-12-24', priority: 1 });
    expect((await ada.tasks())[0]?.title).toMatch(/^call Bobby$/i);
    expect(told.text).toContain('so it stays: Date.');
  });

  test('completing a series tells the next one', async () => {
    const ada = await chat();
    await ada.write('water plants every day');
    expect((await ada.command('/done 1')).text).toContain('🔁 Next: ');
    expect((await ada.tasks()).map((task) => task.status)).toEqual(['done', 'todo']);
  });
});
