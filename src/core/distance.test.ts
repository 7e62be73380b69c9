/** Guards the measure by which slips of the fingers are told from other words. */

import { expect, test } from 'vitest';
import fc from '../../test/support/steady/fast-check.ts';
import { editDistance } from './distance.ts';

test('distance is symmetric, zero only for equal words, one for a neighbouring swap, and bounded as asked', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '🙂'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b, 20);
      expect(editDistance(b, a, 20)).toBe(distance);
      expect(distance === 0).toBe(a === b);
      expect(editDistance(a, b, 2)).toBe(Math.min(distance, 3));
    }),
  );
  expect(editDistance('list', 'lsit', 2)).toBe(1);
  expect(editDistance('a'.repeat(100_000), 'b', 2)).toBe(3);
});
