/** How one value travels in a button's callback data: as few bytes as it can, and back only when it is exactly that. */
import { dayString, parseDay, toDayNumber } from '../../core/days.ts';
import { Bug } from '../../core/errors.ts';

/** A value's way into callback data. `longest` bounds the bytes, so that a declaration can be checked before any button is shown. */
export interface Field<T> {
  /** Changes whenever the same bytes would mean something else. */
  readonly layout: string;
  readonly longest: number;
  /** Throws `Bug` when the value is not one of the field's. */
  encode(value: T): string;
  /** Undefined when `text` is not what `encode` makes. */
  decode(text: string): T | undefined;
}

/** A safe integer: an id, a page, a number of minutes. */
export const int: Field<number> = {
  layout: 'int',
  longest: 12,
  encode(value) {
    if (!Number.isSafeInteger(value)) throw new Bug(`${value} on a button is no safe integer`);
    return (value + 0).toString(36);
  },
  decode(text) {
    if (!/^(?:0|-?[1-9a-z][0-9a-z]{0,10})$/.test(text)) return undefined;
    const value = Number.parseInt(text, 36);
    return Number.isSafeInteger(value) ? value : undefined;
  },
};

/** The id of a row of one kind. That it is one of theirs who press is for `access` to prove. */
export function id<Id extends number>(): Field<Id> {
  return { ...int, decode: (text) => int.decode(text) as Id | undefined };
}

export const flag: Field<boolean> = {
  layout: 'flag',
  longest: 1,
  encode: (value) => (value ? '1' : '0'),
  decode: (text) => (text === '1' ? true : text === '0' ? false : undefined),
};

/** One of the words given. They travel as their position: adding, removing or reordering words makes another layout. */
export function oneOf<const T extends string>(...words: readonly T[]): Field<T> {
  const positions = new Map<string, T>(words.map((word, index) => [index.toString(36), word]));
  return {
    layout: `oneOf(${words.join(',')})`,
    longest: (words.length - 1).toString(36).length,
    encode(value) {
      const index = words.indexOf(value);
      if (index === -1) throw new Bug(`'${value}' on a button is none of ${words.join(', ')}`);
      return index.toString(36);
    },
    decode: (text) => positions.get(text),
  };
}

/** Short text of any characters whose written form takes at most `bytes` bytes (':' and '%' take three each). */
export function text(bytes: number): Field<string> {
  const written = (value: string) =>
    value.replace(/^_|[%:]/g, (character) => encodeURIComponent(character).replace('_', '%5F'));
  return {
    layout: `text(${bytes})`,
    longest: bytes,
    encode(value) {
      const encoded = written(value);
      if (!value.isWellFormed() || Buffer.byteLength(encoded) > bytes) {
        throw new Bug(
          `text of ${Buffer.byteLength(encoded)} bytes on a button (${bytes} allowed), or a lone surrogate in it`,
        );
      }
      return encoded;
    },
    decode(encoded) {
      const value = encoded.replace(/%(5F|25|3A)/g, (escaped) => decodeURIComponent(escaped));
      return value.isWellFormed() && written(value) === encoded && Buffer.byteLength(encoded) <= bytes
        ? value
        : undefined;
    },
  };
}

/** A calendar day 'YYYY-MM-DD', years 0000 to 9999. It travels as its day number. */
export const date: Field<string> = {
  layout: 'date',
  longest: 6,
  encode(value) {
    const number = parseDay(value);
    if (number === null) throw new Bug(`'${value}' on a button is no day`);
    return int.encode(number);
  },
  decode(encoded) {
    const number = int.decode(encoded);
    if (number === undefined || number < FIRST_DAY || number > LAST_DAY) return undefined;
    return dayString(number);
  },
};

const FIRST_DAY = toDayNumber('0000-01-01');
const LAST_DAY = toDayNumber('9999-12-31');

/** A wall-clock time 'HH:MM', 00:00 to 23:59. */
export const time: Field<string> = {
  layout: 'time',
  longest: 3,
  encode(value) {
    if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value)) throw new Bug(`'${value}' on a button is no time of day`);
    return (Number(value.slice(0, 2)) * 60 + Number(value.slice(3))).toString(36);
  },
  decode(encoded) {
    if (!/^(?:0|[1-9a-z][0-9a-z]?|1[0-9a-z]{2})$/.test(encoded)) return undefined;
    const minutes = Number.parseInt(encoded, 36);
    if (minutes >= 24 * 60) return undefined;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  },
};

/** The field, or null. */
export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    layout: `nullable(${field.layout})`,
    longest: Math.max(field.longest, 1),
    encode: (value) => (value === null ? '_' : field.encode(value)),
    decode: (encoded) => (encoded === '_' ? null : field.decode(encoded)),
  };
}
