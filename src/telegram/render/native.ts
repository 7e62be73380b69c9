/** Builds the native form of a view: a rich message of blocks, with real tables, as `sendRichMessage` takes it. Never HTML or Markdown. */
import type { InputRichBlock, InputRichMessage, RichBlockTableCell, RichText } from '@grammyjs/types';
import { cleanText, instant, isMixed, plainText } from '../builder.ts';
import type { Block, Column, Line, Span, Table, View } from '../view.ts';
import { textLinkAddress } from './addresses.ts';
import { cleaned, isolated, isVisible } from './clean.ts';
import { inlineButton } from './keyboard.ts';

/** A rich message without files. */
export type Native = InputRichMessage<never>;
type RichBlock = InputRichBlock<never>;

/** Telegram's limits on one rich message; the characters in UTF-16 units, of which there are never fewer. */
const NATIVE_LIMITS = { characters: 32_768, blocks: 500, depth: 16, columns: 20 };
/** What the line that marks a repeat may take. */
const MARK = { characters: 100, blocks: 1 };

/**
 * The native form of a view, or undefined where it has none or Telegram would refuse it: the plain form then stands for it. Text is
 * cleaned as for the plain one, and nothing in it becomes a link or command by itself. Throws `Bug` for callback data that is too long.
 */
export function buildNative(view: View): Native | undefined {
  if (!view.lines.some((line) => 'native' in line)) return undefined;
  const blocks = view.lines.flatMap((line) => ('native' in line ? [...line.native()] : [{ line }]));
  const rtl = isRightToLeft(blocks);
  const made = blocks.flatMap((block) => blockOf(block, rtl));
  if (made.length === 0 || !fits(made)) return undefined;
  return { blocks: made, ...(rtl ? { is_rtl: true } : {}), skip_entity_detection: true };
}

/** The same with a line more at its end. */
export function withLine(native: Native, line: string): Native {
  return { ...native, blocks: [...(native.blocks ?? []), ...paragraph([line])] };
}

function blockOf(block: Block, rtl: boolean): RichBlock[] {
  if ('line' in block) return paragraphs(block.line);
  if ('inside' in block) {
    const buttons = block.inside.flatMap((button) => inlineButton(button) ?? []).slice(0, 8);
    return buttons.length === 0 ? [] : [{ type: 'buttons', buttons }];
  }
  return tableOf(block, rtl);
}

/** A line as paragraphs: one, or several where words have line breaks or quotes stand among them. */
function paragraphs(line: Line): RichBlock[] {
  const out: RichBlock[] = [];
  let waiting: Span[] = [];
  const flush = () => {
    out.push(...paragraph(waiting));
    waiting = [];
  };
  for (const span of line) {
    if (typeof span === 'string') {
      const [first = '', ...others] = cleaned(span).split('\n');
      waiting.push(first);
      for (const other of others) {
        flush();
        waiting.push(other);
      }
    } else if ('style' in span && span.style === 'quote') {
      flush();
      const quoted = paragraphs(span.content);
      if (quoted.length > 0) out.push({ type: 'blockquote', blocks: quoted });
    } else if ('style' in span && span.style === 'folded') {
      flush();
      if (isVisible(plainText(span.content)))
        out.push({ type: 'expandable_blockquote', text: textOf(span.content, scopeOf(span.content)) });
    } else waiting.push(span);
  }
  flush();
  return out;
}

function paragraph(line: Line): RichBlock[] {
  return isVisible(cleanText(line)) ? [{ type: 'paragraph', text: textOf(line, scopeOf(line)) }] : [];
}

function tableOf({ columns, rows }: Table, rtl: boolean): RichBlock[] {
  const filled = columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => rows.some((row) => isVisible(cleanText(row[index] ?? []))));
  if (filled.length === 0) return [];
  const cell = (align: Column['align'], text: RichText): RichBlockTableCell => ({
    text,
    align: (align === 'start') === rtl ? 'right' : 'left',
    valign: 'top',
  });
  const head = filled.map(({ column }) => ({ ...cell(column.align, cleaned(column.name)), is_header: true as const }));
  const body = rows.map((row) =>
    filled.map(({ column, index }) => {
      const line = row[index] ?? [];
      return cell(column.align, textOf(line, scopeOf(line)));
    }),
  );
  return [{ type: 'table', cells: [head, ...body], is_striped: true, is_compact: true }];
}

/** What holds for the text being written: where its pieces are isolated from one another, what it already is. */
interface Scope {
  readonly isolating: boolean;
  readonly linked: boolean;
  readonly styles: readonly string[];
}

const scopeOf = (line: Line): Scope => ({ isolating: isMixed(line), linked: false, styles: [] });

const STYLES = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strike: 'strikethrough',
  spoiler: 'spoiler',
} as const;

function textOf(spans: readonly Span[], scope: Scope): RichText {
  const parts = spans.map((span) => pieceOf(span, scope)).filter((part) => part !== '');
  const [only = ''] = parts;
  return parts.length <= 1 ? only : parts;
}

function pieceOf(span: Span, scope: Scope): RichText {
  if (typeof span === 'string') return scope.isolating ? isolated(cleaned(span)) : cleaned(span);
  if ('at' in span) {
    const { text, seconds } = instant(span);
    if (scope.linked || seconds === undefined) return text;
    return { type: 'date_time', text, unix_time: seconds, date_time_format: span.format ?? 'wDt' };
  }
  if (!isVisible(cleanText(span.content))) return cleanText(span.content);
  if ('style' in span) {
    if (span.style === 'code' || span.style === 'pre') return { type: 'code', text: cleanText(span.content) };
    if (span.style === 'quote' || span.style === 'folded' || scope.styles.includes(span.style))
      return textOf(span.content, scope);
    const text = textOf(span.content, { ...scope, styles: [...scope.styles, span.style] });
    return { type: STYLES[span.style], text };
  }
  const url = 'href' in span ? textLinkAddress(span.href) : undefined;
  if (scope.linked || ('href' in span && url === undefined)) return textOf(span.content, scope);
  const text = textOf(span.content, { ...scope, linked: true });
  if (url !== undefined) return { type: 'url', text, url };
  if ('mention' in span) {
    const user = { id: span.mention, is_bot: false, first_name: cleanText(span.content) };
    return { type: 'text_mention', text, user };
  }
  return text;
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]|\uD802|\uD803|\uD83A|\uD83B/g;
const LETTERS = /\p{L}/gu;

/** True when most letters of the message are written from right to left. */
function isRightToLeft(blocks: readonly Block[]): boolean {
  let text = '';
  for (const block of blocks) {
    if ('line' in block) text += plainText(block.line);
    else if ('rows' in block) text += block.rows.flat().map(plainText).join('');
  }
  const turned = text.match(RIGHT_TO_LEFT)?.length ?? 0;
  return turned > 0 && turned * 2 > (text.match(LETTERS)?.length ?? 0);
}

interface Measure {
  characters: number;
  blocks: number;
  depth: number;
}

/** Whether Telegram takes so much in one message. */
function fits(blocks: readonly RichBlock[]): boolean {
  const measure: Measure = { characters: 0, blocks: 0, depth: 0 };
  for (const block of blocks) measureBlock(block, measure, 1);
  return (
    measure.characters <= NATIVE_LIMITS.characters - MARK.characters &&
    measure.blocks <= NATIVE_LIMITS.blocks - MARK.blocks &&
    measure.depth <= NATIVE_LIMITS.depth &&
    blocks.every((block) => block.type !== 'table' || block.cells.every((row) => row.length <= NATIVE_LIMITS.columns))
  );
}

function measureBlock(block: RichBlock, measure: Measure, depth: number): void {
  measure.blocks += 1;
  if (block.type === 'blockquote') for (const inner of block.blocks) measureBlock(inner, measure, depth + 1);
  else if (block.type === 'table') {
    measure.blocks += block.cells.length;
    for (const cell of block.cells.flat()) measureText(cell.text ?? '', measure, depth);
  } else if (block.type === 'buttons') for (const { text } of block.buttons) measureText(text, measure, depth);
  else if ('text' in block) measureText(block.text, measure, depth);
}

function measureText(text: RichText, measure: Measure, depth: number): void {
  measure.depth = Math.max(measure.depth, depth);
  if (typeof text === 'string') measure.characters += text.length;
  else if (Array.isArray(text)) for (const part of text) measureText(part, measure, depth + 1);
  else if ('text' in text) measureText(text.text, measure, depth + 1);
}
