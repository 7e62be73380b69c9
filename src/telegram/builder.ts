/** Turns a view into what the Bot API takes: text, entities in UTF-16 units and an inline keyboard. Never a parse mode. */
import type { InlineKeyboardMarkup, MessageEntity } from '@grammyjs/types';
import { type EpochMs, iso } from '../core/clock.ts';
import { textLinkAddress } from './render/addresses.ts';
import { cleaned, isolated, isVisible } from './render/clean.ts';
import { keyboard } from './render/keyboard.ts';
import { split } from './render/split.ts';
import { type Line, plainLines, type Span, type Style, type View } from './view.ts';

/** One message as `sendMessage` and `editMessageText` take it. */
export interface BuiltMessage {
  readonly text: string;
  readonly entities: MessageEntity[];
  readonly reply_markup?: InlineKeyboardMarkup;
}

/** Shown where a view has nothing a person could see: Telegram refuses an empty message. */
const NOTHING = '…';

/**
 * The messages a view needs: one, or several when its text is longer than Telegram takes; the keyboard is on the last.
 * Whatever the view holds, Telegram accepts the result: text is cleaned (see `clean.ts`), white space around each message is
 * taken off, entities are never empty and properly nested by Telegram's rules (code holds no other style, links, dates and
 * code do not hold one another, quotes are not nested: the outer one wins), links that are no https or tg address are plain.
 * Throws `Bug` when callback data is longer than 64 bytes.
 */
export function build(view: View): BuiltMessage[] {
  const writing = new Writing();
  let begun = false;
  for (const line of plainLines(view.lines)) {
    if (begun) writing.text += '\n';
    begun = true;
    writing.isolating = isMixed(line);
    writing.write(line);
  }
  const markup = keyboard(view.buttons ?? []);
  const parts = split(writing.text, writing.entities());
  const last = parts.pop() ?? { text: NOTHING, entities: [] };
  return markup ? [...parts, { ...last, reply_markup: markup }] : [...parts, last];
}

/** True when a line has several pieces of text, which must not turn one another. */
export function isMixed(line: Line): boolean {
  return leaves(line, 2) > 1;
}

/** How many pieces of text a line has, counted up to `enough`. */
function leaves(spans: readonly Span[], enough: number): number {
  let count = 0;
  for (const span of spans) {
    if (typeof span === 'string') count += span === '' ? 0 : 1;
    else count += 'content' in span ? leaves(span.content, enough - count) : 1;
    if (count >= enough) break;
  }
  return count;
}

/** Styles Telegram nests freely, except in code. The others exclude one another or must not be cut. */
const NESTING = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strike: 'strikethrough',
  spoiler: 'spoiler',
} as const;
const BLOCKS = { code: 'code', pre: 'pre', quote: 'blockquote', folded: 'expandable_blockquote' } as const;

type NestingStyle = keyof typeof NESTING;

function nests(style: Style): style is NestingStyle {
  return style in NESTING;
}

/** The text so far, the entities closed so far and the styles open at its end. */
class Writing {
  text = '';
  /** The line has other text beside the piece being written, so right-to-left pieces are isolated. */
  isolating = false;
  readonly #closed: MessageEntity[] = [];
  /** Nesting styles the next character will have, outermost first. */
  readonly #open: OpenStyle[] = [];
  #quoted = false;
  /** Inside a link: nothing that excludes it may begin. */
  #linked = false;

  write(spans: readonly Span[]): void {
    for (const span of spans) {
      if (typeof span === 'string') this.#append(span);
      else if ('at' in span) this.#instant(span);
      else if ('href' in span) this.#link(span.href, span.content);
      else if ('mention' in span) this.#mention(span.mention, span.content);
      else this.#styled(span.style, span.content);
    }
  }

  #append(text: string): void {
    const clean = cleaned(text);
    this.text += this.isolating ? isolated(clean) : clean;
  }

  #styled(style: Style, content: readonly Span[]): void {
    if (nests(style)) this.#nesting(style, content);
    else if (style === 'code' || style === 'pre') this.#code(BLOCKS[style], content);
    else this.#quote(BLOCKS[style], content);
  }

  #nesting(style: NestingStyle, content: readonly Span[]): void {
    if (this.#open.some((open) => open.style === style)) {
      this.write(content);
      return;
    }
    this.#open.push({ style, from: this.text.length });
    this.write(content);
    const open = this.#open.pop();
    if (open) this.#close({ type: NESTING[style] }, open.from);
  }

  #quote(type: 'blockquote' | 'expandable_blockquote', content: readonly Span[]): void {
    if (this.#quoted || this.#linked) {
      this.write(content);
      return;
    }
    this.#quoted = true;
    const around = this.#pause();
    const from = this.text.length;
    this.#resume(around);
    this.write(content);
    this.#pause();
    this.#close({ type }, from);
    this.#resume(around);
    this.#quoted = false;
  }

  #code(type: 'code' | 'pre', content: readonly Span[]): void {
    const text = cleanText(content);
    if (this.#linked) {
      this.text += text;
      return;
    }
    const around = this.#pause();
    const from = this.text.length;
    this.text += text;
    this.#close({ type }, from);
    this.#resume(around);
  }

  #link(href: string, content: readonly Span[]): void {
    const url = this.#linked ? undefined : textLinkAddress(href);
    if (url === undefined) {
      this.write(content);
      return;
    }
    this.#linked = true;
    const from = this.text.length;
    this.write(content);
    this.#close({ type: 'text_link', url }, from);
    this.#linked = false;
  }

  #mention(id: number, content: readonly Span[]): void {
    if (this.#linked) {
      this.write(content);
      return;
    }
    this.#linked = true;
    const from = this.text.length;
    this.write(content);
    this.#close({ type: 'text_mention', user: { id, is_bot: false, first_name: this.text.slice(from) } }, from);
    this.#linked = false;
  }

  #instant(span: Extract<Span, { at: number }>): void {
    const from = this.text.length;
    const { text, seconds } = instant(span);
    this.text += text;
    if (this.#linked || seconds === undefined) return;
    this.#close({ type: 'date_time', unix_time: seconds, date_time_format: span.format ?? 'wDt' }, from);
  }

  /** Ends the open nesting styles here, because what follows may not lie across or inside them. */
  #pause(): OpenStyle[] {
    const open = this.#open.splice(0);
    for (const { style, from } of open) this.#close({ type: NESTING[style] }, from);
    return open;
  }

  #resume(styles: readonly OpenStyle[]): void {
    for (const { style } of styles) this.#open.push({ style, from: this.text.length });
  }

  #close(kind: EntityKind, from: number): void {
    const length = this.text.length - from;
    if (length > 0) this.#closed.push({ ...kind, offset: from, length });
  }

  /** In Telegram's order: by offset, the longer first. */
  entities(): MessageEntity[] {
    // Inner ones are closed first: turned round, of two over the same text the outer one leads.
    return this.#closed.reverse().sort((a, b) => a.offset - b.offset || b.length - a.length);
  }
}

interface OpenStyle {
  readonly style: NestingStyle;
  readonly from: number;
}

type Without<T> = T extends unknown ? Omit<T, 'offset' | 'length'> : never;
type EntityKind = Without<MessageEntity>;

/** The words of spans without their styles. */
export function plainText(spans: readonly Span[]): string {
  let text = '';
  for (const span of spans) {
    if (typeof span === 'string') text += span;
    else text += 'at' in span ? span.fallback : plainText(span.content);
  }
  return text;
}

/** The same, cleaned piece by piece: halves of a character in two pieces are no character. */
export function cleanText(spans: readonly Span[]): string {
  let text = '';
  for (const span of spans) {
    if (typeof span === 'string') text += cleaned(span);
    else text += 'at' in span ? cleaned(span.fallback) : cleanText(span.content);
  }
  return text;
}

/** The words of an instant, and its Unix time where Telegram keeps it: a signed 32-bit number, so that from 2038-01-19 on the words stand alone. */
export function instant(span: Extract<Span, { at: number }>): { readonly text: string; readonly seconds?: number } {
  const fallback = cleaned(span.fallback);
  const text = isVisible(fallback) ? fallback : isoOrNothing(span.at);
  const seconds = Math.floor(span.at / 1000);
  return seconds > 0 && seconds <= 0x7fff_ffff ? { text, seconds } : { text };
}

function isoOrNothing(at: EpochMs): string {
  return Math.abs(at) <= 8.64e15 ? iso(at) : NOTHING;
}
