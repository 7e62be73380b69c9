/** How many columns a text takes in a terminal, and breaking lines by it. */
import { columnsOf, graphemeColumns } from '../../../core/columns.ts';
import type { Style } from './style.ts';

/** A stretch of text in one style. */
export interface Segment {
  readonly text: string;
  readonly styles: readonly Style[];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Columns `text` takes; an emoji of several code points counts as one sign of two columns. */
export const displayWidth = columnsOf;

/** `text` filled with spaces to `columns`. */
export function padded(text: string, columns: number, align: 'left' | 'center' | 'right' = 'left'): string {
  const room = Math.max(0, columns - displayWidth(text));
  const before = align === 'left' ? 0 : align === 'right' ? room : Math.floor(room / 2);
  return `${' '.repeat(before)}${text}${' '.repeat(room - before)}`;
}

/** Breaks one line into lines of at most `columns`, at spaces where it can, inside a word only when the word alone is too long. */
export function wrap(line: readonly Segment[], columns: number): Segment[][] {
  if (!Number.isFinite(columns)) return [line.slice()];
  const lines: Segment[][] = [[]];
  let used = 0;
  const put = (text: string, segment: Segment): void => {
    const last = lines.at(-1);
    if (text !== '') last?.push({ text, styles: segment.styles });
    used += displayWidth(text);
  };
  const next = (): void => {
    const last = lines.at(-1);
    const end = last?.at(-1);
    if (last && end) last[last.length - 1] = { ...end, text: end.text.trimEnd() };
    lines.push([]);
    used = 0;
  };
  for (const segment of line) {
    for (const word of segment.text.match(/\s+|\S+/g) ?? []) {
      const width = displayWidth(word);
      if (used + width <= columns) put(word, segment);
      else if (word.trim() === '') next();
      else if (width <= columns) {
        next();
        put(word, segment);
      } else {
        for (const { segment: grapheme } of graphemes.segment(word)) {
          if (used + graphemeColumns(grapheme) > columns) next();
          put(grapheme, segment);
        }
      }
    }
  }
  return lines;
}

/** `text` cut to `columns` with an ellipsis. */
export function shortened(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let out = '';
  for (const { segment } of graphemes.segment(text)) {
    if (displayWidth(out) + graphemeColumns(segment) > columns - 1) break;
    out += segment;
  }
  return `${out}…`;
}
