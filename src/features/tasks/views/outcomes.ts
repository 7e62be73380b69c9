/** What became of tasks: done, deleted, and the question before one with open parts is done. */
import type { ActionId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { bold, cancelButton, type MessageSubject, type Span, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import { back, showsTask } from './cards.ts';
import { cardButtons } from './links.ts';
import { type Reader, type Styled, whenSpans } from './pieces.ts';

/** '✅ Call Bob', what is left today, the next instance of a series, and what can be begun now. */
export function doneView(
  reader: Reader,
  done: ReadonlyArray<{
    readonly task: Task;
    readonly next: Task | null;
    readonly parts?: readonly Task[];
  }>,
  action: ActionId | null,
  left: number,
  following: Following = { freed: [], ready: [] },
  from: ListRef | null = null,
): View {
  const { t } = reader;
  const lines: Array<readonly Span[]> = [];
  for (const { task, next, parts = [] } of done) {
    lines.push(t.spans<Styled>('task-done', { title: bold(task.title) }));
    if (parts.length > 0) lines.push([t.text('task-done-parts', { count: parts.length })]);
    if (next !== null && next.dueDate !== null)
      lines.push(t.spans<Styled>('task-next', { when: whenSpans(reader, next.dueDate, next.dueTime, 'row') }));
  }
  lines.push(...followingLines(reader, following), [t.text('task-left-today', { count: left })]);
  const [only] = done;
  const next = [...following.ready, ...following.freed];
  return {
    lines,
    buttons: [
      ...(action === null ? [] : [[undoButton(t, action)]]),
      ...(next.length > 0 ? [cardButtons(next)] : []),
      ...back(reader, from),
    ],
    shows: only && done.length === 1 ? showsTask(only.task, from) : SEVERAL,
  };
}

/** What can be done next: wholes with nothing left below them, tasks that wait for nothing any more. */
export interface Following {
  readonly freed: readonly Task[];
  readonly ready: readonly Task[];
}

/** 'Next: #12 Paint is free to begin.', a line each. */
export function followingLines({ t }: Reader, { freed, ready }: Following): Array<readonly Span[]> {
  const named = ({ number, title }: Task) => ({ number, title: bold(shortened(title, 60)) });
  return [
    ...ready.map((task) => t.spans<Styled>('task-parts-ready', named(task))),
    ...freed.map((task) => t.spans<Styled>('task-freed', named(task))),
  ];
}

/** Each of several keeps its button: taking one back is answered below. */
export const SEVERAL: MessageSubject = { role: 'list', entity: 'none', entityId: null };

/** What was just done in one line, with the way back: 'Deleted: Call Bob.' */
export function toldView(
  reader: Reader,
  line: readonly Span[],
  actions: readonly ActionId[],
  from: ListRef | null = null,
): View {
  const undo = actions.map((action) => undoButton(reader.t, action));
  return { lines: [line], buttons: [...(undo.length > 0 ? [undo] : []), ...back(reader, from)] };
}

/** What went with a task that was deleted. */
export interface Gone {
  readonly subtasks: number;
  readonly notes: number;
  readonly files?: number;
  readonly reminders: number;
}

/** 'Deleted: Paint the room, with 3 subtasks, 1 note.', a line for each. */
export function removedView(
  reader: Reader,
  removed: ReadonlyArray<{ readonly task: Task; readonly gone: Gone }>,
  action: ActionId,
  from: ListRef | null,
): View {
  const { t } = reader;
  return {
    lines: removed.map(({ task, gone }) => {
      const title = bold(task.title);
      const parts = [
        gone.subtasks > 0 ? t.text('task-count-subtasks', { count: gone.subtasks }) : null,
        gone.notes > 0 ? t.text('task-count-notes', { count: gone.notes }) : null,
        (gone.files ?? 0) > 0 ? t.text('file-count', { count: gone.files ?? 0 }) : null,
        gone.reminders > 0 ? t.text('task-count-reminders', { count: gone.reminders }) : null,
      ].filter((part) => part !== null);
      if (parts.length === 0) return t.spans<Styled>('task-removed', { title });
      return t.spans<Styled>('task-removed-with', { title, what: parts.join(', ') });
    }),
    buttons: [[undoButton(t, action)], ...back(reader, from)],
    ...(removed.length > 1 ? { shows: SEVERAL } : {}),
  };
}

/** A task is done, or given up, but for its parts: all of them, only this, or not yet? */
export function askPartsView(
  reader: Reader,
  task: Task,
  open: readonly Task[],
  from: ListRef | null,
  to: 'done' | 'cancelled' = 'done',
): View {
  const { t } = reader;
  const id = task.id;
  const shown = open.slice(0, 5);
  return {
    lines: [
      t.spans<Styled>('task-ask-parts', { title: bold(task.title), count: open.length }),
      ...shown.map((part) => [`${part.number}  ${shortened(part.title, 40)}`]),
      ...(open.length > shown.length ? [[t.text('task-and-more', { count: open.length - shown.length })]] : []),
    ],
    buttons: [
      [
        {
          label: t.text(`task-${to}-all-button`),
          data: to === 'done' ? buttons.doneAll({ id }) : buttons.cancelAll({ id }),
        },
        {
          label: t.text('task-done-only-button'),
          data: to === 'done' ? buttons.doneOnly({ id }) : buttons.cancelOnly({ id }),
        },
      ],
      [cancelButton(t, buttons.card({ id }))],
    ],
    shows: showsTask(task, from),
  };
}
