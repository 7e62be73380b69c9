/** Questions about a series: this one or all following; what became of an instance that was left out or rests. */
import type { ActionId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { type Button, bold, cancelButton, type Span, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import { back, labelOf, showsTask } from '../views/cards.ts';
import { lineOf, type Reader, repeatPart, type Styled, whenSpans } from '../views/pieces.ts';

/** What a change of a recurring task is asked about; `change` is kept with the question. */
export function askScopeView(reader: Reader, task: Task, change: string, from: ListRef | null): View {
  return question(reader, task, 'series-ask-change', from, { change }, [
    { label: reader.t.text('series-one-button'), data: buttons.changeScope({ id: task.id, scope: 'one' }) },
    { label: reader.t.text('series-all-button'), data: buttons.changeScope({ id: task.id, scope: 'all' }) },
  ]);
}

/** Which of these is left out this time? `others`: buttons of what is no task. */
export function askSkippedView(reader: Reader, tasks: readonly Task[], others: readonly Button[]): View {
  const label = ({ number, title, dueDate, dueTime }: Task) =>
    dueDate === null
      ? `${number}  ${shortened(title, 34)}`
      : `${number}  ${shortened(title, 20)} · ${labelOf(reader, dueDate, dueTime)}`;
  return {
    lines: [[reader.t.text('series-ask-skip')]],
    buttons: [
      ...tasks.map((task) => ({ label: label(task), data: buttons.skip({ id: task.id }) })),
      ...others,
      cancelButton(reader.t, buttons.cancel()),
    ].map((button) => [button]),
    shows: { role: 'prompt', entity: 'none', entityId: null },
  };
}

/** Deleting a recurring task: this one, or the series with it? */
export function askRemoveView(reader: Reader, task: Task, from: ListRef | null): View {
  return question(reader, task, 'series-ask-delete', from, {}, [
    { label: reader.t.text('series-one-button'), data: buttons.removeScope({ id: task.id, scope: 'one' }) },
    { label: reader.t.text('series-all-button'), data: buttons.removeScope({ id: task.id, scope: 'all' }) },
  ]);
}

/** Giving up a recurring task: this one, or the series with it? */
export function askEndView(reader: Reader, task: Task, from: ListRef | null): View {
  return question(reader, task, 'series-ask-end', from, {}, [
    { label: reader.t.text('series-one-button'), data: buttons.skip({ id: task.id }) },
    { label: reader.t.text('series-all-button'), data: buttons.endSeries({ id: task.id }) },
  ]);
}

function question(
  reader: Reader,
  task: Task,
  key: 'series-ask-change' | 'series-ask-delete' | 'series-ask-end',
  from: ListRef | null,
  data: Readonly<Record<string, string>>,
  choices: readonly Button[],
): View {
  const { t } = reader;
  return {
    lines: [[bold(task.title)], ...lineOf([repeatPart(task, reader)]), [t.text(key)]],
    buttons: [[...choices], [cancelButton(t, buttons.card({ id: task.id }))]],
    shows: showsTask(task, from, data),
  };
}

/** What became of one instance, and which is next: 'Skipped: Water the plants.' A reply acts on the next one. */
export function wentOnView(
  reader: Reader,
  key: 'series-skipped' | 'series-one-removed',
  task: Task,
  next: Task | null,
  action: ActionId,
  from: ListRef | null,
): View {
  const { t } = reader;
  const lines: Array<readonly Span[]> = [t.spans<Styled>(key, { title: bold(task.title) })];
  if (next === null) lines.push([t.text('series-over')]);
  else if (next.dueDate !== null)
    lines.push(t.spans<Styled>('task-next', { when: whenSpans(reader, next.dueDate, next.dueTime, 'row') }));
  return {
    lines,
    buttons: [[undoButton(t, action)], ...back(reader, from)],
    ...(next === null ? {} : { shows: showsTask(next, from) }),
  };
}

/** A series rests, or goes on. */
export function restsView(
  reader: Reader,
  key: 'series-paused' | 'series-paused-until' | 'series-resumed',
  task: Task,
  action: ActionId,
  from: ListRef | null,
): View {
  const { t } = reader;
  const when = task.dueDate === null ? '' : whenSpans(reader, task.dueDate, task.dueTime, 'row');
  const resume =
    key !== 'series-resumed'
      ? [{ label: t.text('series-resume-button'), data: buttons.resumeSeries({ id: task.id }) }]
      : [];
  return {
    lines: [t.spans<Styled>(key, { title: bold(task.title), when, number: task.number })],
    buttons: [[...resume, undoButton(t, action)], ...back(reader, from)],
    shows: showsTask(task, from),
  };
}
