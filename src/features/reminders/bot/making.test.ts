/** Making and moving reminders from words: free text, commands and their older names, questions and their answers, edits. */
import { beforeEach, expect, test } from 'vitest';
import { labels, shown } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { forgetReminders, type ReminderChat, reminderChat } from '../../../../test/support/reminder-chat.ts';
import type { ReminderId } from '../../../core/ids.ts';
import type { View } from '../../../telegram/view.ts';
import { beforeItem } from './words.ts';

const db = databaseOfFile();
let chat: ReminderChat;

beforeEach(async () => {
  await forgetReminders(db);
  chat = await reminderChat(db);
});

test('"remind me to stretch in 1 minute" is echoed, planned to the minute and taken back by Undo', async () => {
  const told = await chat.write('remind me to stretch in 1 minute');
  expect(told.text).toContain('Stretch');
  expect(labels(told.answers[0])).toEqual(['Undo', 'Change time', 'More']);
  expect(await chat.planned()).toEqual(['2026-11-24T09:01:00.000Z']);
  await chat.press('Undo');
  expect(await chat.planned()).toEqual([]);
});

test('a series is told in words with its next dates', async () => {
  const told = await chat.write('remind me to stretch every day at 9');
  expect(told.text).toMatch(/🔁 every day at 9/);
  expect(told.text).toMatch(/Then /);
  expect(await chat.planned()).toEqual(['2026-11-25T08:00:00.000Z']);
});

test('another time for a series is asked about: the next one alone, or all that follow, and never ends it', async () => {
  await chat.write('remind me to stretch every day at 12');
  const asked = await chat.command('/remind 1 tomorrow 9:30');
  expect(asked.text).toMatch(/every day at 12:00\nAnother time for this one only, or for all following/);
  expect(await chat.planned()).toEqual(['2026-11-24T11:00:00.000Z']);
  const one = await chat.press('This one');
  expect(one.text).toContain('Tomorrow 09:30');
  expect(await chat.planned()).toEqual(['2026-11-25T08:30:00.000Z', '2026-11-25T11:00:00.000Z']);
  await chat.press('Undo');
  expect(await chat.planned()).toEqual(['2026-11-24T11:00:00.000Z']);
  await chat.command('/remind 1 13:00');
  expect((await chat.press('All following')).text).toContain('every day at 13:00');
  expect(await chat.planned()).toEqual(['2026-11-24T12:00:00.000Z']);
  await chat.command('/remind 1 14:00');
  expect((await chat.press('Cancel')).text).toBe('Left as it is.');
  expect(await chat.planned()).toEqual(['2026-11-24T12:00:00.000Z']);
});

test('a weekday moves with all that follow where the rule can say so, and is not offered where it cannot', async () => {
  await chat.write('remind me to call Mum every sunday at 18:00');
  await chat.command('/remind 1 saturday 17:00');
  expect((await chat.press('All following')).text).toMatch(/every Sat\w* at 17:00/);
  await chat.write('remind me to report on the last friday of the month at 10:00');
  expect(labels((await chat.command('/remind 2 thursday 10:00')).answers[0])).toEqual(['This one', 'Cancel']);
});

test('a time that the change of the clocks leaves out or repeats is said to be so', async () => {
  const gap = await chat.write('remind me to turn the bread on 28 march 2027 at 2:30 am');
  expect(gap.text).toContain('There is no 02:30 that day');
  expect(await chat.planned()).toEqual(['2027-03-28T01:30:00.000Z']);
  const overlap = await chat.write('напомни проверить печь 31 октября 2027 в 2:30 ночи');
  expect(overlap.text).toMatch(/02:30 comes twice that day|02:30 наступит дважды/);
  expect((await chat.write('remind me to sleep on 28 march 2027 at 23:00')).text).not.toMatch(/that day/);
});

test('"30 min before #12" is a reminder of that task, relative to its due date', async () => {
  const number = await chat.addTask('Call Bob', '2026-11-26', '15:00');
  const told = await chat.write(`remind me 30 min before #${number}`);
  expect(told.text).toContain('Call Bob');
  expect(await chat.planned()).toEqual(['2026-11-26T13:30:00.000Z']);
  await chat.write(`напомни за час до #${number}`);
  expect(await chat.planned()).toEqual(['2026-11-26T13:00:00.000Z', '2026-11-26T13:30:00.000Z']);
  expect((await chat.write('remind me 10 min before lunch')).text).toContain('when?');
});

test('a length before something is told from other words', () => {
  expect(beforeItem('30 min before call Bob')).toEqual({ minutes: 30, item: 'call Bob' });
  expect(beforeItem('an hour before the call')).toEqual({ minutes: 60, item: 'the call' });
  expect(beforeItem('за полчаса до созвона')).toEqual({ minutes: 30, item: 'созвона' });
  for (const words of [
    'think before you speak',
    '30 min before',
    'call before lunch',
    'за хлебом до обеда',
    'x '.repeat(500),
  ]) {
    expect(beforeItem(words), words).toBeNull();
  }
});

test('what has no reminder is put off as a task', async () => {
  const number = await chat.addTask('Call Bob', '2026-11-26', '15:00');
  expect((await chat.write(`snooze #${number} until tomorrow`, 'snooze')).text).toContain('put off');
  expect((await chat.write('snooze call bob until tomorrow', 'snooze')).text).toContain('put off');
  await chat.write('remind me to stretch in 1 hour');
  expect((await chat.write('snooze stretch until tomorrow 9', 'snooze')).text).not.toContain('put off');
});

test('words without a time are asked for one and kept; the answer or a button makes the reminder', async () => {
  const asked = await chat.write('remind me to call Bob');
  expect(asked.text).toContain('when?');
  const made = await chat.say('tomorrow 9:30');
  expect(made.text).toContain('Call Bob');
  expect(await chat.planned()).toEqual(['2026-11-25T08:30:00.000Z']);
  await chat.write('remind me to book a train');
  await chat.press('In 1 hour');
  expect(await chat.planned()).toEqual(['2026-11-24T10:00:00.000Z', '2026-11-25T08:30:00.000Z']);
});

test('a time alone waits for its words, and a word alone that is no time is asked about again', async () => {
  await chat.write('remind me');
  expect((await chat.say('in 2 hours')).text).toMatch(/11:00|12:00/);
  expect((await chat.say('turn the bread')).text).toMatch(/Turn the bread[\s\S]*Today 12:00/);
  expect((await chat.command('/remind tomorrow 9')).text).toContain('What shall I remind you of?');
  expect((await chat.say('open the shop')).text).toMatch(/Open the shop[\s\S]*Tomorrow 09:00/);
  await chat.write('remind me to call the bank');
  expect((await chat.say('soon')).text).toContain('I could not place "soon"');
  expect((await chat.say('buy stamps instead')).taken).toBe(false);
  expect((await chat.say('friday 10')).text).toContain('Fri 10:00');
  await chat.command('/remind 3');
  expect((await chat.say('yesterday')).text).toContain('"yesterday" has passed already');
});

test('two readings are asked about, and the one chosen is taken with its title', async () => {
  const asked = await chat.write('remind me to pay rent friday midnight');
  expect(await chat.planned()).toEqual([]);
  const [first = ''] = labels(asked.answers[0]);
  await chat.press(first);
  expect(await chat.planned()).toHaveLength(1);
  expect((await chat.command('/reminders')).text).toMatch(/Pay rent/i);
});

test('LarryBot2 commands for a task work as they were documented', async () => {
  const number = await chat.addTask('Call Bob', '2027-03-12', '15:00');
  expect((await chat.command(`/addreminder ${number} 2027-03-10 09:00`)).text).toContain('Call Bob');
  await chat.command(`/remind ${number} 30 min before`);
  await chat.command(`/reminder_quick ${number} 1h`);
  expect(await chat.planned()).toEqual([
    '2026-11-24T10:00:00.000Z',
    '2027-03-10T08:00:00.000Z',
    '2027-03-12T13:30:00.000Z',
  ]);
  const list = await chat.command(`/reminders ${number}`);
  expect(list.replaced[0]?.buttons).toHaveLength(3);
  await chat.command(`/delreminder ${number + 1}`);
  await chat.command(`/reminder_snooze ${number + 3} 30`);
  expect(await chat.planned()).toEqual(['2026-11-24T09:30:00.000Z', '2027-03-12T13:30:00.000Z']);
  expect((await chat.command('/reminder_stats')).text).toContain('30 days');
});

test('editing the message a reminder was made from changes the reminder', async () => {
  await chat.write('remind me to call Bob tomorrow 15:00');
  const [row] = await db.query<{ entityId: ReminderId }>(
    `SELECT entity_id FROM message_links WHERE chat_id = $1 AND role = 'source'`,
    [chat.chatId],
  );
  const subject = { role: 'source', entity: 'reminder', entityId: row?.entityId ?? 0 } as const;
  const told = await chat.update(async (context) => chat.feature.edited?.reminder?.(context, subject), {
    text: 'remind me to call Alice tomorrow 16:00',
  });
  expect(told.text).toContain('Call Alice');
  expect(await chat.planned()).toEqual(['2026-11-25T15:00:00.000Z']);
});

test('/remind takes any words as a reminder, in both languages, and asks when there are none', async () => {
  expect((await chat.command('/remind done with the report tomorrow 10:00')).text).toMatch(/report/i);
  expect((await chat.command('/remind позвонить маме завтра в 11:00')).text).toMatch(/позвонить маме/i);
  expect(await chat.planned()).toEqual(['2026-11-25T09:00:00.000Z', '2026-11-25T10:00:00.000Z']);
  expect((await chat.command('/remind')).text).toContain('What shall I remind you of');
  expect((await chat.say('water the plants tomorrow 12:00')).text).toMatch(/water the plants/i);
  expect(await chat.planned()).toHaveLength(3);
});

test('a time without words is kept until the words come', async () => {
  expect((await chat.write('remind me in 2 hours')).text).toContain('Today 12:00');
  expect((await chat.say('Feed the cat')).text).toContain('Feed the cat');
  expect(await chat.planned()).toEqual(['2026-11-24T11:00:00.000Z']);
});

test('/remind with the number of a reminder moves it, and with a number of nothing makes nothing', async () => {
  await chat.write('remind me to call Bob tomorrow 15:00');
  await chat.command('/remind 1 friday 10:00');
  expect(await chat.planned()).toEqual(['2026-11-27T09:00:00.000Z']);
  await expect(chat.command('/addreminder 77 2026-12-10 09:00')).rejects.toMatchObject({ kind: 'not_found' });
  await chat.command('/remind 12 eggs tomorrow 8:00');
  expect((await chat.command('/reminders')).text).toContain('12 eggs');
});

test('a time in reply to the card moves the reminder; other words are offered as its text', async () => {
  const card = (await chat.write('remind me to call Bob tomorrow 15:00')).answers[0];
  await chat.reply('friday 10:00', card);
  expect(await chat.planned()).toEqual(['2026-11-27T09:00:00.000Z']);
  expect((await chat.reply('Call Alice', card)).text).toContain('instead?');
  expect((await chat.press('Change text')).text).toContain('Call Alice');
  await chat.reply('delete', card);
  expect(await chat.planned()).toEqual([]);
});

test('a time that is past or impossible keeps the words and asks again', async () => {
  const told = await chat.write('remind me to call Bob on 31 February');
  expect(told.text).toContain('when?');
  expect(await chat.planned()).toEqual([]);
  await chat.say('tomorrow 9');
  expect(await chat.planned()).toHaveLength(1);
});

test('Russian words are answered in Russian', async () => {
  const chat = await reminderChat(db, 'ru');
  const told = await chat.write('напомни позвонить Бобу завтра в 15:00');
  expect(told.text).toContain('Позвонить Бобу');
  expect(labels(told.answers[0])).toEqual(['Отменить', 'Другое время', 'Ещё']);
  chat.clock.set('2026-11-25T14:00:00Z');
  const [fired] = await chat.fireAll(true, 5 * 60_000);
  expect(shown(fired as View)).toMatch(/^⏰ Позвонить Бобу \(повтор\) — срок был .*15:00/);
  expect((await chat.command('/why 1')).text).toContain('отправлено');
  expect((await chat.command('/pause all')).text).toContain('Всё на паузе, пока вы её не снимете');
});

test('an edit of the message changes words or time, each where it says so, and asks where it is in doubt', async () => {
  await chat.write('remind me to water the roses in 2 hours');
  const edit = (text: string) =>
    chat.update(
      async (context) => {
        const [row] = await db.query<{ id: number }>('SELECT id FROM reminders ORDER BY id DESC LIMIT 1');
        await chat.feature.edited?.reminder?.(context, { role: 'source', entity: 'reminder', entityId: row?.id ?? 0 });
      },
      { text },
    );
  expect((await edit('remind me to water the tulips')).text).toContain('Water the tulips');
  expect(await chat.planned()).toEqual(['2026-11-24T11:00:00.000Z']);
  expect((await edit('remind me to water the tulips in 3 hours')).text).toContain('Water the tulips');
  expect(await chat.planned()).toEqual(['2026-11-24T12:00:00.000Z']);
  expect((await edit('remind me to water the tulips friday midnight')).text).toContain('friday midnight');
  expect(await chat.planned()).toEqual(['2026-11-24T12:00:00.000Z']);
});

test('a time that can only be meant of the past is told so, never offered', async () => {
  for (const words of ['remind me yesterday to sleep', 'напомни вчера поспать']) {
    const told = await chat.write(words);
    expect(told.text).toContain('has passed already');
    expect(labels(told.answers[0])).not.toContain('Yesterday 09:00');
  }
});
