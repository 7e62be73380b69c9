/** The strict entity checker: what other rooms' messages are measured by. */

import { expect, test } from 'vitest';
import fc from '../../../test/support/steady/fast-check.ts';
import { checkEntities, splitsPair } from './entities.ts';
import { cleanText } from './text.ts';

const family = '👨‍👩‍👧';
const bold = (offset: number, length: number) => ({ type: 'bold', offset, length });

test('offsets are UTF-16 units inside the text', () => {
  expect(checkEntities([bold(0, 8)], family)).toHaveLength(1);
  expect(() => checkEntities([bold(0, 9)], family)).toThrow('ends after the end of the text');
  expect(() => checkEntities([bold(-1, 2)], family)).toThrow('non-negative');
  expect(() => checkEntities([bold(0, 0)], family)).toThrow('positive');
  expect(() => checkEntities([bold(0.5, 1)], family)).toThrow('must be of type Number');
});

test('an entity may part a joined emoji but never a surrogate pair', () => {
  expect(checkEntities([bold(0, 2)], family)).toHaveLength(1);
  expect(() => checkEntities([bold(1, 1)], family)).toThrow('begins in a middle of a UTF-16 symbol');
  expect(() => checkEntities([bold(0, 1)], family)).toThrow('ends in a middle of a UTF-16 symbol');
});

test('every type of the Bot API is taken with its own fields, no other', () => {
  const text = 'some text';
  const range = { offset: 0, length: 4 };
  const good = [
    { type: 'text_link', url: 'https://x.org' },
    { type: 'text_link', url: 'tg://user?id=1' },
    { type: 'pre', language: 'sql' },
    { type: 'custom_emoji', custom_emoji_id: '1' },
    { type: 'date_time', unix_time: 1_700_000_000, date_time_format: 'wDT' },
    { type: 'date_time', unix_time: 1_700_000_000 },
    { type: 'text_mention', user: { id: 1, is_bot: false, first_name: 'A' } },
  ];
  for (const entity of good) expect(checkEntities([{ ...entity, ...range }], text)).toHaveLength(1);
  const bad = [
    { type: 'strong' },
    { type: 'text_link' },
    { type: 'text_link', url: 'not a link' },
    { type: 'date_time', unix_time: '5' },
    { type: 'date_time', unix_time: 5, date_time_format: 'tw' },
    { type: 'date_time', unix_time: -5 },
    { type: 'custom_emoji' },
    { type: 'text_mention', user: {} },
  ];
  for (const entity of bad) expect(() => checkEntities([{ ...entity, ...range }], text)).toThrow('Bad Request');
});

test.each([
  ['bold', 'italic', true],
  ['bold', 'text_link', true],
  ['text_link', 'bold', true],
  ['date_time', 'bold', true],
  ['blockquote', 'code', true],
  ['bold', 'blockquote', true],
  ['blockquote', 'expandable_blockquote', false],
  ['bold', 'code', false],
  ['code', 'bold', false],
  ['pre', 'italic', false],
  ['text_link', 'date_time', false],
  ['text_link', 'blockquote', false],
])('%s around %s: %s', (outer, inner, allowed) => {
  const fields = { url: 'https://x.org', unix_time: 5 };
  const list = [
    { type: outer, offset: 0, length: 6, ...fields },
    { type: inner, offset: 2, length: 2, ...fields },
  ];
  if (allowed) expect(checkEntities(list, 'abcdef')).toHaveLength(2);
  else expect(() => checkEntities(list, 'abcdef')).toThrow("can't be nested");
});

test('entities that cross are refused, those that touch are not', () => {
  expect(() => checkEntities([bold(0, 4), { type: 'italic', offset: 2, length: 4 }], 'abcdef')).toThrow('overlap');
  expect(
    checkEntities([{ type: 'italic', offset: 3, length: 3 }, bold(0, 3)], 'abcdef').map(({ type }) => type),
  ).toEqual(['bold', 'italic']);
});

test('cleaning a text leaves every entity on the same visible characters', () => {
  const unit = fc.constantFrom('a', 'b', ' ', '\n', '\r', '\u0007', '\u202e', '👍', 'ж');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), fc.nat(29), fc.nat(29), (units, from, to) => {
      const text = units.join('');
      const [start, end] = [Math.min(from, to), Math.max(from, to)].map(
        (index) => units.slice(0, index).join('').length,
      );
      if (start === undefined || end === undefined || end <= start) return;
      const cleaned = cleanText(text, [{ type: 'bold', offset: start, length: end - start }]);
      expect(() => checkEntities(cleaned.entities, cleaned.text)).not.toThrow();
      const visible = (part: string): string => part.replace(/[\s\u202e]|\p{Cc}/gu, '');
      const [entity] = cleaned.entities;
      const shown = entity ? cleaned.text.slice(entity.offset, entity.offset + entity.length) : '';
      expect(visible(shown)).toBe(visible(text.slice(start, end)));
    }),
  );
});

test('splitsPair tells the two halves of a pair apart from the ends of the text', () => {
  expect([0, 1, 2].map((at) => splitsPair('👍', at))).toEqual([false, true, false]);
});
