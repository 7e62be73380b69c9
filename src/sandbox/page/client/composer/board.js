/** The custom keyboard of the chat: buttons below the message box that send their words, a place or a contact. */
import { h } from '../dom.js';
import { words } from '../texts/index.js';

/**
 * @typedef {object} BoardDoing
 * @property {(text: string) => void} say
 * @property {() => void} sendPlace
 * @property {() => void} sendContact
 */

export class Board {
  #doing;
  #oneTime = false;
  element = h('div', { class: 'board', role: 'group', 'aria-label': words.keyboard, hidden: true });

  /** @param {BoardDoing} doing */
  constructor(doing) {
    this.#doing = doing;
  }

  /** There is a keyboard, shown or not. */
  get present() {
    return this.element.childElementCount > 0;
  }

  /** Takes the keyboard as the bot gave it; null: there is none. @param {Readonly<Record<string, unknown>> | null} markup */
  set(markup) {
    const rows = Array.isArray(markup?.['keyboard']) ? markup['keyboard'] : [];
    this.#oneTime = markup?.['one_time_keyboard'] === true;
    this.element.replaceChildren(
      ...rows.map((row) =>
        h('div', { class: 'key-row' }, ...(Array.isArray(row) ? row : []).map((button) => this.#key(button))),
      ),
    );
    this.element.hidden = !this.present;
  }

  /** Shows the keyboard, or hides it. @returns {boolean} it is shown now */
  toggle() {
    this.element.hidden = !this.element.hidden || !this.present;
    return !this.element.hidden;
  }

  /** @param {unknown} button a text, or an object with one */
  #key(button) {
    const fields = typeof button === 'object' && button !== null ? /** @type {Record<string, unknown>} */ (button) : {};
    const text = typeof button === 'string' ? button : String(fields['text'] ?? '');
    const press = () => {
      if (this.#oneTime) this.element.hidden = true;
      if (fields['request_location'] === true) this.#doing.sendPlace();
      else if (fields['request_contact'] === true) this.#doing.sendContact();
      else this.#doing.say(text);
    };
    return h('button', { type: 'button', class: 'key', dir: 'auto', onclick: press }, text);
  }
}
