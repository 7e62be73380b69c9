/** Cuts a message into tokens: words, numbers, marks, and stretches that are never read (quotes, addresses). One pass, linear in the text. */

import { type Known, lookUp, meanings, UNKNOWN, vocabulary } from './lexicon.ts';

export interface Token {
  kind: 'word' | 'number' | 'mark' | 'opaque';
  /** Folded for look-up: lower case, ё as е, invisible characters left out. */
  norm: string;
  /** Offsets into the message, end exclusive. */
  start: number;
  end: number;
  /** Whether white space (or the beginning of the message) stands before it. */
  spaced: boolean;
  /** Of a number of up to eight digits; NaN otherwise. */
  value: number;
  /** First letter is upper case. */
  capital: boolean;
  /** What the word lists tell of it. */
  known: Known;
}

/** Zero-width, bidi and soft-hyphen characters: part of a word for the eye, nothing for the meaning. */
const INVISIBLE = '\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ufe00-\\ufe0f';
const PIECE = new RegExp(
  `([\\p{L}\\p{M}][\\p{L}\\p{M}${INVISIBLE}]*(?:['’ʼ][\\p{L}\\p{M}][\\p{L}\\p{M}${INVISIBLE}]*)*)|([0-9]+)|(\\s+)|([${INVISIBLE}]+)|([^])`,
  'uy',
);
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');
const CLOSING: Record<string, string> = { '"': '"', '“': '”', '„': '“', '«': '»', '`': '`' };
/** A stretch without spaces that is an address, a path, a file or an identifier rather than words. */
const ADDRESS = /:\/\/|^www\.|^[^@]+@[^@]+\.|\p{L}\.\p{L}{2,}|[_\\=]|\p{L}\d+\p{L}/u;
/** Abbreviations and clock times that look like the above and are words all the same. */
const NOT_ADDRESS = /^\d|^[ap]\.m\b|^[tт]\.\p{L}/iu;

/** The longest message that is read; the rest of a longer one stays title. */
const READ = 20_000;

/** The tokens of a message, in order. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const quotes = quoted(text);
  const read = Math.min(text.length, READ);
  let spaced = true;
  let quote = 0;
  let at = 0;
  while (at < read) {
    const span = quotes[quote];
    if (span !== undefined && at >= span.start) {
      tokens.push(opaque(span.start, span.end, spaced));
      at = Math.max(at, span.end);
      quote += 1;
      spaced = false;
      continue;
    }
    if (text.charAt(at) === ' ') {
      spaced = true;
      at += 1;
      continue;
    }
    PLAIN_WORD.lastIndex = at;
    if (PLAIN_WORD.test(text)) {
      const end = PLAIN_WORD.lastIndex;
      const norm = text.slice(at, end).toLowerCase();
      const stop = cutEnd(text, norm, end);
      tokens.push(worded(norm, at, stop, spaced, norm.charAt(0) !== text.charAt(at)));
      spaced = stop > end;
      at = stop;
      continue;
    }
    PIECE.lastIndex = at;
    const match = PIECE.exec(text);
    if (match === null) break;
    let [piece, word, digits, white, invisible] = match;
    const shorthand = digits === '2' && spaced ? texted(text, at) : null;
    if (shorthand !== null) [piece, word, digits] = [shorthand, shorthand, undefined];
    const end = span === undefined ? at + piece.length : Math.min(at + piece.length, Math.max(span.start, at + 1));
    // \s knows the byte-order mark as white; the eye does not see it either way.
    if (white !== undefined || invisible !== undefined) {
      spaced ||= white !== undefined;
      at = end;
      continue;
    }
    if (spaced) {
      const chunkEnd = addressEnd(text, at, span?.start ?? text.length);
      if (chunkEnd > at) {
        tokens.push(opaque(at, chunkEnd, true));
        at = chunkEnd;
        spaced = false;
        continue;
      }
    }
    if (word !== undefined) {
      const norm = fold(word);
      // Only invisible characters: nothing to read, and what follows is no less at the beginning of a word.
      if (norm !== '') {
        const stop = cutEnd(text, norm, end);
        tokens.push(worded(norm, at, stop, spaced, isCapital(norm, word)));
        // "пт.14:00": the dot parts as well as a space does; so does nothing at all in "tmr5pm".
        spaced = stop > end || isGlued(text, end, norm);
        at = stop;
        continue;
      }
    } else {
      const kind = digits === undefined ? 'mark' : 'number';
      const value = digits !== undefined && digits.length <= 8 ? Number(digits) : Number.NaN;
      tokens.push({ kind, norm: piece, start: at, end, spaced, value, capital: false, known: lookUp(piece) });
      spaced = false;
    }
    at = end;
  }
  // Where everything is in capitals, they say nothing of names.
  if (tokens.length > 1 && tokens.some(({ capital }) => capital) && isShouted(text))
    for (const token of tokens) token.capital = false;
  return tokens;
}

/** "ПОЗВОНИТЬ ВРАЧУ В 9": no letter is a small one. */
const isShouted = (text: string) => /\p{Lu}{2}/u.test(text) && !/\p{Ll}/u.test(text);

/** "15 янв. в 10": where a word ends, its dot included when that belongs to a word cut short and ends no sentence. */
function cutEnd(text: string, norm: string, end: number): number {
  const dotted = text.charAt(end) === '.' && vocabulary.abbreviations.has(norm);
  return dotted && /^(?:\s|\d|$)/.test(text.slice(end + 1, end + 2)) ? end + 1 : end;
}

const GLUED = /(?:@?\d{1,4}[ap]m?|@?\d{1,2}:\d\d(?:[ap]m?)?|@\d{1,2})(?![\p{L}\d])/iuy;

/** "tmr5pm", "fri@6": whether a time is written to the day before it. */
function isGlued(text: string, end: number, norm: string): boolean {
  GLUED.lastIndex = end;
  return GLUED.test(text) && meanings(norm).some(({ k }) => k === 'day' || k === 'weekday');
}

const TEXTED = /2[a-z]+/iy;

/** "2moro", "2nite": a word that begins with a digit, where the word lists know it; null elsewhere. */
function texted(text: string, at: number): string | null {
  TEXTED.lastIndex = at;
  const word = TEXTED.exec(text)?.[0];
  return word !== undefined && meanings(word.toLowerCase()).length > 0 ? word : null;
}

/** What nearly every word is, and no part of an address: letters of the two alphabets up to a space, the marks of a sentence between. */
const PLAIN_WORD = /[A-Za-zА-Яа-я]+(?=[.,;:!?)]*(?:\s|$))/y;
const PLAIN = /^[A-Za-zА-Яа-я]+$/;

/** A word as the word lists have it. */
export function fold(word: string): string {
  // Nearly every word is plain; a long message has hundreds.
  if (PLAIN.test(word)) return word.toLowerCase();
  return word
    .replace(INVISIBLES, '')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('’', "'")
    .replaceAll('ʼ', "'")
    .normalize('NFC');
}

function isCapital(norm: string, word: string): boolean {
  const code = word.charCodeAt(0);
  if (code < 128) return code >= 65 && code <= 90;
  const first = word.replace(INVISIBLES, '').charAt(0);
  return first !== first.toLowerCase() && norm !== '';
}

function worded(norm: string, start: number, end: number, spaced: boolean, capital: boolean): Token {
  return { kind: 'word', norm, start, end, spaced, value: Number.NaN, capital, known: lookUp(norm) };
}

function opaque(start: number, end: number, spaced: boolean): Token {
  return { kind: 'opaque', norm: '', start, end, spaced, value: Number.NaN, capital: false, known: UNKNOWN };
}

const RUN = /\S{1,2048}/y;
const LETTERS = /^[a-z]+(?=[\d@])/i;

/** Where an address beginning at `at` ends, or `at` when there is none. */
function addressEnd(text: string, at: number, limit: number): number {
  RUN.lastIndex = at;
  let end = Math.min(limit, at + (RUN.exec(text)?.[0].length ?? 0));
  while (end > at && /[.,;:!?)]/.test(text.charAt(end - 1))) end -= 1;
  const chunk = text.slice(at, Math.min(end, at + 256));
  const word = LETTERS.exec(chunk)?.[0] ?? '';
  if (word !== '' && isGlued(text, at + word.length, fold(word))) return at;
  return chunk.length >= 4 && ADDRESS.test(chunk) && !NOT_ADDRESS.test(chunk) && !/^[#@+~!]/.test(chunk) ? end : at;
}

/** Quoted stretches; a quote without its other half is an ordinary mark. Single quotes count only around whole words. */
function quoted(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  if (!/["'‘“„«`]/.test(text)) return spans;
  const missing = new Set<string>();
  for (let at = 0; at < text.length; at += 1) {
    const open = text.charAt(at);
    const single = open === "'" || open === '‘';
    const close = single ? (open === "'" ? "'" : '’') : CLOSING[open];
    if (close === undefined || missing.has(close)) continue;
    if (single && at > 0 && !/[\s(]/.test(text.charAt(at - 1))) continue;
    // An inch mark after a digit opens nothing.
    if (open === '"' && at > 0 && /\d/.test(text.charAt(at - 1))) continue;
    let end = text.indexOf(close, at + 1);
    while (single && end !== -1 && !/^$|[\s.,;:!?)]/.test(text.charAt(end + 1))) end = text.indexOf(close, end + 1);
    if (end === -1) {
      missing.add(close);
      continue;
    }
    spans.push({ start: at, end: end + 1 });
    at = end;
  }
  return spans;
}
