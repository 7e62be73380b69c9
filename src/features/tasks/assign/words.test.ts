/** What gives a task to somebody, and what is a task that only sounds like it. */
import { expect, test } from 'vitest';
import type { Member } from '../../../access/groups.ts';
import type { PersonId } from '../../../core/ids.ts';
import { memberNamed } from './members.ts';
import { givingIn } from './words.ts';

const member = (id: number, name: string, username: string | null = null): Member => ({
  ...{ id: id as PersonId, name, username, telegramUserId: id, language: 'en', reachable: true },
});
const people = [
  member(1, 'Anna Schmidt', 'anna_s'),
  member(2, 'Пётр Ильин'),
  member(3, 'Ольга'),
  member(4, 'Bob One'),
  member(5, 'Bob Two'),
];

test.each([
  ['assign 12 to Anna', { numbers: [12], words: '', name: 'Anna' }],
  ['Assign #12 and 15 to @anna_s.', { numbers: [12, 15], words: '', name: '@anna_s' }],
  ['give 12 to me', { numbers: [12], words: '', name: 'me' }],
  ['assign the quarterly report to Anna', { numbers: [], words: 'the quarterly report', name: 'Anna' }],
  ['назначь 12 Анне', { numbers: [12], words: '', name: 'Анне' }],
  ['поручи №12 на Петра', { numbers: [12], words: '', name: 'Петра' }],
  ['назначь отчёт Ольге', { numbers: [], words: 'отчёт', name: 'Ольге' }],
  ["I'll take 12", { numbers: [12], words: '', name: 'me' }],
  ['беру 12 и 15', { numbers: [12, 15], words: '', name: 'me' }],
])('%s gives', (text, giving) => {
  expect(givingIn(text)).toEqual(giving);
});

test.each([
  'give flowers to Anna',
  'take the bus at 12',
  'передай привет маме',
  'take 12 eggs',
  'assignment for Anna',
  '',
])('%j is left to be a task', (text) => {
  expect(givingIn(text)).toBeNull();
});

test.each([
  ['@anna_s', 1],
  ['ANNA', 1],
  ['Anna_Schmidt', 1],
  ['Петру', 2],
  ['Петра', 2],
  ['пётр ильин', 2],
  ['Ольге', 3],
  ['Bob', null],
  ['Bob Two', 5],
  ['Ann', null],
  ['', null],
])('%j names the member %j', (words, id) => {
  expect(memberNamed(people, words)?.id ?? null).toBe(id);
});
