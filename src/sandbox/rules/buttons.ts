/** The buttons people find on a message, wherever the bot put them. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, Message, RichBlock } from '@grammyjs/types';
import { plainText } from './words.ts';

/** The buttons of a message by rows: those of its inline keyboard, after those inside a rich message. */
export function keyboardOf(message: Message): InlineKeyboardMarkup['inline_keyboard'] {
  const inside = message.rich_message ? richButtons(message.rich_message.blocks) : [];
  return [...inside, ...(message.reply_markup?.inline_keyboard ?? [])];
}

function richButtons(blocks: readonly RichBlock[]): InlineKeyboardButton[][] {
  return blocks.flatMap((block): InlineKeyboardButton[][] => {
    if (block.type === 'details' || block.type === 'blockquote') return richButtons(block.blocks);
    if (block.type !== 'buttons') return [];
    const row = block.buttons.flatMap((button): InlineKeyboardButton[] => {
      const text = plainText(button.text);
      if ('callback_data' in button) return [{ text, callback_data: button.callback_data }];
      return 'url' in button ? [{ text, url: button.url }] : [{ text, disabled: {} }];
    });
    return [row];
  });
}
