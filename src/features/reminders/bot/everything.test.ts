/** Guards that a pause of everything is one of tasks too: what repeats rests and comes back, what fell due is told, and all of it is taken back. */
import { beforeEach, expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels, shown } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();
let chat: WholeChat;

// Wednesday, 25 November, 11:00 in Berlin.
beforeEach(async () => {
  chat = await wholeChat(db);
  await chat.write('water the plants every day');
  await chat.write('pay the rent on friday');
  await chat.write('book a table on 5 december');
});

async function at(moment: string): Promise<string[]> {
  chat.clock.advance(Date.parse(`${moment}:00+01:00`) - chat.clock.now());
  return (await chat.fired()).map(shown);
}

const due = async (title: string) => (await chat.tasks()).find((task) => task.title === title)?.dueDate;

test('recurring tasks rest until the day, and on its morning it is told what fell due meanwhile', async () => {
  const paused = await chat.write('/pause all until 1 december');
  expect(paused.text).toMatch(/^⏸ Everything is paused until Tue\.\n1 recurring task is put off\n/);
  expect(await due('Water the plants')).toBe('2026-12-01');
  expect(await at('2026-11-30T12:00')).toEqual([]);
  const [told = '', ...more] = await at('2026-12-01T09:00');
  expect(more).toEqual([]);
  expect(told).toMatch(/^⏸ The pause is over\.\n\nOne task fell due:\n❗ 2 {2}Pay the rent/);
  expect(told).not.toContain('Book a table');
  expect((await chat.write('/pause')).text).not.toContain('Everything is paused');
});

test('with nothing planned at all it is still told what fell due', async () => {
  await chat.write('/done 1');
  await chat.write('/delete 1');
  await chat.write('/pause all until 1 december');
  expect(await at('2026-12-01T09:00')).toEqual([expect.stringContaining('Pay the rent')]);
});

test('ended early by its button, tasks have their next date again and what waited is told', async () => {
  await chat.write('/pause all until 10 december');
  chat.clock.set('2026-11-29T10:00:00Z');
  const menu = await chat.write('/pause');
  expect(menu.text).toContain('Everything is paused until');
  const ended = await chat.press('End pause');
  expect(ended.replaced.map(shown)[0]).toMatch(/The pause is over[\s\S]*Pay the rent/);
  expect(await due('Water the plants')).toBe('2026-11-29');
  expect(await at('2026-12-10T09:00')).toEqual([]);
});

test('open-ended, a task has no date until everything goes on', async () => {
  await chat.write('/pause');
  const paused = await chat.press('Until ended');
  expect(paused.replaced.map(shown)[0]).toContain('until you end it');
  expect(await due('Water the plants')).toBeNull();
  chat.clock.set('2026-12-03T10:00:00Z');
  expect((await chat.write('/pause all off')).text).toContain('One task fell due');
  expect(await due('Water the plants')).toBe('2026-12-03');
  expect((await chat.write('/pause all off')).text).toBe('Nothing was paused.');
  expect((await chat.write('/pause off')).text).toBe('Nothing was paused.');
});

test.each([
  ['/pause water the plants for 2 weeks', '2026-12-09'],
  ['/pause 1 for 10 days', '2026-12-05'],
  ['/pause water the plants на неделю', '2026-12-02'],
  ['/pause water the plants until 1 december', '2026-12-01'],
])('%s rests until %s', async (words, day) => {
  await chat.write(words);
  expect(await due('Water the plants')).toBe(day);
});

test('ended before its own date came, a task has that date again, also one counted from completion', async () => {
  await chat.write('change the filter every 3 days after I finish');
  await chat.write('/due 4 friday');
  expect(await due('Change the filter')).toBe('2026-11-27');
  for (const words of ['/pause all until 1 december', '/pause all', '/pause 4']) {
    await chat.write(words);
    expect(await due('Change the filter')).not.toBe('2026-11-27');
    await chat.write(words === '/pause 4' ? '/pause 4 off' : '/pause all off');
    // Without a date it rests as its series: the date of this one alone is given up.
    expect(await due('Change the filter')).toBe(words.includes('until') ? '2026-11-27' : '2026-11-28');
  }
});

test('one undo takes the pause back whole, and one the end of it', async () => {
  await chat.write('remind me to stretch every day at 12:00');
  const paused = await chat.write('/pause all until 1 december');
  expect(labels(paused.answers[0])).toEqual(['Undo', 'End pause']);
  await chat.press('Undo');
  expect(await due('Water the plants')).toBe('2026-11-26');
  expect(await at('2026-11-25T12:00')).toEqual([expect.stringContaining('Stretch')]);
  expect(await at('2026-12-01T09:00')).not.toContainEqual(expect.stringContaining('The pause'));
  await chat.write('/pause all until 10 december');
  await chat.write('/pause all off');
  await chat.write('/undo');
  expect((await chat.write('/pause')).text).toContain('Everything is paused until');
  expect(await at('2026-12-09T12:00')).toEqual([]);
  expect(await at('2026-12-10T09:00')).toContainEqual(expect.stringContaining('The pause is over'));
});

test('a task renamed while it rests comes back with its dates', async () => {
  await chat.write('/pause all until 10 december');
  await chat.write('rename water the plants to water the garden');
  await chat.press('This one');
  await chat.write('end the pause');
  expect(await due('water the garden')).toBe('2026-11-26');
});

test('who moved west is told on the morning of the day there', async () => {
  await chat.write('/pause all until 1 december');
  await chat.write('/timezone America/New_York');
  expect(await at('2026-12-01T09:00')).toEqual([]);
  expect(await at('2026-12-01T15:00')).toEqual([expect.stringContaining('The pause is over')]);
});

test.each([
  ['pause everything until monday', /until Mon\./],
  ['pause all my reminders for a week', /until .*2 Dec/],
  ['поставь всё на паузу до понедельника', /until Mon\./],
  ['приостанови все напоминания', /until you end it/],
])('"%s" pauses everything', async (words, told) => {
  const paused = await chat.write(words);
  expect(paused.text).toMatch(told);
  expect(paused.text).toContain('⏸');
});
