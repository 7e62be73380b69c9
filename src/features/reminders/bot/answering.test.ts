/** A fired reminder in the chat: what it says when on time, late, repeated or missed, and what its answers do. */
import { beforeEach, expect, test } from 'vitest';
import { labels, shown } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { forgetReminders, type ReminderChat, reminderChat } from '../../../../test/support/reminder-chat.ts';
import type { View } from '../../../telegram/view.ts';

const db = databaseOfFile();
let chat: ReminderChat;

beforeEach(async () => {
  await forgetReminders(db);
  chat = await reminderChat(db);
});

test('on time it has the words and the buttons of the hour; Done acknowledges once', async () => {
  await chat.write('remind me to stretch in 10 minutes');
  chat.clock.advance(600_000);
  const view = await chat.fireOne();
  expect(shown(view)).toBe('⏰ Stretch');
  expect(labels(view)).toEqual(['Done', '10 min', '1 hour', 'Tonight', 'Tomorrow']);
  const done = await chat.press('Done');
  expect(done.replaced.map(shown)).toEqual(['✅ Stretch']);
  await chat.update((context) => context.answer(view));
  const twice = await chat.press('Done');
  expect([twice.toasts.length, twice.text]).toEqual([1, '']);
  await chat.update((context) => context.answer(view));
  expect((await chat.press('1 hour')).toasts).toHaveLength(1);
  expect(await chat.planned()).toEqual([]);
});

test('late it says when it was due and until when Steward was away, repeated it says so, at night it offers no tonight', async () => {
  await chat.write('remind me to call Bob at 12:00');
  chat.clock.set('2026-11-24T21:42:00Z');
  const [view] = await chat.fireAll(true);
  expect(shown(view as View)).toBe('⏰ Call Bob (repeat) — was due 12:00, I was offline until 22:42');
  expect(labels(view)).not.toContain('Tonight');
});

test('missed occurrences of a series are told in one message', async () => {
  await chat.write('remind me to stretch every day at 11:00');
  chat.clock.set('2026-11-30T12:00:00Z');
  const views = await chat.fireAll();
  expect(views.map(shown)).toEqual([
    expect.stringMatching(
      /^⏰ Stretch — was due 11:00, I was offline until 13:00\nAlso missed: .*yesterday 11:00 and 3 more$/,
    ),
  ]);
  expect((await chat.command('/why 1')).text).toContain('told together');
});

test('held up by Telegram alone it does not claim to have been offline', async () => {
  await chat.write('remind me to call Bob at 12:00');
  chat.clock.set('2026-11-24T11:00:00Z');
  const [view] = await chat.fireAll(false, 10 * 60_000);
  expect(shown(view as View)).toContain('was due 12:00, Telegram took it only at 12:10');
});

test('Done on the reminder of a task completes the task, and one undo brings both back', async () => {
  const number = await chat.addTask('Call Bob', '2026-11-24', '15:00');
  await chat.command(`/remind ${number} 30 min before`);
  await chat.command(`/remind ${number} tomorrow 9:00`);
  chat.clock.set('2026-11-24T13:30:00Z');
  const view = await chat.fireOne();
  expect(shown(view)).toBe('⏰ Call Bob\n📅 15:00');
  expect(labels(view)).toContain('Open');
  const opened = await chat.press('Open');
  expect(opened.text).toBe('card of Call Bob');
  await chat.update((context) => context.answer(view));
  const done = await chat.press('Done');
  expect(done.text).toBe('✅ Call Bob\n3 left today.');
  expect(await chat.planned()).toEqual([]);
  await chat.press('Undo');
  expect(await chat.planned()).toEqual(['2026-11-25T08:00:00.000Z']);
  const [task] = await db.query<{ status: string }>('SELECT status FROM tasks WHERE number = $1 AND space_id = $2', [
    number,
    (await chat.person()).spaceId,
  ]);
  expect(task?.status).toBe('todo');
});

test('each snooze says until when; a reply with a time snoozes, with words notes on the task, with done completes', async () => {
  const number = await chat.addTask('Call Bob', null, null);
  await chat.command(`/remind ${number} in 5 minutes`);
  chat.clock.advance(300_000);
  await chat.fireOne();
  const snoozed = await chat.press('Tomorrow');
  expect(snoozed.text).toMatch(/Call Bob: again tomorrow/i);
  expect(await chat.planned()).toEqual(['2026-11-25T08:00:00.000Z']);
  await chat.press('Undo');
  expect(await chat.planned()).toEqual([]);
  const [open] = await db.query<{ id: number }>(`SELECT id FROM deliveries WHERE state = 'sent' AND chat_id = $1`, [
    chat.chatId,
  ]);
  expect(open).toBeDefined();
  const card = (await chat.command(`/reminders ${number + 1}`)).answers[0];
  const shows = { ...card?.shows, role: 'reminder' } as NonNullable<View['shows']>;
  await chat.reply('2h', { lines: [], shows });
  expect(await chat.planned()).toEqual(['2026-11-24T11:05:00.000Z']);
  expect((await chat.reply('ask about the price', { lines: [], shows })).text).toContain('Noted');
  const notes = await db.query<{ body: string }>('SELECT body FROM notes WHERE space_id = $1', [
    (await chat.person()).spaceId,
  ]);
  expect(notes).toEqual([{ body: 'ask about the price' }]);
  expect((await chat.reply('done', { lines: [], shows })).text).toContain('✅ Call Bob');
  expect(await chat.planned()).toEqual([]);
});

test('"snooze" in words finds the reminder by number or by its words', async () => {
  await chat.write('remind me to stretch in 10 minutes');
  chat.clock.advance(600_000);
  await chat.fireOne();
  for (const [words, due] of [
    ['snooze #1 2h', '2026-11-24T11:10:00.000Z'],
    ['snooze stretch until tomorrow 8:00', '2026-11-25T07:00:00.000Z'],
  ] as const) {
    await chat.write(words, 'snooze');
    expect(await chat.planned()).toEqual([due]);
  }
});

test('a muted series is silent, is told in /why, and comes back with undo', async () => {
  await chat.write('remind me to stretch every day at 11:00');
  chat.clock.set('2026-11-24T10:00:00Z');
  await chat.fireOne();
  expect((await chat.press('Mute')).text).toContain('silent');
  chat.clock.set('2026-11-25T10:00:00Z');
  expect(await chat.fireAll()).toEqual([]);
  expect((await chat.command('/why 1')).text).toContain('the series was muted');
  await chat.command('/undo');
  chat.clock.set('2026-11-26T10:00:00Z');
  expect(await chat.fireAll()).toHaveLength(1);
});

test('buttons of a deleted reminder answer shortly and do nothing', async () => {
  await chat.write('remind me to stretch in 10 minutes');
  chat.clock.advance(600_000);
  const view = await chat.fireOne();
  await chat.command('/delreminder 1');
  for (const label of ['Done', '10 min', 'Tomorrow']) {
    await chat.update((context) => context.answer(view));
    const told = await chat.press(label);
    expect([told.toasts.length, told.text]).toEqual([1, '']);
  }
  expect(await chat.planned()).toEqual([]);
});

test("a stranger's press on somebody's reminder does nothing", async () => {
  await chat.write('remind me to stretch in 10 minutes');
  chat.clock.advance(600_000);
  const view = await chat.fireOne();
  const button = view.buttons?.[0]?.[0];
  if (button === undefined || !('data' in button)) throw new Error('a fired reminder has Done');
  const eve = await reminderChat(db);
  const told = await eve.pressData(button.data);
  expect([told.toasts.length, told.text]).toEqual([1, '']);
  await expect(eve.command('/why 1')).rejects.toMatchObject({ kind: 'not_found' });
});

test.each(['ok', '👍', 'Принято'])('"%s" in reply to a fired reminder of its own answers it', async (words) => {
  await chat.write('remind me to check the oven in 1 minute');
  chat.clock.advance(60_000);
  const fired = await chat.fireOne();
  expect((await chat.reply(words, fired)).text).toBe('✅ Check the oven');
});

test('an occurrence put off offers to mute its series, which answers both, and is taken back whole', async () => {
  await chat.write('remind me to stretch every day at 11:00');
  chat.clock.set('2026-11-24T10:00:00Z');
  await chat.fireOne();
  await chat.press('1 hour');
  chat.clock.set('2026-11-24T11:00:00Z');
  const again = await chat.fireOne();
  expect(labels(again)).toContain('🔕 Mute');
  const muted = await chat.press('🔕 Mute');
  expect(muted.replaced.map(shown)).toEqual([expect.stringContaining('🔕 Stretch: this series is silent now')]);
  chat.clock.set('2026-11-25T10:00:00Z');
  expect(await chat.fireAll()).toEqual([]);
  expect((await chat.command('/reminders')).text).not.toContain('❗');
  await chat.command('/undo');
  expect((await chat.command('/reminders')).text).toContain('❗');
  chat.clock.set('2026-11-26T10:00:00Z');
  expect((await chat.fireAll()).map(shown)).toEqual([expect.stringContaining('⏰ Stretch')]);
});

test('of a series that was deleted or muted meanwhile an occurrence put off offers no mute', async () => {
  for (const [words, ends] of [
    ['stretch every day at 11:00', '🔕 Mute'],
    ['swim every day at 11:00', 'Delete'],
  ] as const) {
    await chat.write(`remind me to ${words}`);
    chat.clock.advance(Date.parse('2026-11-24T10:00:00Z') - chat.clock.now());
    await chat.fireOne();
    await chat.press('1 hour');
    const number = ends === 'Delete' ? 3 : 1;
    await chat.command(`/reminders ${number}`);
    await chat.press('More');
    await chat.press(ends);
    chat.clock.advance(3_600_000);
    for (const view of await chat.fireAll()) expect(labels(view)).not.toContain('🔕 Mute');
    await forgetReminders(db);
    chat.clock.set('2026-11-24T09:00:00Z');
  }
});

test('a time said to an occurrence that was put off before puts it off anew, and never ends its series', async () => {
  await chat.write('remind me to stretch every day at 11:00');
  chat.clock.set('2026-11-24T10:00:00Z');
  const fired = await chat.fireOne();
  expect((await chat.reply('2h', fired)).text).toContain('again 13:00');
  expect((await chat.reply('tonight, please', fired)).text).toContain('again 20:00');
  expect(await chat.planned()).toEqual(['2026-11-24T19:00:00.000Z', '2026-11-25T10:00:00.000Z']);
  chat.clock.set('2026-11-24T19:00:00Z');
  await chat.fireOne();
  await chat.press('Done');
  await expect(chat.reply('tomorrow 9', fired)).rejects.toThrow('reminder-error-answered');
  expect(await chat.planned()).toEqual(['2026-11-25T10:00:00.000Z']);
});

test.each(['later', 'not now', 'remind me later.', 'позже', 'потом'])(
  '"%s" in reply offers times, and is not taken for a text',
  async (words) => {
    await chat.write('remind me to stretch every day at 11:00');
    chat.clock.set('2026-11-24T10:00:00Z');
    const offered = await chat.reply(words, await chat.fireOne());
    expect(labels(offered.answers[0])).toEqual(expect.arrayContaining(['Done', '10 min', '1 hour', 'Tomorrow']));
    await chat.press('1 hour');
    expect(await chat.planned()).toEqual(['2026-11-24T11:00:00.000Z', '2026-11-25T10:00:00.000Z']);
  },
);

test.each(['mute', 'stop', 'хватит'])(
  '"%s" in reply to one of a series silences it, taken back by undo',
  async (words) => {
    await chat.write('remind me to stretch every day at 11:00');
    chat.clock.set('2026-11-24T10:00:00Z');
    expect((await chat.reply(words, await chat.fireOne())).text).toContain('this series is silent now');
    chat.clock.set('2026-11-25T10:00:00Z');
    expect(await chat.fireAll()).toEqual([]);
    await chat.command('/undo');
    chat.clock.set('2026-11-26T10:00:00Z');
    expect(await chat.fireAll()).toHaveLength(1);
  },
);

test.each(['at the due time', 'when it is due', 'в срок'])('"%s" is the due time of the task itself', async (words) => {
  const number = await chat.addTask('Report', '2026-11-25', '17:00');
  expect((await chat.command(`/remind ${number} ${words}`)).text).toContain('Tomorrow 17:00 · when it is due');
  expect(await chat.planned()).toEqual(['2026-11-25T16:00:00.000Z']);
});
