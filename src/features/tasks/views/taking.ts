/** Several lines of one message: the question what they are, and what they became. */
import type { Capture } from '../../../capture/index.ts';
import type { ActionId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import {
  type Button,
  bold,
  cancelButton,
  joined,
  type MessageSubject,
  type Span,
  type View,
} from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import { cardButtons } from './links.ts';
import { type Reader, type Styled, whenSpans } from './pieces.ts';

/** A line and what was understood of it. */
export interface Planned {
  readonly line: string;
  readonly capture: Capture;
}

/** Lines shown of a long message: a phone's height. */
const SHOWN = 8;

function rowOf(reader: Reader, { capture }: Planned, index: number): readonly Span[] {
  const due = capture.reading?.due;
  return joined([
    `${index + 1}. ${shortened(capture.title.trim(), 60)}`,
    due ? ['📅 ', ...whenSpans(reader, due.day, due.time, 'row')] : null,
    capture.tags.length > 0 ? capture.tags.map((tag) => `#${tag}`).join(' ') : null,
  ]);
}

/** What the lines would become; `kept` is what the answer needs, after a restart too. */
export function linesView(
  reader: Reader,
  planned: readonly Planned[],
  total: number,
  most: number,
  kept: NonNullable<MessageSubject['data']>,
): View {
  const { t } = reader;
  const tooMany = total > most;
  const shown = planned.slice(0, SHOWN);
  const make: Button = { label: t.text('task-lines-make-button', { count: total }), data: buttons.lines() };
  return {
    lines: [
      [bold(t.text(tooMany ? 'task-lines-many' : 'task-lines-ask', { count: total, most }))],
      ...shown.map((line, index) => rowOf(reader, line, index)),
      ...(total > shown.length ? [[t.text('task-and-more', { count: total - shown.length })]] : []),
    ],
    buttons: [
      [...(tooMany ? [] : [make]), { label: t.text('task-lines-one-button'), data: buttons.linesOne() }],
      [cancelButton(t, buttons.cancel())],
    ],
    shows: { role: 'prompt', entity: 'none', entityId: null, data: kept },
  };
}

/** What is told around the tasks of several lines. */
export interface LinesTold {
  readonly heading: string;
  readonly remarks: readonly string[];
}

/** The tasks that were made, or changed by an edit that `told` words; one Undo for all of them, where `action` changed anything. */
export function linesMadeView(
  reader: Reader,
  tasks: readonly Task[],
  action: ActionId | null,
  told: LinesTold | null = null,
): View {
  const { t } = reader;
  const shown = tasks.slice(0, SHOWN);
  const heading = told ? [told.heading] : t.spans<Styled>('task-lines-made', { count: tasks.length });
  return {
    lines: [
      ...(tasks.length > 0 ? [heading] : []),
      ...shown.map(({ number, title, dueDate, dueTime }) =>
        joined([
          `${number}  ${shortened(title, 60)}`,
          dueDate === null ? null : ['📅 ', ...whenSpans(reader, dueDate, dueTime, 'row')],
        ]),
      ),
      ...(tasks.length > shown.length ? [[t.text('task-and-more', { count: tasks.length - shown.length })]] : []),
      ...(told?.remarks ?? []).map((remark) => [remark]),
    ],
    buttons: [cardButtons(shown), action === null ? [] : [undoButton(t, action)]].filter((row) => row.length > 0),
    shows: { role: 'list', entity: 'none', entityId: null },
  };
}
