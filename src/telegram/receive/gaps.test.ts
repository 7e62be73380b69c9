/** Patience for overtaken updates: there when it helps, gone when it does not. */
import { expect, it } from 'vitest';
import { learnGaps } from './gaps.ts';

it('waits for overtaken updates, gives up where ids are missing for good, and learns again from the next overtaking', () => {
  const gaps = learnGaps(true);
  expect(gaps.patienceMs()).toBeGreaterThan(0);
  for (let id = 10; id < 40; id += 3) {
    gaps.seen(id);
    gaps.inVain(id);
  }
  expect(gaps.patienceMs()).toBe(0);
  gaps.seen(100);
  gaps.seen(99);
  expect(gaps.patienceMs()).toBeGreaterThan(0);
});

it('never waits where updates are polled', () => {
  const gaps = learnGaps(false);
  gaps.seen(5);
  gaps.seen(4);
  expect(gaps.patienceMs()).toBe(0);
});

it('remembers what was refused, within bounds', () => {
  const gaps = learnGaps(true);
  for (let id = 0; id < 5000; id += 1) gaps.refused(id);
  expect(gaps.wasRefused(4999)).toBe(true);
  expect(gaps.wasRefused(0)).toBe(false);
});

it('resumes whoever waits for an update the moment it comes, once', () => {
  const gaps = learnGaps(true);
  const resumed: string[] = [];
  gaps.awaits(7, () => resumed.push('seven'));
  gaps.awaits(8, () => resumed.push('eight'));
  gaps.came([5, 7]);
  gaps.came([7]);
  expect(resumed).toEqual(['seven']);
});

it('counts from when it first met an update, however long that had lain in a database that was away', async () => {
  const gaps = learnGaps(true);
  expect(gaps.waitedMs(12)).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(gaps.waitedMs(12)).toBeGreaterThan(0);
  expect(gaps.waitedMs(15)).toBe(0);
  gaps.inVain(12);
  expect(gaps.waitedMs(12)).toBe(0);
});
