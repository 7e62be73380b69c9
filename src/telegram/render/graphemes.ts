/** Where a text may be cut without tearing what a person sees as one character. */

let segmenter: Intl.Segmenter | undefined;

function segments(text: string): Intl.Segments {
  // Made at first use: it costs 2 ms and few messages need it.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** What a person sees as characters, one after another. */
export function* graphemes(text: string): Generator<string> {
  for (const { segment } of segments(text)) yield segment;
}

/** The last place at or before `end` (and after 0) where `text` may be cut: between graphemes, else between code points. */
export function cutBefore(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const start = segments(text).containing(end)?.index ?? end;
  if (start > 0) return start;
  return isLowSurrogate(text, end) && isHighSurrogate(text, end - 1) && end > 1 ? end - 1 : end;
}

/** The text, or its beginning with "…" when it has more than `most` graphemes (or is longer than 8 UTF-16 units for each: endless stacked marks). */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = 0;
  let count = 0;
  for (const grapheme of graphemes(text)) {
    if (count === most - 1 && kept + grapheme.length === text.length && text.length <= most * 8) return text;
    if (count === most - 1 || kept + grapheme.length > most * 8) break;
    kept += grapheme.length;
    count += 1;
  }
  return kept === text.length ? text : `${text.slice(0, kept).trimEnd()}…`;
}

function isHighSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800;
}

function isLowSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}
