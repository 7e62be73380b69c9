/** The native form of a message is what Telegram takes, whatever it is built from, and says the same as the plain one. */

import { describe, expect, it } from 'vitest';
import { anyLine, visible } from '../../../test/support/hostile-views.ts';
import { nativeFaults } from '../../../test/support/message-rules.ts';
import fc from '../../../test/support/steady/fast-check.ts';
import { Bug } from '../../core/errors.ts';
import { wordsOf } from '../../sandbox/index.ts';
import { plainText } from '../builder.ts';
import type { Block, CallbackData, Line, View } from '../view.ts';
import { bold, code, folded, italic, link, quote, strike } from '../view.ts';
import { buildNative, type Native, withLine } from './native.ts';

const data = (text: string) => text as CallbackData;
const twofold = (...blocks: Block[]) => ({ plain: [], native: () => blocks });
const view = (...blocks: Block[]): View => ({ lines: [twofold(...blocks)] });
const built = (given: View): Native => {
  const native = buildNative(given);
  if (!native) throw new Error('no native form');
  return native;
};
const blocksOf = (...lines: Line[]) => built(view(...lines.map((line) => ({ line })))).blocks;
const table = (...rows: Line[][]): Block => ({
  columns: [
    { name: '#', align: 'end' },
    { name: 'Task', align: 'start' },
    { name: 'When', align: 'end' },
  ],
  rows,
});

const words = (native: Native): string =>
  wordsOf({
    rich_message: { blocks: native.blocks as NonNullable<Parameters<typeof wordsOf>[0]['rich_message']>['blocks'] },
  });

describe('buildNative', () => {
  it('gives what the Bot API takes, whatever lines and cells hold, and loses no visible character', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 2 }),
        fc.array(fc.array(anyLine, { minLength: 3, maxLength: 3 }), { maxLength: 3 }),
        (lines, rows) => {
          const native = buildNative({ lines: [...lines, twofold(table(...rows))] });
          if (!native) return;
          expect(nativeFaults(native)).toEqual([]);
          expect(nativeFaults(withLine(native, '(repeat)'))).toEqual([]);
          const silent = (spans: Line): boolean =>
            spans.some(
              (one) => typeof one !== 'string' && ('at' in one ? visible(one.fallback) === '' : silent(one.content)),
            );
          if ([...lines, ...rows.flat()].some(silent)) return;
          const meant = [...lines, ...rows.flat()].map((line) => visible(plainText(line))).join('');
          const shown = visible(words(native)).replace('#Task', '').replace('When', '');
          expect([...new Set(meant)].filter((unit) => !shown.includes(unit))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  }, 120_000);

  it('has no native form for a view without anything to say natively', () => {
    expect(buildNative({ lines: [['Call Bob']] })).toBeUndefined();
    expect(buildNative(view())).toBeUndefined();
    expect(buildNative(view({ line: ['\u200B'] }, table()))).toBeUndefined();
  });

  it('makes a paragraph of each line, none of empty ones, and nothing a link or command by itself', () => {
    const native = built({ lines: [[bold('Today'), ' · 2'], [], twofold({ line: ['a'] }), ['/undo https://e.com']] });
    expect(native).toEqual({
      blocks: [
        { type: 'paragraph', text: [{ type: 'bold', text: 'Today' }, ' · 2'] },
        { type: 'paragraph', text: 'a' },
        { type: 'paragraph', text: '/undo https://e.com' },
      ],
      skip_entity_detection: true,
    });
  });

  it('makes a table with its headers, without columns nothing stands in', () => {
    const native = built(view(table([['❗ 1'], ['Call Bob'], []], [['2'], [strike('x')], []])));
    const cell = (text: unknown, align: string) => ({ text, align, valign: 'top' });
    expect(native.blocks).toEqual([
      {
        type: 'table',
        is_striped: true,
        is_compact: true,
        cells: [
          [
            { ...cell('#', 'right'), is_header: true },
            { ...cell('Task', 'left'), is_header: true },
          ],
          [cell('❗ 1', 'right'), cell('Call Bob', 'left')],
          [cell('2', 'right'), cell({ type: 'strikethrough', text: 'x' }, 'left')],
        ],
      },
    ]);
  });

  it('gives an instant to each reader in their own zone, and words where Telegram cannot', () => {
    const at = { at: 1_795_446_000_999, fallback: 'tomorrow 15:00', format: 'wt' } as const;
    const native = built(
      view(table([['1'], ['x'], [at]], [['2'], ['y'], [{ at: Date.UTC(9999, 0, 1), fallback: '9999' }]])),
    );
    const [block] = native.blocks ?? [];
    expect(block?.type === 'table' && block.cells.slice(1).map((row) => row[2]?.text)).toEqual([
      { type: 'date_time', text: 'tomorrow 15:00', unix_time: 1_795_446_000, date_time_format: 'wt' },
      '9999',
    ]);
  });

  it('is shown from right to left where its words are, with its columns turned round', () => {
    const native = built(view(table([['1'], ['לקנות חלב ולחם'], ['today']])));
    expect(native.is_rtl).toBe(true);
    const [block] = native.blocks ?? [];
    expect(block?.type === 'table' && block.cells[1]?.map(({ align }) => align)).toEqual(['left', 'right', 'left']);
    expect(built(view(table([['1'], ['שלום to everybody here'], []]))).is_rtl).toBeUndefined();
    // Beside other text of its line it does not turn that.
    expect(blocksOf(['שלום', ' · 15:00'])).toEqual([{ type: 'paragraph', text: ['\u2068שלום\u2069', ' · 15:00'] }]);
  });

  it('makes blocks of quotes, and paragraphs of the words around them', () => {
    expect(blocksOf(['a\nb', quote('c', bold('d')), folded('e\nf'), 'g'])).toEqual([
      { type: 'paragraph', text: 'a' },
      { type: 'paragraph', text: 'b' },
      { type: 'blockquote', blocks: [{ type: 'paragraph', text: ['c', { type: 'bold', text: 'd' }] }] },
      { type: 'expandable_blockquote', text: 'e\nf' },
      { type: 'paragraph', text: 'g' },
    ]);
  });

  it('keeps code plain, links apart, a style once', () => {
    expect(
      blocksOf([code('x'), bold(italic('y', bold('z')), link('https://e.com', 'w', link('https://f.com', 'v')))]),
    ).toEqual([
      {
        type: 'paragraph',
        text: [
          { type: 'code', text: 'x' },
          {
            type: 'bold',
            text: [
              { type: 'italic', text: ['y', 'z'] },
              { type: 'url', text: ['w', 'v'], url: 'https://e.com/' },
            ],
          },
        ],
      },
    ]);
  });

  it('puts buttons inside the message, by the rules of those below', () => {
    const inside = [{ label: 'I see\na table', data: data('s:seen') }];
    expect(built(view({ inside })).blocks).toEqual([
      { type: 'buttons', buttons: [{ text: 'I see a table', callback_data: 's:seen' }] },
    ]);
    expect(() => built(view({ inside: [{ label: 'x', data: data('я'.repeat(33)) }] }))).toThrow(Bug);
  });

  it.each([
    [
      '20 columns',
      {
        columns: Array.from({ length: 21 }, () => ({ name: 'x', align: 'start' as const })),
        rows: [Array.from({ length: 21 }, () => ['x'])],
      },
    ],
    [
      '500 blocks',
      { columns: [{ name: 'x', align: 'start' as const }], rows: Array.from({ length: 500 }, () => [['x']]) },
    ],
    ['32,768 characters', { line: ['x'.repeat(32_769)] }],
  ] as const)('has no native form beyond %s, which leaves the plain one', (_, block) => {
    expect(buildNative(view(block as Block))).toBeUndefined();
  });

  it.each([
    ['characters', (count: number): Block => ({ line: ['x'.repeat(count)] }), 32_768],
    [
      'blocks',
      (count: number): Block => ({
        columns: [{ name: 'x', align: 'start' }],
        rows: Array.from({ length: count }, () => [['x']]),
      }),
      500,
    ],
  ] as const)('leaves room in %s for the mark of a repeat', (_, block, limit) => {
    for (let count = limit; count > limit - 300; count -= 1) {
      const native = buildNative(view(block(count)));
      if (native) return expect(nativeFaults(withLine(native, '(repeat)'))).toEqual([]);
    }
    expect.unreachable('none fits');
  });
});
