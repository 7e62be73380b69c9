/** Rows of lists on a phone: how much of a title there is room for beside the times. */
import { columnsOf } from '../../core/columns.ts';
import type { Span } from '../view.ts';

/** Columns that a phone shows in one line, about. */
const PHONE = 42;
/** Titles are not made shorter than this: then a row takes two lines. */
const SHORTEST_TITLE = 20;

function textOf(span: Span): string {
  if (typeof span === 'string') return span;
  return 'content' in span ? span.content.map(textOf).join('') : span.fallback;
}

/** The columns left for the titles of rows whose times are `whens`, behind `before` columns of signs and numbers. */
export function roomForTitles(whens: ReadonlyArray<readonly Span[]>, before: number): number {
  const widest = Math.max(0, ...whens.map((when) => columnsOf(when.map(textOf).join(''))));
  return Math.max(SHORTEST_TITLE, PHONE - before - 2 - widest);
}
