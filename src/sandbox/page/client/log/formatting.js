/** A message's text with its entities as elements: styles, links, quotes, code, dates in the reader's zone. */
/** @import { MessageEntity } from '@grammyjs/types' */
import { relative, shownDate } from '../dates.js';
import { h, icon } from '../dom.js';
import { locale, momentOf, now, reader } from '../reader.js';
import { words } from '../texts/index.js';

/**
 * What a text may do beside being read.
 * @typedef {object} Doing
 * @property {(command: string) => void} say sends a command that was pressed
 * @property {(text: string) => void} copy
 */

/**
 * @param {string} text
 * @param {readonly MessageEntity[]} entities properly nested, as the stand-in takes no others
 * @param {Doing} doing
 * @returns {(Node | string)[]}
 */
export function formatted(text, entities, doing) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces({ text, from: 0, to: text.length, entities: sorted, doing });
}

/** @typedef {{ text: string, from: number, to: number, entities: readonly MessageEntity[], doing: Doing }} Range */

/** @param {Range} range @returns {(Node | string)[]} */
function pieces({ text, from, to, entities, doing }) {
  /** @type {(Node | string)[]} */
  const out = [];
  let at = from;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    index += 1;
    if (!entity) break;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    const first = index;
    while ((entities[index]?.offset ?? to) < end) index += 1;
    const inner = entities.slice(first, index);
    // A block stands on lines of its own: the line ends around it are not shown as empty lines.
    const block = blocks.has(entity.type);
    const before = text.slice(at, start);
    out.push(block ? before.replace(/\n$/, '') : before);
    out.push(element(entity, { text, from: start, to: end, entities: inner, doing }));
    at = block && text[end] === '\n' ? end + 1 : end;
  }
  out.push(text.slice(at, to));
  return out.filter((piece) => piece !== '');
}

const blocks = new Set(['pre', 'blockquote', 'expandable_blockquote']);
const tags = /** @type {const} */ ({
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  blockquote: 'blockquote',
});

/** @param {MessageEntity} entity @param {Range} range @returns {Node} */
function element(entity, range) {
  const text = range.text.slice(range.from, range.to);
  switch (entity.type) {
    case 'bold':
    case 'italic':
    case 'underline':
    case 'strikethrough':
    case 'code':
    case 'blockquote':
      return h(tags[entity.type], {}, ...pieces(range));
    case 'spoiler':
      return spoiler(pieces(range));
    case 'pre':
      return codeBlock(text, entity.language, range.doing);
    case 'expandable_blockquote':
      return foldedQuote(pieces(range), text);
    case 'text_link':
      return link(entity.url, pieces(range));
    case 'url':
      return link(text, [text]);
    case 'email':
      return link(`mailto:${text}`, [text]);
    case 'date_time':
      return dateTime(text, entity.unix_time, entity.date_time_format);
    case 'bot_command':
      return h('button', { type: 'button', class: 'command', onclick: () => range.doing.say(text) }, text);
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
    case 'phone_number':
      return h('span', { class: 'tag' }, ...pieces(range));
    default:
      return h('span', {}, ...pieces(range));
  }
}

/** The address of a link where a browser may go, or undefined: no script, no file. @param {string} url */
export function safeAddress(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, href } = new URL(full);
  return ['http:', 'https:', 'tg:', 'mailto:'].includes(protocol) ? href : undefined;
}

/** @param {string} url @param {(Node | string)[]} content */
export function link(url, content) {
  const href = safeAddress(url);
  if (href === undefined) return h('span', {}, ...content);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow', title: href }, ...content);
}

/** @param {(Node | string)[]} content */
export function spoiler(content) {
  const inner = h('span', { class: 'hidden', inert: true }, ...content);
  const show = () => {
    inner.inert = false;
    inner.classList.remove('hidden');
    cover.removeAttribute('role');
    cover.removeAttribute('tabindex');
    cover.removeAttribute('aria-label');
    cover.classList.add('shown');
  };
  const cover = h(
    'span',
    {
      class: 'spoiler',
      role: 'button',
      tabindex: 0,
      'aria-label': words.spoiler,
      onclick: show,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        show();
      },
    },
    inner,
  );
  return cover;
}

/** @param {string} text @param {string | undefined} language @param {Doing} doing */
function codeBlock(text, language, doing) {
  const copy = h(
    'button',
    { type: 'button', class: 'copy', 'aria-label': words.copy, title: words.copy, onclick: () => doing.copy(text) },
    icon('copy'),
  );
  const head = h('span', { class: 'code-head' }, language ?? '', copy);
  return h('div', { class: 'code-block' }, head, h('pre', { tabindex: 0 }, h('code', {}, text)));
}

/** Longer quotes than this are folded. */
const foldedLines = 3;
const foldedLength = 220;

/** @param {(Node | string)[]} content @param {string} text */
export function foldedQuote(content, text) {
  const quote = h('blockquote', {}, h('div', { class: 'quoted' }, ...content));
  if (text.split('\n').length <= foldedLines && text.length <= foldedLength) return quote;
  quote.classList.add('folded');
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'fold',
      'aria-expanded': 'false',
      onclick: () => {
        const folded = quote.classList.toggle('folded');
        toggle.setAttribute('aria-expanded', String(!folded));
        toggle.textContent = folded ? words.unfold : words.fold;
      },
    },
    words.unfold,
  );
  quote.append(toggle);
  return quote;
}

/** @param {string} text @param {number} unixTime @param {string} format */
export function dateTime(text, unixTime, format) {
  const iso = new Date(unixTime * 1000).toISOString();
  const title = `${momentOf(unixTime)} · ${relative(unixTime * 1000 - now(), locale)}`;
  const shown = shownDate(text, unixTime, format, reader());
  const live = format === 'r' ? { 'data-relative': unixTime } : {};
  return h('time', { datetime: iso, title, ...live }, shown);
}

/** Keeps "in 3 hours" true while the page is open. */
export function refreshRelativeTimes() {
  for (const time of document.querySelectorAll('time[data-relative]')) {
    const at = Number(time.getAttribute('data-relative')) * 1000;
    time.textContent = relative(at - now(), locale);
  }
}
