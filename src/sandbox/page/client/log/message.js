/** One message as it stands in the conversation. */
/** @import { Message } from '@grammyjs/types' */
/** @import { ShownMessage } from '../../wire.ts' */
/** @import { RichDoing } from './rich.js' */
import { h, iconButton } from '../dom.js';
import { momentOf, timeOf } from '../reader.js';
import { words } from '../texts/index.js';
import { formatted } from './formatting.js';
import { keysOf } from './keys.js';
import { mediaName, mediaOf } from './media.js';
import { firstWords, richBlocks } from './rich.js';

/**
 * @typedef {RichDoing & {
 *   menu: (shown: ShownMessage, button: HTMLElement) => void,
 *   goTo: (messageId: number) => void,
 *   botName: string,
 * }} MessageDoing
 */

/** @param {ShownMessage} shown @param {MessageDoing} doing */
export function messageElement(shown, doing) {
  const { message, fromBot } = shown;
  const author = fromBot ? doing.botName : words.you;
  const keyboard = message.reply_markup?.inline_keyboard ?? [];
  const media = mediaOf(message);
  const body = bodyOf(message, doing);
  const bubble = h(
    'div',
    { class: media && !body ? 'bubble bare' : 'bubble' },
    forwardedFrom(message),
    repliedTo(message, doing),
    media,
    body,
    h(
      'span',
      { class: 'meta' },
      message.edit_date === undefined ? '' : `${words.edited} `,
      h(
        'time',
        { datetime: new Date(message.date * 1000).toISOString(), title: momentOf(message.date) },
        timeOf(message.date),
      ),
    ),
  );
  const more = iconButton('more', words.more, { class: 'round more', 'aria-haspopup': 'menu' });
  more.addEventListener('click', () => doing.menu(shown, more));
  bubble.addEventListener('click', (event) => {
    if (isTap(event)) doing.menu(shown, more);
  });
  return h(
    'article',
    {
      class: `message ${fromBot ? 'in' : 'out'}${message.media_group_id !== undefined && message.photo ? ' album' : ''}`,
      'data-id': message.message_id,
      'aria-label': `${author}, ${timeOf(message.date)}`,
    },
    h(
      'div',
      { class: 'line' },
      h('div', { class: 'stack' }, bubble, keyboard.length > 0 && keysOf(keyboard, doing)),
      more,
    ),
  );
}

/** A touch of the message itself: not of something in it, and not the end of a selection. @param {MouseEvent} event */
function isTap(event) {
  const touched = event instanceof PointerEvent && event.pointerType === 'touch';
  const onSomething =
    event.target instanceof Element && event.target.closest('a, button, summary, audio, video, [role=button]');
  return touched && !onSomething && getSelection()?.isCollapsed !== false;
}

/** @param {Message} message @param {MessageDoing} doing */
function bodyOf(message, doing) {
  if (message.rich_message) {
    const { blocks, is_rtl } = message.rich_message;
    return h('div', { class: 'text rich', dir: is_rtl ? 'rtl' : undefined }, ...richBlocks(blocks, doing));
  }
  const text = message.text ?? message.caption;
  if (text === undefined) return undefined;
  const entities = message.entities ?? message.caption_entities ?? [];
  return h('div', { class: 'text', dir: 'auto' }, ...formatted(text, entities, doing));
}

/** @param {Message} message */
function forwardedFrom({ forward_origin }) {
  if (!forward_origin) return undefined;
  const name =
    forward_origin.type === 'user'
      ? forward_origin.sender_user.first_name
      : forward_origin.type === 'hidden_user'
        ? forward_origin.sender_user_name
        : '';
  return h('div', { class: 'forwarded' }, `${words.forwardedFrom} `, h('strong', { dir: 'auto' }, name));
}

/** @param {Message} message @param {MessageDoing} doing */
function repliedTo({ reply_to_message: original }, doing) {
  if (!original) return undefined;
  const author = original.from?.is_bot ? doing.botName : words.you;
  return h(
    'button',
    { type: 'button', class: 'replied', onclick: () => doing.goTo(original.message_id) },
    h('strong', {}, author),
    h('span', { dir: 'auto' }, summaryOf(original)),
  );
}

/** The first words of a message. @param {Omit<Message, 'reply_to_message'>} message */
export function summaryOf(message) {
  const text = message.text ?? message.caption ?? firstWords(message.rich_message?.blocks ?? []);
  const [first = ''] = text.trim().split('\n');
  return first === '' ? mediaName(/** @type {Message} */ (message)) : first;
}
