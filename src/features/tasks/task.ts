/** What a task is made of and the rules of its fields: bounds, normal forms, which statuses are open. */
import { parseDay } from '../../core/days.ts';
import { UserError } from '../../core/errors.ts';
import type { PersonId } from '../../core/ids.ts';
import { ruleFault } from '../../core/recurrence.ts';
import type { Priority, RecurrenceRule, SeriesOwn, Task, TaskStatus } from '../../storage/rows.ts';
import { isVisible } from '../../telegram/render/clean.ts';
import { cutBefore } from '../../telegram/render/graphemes.ts';

export const STATUSES = ['todo', 'in_progress', 'review', 'blocked', 'done', 'cancelled'] as const;
export const PRIORITIES = ['low', 'medium', 'high', 'critical', 'urgent'] as const;
export type PriorityName = (typeof PRIORITIES)[number];

/** What a task has when nothing is said. */
export const DEFAULT_PRIORITY: Priority = 2;

/** Longest title, in UTF-16 units; what is beyond goes to the notes. */
export const LONGEST_TITLE = 500;
const LONGEST_NAME = 100;
const MOST_TAGS = 20;
const LONGEST_TAG = 50;
/** ten years of working time, in minutes */
const MOST_MINUTES = 1_200_000;

/** The one place where "done" is derived from the status. */
export function isOpen(task: Pick<Task, 'status'>): boolean {
  return task.status !== 'done' && task.status !== 'cancelled';
}

export function priorityName(priority: Priority): PriorityName {
  return PRIORITIES[priority - 1] ?? 'medium';
}

export function priorityOf(name: PriorityName): Priority {
  return (PRIORITIES.indexOf(name) + 1) as Priority;
}

/** What fields are called in filters (`status:done`) and in changes of many (`/bulk 1,2 status done`). */
export const FIELD_WORDS = {
  status: 'status',
  статус: 'status',
  этап: 'status',
  priority: 'priority',
  приоритет: 'priority',
  важность: 'priority',
  tag: 'tag',
  tags: 'tag',
  тег: 'tag',
  метка: 'tag',
  project: 'project',
  проект: 'project',
  client: 'client',
  клиент: 'client',
  due: 'due',
  срок: 'due',
} as const;

/** Everything a person may say of a task. Left out: as it is (or empty, for a new one); null: none. A project or client is made when there is none of the name. */
export interface TaskFields extends SeriesOwn {
  readonly recurrence?: RecurrenceRule | null;
  /** somebody of the group */
  readonly assigneeId?: PersonId | null;
}

/** A new task's fields: only the title must be there. */
export type TaskDraft = TaskFields & { readonly title: string };

/** The text as PostgreSQL's text and jsonb both hold it: no NUL, no lone surrogate. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}

/** A title on one line within its bound, and what did not fit. Throws UserError 'task-error-title' when nothing is left to see. */
export function titleOf(text: string): { title: string; rest: string } {
  const line = storable(text).replaceAll(/\s+/g, ' ').trim();
  if (!isVisible(line)) throw new UserError('task-error-title');
  if (line.length <= LONGEST_TITLE) return { title: line, rest: '' };
  const space = line.lastIndexOf(' ', LONGEST_TITLE - 1);
  const end = space > LONGEST_TITLE - 80 ? space : cutBefore(line, LONGEST_TITLE - 1);
  return { title: `${line.slice(0, end).trimEnd()}…`, rest: line };
}

/** Tags without their sign, in lower case, each once. Throws UserError 'task-error-tags' above twenty. */
export function tagsOf(tags: readonly string[]): string[] {
  const out = new Set<string>();
  for (const tag of tags) {
    const name = storable(tag).replace(/^#+/, '').trim().toLowerCase().replaceAll(/\s+/g, '_');
    if (name !== '') out.add(name.slice(0, cutBefore(name, LONGEST_TAG)));
  }
  if (out.size > MOST_TAGS) throw new UserError('task-error-tags', { most: MOST_TAGS });
  return [...out];
}

/** The name of a project or client on one line; null when it is empty. */
export function nameOf(name: string | null): string | null {
  const line = storable(name ?? '')
    .replace(/^@/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line === '' ? null : line.slice(0, cutBefore(line, LONGEST_NAME));
}

/** Throws UserError when a day, time, estimate or rule cannot be. */
export function checkFields(fields: TaskFields): void {
  for (const day of [fields.startDate, fields.dueDate]) {
    if (day !== undefined && day !== null && (parseDay(day) === null || day < '0001'))
      throw new UserError('task-error-date');
  }
  const { dueTime, estimateMinutes, recurrence } = fields;
  if (dueTime !== undefined && dueTime !== null && !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(dueTime))
    throw new UserError('task-error-date');
  if (estimateMinutes !== undefined && estimateMinutes !== null) {
    if (!Number.isInteger(estimateMinutes) || estimateMinutes < 1 || estimateMinutes > MOST_MINUTES)
      throw new UserError('task-error-estimate');
  }
  if (recurrence !== undefined && recurrence !== null) {
    const fault = ruleFault(recurrence.rrule);
    if (fault !== null) throw new UserError(fault);
  }
}

export function isStatus(text: string): text is TaskStatus {
  return STATUSES.some((status) => status === text);
}
