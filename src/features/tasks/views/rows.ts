/** Rows of tasks, as lists and cards show them. */
import { columnsOf } from '../../../core/columns.ts';
import { today, wallClock } from '../../../core/zones.ts';
import type { Task } from '../../../storage/rows.ts';
import { timeText } from '../../../telegram/dates.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { roomForTitles } from '../../../telegram/render/rows.ts';
import type { Span, Table, Twofold } from '../../../telegram/view.ts';
import type { Marks } from '../links/tree.ts';
import { isOpen } from '../task.ts';
import { dateLanguage, dayWords, isOverdue, type Reader, type Styled, whenSpans } from './pieces.ts';

/** Graphemes of a title in a row, where the times leave room for so many; and in a table, whose cells have several lines. */
const WIDEST_TITLE = 30;
const WIDEST_IN_TABLE = 80;

/** What is told of each task in a row. */
export type RowTimes = 'due' | 'today' | 'finished-at' | 'finished-on';

/**
 * Rows with their numbers and times in columns; the numbers are the tasks' own. `marks`: how they hang together with others, by id.
 * `times`: what stands behind a title: when it is due; of today's list, where the day goes without saying, the time; of what was done when it was.
 */
export function rowsOf(
  reader: Reader,
  tasks: readonly Task[],
  marks: ReadonlyMap<number, Marks>,
  times: RowTimes = 'due',
): Twofold {
  const digits = Math.max(...tasks.map((task) => String(task.number).length));
  const whens = tasks.map((task) => whenOf(reader, task, times));
  const room = roomForTitles(whens, digits + 5);
  const rows = tasks.map((task, index) => {
    const when = whens[index] ?? [];
    const before = marks.get(task.id)?.part === true ? '↳ ' : '';
    const behind = signsOf(task, marks.get(task.id));
    const most = when.length === 0 ? WIDEST_TITLE : room - columnsOf(before + behind);
    const title = before + shortened(task.title, Math.min(WIDEST_TITLE, most)) + behind;
    return { task, when, title, width: columnsOf(title) };
  });
  const widest = Math.max(0, ...rows.filter(({ when }) => when.length > 0).map((row) => row.width));
  const plain = rows.map(({ task, when, title, width }) => {
    const sign = signOf(reader, task);
    const number = String(task.number).padStart(digits);
    return [
      `${sign === '' ? '  ' : sign} ${number}  `,
      title,
      ...(when.length === 0 ? [] : [' '.repeat(Math.max(0, widest - width) + 2), ...when]),
    ];
  });
  return { plain, native: () => [tableOf(reader, tasks, marks, whens)] };
}

function tableOf(
  reader: Reader,
  tasks: readonly Task[],
  marks: ReadonlyMap<number, Marks>,
  whens: ReadonlyArray<readonly Span[]>,
): Table {
  const { t } = reader;
  return {
    columns: [
      { name: t.text('shared-column-number'), align: 'end' },
      { name: t.text('shared-column-task'), align: 'start' },
      { name: t.text('shared-column-when'), align: 'end' },
    ],
    rows: tasks.map((task, index) => {
      const sign = signOf(reader, task);
      const part = marks.get(task.id)?.part === true ? '↳ ' : '';
      return [
        [`${sign}${sign === '' ? '' : '\u00A0'}${task.number}`],
        [part, shortened(task.title, WIDEST_IN_TABLE), signsOf(task, marks.get(task.id))],
        whens[index] ?? [],
      ];
    }),
  };
}

/** ✅ done, ❌ given up or left out, ❗ overdue; '' for all others. */
function signOf(reader: Reader, task: Task): string {
  if (task.status === 'done') return '✅';
  if (task.status === 'cancelled') return '❌';
  return isOverdue(task, reader) ? '❗' : '';
}

/** 🔁 it repeats, 🔒 it waits for another, 1/3 of its subtasks are done. */
function signsOf(task: Task, marks: Marks | undefined): string {
  return [
    task.recurrence === null ? '' : ' 🔁',
    marks?.blocked === true && isOpen(task) ? ' 🔒' : '',
    marks === undefined || marks.total === 0 ? '' : ` ${marks.done}/${marks.total}`,
    marks === undefined || marks.assignee === null ? '' : ` · ${shortened(marks.assignee, 12)}`,
  ].join('');
}

function whenOf(reader: Reader, task: Task, times: RowTimes): Span[] {
  const { person, now } = reader;
  const day = today(now, person.timezone);
  if (times === 'finished-at' || times === 'finished-on') {
    if (task.completedAt === null) return [];
    const done = wallClock(task.completedAt, person.timezone);
    return [
      times === 'finished-at' ? timeText(done.time, dateLanguage(reader), person.clock) : dayWords(reader, done.day),
    ];
  }
  if (task.dueDate !== null) {
    const silent = times === 'today' && task.dueTime === null && task.dueDate === day;
    // Today's time stands alone.
    return silent ? [] : whenSpans(reader, task.dueDate, task.dueTime, 'row');
  }
  // A day to begin on that has come says nothing about what is ahead.
  if (task.startDate === null || task.startDate <= day) return [];
  return reader.t.spans<Styled>('task-start', { day: dayWords(reader, task.startDate) });
}
