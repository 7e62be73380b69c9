/** Commands with the arguments LarryBot2's documents show, as its users type them. */
import { beforeAll, expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();
let ada: WholeChat;

beforeAll(async () => {
  ada = await wholeChat(db);
  for (const line of [
    '/addtask "Design homepage" High 2027-07-15 design',
    '/add "Call client about project" critical 2027-07-01 work',
    '/add "War and Peace" read',
    '/tags 1 add ui,web',
    '/set_status 1 in_progress',
  ])
    await ada.write(line);
});

test('a quoted title, a priority, a day and a category by place, under both names; other words stay free text', async () => {
  expect(await ada.tasks()).toMatchObject([
    { title: 'Design homepage', priority: 3, dueDate: '2027-07-15', tags: ['ui', 'web'], status: 'in_progress' },
    { title: 'Call client about project', priority: 4, dueDate: '2027-07-01' },
    { title: '"War and Peace" read', priority: 2, dueDate: null },
  ]);
});

test('without quotes the title ends where a priority and a day follow it', async () => {
  const bo = await wholeChat(db);
  await bo.write('/addtask Complete project proposal High 2027-07-15 Development');
  await bo.write('/addtask Call about the High 5 campaign');
  expect(await bo.tasks()).toMatchObject([
    { title: 'Complete project proposal', priority: 3, dueDate: '2027-07-15' },
    { title: 'Call about the High 5 campaign', priority: 2, dueDate: null },
  ]);
});

test.each([
  ['/list todo critical', [2]],
  ['/tasks In Progress High', [1]],
  ['/tasks in_progress', [1]],
  ['/tasks todo critical work', [2]],
  ['/tasks work', [2]],
  ['/search homepage --advanced', [1]],
  ['/search Homepage --case-sensitive', [1]],
  ['/search homepage --advanced --case-sensitive', [1]],
  ['/search_advanced "homepage" high design', [1]],
  ['/search_advanced call client', [2]],
  ['/filter_advanced status=in_progress priority=high category=design', [1]],
  ['/filter_advanced In Progress High design created_at desc', [1]],
  ['/filter_advanced Todo priority asc', [2, 3]],
  ['/filter_advanced High created_at desc', [1]],
  ['/filter_advanced Todo Critical work', [2]],
  ['/time_range 2027-07-01 2027-07-31 true', [1, 2]],
  ['/time_range 2027-07-01 2027-07-10', [2]],
  ['/priority_range High Critical', [1, 2]],
  ['/tags_multi ui,web all', [1]],
  ['/tags_multi ui,nosuch any', [1]],
])('%s', async (line, numbers) => {
  const { text } = await ada.write(line);
  const titles: Readonly<Record<number, string>> = { 1: 'Design homepage', 2: 'Call client', 3: 'War and' };
  const found = [1, 2, 3].filter((number) => text.includes(titles[number] ?? '?'));
  expect(found, text).toEqual(numbers);
  expect(text).not.toContain('left it out');
});

test("'/status 1 review' is meant for the task of that number, '/status' alone for Steward", async () => {
  expect((await ada.write('/status 1 review')).handled).toEqual(['/set_status 1 review']);
  expect((await ada.write('/status')).text).toContain('works');
});
