/** What Telegram does to the text of a message before it is a message: cleaned, trimmed, measured, its links and commands found. */
import type { MessageEntity } from '@grammyjs/types';
import type { Params } from '../wire/params.ts';
import { badRequest } from '../wire/refusal.ts';
import { checkEntities } from './entities.ts';
import { parseHtml } from './html.ts';

export interface FormattedText {
  readonly text: string;
  readonly entities: MessageEntity[];
}

/** UTF-16 units. */
export const textLimit = 4096;
const captionLimit = 1024;

// Control characters become a space, but line feeds stay; carriage returns, U+2028 to U+202E and three combining lines vanish.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Telegram cleans away.
const unclean = /[\u0000-\u0009\u000b-\u001f\u2028-\u202e]|\u0333|\u033f|\u030a/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const spaced = /[\u0000-\u0009\u000b\u000c\u000e-\u001f]/;

/** Applies Telegram's cleaning and trims, moving the entities along. Entities that lose all their text vanish. */
export function cleanText(text: string, entities: readonly MessageEntity[]): FormattedText {
  let out = text;
  let placed = entities.slice();
  if (unclean.test(text)) {
    const position = new Int32Array(text.length + 1);
    let kept = '';
    for (let at = 0; at < text.length; at += 1) {
      position[at] = kept.length;
      const unit = text.charAt(at);
      if (!unclean.test(unit)) kept += unit;
      else if (spaced.test(unit)) kept += ' ';
    }
    position[text.length] = kept.length;
    out = kept;
    placed = entities.map((entity) => {
      const start = position[entity.offset] ?? 0;
      return { ...entity, offset: start, length: (position[entity.offset + entity.length] ?? 0) - start };
    });
  }
  // Only these are trimmed: a no-break space or any other wide one at the edge stays.
  const left = /^[ \n]*/.exec(out)?.[0].length ?? 0;
  const trimmed = out.slice(left).replace(/[ \n]+$/, '');
  if (left > 0 || trimmed.length < out.length) {
    placed = placed.map((entity) => {
      const start = Math.max(entity.offset - left, 0);
      const end = Math.min(entity.offset - left + entity.length, trimmed.length);
      return { ...entity, offset: start, length: end - start };
    });
    out = trimmed;
  }
  return { text: out, entities: placed.filter((entity) => entity.length > 0) };
}

/** Whether a text has anything to see: spaces of every width, marks of direction, joiners and empty letters alone are nothing. */
function isSeen(text: string): boolean {
  return /[^\s\p{Default_Ignorable_Code_Point}\u2800\ufffc]/u.test(text);
}

/** The text of a message to send. Throws a Refusal when it is absent, empty, too long or ill-formatted. */
export function messageText(params: Params, limit = textLimit): FormattedText {
  const raw = params.text('text');
  if (raw === undefined || raw === '') throw badRequest('message text is empty');
  const formatted = formattedText(params, raw, 'parse_mode', 'entities');
  if (!isSeen(formatted.text)) throw badRequest('text must be non-empty');
  if (formatted.text.length > limit) throw badRequest('message is too long');
  return formatted;
}

/** The caption of a media message, empty when there is none. `values` are the parameters or one item of a media group. */
export function captionText(params: Params): FormattedText {
  const raw = params.text('caption');
  if (raw === undefined || raw === '') return { text: '', entities: [] };
  const formatted = formattedText(params, raw, 'parse_mode', 'caption_entities');
  if (formatted.text.length > captionLimit) throw badRequest('message caption is too long');
  return formatted;
}

/** Checks `raw` against its entities, cleans it and finds what Telegram finds by itself. */
export function formattedText(params: Params, raw: string, modeName: string, entitiesName: string): FormattedText {
  const mode = params.text(modeName);
  if (mode?.toLowerCase() === 'html') {
    const parsed = parseHtml(raw);
    return withDetected(cleanText(parsed.text, checkEntities(parsed.entities, parsed.text)));
  }
  if (mode !== undefined && mode !== '' && mode !== 'None') {
    throw badRequest(`unsupported parse_mode: the sandbox takes entities and HTML, not ${mode}`);
  }
  const entities = checkEntities(params.json(entitiesName, entitiesName), raw);
  return withDetected(cleanText(raw, entities));
}

const detectable =
  /(?<bot_command>(?<![\w/@<>])\/[a-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))|(?<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<mention>(?<![\w@])@[a-z]\w{3,31}\b)|(?<url>(?:https?:\/\/[^\s<>"]+|(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|ru|app|me|uk|de|eu)(?:\/[^\s<>"]*)?)(?<![.,;:!?)]))|(?<hashtag>(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)/giu;

/** Adds the commands, mentions, addresses and hashtags of the text that lie outside the entities given. */
export function withDetected(formatted: FormattedText): FormattedText {
  const { text, entities } = formatted;
  if (!/[/@.#]/.test(text)) return formatted;
  const found: MessageEntity[] = [];
  for (const match of text.matchAll(detectable)) {
    const range = { offset: match.index, length: match[0].length };
    if (
      entities.some(
        (entity) => entity.offset < range.offset + range.length && range.offset < entity.offset + entity.length,
      )
    ) {
      continue;
    }
    const type = (['bot_command', 'email', 'mention', 'url', 'hashtag'] as const).find(
      (name) => match.groups?.[name] !== undefined,
    );
    if (type) found.push({ type, ...range });
  }
  if (found.length === 0) return formatted;
  return { text, entities: [...entities, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length) };
}
