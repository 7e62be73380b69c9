/** Guards a pause of everything: it is silent until its day, tells on return what waited, and can be ended or taken back before. */
import { beforeEach, expect, test } from 'vitest';
import { shown } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { forgetReminders, type ReminderChat, reminderChat } from '../../../../test/support/reminder-chat.ts';

const db = databaseOfFile();
let chat: ReminderChat;

beforeEach(async () => {
  await forgetReminders(db);
  chat = await reminderChat(db);
  for (const words of ['call Bob thursday at 15:00', 'stretch every day at 8:30', 'swim on 20 december at 10:00'])
    await chat.write(`remind me to ${words}`);
});

/** Fires at a wall-clock moment in Berlin; each message in one line. */
async function at(moment: string): Promise<string[]> {
  chat.clock.advance(Date.parse(`${moment}:00+01:00`) - chat.clock.now());
  return (await chat.fireAll()).map(shown);
}

test('nothing comes before the day, and on its morning one message tells what waited', async () => {
  const paused = await chat.command('/pause all until 1 december');
  expect(paused.text).toMatch(
    /^⏸ Everything is paused until .*1 Dec.*\.\n3 reminders rest\nThat morning I tell what waited/,
  );
  expect(await at('2026-11-26T15:00')).toEqual([]);
  expect(await at('2026-12-01T08:00')).toEqual([]);
  expect(await at('2026-12-01T08:30')).toEqual([expect.stringContaining('Stretch')]);
  const told = await at('2026-12-01T09:00');
  expect(told).toContainEqual(expect.stringMatching(/^⏸ The pause is over\.\n\n2 reminders waited:/));
  const list = told.find((text) => text.startsWith('⏸')) ?? '';
  expect(list).toContain('Stretch · left out 6 times');
  expect(list).toMatch(/Call Bob · was due .*15:00/);
  expect(list).not.toContain('Swim');
  // What fires once follows by itself, to be answered.
  expect(told).toContainEqual(expect.stringMatching(/^⏰ Call Bob — was due/));
});

test('a series that was muted before did not wait', async () => {
  await chat.write('remind me to breathe every day at 9:00');
  await chat.press('More');
  await chat.press('🔕 Mute');
  await chat.command('/pause all until 1 december');
  const told = await at('2026-12-01T09:00');
  expect(told.find((text) => text.startsWith('⏸'))).not.toContain('Breathe');
});

test('ending the pause early tells what waited, and nothing is told again on the day', async () => {
  await chat.command('/pause all until 1 december');
  await at('2026-11-27T12:00');
  const ended = await chat.command('/pause all off');
  expect(ended.text).toMatch(/The pause is over[\s\S]*2 reminders waited:[\s\S]*Stretch · left out 3 times/);
  expect((await at('2026-12-01T09:00')).filter((text) => text.startsWith('⏸'))).toEqual([]);
});

test('a pause taken back is none, and a longer one takes the place of a shorter', async () => {
  await chat.command('/pause all until 1 december');
  await chat.command('/undo');
  expect(await at('2026-11-25T08:30')).toEqual([expect.stringContaining('Stretch')]);
  await chat.command('/pause all until 27 november');
  expect((await chat.command('/pause all until 2 december')).text).toContain('3 reminders rest');
  expect(await at('2026-11-27T09:00')).toEqual([]);
  expect((await at('2026-12-02T09:00')).filter((text) => text.startsWith('⏸'))).toHaveLength(1);
});

test('a return in quiet time is told when that is over', async () => {
  await chat.command('/pause all until 1 december');
  await chat.command('/quiet 8:00-10:00');
  expect(await at('2026-12-01T09:00')).toEqual([]);
  const told = [...(await at('2026-12-01T10:00')), ...(await at('2026-12-01T10:00'))];
  expect(told.filter((text) => text.startsWith('⏸'))).toHaveLength(1);
});
