/** Questions: which reading, which task, and the guided way. What a question is about stays with its message. */
import type { Refusal, Shift } from '../../../capture/index.ts';
import { addDays, toDayNumber } from '../../../core/days.ts';
import type { ActionId } from '../../../core/ids.ts';
import { dayName } from '../../../core/zones.ts';
import type { Task } from '../../../storage/rows.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { type Button, bold, cancelButton, type MessageSubject, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import { type PRIORITIES, storable } from '../task.ts';
import { labelOf, showsTask } from './cards.ts';
import { quickDays } from './menus.ts';
import {
  dateLanguage,
  duePart,
  estimatePart,
  lineOf,
  priorityPart,
  type Reader,
  repeatPart,
  type Styled,
  tagParts,
} from './pieces.ts';

/** One way of reading the words in doubt, kept in the question until a button chooses. */
export interface ReadingChoice {
  readonly day: string;
  readonly time: string | null;
  readonly title: string;
  readonly rrule: string | null;
  readonly basis: 'schedule' | 'completion';
  /** "by 2 days": counted from when the item is due, where it is; day and time count it from now */
  readonly shift?: Shift;
}

/** '"friday midnight" — which night?' The task is kept already, without a date. */
export function readingsView(
  reader: Reader,
  task: Task,
  doubt: string,
  readings: readonly ReadingChoice[],
  action: ActionId | null,
  from: ListRef | null,
): View {
  const { t } = reader;
  const id = task.id;
  const nights = areNights(readings);
  const choices = readings.slice(0, 6).map((reading, index) => ({
    label: nights
      ? t.text('task-night-button', {
          from: dayName(addDays(reading.day, -1), dateLanguage(reader)),
          to: dayName(reading.day, dateLanguage(reader)),
        })
      : readingLabel(reader, reading, readings),
    data: buttons.reading({ id, index }),
  }));
  const rows: Button[][] = [];
  // A phone cuts long labels where two share a row.
  const beside = choices.every(({ label }) => label.length <= 20) ? 2 : 1;
  for (let start = 0; start < choices.length; start += beside) rows.push(choices.slice(start, start + beside));
  const none: Button[] = [
    ...(action === null ? [] : [undoButton(t, action)]),
    { label: t.text('task-no-date-button'), data: buttons.due({ id, day: null, time: null }) },
  ];
  return {
    lines: [
      t.spans<Styled>(nights ? 'task-which-night' : readings.length === 1 ? 'task-which-one' : 'task-which', { doubt }),
    ],
    buttons: [...rows, none],
    shows: showsTask(task, from, { readings: JSON.stringify(readings.slice(0, 6)) }),
  };
}

/** Midnights of neighbouring days are nights: "Thu to Fri", "Fri to Sat". */
function areNights(readings: readonly ReadingChoice[]): boolean {
  const [one, two] = readings;
  return (
    readings.length === 2 &&
    one?.time === '00:00' &&
    two?.time === '00:00' &&
    one.rrule === null &&
    two.rrule === null &&
    Math.abs(toDayNumber(one.day) - toDayNumber(two.day)) === 1
  );
}

function readingLabel(reader: Reader, reading: ReadingChoice, all: readonly ReadingChoice[]): string {
  const label = labelOf(reader, reading.day, reading.time);
  const repeat = repeatPart(
    { recurrence: reading.rrule === null ? null : { rrule: reading.rrule, basis: reading.basis } },
    reader,
  );
  const sameRule = all.filter((other) => other.rrule === reading.rrule && other.basis === reading.basis);
  if (repeat !== null) return sameRule.length > 1 ? `${label} ${repeat}` : repeat;
  const alike = all.filter((other) => other.day === reading.day && other.time === reading.time && other.rrule === null);
  return alike.length > 1 ? `${label} · ${shortened(reading.title, 20)}` : label;
}

/** The date could not be: the task is kept with its words, and how to go on. */
export function refusedView(reader: Reader, task: Task, reason: Refusal, action: ActionId): View {
  const { t } = reader;
  return {
    lines: [
      t.spans<Styled>('task-refused', { title: bold(shortened(task.title, 200)) }),
      [t.text(`task-refused-${reason}`)],
    ],
    buttons: [[{ label: t.text('task-set-date-button'), data: buttons.dates({ id: task.id }) }, undoButton(t, action)]],
    shows: showsTask(task, null),
  };
}

/** Which one? Titles that fit, each a button; what to do with the chosen one stays with the question. */
export function chooseView(
  reader: Reader,
  tasks: readonly Task[],
  question: { readonly verb: string; readonly argument: string; readonly words: string },
  said = '',
): View {
  const { t } = reader;
  const kept = said === '' ? null : keptWords(reader, said, true);
  const asked =
    question.words === ''
      ? t.spans<Styled>('task-choose', { verb: question.verb })
      : t.spans<Styled>('task-choose-among', { verb: question.verb, words: shortened(question.words, 60) });
  return {
    lines: [asked],
    buttons: [
      ...tasks.map((task) => [
        {
          label:
            task.dueDate === null
              ? `${task.number}  ${shortened(task.title, 34)}`
              : `${task.number}  ${shortened(task.title, 20)} · ${labelOf(reader, task.dueDate, task.dueTime)}`,
          data: buttons.choose({ id: task.id }),
        },
      ]),
      [...(kept === null ? [] : [kept.button]), cancelButton(t, buttons.cancel())],
    ],
    shows: {
      role: 'prompt',
      entity: 'none',
      entityId: null,
      data: { ...kept?.shows.data, verb: question.verb, argument: storable(question.argument).slice(0, 3000) },
    },
  };
}

/** The button that makes a task of words an answer keeps, and how it keeps them: as typed, or to be `read` like any task. */
export function keptWords(
  { t }: Pick<Reader, 't'>,
  words: string,
  read = false,
): { button: Button; shows: MessageSubject } {
  const data = { words: storable(words).slice(0, 3000), ...(read ? { read } : {}) };
  return {
    button: { label: t.text('task-keep-button'), data: buttons.keep() },
    shows: { role: 'prompt', entity: 'none', entityId: null, data },
  };
}

/** What was said where nothing is to be kept. */
export type TalkKind = 'hello' | 'thanks' | 'bye' | 'ok' | 'signs' | 'number';

/** A greeting or thanks, answered: what can be said to Steward, and the words as a task if that is what they were. */
export function smallTalkView(reader: Reader, words: string, kind: TalkKind): View {
  const { button, shows } = keptWords(reader, words);
  return { lines: [[reader.t.text(`task-small-talk-${kind}`, { words })]], buttons: [[button]], shows };
}

/** The guided way: first the words. */
export function guideTitleView(reader: Reader): View {
  const { t } = reader;
  return {
    lines: [[t.text('task-guide-title')]],
    buttons: [[cancelButton(t, buttons.cancel())]],
    shows: { role: 'prompt', entity: 'none', entityId: null },
  };
}

/** What the words of the guided way gave already. */
const knownLine = (reader: Reader, task: Task) =>
  lineOf([
    duePart(task, reader),
    repeatPart(task, reader),
    priorityPart(task, reader),
    tagParts(task),
    task.estimateMinutes === null ? null : reader.t.text('task-estimate', { time: estimatePart(task, reader) ?? '' }),
  ]);

/** Then a date, when the words had none. */
export function guideDueView(reader: Reader, task: Task): View {
  const { t } = reader;
  const id = task.id;
  const { today, tomorrow, nextWeek } = quickDays(reader);
  const pick = (label: string, day: string | null): Button => ({ label, data: buttons.guideDue({ id, day }) });
  return {
    lines: [[bold(task.title)], ...knownLine(reader, task), [t.text('task-ask-when')]],
    buttons: [
      [pick(t.text('task-today-button'), today), pick(t.text('task-tomorrow-button'), tomorrow)],
      [pick(t.text('task-next-week-button'), nextWeek), pick(t.text('task-no-date-button'), null)],
    ],
    shows: showsTask(task, null),
  };
}

/** Then a priority. */
export function guidePriorityView(reader: Reader, task: Task): View {
  const { t } = reader;
  const id = task.id;
  const level = (name: (typeof PRIORITIES)[number]): Button => ({
    label: t.text('task-priority-button', { level: name }),
    data: buttons.guidePriority({ id, level: name }),
  });
  return {
    lines: [[bold(task.title)], ...knownLine(reader, task), [t.text('task-ask-priority')]],
    buttons: [
      [level('urgent'), level('high'), level('medium'), level('low')],
      [{ label: t.text('shared-skip-button'), data: buttons.guidePriority({ id, level: 'skip' }) }],
    ],
    shows: showsTask(task, null),
  };
}

/** Asks for the words of a search. */
export function askSearchView(reader: Reader): View {
  const { t } = reader;
  return {
    lines: [[t.text('task-search-ask')]],
    buttons: [[cancelButton(t, buttons.cancel())]],
    shows: { role: 'prompt', entity: 'none', entityId: null },
  };
}
