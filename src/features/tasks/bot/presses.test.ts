/** Presses and words that meet nothing: deleted tasks, strangers, numbers of reminders, characters no database holds. */
import { expect, test } from 'vitest';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { askedReminders, lastView, type TaskChat, taskChat } from '../../../../test/support/tasks.ts';
import { NotFound, UserError } from '../../../core/errors.ts';

const db = databaseOfFile();

const chat = (): Promise<TaskChat> => taskChat(db);

test('buttons of a deleted task answer that it is gone; a reminder’s number means the reminder', async () => {
  const ada = await chat();
  await ada.write('short-lived');
  const card = lastView(await ada.command('/task 1'));
  const data = (card?.buttons ?? []).flat().flatMap((button) => ('data' in button ? [button.data] : []));
  await ada.command('/delete 1');
  for (const one of data.filter((each) => each.startsWith('t:')))
    await expect(ada.pressData(one)).rejects.toThrow(NotFound);
  const person = await ada.person();
  await db.query(
    `INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, fixed_at, created_by, created_at) VALUES ($1, 50, $2, $3, 'stretch', 'instant', now(), $2, now())`,
    [person.spaceId, person.id, ada.chatId],
  );
  await ada.command('/done 50');
  expect(askedReminders).toContain('done stretch');
});

test('a stranger’s press on any button of a task finds nothing', async () => {
  const [ada, eve] = [await chat(), await chat()];
  await ada.write('private matter tomorrow #x');
  const views = [
    lastView(await ada.command('/task 1')),
    lastView(await ada.press('Edit')),
    lastView(await ada.press('Back')),
  ];
  views.push(
    lastView(await ada.press('More')),
    lastView(await ada.command('/priority 1')),
    lastView(await ada.command('/due 1')),
  );
  const before = await ada.tasks();
  const data = views
    .flatMap((view) => (view?.buttons ?? []).flat())
    .flatMap((one) => ('data' in one ? [one.data] : []));
  expect(data.length).toBeGreaterThan(20);
  for (const one of data) await expect(eve.pressData(one), one).rejects.toThrow(NotFound);
  expect(await ada.tasks()).toEqual(before);
});

test('words nobody sees and characters no database holds never fail', async () => {
  const ada = await chat();
  await expect(ada.write('\u200B\u200D')).rejects.toThrow(UserError);
  await ada.write('nul\u0000 and \uD800 half tomorrow');
  await ada.command('/note 1 a\u0000b');
  await ada.command('/search \u0000nul');
  expect((await ada.tasks())[0]?.title).not.toContain('\u0000');
});

test('the question which one takes a number or words for an answer; what is none of these ends it', async () => {
  const ada = await chat();
  for (const title of ['call Bob today', 'buy milk', 'read chapter 4']) await ada.write(title);
  const asked = await ada.command('/done');
  // What is due today comes first, and the others after it.
  expect((lastView(asked)?.buttons ?? []).flat().map(({ label }) => label.replace(/ ·.*/, ''))).toEqual([
    '1  Call Bob',
    '2  buy milk',
    '3  read chapter 4',
    'Cancel',
  ]);
  expect(await ada.say('milk')).toMatchObject({ taken: true, text: expect.stringContaining('✅ buy milk') });
  await ada.command('/priority');
  expect((await ada.say('#3')).text).toContain('How important is it?');
  await ada.command('/delete');
  expect((await ada.say('call Bob tomorrow')).taken).toBe(false);
  await ada.command('/delete');
  await ada.press('1  Call Bob · Today');
  expect(await ada.flow()).toBeNull();
  expect((await ada.tasks()).map(({ number, status }) => [number, status])).toEqual([
    [2, 'done'],
    [3, 'todo'],
  ]);
});

test('a value alone behind a command asks whose it is, and is set there', async () => {
  const ada = await chat();
  for (const title of ['call Bob', 'buy milk']) await ada.write(title);
  for (const words of ['/priority high', '/set_status in progress', '/due friday', '/defer thursday']) {
    expect((await ada.command(words)).text, words).toContain('Which one');
    await ada.say('milk');
  }
  const [bob, milk] = await ada.tasks();
  expect(bob).toMatchObject({ dueDate: null, startDate: null });
  expect(milk).toMatchObject({ status: 'in_progress', dueDate: expect.any(String), startDate: expect.any(String) });
  expect(milk?.priority).not.toBe(bob?.priority);
  expect((await ada.command('/priority holiday')).text).toContain('holiday');
});
