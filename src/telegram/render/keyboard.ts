/** Makes Telegram's inline keyboard of a view's buttons, within every limit that would make it refuse the message. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from '@grammyjs/types';
import { columnsOf } from '../../core/columns.ts';
import { Bug } from '../../core/errors.ts';
import type { Button } from '../view.ts';
import { buttonAddress } from './addresses.ts';
import { cleaned, isVisible } from './clean.ts';
import { shortened } from './graphemes.ts';

const LONGEST_LABEL = 40;
const WIDEST_ROW = 8;
/**
 * Columns of text that the buttons of a row share on a phone of 360 points: a message takes about 300 of them, a letter of a button's text eight.
 * Telegram makes the buttons of a row equally wide and cuts off what does not fit.
 */
const ROW_COLUMNS = 36;
const MOST_BUTTONS = 100;
/** Telegram's limit on callback data, in bytes of UTF-8. */
export const LONGEST_CALLBACK_DATA = 64;

/**
 * The keyboard, or undefined without buttons. Labels are one line of at most 40 graphemes, never empty; a row that a phone would show with labels
 * cut off, or of more than eight, becomes several of like length; buttons beyond the hundredth and links Telegram would refuse are left out.
 * Throws `Bug` when callback data is empty or longer than 64 bytes.
 */
export function keyboard(rows: ReadonlyArray<readonly Button[]>): InlineKeyboardMarkup | undefined {
  const out: InlineKeyboardButton[][] = [];
  let room = MOST_BUTTONS;
  for (const row of rows) {
    const made: InlineKeyboardButton[] = [];
    for (const button of row) {
      const one = room > 0 ? inlineButton(button) : undefined;
      if (!one) continue;
      made.push(one);
      room -= 1;
    }
    out.push(...rowsThatFit(made));
  }
  return out.length > 0 ? { inline_keyboard: out } : undefined;
}

function rowsThatFit(row: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const widest = Math.max(0, ...row.map(({ text }) => columnsOf(text)));
  const fitting = Math.min(WIDEST_ROW, Math.max(1, Math.floor(ROW_COLUMNS / Math.max(1, widest))));
  const length = Math.ceil(row.length / Math.ceil(row.length / fitting));
  const rows: InlineKeyboardButton[][] = [];
  for (let start = 0; start < row.length; start += length) rows.push(row.slice(start, start + length));
  return rows;
}

/** One button, undefined for a link Telegram would refuse. Throws `Bug` as above. */
export function inlineButton(
  button: Button,
): { text: string; url: string } | { text: string; callback_data: string } | undefined {
  const text = labelText(button.label);
  if ('url' in button) {
    const url = buttonAddress(button.url);
    return url === undefined ? undefined : { text, url };
  }
  const bytes = Buffer.byteLength(button.data);
  if (bytes === 0 || bytes > LONGEST_CALLBACK_DATA) {
    throw new Bug(`callback data of ${bytes} bytes on a button (1 to ${LONGEST_CALLBACK_DATA} allowed)`);
  }
  return { text, callback_data: button.data };
}

function labelText(label: string): string {
  const line = cleaned(label).replace(/\s+/g, ' ').trim();
  return isVisible(line) ? shortened(line, LONGEST_LABEL) : '…';
}
