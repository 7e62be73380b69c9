/** Columns of a text: what lists and the terminal align by. */
import { expect, test } from 'vitest';
import { columnsOf } from './columns.ts';

test('signs and wide letters take two columns, joined signs count once, marks and controls none', () => {
  const texts = ['a', 'Water 🔁', '👨‍👩‍👧', '🇩🇪', '日本', 'é', 'e\u0301', '\u200b', '❗', '✅', ''];
  expect(texts.map(columnsOf)).toEqual([1, 8, 2, 2, 4, 1, 1, 0, 2, 2, 0]);
});
