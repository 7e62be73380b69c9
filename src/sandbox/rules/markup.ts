/** Checks the keyboards a bot attaches to its messages. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types';
import { isObject, type JsonObject, type Params } from '../wire/params.ts';
import { badRequest } from '../wire/refusal.ts';
import { checkUrl } from './entities.ts';

const buttonLimit = 100;
const buttonKinds = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
];

/** A reply markup: an inline keyboard belongs to the message, any other one is for the chat. */
export interface CheckedMarkup {
  readonly inline: InlineKeyboardMarkup | undefined;
  /** A custom keyboard, its removal or a forced reply, as the bot gave it. */
  readonly reply: JsonObject | undefined;
}

/** The `reply_markup` of a call. Throws a Refusal when a keyboard is not one that Telegram takes. */
export function checkMarkup(params: Params): CheckedMarkup {
  if (!params.has('reply_markup') || params.values['reply_markup'] === '')
    return { inline: undefined, reply: undefined };
  const markup = params.json('reply_markup', 'reply keyboard markup');
  if (markup === null || markup === undefined) return { inline: undefined, reply: undefined };
  if (!isObject(markup)) throw badRequest('object expected as reply markup');
  if ('inline_keyboard' in markup) return { inline: inlineKeyboard(markup['inline_keyboard']), reply: undefined };
  if ('keyboard' in markup) checkReplyKeyboard(markup['keyboard']);
  return { inline: undefined, reply: Object.keys(markup).length === 0 ? undefined : markup };
}

/** An inline keyboard; one without buttons is none. */
function inlineKeyboard(value: unknown): InlineKeyboardMarkup | undefined {
  if (!Array.isArray(value)) throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array');
  const rows: InlineKeyboardButton[][] = [];
  let count = 0;
  for (const row of value as readonly unknown[]) {
    if (!Array.isArray(row)) throw badRequest("can't parse inline keyboard: expected an Array of Arrays of buttons");
    const buttons = (row as readonly unknown[]).map(inlineButton);
    count += buttons.length;
    if (buttons.length > 0) rows.push(buttons);
  }
  if (count > buttonLimit) throw badRequest('reply markup is too long');
  return rows.length > 0 ? { inline_keyboard: rows } : undefined;
}

function inlineButton(value: unknown): InlineKeyboardButton {
  if (!isObject(value)) throw badRequest("can't parse InlineKeyboardButton: expected an Object");
  const text = value['text'];
  if (typeof text !== 'string') throw badRequest('can\'t parse InlineKeyboardButton: Can\'t find field "text"');
  if (!text.isWellFormed()) throw badRequest('inline keyboard button text must be encoded in UTF-8');
  if (text.trim() === '') throw badRequest('inline keyboard button text must be non-empty');
  const kinds = buttonKinds.filter((kind) => value[kind] !== undefined);
  if (kinds.length === 0) {
    throw badRequest("can't parse InlineKeyboardButton: text buttons are unallowed in the inline keyboard");
  }
  if (kinds.length > 1)
    throw badRequest("can't parse InlineKeyboardButton: exactly one type of the button must be used");
  const data = value['callback_data'];
  if (data !== undefined) return { text, callback_data: callbackData(data) };
  const url = value['url'];
  if (url !== undefined) {
    if (typeof url !== 'string')
      throw badRequest('can\'t parse InlineKeyboardButton: Field "url" must be of type String');
    return { text, url: checkUrl(url, 'inline keyboard button URL') };
  }
  const copied = value['copy_text'];
  if (copied !== undefined) {
    const copy = isObject(copied) ? copied['text'] : undefined;
    if (typeof copy !== 'string' || copy === '' || [...copy].length > 256) throw badRequest('BUTTON_COPY_TEXT_INVALID');
    return { text, copy_text: { text: copy } };
  }
  const query = value['switch_inline_query'] ?? value['switch_inline_query_current_chat'];
  if (typeof query === 'string') return { text, switch_inline_query: query };
  if (value['disabled'] !== undefined) return { text, disabled: {} };
  const app = value['web_app'] ?? value['login_url'];
  if (isObject(app) && typeof app['url'] === 'string') {
    if (!app['url'].startsWith('https://'))
      throw badRequest(`inline keyboard button Web App URL '${app['url']}' is invalid: only HTTPS links are allowed`);
    return { text, web_app: { url: app['url'] } };
  }
  throw badRequest('BUTTON_TYPE_INVALID');
}

/** Telegram counts the bytes of callback data. */
function callbackData(data: unknown): string {
  if (typeof data !== 'string' || data === '' || Buffer.byteLength(data) > 64 || !data.isWellFormed()) {
    throw badRequest('BUTTON_DATA_INVALID');
  }
  return data;
}

function checkReplyKeyboard(value: unknown): void {
  if (!Array.isArray(value)) throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be an Array');
  let count = 0;
  for (const row of value as readonly unknown[]) {
    if (!Array.isArray(row)) throw badRequest("can't parse keyboard: expected an Array of Arrays of buttons");
    for (const button of row as readonly unknown[]) {
      const text = typeof button === 'string' ? button : isObject(button) ? button['text'] : undefined;
      if (typeof text !== 'string' || text.trim() === '') throw badRequest('keyboard button text must be non-empty');
      count += 1;
    }
  }
  if (count === 0) throw badRequest('reply keyboard must contain at least one button');
  if (count > 300) throw badRequest('reply markup is too long');
}
