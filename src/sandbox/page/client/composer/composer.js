/** The message box and everything around it: replying, editing, commands, attachments, the custom keyboard. */
/** @import { ShownMessage } from '../../wire.ts' */
import { act } from '../connection.js';
import { h, icon, iconButton } from '../dom.js';
import { openMenu } from '../log/menu.js';
import { summaryOf } from '../log/message.js';
import { tellFailure } from '../notices.js';
import { words } from '../texts/index.js';
import { Board } from './board.js';
import { CommandMenu } from './commands.js';
import { forwardFromSomeone, sendContact, sendPlace } from './extras.js';
import { acceptDrops, choose, sendFiles } from './files.js';
import { canRecord, recordVoice } from './voice.js';

/** @typedef {{ kind: 'reply' | 'edit', shown: ShownMessage }} Aim what the next message is about */

export class Composer {
  /** @type {Aim | undefined} */
  #aim;
  /** What was being written when the editing of an older message began. */
  #draft = '';
  #input = h('textarea', {
    id: 'message',
    rows: 1,
    'aria-label': words.message,
    placeholder: words.message,
    autocomplete: 'off',
    enterkeyhint: 'send',
    dir: 'auto',
  });
  #about = h('div', { class: 'about', 'aria-live': 'polite', hidden: true });
  #send = iconButton('send', words.send, { type: 'submit', class: 'round send' });
  #voice = iconButton('voice', words.record);
  #attach = iconButton('attach', words.attach, { 'aria-haspopup': 'menu' });
  #slash = iconButton('commands', words.commands);
  #keyboard = iconButton('keyboard', words.keyboard, { hidden: true, 'aria-expanded': 'false' });
  #board;
  #commands;
  #messages;
  #goTo;
  #form;
  element;

  /** @param {{ messages: () => readonly ShownMessage[], goTo: (messageId: number) => void }} options */
  constructor({ messages, goTo }) {
    this.#messages = messages;
    this.#goTo = goTo;
    this.#board = new Board({
      say: (text) => void this.say(text),
      sendPlace: () => void sendPlace(),
      sendContact: () => void sendContact(),
    });
    this.#commands = new CommandMenu(this.#input, (command) => {
      this.#input.value = '';
      void this.say(command);
      this.#changed();
    });
    this.#form = h(
      'form',
      { class: 'box' },
      this.#attach,
      this.#input,
      this.#slash,
      this.#keyboard,
      this.#voice,
      this.#send,
    );
    this.element = h(
      'footer',
      { class: 'composer' },
      this.#commands.element,
      this.#about,
      this.#form,
      this.#board.element,
    );
    this.#listen();
    this.#changed();
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  /** Sends words as they are. @param {string} text */
  async say(text) {
    const replyTo = this.#aim?.kind === 'reply' ? this.#aim.shown.message.message_id : undefined;
    this.#setAim(undefined);
    await act('send', { text, ...(replyTo === undefined ? {} : { reply_to: replyTo }) }).catch(tellFailure);
  }

  /** @param {ShownMessage} shown */
  reply(shown) {
    this.#setAim({ kind: 'reply', shown });
    this.focus();
  }

  /** @param {ShownMessage} shown */
  edit(shown) {
    if (this.#aim?.kind !== 'edit') this.#draft = this.#input.value;
    this.#setAim({ kind: 'edit', shown });
    this.#input.value = shown.message.text ?? shown.message.caption ?? '';
    this.#changed();
    this.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
  }

  /** The custom keyboard as it stands. @param {Readonly<Record<string, unknown>> | null} markup */
  setBoard(markup) {
    this.#board.set(markup);
    this.#keyboard.hidden = !this.#board.present;
    this.#keyboard.setAttribute('aria-expanded', String(this.#board.present));
    const hint = markup?.['input_field_placeholder'];
    this.#input.placeholder = typeof hint === 'string' && hint !== '' ? hint : words.message;
  }

  #listen() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#input.addEventListener('input', () => {
      this.#changed();
      void this.#commands.update();
    });
    // Another width breaks its lines elsewhere.
    addEventListener('resize', () => this.#changed());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#input.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      void this.#sendFiles(files);
    });
    acceptDrops((files) => void this.#sendFiles(files));
    this.#attach.addEventListener('click', () => this.#openAttachments());
    this.#slash.addEventListener('click', () => {
      this.focus();
      if (this.#commands.open) return this.#commands.close();
      this.#input.value = '/';
      this.#changed();
      void this.#commands.update();
    });
    this.#keyboard.addEventListener('click', () => {
      this.#keyboard.setAttribute('aria-expanded', String(this.#board.toggle()));
    });
    this.#voice.addEventListener('click', () => void this.#record());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Enter that ends a word of an input method is not for us.
    if (event.isComposing || this.#commands.take(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.#submit();
    } else if (event.key === 'Escape' && this.#aim) {
      this.#leaveAim();
    } else if ((event.ctrlKey || event.metaKey) && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      this.#replyFurther(event.key === 'ArrowUp' ? -1 : 1);
    } else if (event.key === 'ArrowUp' && this.#input.value === '') {
      const own = this.#messages().findLast(
        ({ fromBot, message }) => !fromBot && message.text !== undefined && !message.forward_origin,
      );
      if (!own) return;
      event.preventDefault();
      this.edit(own);
    }
  }

  /** Chooses the message to reply to by the keyboard: the newest first, then its neighbours; below the newest none. @param {-1 | 1} step */
  #replyFurther(step) {
    if (this.#aim?.kind === 'edit') return;
    const all = this.#messages();
    const { order } = this.#aim?.shown ?? { order: Number.POSITIVE_INFINITY };
    const next = step < 0 ? all.findLast((one) => one.order < order) : all.find((one) => one.order > order);
    if (next) {
      this.#setAim({ kind: 'reply', shown: next });
      this.#goTo(next.message.message_id);
    } else if (step > 0) this.#setAim(undefined);
  }

  async #submit() {
    const text = this.#input.value.trim();
    if (text === '') return;
    const aim = this.#aim;
    const draft = this.#input.value;
    const before = aim?.kind === 'edit' ? this.#draft : '';
    this.#input.value = before;
    this.#setAim(undefined);
    this.#commands.close();
    this.#changed();
    const id = aim?.shown.message.message_id;
    try {
      if (aim?.kind === 'edit') await act('edit', { message_id: id, text });
      else await act('send', { text, ...(id === undefined ? {} : { reply_to: id }) });
    } catch (error) {
      // Nothing typed is lost: it is there again, unless something else was begun.
      if (this.#input.value === before) {
        this.#input.value = draft;
        this.#setAim(aim);
        this.#changed();
      }
      tellFailure(error);
    }
  }

  /** @param {readonly File[]} files @param {'voice' | 'document'} [kind] */
  async #sendFiles(files, kind) {
    const caption = this.#aim?.kind === 'edit' ? '' : this.#input.value.trim();
    const replyTo = this.#aim?.kind === 'reply' ? this.#aim.shown.message.message_id : undefined;
    const sent = await sendFiles(files, { caption, replyTo, ...(kind === undefined ? {} : { kind }) });
    if (sent && this.#aim?.kind !== 'edit') {
      this.#input.value = '';
      this.#setAim(undefined);
      this.#changed();
    }
    this.focus();
  }

  async #record() {
    this.#form.hidden = true;
    await recordVoice(this.element);
    this.#form.hidden = false;
    this.focus();
  }

  #openAttachments() {
    /** @param {string} accept @param {'voice' | 'document'} [kind] */
    const files = (accept, kind) => async () => {
      const chosen = await choose(accept);
      if (chosen.length > 0) await this.#sendFiles(chosen, kind);
    };
    openMenu(this.#attach, [
      { icon: 'picture', label: words.attachPicture, run: files('image/png,image/jpeg,image/gif,image/webp') },
      { icon: 'file', label: words.attachFile, run: files('', 'document') },
      { icon: 'voice', label: words.attachVoice, run: files('audio/*', 'voice') },
      { icon: 'place', label: words.attachPlace, run: () => void sendPlace() },
      { icon: 'forward', label: words.attachForward, run: () => void forwardFromSomeone() },
    ]);
  }

  /** Replies and edits no longer: what was being written before an edit is there again. */
  #leaveAim() {
    if (this.#aim?.kind === 'edit') this.#input.value = this.#draft;
    this.#setAim(undefined);
    this.#changed();
  }

  /** @param {Aim | undefined} aim */
  #setAim(aim) {
    this.#aim = aim;
    this.#about.hidden = aim === undefined;
    if (!aim) {
      this.#input.removeAttribute('aria-describedby');
      return this.#about.replaceChildren();
    }
    this.#input.setAttribute('aria-describedby', 'about');
    const title = aim.kind === 'edit' ? words.editing : words.replyTo;
    const drop = iconButton('close', words.cancel, {
      onclick: () => {
        this.#leaveAim();
        this.focus();
      },
    });
    const about = h(
      'div',
      { class: 'about-text', id: 'about' },
      h('strong', {}, title),
      h('span', { dir: 'auto' }, summaryOf(aim.shown.message)),
    );
    this.#about.replaceChildren(icon(aim.kind === 'edit' ? 'edit' : 'reply'), about, drop);
  }

  /** The box grows with its text, and what it offers follows it. */
  #changed() {
    const empty = this.#input.value.trim() === '';
    this.#send.hidden = empty && canRecord;
    this.#voice.hidden = !empty || !canRecord;
    this.#slash.hidden = !empty && !this.#input.value.startsWith('/');
    this.#input.style.height = 'auto';
    if (this.#input.isConnected) this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}
