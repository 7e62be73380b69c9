/** What is not built yet is answered honestly, under every name people know, and nothing they said is lost. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../test/support/chats/whole-chat.ts';
import { labels } from '../../../test/support/context.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { AREAS, MEANWHILE, PLANNED } from './areas.ts';

let server: TestDatabase;
let ada: WholeChat;
let boris: WholeChat;

beforeAll(async () => {
  server = await testDatabase();
  const db = server.database();
  ada = await wholeChat(db);
  boris = await wholeChat(db, { language: 'ru' });
});
afterAll(() => server?.drop());

describe('commands to come', () => {
  test.each(PLANNED.flatMap(({ name, aliases = [] }) => [name, ...aliases]))(
    '/%s says "not yet" in both languages',
    async (name) => {
      const told = await ada.write(`/${name} words behind it`);
      expect(told.text).toMatch(/\byet\b[\s\S]*Until then/);
      expect((await boris.write(`/${name}`)).text).toMatch(/пока[\s\S]*А пока/);
      expect(await ada.tasks()).toEqual([]);
    },
  );

  test('what serves meanwhile is a button that runs a command there is', async () => {
    const known = new Set(ada.commands.filter(({ later }) => later !== true).map(({ name }) => name));
    for (const area of AREAS) expect(known).toContain(MEANWHILE[area]);
    await ada.write('/agenda');
    expect((await ada.press('/week')).handled).toEqual(['/week']);
  });

  test('they stand in no menu and no topic of help; help of one says that it is to come', async () => {
    expect(ada.commands.filter(({ later, menu }) => later === true && menu)).toEqual([]);
    const pages = [await ada.write('/help tasks')];
    for (
      let page = 0;
      page < 6 && labels(pages.at(-1)?.answers[0] ?? pages.at(-1)?.replaced[0]).includes('▶');
      page += 1
    )
      pages.push(await ada.press('▶'));
    expect(pages.map(({ text }) => text).join('\n')).not.toContain('/habits');
    expect((await ada.write('/help habits')).text).toContain('Not here yet.');
  });
});

test("words that ask for them are answered so, and become a task at a button's press", async () => {
  const told = await ada.write('log 45m on website');
  expect(told.text).toContain('I do not track time yet.');
  expect(await ada.tasks()).toEqual([]);
  await ada.press('Save task');
  expect(await ada.tasks()).toMatchObject([{ title: 'log 45m on website' }]);
  for (const words of [
    'start timer',
    'stop the timer',
    'запусти таймер',
    'потратил 2 часа на отчёт',
    'залогируй 45м',
    'потратил 1ч30м на сайт',
  ])
    expect((await boris.write(words)).text).toContain('Учёта времени у меня пока нет.');
});

test('what was done and is no habit yet may be an open task: it is offered to be completed', async () => {
  await ada.write('do the laundry');
  const told = await ada.write('did the laundry');
  expect(told.text).toContain('On your list there is "do the laundry", #2.');
  await ada.press('Done #2');
  expect((await ada.tasks())[1]).toMatchObject({ status: 'done' });
});

test("every command of the two lists people know is declared, Steward's own and LarryBot2's", () => {
  const names = new Set(ada.commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
  const list = new URL('./known-commands.txt', import.meta.url);
  const known = readFileSync(list, 'utf8')
    .split(/\s+/)
    .filter((word) => word.startsWith('/'));
  expect(known.filter((name) => !names.has(name.slice(1)))).toEqual([]);
});
