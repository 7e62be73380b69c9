/** Messages that are no task of themselves: a date or a mark alone, greetings, an item's number with a date. */
import { expect, test } from 'vitest';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { lastView, type TaskChat, taskChat } from '../../../../test/support/tasks.ts';

const db = databaseOfFile();

const chat = (): Promise<TaskChat> => taskChat(db);

test('a day or a mark alone shows what is there; any other date waits for its title', async () => {
  const ada = await chat();
  await ada.write('offer tomorrow !high #sales @acme');
  for (const words of ['tomorrow', '#sales', '@acme', '!high', 'this week'])
    expect(labels(lastView(await ada.write(words))), words).toContain('1');
  expect(await ada.tasks()).toHaveLength(1);
  expect((await ada.write('next monday')).text).toContain('What is to be done?');
  await ada.say('prepare slides');
  expect((await ada.tasks())[1]).toMatchObject({ title: 'Prepare slides', dueDate: '2026-11-30' });
});

test('greetings and thanks are answered, make nothing, and a button makes a task of them', async () => {
  const ada = await chat();
  for (const words of ['hello', 'thanks!', 'привет', 'спасибо']) {
    expect(labels(lastView(await ada.write(words))), words).toEqual(['Save task']);
    expect(await ada.tasks()).toEqual([]);
  }
  expect((await ada.write('good night')).text).toBe('Until then. What is due I will tell you.');
  await ada.write('спасибо');
  await ada.press('Save task');
  expect((await ada.tasks()).map((task) => task.title)).toEqual(['спасибо']);
});

test('signs without words and nods make nothing, a question mark asks what can be said', async () => {
  const ada = await chat();
  for (const words of ['…', '!', '-', '🍕'])
    expect((await ada.write(words)).text, words).toContain('I see no words in that');
  for (const words of ['👍', 'ok', 'no']) expect((await ada.write(words)).text, words).toContain('All right');
  expect((await ada.write('🙏')).text).toContain('You are welcome');
  expect((await ada.write('?')).handled).toEqual(['/help']);
  expect(await ada.tasks()).toEqual([]);
  await ada.write('🍕');
  await ada.press('Save task');
  expect(await ada.tasks()).toMatchObject([{ title: '🍕' }]);
});

test('a short number alone that names nothing is asked about, and kept by a button', async () => {
  const ada = await chat();
  expect((await ada.write('7')).text).toContain('Nothing here has the number 7');
  expect(await ada.tasks()).toEqual([]);
  await ada.press('Save task');
  expect(await ada.tasks()).toMatchObject([{ title: '7' }]);
  await ada.write('48213');
  expect(await ada.tasks()).toHaveLength(2);
});

test('a note for no task is a task of its own, or may be made one where there are others', async () => {
  const ada = await chat();
  await ada.write('note: call the bank');
  await ada.write('note to self buy milk tomorrow');
  await ada.write('запомни, что Оля любит розы');
  const titles = ['call the bank', 'buy milk', 'Оля любит розы'];
  expect((await ada.tasks()).map(({ title }) => title.toLowerCase())).toEqual(titles.map((one) => one.toLowerCase()));
  expect(labels(lastView(await ada.write('note: he is away until may')))).toContain('Save task');
  await ada.press('Save task');
  expect(await ada.tasks()).toHaveLength(4);
});

test('a task called by its number with a date gets that date', async () => {
  const ada = await chat();
  await ada.write('offer');
  await ada.write('#1 friday 15:00');
  expect(await ada.tasks()).toMatchObject([{ dueDate: '2026-11-27', dueTime: '15:00' }]);
  await ada.write('#1 is what we talked about');
  expect(await ada.tasks()).toHaveLength(2);
});

test('an order for something that is not there can be kept as a task, its date read', async () => {
  const ada = await chat();
  expect((await ada.write('move to the new office 30 april')).text).toContain('Nothing here is called');
  await ada.press('Save task');
  expect(await ada.tasks()).toMatchObject([{ title: 'Move to the new office', dueDate: '2027-04-30' }]);
  await ada.write('done with the novel #books');
  await ada.press('Save task');
  expect((await ada.tasks())[1]).toMatchObject({ title: 'Done with the novel', tags: ['books'], status: 'todo' });
  expect(labels(lastView(await ada.command('/done the opera')))).not.toContain('Save task');
});

test('the menu of dates takes a date in words as well, and leaves any other message alone', async () => {
  const ada = await chat();
  await ada.write('offer');
  await ada.press('Set date');
  expect((await ada.say('buy milk')).taken).toBe(false);
  expect(await ada.tasks()).toMatchObject([{ title: 'offer', dueDate: null }]);
  await ada.say('friday 15:00');
  expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-11-27', dueTime: '15:00' });
  await ada.command('/due 1');
  await ada.press('Tomorrow');
  // Answered by the button: what follows is no answer any more.
  await expect(ada.say('friday')).rejects.toThrow('no flow waits');
  expect((await ada.tasks())[0]).toMatchObject({ dueDate: '2026-11-26' });
});

test('the guided way keeps and shows what the first words gave, a repetition too', async () => {
  const ada = await chat();
  await ada.command('/add every friday #home ~30m');
  const asked = await ada.say('water the plants');
  expect(asked.text).toMatch(/^Water the plants\n📅 Fri · 🔁 every Fri\w* · #home · ⏱ 30 m\nHow important is it\?/);
  await ada.command('/add !high');
  expect((await ada.say('call Bob')).text).toContain('\n🟠 high\nWhen is it due?');
});
