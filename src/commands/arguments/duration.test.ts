/** Guards the lengths of time that options take: a unit or bare seconds, and nothing that would be guessed at. */
import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { duration } from './duration.ts';

test.each([
  ['90', 90_000],
  ['90s', 90_000],
  [' 2m ', 120_000],
  ['1.5h', 5_400_000],
  ['500ms', 500],
  ['0', 0],
])('%j is %d ms', (text, ms) => {
  expect(duration(text)).toBe(ms);
});

test.each(['', '5 m', '-1s', '1d', '1e3', 'soon', '99999999999'])('%j is refused', (text) => {
  expect(() => duration(text)).toThrow(InvalidArgumentError);
});
