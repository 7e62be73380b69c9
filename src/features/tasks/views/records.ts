/** What belongs to one task over time: its notes, its history. */
import type { ActionId } from '../../../core/ids.ts';
import type { Note, Task } from '../../../storage/rows.ts';
import { instantSpan } from '../../../telegram/dates.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { type Button, bold, joined, type Span, type Twofold, type View } from '../../../telegram/view.ts';
import { doneRows, told, undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import type { Entry, Standing } from '../record.ts';
import { priorityName } from '../task.ts';
import { showsTask } from './cards.ts';
import { dateLanguage, dayWords, estimatePart, type Reader, repeatPart, type Styled } from './pieces.ts';

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
          ...(page > 1 ? [{ label: '◀', data: buttons.notes({ id, page: page - 1 }) }] : []),
          { label: `${page}/${pages}`, data: buttons.notes({ id, page }) },
          ...(page < pages ? [{ label: '▶', data: buttons.notes({ id, page: page + 1 }) }] : []),
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

/** Who did what to the task and when, newest first: what each field was and became. */
export function historyView(
  reader: Reader,
  task: Task,
  record: { readonly entries: readonly Entry[]; readonly page: number; readonly pages: number },
  from: ListRef | null,
): View {
  const { t } = reader;
  const { entries, page, pages } = record;
  const to = (label: string, other: number): Button => ({
    label,
    data: buttons.historyPage({ id: task.id, page: other }),
  });
  return {
    lines: [t.spans<Styled>('task-history-title', { title: bold(task.title) }), [], historyRows(reader, entries)],
    buttons: [
      pages === 1
        ? []
        : [
            ...(page > 1 ? [to('◀', page - 1)] : []),
            to(`${page}/${pages}`, page),
            ...(page < pages ? [to('▶', page + 1)] : []),
          ],
      [{ label: t.text('shared-back-button'), data: buttons.card({ id: task.id }) }],
    ].filter((row) => row.length > 0),
    shows: showsTask(task, from),
  };
}

function historyRows(reader: Reader, entries: readonly Entry[]): Twofold {
  const { t, person, now } = reader;
  const all = entries.map((entry) => ({
    when: instantSpan({
      at: entry.at,
      zone: person.timezone,
      now,
      language: dateLanguage(reader),
      clock: person.clock,
      place: 'row',
    }),
    what: whatHappened(reader, entry),
    who: entry.personId === person.id ? null : entry.personName,
    via: entry.via,
    takenBack: entry.undoneAt !== null,
  }));
  return doneRows(t, all);
}

/** Actions that change fields, told by the fields; all others by what they are. */
const OF_FIELDS = /^task\.(?:update|title|due|priority|status|bulk)$/;

function whatHappened(reader: Reader, entry: Entry): readonly Span[] {
  const { before, after } = entry;
  const fields = before === null || after === null ? [] : changedFields(reader, before, after);
  if (!OF_FIELDS.test(entry.kind) || fields.length === 0) return told(reader.t, entry.summary);
  return joined(fields, ', ');
}

/** "Date: Fri → Sat", for each field that differs. */
function changedFields(reader: Reader, before: Standing, after: Standing): string[] {
  const { t } = reader;
  const out: string[] = [];
  for (const [name, words] of Object.entries(FIELDS)) {
    const [was, is] = [words(before, reader), words(after, reader)];
    if (was === is) continue;
    const field = t.text(`task-field-${name}`);
    // Long texts are not told twice.
    if (name === 'notes') out.push(t.text('task-history-changed', { field }));
    else out.push(t.text('task-history-change', { field, before: was || '–', after: is || '–' }));
  }
  return out;
}

const FIELDS: Readonly<Record<string, (standing: Standing, reader: Reader) => string>> = {
  title: ({ title }) => shortened(title, 40),
  due: ({ dueDate, dueTime }, reader) =>
    dueDate === null ? '' : [dayWords(reader, dueDate), dueTime].filter((part) => part !== null).join(' '),
  priority: ({ priority }, { t }) => t.text('task-priority', { level: priorityName(priority) }),
  status: ({ status }, { t }) => t.text(`task-status-${status}`),
  tags: ({ tags }) => tags.map((tag) => `#${tag}`).join(' '),
  project: ({ project }) => project ?? '',
  client: ({ client }) => client ?? '',
  estimate: (standing, reader) => estimatePart(standing, reader) ?? '',
  start: ({ startDate }, reader) => (startDate === null ? '' : dayWords(reader, startDate)),
  repeat: (standing, reader) => repeatPart(standing, reader) ?? '',
  notes: ({ notes }) => notes,
};
