/** Guards the heartbeat of a loop: asleep it is alive, hanging or failing it is silent. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { boundTogether, startLoop, within } from './loop.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Beats within ten minutes of a loop with this turn. */
async function beats(turn: () => Promise<number>): Promise<number> {
  let count = 0;
  const loop = startLoop({
    name: 'setup',
    turn,
    beat: () => {
      count += 1;
    },
    onError: () => {},
  });
  await vi.advanceTimersByTimeAsync(600_000);
  const seen = count;
  await loop.stop();
  return seen;
}

test('a loop that sleeps for an hour tells every half minute that it lives', async () => {
  expect(await beats(async () => 3_600_000)).toBe(21);
});

test('a loop whose turns fail is silent', async () => {
  const failing = async () => {
    throw new Error('away');
  };
  expect(await beats(failing)).toBe(0);
});

test('a loop whose turn hangs is silent', async () => {
  const before = vi.getTimerCount();
  let beaten = 0;
  startLoop({
    name: 'hung',
    turn: () => new Promise(() => {}),
    beat: () => {
      beaten += 1;
    },
    onError: () => {},
  });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(beaten).toBe(0);
  expect(vi.getTimerCount()).toBe(before);
});

test('a loop that was stopped in its sleep leaves no timer behind', async () => {
  const before = vi.getTimerCount();
  const loop = startLoop({ name: 'setup', turn: async () => 3_600_000, beat: () => {}, onError: () => {} });
  await vi.advanceTimersByTimeAsync(1);
  await loop.stop();
  expect(vi.getTimerCount()).toBe(before);
});

test('a wait ends at its bound, whatever hangs, and leaves no timer behind where nothing did', async () => {
  const hanging = within(new Promise<string>(() => {}), 500, 'late');
  await vi.advanceTimersByTimeAsync(500);
  expect(await hanging).toBe('late');
  expect(await within(Promise.resolve('done'), 500, 'late')).toBe('done');
  await expect(within(Promise.reject(new Error('no')), 500, 'late')).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

test('waits that share a bound end with it together, and each has a moment of its own', async () => {
  const hangs = () => new Promise<void>(() => {});
  const bound = boundTogether(10_000, 500);
  const began = performance.now();
  await bound.wait(undefined);
  const first = bound.wait(hangs(), 4_000);
  await vi.advanceTimersByTimeAsync(4_000);
  await first;
  expect(bound.leftMs()).toBe(6_000);
  const second = bound.wait(hangs());
  await vi.advanceTimersByTimeAsync(6_000);
  await second;
  const third = bound.wait(hangs());
  await vi.advanceTimersByTimeAsync(500);
  await third;
  expect(performance.now() - began).toBe(10_500);
  await expect(bound.wait(Promise.reject(new Error('told')))).rejects.toThrow('told');
});
