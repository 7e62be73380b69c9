/** Names of files, made harmless: what came may be a path, a trick of letters, or no name at all. */
import { graphemes } from '../../../telegram/render/graphemes.ts';

/** Longest name, in characters as a person sees them, and in UTF-8 bytes: file systems take 255. */
const MOST = 100;
const MOST_BYTES = 200;
const LONGEST_EXTENSION = 12;

// Everything of Unicode's "control" and "format" (overrides of direction, invisible marks, tags), but the joiner that holds emoji together.
const UNSEEN = /(?!\u200D)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u115F\u1160\u3164\uFFA0\u2800\uFFFC]/gu;
/** What Windows refuses in a name. */
const REFUSED = /[<>:"|?*]/g;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** The extension with its dot, '' where there is none. */
export function extensionOf(name: string): string {
  const extension = /\.[\p{L}\p{N}_-]+$/u.exec(name)?.[0] ?? '';
  return extension.length <= LONGEST_EXTENSION && extension.length < name.length ? extension : '';
}

function within(text: string, most: number, bytes: number): string {
  let out = '';
  let count = 0;
  for (const grapheme of graphemes(text)) {
    if (count === most || Buffer.byteLength(out) + Buffer.byteLength(grapheme) > bytes) break;
    out += grapheme;
    count += 1;
  }
  return out;
}

/** One line without a path, anything unseen, or what a file system refuses; its extension outlives the cut. '' when nothing is left. */
export function safeName(raw: string): string {
  const visible = raw
    .slice(0, 10_000)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\t\n\r\v\f\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(UNSEEN, '')
    .split(/[/\\]/)
    .findLast((part) => part.trim() !== '' && !/^[.\s]+$/.test(part));
  const name = (visible ?? '')
    .replaceAll(REFUSED, '_')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[\s.]+/u, '')
    .replace(/[\s.]+$/u, '')
    .replace(DEVICE, '_$&');
  if (!/[\p{L}\p{N}\p{S}]/u.test(name)) return '';
  if (name === within(name, MOST, MOST_BYTES)) return name;
  const extension = extensionOf(name);
  const stem = within(name.slice(0, name.length - extension.length), MOST - extension.length - 1, MOST_BYTES - 48);
  return `${stem.replace(/[\s.]+$/u, '')}…${extension}`;
}
