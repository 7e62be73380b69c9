/** Keeps a paste of several lines together: between the marks of bracketed paste, line ends become a sign that is turned back when the line is sent. */

/** Asks the terminal to mark pastes, and to stop. */
export const pasteOn = '\u001b[?2004h';
export const pasteOff = '\u001b[?2004l';

/** Stands for a line end inside the line being edited (SYMBOL FOR NEWLINE, one column wide). */
export const lineEndSign = '\u2424';

const begin = '\u001b[200~';
const end = '\u001b[201~';

/** A filter for what a terminal sends; keeps its place between chunks, also when a mark is cut in two. */
export function pasteFilter(): (chunk: string) => string {
  let inside = false;
  let held = '';
  return (chunk) => {
    let rest = held + chunk;
    held = '';
    let out = '';
    for (;;) {
      const mark = inside ? end : begin;
      const at = rest.indexOf(mark);
      if (at >= 0) {
        out += inside ? joined(rest.slice(0, at)) : rest.slice(0, at);
        rest = rest.slice(at + mark.length);
        inside = !inside;
        continue;
      }
      // A lone Escape is a key; only a longer beginning of a mark is held back.
      const cut = cutMark(rest, mark, inside ? 1 : 3);
      held = rest.slice(rest.length - cut);
      const whole = rest.slice(0, rest.length - cut);
      return out + (inside ? joined(whole) : whole);
    }
  };
}

/** How many characters at the end of `text` begin `mark`, at least `least` or none. */
function cutMark(text: string, mark: string, least: number): number {
  for (let length = Math.min(mark.length - 1, text.length); length >= least; length -= 1) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: pasted control characters must not act as keys.
const keys = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

function joined(pasted: string): string {
  return pasted
    .replace(/\r\n?|\n/g, lineEndSign)
    .replace(/\t/g, ' ')
    .replace(keys, '');
}
