/** The buttons under a message. */
/** @import { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types' */
import { h, icon } from '../dom.js';
import { words } from '../texts/index.js';
import { safeAddress } from './formatting.js';

/**
 * @typedef {object} KeysDoing
 * @property {(data: string, button: HTMLButtonElement) => void} press
 * @property {(text: string) => void} copy
 */

/** @param {InlineKeyboardMarkup['inline_keyboard']} rows @param {KeysDoing} doing */
export function keysOf(rows, doing) {
  return h(
    'div',
    { class: 'keys', role: 'group', 'aria-label': words.buttons },
    ...rows.map((row) => h('div', { class: 'key-row' }, ...row.map((button) => keyOf(button, doing)))),
  );
}

/** Labels of so many characters ("Change time") stay on one line. */
const BRIEF = 12;

/** The wide plus at the head of a label: fonts of text seldom have it, and others draw it small. It is drawn from theirs. @param {string} text */
function labelOf(text) {
  return text.startsWith('＋') ? [h('span', { class: 'plus' }, '＋'), text.slice(1)] : [text];
}

/** @param {InlineKeyboardButton} button @param {KeysDoing} doing */
function keyOf(button, doing) {
  const brief = button.text.length <= BRIEF;
  const label = h('span', { class: brief ? 'key-label brief' : 'key-label', dir: 'auto' }, ...labelOf(button.text));
  if ('callback_data' in button) {
    const key = h('button', { type: 'button', class: 'key' }, label);
    key.addEventListener('click', () => doing.press(button.callback_data, key));
    return key;
  }
  if ('copy_text' in button) {
    const { text } = button.copy_text;
    return h('button', { type: 'button', class: 'key', onclick: () => doing.copy(text) }, label, icon('copy'));
  }
  const address = 'url' in button ? button.url : 'web_app' in button ? button.web_app.url : '';
  const href = safeAddress(address);
  if (address === '' || href === undefined) return h('button', { type: 'button', class: 'key', disabled: true }, label);
  const link = { class: 'key', href, target: '_blank', rel: 'noopener noreferrer nofollow', title: href };
  return h('a', link, label, h('span', { class: 'unseen' }, ` (${words.opens})`), icon('link'));
}
