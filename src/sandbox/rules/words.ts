/** What a message says, without its formatting: its text, its caption, or the words of its blocks, a line each. */
import type { Message, RichBlock, RichText } from '@grammyjs/types';

/** '' where it says nothing. The cells of a table stand beside one another. */
export function wordsOf({ text, caption, rich_message }: Pick<Message, 'text' | 'caption' | 'rich_message'>): string {
  return text ?? caption ?? (rich_message ? wordsOfBlocks(rich_message.blocks) : '');
}

function wordsOfBlocks(blocks: readonly RichBlock[]): string {
  return blocks
    .map(wordsOfBlock)
    .filter((words) => words !== '')
    .join('\n');
}

function wordsOfBlock(block: RichBlock): string {
  switch (block.type) {
    case 'table':
      return block.cells
        .map((row) =>
          row
            .map((cell) => plainText(cell.text ?? ''))
            .join('  ')
            .trimEnd(),
        )
        .join('\n');
    case 'list':
      return block.items.map((item) => `${item.label} ${wordsOfBlocks(item.blocks)}`).join('\n');
    case 'blockquote':
      return wordsOfBlocks(block.blocks);
    case 'details':
      return `${plainText(block.summary)}\n${wordsOfBlocks(block.blocks)}`;
    default:
      return 'text' in block ? plainText(block.text) : '';
  }
}

/** The words of a rich text without their formatting. */
export function plainText(text: RichText): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(plainText).join('');
  return 'text' in text ? plainText(text.text) : '';
}
