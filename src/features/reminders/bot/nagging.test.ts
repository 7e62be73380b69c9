/** Guards reminders that are said again until answered: as often as wanted, each in the ledger, never in quiet time, ended by any answer. */
import { beforeEach, expect, test } from 'vitest';
import { shown } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { forgetReminders, type ReminderChat, reminderChat } from '../../../../test/support/reminder-chat.ts';
import { nagIn } from './words.ts';

const db = databaseOfFile();
let chat: ReminderChat;

beforeEach(async () => {
  await forgetReminders(db);
  chat = await reminderChat(db);
});

/** Fires at a wall-clock time of that Tuesday in Berlin; the messages are ready to be pressed. */
async function at(time: string, day = '24'): Promise<string[]> {
  chat.clock.advance(Date.parse(`2026-11-${day}T${time}:00+01:00`) - chat.clock.now());
  const views = await chat.fireAll();
  for (const view of views) await chat.update((context) => context.answer(view));
  return views.map(shown);
}

const states = async () =>
  (await db.query<{ state: string }>('SELECT state FROM deliveries ORDER BY id')).map((row) => row.state);

test('an unanswered reminder comes again after the interval, so many times and no more, each an occurrence of its own', async () => {
  const made = await chat.command('/remind call Bob at 15:00 nag 10m x2');
  expect(made.text).toMatch(/Call Bob[\s\S]*again every 10 m until answered, 2 times at most/);
  expect(await at('15:00')).toEqual(['⏰ Call Bob']);
  expect(await at('15:09')).toEqual([]);
  expect(await at('15:10')).toEqual(['⏰ Call Bob — open since 15:00, 1 of 2']);
  expect(await at('15:20')).toEqual(['⏰ Call Bob — open since 15:00, 2 of 2']);
  expect(await at('18:00')).toEqual([]);
  expect(await states()).toEqual(['sent', 'sent', 'sent']);
});

test.each(['Done', '1 hour'])(
  '%s on any of its messages answers all of them, and nothing more comes',
  async (answer) => {
    await chat.write('remind me to call Bob at 15:00 nag 10m x5');
    await at('15:00');
    await at('15:10');
    await chat.press(answer);
    expect(await at('15:20')).toEqual([]);
    const state = answer === 'Done' ? 'acknowledged' : 'snoozed';
    expect((await states()).slice(0, 3)).toEqual([state, state, 'cancelled']);
  },
);

test('a card that repeats in both ways says each once, with one sign', async () => {
  const made = await chat.write('remind me to take the pill every day at 15:00 nag every 5 min up to 3 times');
  expect(made.text).toMatch(/🔁 every day at 15:00 · again every 5 m until answered, 3 times at most/);
  expect(made.text.match(/🔁/gu)).toHaveLength(1);
});

test('a series is said again too, and Done leaves its next time', async () => {
  await chat.write('remind me to take the pill every day at 15:00 nag every 5 min up to 3 times');
  await at('15:00');
  expect(await at('15:05')).toEqual([expect.stringContaining('1 of 3')]);
  await chat.press('Done');
  expect(await at('15:10')).toEqual([]);
  expect(await chat.planned()).toEqual(['2026-11-25T14:00:00.000Z']);
  await chat.command('/undo');
  expect((await states()).slice(0, 2).sort()).toContain('sent');
});

test('in quiet time nothing is said again: it comes afterwards, and goes on from there', async () => {
  await chat.command('/quiet 22:00-7:00');
  await chat.write('remind me to lock the door at 21:55 nag 10m x2');
  expect(await at('21:55')).toEqual(['⏰ Lock the door']);
  expect(await at('22:05')).toEqual([]);
  expect(await at('07:00', '25')).toEqual([expect.stringContaining('Lock the door — ')]);
  expect(await at('07:10', '25')).toEqual([expect.stringContaining('2 of 2')]);
  expect(await at('07:20', '25')).toEqual([]);
});

test('the card sets and ends it, each taken back by undo', async () => {
  await chat.write('remind me to call Bob at 15:00');
  await chat.command('/reminders 1');
  await chat.press('More');
  await chat.press('Keep reminding');
  expect((await chat.press('5 m × 5')).text).toContain('again every 5 m');
  await at('15:00');
  await chat.command('/reminders 1');
  await chat.press('More');
  await chat.press('Keep reminding');
  await chat.press('Only once');
  expect(await at('15:05')).toEqual([]);
});

test('an urgent reminder says so, and whether it passes in quiet time', async () => {
  await chat.write('remind me to call Bob at 15:00');
  await chat.command('/reminders 1');
  await chat.press('More');
  expect((await chat.press('Urgent')).text).toMatch(/🔴 urgent[\s\S]*In quiet time it waits/);
  await chat.command('/quiet urgent on');
  await chat.command('/quiet on');
  expect(await at('15:00')).toEqual(['⏰ Call Bob']);
});

test.each([
  ['call Bob at 15:00 nag 10m x5', 'call Bob at 15:00', 10, 5],
  ['call Bob at 15:00, nag me every 2 hours up to 3 times', 'call Bob at 15:00', 120, 3],
  ['call Bob nag every 15 min', 'call Bob', 15, 5],
  ['позвонить Бобу в 15:00 повторять каждые 10 мин 4 раза', 'позвонить Бобу в 15:00', 10, 4],
])('%s', (text, words, minutes, times) => {
  expect(nagIn(text)).toEqual({ words, nag: { minutes, times } });
});

test('words that only look like it stay words', () => {
  for (const text of ['buy a nag', 'nag Bob about rent', 'ask Bob to nag me', 'повторять слова'])
    expect(nagIn(text)).toBe(null);
});

test('an answer taken back is none: it is said again from then on, as often as was left', async () => {
  await chat.command('/remind call Bob at 15:00 nag 10m x3');
  await at('15:00');
  await at('15:10');
  await chat.press('Done');
  expect(await at('15:30')).toEqual([]);
  await chat.command('/undo');
  expect(await at('15:39')).toEqual([]);
  expect(await at('15:40')).toEqual(['⏰ Call Bob — open since 15:00, 2 of 3']);
  expect(await at('15:50')).toEqual(['⏰ Call Bob — open since 15:00, 3 of 3']);
  expect(await at('18:00')).toEqual([]);
});

test('a change of its words taken back does not silence it', async () => {
  await chat.command('/remind call Bob at 15:00 nag 10m x3');
  await at('15:00');
  const [number] = (await db.query<{ number: number }>('SELECT number FROM reminders')).map((row) => row.number);
  await chat.command(`/reminders ${number}`);
  await chat.press('More');
  await chat.press('Change text');
  await chat.say('call Ann');
  await chat.command('/undo');
  expect(await at('15:10')).toEqual(['⏰ Call Bob — open since 15:00, 1 of 3']);
});

test.each([
  ['remind me to call Bob nag 10m x3', 'tomorrow at 9'],
  ['/remind call Bob nag 10m x3', 'tomorrow at 9'],
  ['/remind tomorrow at 9 nag 10m x3', 'call Bob'],
])('"%s", then "%s": what was said of nagging is kept while the rest is asked for', async (first, then) => {
  await (first.startsWith('/') ? chat.command(first) : chat.write(first));
  await chat.say(then);
  expect(await db.query('SELECT text, nag_minutes, nag_times, local_at FROM reminders')).toMatchObject([
    { text: 'Call Bob', nagMinutes: 10, nagTimes: 3, localAt: '2026-11-25T09:00' },
  ]);
});
