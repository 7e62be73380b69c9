/** The chat page: puts its parts together and lets them follow what happens in the chat. */
/** @import { ChatState, PageEvent, ShownMessage } from '../wire.ts' */
/** @import { ConnectionState } from './connection.js' */
/** @import { MenuItem } from './log/menu.js' */
import { Composer } from './composer/composer.js';
import { act, follow, loadChat, loadOlder } from './connection.js';
import { h } from './dom.js';
import { formatted, refreshRelativeTimes } from './log/formatting.js';
import { Log } from './log/log.js';
import { openMenu } from './log/menu.js';
import { alertDialog, copyText, tellFailure, toast, toastArea } from './notices.js';
import { setClock } from './reader.js';
import { language, words } from './texts/index.js';

/** A chat action lasts this long, as with Telegram. */
const actionMs = 5_000;
/** A draft that is neither continued nor followed by its message goes. */
const draftMs = 30_000;
/** A press that nothing answers is given up. */
const pressMs = 15_000;

const chat = await loadChat();
setClock(chat.now);
document.documentElement.lang = language;

/** Buttons that wait for their answer, by the query they made. @type {Map<string, HTMLButtonElement>} */
const pressed = new Map();

/** @param {number} messageId @param {string} data @param {HTMLButtonElement} button */
async function press(messageId, data, button) {
  button.setAttribute('aria-busy', 'true');
  try {
    const { queryId } = /** @type {{ queryId: string }} */ (await act('press', { message_id: messageId, data }));
    pressed.set(queryId, button);
    setTimeout(() => release(queryId), pressMs);
  } catch (error) {
    button.removeAttribute('aria-busy');
    tellFailure(error);
  }
}

/** @param {string} queryId */
function release(queryId) {
  pressed.get(queryId)?.removeAttribute('aria-busy');
  pressed.delete(queryId);
}

/** @param {ShownMessage} shown @param {HTMLElement} opener */
function menuOf(shown, opener) {
  const { message, fromBot } = shown;
  const text = message.text ?? message.caption;
  /** @type {MenuItem[]} */
  const items = [{ icon: 'reply', label: words.reply, run: () => composer.reply(shown) }];
  if (text !== undefined) items.push({ icon: 'copy', label: words.copy, run: () => copyText(text) });
  items.push({
    icon: 'forward',
    label: words.forward,
    run: () => void act('forward', { message_id: message.message_id }).catch(tellFailure),
  });
  if (!fromBot) {
    if (text !== undefined && !message.forward_origin)
      items.push({ icon: 'edit', label: words.edit, run: () => composer.edit(shown) });
    items.push({
      icon: 'delete',
      label: words.delete,
      run: () => void act('delete', { message_id: message.message_id }).catch(tellFailure),
    });
  }
  openMenu(opener, items);
}

const log = new Log({
  doing: {
    botName: chat.bot.name,
    say: (text) => void composer.say(text),
    copy: copyText,
    press: (data, button) => {
      const id = Number(button.closest('.message')?.getAttribute('data-id'));
      void press(id, data, button);
    },
    menu: menuOf,
    goTo: (id) => log.goTo(id),
  },
  loadOlder: async (order) => {
    try {
      const { messages, more } = await loadOlder(order);
      log.prepend(messages, more);
    } catch (error) {
      tellFailure(error);
    }
  },
  onUnread: (count) => {
    document.title = count > 0 ? `(${count}) ${chat.bot.name}` : chat.bot.name;
  },
});
const composer = new Composer({ messages: () => log.messages, goTo: (id) => log.goTo(id) });

const status = h('p', { class: 'status' }, words.hint);
const header = h(
  'header',
  { class: 'top' },
  h('span', { class: 'avatar', 'aria-hidden': 'true' }, chat.bot.name.slice(0, 1)),
  h('div', {}, h('h1', {}, chat.bot.name), status),
);
const skip = h('a', { class: 'skip', href: '#message' }, words.toComposer);
const examples = words.examples.map((text) =>
  h('button', { type: 'button', class: 'example', onclick: () => void composer.say(text) }, text),
);
const welcome = h(
  'section',
  { class: 'welcome' },
  h('h2', {}, words.welcome),
  h('p', {}, words.welcomeText),
  h('div', { class: 'examples' }, ...examples),
);
document.body.append(skip, header, log.element, composer.element, toastArea);
document.title = chat.bot.name;

/** @type {ConnectionState} */
let connection = 'live';
let doing = '';
/** @type {number | undefined} */
let doingUntil;

function showStatus() {
  // A lost connection is told to whoever listens; that something is being typed is not worth a word.
  status.setAttribute('aria-live', connection === 'live' ? 'off' : 'polite');
  status.textContent = connection === 'live' ? doing || words.hint : words[connection];
  header.setAttribute('data-state', connection === 'live' && doing !== '' ? 'busy' : connection);
}

/** @param {string} text empty: nothing */
function setDoing(text) {
  doing = text;
  clearTimeout(doingUntil);
  if (text !== '')
    doingUntil = /** @type {number} */ (/** @type {unknown} */ (setTimeout(() => setDoing(''), actionMs)));
  showStatus();
}

/** @type {number | undefined} */
let draftUntil;

/** @param {Extract<PageEvent, { kind: 'draft' }>} draft */
function showDraft({ draftId, text, entities, canStop }) {
  clearTimeout(draftUntil);
  const doingText = { say: () => {}, copy: copyText };
  const stop = h(
    'button',
    { type: 'button', class: 'quiet', onclick: () => void act('stop', { draft_id: draftId }).catch(tellFailure) },
    words.stop,
  );
  const content = text === '' ? [h('span', { class: 'dim' }, words.thinking)] : formatted(text, entities, doingText);
  const bubble = h(
    'div',
    { class: 'bubble draft' },
    h('div', { class: 'text', dir: 'auto' }, ...content),
    canStop && stop,
  );
  log.setTail(h('div', { class: 'message in' }, bubble));
  draftUntil = /** @type {number} */ (/** @type {unknown} */ (setTimeout(() => log.setTail(undefined), draftMs)));
}

/** @param {ShownMessage} shown */
function takeKeyboard({ replyKeyboard, message, fromBot, order }) {
  if (!replyKeyboard) return;
  if ('keyboard' in replyKeyboard) composer.setBoard(replyKeyboard);
  else if (replyKeyboard['remove_keyboard'] === true) composer.setBoard(null);
  else if (replyKeyboard['force_reply'] === true) composer.reply({ message, fromBot, order });
}

function showWelcome() {
  if (log.messages.length === 0) log.setTail(welcome);
  else if (welcome.isConnected) log.setTail(undefined);
}

/** @param {ChatState} state */
function show(state) {
  log.reset(state.messages, state.more);
  composer.setBoard(state.keyboard?.markup ?? null);
  showWelcome();
}

/** @param {PageEvent} event */
function take(event) {
  switch (event.kind) {
    case 'message':
      if (event.shown.fromBot) {
        setDoing('');
        clearTimeout(draftUntil);
        log.setTail(undefined);
      }
      log.add(event.shown);
      takeKeyboard(event.shown);
      showWelcome();
      return;
    case 'edit':
      log.change(event.shown);
      return;
    case 'delete':
      log.remove(event.messageId);
      return;
    case 'toast':
      release(event.queryId);
      if (event.text === '') return;
      if (event.alert) void alertDialog(event.text);
      else toast(event.text);
      return;
    case 'action':
      setDoing(
        event.action.startsWith('record')
          ? words.recording
          : event.action.startsWith('upload')
            ? words.uploading
            : words.typing,
      );
      return;
    case 'draft':
      showDraft(event);
      return;
    case 'reset':
      void loadChat().then((state) => {
        setClock(state.now);
        show(state);
      }, tellFailure);
  }
}

show(chat);
composer.focus();
follow(chat.cursor, take, (state) => {
  connection = state;
  showStatus();
});
setInterval(refreshRelativeTimes, 30_000);
// Typing anywhere writes into the message box, as in other messengers.
document.addEventListener('keydown', (event) => {
  const free = document.activeElement === document.body || document.activeElement?.closest('.log');
  if (free && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey)
    composer.focus();
});
