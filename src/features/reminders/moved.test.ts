/** Guards the figures of reminders: how they went, and the time a series is put off to again and again, offered and taken back. */
import { beforeEach, expect, test } from 'vitest';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { forgetReminders, type ReminderChat, reminderChat } from '../../../test/support/reminder-chat.ts';

const db = databaseOfFile();
let chat: ReminderChat;

beforeEach(async () => {
  await forgetReminders(db);
  chat = await reminderChat(db);
});

/** Puts the reminder off to the evening on each of these days of November, and answers it there. */
async function evenings(days: readonly number[]): Promise<void> {
  for (const day of days) {
    chat.clock.advance(Date.parse(`2026-11-${day}T09:00:00+01:00`) - chat.clock.now());
    await chat.fireOne();
    await chat.press('Tonight');
    chat.clock.advance(11 * 3_600_000);
    await chat.fireOne();
    await chat.press('Done');
  }
}

test('five evenings make a pattern that is offered, changes the series and is taken back', async () => {
  await chat.write('remind me to stretch every day at 9:00');
  await evenings([25, 26]);
  expect((await chat.command('/reminders stats')).text).not.toContain('Change it?');
  await evenings([27, 28, 29]);
  const figures = await chat.command('/reminder_stats');
  expect(figures.text).toMatch(/10 sent, 10 on time, 0 late/);
  expect(figures.text).toMatch(/5 done, 5 put off/);
  expect(figures.text).toContain('Stretch: put off 5 times to 20:00. Change it?');
  await chat.press('Stretch: 20:00');
  expect(await chat.planned()).toEqual(['2026-11-30T19:00:00.000Z']);
  expect((await chat.command('/reminders stats')).text).not.toContain('Change it?');
  await chat.command('/undo');
  expect(await chat.planned()).toEqual(['2026-11-30T08:00:00.000Z']);
});
