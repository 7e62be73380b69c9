/** Words are found in their other forms, in both languages, and never by less than three letters. */

import { expect, test } from 'vitest';
import fc from '../../../../test/support/steady/fast-check.ts';
import { stemOf } from './forms.ts';

test.each([
  ['reports', 'report'],
  ['boxes', 'box'],
  ['running', 'run'],
  ['calling', 'call'],
  ['planned', 'plan'],
  ['status', 'status'],
  ['address', 'address'],
  ['string', 'string'],
  ['боба', 'боб'],
  ['отчеты', 'отчет'],
  ['отчетами', 'отчет'],
  ['встречу', 'встреч'],
  ['встречи', 'встреч'],
  ['новый', 'нов'],
  ['позвонить', 'позвон'],
  ['дом', 'дом'],
  ['чаю', 'чаю'],
  ['2026', '2026'],
])('%s is looked for as %s', (word, stem) => {
  expect(stemOf(word)).toBe(stem);
});

test('a stem is a beginning of its word, so whatever has the word is found', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zа-я0-9]{0,20}$/u), (word) => {
      const stem = stemOf(word);
      expect(word.startsWith(stem)).toBe(true);
      expect(stem.length >= Math.min(3, word.length)).toBe(true);
    }),
  );
});
