/** Rows of tasks, as lists and cards show them. */
import { columnsOf } from '../../../core/columns.ts';
import type { Task } from '../../../storage/rows.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import type { Span } from '../../../telegram/view.ts';
import type { Marks } from '../links/tree.ts';
import { isOpen } from '../task.ts';
import { dayWords, isOverdue, type Reader, type Styled, whenSpans } from './pieces.ts';

/** Graphemes of a title in a row. */
const WIDEST_TITLE = 30;

/** Rows with their numbers and times in columns; the numbers are the tasks' own. `marks`: how they hang together with others, by id. */
export function rowsOf(
  reader: Reader,
  tasks: readonly Task[],
  marks: ReadonlyMap<number, Marks>,
): Array<readonly Span[]> {
  const digits = Math.max(...tasks.map((task) => String(task.number).length));
  const rows = tasks.map((task) => {
    const title =
      (marks.get(task.id)?.part === true ? '↳ ' : '') +
      shortened(task.title, WIDEST_TITLE) +
      signsOf(task, marks.get(task.id));
    return { task, title, width: columnsOf(title) };
  });
  const widest = Math.max(...rows.map((row) => row.width));
  return rows.map(({ task, title, width }) => {
    const when = whenOf(reader, task);
    const sign = task.status === 'done' ? '✅ ' : isOverdue(task, reader) ? '❗ ' : '   ';
    const number = String(task.number).padStart(digits);
    return [`${sign}${number}  `, title, ...(when.length === 0 ? [] : [' '.repeat(widest - width + 2), ...when])];
  });
}

/** 🔁 it repeats, 🔒 it waits for another, 1/3 of its subtasks are done. */
function signsOf(task: Task, marks: Marks | undefined): string {
  return [
    task.recurrence === null ? '' : ' 🔁',
    marks?.blocked === true && isOpen(task) ? ' 🔒' : '',
    marks === undefined || marks.total === 0 ? '' : ` ${marks.done}/${marks.total}`,
  ].join('');
}

function whenOf(reader: Reader, task: Task): Span[] {
  if (task.dueDate !== null) {
    const spans = whenSpans(reader, task.dueDate, task.dueTime, 'row');
    // Today's time stands alone; a day without a time says nothing in a list of today.
    return task.dueTime === null && dayWords(reader, task.dueDate) === reader.t.text('date-today') ? [] : spans;
  }
  return task.startDate === null ? [] : reader.t.spans<Styled>('task-start', { day: dayWords(reader, task.startDate) });
}
