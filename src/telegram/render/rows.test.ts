/** Guards that a row of a list fits a phone, and that its title stays one. */
import { expect, test } from 'vitest';
import { roomForTitles } from './rows.ts';

test('the widest time decides how long titles may be, and they never vanish', () => {
  expect(roomForTitles([['Sun'], [{ at: 0, fallback: 'Thu 15:00' }], []], 7)).toBe(42 - 7 - 2 - 9);
  expect(roomForTitles([['from ', { style: 'bold', content: ['12 Mar'] }]], 7)).toBe(42 - 7 - 2 - 11);
  expect(roomForTitles([['31 December 2027, 15:00 (America/New_York)']], 7)).toBe(20);
});
