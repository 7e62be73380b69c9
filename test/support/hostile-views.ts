/** Views that hold whatever somebody may type, for the rules every message must keep. */

import type { Span, Style } from '../../src/telegram/view.ts';
import fc from './steady/fast-check.ts';

const styles: readonly Style[] = ['bold', 'italic', 'strike', 'underline', 'code', 'pre', 'quote', 'folded', 'spoiler'];

const hostileUnits = [
  ...['\u202E', '\u202A', '\u2066', '\u2067', '\u2068', '\u2069', '\u200F', '\u200D', '\u200B', '\u00A0', '\uFEFF'],
  ...['\u0000', '\u001B', '\u007F', '\u0085', '\u009F', '\r', '\r\n', '\n', '\t', '\v', '\u2028', ' ', '   ', '\n\n\n'],
  ...[
    '\uD83D',
    '\uDE00',
    '😀',
    '👨‍👩‍👧‍👦',
    '🇩🇪',
    'e\u0301',
    'Z\u0351\u0352\u0353',
    '\u0301',
    'עברית',
    'العربية',
    '\uFE0F',
    '\u3164',
    '\u2800',
  ],
  ...[
    'a',
    'word ',
    '*_`[](x)',
    '<b>&amp;</b>',
    '/start',
    '@name',
    '#tag',
    'https://e.com',
    '\uFDD00\uFDD1',
    '\u{E0067}',
  ],
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...hostileUnits), { maxLength: 12 }).map((units) => units.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .tuple(fc.constantFrom(...hostileUnits), fc.integer({ min: 1, max: 2500 }))
    .map(([unit, times]) => unit.repeat(times)),
);
const span: fc.Memo<Span> = fc.memo((depth) => {
  const leaf = fc.oneof(
    hostile,
    fc.record({ at: fc.oneof(fc.integer({ min: -1e12, max: 4e15 }), fc.constant(Number.NaN)), fallback: hostile }),
  );
  if (depth <= 1) return leaf;
  const content = fc.array(span(depth - 1), { maxLength: 4 });
  return fc.oneof(
    leaf,
    fc.record({ style: fc.constantFrom(...styles), content }),
    fc.record({
      href: fc.constantFrom('https://e.com/a b', 'tg://user?id=1', 'javascript:1', 'http://e.com', 'x'),
      content,
    }),
  );
});
/** One line of them. */
export const anyLine = fc.array(span(4), { maxLength: 5 });
export const anyView = fc.record({ lines: fc.array(anyLine, { maxLength: 6 }) });

/** A text by the documented normalisation, without white space and without what only directs writing. */
export const normal = (text: string) =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: shown as pictures
    .replace(/[\x00-\x08\x0E-\x1F]/g, (control) =>
      control === '\r' ? '' : String.fromCharCode(0x2400 + control.charCodeAt(0)),
    )
    .replaceAll('\u007F', '\u2421')
    .replaceAll('\u0085', '')
    .replace(/[\u0080-\u009F]/g, '\uFFFD')
    .replace(/\p{L}\u030A/gu, (letter) => letter.normalize('NFC'))
    .replace(/[\s\u202A-\u202E\u2066-\u2069]|\u030A|\u0333|\u033F/g, '');

/** What of it a person sees. */
export const visible = (text: string) =>
  normal(text).replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]/gu, '');
