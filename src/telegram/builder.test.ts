/** What is built is what Telegram takes, whatever it is built from. */
import type { MessageEntity } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { anyView, normal, visible } from '../../test/support/hostile-views.ts';
import { messageFaults } from '../../test/support/message-rules.ts';
import { costRatio } from '../../test/support/steady/cost.ts';
import fc from '../../test/support/steady/fast-check.ts';
import { Bug } from '../core/errors.ts';
import { type BuiltMessage, build } from './builder.ts';
import type { Button, CallbackData, Span, View } from './view.ts';
import { bold, code, folded, italic, link, quote } from './view.ts';

const data = (text: string) => text as CallbackData;
const view = (...lines: Span[][]): View => ({ lines });
const one = (...lines: Span[][]): BuiltMessage => {
  const [message, ...more] = build(view(...lines));
  if (!message || more.length > 0) throw new Error('not one message');
  return message;
};
const texts = (message: BuiltMessage, type: MessageEntity['type']) =>
  message.entities
    .filter((entity) => entity.type === type)
    .map(({ offset, length }) => message.text.slice(offset, offset + length));

/** Isolates opened less isolates closed, of the line where that is farthest from nought. */
function unbalanced(text: string): number {
  const open = (line: string) => [...line.matchAll(/[\u2066-\u2068]/g)].length - [...line.matchAll(/\u2069/g)].length;
  return Math.max(...text.split('\n').map((line) => Math.abs(open(line))));
}

/** The words of a view in order, by the documented normalisation, without white space and without what only directs writing. */
function expectedCharacters(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      if (typeof span === 'string') return normal(span);
      if ('at' in span) return normal(span.fallback);
      return expectedCharacters(span.content);
    })
    .join('');
}
describe('build', () => {
  it('gives what the Bot API takes, whatever the view holds, and loses no visible character', () => {
    fc.assert(
      fc.property(anyView, ({ lines }) => {
        const parts = build({ lines });
        for (const part of parts) expect(messageFaults(part)).toEqual([]);
        // A cut through an isolate leaves its halves in two messages, where they do nothing.
        if (JSON.stringify(lines).length < 1500) expect(unbalanced(parts[0]?.text ?? '')).toBe(0);
        // A moment without fallback words shows its instant instead; those views are only checked for validity.
        const silent = (spans: readonly Span[]): boolean =>
          spans.some(
            (one) => typeof one !== 'string' && ('at' in one ? visible(one.fallback) === '' : silent(one.content)),
          );
        if (lines.some(silent)) return;
        const shown = parts.map(({ text }) => normal(text)).join('');
        const meant = lines.map(expectedCharacters).join('');
        // Parts that would show nothing at all (a thousand zero-width spaces) are left out.
        if (visible(meant) !== '') expect(visible(shown)).toBe(visible(meant));
        else expect(shown).toBe('…');
      }),
      { numRuns: 1500 },
    );
  }, 120_000);

  it('the checker itself finds every kind of fault', () => {
    const entity = (type: 'bold' | 'code', offset: number, length: number): MessageEntity => ({ type, offset, length });
    const faults = (text: string, ...entities: MessageEntity[]) => messageFaults({ text, entities });
    expect(faults('ok', entity('bold', 0, 2))).toEqual([]);
    expect(faults(' a')).toContain('white space around it');
    expect(faults('\u200B')).toContain('empty');
    expect(faults('abc', entity('bold', 0, 2), entity('code', 1, 2))).toContain('bold and code overlap');
    expect(faults('a😀b', entity('bold', 0, 2))).toContain('bold cuts a pair');
    expect(faults('a b', entity('bold', 1, 1))).toContain('nothing in bold');
    expect(faults('a'.repeat(4097))).toContain('too long');
  });

  it('counts offsets in UTF-16 units, after the white space it takes off', () => {
    const message = one([], ['  '], ['😀 ', bold('Call Bob'), '  #15  '], []);
    expect(message).toEqual({ text: '😀 Call Bob  #15', entities: [{ type: 'bold', offset: 3, length: 8 }] });
  });

  it('gives an instant its seconds, its format and its fallback as text', () => {
    const message = one(['📅 ', { at: 1_795_446_000_999, fallback: 'Tomorrow 15:00', format: 'wt' }]);
    expect(message.text).toBe('📅 Tomorrow 15:00');
    expect(message.entities).toEqual([
      { type: 'date_time', offset: 3, length: 14, unix_time: 1_795_446_000, date_time_format: 'wt' },
    ]);
  });

  it('an instant Telegram cannot carry stays readable', () => {
    const message = one([{ at: Date.UTC(9999, 0, 1), fallback: '1 Jan 9999' }]);
    expect(message).toEqual({ text: '1 Jan 9999', entities: [] });
  });

  it('merges a style in itself and ends others around code', () => {
    const message = one([bold('a', bold('b'), code('c'), italic('d'))]);
    expect(message.text).toBe('abcd');
    expect(texts(message, 'bold')).toEqual(['ab', 'd']);
    expect(texts(message, 'code')).toEqual(['c']);
    expect(texts(message, 'italic')).toEqual(['d']);
  });

  it('the outer one wins where a quote, link or date would hold its like', () => {
    const message = one([quote('a', folded('b'), link('https://e.com', 'c', code('d'), link('https://f.com', 'e')))]);
    expect(texts(message, 'blockquote')).toEqual(['abcde']);
    expect(texts(message, 'expandable_blockquote')).toEqual([]);
    expect(texts(message, 'text_link')).toEqual(['cde']);
    expect(texts(message, 'code')).toEqual([]);
  });

  it.each([
    'javascript:alert(1)',
    'http://e.com',
    'https://localhost',
    'https://a:b@e.com',
    '//e.com',
    '',
    `https://e.com/${'x'.repeat(3000)}`,
  ])('shows the words of a link that Telegram would not open: %s', (href) => {
    expect(one([link(href, 'words')])).toEqual({ text: 'words', entities: [] });
  });

  it.each([
    [[]],
    [[[]]],
    [[['']]],
    [[[' \n\t ']]],
    [[['\u200B\u2060']]],
    [[[bold('')]]],
    [[['\u3164\u2800']]],
  ] as const)('is never empty: %j', (lines) => {
    expect(build({ lines })).toEqual([{ text: '…', entities: [] }]);
  });

  it('shows control characters as their pictures and takes directional overrides out', () => {
    expect(one(['a\u0000b\u001B[31m\u007F\u0085c\u202Ed\rx']).text).toBe('a␀b␛[31m␡\ncd\nx');
  });

  it('saves the ring of a letter from Telegram, which would take it off', () => {
    expect(one(['A\u030Angstrom\u0333 x\u030A\ta']).text).toBe('Ångstrom x a');
  });

  it('keeps right-to-left words from turning the words beside them', () => {
    const message = one([bold('שלום'), ' · 15:00']);
    expect(message.text).toBe('\u2068שלום\u2069 · 15:00');
    expect(texts(message, 'bold')).toEqual(['\u2068שלום\u2069']);
    expect(one([bold('שלום')]).text, 'nothing beside it, nothing added').toBe('שלום');
    expect(one(['a\u2067b', ' ours']).text).toBe('\u2068a\u2067b\u2069\u2069 ours');
    expect(one(['a\u2069b']).text).toBe('ab');
  });

  it('puts the keyboard on the last part only', () => {
    const buttons: Button[][] = [[{ label: 'Undo', data: data('u:1') }]];
    const parts = build({ lines: [['x'.repeat(9000)]], buttons });
    expect(parts.map(({ text }) => text.length)).toEqual([4096, 4096, 808]);
    expect(parts.map((part) => part.reply_markup !== undefined)).toEqual([false, false, true]);
    expect(parts[0]).not.toHaveProperty('reply_markup');
  });

  it('callback data of more than 64 bytes is a bug of ours, told at once', () => {
    expect(() => build({ lines: [['a']], buttons: [[{ label: 'x', data: data('я'.repeat(33)) }]] })).toThrow(Bug);
    expect(build({ lines: [['a']], buttons: [[{ label: 'x', data: data('я'.repeat(32)) }]] })).toHaveLength(1);
  });

  it('shortens labels by what a person sees, and never shows an empty one', () => {
    const label = (text: string) =>
      build({ lines: [['a']], buttons: [[{ label: text, data: data('x') }]] })[0]?.reply_markup?.inline_keyboard[0]?.[0]
        ?.text;
    expect(label('😀'.repeat(41))).toBe(`${'😀'.repeat(39)}…`);
    // Joined emoji take many units each; the bound of eight a grapheme cuts between them.
    expect((label('👨‍👩‍👧‍👦'.repeat(50)) ?? '').replaceAll('👨‍👩‍👧‍👦', '')).toBe('…');
    expect(label('a'.repeat(40))).toBe('a'.repeat(40));
    expect(label('a'.repeat(41))).toBe(`${'a'.repeat(39)}…`);
    expect(label('two\nlines')).toBe('two lines');
    expect(label(' \u200B ')).toBe('…');
    const family = label(`${'x'.repeat(38)}👨‍👩‍👧‍👦👨‍👩‍👧‍👦`);
    expect(family).toBe(`${'x'.repeat(38)}👨‍👩‍👧‍👦👨‍👩‍👧‍👦`);
    expect((label(`Z${'\u0351'.repeat(5000)}`) ?? '').length).toBeLessThan(400);
  });

  it('breaks a row whose labels a phone would cut off into rows of like length', () => {
    const rows = (...labels: string[]) =>
      build({
        lines: [['a']],
        buttons: [labels.map((label) => ({ label, data: data('x') }))],
      })[0]?.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text).join(' | '));
    expect(rows('Undo', 'Change time', 'Edit')).toEqual(['Undo | Change time | Edit']);
    expect(rows('Done', '10 min', '1 hour', 'Tonight', 'Tomorrow')).toEqual([
      'Done | 10 min | 1 hour',
      'Tonight | Tomorrow',
    ]);
    expect(rows('Сегодня', 'Все открытые', 'Просрочено 8', '＋ Новая')).toEqual([
      'Сегодня | Все открытые',
      'Просрочено 8 | ＋ Новая',
    ]);
    expect(rows('1012', '9', '1015', '16', '21', '7', '1030', '31')).toHaveLength(1);
    expect(rows('10012', '9', '10015', '16', '21', '7', '10030', '31')).toHaveLength(2);
    expect(rows(...Array.from({ length: 10 }, (_, n) => String(n)))).toEqual([
      '0 | 1 | 2 | 3 | 4',
      '5 | 6 | 7 | 8 | 9',
    ]);
    expect(rows('a label of one and twenty', 'b')).toEqual(['a label of one and twenty', 'b']);
  });

  it('leaves out a link button Telegram would refuse the message for, and rows without buttons', () => {
    const buttons: Button[][] = [[{ label: 'x', url: 'javascript:1' }], [], [{ label: 'y', url: 'https://e.com/' }]];
    expect(build({ lines: [['a']], buttons })[0]?.reply_markup).toEqual({
      inline_keyboard: [[{ text: 'y', url: 'https://e.com/' }]],
    });
    expect(build({ lines: [['a']], buttons: [[]] })[0]).not.toHaveProperty('reply_markup');
  });

  it('builds a small view for the cost of writing it as JSON and reading it again, times a bound', () => {
    const small: View = {
      lines: [
        [bold('Call Bob'), '  #15'],
        ['📅 ', { at: 1.8e12, fallback: 'Tomorrow 15:00' }, ' · 🟠 high · #sales'],
        ['👤 Acme'],
      ],
      buttons: [
        [
          { label: 'Undo', data: data('t:undo') },
          { label: 'Edit', data: data('t:edit') },
        ],
      ],
    };
    // 4.7 µs where this was written, 2.2 times as much; how many a second a machine builds, the benchmarks tell.
    expect(
      costRatio(
        () => build(small),
        () => JSON.parse(JSON.stringify(small)),
        8,
      ),
    ).toBeLessThan(8);
  });
});
