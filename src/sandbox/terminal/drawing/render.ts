/** A message as the lines a terminal shows: content, files, buttons. Pure. */
import type { Message } from '@grammyjs/types';
import type { Reader } from '../../page/client/dates.js';
import type { SeenMessage } from '../../world.ts';
import { keyLabels, keyRows } from './keyboard.ts';
import { type Line, layout } from './layout.ts';
import { layoutRich } from './rich.ts';
import { harmless, type Paint } from './style.ts';
import { displayWidth, type Segment, shortened, wrap } from './width.ts';

export interface Page {
  /** Columns a line may take, its indent included; Infinity leaves lines as they are. */
  readonly columns: number;
  readonly indent: string;
  readonly paint: Paint;
  readonly reader: Reader;
}

/** The lines of a message. `mark` is a quiet remark above it, as `updated`. */
export function renderMessage(seen: SeenMessage, page: Page, mark?: string): string[] {
  const { message } = seen;
  const out: string[] = [];
  if (mark !== undefined) out.push(page.paint(mark, 'dim'));
  for (const line of contentLines(message, page.reader, page.columns - displayWidth(page.indent)))
    out.push(...renderLine(line, page));
  for (const row of keyRows(message, seen.replyKeyboard)) out.push(...renderRow(keyLabels(row), page));
  return out.map((line) => (line === '' ? '' : `${page.indent}${line}`));
}

/** The first words of a message, for a remark about it. */
export function summary(message: Message, reader: Reader, columns: number): string {
  const first = contentLines(message, reader, Number.POSITIVE_INFINITY).find((line) => line.segments.length > 0);
  return shortened(first?.segments.map(({ text }) => text).join('') ?? '', columns);
}

function contentLines(message: Message, reader: Reader, room: number): Line[] {
  const lines: Line[] = [];
  const file = describeFile(message);
  if (file !== undefined) lines.push({ segments: [{ text: file, styles: [] }], quoted: false, raw: false });
  if (message.rich_message) lines.push(...layoutRich(message.rich_message, reader, room));
  const text = message.text ?? message.caption;
  if (text !== undefined) lines.push(...layout(text, message.entities ?? message.caption_entities ?? [], reader));
  return lines;
}

/** One line for what a terminal cannot show. */
function describeFile(message: Message): string | undefined {
  const { photo, document, voice, audio, video, location, contact } = message;
  if (photo) return `📎 picture ${size(photo.at(-1)?.file_size)}`;
  const named = video ?? audio ?? document;
  if (named) return `📎 ${harmless(named.file_name ?? 'file')} ${size(named.file_size)}`;
  if (voice) return `📎 voice message, ${voice.duration} s`;
  if (location) return `📍 ${location.latitude}, ${location.longitude}`;
  if (contact) return `👤 ${harmless(`${contact.first_name} ${contact.phone_number}`)}`;
  return undefined;
}

function size(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  return bytes < 1000 ? `(${bytes} B)` : `(${Math.round(bytes / 1000)} kB)`;
}

function renderLine(line: Line, page: Page): string[] {
  const bar = line.quoted ? '│ ' : '';
  const room = page.columns - displayWidth(page.indent) - displayWidth(bar);
  const wrapped: readonly (readonly Segment[])[] = line.raw ? [line.segments] : wrap(line.segments, room);
  return wrapped.map((segments) => {
    const text = segments.map((segment) => page.paint(segment.text, ...segment.styles)).join('');
    return `${page.paint(bar, 'dim')}${text}`;
  });
}

/** A row of buttons, broken between buttons when it is too long. */
function renderRow(labels: readonly { readonly number: string; readonly label: string }[], page: Page): string[] {
  const room = page.columns - displayWidth(page.indent);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { number, label } of labels) {
    const gap = number === '' || label === '' ? '' : ' ';
    const width = displayWidth(number) + gap.length + displayWidth(label);
    if (used > 0 && used + 2 + width > room) {
      lines.push(line);
      line = '';
      used = 0;
    }
    const button = `${page.paint(number, 'accent')}${gap}${label}`;
    line += used === 0 ? button : `  ${button}`;
    used += (used === 0 ? 0 : 2) + width;
  }
  if (line !== '') lines.push(line);
  return lines;
}
