/** The Bot API's rules on one message, written from its documentation and not from the builder, to hold the builder to. */
import type { BuiltMessage } from '../../src/telegram/builder.ts';

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
