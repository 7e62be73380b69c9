/** The commands a person may choose from while a "/" is being typed. */
/** @import { BotCommand } from '@grammyjs/types' */
import { loadCommands } from '../connection.js';
import { h } from '../dom.js';
import { words } from '../texts/index.js';

export class CommandMenu {
  /** @type {readonly BotCommand[]} */
  #commands = [];
  /** @type {readonly BotCommand[]} */
  #shown = [];
  #chosen = 0;
  #input;
  #choose;
  // It may be longer than the window: then it is scrolled by the keyboard as well.
  element = h('div', {
    id: 'commands',
    class: 'commands',
    role: 'listbox',
    'aria-label': words.commands,
    tabindex: '0',
    hidden: true,
  });

  /** @param {HTMLTextAreaElement} input @param {(command: string) => void} choose */
  constructor(input, choose) {
    this.#input = input;
    this.#choose = choose;
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.element.id);
    input.setAttribute('aria-haspopup', 'listbox');
  }

  get open() {
    return !this.element.hidden;
  }

  /** Asks the bot's menu anew and shows what fits the text so far. */
  async update() {
    const typed = /^\/(\w*)$/.exec(this.#input.value)?.[1];
    if (typed === undefined) return this.close();
    if (!this.open) this.#commands = (await loadCommands().catch(() => ({ commands: [] }))).commands;
    // The text may have gone on while the list was on its way.
    if (!/^\/\w*$/.test(this.#input.value)) return this.close();
    const asked = this.#input.value.slice(1).toLowerCase();
    this.#shown = this.#commands.filter(({ command }) => command.startsWith(asked));
    this.#chosen = 0;
    this.element.hidden = this.#shown.length === 0;
    this.#draw();
  }

  close() {
    this.element.hidden = true;
    this.#input.removeAttribute('aria-activedescendant');
  }

  /** Takes a key while the list is open; true when it was for the list. @param {KeyboardEvent} event */
  take(event) {
    const command = this.#shown[this.#chosen]?.command;
    if (!this.open || command === undefined) return false;
    const count = this.#shown.length;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        this.#chosen = (this.#chosen + (event.key === 'ArrowDown' ? 1 : -1) + count) % count;
        this.#draw();
        break;
      case 'Tab':
        this.#input.value = `/${command} `;
        this.close();
        break;
      case 'Enter':
        this.close();
        this.#choose(`/${command}`);
        break;
      case 'Escape':
        this.close();
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  }

  #draw() {
    this.element.replaceChildren(
      ...this.#shown.map(({ command, description }, index) =>
        h(
          'div',
          {
            id: `command-${command}`,
            class: 'command-row',
            role: 'option',
            'aria-selected': String(index === this.#chosen),
            onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => {
              this.close();
              this.#choose(`/${command}`);
            },
          },
          h('span', { class: 'command-name' }, `/${command}`),
          h('span', { class: 'dim', dir: 'auto' }, description),
        ),
      ),
    );
    const chosen = this.element.children[this.#chosen];
    if (!chosen) return;
    this.#input.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  }
}
