/** Guards quiet time and zones said in plain words: what is an order is carried out, what only sounds like one is a task, and kept hours are told. */
import { expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../test/support/chats/whole-chat.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';

const db = databaseOfFile();
let chat: WholeChat;

async function begin(language: string): Promise<void> {
  chat = await wholeChat(db, { language });
}

test.each([
  ['en', 'do not disturb until 15:00', 'Quiet now, until 15:00'],
  ['en', "don't disturb me for 2 hours", 'Quiet now, until 13:00'],
  ['en', 'Quiet hours 22:00 to 7:00', 'Every day from 22:00 to 07:00'],
  ['en', '/dnd', 'Quiet now, until you end it'],
  ['ru', 'не беспокоить до 15:00', 'до 15:00'],
  ['ru', 'тихие часы с 22 до 7', 'с 22:00 до 07:00'],
])('%s: "%s" is carried out', async (language, words, told) => {
  await begin(language);
  expect((await chat.write(words)).text).toContain(told);
  expect(await chat.tasks()).toEqual([]);
});

test.each([
  ['en', 'quiet room for the interview'],
  ['ru', 'не беспокоить соседей'],
])('%s: "%s" is a task', async (language, words) => {
  await begin(language);
  await chat.write(words);
  expect(await chat.tasks()).toHaveLength(1);
});

test('who changes the zone is told that reminders keep their hours, once and only where there are some', async () => {
  await begin('en');
  expect((await chat.write('/timezone London')).text).not.toMatch(/keeps? (?:its|their) hour/);
  await chat.write('remind me to stretch every day at 9:00');
  await chat.write('remind me to call Bob in 3 hours');
  expect((await chat.write('/timezone New York')).text).toMatch(
    /^Zone: New York\. One reminder keeps its hour: 9:00 stays 9:00/,
  );
  expect((await chat.write('/timezone New York')).text).not.toContain('keeps its hour');
});
