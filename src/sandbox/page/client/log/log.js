/** The conversation: messages in order, days between them, what is new, and the place the reader is at. */
/** @import { ShownMessage } from '../../wire.ts' */
/** @import { MessageDoing } from './message.js' */
import { h, icon } from '../dom.js';
import { dayKey, dayOf } from '../reader.js';
import { words } from '../texts/index.js';
import { messageElement } from './message.js';

/** Closer to the end than this counts as at the end. */
const endPx = 90;
/** Closer to the beginning than this the messages before come by themselves. */
const beginPx = 240;
/** Messages of one side closer together than this stand together. */
const togetherSeconds = 180;

/** @typedef {{ shown: ShownMessage, element: HTMLElement }} Entry */

export class Log {
  /** @type {Map<number, Entry>} by message id */
  #entries = new Map();
  /** @type {MessageDoing} */
  #doing;
  #unread = 0;
  /** The end was in sight when it was last scrolled. */
  #pinned = true;
  /** @type {HTMLElement | undefined} */
  #marker;
  /** @type {Map<string, HTMLElement>} the headings of days */
  #days = new Map();
  #list = h('div', {
    class: 'list',
    role: 'log',
    'aria-live': 'polite',
    'aria-relevant': 'additions',
    'aria-label': words.log,
  });
  #count = h('span', { class: 'count', hidden: true });
  #down = h(
    'button',
    { type: 'button', class: 'round down', 'aria-label': words.toNewest, hidden: true },
    icon('down'),
    this.#count,
  );
  #older = h('button', { type: 'button', class: 'quiet older', hidden: true }, words.older);
  #tail = h('div', { class: 'tail' });
  #scroller = h('div', { class: 'scroller', tabindex: 0 }, this.#older, this.#list, this.#tail);
  element = h('main', { class: 'log' }, this.#scroller, this.#down);

  /** @param {{ doing: MessageDoing, loadOlder: (order: number) => Promise<void>, onUnread: (count: number) => void }} options */
  constructor({ doing, loadOlder, onUnread }) {
    this.#doing = doing;
    this.onUnread = onUnread;
    this.#down.addEventListener('click', () => this.toEnd(true));
    this.#older.addEventListener('click', () => void this.#askOlder(loadOlder));
    this.#scroller.addEventListener('scroll', () => {
      this.#scrolled();
      const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
      if (scrollTop < beginPx && scrollHeight > clientHeight) void this.#askOlder(loadOlder);
    });
    document.addEventListener('visibilitychange', () => this.#scrolled());
    // A keyboard on a phone, a message box that grows, a window that turns: whoever was at the end stays there.
    new ResizeObserver(() => {
      if (this.#pinned) this.toEnd(false);
    }).observe(this.#scroller);
  }

  /** @returns {ShownMessage[]} */
  get messages() {
    return [...this.#entries.values()].map(({ shown }) => shown).sort((a, b) => a.order - b.order);
  }

  /** @param {number} id */
  find(id) {
    return this.#entries.get(id)?.shown;
  }

  /** Takes the chat as it stands, in place of what was shown. @param {readonly ShownMessage[]} messages @param {boolean} more */
  reset(messages, more) {
    this.#entries.clear();
    for (const shown of messages) this.#enter(shown);
    this.#older.hidden = !more;
    this.#arrange();
    this.toEnd(false);
  }

  /** @param {readonly ShownMessage[]} messages @param {boolean} more */
  prepend(messages, more) {
    const before = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    for (const shown of messages) this.#enter(shown);
    this.#older.hidden = !more;
    this.#arrange();
    this.#scroller.scrollTop = this.#scroller.scrollHeight - before;
  }

  /** @param {ShownMessage} shown */
  add(shown) {
    if (this.#entries.has(shown.message.message_id)) return this.change(shown);
    // What is said in another window or on another device does not take away the place somebody reads at here.
    const follow = this.#atEnd || (!shown.fromBot && document.hasFocus());
    const unseen = shown.fromBot && (document.hidden || !follow);
    if (!shown.fromBot && follow) this.#clearMarker();
    const { element } = this.#enter(shown);
    if (unseen && !this.#marker) {
      this.#marker = h('div', { class: 'unread', role: 'separator' }, h('span', {}, words.unread));
      element.before(this.#marker);
    }
    this.#arrange();
    if (unseen) this.#setUnread(this.#unread + 1);
    if (follow) this.toEnd(false);
  }

  /** @param {ShownMessage} shown */
  change(shown) {
    const known = this.#entries.get(shown.message.message_id);
    if (!known) return;
    const atEnd = this.#atEnd;
    const element = messageElement(shown, this.#doing);
    element.setAttribute('data-order', String(shown.order));
    element.classList.add('changed');
    const place = placeOfFocus(known.element);
    known.element.replaceWith(element);
    this.#entries.set(shown.message.message_id, { shown, element });
    this.#arrange();
    if (place) focusAt(element, place);
    if (atEnd) this.toEnd(false);
  }

  /** @param {number} id */
  remove(id) {
    this.#entries.get(id)?.element.remove();
    this.#entries.delete(id);
    this.#arrange();
  }

  /** Shows what comes to be at the end, such as a draft; undefined: nothing. @param {Node | undefined} node */
  setTail(node) {
    const atEnd = this.#atEnd;
    this.#tail.replaceChildren(...(node ? [node] : []));
    if (atEnd) this.toEnd(false);
  }

  /** @param {number} id */
  goTo(id) {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.element.scrollIntoView({ block: 'center', behavior: 'smooth' });
    entry.element.classList.remove('pointed');
    requestAnimationFrame(() => entry.element.classList.add('pointed'));
  }

  /** @param {boolean} smooth */
  toEnd(smooth) {
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
    this.#scrolled();
  }

  get #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < endPx;
  }

  #scrolled() {
    const atEnd = this.#atEnd;
    this.#pinned = atEnd;
    this.#down.hidden = atEnd;
    if (atEnd && !document.hidden && this.#unread > 0) this.#setUnread(0);
  }

  /** @param {number} count */
  #setUnread(count) {
    this.#unread = count;
    this.#count.hidden = count === 0;
    this.#count.textContent = String(count);
    this.onUnread(count);
  }

  #clearMarker() {
    this.#marker?.remove();
    this.#marker = undefined;
  }

  /** @param {(order: number) => Promise<void>} loadOlder */
  async #askOlder(loadOlder) {
    const [oldest] = this.messages;
    if (!oldest || this.#older.hidden || this.#older.disabled) return;
    this.#older.disabled = true;
    await loadOlder(oldest.order).finally(() => {
      this.#older.disabled = false;
    });
  }

  /** @param {ShownMessage} shown @returns {Entry} */
  #enter(shown) {
    const entry = { shown, element: messageElement(shown, this.#doing) };
    this.#entries.set(shown.message.message_id, entry);
    const next = [...this.#list.children].find((child) => Number(child.getAttribute('data-order')) > shown.order);
    entry.element.setAttribute('data-order', String(shown.order));
    this.#list.insertBefore(entry.element, next ?? null);
    return entry;
  }

  /** Days, and which messages stand together. What stands right is left alone: whoever listens is told of additions only. */
  #arrange() {
    const entries = [...this.#entries.values()].sort((a, b) => a.shown.order - b.shown.order);
    const elements = new Set(entries.map(({ element }) => element));
    for (const child of [...this.#list.querySelectorAll('.message')]) {
      if (child instanceof HTMLElement && !elements.has(child)) child.remove();
    }
    /** @type {Map<string, HTMLElement>} */
    const days = new Map();
    /** @type {ShownMessage | undefined} */
    let last;
    for (const { shown, element } of entries) {
      const { date } = shown.message;
      const day = dayKey(date * 1000);
      const newDay = !days.has(day);
      if (newDay) days.set(day, this.#heading(day, dayOf(date, words), element));
      const together = !newDay && last?.fromBot === shown.fromBot && date - (last?.message.date ?? 0) < togetherSeconds;
      element.classList.toggle('together', together);
      last = shown;
    }
    for (const [day, heading] of this.#days) if (!days.has(day)) heading.remove();
    this.#days = days;
  }

  /** The heading of a day, before its first message. @param {string} day @param {string} text @param {HTMLElement} first */
  #heading(day, text, first) {
    const heading = this.#days.get(day) ?? h('div', { class: 'day', role: 'separator' }, h('span', {}, text));
    const before = first.previousElementSibling === this.#marker ? (this.#marker ?? first) : first;
    if (before.previousElementSibling !== heading) before.before(heading);
    return heading;
  }
}

/** @typedef {{ label: string | null, row: number, column: number }} PlaceOfFocus where among a message's buttons the focus is */

/** The rows of things to press in a message: its text first, then those of its buttons. @param {HTMLElement} element @returns {HTMLElement[][]} */
function pressable(element) {
  const parts = [...element.querySelectorAll('.bubble, .keys > .key-row')];
  return parts.map((part) => [...part.querySelectorAll('button, a')].filter((one) => one instanceof HTMLElement));
}

/** @param {HTMLElement} element @returns {PlaceOfFocus | undefined} */
function placeOfFocus(element) {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !element.contains(focused)) return undefined;
  const rows = pressable(element);
  const row = rows.findIndex((one) => one.includes(focused));
  return { label: focused.textContent, row, column: rows[row]?.indexOf(focused) ?? 0 };
}

/** An edit takes nobody's focus away: the button of that name, else the one at its place, has it. @param {HTMLElement} element @param {PlaceOfFocus} place */
function focusAt(element, { label, row, column }) {
  const rows = pressable(element);
  const same = rows.flat().find((one) => label !== '' && one.textContent === label);
  const near = rows.at(Math.min(row, rows.length - 1)) ?? [];
  const fallback = near.at(Math.min(column, near.length - 1)) ?? element.querySelector('.more');
  const target = same ?? fallback;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
