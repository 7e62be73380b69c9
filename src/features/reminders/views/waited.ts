/** What waited while everything was paused. Pure. */
import { z } from 'zod';
import { joined, type Span } from '../../../telegram/view.ts';
import { dayIn, oneLine, type Reader, when } from './reader.ts';

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
  /** the task it belongs to */
  task: z.number().nullable().default(null),
});
export type WaitedFacts = z.infer<typeof waitedFacts>;

/** Tasks that fell due meanwhile; `more` are not told one by one. */
export const waitedTasksFacts = z.object({
  rows: z.array(z.object({ number: z.number(), title: z.string(), dueDate: z.string() })),
  more: z.number(),
});
export type WaitedTasksFacts = Readonly<z.infer<typeof waitedTasksFacts>>;

/** Rows told; more are counted. */
const MOST_TOLD = 20;
const TITLE_IN_ROW = 60;

/** One line a reminder that waited and a task that fell due; a line that says so when nothing did. */
export function waitedLines(
  reader: Reader,
  waited: readonly WaitedFacts[],
  tasks: WaitedTasksFacts | null = null,
): Span[][] {
  const { t } = reader;
  const due = tasks === null || tasks.rows.length === 0 ? [] : taskLines(reader, tasks);
  if (waited.length === 0 && due.length > 0) return due;
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
    ...(due.length > 0 ? [[], ...due] : []),
  ];
}

function taskLines(reader: Reader, tasks: WaitedTasksFacts): Span[][] {
  const { t } = reader;
  return [
    [t.text('reminder-waited-tasks', { count: tasks.rows.length + tasks.more })],
    ...tasks.rows.map(({ number, title, dueDate }) =>
      joined([
        t.text('reminder-waited-row', { sign: '❗', number: String(number), title: oneLine(title, TITLE_IN_ROW) }),
        dayIn(reader, dueDate),
      ]),
    ),
    ...(tasks.more > 0 ? [[t.text('reminder-waited-tasks-more', { count: tasks.more })]] : []),
  ];
}
