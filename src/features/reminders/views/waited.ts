/** What waited while everything was paused. Pure. */
import { z } from 'zod';
import { joined, type Span } from '../../../telegram/view.ts';
import { oneLine, type Reader, when } from './reader.ts';

/** A reminder that fell due while everything was paused. */
export const waitedFacts = z.object({
  number: z.number(),
  title: z.string(),
  /** epoch ms: when it first fell due */
  at: z.number(),
  /** how often, of a series */
  times: z.number().nullable(),
  /** it was so more often still */
  capped: z.boolean(),
});
export type WaitedFacts = z.infer<typeof waitedFacts>;

/** Rows told; more are counted. */
const MOST_TOLD = 20;
const TITLE_IN_ROW = 60;

/** One line a reminder that waited; a line that says so when none did. */
export function waitedLines(reader: Reader, waited: readonly WaitedFacts[]): Span[][] {
  const { t } = reader;
  if (waited.length === 0) return [[t.text('reminder-waited-nothing')]];
  const rows = waited.slice(0, MOST_TOLD).map((one) =>
    joined([
      t.text('reminder-waited-row', {
        sign: t.text('reminders-sign', { sign: one.times === null ? 'once' : 'series' }),
        number: String(one.number),
        title: oneLine(one.title, TITLE_IN_ROW),
      }),
      one.times === null
        ? t.spans('reminder-waited-at', { at: when(reader, one.at) })
        : t.text('reminder-waited-times', { count: one.times, capped: one.capped ? 'yes' : 'no' }),
    ]),
  );
  const more = waited.length - rows.length;
  return [
    [t.text('reminder-waited', { count: waited.length })],
    ...rows,
    ...(more > 0 ? [[t.text('reminder-gathered-more', { count: more })]] : []),
  ];
}
