/** What belongs to one task over time: its notes, its history. */
import type { HistoryEntry } from '../../../actions/history.ts';
import type { ActionId } from '../../../core/ids.ts';
import type { Note, Task } from '../../../storage/rows.ts';
import { instantSpan } from '../../../telegram/dates.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { type Button, bold, joined, type Span, strike, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import { showsTask } from './cards.ts';
import { dateLanguage, type Reader, type Styled } from './pieces.ts';

/** Notes of a page. */
export const NOTES_PAGE = 5;

export function notesView(
  reader: Reader,
  task: Task,
  notes: readonly Note[],
  page: number,
  total: number,
  action: ActionId | null = null,
  from: ListRef | null = null,
): View {
  const { t, person, now } = reader;
  const id = task.id;
  const pages = Math.max(1, Math.ceil(total / NOTES_PAGE));
  const lines: Array<readonly Span[]> = [
    t.spans<Styled>('task-notes-title', { title: bold(task.title), count: total }),
  ];
  if (notes.length === 0) lines.push([t.text('task-notes-empty')]);
  for (const [index, note] of notes.entries()) {
    const at = instantSpan({
      at: note.createdAt,
      zone: person.timezone,
      now,
      language: dateLanguage(reader),
      clock: person.clock,
    });
    const number = (page - 1) * NOTES_PAGE + index + 1;
    lines.push([], joined([`${number}. `, at, note.editedAt === null ? null : ` ${t.text('task-note-edited')}`], ''), [
      shortened(note.body, 600),
    ]);
  }
  const each = notes.map((note, index) => ({
    label: t.text('task-note-edit-button', { number: (page - 1) * NOTES_PAGE + index + 1 }),
    data: buttons.editNote({ note: note.id }),
  }));
  const pager: Button[] =
    pages === 1
      ? []
      : [
          { label: '◀', data: buttons.notes({ id, page: Math.max(1, page - 1) }) },
          { label: `${page}/${pages}`, data: buttons.notes({ id, page }) },
          { label: '▶', data: buttons.notes({ id, page: Math.min(pages, page + 1) }) },
        ];
  return {
    lines,
    buttons: [
      each,
      pager,
      [
        ...(action === null ? [] : [undoButton(t, action)]),
        { label: t.text('task-note-add-button'), data: buttons.ask({ id, field: 'note' }) },
        { label: t.text('shared-back-button'), data: buttons.card({ id }) },
      ],
    ].filter((row) => row.length > 0),
    shows: showsTask(task, from),
  };
}

/** Who did what to the task and when, newest first. */
export function historyView(reader: Reader, task: Task, entries: readonly HistoryEntry[], from: ListRef | null): View {
  const { t, person, now } = reader;
  return {
    lines: [
      t.spans<Styled>('task-history-title', { title: bold(task.title) }),
      [],
      ...entries.map((entry) => {
        const at = instantSpan({
          at: entry.at,
          zone: person.timezone,
          now,
          language: dateLanguage(reader),
          clock: person.clock,
          place: 'row',
        });
        const what = t.spans<Styled>(entry.summary.key, entry.summary.args);
        const who = entry.personId === person.id ? null : entry.personName;
        const via = entry.via === 'person' ? null : t.text(`task-via-${entry.via}`);
        return joined([at, entry.undoneAt === null ? what : [strike(...what)], who, via]);
      }),
    ],
    buttons: [[{ label: t.text('shared-back-button'), data: buttons.card({ id: task.id }) }]],
    shows: showsTask(task, from),
  };
}
