/** Rich messages as styled lines: headings, lists, tables, quotations. Their buttons are drawn with the keyboard. */
import type { RichBlock, RichMessage, RichText } from '@grammyjs/types';
import { type Reader, shownDate } from '../../page/client/dates.js';
import type { Line } from './layout.ts';
import { harmless, type Style } from './style.ts';
import { displayWidth, type Segment, wrap } from './width.ts';

/** The blocks of a rich message, an empty line between them; tables take at most `room` columns where they can. */
export function layoutRich(rich: RichMessage, reader: Reader, room: number): Line[] {
  return blocks(rich.blocks, reader, room);
}

function blocks(list: readonly RichBlock[], reader: Reader, room: number): Line[] {
  const shown = list.map((block) => layoutBlock(block, reader, room)).filter((lines) => lines.length > 0);
  return shown.flatMap((lines, index) => (index === 0 ? lines : [blank, ...lines]));
}

const blank: Line = { segments: [], quoted: false, raw: false };
const line = (segments: readonly Segment[], flags: Partial<Line> = {}): Line => ({
  segments,
  quoted: false,
  raw: false,
  ...flags,
});

function layoutBlock(block: RichBlock, reader: Reader, room: number): Line[] {
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
      return blocks(block.blocks, reader, room).map((one) => ({ ...one, quoted: true }));
    case 'divider':
      return [line([{ text: '─'.repeat(24), styles: ['dim'] }])];
    case 'list':
      return block.items.flatMap((item) => {
        const mark = item.has_checkbox ? (item.is_checked ? '☑' : '☐') : item.label;
        return blocks(item.blocks, reader, room).map((one, index) => {
          const lead = index === 0 ? `${mark} ` : ' '.repeat(displayWidth(mark) + 1);
          return { ...one, segments: [{ text: lead, styles: [] }, ...one.segments] };
        });
      });
    case 'details':
      return [
        ...lines([{ text: '▾ ', styles: ['dim'] }, ...inline(block.summary, reader, ['bold'])]),
        ...blocks(block.blocks, reader, room),
      ];
    case 'table':
      return table(block.cells, reader, room);
    default:
      return [];
  }
}

type Cells = Extract<RichBlock, { type: 'table' }>['cells'];

/** Between columns. */
const GAP = 2;
/** A column is not made narrower than this. */
const NARROWEST = 10;

/** Columns as wide as their widest cell; where that is more than `room`, the widest gives way and its cells take several lines. */
function table(cells: Cells, reader: Reader, room: number): Line[] {
  const rows = cells.map((row) =>
    row.map((cell) => flat(inline(cell.text ?? '', reader, cell.is_header ? ['bold'] : []))),
  );
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  const beyond = widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1)) - room;
  const widest = widths.indexOf(Math.max(...widths));
  if (beyond > 0) widths[widest] = Math.max(NARROWEST, (widths[widest] ?? 0) - beyond);
  return cells.flatMap((row, index) => {
    const wrapped = row.map((_, column) => wrap(rows[index]?.[column] ?? [], widths[column] ?? 0));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) => {
      const segments = row.flatMap((cell, column) => {
        const filled = aligned(wrapped[column]?.[at] ?? [], widths[column] ?? 0, cell.align);
        return column === row.length - 1 ? filled : [...filled, { text: ' '.repeat(GAP), styles: [] }];
      });
      return line(trimmed(segments), { raw: true });
    });
  });
}

const widthOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { text }) => sum + displayWidth(text), 0);

/** A cell is one line before it is wrapped. */
const flat = (segments: readonly Segment[]): Segment[] =>
  segments.map((segment) => ({ ...segment, text: segment.text.replaceAll('\n', ' ') }));

function aligned(segments: readonly Segment[], columns: number, align: 'left' | 'center' | 'right'): Segment[] {
  const room = Math.max(0, columns - widthOf(segments));
  const before = align === 'left' ? 0 : align === 'right' ? room : Math.floor(room / 2);
  const space = (count: number): Segment[] => (count === 0 ? [] : [{ text: ' '.repeat(count), styles: [] }]);
  return [...space(before), ...segments, ...space(room - before)];
}

/** Without the space at the end of a line. */
function trimmed(segments: readonly Segment[]): Segment[] {
  const kept = segments.slice();
  while (kept.at(-1)?.text.trim() === '') kept.pop();
  return kept;
}

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
