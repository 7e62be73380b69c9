/** Checks rich messages given as blocks against Telegram's limits; their HTML and Markdown forms are refused, as parse modes are. */
import type { RichBlock, RichMessage } from '@grammyjs/types';
import { isObject, type JsonObject, type Params } from '../wire/params.ts';
import { badRequest, type Refusal } from '../wire/refusal.ts';
import { checkUrl } from './entities.ts';

const limits = { characters: 32_768, blocks: 500, depth: 16, columns: 20 };

interface Measure {
  characters: number;
  blocks: number;
}

const malformed = (text: string): Refusal => badRequest(`can't parse InputRichMessage: ${text}`);

/** The rich message of a call. Throws a Refusal for an unknown block or text type and beyond Telegram's limits. */
export function richMessage(params: Params): RichMessage {
  const given = params.json('rich_message', 'rich message');
  if (!isObject(given)) throw badRequest('object expected as rich message');
  if (given['html'] !== undefined || given['markdown'] !== undefined) {
    throw malformed('the sandbox takes blocks, neither html nor markdown');
  }
  const measure: Measure = { characters: 0, blocks: 0 };
  const blocks = checkBlocks(given['blocks'], measure, 1);
  if (blocks.length === 0) throw badRequest('message text is empty');
  if (!isRichBlocks(blocks)) throw malformed('blocks expected');
  return { blocks, ...(given['is_rtl'] === true ? { is_rtl: true } : {}) };
}

/** What checkBlocks has passed is a list of blocks. */
function isRichBlocks(blocks: readonly JsonObject[]): blocks is readonly JsonObject[] & RichBlock[] {
  return blocks.every((block) => blockTypes.has(String(block['type'])));
}

const textBlocks = new Set(['paragraph', 'heading', 'pre', 'footer', 'pullquote', 'expandable_blockquote']);
const otherBlocks = [
  'divider',
  'mathematical_expression',
  'anchor',
  'list',
  'blockquote',
  'table',
  'details',
  'buttons',
  'map',
  'collage',
  'slideshow',
  'animation',
  'audio',
  'document',
  'photo',
  'video',
  'voice_note',
];
const blockTypes = new Set([...textBlocks, ...otherBlocks]);

function checkBlocks(value: unknown, measure: Measure, depth: number): JsonObject[] {
  if (!Array.isArray(value)) throw malformed('expected an Array of blocks');
  if (depth > limits.depth) throw malformed('blocks are nested too deep');
  return (value as readonly unknown[]).map((block) => {
    if (!isObject(block)) throw malformed('expected an Object as block');
    count(measure, 1);
    return checkBlock(block, measure, depth);
  });
}

function count(measure: Measure, blocks: number): void {
  measure.blocks += blocks;
  if (measure.blocks > limits.blocks) throw malformed('too many blocks');
}

function checkBlock(block: JsonObject, measure: Measure, depth: number): JsonObject {
  const { type } = block;
  if (typeof type !== 'string' || !blockTypes.has(type)) throw malformed(`unknown block type "${String(type)}"`);
  if (textBlocks.has(type)) {
    checkText(block['text'], measure, depth);
    if (block['credit'] !== undefined) checkText(block['credit'], measure, depth);
    const size = block['size'];
    if (type === 'heading' && !(typeof size === 'number' && size >= 1 && size <= 6))
      throw malformed('heading size must be 1 to 6');
    return block;
  }
  switch (type) {
    case 'list': {
      const items = block['items'];
      if (!Array.isArray(items) || items.length === 0) throw malformed('list without items');
      return {
        ...block,
        items: (items as readonly unknown[]).map((item, index) => {
          if (!isObject(item)) throw malformed('expected an Object as list item');
          count(measure, 1);
          const ordered = item['value'] !== undefined || item['type'] !== undefined;
          const number = typeof item['value'] === 'number' ? item['value'] : index + 1;
          return {
            ...item,
            label: ordered ? `${number}.` : '•',
            blocks: checkBlocks(item['blocks'], measure, depth + 1),
          };
        }),
      };
    }
    case 'blockquote':
      return { ...block, blocks: checkBlocks(block['blocks'], measure, depth + 1) };
    case 'details':
      checkText(block['summary'], measure, depth);
      return { ...block, blocks: checkBlocks(block['blocks'], measure, depth + 1) };
    case 'table':
      return { ...block, cells: checkCells(block['cells'], measure, depth) };
    case 'buttons':
      checkButtons(block['buttons'], measure, depth);
      return block;
    case 'divider':
    case 'anchor':
    case 'mathematical_expression':
      return block;
    default:
      throw malformed(`the sandbox does not take blocks of type ${type}`);
  }
}

function checkCells(value: unknown, measure: Measure, depth: number): unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw malformed('table without rows');
  return (value as readonly unknown[]).map((row) => {
    if (!Array.isArray(row)) throw malformed('expected an Array of cells');
    count(measure, 1);
    if (row.length > limits.columns) throw malformed('too many columns');
    return (row as readonly unknown[]).map((cell) => {
      if (!isObject(cell)) throw malformed('expected an Object as cell');
      if (cell['text'] !== undefined) checkText(cell['text'], measure, depth);
      return { align: 'left', valign: 'top', ...cell };
    });
  });
}

function checkButtons(value: unknown, measure: Measure, depth: number): void {
  if (!Array.isArray(value) || value.length === 0 || value.length > 8) throw malformed('1 to 8 buttons expected');
  for (const button of value as readonly unknown[]) {
    if (!isObject(button)) throw malformed('expected an Object as button');
    checkText(button['text'], measure, depth);
    const data = button['callback_data'] ?? button['data'];
    if (data !== undefined && (typeof data !== 'string' || data === '' || Buffer.byteLength(data) > 64)) {
      throw badRequest('BUTTON_DATA_INVALID');
    }
  }
}

const textTypes = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'date_time',
  'text_mention',
  'subscript',
  'superscript',
  'marked',
  'code',
  'custom_emoji',
  'mathematical_expression',
  'url',
  'email_address',
  'phone_number',
  'bank_card_number',
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'button',
  'anchor',
  'anchor_link',
  'reference',
  'reference_link',
]);

function checkText(value: unknown, measure: Measure, depth: number): void {
  if (depth > limits.depth) throw malformed('text is nested too deep');
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
    measure.characters += value.length;
    if (measure.characters > limits.characters) throw badRequest('message is too long');
    return;
  }
  if (Array.isArray(value)) {
    for (const part of value as readonly unknown[]) checkText(part, measure, depth + 1);
    return;
  }
  if (!isObject(value)) throw malformed('expected a RichText');
  const { type } = value;
  if (typeof type !== 'string' || !textTypes.has(type)) throw malformed(`unknown text type "${String(type)}"`);
  if (type === 'url') checkUrl(String(value['url']));
  if (type === 'date_time' && !Number.isInteger(value['unix_time']))
    throw malformed('Field "unix_time" must be of type Number');
  if (value['text'] !== undefined) checkText(value['text'], measure, depth + 1);
}
