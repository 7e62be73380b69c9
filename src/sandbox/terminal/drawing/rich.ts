/** Rich messages as styled lines: headings, lists, tables, quotations. Their buttons are drawn with the keyboard. */
import type { RichBlock, RichMessage, RichText } from '@grammyjs/types';
import { type Reader, shownDate } from '../../page/client/dates.js';
import type { Line } from './layout.ts';
import { harmless, type Style } from './style.ts';
import { displayWidth, padded, type Segment } from './width.ts';

/** The blocks of a rich message, an empty line between them. */
export function layoutRich(rich: RichMessage, reader: Reader): Line[] {
  return blocks(rich.blocks, reader);
}

function blocks(list: readonly RichBlock[], reader: Reader): Line[] {
  const shown = list.map((block) => layoutBlock(block, reader)).filter((lines) => lines.length > 0);
  return shown.flatMap((lines, index) => (index === 0 ? lines : [blank, ...lines]));
}

const blank: Line = { segments: [], quoted: false, raw: false };
const line = (segments: readonly Segment[], flags: Partial<Line> = {}): Line => ({
  segments,
  quoted: false,
  raw: false,
  ...flags,
});

function layoutBlock(block: RichBlock, reader: Reader): Line[] {
  switch (block.type) {
    case 'paragraph':
      return lines(inline(block.text, reader, []));
    case 'heading':
      return lines(inline(block.text, reader, ['bold']));
    case 'footer':
      return lines(inline(block.text, reader, ['dim']));
    case 'pre':
      return lines(inline(block.text, reader, ['code'])).map((one) => ({ ...one, raw: true }));
    case 'pullquote':
    case 'expandable_blockquote':
      return lines(inline(block.text, reader, [])).map((one) => ({ ...one, quoted: true }));
    case 'blockquote':
      return blocks(block.blocks, reader).map((one) => ({ ...one, quoted: true }));
    case 'divider':
      return [line([{ text: '─'.repeat(24), styles: ['dim'] }])];
    case 'list':
      return block.items.flatMap((item) => {
        const mark = item.has_checkbox ? (item.is_checked ? '☑' : '☐') : item.label;
        return blocks(item.blocks, reader).map((one, index) => {
          const lead = index === 0 ? `${mark} ` : ' '.repeat(displayWidth(mark) + 1);
          return { ...one, segments: [{ text: lead, styles: [] }, ...one.segments] };
        });
      });
    case 'details':
      return [
        ...lines([{ text: '▾ ', styles: ['dim'] }, ...inline(block.summary, reader, ['bold'])]),
        ...blocks(block.blocks, reader),
      ];
    case 'table':
      return table(block.cells, reader);
    default:
      return [];
  }
}

type Cells = Extract<RichBlock, { type: 'table' }>['cells'];

/** Columns as wide as their widest cell; the terminal cannot wrap inside a cell. */
function table(cells: Cells, reader: Reader): Line[] {
  const texts = cells.map((row) => row.map((cell) => flat(inline(cell.text ?? '', reader, []))));
  const widths: number[] = [];
  for (const row of texts) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, displayWidth(text));
  }
  return cells.map((row, rowIndex) => {
    const segments = row.flatMap((cell, column): Segment[] => {
      const text = padded(texts[rowIndex]?.[column] ?? '', widths[column] ?? 0, cell.align);
      const last = column === row.length - 1;
      return [{ text: last ? text.trimEnd() : `${text}  `, styles: cell.is_header ? ['bold'] : [] }];
    });
    return line(segments, { raw: true });
  });
}

const flat = (segments: readonly Segment[]): string =>
  segments
    .map(({ text }) => text)
    .join('')
    .replaceAll('\n', ' ');

function lines(segments: readonly Segment[]): Line[] {
  const out: Segment[][] = [[]];
  for (const { text, styles } of segments) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) out.push([]);
      if (part !== '') out.at(-1)?.push({ text: part, styles });
    }
  }
  return out.map((one) => line(one));
}

const richStyles: Readonly<Record<string, Style>> = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'strike',
  spoiler: 'inverse',
  marked: 'inverse',
  code: 'code',
  url: 'underline',
  mention: 'accent',
  hashtag: 'accent',
  bot_command: 'accent',
};

function inline(text: RichText, reader: Reader, styles: readonly Style[]): Segment[] {
  if (typeof text === 'string') return [{ text: harmless(text), styles }];
  if (Array.isArray(text)) return text.flatMap((part) => inline(part, reader, styles));
  if (text.type === 'date_time') {
    const inner = inline(text.text, reader, styles);
    const words = inner.map((segment) => segment.text).join('');
    const shown = shownDate(words, text.unix_time, text.date_time_format, reader);
    return shown === words ? inner : [{ text: shown, styles }];
  }
  const style = richStyles[text.type];
  const inner = 'text' in text ? text.text : undefined;
  return inner === undefined ? [] : inline(inner, reader, style ? [...styles, style] : styles);
}
