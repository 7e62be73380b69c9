/** Guards settings and onboarding: every change is told, undoable, followed by reminders and replicas; a wrong word changes nothing. */
import { beforeEach, expect, test } from 'vitest';
import { labels, type TestChat, testChat, testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { DrivenClock } from '../../core/clock.ts';
import type { Feature } from '../../telegram/feature.ts';
import { historyFeature } from '../history/index.ts';
import { buttons, PARTS } from './buttons.ts';
import { settingsFeature } from './index.ts';

const db = databaseOfFile();
let clock: DrivenClock;
let chat: TestChat;
let planned: string[];
let settings: Feature;
let nextId = 7000;

async function chatOf(language = 'en'): Promise<TestChat> {
  settings = settingsFeature({
    zoneChanged: async (_tx, actor) => void planned.push(actor.person.timezone),
    quietChanged: async (_tx, actor) => void planned.push(`quiet ${actor.person.quietHours}`),
  });
  const history = historyFeature({ hooks: () => settings.restored ?? {} });
  return testChat(db, clock, await testPerson(db, nextId++, { language }), [settings, history]);
}

beforeEach(async () => {
  clock = new DrivenClock('2026-11-22T10:00:00Z');
  planned = [];
  chat = await chatOf();
});

test('/start asks for zone and language in one message edited in place, and ends with three examples to tap', async () => {
  const first = await chat.command('/start', { languageCode: 'en-GB' });
  expect(first.answers).toHaveLength(1);
  expect(first.text).toContain('1/2');
  expect(labels(first.answers[0]).some((label) => label.startsWith('London 10:00'))).toBe(true);
  const second = await chat.press('London');
  expect(second.answers).toEqual([]);
  expect(second.replaced).toHaveLength(1);
  expect(second.text).toContain('2/2');
  const third = await chat.press('English');
  expect(third.replaced).toHaveLength(1);
  expect(third.text).toContain('London');
  expect((await chat.press('call Bob')).handled).toEqual(['call Bob tomorrow 3pm']);
  expect(await chat.person()).toMatchObject({ timezone: 'Europe/London', language: 'en', locale: 'en-GB' });
});

test('every question of the onboarding can be skipped', async () => {
  await chat.command('/start');
  await chat.press('Skip');
  const done = await chat.press('Skip');
  expect(labels(done.replaced[0])).toHaveLength(5);
  expect((await chat.person()).timezone).toBe('Europe/Berlin');
  expect(await chat.flow()).toBeNull();
});

test('the onboarding speaks the language of the person at once', async () => {
  const told = await chat.command('/start', { languageCode: 'ru' });
  expect(told.text).toContain('Где вы?');
  expect((await chat.person()).language).toBe('ru');
});

test('a later /start does not take a chosen language away', async () => {
  await chat.command('/start', { languageCode: 'en' });
  await chat.command('/language ru');
  await chat.command('/start', { languageCode: 'en' });
  expect((await chat.person()).language).toBe('ru');
});

test('a city typed in the onboarding is taken, and the message that asked goes on', async () => {
  await chat.command('/start');
  await db.query(
    `INSERT INTO message_links (bot_id, chat_id, message_id, role, entity, data, created_at)
     VALUES (4242, $1, 77, 'prompt', 'none', '{"prompt":"start"}', now())`,
    [chat.chatId],
  );
  const told = await chat.say('нью-йорк');
  expect(told.taken).toBe(true);
  expect(told.edits.map((edit) => edit.messageId)).toEqual([77]);
  expect((await chat.person()).timezone).toBe('America/New_York');
  expect(planned).toEqual(['America/New_York']);
});

test('a location is turned into the nearest zone, and the place chosen is said', async () => {
  await chat.command('/start');
  const told = await chat.say('', { location: { latitude: 48.2, longitude: 11.5 } });
  expect(told.text).toContain('Munich');
  expect((await chat.person()).timezone).toBe('Europe/Berlin');
});

test('a location sent without being asked for sets the zone, in a private chat only, and can be taken back', async () => {
  const location = { latitude: 40.65, longitude: -73.95 };
  let taken = true;
  const send = (chatKind: 'private' | 'group') =>
    chat.update(
      async (context) => {
        taken = (await settings.location?.(context)) === true;
      },
      { location, chatKind },
    );
  await send('group');
  expect([taken, (await chat.person()).timezone]).toEqual([false, 'Europe/Berlin']);
  const told = await send('private');
  expect(taken).toBe(true);
  expect(told.text).toContain('New York');
  expect((await chat.person()).timezone).toBe('America/New_York');
  expect(planned).toEqual(['America/New_York']);
  await chat.command('/undo');
  expect((await chat.person()).timezone).toBe('Europe/Berlin');
  await chat.update((context) => context.flow.start('reminder.when', {}));
  await send('private');
  expect(await chat.flow(), "another feature's question still waits").toBe('reminder.when');
});

test('words that are no place are left to be handled as any message', async () => {
  await chat.command('/start');
  expect((await chat.say('call Bob tomorrow 3pm')).taken).toBe(false);
  expect((await chat.say('buy milk')).taken).toBe(false);
  expect((await chat.say('hi')).taken).toBe(false);
});

test('a question for the zone takes no message that means something else, and asks for a city no more than twice', async () => {
  await chat.command('/timezone');
  for (const words of ['in half an hour a call', 'milk tomorrow', 'milk #shop', 'done with milk', 'undo']) {
    expect((await chat.say(words)).taken, words).toBe(false);
  }
  expect((await chat.say('Springfield')).text).toContain('I know no zone "Springfield"');
  expect((await chat.say('Londo')).text).toContain('Did you mean');
  expect((await chat.say('thanks')).taken).toBe(false);
  await chat.command('/timezone Nowhereland');
  expect((await chat.say('thanks')).taken).toBe(false);
  expect((await chat.say('tokyo')).text).toContain('Zone: Tokyo.');
});

test('/timezone takes a city, an IANA name and a slip, and tells reminders', async () => {
  await chat.command('/timezone New York');
  await chat.command('/timezone Asia/Tokyo');
  const told = await chat.command('/settimezone Lodnon');
  expect(told.text).toContain('Zone: London.');
  expect(planned).toEqual(['America/New_York', 'Asia/Tokyo', 'Europe/London']);
});

test('a zone that does not exist changes nothing and offers near names', async () => {
  const told = await chat.command('/timezone Europe/Sidny');
  expect(told.text).toContain('I know no zone "Europe/Sidny"');
  const near = await chat.command('/timezone Sidny');
  expect(labels(near.answers[0]).some((label) => label.startsWith('Sydney'))).toBe(true);
  const hostile = await chat.command(`/timezone ${'x'.repeat(4000)}`);
  expect(hostile.text.length).toBeLessThan(400);
  expect(planned).toEqual([]);
  expect((await chat.person()).timezone).toBe('Europe/Berlin');
});

test('/timezone alone shows the present time and asks; /cancel ends the question', async () => {
  expect((await chat.command('/currenttime')).text).toContain('Europe/Berlin');
  expect(await chat.flow()).toBe('settings.zone');
  await chat.command('/cancel');
  expect(await chat.flow()).toBeNull();
  await expect(chat.command('/cancel')).rejects.toMatchObject({ key: 'error-nothing-to-cancel' });
});

test('/searchtimezone lists instead of choosing', async () => {
  await chat.command('/searchtimezone berlin');
  expect((await chat.person()).timezone).toBe('Europe/Berlin');
  expect((await chat.press('Berlin')).text).toContain('Zone: Berlin.');
});

test('undo brings a zone back and has the reminders planned anew', async () => {
  await chat.command('/timezone Tokyo');
  const told = await chat.press('Undo');
  expect(told.text).toContain('Berlin again');
  expect((await chat.person()).timezone).toBe('Europe/Berlin');
  expect(planned).toEqual(['Asia/Tokyo', 'Europe/Berlin']);
});

test('undo of a language is told in the language that holds again', async () => {
  const told = await chat.command('/language ru');
  expect(told.text).toContain('Язык: русский.');
  expect((await chat.command('/undo')).text).toContain('Language: English again.');
});

test('every setting of the menu can be chosen by button, is shown chosen, and can be undone', async () => {
  const choices: Array<[string, string, Record<string, unknown>]> = [
    ['Dates', '6 May', { dateOrder: 'mdy' }],
    ['Clock', '3 PM', { clock: '12' }],
    ['Week', 'Sunday', { weekStart: 7 }],
    ['Language', 'Русский', { language: 'ru' }],
  ];
  for (const [section, choice, expected] of choices) {
    const before = await chat.person();
    await chat.command('/settings');
    await chat.press(section);
    const told = await chat.press(choice);
    expect(told.replaced).toHaveLength(1);
    expect(await chat.person()).toMatchObject(expected);
    await chat.command('/undo');
    expect(await chat.person()).toEqual(before);
  }
});

test('the hour of a part of the day is kept only where it differs from the usual one', async () => {
  await chat.command('/settings');
  await chat.press('Hours');
  await chat.press('Morning');
  await chat.press('08:00');
  expect((await chat.person()).dayParts).toEqual({ morning: '08:00' });
  expect(planned).toHaveLength(1);
  await chat.press('Hours');
  await chat.press('Morning');
  await chat.press('Usual');
  expect((await chat.person()).dayParts).toEqual({});
});

test('a language Steward does not speak is refused with those it does', async () => {
  await expect(chat.command('/language klingon')).rejects.toMatchObject({ key: 'settings-language-unknown' });
  await chat.command('/language Русский');
  expect((await chat.person()).language).toBe('ru');
});

test('a change of settings reaches every replica', async () => {
  let told = 0;
  const stop = await db.listen('steward_people', () => {
    told += 1;
  });
  const before = told;
  await chat.command('/timezone Tokyo');
  await expect.poll(() => told).toBeGreaterThan(before);
  await stop();
});

test('the region follows Telegram, so that numeric dates are read as people there write them', async () => {
  const german = await chatOf();
  await german.command('/start', { languageCode: 'de' });
  expect(await german.person()).toMatchObject({ language: 'en', locale: 'en-DE' });
});

test('choosing what is so already makes no action and plans nothing anew', async () => {
  const told = await chat.command('/timezone Berlin');
  expect(told.text).toContain('Zone: Berlin.');
  expect(labels(told.answers[0])).not.toContain('Undo');
  expect(planned).toEqual([]);
  await expect(chat.command('/undo')).rejects.toMatchObject({ key: 'error-nothing-to-undo' });
});

test("two people change their settings without seeing each other's", async () => {
  const other = await chatOf();
  await chat.command('/timezone Tokyo');
  await other.command('/timezone London');
  expect((await chat.person()).timezone).toBe('Asia/Tokyo');
  await other.command('/undo');
  expect((await chat.person()).timezone).toBe('Asia/Tokyo');
  expect((await other.person()).timezone).toBe('Europe/Berlin');
});

test.each(['en', 'ru'])('every question and answer can be said in %s', async (language) => {
  const here = await chatOf(language);
  await here.command('/start', { languageCode: language });
  await here.say('Sidny');
  await here.say('', { location: { latitude: 59.9, longitude: 30.3 } });
  await here.command('/settings');
  for (const section of ['zone', 'language', 'dates', 'clock', 'week', 'parts'] as const) {
    const opened = await here.pressData(buttons.open({ section }));
    expect(opened.replaced[0]?.buttons?.length).toBeGreaterThan(1);
  }
  for (const part of PARTS) {
    await here.pressData(buttons.part({ part }));
    await here.pressData(buttons.partAt({ part, at: '01:00' }));
    expect((await here.command('/undo')).text).toContain('↩️');
  }
  for (const order of ['dmy', 'mdy', null] as const) await here.pressData(buttons.dates({ order }));
  for (const chosen of ['24', '12', null] as const) await here.pressData(buttons.clock({ clock: chosen }));
  for (const day of ['6', '7', '1'] as const) await here.pressData(buttons.week({ day }));
  expect((await here.command('/undo 20')).text).toContain('↩️');
  expect((await here.command('/history')).text.split('\n').length).toBeGreaterThan(8);
});
