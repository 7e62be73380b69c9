/** Turns the text of a message and its entities into styled lines. */
import type { MessageEntity } from '@grammyjs/types';
import { type Reader, shownDate } from '../../page/client/dates.js';
import { harmless, type Style } from './style.ts';
import type { Segment } from './width.ts';

/** One line; quoted ones get a bar, raw ones are not wrapped. */
export interface Line {
  readonly segments: readonly Segment[];
  readonly quoted: boolean;
  readonly raw: boolean;
}

const styleOf: Readonly<Partial<Record<MessageEntity['type'], Style>>> = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'strike',
  spoiler: 'inverse',
  code: 'code',
  pre: 'code',
  text_link: 'underline',
  url: 'underline',
  email: 'underline',
  text_mention: 'accent',
  mention: 'accent',
  hashtag: 'accent',
  cashtag: 'accent',
  bot_command: 'accent',
};

/** The lines of `text`. Dates are shown as `reader` reads them; the address of a link follows its text. */
export function layout(text: string, entities: readonly MessageEntity[], reader: Reader): Line[] {
  const bounds = new Set([0, text.length]);
  for (const { offset, length } of entities) bounds.add(offset).add(offset + length);
  const cuts = [...bounds].sort((a, b) => a - b);
  const builder = new LineBuilder();
  let skipTo = 0;
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1];
    if (end === undefined) break;
    const over = entities.filter(({ offset, length }) => offset <= start && end <= offset + length);
    builder.quoted = over.some(({ type }) => type === 'blockquote' || type === 'expandable_blockquote');
    builder.raw = over.some(({ type }) => type === 'pre');
    const styles = over.flatMap(({ type }) => styleOf[type] ?? []);
    if (start >= skipTo) {
      const date = over.find((one) => one.type === 'date_time');
      if (date && date.offset === start) {
        const words = text.slice(start, start + date.length);
        builder.add(harmless(shownDate(words, date.unix_time, date.date_time_format, reader)), styles);
        skipTo = start + date.length;
      } else builder.add(harmless(text.slice(start, end)), styles);
    }
    for (const link of over) {
      if (link.type !== 'text_link' || link.offset + link.length !== end) continue;
      const label = text.slice(link.offset, end);
      if (!link.url.includes(label)) builder.add(` (${harmless(link.url)})`, ['dim']);
      else if (link.url !== label) builder.add(` ${harmless(link.url)}`, ['dim']);
    }
  }
  return builder.lines();
}

class LineBuilder {
  quoted = false;
  raw = false;
  readonly #done: Line[] = [];
  #segments: Segment[] = [];
  #flags = { quoted: false, raw: false };

  add(text: string, styles: readonly Style[]): void {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) this.#end();
      if (part === '') continue;
      this.#segments.push({ text: part, styles });
      this.#flags = { quoted: this.quoted, raw: this.raw };
    }
  }

  #end(): void {
    this.#done.push({ segments: this.#segments, ...this.#flags });
    this.#segments = [];
    this.#flags = { quoted: this.quoted, raw: this.raw };
  }

  lines(): Line[] {
    this.#end();
    return this.#done;
  }
}
