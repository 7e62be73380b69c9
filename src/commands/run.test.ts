/** The local chat is the same conversation at every start: nothing of one session passes for something of another. */
import { expect, test } from 'vitest';
import { firstIds } from './run.ts';

test('a session begun a second after another uses none of its ids, though that one took hundreds of messages in the second', () => {
  const began = Date.parse('2026-11-22T05:00:00Z');
  const before = firstIds(began);
  const after = firstIds(began + 1_000);
  const taken = 400;
  expect(after.firstUpdateId).toBeGreaterThan(before.firstUpdateId + taken);
  expect(after.messagesBefore).toBeGreaterThan(before.messagesBefore + 2 * taken);
  expect(Number.isSafeInteger(firstIds(Date.parse('2199-01-01')).firstUpdateId)).toBe(true);
});
