/** The HTML parse mode, so that other bots run here unchanged; Steward itself sends entities only. */
import { badRequest, type Refusal } from '../wire/refusal.ts';

/** An entity as a call would give it, not yet checked. */
export type GivenEntity = Readonly<Record<string, string | number>>;

const simple: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
  'tg-emoji': 'custom_emoji',
  'tg-time': 'date_time',
  span: 'spoiler',
};

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const failed = (text: string): Refusal => badRequest(`can't parse entities: ${text}`);

interface OpenTag {
  readonly name: string;
  readonly offset: number;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The text and entities of `html`. Throws a Refusal, worded as Telegram does, for an unknown, unclosed or unmatched tag. */
export function parseHtml(html: string): { text: string; entities: GivenEntity[] } {
  const entities: GivenEntity[] = [];
  const open: OpenTag[] = [];
  /** The languages of code right inside pre, by offset. */
  const languages = new Map<number, string>();
  let text = '';
  let at = 0;
  while (at < html.length) {
    const char = html.charAt(at);
    if (char === '&') {
      const reference = /^&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]+);?/i.exec(html.slice(at, at + 12))?.[0] ?? '&';
      text += decodeAll(reference);
      at += reference.length;
    } else if (char !== '<') {
      text += char;
      at += 1;
    } else {
      const end = html.indexOf('>', at);
      if (end < 0) throw failed(`Unclosed start tag at byte offset ${byteOffset(html, at)}`);
      const tag = html.slice(at + 1, end);
      if (tag.startsWith('/')) close(tag.slice(1).trim().toLowerCase(), at);
      else open.push(start(tag, at));
      at = end + 1;
    }
  }
  const left = open.at(-1);
  if (left) throw failed(`Can't find end tag corresponding to start tag "${left.name}"`);
  return { text, entities };

  function start(tag: string, position: number): OpenTag {
    const name = /^[a-z-]+/i.exec(tag)?.[0].toLowerCase() ?? '';
    const attributes = new Map<string, string>();
    for (const [, key, double, single, bare] of tag
      .slice(name.length)
      .matchAll(/([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+)))?/gi)) {
      if (key !== undefined) attributes.set(key.toLowerCase(), decodeAll(double ?? single ?? bare ?? ''));
    }
    const known = name in simple && (name !== 'span' || attributes.get('class') === 'tg-spoiler');
    if (!known) throw failed(`Unsupported start tag "${name}" at byte offset ${byteOffset(html, position)}`);
    return { name, offset: text.length, attributes };
  }

  function close(name: string, position: number): void {
    const tag = open.pop();
    if (!tag) throw failed(`Unexpected end tag at byte offset ${byteOffset(html, position)}`);
    if (name !== '' && name !== tag.name) {
      throw failed(
        `Unmatched end tag at byte offset ${byteOffset(html, position)}, expected "</${tag.name}>", found "</${name}>"`,
      );
    }
    const length = text.length - tag.offset;
    if (length === 0) return;
    // A code right inside a pre names its language.
    const language = /^language-(.+)$/.exec(tag.attributes.get('class') ?? '')?.[1];
    if (tag.name === 'code' && open.at(-1)?.name === 'pre') {
      if (language !== undefined) languages.set(tag.offset, language);
      return;
    }
    const entity = describe(tag, { offset: tag.offset, length }, text.slice(tag.offset), languages.get(tag.offset));
    if (entity) entities.push(entity);
  }
}

/** `text` with its character references decoded; unknown ones stay as they are. */
function decodeAll(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));?/gi,
    (whole: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );
}

function byteOffset(text: string, at: number): number {
  return Buffer.byteLength(text.slice(0, at));
}

function describe(
  { name, attributes }: OpenTag,
  range: { readonly offset: number; readonly length: number },
  content: string,
  language: string | undefined,
): GivenEntity | undefined {
  const type = simple[name] ?? '';
  switch (name) {
    case 'a': {
      const url = attributes.get('href') ?? content;
      return url === '' ? undefined : { type, ...range, url };
    }
    case 'tg-emoji':
      return { type, ...range, custom_emoji_id: attributes.get('emoji-id') ?? '' };
    case 'tg-time':
      return {
        type,
        ...range,
        unix_time: Number(attributes.get('unix')),
        date_time_format: attributes.get('format') ?? '',
      };
    case 'pre':
      return language === undefined ? { type, ...range } : { type, ...range, language };
    case 'blockquote':
      return { type: attributes.has('expandable') ? 'expandable_blockquote' : type, ...range };
    default:
      return { type, ...range };
  }
}
