/** Rich messages as elements: headings, lists, tables, folded parts, buttons. */
/** @import { RichBlock, RichBlockTable, RichText } from '@grammyjs/types' */
/** @import { Doing } from './formatting.js' */
import { h } from '../dom.js';
import { words } from '../texts/index.js';
import { dateTime, foldedQuote, link, spoiler } from './formatting.js';

/** @typedef {Doing & { press: (data: string, button: HTMLButtonElement) => void }} RichDoing */

/** @param {readonly RichBlock[]} blocks @param {RichDoing} doing @returns {Node[]} */
export function richBlocks(blocks, doing) {
  return blocks.flatMap((block) => {
    const element = richBlock(block, doing);
    return element ? [element] : [];
  });
}

/** @param {RichBlock} block @param {RichDoing} doing @returns {Node | undefined} */
function richBlock(block, doing) {
  switch (block.type) {
    case 'paragraph':
      return h('p', { dir: 'auto' }, ...richText(block.text, doing));
    case 'heading':
      return h(headings[block.size - 1] ?? 'h6', { dir: 'auto' }, ...richText(block.text, doing));
    case 'footer':
      return h('p', { class: 'dim', dir: 'auto' }, ...richText(block.text, doing));
    case 'pre':
      return h('pre', { tabindex: 0 }, h('code', {}, ...richText(block.text, doing)));
    case 'pullquote':
      return h('blockquote', {}, ...richText(block.text, doing));
    case 'expandable_blockquote':
      return foldedQuote(richText(block.text, doing), plain(block.text));
    case 'blockquote':
      return h('blockquote', {}, ...richBlocks(block.blocks, doing));
    case 'divider':
      return h('hr');
    case 'list':
      return h(
        'ul',
        { class: 'rich-list' },
        ...block.items.map((item) =>
          h(
            'li',
            {},
            h('span', { class: 'mark' }, item.has_checkbox ? (item.is_checked ? '☑' : '☐') : item.label),
            h('div', {}, ...richBlocks(item.blocks, doing)),
          ),
        ),
      );
    case 'details':
      return h(
        'details',
        { open: block.is_open === true },
        h('summary', {}, ...richText(block.summary, doing)),
        ...richBlocks(block.blocks, doing),
      );
    case 'table':
      return h(
        'div',
        // Wider than the screen it is scrolled, by keyboard too.
        { class: 'table', tabindex: 0, role: 'region', 'aria-label': words.table },
        table(block, doing),
      );
    case 'buttons':
      return h(
        'div',
        { class: 'key-row' },
        ...block.buttons.map((button) => {
          const label = richText(button.text, doing);
          if ('url' in button) return link(button.url, label);
          if (!('callback_data' in button))
            return h('button', { type: 'button', class: 'key', disabled: true }, ...label);
          const key = h('button', { type: 'button', class: 'key' }, ...label);
          key.addEventListener('click', () => doing.press(button.callback_data, key));
          return key;
        }),
      );
    default:
      return undefined;
  }
}

/**
 * A first row of headers is the head of the table, so that a screen reader names a cell's column.
 * @param {RichBlockTable} block @param {RichDoing} doing
 */
function table({ cells, caption, is_bordered, is_striped, is_compact }, doing) {
  const head = cells[0]?.every((cell) => cell.is_header) ? 1 : 0;
  const rows = cells.map((row) =>
    h(
      'tr',
      {},
      ...row.map((cell) =>
        h(
          cell.is_header ? 'th' : 'td',
          {
            class: `to-${cell.align}`,
            scope: cell.is_header ? (head === 1 && row === cells[0] ? 'col' : 'row') : undefined,
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            dir: 'auto',
          },
          ...(cell.text === undefined ? [] : richText(cell.text, doing)),
        ),
      ),
    ),
  );
  const looks = [is_bordered && 'bordered', is_striped && 'striped', is_compact && 'compact'].filter(Boolean);
  return h(
    'table',
    { class: looks.join(' ') },
    caption !== undefined && h('caption', { dir: 'auto' }, ...richText(caption, doing)),
    head === 1 && h('thead', {}, ...rows.slice(0, 1)),
    h('tbody', {}, ...rows.slice(head)),
  );
}

const headings = /** @type {const} */ (['h2', 'h3', 'h4', 'h5', 'h6', 'h6']);

/** @type {Readonly<Record<string, keyof HTMLElementTagNameMap>>} */
const tags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  subscript: 'sub',
  superscript: 'sup',
  marked: 'mark',
};

/** @param {RichText} text @param {RichDoing} doing @returns {(Node | string)[]} */
function richText(text, doing) {
  if (typeof text === 'string') return [text];
  if (Array.isArray(text)) return text.flatMap((part) => richText(part, doing));
  const inner = 'text' in text ? richText(text.text, doing) : [];
  switch (text.type) {
    case 'date_time':
      return [dateTime(plain(text.text), text.unix_time, text.date_time_format)];
    case 'spoiler':
      return [spoiler(inner)];
    case 'url':
      return [link(text.url, inner)];
    case 'email_address':
      return [link(`mailto:${text.email_address}`, inner)];
    case 'bot_command':
      return [h('button', { type: 'button', class: 'command', onclick: () => doing.say(text.bot_command) }, ...inner)];
    default: {
      const tag = tags[text.type];
      return tag ? [h(tag, {}, ...inner)] : inner;
    }
  }
}

/** The words of the first block that has any. @param {readonly RichBlock[]} blocks */
export function firstWords(blocks) {
  for (const block of blocks) if ('text' in block && plain(block.text).trim() !== '') return plain(block.text);
  return '';
}

/** The words alone. @param {RichText} text @returns {string} */
function plain(text) {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(plain).join('');
  return 'text' in text ? plain(text.text) : '';
}
