/** The pieces cards and lists are made of: when, how urgent, what belongs to it. */
import type { Person } from '../../../access/people.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { dueBucket } from '../../../core/days.ts';
import { UserError } from '../../../core/errors.ts';
import { today, wallClock } from '../../../core/zones.ts';
import { languageOf, type Translator } from '../../../locales/translator.ts';
import type { Task } from '../../../storage/rows.ts';
import {
  clockChangeText,
  type DatePlace,
  dayText,
  dueSpan,
  durationText,
  recurrenceText,
} from '../../../telegram/dates.ts';
import { italic, joined, type Span } from '../../../telegram/view.ts';
import type { TaskDetails } from '../details.ts';
import type { Marks } from '../links/tree.ts';
import { weekStartOf } from '../lists/lists.ts';
import { restsUntil } from '../series/own.ts';
import { DEFAULT_PRIORITY, isOpen, priorityName } from '../task.ts';

/** Whom a view is shown to, and when. */
export interface Reader {
  readonly t: Translator;
  readonly person: Person;
  readonly now: EpochMs;
  /** the tasks are a group's: they can be given to somebody */
  readonly inGroup?: boolean;
  /** the reader's own zone where they see a group's tasks alone: times then name the group's, if it is another */
  readonly home?: string;
}

/** What belongs to a task beside its row. */
export type Details = TaskDetails;

/** How a task hangs together with others, as its card shows it. */
export interface Links {
  /** subtasks at any depth, given up ones not counted */
  readonly total: number;
  readonly done: number;
  /** the first parts directly below, and how they hang together themselves */
  readonly children: readonly Task[];
  readonly marks: ReadonlyMap<number, Marks>;
  /** how many parts are directly below */
  readonly count: number;
  readonly parent: Task | null;
  /** open ones this one waits for */
  readonly blockers: readonly Task[];
  /** open ones that wait for this one */
  readonly waiting: readonly Task[];
}

/** What a card shows beside the row. */
export interface CardDetails extends Details {
  readonly links: Links;
}

/** Styled pieces of a text. */
export type Styled = Exclude<Span, string>;

/** The tag times are written by: the person's locale where it is one of their language. */
export function dateLanguage({ person }: Reader): string {
  return languageOf(person.locale) === person.language ? person.locale : person.language;
}

export function isOverdue(task: Task, { person, now }: Reader): boolean {
  if (!isOpen(task) || task.dueDate === null) return false;
  const { day, time } = wallClock(now, person.timezone);
  const due = { day: task.dueDate, time: task.dueTime };
  return dueBucket(due, { day, time }, weekStartOf(person.weekStart)) === 'overdue';
}

/** When a day, perhaps with a time, is: an instant that the client shows in the reader's zone, or plain words. */
export function whenSpans(reader: Reader, date: string, time: string | null, place: DatePlace = 'card'): Span[] {
  const { person, now } = reader;
  return dueSpan({
    date,
    time,
    zone: person.timezone,
    now,
    language: dateLanguage(reader),
    clock: person.clock,
    place,
    ...(reader.home === undefined ? {} : { home: reader.home }),
  });
}

/** A day in words, for labels and sentences. */
export function dayWords(reader: Reader, date: string, place: DatePlace = 'row'): string {
  const now = today(reader.now, reader.person.timezone);
  return dayText({ date, today: now, language: dateLanguage(reader), place });
}

/** '📅 Tomorrow 15:00', '❗ Yesterday'; null when it has no date. */
export function duePart(task: Task, reader: Reader): Span[] | null {
  if (task.dueDate === null) return null;
  const when = whenSpans(reader, task.dueDate, task.dueTime);
  return reader.t.spans<Styled>(isOverdue(task, reader) ? 'task-overdue' : 'task-due', { when });
}

/** Said of a due time in the night the clocks change, as a line of its own; none for any other. */
export function changeLine(task: Task, reader: Reader): Span[][] {
  if (task.dueDate === null || task.dueTime === null) return [];
  const { timezone: zone, clock } = reader.person;
  const request = { date: task.dueDate, time: task.dueTime, zone, clock, language: dateLanguage(reader) };
  const change = clockChangeText(request);
  return change === null ? [] : [[italic(change)]];
}

/** Said of a task that begins after it is due, as a line of its own; none for any other. */
export function beginsLateLine({ startDate, dueDate }: Task, { t }: Pick<Reader, 't'>): Span[][] {
  const isLate = startDate !== null && dueDate !== null && startDate > dueDate;
  return isLate ? [[italic(t.text('task-begins-late'))]] : [];
}

/** '🔁 every Monday', '🔁 every Monday ⏸ paused'; null when it does not recur. */
export function repeatPart(
  task: Pick<Task, 'recurrence'> & Partial<Pick<Task, 'series'>>,
  reader: Reader,
): string | null {
  const { recurrence, series = null } = task;
  if (recurrence === null) return null;
  const until = restsUntil({ recurrence, series }, today(reader.now, reader.person.timezone));
  const rests =
    series?.paused === true
      ? ` ${reader.t.text('series-rests')}`
      : until === null
        ? ''
        : ` ${reader.t.text('series-rests-until', { day: dayWords(reader, until) })}`;
  try {
    const rule = recurrenceText(recurrence, dateLanguage(reader), reader.person.clock);
    return reader.t.text('task-repeats', { rule }) + rests;
  } catch (error) {
    if (error instanceof UserError) return reader.t.text('task-repeats-somehow') + rests;
    throw error;
  }
}

/** '🟠 high'; null for medium, which is what is meant when nothing is said. */
export function priorityPart(task: Pick<Task, 'priority'>, reader: Reader): string | null {
  if (task.priority === DEFAULT_PRIORITY) return null;
  return reader.t.text('task-priority', { level: priorityName(task.priority) });
}

export function startPart(task: Task, reader: Reader): Span[] | null {
  if (task.startDate === null) return null;
  return reader.t.spans<Styled>('task-start', { day: dayWords(reader, task.startDate) });
}

/** '📎 2 files'; null when it has none. */
export function filesPart({ files }: Pick<Details, 'files'>, { t }: Reader): string | null {
  return files === 0 ? null : t.text('file-count', { count: files });
}

export function remindersPart({ reminders }: Pick<Details, 'reminders'>, { t }: Reader): string | null {
  return reminders === 0
    ? null
    : t.text('task-reminders', { reminders: t.text('task-count-reminders', { count: reminders }) });
}

export const tagParts = (task: Pick<Task, 'tags'>): string | null =>
  task.tags.length === 0 ? null : task.tags.map((tag) => `#${tag}`).join(' ');

export function clientPart(details: Details, { t }: Reader): Span[] | null {
  return details.client === null ? null : t.spans<Styled>('task-client', { name: details.client });
}

export function assigneePart(name: string | null, { t }: Reader): Span[] | null {
  return name === null ? null : t.spans<Styled>('task-assignee', { name });
}

export function projectPart(details: Details, { t }: Reader): Span[] | null {
  return details.project === null ? null : t.spans<Styled>('task-project', { name: details.project });
}

export function estimatePart(task: Pick<Task, 'estimateMinutes'>, reader: Reader): string | null {
  if (task.estimateMinutes === null) return null;
  return durationText(task.estimateMinutes, dateLanguage(reader));
}

/** A line of what is there; no line when nothing is. */
export function lineOf(parts: Parameters<typeof joined>[0]): Array<readonly Span[]> {
  const line = joined(parts);
  return line.length === 0 ? [] : [line];
}

const FIELD = {
  title: 'title',
  notes: 'notes',
  priority: 'priority',
  startDate: 'start',
  dueDate: 'due',
  dueTime: 'due',
  estimateMinutes: 'estimate',
  tags: 'tags',
  project: 'project',
  client: 'client',
} as const;

/** 'Only this one: Date. The series stays as it was.' No line where nothing differs, or it only rests. */
export function apartLines({ t }: Pick<Reader, 't'>, task: Task): Array<readonly Span[]> {
  const { own = {}, paused = false } = task.series ?? {};
  const differ = (Object.keys(own) as Array<keyof typeof FIELD>).filter(
    (field) => !(paused && ['startDate', 'dueDate', 'dueTime'].includes(field)),
  );
  if (differ.length === 0 || task.recurrence === null) return [];
  const fields = [...new Set(differ.map((field) => t.text(`task-field-${FIELD[field]}`)))].join(', ');
  return [[italic(t.text('series-apart', { fields }))]];
}
