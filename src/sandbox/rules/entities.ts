/** The strict check of message entities: the real server drops or splits many bad ones in silence; here each is refused, so that tests see it. */
import type { MessageEntity } from '@grammyjs/types';
import { isObject, type JsonObject } from '../wire/params.ts';
import { badRequest, type Refusal } from '../wire/refusal.ts';

/** May hold and be held by any other entity, except `pre` and `code`. */
const splittable = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
const quotes = new Set(['blockquote', 'expandable_blockquote']);
const plain = new Set([
  ...splittable,
  ...quotes,
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'code',
]);

/** Telegram keeps the first hundred entities of a message. */
const entityLimit = 100;

const malformed = (text: string): Refusal => badRequest(`can't parse MessageEntity: ${text}`);

/**
 * Parses and checks `value`, a list of MessageEntity for `text` (offsets in UTF-16 units), and returns it in order of position.
 * Throws a Refusal for an unknown type, a missing field, a range outside the text or through a surrogate pair, or nesting that Telegram does not allow.
 */
export function checkEntities(value: unknown, text: string): MessageEntity[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest("can't parse entities: expected an Array");
  const list: readonly unknown[] = value;
  if (list.length > entityLimit) throw badRequest(`can't parse entities: there are more than ${entityLimit}`);
  const entities = list.map((item) => {
    if (!isObject(item)) throw malformed('expected an Object');
    const entity = parseEntity(item);
    checkRange(entity, text);
    return entity;
  });
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  checkNesting(entities);
  return entities;
}

function whole(item: JsonObject, name: string): number {
  const value = item[name];
  if (value === undefined) throw malformed(`Can't find field "${name}"`);
  if (typeof value !== 'number' || !Number.isInteger(value)) throw malformed(`Field "${name}" must be of type Number`);
  return value;
}

function word(item: JsonObject, name: string): string {
  const value = item[name];
  if (typeof value !== 'string' || value === '') throw malformed(`Field "${name}" must be of type String`);
  return value;
}

function parseEntity(item: JsonObject): MessageEntity {
  const type = word(item, 'type');
  const range = { offset: whole(item, 'offset'), length: whole(item, 'length') };
  switch (type) {
    case 'pre': {
      const language = item['language'];
      return typeof language === 'string' && language !== '' ? { type, ...range, language } : { type, ...range };
    }
    case 'text_link':
      return { type, ...range, url: checkUrl(word(item, 'url')) };
    case 'text_mention': {
      const user = item['user'];
      if (!isObject(user) || typeof user['id'] !== 'number') throw malformed('Field "user" must be of type Object');
      const name = user['first_name'];
      return {
        type,
        ...range,
        user: {
          id: user['id'],
          is_bot: user['is_bot'] === true,
          first_name: typeof name === 'string' ? name : '',
        },
      };
    }
    case 'custom_emoji':
      return { type, ...range, custom_emoji_id: word(item, 'custom_emoji_id') };
    case 'date_time': {
      const unix = whole(item, 'unix_time');
      if (unix < 0 || unix > 253_402_300_799) throw malformed('Field "unix_time" is out of range');
      return { type, ...range, unix_time: unix, date_time_format: dateTimeFormat(item['date_time_format']) };
    }
    default:
      if (isPlain(type)) return { type, ...range };
      throw malformed(`Unsupported type "${type}"`);
  }
}

function isPlain(type: string): type is MessageEntity.CommonMessageEntity['type'] {
  return plain.has(type);
}

type DateTimeFormat = MessageEntity.DateTimeMessageEntity['date_time_format'];

function isDateTimeFormat(value: string): value is DateTimeFormat {
  return /^(?:r|w?[dD]?[tT]?)$/.test(value);
}

function dateTimeFormat(value: unknown): DateTimeFormat {
  if (value === undefined) return '';
  if (typeof value === 'string' && isDateTimeFormat(value)) return value;
  throw malformed('Field "date_time_format" is invalid');
}

/** Throws a Refusal for an address a link or button may not have; as with Telegram a host needs a dot, so `localhost` is none. */
export function checkUrl(url: string, what = 'URL'): string {
  const bad = (): Refusal => badRequest(`${what} '${url}' is invalid: Wrong HTTP URL`);
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (/\s/.test(url) || !URL.canParse(full)) throw bad();
  const parsed = new URL(full);
  if (parsed.protocol === 'tg:' || parsed.protocol === 'ton:' || parsed.protocol === 'tonsite:') return url;
  if (parsed.protocol === 'mailto:' || parsed.protocol === 'tel:') return url;
  const host = parsed.hostname;
  if (!['http:', 'https:'].includes(parsed.protocol) || !(host.includes('.') || host.startsWith('['))) throw bad();
  return url;
}

/** True when `at` lies between the two halves of a surrogate pair. */
export function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function checkRange({ offset, length }: MessageEntity, text: string): void {
  if (offset < 0) throw malformed('Field "offset" must be non-negative');
  if (length <= 0) throw malformed('Field "length" must be positive');
  if (offset + length > text.length) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${text.length}`,
    );
  }
  if (splitsPair(text, offset)) {
    throw badRequest(`entity begins in a middle of a UTF-16 symbol at UTF-16 offset ${offset}`);
  }
  if (splitsPair(text, offset + length)) {
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at UTF-16 offset ${offset + length}`,
    );
  }
}

/** `entities` are in order of position, longer first. */
function checkNesting(entities: readonly MessageEntity[]): void {
  const open: MessageEntity[] = [];
  for (const inner of entities) {
    for (let top = open.at(-1); top && top.offset + top.length <= inner.offset; top = open.at(-1)) open.pop();
    for (const outer of open) {
      if (inner.offset + inner.length > outer.offset + outer.length) {
        throw badRequest(
          `can't parse entities: ${outer.type} at offset ${outer.offset} and ${inner.type} at offset ${inner.offset} overlap`,
        );
      }
      const same = inner.offset === outer.offset && inner.length === outer.length;
      // Two entities over the same range: either may count as the outer one.
      if (!mayHold(outer.type, inner.type) && !(same && mayHold(inner.type, outer.type))) {
        throw badRequest(
          `can't parse entities: ${inner.type} at offset ${inner.offset} can't be nested with ${outer.type} at offset ${outer.offset}`,
        );
      }
    }
    open.push(inner);
  }
}

function mayHold(outer: string, inner: string): boolean {
  const raw = (type: string): boolean => type === 'pre' || type === 'code';
  if (quotes.has(outer)) return !quotes.has(inner);
  if (quotes.has(inner)) return splittable.has(outer);
  if (splittable.has(outer)) return !raw(inner);
  return splittable.has(inner) && !raw(outer);
}
