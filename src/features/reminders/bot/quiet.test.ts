/** Guards quiet time: what falls due in it is held, told in one message afterwards, and answered there; urgent and chosen ones come. */
import { beforeEach, expect, test } from 'vitest';
import { labels, shown } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { forgetReminders, type ReminderChat, reminderChat } from '../../../../test/support/reminder-chat.ts';
import { iso } from '../../../core/clock.ts';

const db = databaseOfFile();
let chat: ReminderChat;

beforeEach(async () => {
  await forgetReminders(db);
  chat = await reminderChat(db);
});

/** Tuesday 24 November in Berlin, at this wall-clock time, or on a day of November. */
async function at(time: string, day = 24): Promise<string[]> {
  const to = Date.parse(`2026-11-${day}T${time}:00+01:00`);
  chat.clock.advance(to - chat.clock.now());
  return (await chat.fireAll()).map(shown);
}

async function rows(): Promise<string[]> {
  const found = await db.query<{ text: string; state: string; reason: string | null; heldUntil: number | null }>(
    `SELECT r.text, d.state, d.reason, d.held_until FROM deliveries d JOIN reminders r ON r.id = d.reminder_id
      WHERE d.state <> 'due' OR d.queued_at IS NOT NULL ORDER BY d.due_at, d.id`,
  );
  return found.map((row) =>
    [row.text, row.state, row.reason, row.heldUntil && iso(row.heldUntil)].filter(Boolean).join(' '),
  );
}

test('what falls due in quiet hours is held with its reason, and comes in one message in which each is answered', async () => {
  await chat.command('/quiet 22:00-7:00');
  for (const words of ['call Bob at 22:30', 'stretch every day at 23:15', 'water plants tomorrow at 06:59'])
    await chat.write(`remind me to ${words}`);
  await chat.write('remind me to have tea tomorrow at 07:00');
  expect(await at('22:30')).toEqual([]);
  expect(await at('23:15')).toEqual([]);
  expect(await rows()).toEqual([
    'Call Bob held quiet 2026-11-25T06:00:00.000Z',
    'Stretch held quiet 2026-11-25T06:00:00.000Z',
  ]);
  expect((await chat.command('/why call Bob')).text).toContain('held until tomorrow 07:00');
  expect((await chat.command('/reminders')).text).toContain('Call Bob');
  expect(await at('06:59', 25)).toEqual([]);
  chat.clock.advance(60_000);
  const told = await chat.fireAll();
  expect(told.map(shown).find((text) => text.includes('tea'))).toContain('⏰ Have tea');
  const list = told.find((view) => shown(view).includes('3 reminders waited'));
  expect(list && shown(list)).toMatch(/Call Bob · .*22:30[\s\S]*Stretch · .*23:15[\s\S]*Water plants · 06:59/);
  if (list === undefined) return;
  await chat.update((context) => context.answer(list));
  const done = await chat.press('✅ 1');
  expect(done.replaced).toHaveLength(1);
  expect(done.text).toMatch(/✅ 1 {2}Call Bob/);
  expect(labels(done.replaced[0])).toContain('✅ 2');
  const later = await chat.press('Tomorrow');
  expect(later.text).toMatch(/💤 2 {2}Stretch/);
  // The list stays, and what was last done in it can be taken back.
  const undone = await chat.press('Undo');
  expect(undone.replaced).toEqual([]);
  expect(await rows()).toContain('Stretch sent');
  expect((await chat.command('/why 1')).text).toMatch(/sent 07:00.*on time.*quiet time/);
});

test('the only one held reads as it would have, with the time it was due, and its buttons answer it', async () => {
  await chat.command('/quiet 22:00-7:00');
  await chat.write('remind me to call Bob at 22:30');
  await at('22:30');
  chat.clock.advance(8.5 * 3_600_000);
  const view = await chat.fireOne();
  expect(shown(view)).toMatch(/^⏰ Call Bob — was due .*22:30/);
  await chat.press('Done');
  expect(await rows()).toEqual(['Call Bob acknowledged quiet']);
});

test('ending the silence brings what waited at once; turning it on again holds what comes', async () => {
  await chat.command('/quiet on');
  await chat.write('remind me to call Bob at 11:00');
  await chat.write('remind me to have tea at 11:30');
  expect(await at('12:00')).toEqual([]);
  expect((await chat.command('/why tea')).text).toContain('held until you end the silence');
  await chat.command('/quiet off');
  expect(await at('12:00')).toEqual([expect.stringContaining('2 reminders waited')]);
  await chat.command('/quiet until 15:00');
  await chat.write('remind me to swim at 14:00');
  expect(await at('14:00')).toEqual([]);
  await chat.command('/undo');
  await chat.command('/undo');
  expect(await at('14:00')).toEqual([]);
});

test('undo of a silence lets go what it held', async () => {
  await chat.write('remind me to swim at 14:00');
  await chat.command('/quiet until 15:00');
  expect(await at('14:00')).toEqual([]);
  await chat.command('/undo');
  expect(await at('14:01')).toEqual([expect.stringMatching(/Swim — was due .*14:00/)]);
});

test('urgent ones pass only where their owner lets them', async () => {
  await chat.command('/quiet 22:00-7:00');
  const task = await chat.addTask('Pay rent', '2026-11-24', '23:00');
  await db.query('UPDATE tasks SET priority = 5 WHERE number = $1', [task]);
  await chat.command(`/remind ${task} 22:15`);
  await chat.command(`/remind ${task} 22:45`);
  expect(await at('22:15')).toEqual([]);
  await chat.command('/quiet urgent on');
  expect(await at('22:45')).toEqual([expect.stringContaining('Pay rent')]);
});

test('an instant chosen by a snooze is kept in quiet hours', async () => {
  await chat.command('/quiet 22:00-7:00');
  await chat.write('remind me to call Bob at 21:55');
  chat.clock.advance(Date.parse('2026-11-24T21:55:00+01:00') - chat.clock.now());
  await chat.fireOne();
  await chat.press('10 min');
  expect(await at('22:05')).toEqual([expect.stringContaining('Call Bob')]);
});

test('a change of zone moves the end of what is held, and loses nothing', async () => {
  await chat.command('/quiet 22:00-7:00');
  await chat.write('remind me to stretch every day at 23:00');
  await at('23:00');
  await chat.command('/timezone Asia/Tokyo');
  // It is 07:00 in Tokyo.
  expect(await at('23:00')).toEqual([expect.stringContaining('Stretch')]);
});

test('of a series that came several times in quiet hours the newest is told and the others have their reason', async () => {
  await chat.command('/quiet 22:00-7:00');
  await chat.write('remind me to drink every hour');
  for (const hour of ['22:00', '23:00']) await at(hour);
  for (const hour of ['00:00', '01:00', '02:00', '03:00', '04:00', '05:00', '06:00']) await at(hour, 25);
  const told = await at('07:00', 25);
  expect(told.filter((text) => text.includes('was due'))).toHaveLength(1);
  expect((await rows()).filter((row) => row.includes('skipped quiet-together')).length).toBeGreaterThanOrEqual(8);
});
