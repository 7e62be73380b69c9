/** Styles of a terminal, or none where colour is not wanted. */

export type Style = 'bold' | 'dim' | 'italic' | 'underline' | 'strike' | 'code' | 'accent' | 'inverse';

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  inverse: [7, 27],
  strike: [9, 29],
  code: [36, 39],
  accent: [34, 39],
};

/** Puts styles round a text. Plain where the terminal has none. */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

const plain: Paint = (text) => text;

const ansi: Paint = (text, ...styles) => {
  if (text === '') return text;
  const on = styles.map((style) => `\u001b[${codes[style][0]}m`).join('');
  const off = styles
    .map((style) => `\u001b[${codes[style][1]}m`)
    .reverse()
    .join('');
  return `${on}${text}${off}`;
};

/** Colour at a terminal only, and not when NO_COLOR is set to anything (no-color.org) or the terminal is dumb. */
export function paintFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return isTerminal && !refused ? ansi : plain;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the very characters to take out.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text from outside without the control characters that would steer the terminal; tabs become spaces. */
export function harmless(text: string): string {
  return text.replace(/\t/g, '    ').replace(controls, '');
}
