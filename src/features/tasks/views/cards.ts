/** One task: the echo of a capture, its card, what became of it. */
import type { ActionId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { durationWords, instantSpan } from '../../../telegram/dates.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import {
  type Button,
  bold,
  folded,
  italic,
  joined,
  link,
  type MessageSubject,
  type Span,
  type View,
} from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import { buttons as fileButtons } from '../files/buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import { backButton, refData } from '../lists/list-ref.ts';
import { isOpen } from '../task.ts';
import { linkButtons, linkLines, progressPart } from './links.ts';
import {
  apartLines,
  assigneePart,
  beginsLateLine,
  type CardDetails,
  changeLine,
  clientPart,
  type Details,
  dateLanguage,
  duePart,
  estimatePart,
  filesPart,
  lineOf,
  priorityPart,
  projectPart,
  type Reader,
  remindersPart,
  repeatPart,
  type Styled,
  startPart,
  tagParts,
  whenSpans,
} from './pieces.ts';

/** What a message about a task shows: a reply to it acts on the task, and the way back to its list is kept. */
export function showsTask(
  task: Pick<Task, 'id'>,
  from: ListRef | null,
  data: MessageSubject['data'] = {},
): MessageSubject {
  return { role: 'card', entity: 'task', entityId: task.id, data: { ...refData(from), ...data } };
}

/** A text whose addresses in Telegram, where forwarded messages come from, can be followed. */
function linked(text: string): Span[] {
  return text.split(/(https:\/\/t\.me\/[\w/]+)/).map((part, index) => (index % 2 === 1 ? link(part, part) : part));
}

/** The task's notes on a card: the client folds them. */
function notesLines(task: Task): Array<readonly Span[]> {
  return task.notes.trim() === '' ? [] : [[folded(...linked(shortened(task.notes.trim(), 1500)))]];
}

/** Something the grammar did that the person should see. */
export interface EchoHints {
  /** misspelt words and what they were taken for */
  readonly corrections?: ReadonlyArray<{ readonly typed: string; readonly meant: string }>;
  /** other days worth a button */
  readonly alternatives?: ReadonlyArray<{ readonly day: string; readonly time: string | null }>;
  /** what follows in a series */
  readonly ahead?: ReadonlyArray<{ readonly day: string; readonly time: string | null }>;
  /** how long before it is due it is reminded of, in minutes */
  readonly reminds?: readonly number[];
  /** the same where it is too late for that */
  readonly late?: readonly number[];
  /** a line of its own, dim ("The file stays in this chat.") */
  readonly remark?: string | null;
  readonly heading?: string | null;
}

/** What was understood of a capture or an edit, with the way to take it back. */
export function echoView(
  reader: Reader,
  task: Task,
  details: Details,
  action: ActionId | null,
  hints: EchoHints = {},
  from: ListRef | null = null,
): View {
  const { t } = reader;
  const id = task.id;
  const first: Button[] = [
    ...(action === null ? [] : [undoButton(t, action)]),
    {
      label: t.text(task.dueDate === null ? 'task-set-date-button' : 'task-change-time-button'),
      data: buttons.dates({ id }),
    },
    { label: t.text('shared-edit-button'), data: buttons.edit({ id }) },
  ];
  const others = (hints.alternatives ?? []).slice(0, 3).map(({ day, time }) => ({
    label: labelOf(reader, day, time),
    data: buttons.due({ id, day, time }),
  }));
  return {
    lines: [
      ...(hints.heading ? [[hints.heading]] : []),
      [bold(task.title)],
      ...lineOf([
        duePart(task, reader),
        repeatPart(task, reader),
        startPart(task, reader),
        priorityPart(task, reader),
        tagParts(task),
        assigneePart(details.assignee, reader),
        clientPart(details, reader),
        projectPart(details, reader),
        task.estimateMinutes === null ? null : t.text('task-estimate', { time: estimatePart(task, reader) ?? '' }),
        filesPart(details, reader),
      ]),
      ...aheadLines(reader, hints),
      ...changeLine(task, reader),
      ...beginsLateLine(task, reader),
      ...((hints.ahead ?? []).length === 0 ? [] : [thenLine(reader, task, hints.ahead ?? [])]),
      ...apartLines(reader, task),
      ...notesLines(task),
      ...(hints.corrections ?? []).map(({ typed, meant }) => [
        italic(...t.spans<Styled>('task-read-as', { typed, meant })),
      ]),
      ...(hints.remark ? [[italic(hints.remark)]] : []),
    ],
    buttons: [first, ...(others.length > 0 ? [others] : []), ...back(reader, from)],
    shows: showsTask(task, from),
  };
}

/** "⏰ 1 h before": the reminders made with the task, and those that would have come before now. */
function aheadLines(reader: Reader, { reminds = [], late = [] }: EchoHints): Array<readonly Span[]> {
  const { t } = reader;
  const lengths = (minutes: readonly number[]) =>
    minutes.map((each) => durationWords(each * 60_000, dateLanguage(reader))).join(', ');
  return [
    ...(reminds.length === 0 ? [] : [[t.text('task-reminds', { lengths: lengths(reminds) })]]),
    ...(late.length === 0 ? [] : [[italic(t.text('task-reminds-late', { lengths: lengths(late) }))]]),
  ];
}

/** 'Then Fri · Mon · Tue': where a series goes on. The time of day was said, where it stays the same. */
function thenLine(reader: Reader, { dueTime }: Task, dates: NonNullable<EchoHints['ahead']>): readonly Span[] {
  const same = dates.every(({ time }) => time === dueTime);
  const each = dates.map(({ day, time }) => whenSpans(reader, day, same ? null : time, 'row'));
  return reader.t.spans<Styled>('task-then', { dates: joined(each) });
}

/** A day and perhaps a time on a button. */
export function labelOf(reader: Reader, day: string, time: string | null): string {
  return whenSpans(reader, day, time)
    .map((span) => (typeof span === 'string' ? span : 'fallback' in span ? span.fallback : ''))
    .join('');
}

/** Leads to a task's files. */
export function filesButton({ t }: Pick<Reader, 't'>, id: number): Button {
  return { label: t.text('file-list-button'), data: fileButtons.list({ id, page: 1 }) };
}

export function back(reader: Reader, from: ListRef | null): Button[][] {
  return from === null ? [] : [[backButton(reader.t, from)]];
}

/** The whole task. `action`: what was just done to it, offered to be taken back; `remark`: what else came of that. */
export function cardView(
  reader: Reader,
  task: Task,
  details: CardDetails,
  from: ListRef | null = null,
  action: ActionId | null = null,
  remark: string | null = null,
): View {
  const { t } = reader;
  const id = task.id;
  const open = isOpen(task);
  const title =
    task.status === 'done' ? t.spans<Styled>('task-done-title', { title: bold(task.title) }) : [bold(task.title)];
  const main: Button[] = open
    ? [
        { label: t.text('task-done-button'), data: buttons.done({ id }) },
        {
          label: t.text(task.dueDate === null ? 'task-set-date-button' : 'task-snooze-button'),
          data: buttons.dates({ id }),
        },
      ]
    : [{ label: t.text('task-reopen-button'), data: buttons.reopen({ id }) }];
  const closed =
    task.completedAt === null
      ? null
      : instantSpan({
          at: task.completedAt,
          zone: reader.person.timezone,
          now: reader.now,
          language: dateLanguage(reader),
          clock: reader.person.clock,
          place: 'row',
        });
  return {
    lines: [
      [...title, `  #${task.number}`],
      ...lineOf([
        duePart(task, reader),
        repeatPart(task, reader),
        startPart(task, reader),
        priorityPart(task, reader),
        tagParts(task),
      ]),
      ...changeLine(task, reader),
      ...beginsLateLine(task, reader),
      ...lineOf([
        task.status === 'todo' ? null : joined([t.text(`task-status-${task.status}`), closed], ' '),
        assigneePart(details.assignee, reader),
        clientPart(details, reader),
        projectPart(details, reader),
        task.estimateMinutes === null ? null : t.text('task-planned', { time: estimatePart(task, reader) ?? '' }),
      ]),
      ...lineOf([
        details.notes > 0 ? t.text('task-notes-count', { count: details.notes }) : null,
        filesPart(details, reader),
        remindersPart(details, reader),
        progressPart(details.links, reader),
      ]),
      ...notesLines(task),
      ...linkLines(reader, task, details.links),
      ...apartLines(reader, task),
      ...(remark === null ? [] : [[italic(remark)]]),
    ],
    buttons: [
      action === null ? main : [...main, undoButton(t, action)],
      [
        { label: t.text('shared-edit-button'), data: buttons.edit({ id }) },
        { label: t.text('task-notes-button'), data: buttons.notes({ id, page: 1 }) },
        ...(reader.inGroup === true && open
          ? [{ label: t.text('task-assign-button'), data: buttons.assign({ id }) }]
          : []),
        { label: t.text('shared-more-button'), data: buttons.more({ id }) },
      ],
      ...(details.files > 0 ? [[filesButton(reader, id)]] : []),
      ...linkButtons(reader, task, details.links),
      ...back(reader, from),
    ],
    shows: showsTask(task, from),
  };
}
