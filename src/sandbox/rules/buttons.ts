/** The buttons people find on a message, wherever the bot put them. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, Message, RichBlock, RichText } from '@grammyjs/types';

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

/** The words of a rich text without their formatting. */
export function plainText(text: RichText): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(plainText).join('');
  return 'text' in text ? plainText(text.text) : '';
}
