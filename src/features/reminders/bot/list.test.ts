/** The list, the card and what became of each occurrence, as a person meets them. */
import { beforeEach, expect, test } from 'vitest';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { forgetReminders, type ReminderChat, reminderChat } from '../../../../test/support/reminder-chat.ts';
import { columnsOf } from '../../../core/columns.ts';
import { reconcileReminders } from '../index.ts';

const db = databaseOfFile();
let chat: ReminderChat;

beforeEach(async () => {
  await forgetReminders(db);
  chat = await reminderChat(db);
});

test('the list pages over any number, unanswered ones first, and opens cards by number', async () => {
  await chat.write('remind me to answer this in 1 minute');
  chat.clock.advance(60_000);
  await chat.fireAll();
  for (let hour = 1; hour <= 19; hour += 1) await chat.write(`remind me to do thing${hour} in ${hour} hours`);
  const first = await chat.command('/reminders');
  expect(first.text).toMatch(/^Reminders · 20\n\n❗ 1 {2}Answer this/);
  expect(labels(first.answers[0])).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '1/3',
    '▶',
    'Statistics',
    '＋ Add',
  ]);
  await chat.press('▶');
  const last = await chat.press('▶');
  expect(last.replaced[0]?.shows?.data).toEqual({ list: 'reminders', page: 2 });
  const opened = await chat.press('20');
  expect(opened.text).toContain('#20');
  const more = await chat.press('More');
  expect(labels(more.replaced[0])).toContain('Delete');
  expect((await chat.press('Delete')).text).toContain('deleted');
});

test('numbers and times of the list stand in columns, whatever a title is made of', async () => {
  for (let count = 1; count <= 9; count += 1) await chat.write(`remind me to x in ${20 + count} hours`);
  await chat.write('remind me to 日本 call 🎉 in 2 hours');
  await chat.write('remind me to stretch every day at 9');
  const { text } = await chat.command('/reminders');
  const rows = text.split('\n').filter((row) => /^(?:⏰|🔁)/u.test(row));
  expect(rows).toHaveLength(8);
  // Where the title begins, and where the time does.
  const columns = (part: RegExp) => new Set(rows.map((row) => columnsOf(part.exec(row)?.[0] ?? '')));
  expect(columns(/^.{1,2} +\d+ {2}/u).size).toBe(1);
  expect(columns(/^.*\S {2,}(?=(?:\S+ )?\d{2}:\d{2}$)/u).size).toBe(1);
});

test('time, text, pause, skip and late policy change from the card', async () => {
  await chat.write('remind me to stretch every day at 9');
  await chat.press('Change time');
  expect((await chat.say('every day at 8')).text).toMatch(/every day at 8/);
  expect(await chat.planned()).toEqual(['2026-11-25T07:00:00.000Z']);
  await chat.press('More');
  await chat.press('Change text');
  expect((await chat.say('Yoga')).text).toContain('Yoga');
  expect((await chat.command('/skip 1')).text).toContain('left out');
  expect(await chat.planned()).toEqual(['2026-11-26T07:00:00.000Z']);
  expect((await chat.command('/pause 1 until monday')).text).toContain('again');
  expect(await chat.planned()).toEqual(['2026-11-30T07:00:00.000Z']);
  await chat.command('/pause 1 off');
  expect(await chat.planned()).toEqual(['2026-11-26T07:00:00.000Z']);
  expect((await chat.command('/pause all')).text).toContain('1 reminder rests');
  expect(await chat.planned()).toEqual([]);
  await chat.command('/undo');
  expect(await chat.planned()).toEqual(['2026-11-26T07:00:00.000Z']);
  await chat.command('/reminders 1');
  await chat.press('More');
  expect((await chat.press('Skip late')).text).toContain('over an hour late');
});

test('/why finds by its words what was answered already, where nothing else is called so', async () => {
  await chat.write('remind me to buy flowers in 1 minute');
  chat.clock.advance(60_000);
  await chat.fireOne();
  await chat.press('Done');
  expect((await chat.command('/why flowers')).text).toMatch(/Buy flowers {2}#1[\s\S]*done/);
  await chat.write('remind me to water the flowers in 1 hour');
  expect((await chat.command('/why flowers')).text).toMatch(/Water the flowers {2}#2/);
  await expect(chat.command('/why tulips')).rejects.toMatchObject({ key: 'error-no-match' });
});

test('/why tells each occurrence: sent, late, repeated, its message, what was called off and why', async () => {
  await chat.write('remind me to stretch every day at 11:00');
  chat.clock.set('2026-11-24T10:42:00Z');
  await chat.fireAll(true);
  await chat.command('/skip 1');
  const { text: why } = await chat.command('/why 1');
  expect(why).toContain('42 minutes late');
  expect(why).toContain('sent twice');
  expect(why).toContain('message 5500');
  expect(why).toContain('you left it out');
  expect(why).toContain('to come');
});

test('nothing to tell is said kindly, and the reconciler finds nothing to do', async () => {
  expect((await chat.command('/reminders')).text).toContain('Nothing to remind you of');
  expect((await chat.command('/reminder_stats')).text).toContain('None was due');
  expect(await reconcileReminders(db, chat.clock.now(), () => {})).toBe(0);
  await expect(chat.command('/why 99')).rejects.toMatchObject({ kind: 'not_found' });
});

test.each([
  ['why', 'stretch'],
  ['snooze', 'stretch 2h'],
  ['delreminder', '1'],
])('/%s alone asks which one is meant, with the list, and takes "%s" for an answer', async (name, said) => {
  await chat.write('remind me to stretch every day at 12:00');
  const { text } = await chat.command(`/${name}`);
  expect(text).toContain('Which one? Write its number or a word of it.');
  expect(text).toContain('Stretch');
  expect(await chat.say(said)).toMatchObject({ taken: true, handled: [`/${name} ${said}`] });
});

test('words that name no reminder are no answer to the question which one, and end it', async () => {
  await chat.write('remind me to stretch every day at 12:00');
  await chat.command('/snooze');
  expect((await chat.say('buy milk')).taken).toBe(false);
  expect(await chat.flow()).toBeNull();
});
