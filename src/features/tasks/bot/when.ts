/** Words for a date on a task: one reading is set, several are asked about, none is said plainly. */
import type { Authorized } from '../../../access/authorize.ts';
import { type Capture, parseWhen, putOff, type Reading, type Shift } from '../../../capture/index.ts';
import type { Day } from '../../../core/days.ts';
import { UserError } from '../../../core/errors.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { changeTask } from '../series/chat.ts';
import type { TaskFields } from '../task.ts';
import { type ReadingChoice, readingsView } from '../views/questions.ts';
import { fromOf, type Room, readerOf } from './chat.ts';

const NONE = /^(?:-|—|none|no|no date|never|clear|remove|someday|нет|без даты|убрать|когда-нибудь)$/iu;

/** Words that take a field away. */
export const meansNone = (words: string): boolean => NONE.test(words.trim());

/** Whether a time was found in what was said: understood, to be asked about, or refused. */
export const saysWhen = ({ reading, readings, refused }: Pick<Capture, 'reading' | 'readings' | 'refused'>): boolean =>
  reading !== null || readings.length > 0 || refused !== null;

export function choiceOf(reading: Reading): ReadingChoice {
  return {
    day: reading.due.day,
    time: reading.due.time,
    title: reading.title,
    rrule: reading.recurrence?.rrule ?? null,
    basis: reading.recurrence?.basis ?? 'schedule',
  };
}

/** The fields a reading sets. A day alone keeps the time the task has; a reading that says nothing of repeating leaves that as it is. */
export function fieldsOf(choice: ReadingChoice, task: Pick<Task, 'dueTime'> | null): TaskFields {
  return {
    dueDate: choice.day,
    dueTime: choice.time ?? (choice.rrule === null ? (task?.dueTime ?? null) : null),
    ...(choice.rrule === null ? {} : { recurrence: { rrule: choice.rrule, basis: choice.basis } }),
  };
}

/** Readings kept with a question, as `chooseView` and `readingsView` keep them; what is no such list is none. */
export function choicesIn(subject: MessageSubject | null | undefined): ReadingChoice[] {
  const kept = subject?.data?.['readings'];
  return typeof kept === 'string' ? parseChoices(kept) : [];
}

/** Choices as they were handed over or kept with a question; what is no such list is none. */
export function parseChoices(json: string): ReadingChoice[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return [];
  }
  return Array.isArray(value) ? value.filter(isChoice) : [];
}

function isShift(value: unknown): value is Shift {
  const { months, days, minutes } = Object(value) as Record<string, unknown>;
  return [months, days, minutes].every(Number.isInteger);
}

function isChoice(value: unknown): value is ReadingChoice {
  if (typeof value !== 'object' || value === null) return false;
  const { day, time, title, rrule, basis, shift } = value as Record<string, unknown>;
  const textOrNull = (one: unknown) => one === null || typeof one === 'string';
  return (
    typeof day === 'string' &&
    textOrNull(time) &&
    typeof title === 'string' &&
    textOrNull(rrule) &&
    (basis === 'schedule' || basis === 'completion') &&
    (shift === undefined || isShift(shift))
  );
}

/** Sets the one choice, or asks among several; `doubt` are the words in question. */
export async function applyChoices(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  choices: readonly ReadingChoice[],
  doubt: string,
): Promise<void> {
  const [only] = choices;
  if (only === undefined) throw new UserError('task-date-not-read', { words: doubt });
  if (choices.length === 1) return changeTask(context, room, task, fieldsOf(only, task), 'due');
  const kept = choices.map((choice) => ({ ...choice, title: '' }));
  await context.replace(readingsView(readerOf(context), task, doubt, kept, null, fromOf(context)));
}

/** Reads `words` as a date for the task's due date. Throws UserError with the reason when they are none. */
export async function setDue(context: Context, room: Room, task: Authorized<Task>, words: string): Promise<void> {
  if (meansNone(words)) return changeTask(context, room, task, { dueDate: null }, 'due');
  await applyChoices(context, room, task, readWords(context, words), words);
}

/** What `words` may mean as a date; throws UserError when nothing. */
export function readWords(context: Context, words: string): ReadingChoice[] {
  const { reading, readings, refused } = parseWhen(words, context.capture);
  if (refused !== null) throw new UserError(`task-date-refused-${refused}`, { words });
  const found = reading === null ? readings : [reading];
  if (found.length === 0) throw new UserError('task-date-not-read', { words });
  return found.map(choiceOf);
}

/** The choices of a capture ("move the report to friday", "move it by 2 days"). */
export function choicesOf(capture: Capture): ReadingChoice[] {
  const { shift } = capture;
  const choices = (capture.reading === null ? capture.readings : [capture.reading]).map(choiceOf);
  return shift === null ? choices : choices.map((choice) => ({ ...choice, shift }));
}

/** A choice as this task means it: "by 2 days" counts from the day it is due. */
export function choiceFor({ shift, ...choice }: ReadingChoice, task: Task, today: Day): ReadingChoice {
  const due = task.dueDate === null ? null : { day: task.dueDate, time: task.dueTime };
  const moved = shift === undefined || due === null ? null : putOff(due, shift, today);
  return moved === null ? choice : { ...choice, ...moved };
}
