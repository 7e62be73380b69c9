/** Patience for overtaken updates: there when it helps, gone when it does not. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { learnGaps } from './gaps.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTime(ms);
const nothing = () => {};

it('waits for overtaken updates, gives up where ids are missing for good, and learns again from the next overtaking', () => {
  const gaps = learnGaps(true);
  expect(gaps.reach()).toBeGreaterThan(0);
  for (let id = 10; id < 40; id += 3) {
    gaps.seen(id);
    pass(gaps.waitMs([id - 1, id - 2], nothing));
    expect(gaps.waitMs([id - 1, id - 2], nothing)).toBe(0);
  }
  expect(gaps.reach()).toBe(0);
  expect(gaps.waitMs([1], nothing)).toBe(0);
  gaps.seen(100);
  gaps.seen(99);
  expect(gaps.reach()).toBeGreaterThan(0);
  expect(gaps.waitMs([97], nothing)).toBe(1_000);
});

it('waits longer after an update was overtaken or could not be stored, and not where strangers write', () => {
  const gaps = learnGaps(true);
  expect(gaps.waitMs([1], nothing)).toBe(300);
  gaps.failed();
  expect(gaps.waitMs([2], nothing)).toBe(1_000);
  gaps.refused(3);
  expect(gaps.waitMs([4], nothing)).toBe(300);
  gaps.failed();
  expect(gaps.waitMs([5], nothing)).toBe(300);
  pass(60_000);
  gaps.failed();
  expect(gaps.waitMs([6], nothing)).toBe(1_000);
});

it('never waits where updates are polled', () => {
  const gaps = learnGaps(false);
  gaps.seen(5);
  gaps.seen(4);
  gaps.failed();
  expect(gaps.reach()).toBe(0);
  expect(gaps.waitMs([3], nothing)).toBe(0);
});

it('waits for no id twice, whichever chat stands behind it, and for none that was refused', () => {
  const gaps = learnGaps(true);
  expect(gaps.waitMs([7], nothing)).toBe(300);
  pass(200);
  expect(gaps.waitMs([7], nothing)).toBe(100);
  pass(100);
  expect(gaps.waitMs([7], nothing)).toBe(0);
  expect(gaps.waitMs([7], nothing)).toBe(0);
  gaps.refused(8);
  expect(gaps.waitMs([7, 8], nothing)).toBe(0);
  expect(gaps.waitMs([7, 8, 9], nothing)).toBeGreaterThan(0);
});

it('remembers what was refused, within bounds', () => {
  const gaps = learnGaps(true);
  for (let id = 0; id < 5000; id += 1) gaps.refused(id);
  expect(gaps.waitMs([4999], nothing)).toBe(0);
  expect(gaps.waitMs([0], nothing)).toBeGreaterThan(0);
});

it('resumes all who wait for an update the moment it comes, once', () => {
  const gaps = learnGaps(true);
  const resumed: string[] = [];
  gaps.waitMs([7], () => resumed.push('one'));
  gaps.waitMs([7, 6], () => resumed.push('another'));
  gaps.waitMs([8], () => resumed.push('eight'));
  gaps.came([5, 7]);
  gaps.came([7]);
  expect(resumed).toEqual(['one', 'another']);
});

it('counts from when it first missed an id, however long the update behind it had lain in a database that was away', () => {
  const gaps = learnGaps(true);
  pass(60_000);
  expect(gaps.waitMs([11], nothing)).toBe(300);
  pass(299);
  expect(gaps.waitMs([11], nothing)).toBe(1);
  expect(gaps.waitMs([14], nothing)).toBe(300);
});

it('does not count the time a database was away: what was missed before is waited for anew after it', () => {
  const gaps = learnGaps(true);
  expect(gaps.waitMs([11], nothing)).toBe(300);
  pass(5_000);
  gaps.failed();
  expect(gaps.waitMs([11], nothing)).toBe(1_000);
  pass(1_000);
  expect(gaps.waitMs([11], nothing)).toBe(0);
});

it('takes ids that begin anew far below for no overtaking, and goes on learning among them', () => {
  const gaps = learnGaps(true);
  gaps.seen(900_000_000);
  for (let id = 10; id < 40; id += 3) {
    gaps.seen(id);
    pass(gaps.waitMs([id - 1, id - 2], nothing));
    expect(gaps.waitMs([id - 1, id - 2], nothing)).toBe(0);
  }
  expect(gaps.reach()).toBe(0);
  gaps.seen(36);
  expect(gaps.reach()).toBeGreaterThan(0);
});
