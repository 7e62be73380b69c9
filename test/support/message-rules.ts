/** The Bot API's rules on one message, written from its documentation and not from the builder, to hold the builder to. */
import type { RichText } from '@grammyjs/types';
import { wordsOf } from '../../src/sandbox/index.ts';
import type { BuiltMessage } from '../../src/telegram/builder.ts';
import type { Native } from '../../src/telegram/render/native.ts';

/** Every fault Telegram would find with a message, or would silently mend. */
export function messageFaults({ text, entities, reply_markup }: BuiltMessage): string[] {
  const faults: string[] = [];
  const fault = (found: boolean, name: string) => {
    if (found) faults.push(name);
  };
  fault(text.length > 4096, 'too long');
  fault(text !== text.trim(), 'white space around it');
  fault(
    text.replace(/[\p{White_Space}\p{Cf}\u2800\u3164\u115F\u1160\uFFA0\uFFFC]|\u034F|\uFE0F/gu, '') === '',
    'empty',
  );
  fault(!text.isWellFormed(), 'lone surrogate');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  fault(/\u030A|\u0333|\u033F|[\x00-\x09\x0B-\x1F\x7F-\x9F\u2028-\u202E]/.test(text), 'control character');
  fault(entities.length > 100, 'too many entities');
  const low = (index: number) => /^[\uDC00-\uDFFF]/.test(text.slice(index, index + 1));
  const free = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];
  const quotes = ['blockquote', 'expandable_blockquote'];
  for (const [index, a] of entities.entries()) {
    const end = a.offset + a.length;
    fault(
      !Number.isInteger(a.offset) || !Number.isInteger(a.length) || a.offset < 0 || end > text.length,
      'out of range',
    );
    fault(a.length < 1 || text.slice(a.offset, end).trim() === '', `nothing in ${a.type}`);
    fault(low(a.offset) || low(end), `${a.type} cuts a pair`);
    if (a.type === 'text_link') fault(!/^(https|tg):/.test(a.url), 'bad link');
    if (a.type === 'date_time') fault(a.unix_time < 1 || a.unix_time > 2 ** 31 - 1, 'bad time');
    for (const b of entities.slice(index + 1)) {
      const stop = b.offset + b.length;
      if (b.offset >= end || a.offset >= stop) continue;
      const nested = (b.offset >= a.offset && stop <= end) || (a.offset >= b.offset && end <= stop);
      fault(!nested, `${a.type} and ${b.type} overlap`);
      fault(a.type === b.type, `${a.type} in itself`);
      const both = [a.type, b.type];
      fault(
        both.includes('code') || both.includes('pre') ? !both.some((type) => quotes.includes(type)) : false,
        `${both} in code`,
      );
      const others = both.filter((type) => !free.includes(type) && !quotes.includes(type));
      fault(others.length === 2, `${both} in one another`);
      fault(quotes.includes(a.type) && quotes.includes(b.type), 'quote in a quote');
      const [inner, outer] = a.length >= b.length ? [b, a] : [a, b];
      fault(
        quotes.includes(inner.type) && outer.type === 'text_link' && inner.length < outer.length,
        'quote in a link',
      );
    }
  }
  const buttons = reply_markup?.inline_keyboard ?? [];
  fault(buttons.flat().length > 100, 'too many buttons');
  for (const row of buttons) {
    fault(row.length < 1 || row.length > 8, 'bad row');
    for (const button of row) {
      fault(button.text.trim() === '' || button.text.includes('\n') || !button.text.isWellFormed(), 'bad label');
      if ('callback_data' in button) {
        const bytes = new TextEncoder().encode(button.callback_data).length;
        fault(bytes < 1 || bytes > 64, 'bad callback data');
      }
    }
  }
  return faults;
}

type RichBlock = NonNullable<Native['blocks']>[number];

/** The same for a native message: its blocks, tables, texts and buttons, by the limits the Bot API names. */
export function nativeFaults(native: Native): string[] {
  const faults: string[] = [];
  const fault = (found: boolean, name: string) => {
    if (found) faults.push(name);
  };
  let characters = 0;
  let blocks = 0;
  const text = (rich: RichText, depth: number, linked: boolean): void => {
    fault(depth > 16, 'too deep');
    if (typeof rich === 'string') {
      characters += rich.length;
      fault(!rich.isWellFormed(), 'lone surrogate');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      fault(/\u030A|\u0333|\u033F|[\x00-\x09\x0B-\x1F\x7F-\x9F\u2028-\u202E]/.test(rich), 'control character');
    } else if (Array.isArray(rich)) for (const part of rich) text(part, depth + 1, linked);
    else {
      const known = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code', 'date_time', 'url'];
      fault(!known.includes(rich.type), `${rich.type} in a text`);
      const links = rich.type === 'url' || rich.type === 'date_time';
      fault(links && linked, `${rich.type} in a link`);
      if (rich.type === 'url') fault(!/^(https|tg):/.test(rich.url), 'bad link');
      if (rich.type === 'date_time') fault(!(rich.unix_time >= 1 && rich.unix_time <= 2 ** 31 - 1), 'bad time');
      if (rich.type === 'code') fault(typeof rich.text !== 'string', 'something in code');
      if ('text' in rich) text(rich.text, depth + 1, linked || links);
    }
  };
  const block = (one: RichBlock, depth: number): void => {
    blocks += 1;
    fault(depth > 16, 'too deep');
    if (one.type === 'paragraph' || one.type === 'expandable_blockquote') {
      fault(wordsOf({ rich_message: { blocks: [one] } }).trim() === '', 'empty');
      text(one.text, depth, false);
    } else if (one.type === 'blockquote') {
      fault(one.blocks.length === 0, 'empty');
      for (const inner of one.blocks) block(inner, depth + 1);
    } else if (one.type === 'table') {
      blocks += one.cells.length;
      const [head = []] = one.cells;
      fault(head.length === 0 || !head.every((cell) => cell.is_header), 'no head');
      for (const row of one.cells) {
        fault(row.length !== head.length || row.length > 20, 'bad row');
        for (const cell of row) text(cell.text ?? '', depth, false);
      }
    } else if (one.type === 'buttons') {
      fault(one.buttons.length < 1 || one.buttons.length > 8, 'bad row of buttons');
      for (const button of one.buttons) {
        fault(typeof button.text !== 'string' || button.text.trim() === '', 'bad label');
        if ('callback_data' in button) fault(Buffer.byteLength(button.callback_data) > 64, 'bad callback data');
      }
    } else fault(true, `a block of type ${one.type}`);
  };
  for (const one of native.blocks ?? []) block(one, 1);
  fault((native.blocks ?? []).length === 0, 'empty');
  fault(characters > 32_768, 'too long');
  fault(blocks > 500, 'too many blocks');
  fault(native.html !== undefined || native.markdown !== undefined, 'a parse mode');
  fault(native.skip_entity_detection !== true, 'finds links and commands by itself');
  return faults;
}
