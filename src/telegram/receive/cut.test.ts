/** Guards which messages pass for pieces of one text: all that Telegram's clients cut, and none that were written apart. */
import { describe, expect, test } from 'vitest';
import fc from '../../../test/support/steady/fast-check.ts';
import { cutBetween } from './cut.ts';

const LIMIT = 4096;

/** The place of the last of these breaks within a message, with at least `from` before it; -1: none. */
const lastBreak = (text: string, from: number, at: RegExp): number => {
  for (let index = LIMIT; index >= from; index -= 1) if (at.test(text.slice(index, index + 2))) return index;
  return -1;
};

/** Clients, by the breaks they prefer in what they look back over: the first kind that is there, the last of it. */
const CLIENTS: Record<string, { readonly from: number; readonly breaks: readonly RegExp[] }> = {
  'that look back a long way': { from: LIMIT / 2 + 1, breaks: [/^\n\n/, /^\n/, /^\s/] },
  'that look back a little': { from: LIMIT - 300, breaks: [/^\n\n/, /^\n/, /^\s/] },
  'that end a message with a line or a sentence': { from: LIMIT / 2 + 1, breaks: [/^(?:\n|(?<!\d)\.)/] },
  'that cut anywhere': { from: LIMIT, breaks: [] },
};

function cutBy({ from, breaks }: (typeof CLIENTS)[string], whole: string): string[] {
  const pieces: string[] = [];
  let rest = whole.trim();
  while (rest.length > LIMIT) {
    const found = breaks.map((at) => lastBreak(rest, from, at)).find((index) => index !== -1);
    const end = found === undefined ? LIMIT : rest[found] === '.' ? Math.min(found + 1, LIMIT) : found;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

const bare = (text: string) => text.replaceAll(/\s+/g, '');
const word = fc.string({ unit: fc.constantFrom(...'abcdefghijабвгд'), minLength: 1, maxLength: 12 });
const sentence = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => `${words.join(' ')}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 12 }).map((sentences) => sentences.join(' '));
const prose = fc
  .array(fc.tuple(paragraph, fc.constantFrom('\n', '\n\n', ' ')), { minLength: 12, maxLength: 40 })
  .map((parts) => parts.flat().join(''));

describe('a long text', () => {
  test.each(Object.entries(CLIENTS))(
    'cut by clients %s is told by its pieces, and none of its words is lost',
    (_, client) => {
      fc.assert(
        fc.property(prose, (whole) => {
          const pieces = cutBy(client, whole);
          let text = pieces[0] ?? '';
          for (const [index, next] of pieces.slice(1).entries()) {
            const between = cutBetween(pieces[index] ?? '', next);
            expect(between, `${pieces[index]?.length} and ${next.length}`).not.toBeNull();
            text += between + next;
          }
          expect(bare(text)).toBe(bare(whole));
        }),
        { numRuns: 60 },
      );
    },
  );

  const line = (length: number) => `${'word '.repeat(Math.ceil(length / 5)).slice(0, length - 1)}x`;
  test.each([
    ['words', line(4090), 'elephants and more', ' '],
    ['a line that had no room', `${line(2000)}\n${line(1900)}`, `${line(400)}\nmore`, '\n'],
    ['paragraphs', `${line(2000)}\n\n${line(200)}`, `${line(2500)}\n\nmore`, '\n\n'],
    ['nothing at all, for want of a break', 'x'.repeat(4096), 'xxx', ''],
    ['two halves of no sign', `${'x'.repeat(4095)}`, '😀 and more', ''],
    ['white space that came along', `${line(4000)}\n`, `${line(200)}`, ''],
  ])('is put together again by %s', (_, text, next, between) => expect(cutBetween(text, next)).toBe(between));
});

describe('two messages', () => {
  const words = (length: number) => 'buy milk and bread '.repeat(400).slice(0, length).trim();
  test.each([
    ['short ones', 'buy milk', 'call Bob'],
    ['a short one behind which a long one comes', 'buy milk', words(4000)],
    ['two that fit into one', words(4000), 'buy milk'],
    ['two long ones that fit into one', words(2500), words(1500)],
    [
      'two of which the first had room for the first paragraph of the second',
      words(3000),
      `${words(500)}\n\n${words(3000)}`,
    ],
  ])('are no pieces of one text: %s', (_, text, next) => expect(cutBetween(text, next)).toBeNull());
});
