/** Cuts a text that is longer than a message may be, at lines or words and outside entities where it can. */
import type { MessageEntity } from '@grammyjs/types';
import { isVisible } from './clean.ts';
import { cutBefore } from './graphemes.ts';

/** Telegram's limits on one message, in UTF-16 units and entities. */
export const LONGEST_TEXT = 4096;
const MOST_ENTITIES = 100;

/** Text and entities of one message. */
export interface Part {
  readonly text: string;
  readonly entities: MessageEntity[];
}

/**
 * The text in parts of at most 4,096 UTF-16 units, each without white space around it and with something to see; what lies
 * between two parts is white space only. An entity that spans a cut continues in the next part, a `date_time` is not cut.
 * Of more than 100 entities in a part the least important are dropped (their text stays). Empty when nothing can be seen.
 * `entities` are sorted by offset, longer first, and nested properly.
 */
export function split(text: string, entities: readonly MessageEntity[]): Part[] {
  const parts: Part[] = [];
  const end = text.trimEnd().length;
  let from = skipSpace(text, 0, end);
  while (from < end) {
    const to =
      end - from <= LONGEST_TEXT ? end : from + cut(text.slice(from, from + LONGEST_TEXT + 64), entities, from);
    const made = part(text, entities, from, to);
    if (made) parts.push(made);
    from = skipSpace(text, to, end);
  }
  return parts;
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function part(text: string, entities: readonly MessageEntity[], from: number, to: number): Part | undefined {
  const shown = text.slice(from, to).trimEnd();
  if (!isVisible(shown)) return undefined;
  const kept: MessageEntity[] = [];
  for (const entity of entities) {
    if (entity.offset >= from + shown.length) break;
    const start = Math.max(entity.offset - from, 0);
    const stop = Math.min(entity.offset + entity.length - from, shown.length);
    if (stop <= start || !isVisible(shown.slice(start, stop))) continue;
    kept.push(
      start === entity.offset && stop - start === entity.length
        ? entity
        : { ...entity, offset: start, length: stop - start },
    );
  }
  return { text: shown, entities: kept.length <= MOST_ENTITIES ? kept : mostImportant(kept) };
}

/** What is lost first when a message has too many: looks before meaning, meaning before what can be tapped or was hidden. */
const importance: readonly MessageEntity['type'][] = [
  'spoiler',
  'text_link',
  'date_time',
  'pre',
  'code',
  'blockquote',
  'expandable_blockquote',
  'bold',
  'strikethrough',
  'underline',
  'italic',
];

function mostImportant(entities: readonly MessageEntity[]): MessageEntity[] {
  const rank = (entity: MessageEntity) => importance.indexOf(entity.type);
  const kept = new Set([...entities].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_ENTITIES));
  return entities.filter((entity) => kept.has(entity));
}

/** Where to cut `window`, which begins at `from` of the text and is longer than a message may be: 1 to 4,096. */
function cut(window: string, entities: readonly MessageEntity[], from: number): number {
  const inside = spanned(entities, from);
  const breaks = (at: number, character: string) => window[at] === character && !joins(window, at + 1);
  const half = LONGEST_TEXT / 2;
  for (const character of ['\n', ' ']) {
    for (let at = LONGEST_TEXT; at >= half; at -= 1) if (inside[at] === 0 && breaks(at, character)) return at;
  }
  for (const character of ['\n', ' ']) {
    for (let at = LONGEST_TEXT; at >= half; at -= 1) if (inside[at] !== DATE && breaks(at, character)) return at;
  }
  const at = cutBefore(window, LONGEST_TEXT);
  if (inside[at] !== DATE) return at;
  const date = entities.findLast(
    (one) => one.type === 'date_time' && one.offset < from + at && one.offset + one.length > from + at,
  );
  return date && date.offset > from ? date.offset - from : at;
}

const DATE = 2;

/** For each place of the window: 0 when no entity spans it, `DATE` when one does that must not be cut, else 1. */
function spanned(entities: readonly MessageEntity[], from: number): Uint8Array {
  const inside = new Uint8Array(LONGEST_TEXT + 1);
  for (const { type, offset, length } of entities) {
    const start = Math.max(offset - from + 1, 0);
    const stop = Math.min(offset + length - from, LONGEST_TEXT + 1);
    if (start >= stop) continue;
    if (type === 'date_time') inside.fill(DATE, start, stop);
    else for (let at = start; at < stop; at += 1) inside[at] ||= 1;
  }
  return inside;
}

/** True when the character at `at` belongs to the one before it: a combining mark or joiner. */
function joins(text: string, at: number): boolean {
  return text.charCodeAt(at) > 0x2ff && /^[\p{M}\u200C\u200D]/u.test(text.slice(at, at + 2));
}
