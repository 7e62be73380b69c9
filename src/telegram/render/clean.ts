/**
 * Makes any string safe to send: what we send is what Telegram keeps, so offsets counted here are right there.
 *
 * - Lone surrogates become U+FFFD; every kind of line break becomes "\n".
 * - A tab becomes a space, as at Telegram. Other control characters are shown as their pictures (U+2400…), those of C1 as U+FFFD.
 * - Three combining marks that Telegram takes out (U+030A, U+0333, U+033F) are taken out here, after the ring was joined
 *   with its letter: "å" written in two characters, as file names of macOS are, would arrive as "a".
 * - Directional embeddings and overrides (U+202A–202E) are taken out, as Telegram itself does. Isolates (U+2066–2069) are
 *   closed at the end of their line and stray closers taken out. What remains cannot reach beyond its own text; text that
 *   is written right to left beside other text of the line is wrapped in an isolate by the builder.
 */
import { turnsDirection } from '../../locales/bidi.ts';

const plain = /^[\x20-\x7E\n]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const odd = /[\x00-\x09\x0B-\x1F\x7F-\x9F\u2028-\u202E\u2066-\u2069]|\u030A|\u0333|\u033F/;
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
const controls = /[\x00-\x08\x0E-\x1F\x7F-\x9F]/g;
const ringed = /\p{L}\u030A/gu;
const takenOut = /[\u202A-\u202E]|\u030A|\u0333|\u033F/g;
const isolates = /[\u2066-\u2069]/;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** The text as it may be sent, by the rules above. Costs one regular expression for plain ASCII. */
export function cleaned(text: string): string {
  if (plain.test(text) || (!odd.test(text) && text.isWellFormed())) return text;
  const clean = text
    .toWellFormed()
    .replace(lineBreaks, '\n')
    .replaceAll('\t', ' ')
    .replace(controls, picture)
    .replace(ringed, (letter) => letter.normalize('NFC'))
    .replace(takenOut, '');
  return isolates.test(clean) ? clean.split('\n').map(balanced).join('\n') : clean;
}

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
}

/** One line with every isolate closed and no closer too many. */
function balanced(line: string): string {
  let open = 0;
  let out = '';
  for (const character of line) {
    if (character === POP_ISOLATE) {
      if (open === 0) continue;
      open -= 1;
    } else if (isolates.test(character)) open += 1;
    out += character;
  }
  return out + POP_ISOLATE.repeat(open);
}

/** Cleaned text wrapped, line by line, so that its direction of writing does not turn its neighbours. Text that cannot is returned as it is. */
export function isolated(clean: string): string {
  if (!turnsDirection(clean)) return clean;
  return clean
    .split('\n')
    .map((line) => (turnsDirection(line) ? FIRST_STRONG_ISOLATE + line + POP_ISOLATE : line))
    .join('\n');
}

/** Anything but white space, format characters and the fillers that look like nothing. Telegram refuses a message without any such character. */
const visible = /(?!\p{Default_Ignorable_Code_Point}|\u2800|\uFFFC)[^\s\p{Cc}\p{Cf}\p{Z}]/u;

/** True when a person would see something. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}
