/** Guards help: made of the registry alone, no wall, nothing of the operator's for others, slips understood. */
import { beforeEach, expect, test } from 'vitest';
import { labels, shown, type TestChat, testChat, testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { parse } from '../../capture/index.ts';
import { DrivenClock } from '../../core/clock.ts';
import { translator } from '../../locales/translator.ts';
import type { Command, Feature } from '../../telegram/feature.ts';
import { historyFeature } from '../history/index.ts';
import { peopleFeature } from '../people/index.ts';
import { remindersOfPeople } from '../reminders/index.ts';
import { settingsFeature } from '../settings/index.ts';
import { statusFeature } from '../status/index.ts';
import { keptWords } from '../tasks/index.ts';
import { didYouMean } from './commands.ts';
import { helpFeature, unknownCommand } from './index.ts';
import { commandsAbout, questionIn } from './questions.ts';

const db = databaseOfFile();
let operator: TestChat;
let member: TestChat;
let features: Feature[];
let registry: Command[];

beforeEach(async () => {
  const technical = {
    revision: '',
    node: '',
    uptimeSeconds: 0,
    memoryBytes: 0,
    pool: { total: 0, idle: 0, waiting: 0 },
  };
  features = [
    helpFeature({ registry: () => registry, keep: keptWords }),
    settingsFeature({ zoneChanged: async () => {}, quietChanged: async () => {} }),
    historyFeature({ hooks: () => ({}) }),
    peopleFeature({ username: () => undefined, reminders: remindersOfPeople(() => {}) }),
    statusFeature({ health: async () => ({ status: 'ok', checks: {} }), technical: () => technical, version: '1' }),
  ];
  registry = features.flatMap((feature) => feature.commands ?? []);
  const clock = new DrivenClock('2026-11-22T10:00:00Z');
  operator = testChat(db, clock, await testPerson(db, 1, { role: 'operator' }), features);
  member = testChat(db, clock, await testPerson(db, 2, { name: 'Mia' }), features);
});

const run = async () => {};
const command = (name: string, aliases: string[] = []): Command => ({
  name,
  aliases,
  usage: '',
  topic: 'tasks',
  scope: 'everyone',
  menu: true,
  run,
});

test("/help is a menu of topics that fits a phone, with the operator's topic for the operator alone", async () => {
  const mine = await operator.command('/help');
  expect(labels(mine.replaced[0])).toEqual(['Start', 'Settings', 'Safety', 'Operator']);
  expect(mine.replaced[0]?.lines.length).toBeLessThanOrEqual(12);
  const theirs = await member.command('/help');
  expect(labels(theirs.replaced[0])).not.toContain('Operator');
});

test('a topic lists its commands from the registry and hands its examples over as if typed', async () => {
  await member.command('/help');
  const topic = await member.press('Safety');
  expect(topic.text).toContain('/undo [n] — Take back the last change');
  expect(topic.text).toContain('/status');
  expect((await member.press('/undo')).handled).toEqual(['/undo']);
  await member.command('/help start');
  expect((await member.press('call Bob')).handled).toEqual(['call Bob tomorrow 3pm']);
});

test('/help of a command shows its usage, examples and older names; aliases and slips lead there too', async () => {
  const told = await member.command('/help /timezone');
  expect(told.text).toContain('/timezone [city or zone]');
  expect(told.text).toContain('/settimezone');
  expect((await member.command('/help currenttime')).text).toContain('/timezone [city or zone]');
  expect((await member.command('/help histroy')).text).toContain('/history');
});

test('a topic is found by its name in the language of the person', async () => {
  await db.query("UPDATE people SET language = 'ru' WHERE telegram_user_id = 2");
  const told = await member.command('/help настройки');
  expect(told.text).toContain('/timezone [город или пояс]');
  expect(told.text).toContain('/language [en|ru]');
  await db.query("UPDATE people SET language = 'en' WHERE telegram_user_id = 2");
});

test('an unknown topic leads to the menu, whatever it is', async () => {
  for (const words of ['quantum physics', 'x'.repeat(4000), '🙂', '__proto__', '\u202Eabc']) {
    const told = await member.command(`/help ${words}`);
    expect(labels(told.replaced[0])).toContain('Settings');
    expect(told.text.length).toBeLessThan(1000);
  }
});

test("others neither see nor get help on the operator's commands", async () => {
  for (const line of ['/help owner', '/help invite', '/help people', '/help errors']) {
    const told = await member.command(line);
    expect([told.text.includes('/invite'), told.text.includes('/people')]).toEqual([false, false]);
  }
  expect((await operator.command('/help invite')).text).toContain('/invite');
});

test('a long topic is paged, and no command is lost', async () => {
  registry = Array.from({ length: 19 }, () => command('undo'));
  const first = await member.command('/help tasks');
  expect(labels(first.answers[0])).toContain('1/4');
  const lines = [first.answers[0]];
  for (let page = 2; page <= 4; page += 1) lines.push((await member.press('▶')).replaced[0]);
  const listed = lines
    .flatMap((view) => (view ? shown(view).split('\n') : []))
    .filter((line) => line.startsWith('/undo'));
  expect(listed).toHaveLength(19);
});

test('a command that is none is answered with the one that may have been meant, to tap', async () => {
  registry = [...registry, command('list', ['tasks'])];
  const answer = unknownCommand(() => registry);
  const told = await member.update((context) => answer(context, 'taks'));
  expect(told.text).toBe('No /taks here. Did you mean /tasks?');
  expect(labels(told.answers[0])).toEqual(['/tasks', 'Help']);
  expect((await member.press('/tasks')).handled).toEqual(['/tasks']);
  const lost = await member.update((context) => answer(context, 'xyzzyplugh'));
  expect(lost.text).toBe('No /xyzzyplugh here.');
  const operators = await member.update((context) => answer(context, 'invite'));
  expect(operators.text).toBe('No /invite here.');
});

test.each([
  ['lst', 'list'],
  ['lsit', 'list'],
  ['TASKS', 'tasks'],
  ['remnid', 'remind'],
  ['undoo', 'undo'],
  ['rmeinders', 'reminders'],
  ['ad', 'add'],
  ['xyz', undefined],
  ['completelyelse', undefined],
  ['', undefined],
])('"%s" means %s', (typed, meant) => {
  const known = ['list', 'remind', 'reminders', 'undo', 'add', 'due'].map((name) =>
    command(name, name === 'list' ? ['tasks'] : []),
  );
  expect(didYouMean(typed, known)).toBe(meant);
});

test('of names as near as one another those of the menu go first: /taks is /tasks, not /task', () => {
  const list = { ...command('list', ['tasks']), menu: true };
  expect(didYouMean('taks', [{ ...command('task'), menu: false }, list])).toBe('tasks');
});

test('a command typed as it is said leads to it: /сегодня is /today', () => {
  expect(didYouMean('Сегодня', [{ ...command('today'), spoken: ['today', 'сегодня'] }])).toBe('today');
});

test('a name goes before an alias that is as near', () => {
  expect(didYouMean('nota', [command('x', ['nots']), command('note')])).toBe('note');
});

test.each(['en', 'ru'])('every example offered in %s is understood as what it shows', (language) => {
  const t = translator(language);
  const context = { now: Date.parse('2026-11-22T10:00:00Z'), zone: 'Europe/Berlin', locale: language };
  const intents = (prefix: string) =>
    [1, 2, 3].map((number) => {
      const words = t.text(`${prefix}-${number}`);
      // Telegram's buttons show 40 signs: a longer example would be cut.
      expect(words.length).toBeLessThanOrEqual(40);
      const { intent, readings, refused } = parse(words, context);
      return readings.length > 0 || refused !== null ? 'doubtful' : intent;
    });
  expect(intents('settings-example')).toEqual(['add', 'remind', 'list']);
  expect(intents('help-say-start')).toEqual(['add', 'list', 'done']);
  expect(intents('help-say-tasks')).toEqual(['add', 'list', 'list']);
  expect(intents('help-say-reminders')).toEqual(['remind', 'remind', 'remind']);
});

test('a question about Steward is answered by the commands it is about, and can be kept as a task; any other question is a task', async () => {
  const ask = async (words: string) => {
    let taken: boolean | undefined;
    const told = await member.update(async (context) => {
      taken = await features[0]?.said?.(context, words);
    });
    return { ...told, taken };
  };
  const told = await ask('how do I change the time zone?');
  expect(told.text).toMatch(/^\/timezone/m);
  expect(labels(told.answers[0])).toEqual(expect.arrayContaining(['Save task', 'Help']));
  expect((await ask('how do I make a recurring task?')).text).toContain('every weekday at 9');
  expect((await ask('how do I fix the sink?')).taken).toBe(false);
  for (const [asked, name] of [
    ['how can I undo?', 'undo'],
    ['How do I invite my wife?', 'invite'],
    ['как отменить последнее?', 'undo'],
  ] as const)
    expect(
      commandsAbout(translator(/^[а-я]/.test(asked) ? 'ru' : 'en'), registry, questionIn(asked) ?? [])[0]?.name,
    ).toBe(name);
  for (const other of ['how do I fix the sink?', 'как дела?', 'what is love?', 'undo the shoelaces'])
    expect(commandsAbout(translator('en'), registry, questionIn(other) ?? [])).toEqual([]);
});

test('how dates are written is one page, asked for by several names and led to by the topics that need it', async () => {
  for (const words of ['dates', 'Recurrence', 'times']) {
    const told = await member.command(`/help ${words}`);
    expect(told.text).toContain('every weekday at 9');
    expect(told.text.split('\n').length).toBeLessThanOrEqual(12);
  }
  expect(labels((await member.command('/help start')).answers[0])).toContain('Dates');
});
