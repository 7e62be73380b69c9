/** Questions about one task with the answers as buttons: dates, priorities, statuses, fields, several readings, several tasks. */
import { addDays, weekOf } from '../../../core/days.ts';
import { today as todayIn, wallClock } from '../../../core/zones.ts';
import type { Task } from '../../../storage/rows.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { type Button, bold, cancelButton, type View } from '../../../telegram/view.ts';
import { type Asked, buttons } from '../buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import { weekStartOf } from '../lists/lists.ts';
import { isPaused } from '../series/own.ts';
import { isOpen, type PRIORITIES, priorityName, STATUSES } from '../task.ts';
import { filesButton, showsTask } from './cards.ts';
import { duePart, lineOf, priorityPart, type Reader, repeatPart, type Styled } from './pieces.ts';

const backToCard = ({ t }: Reader, id: number): Button => ({
  label: t.text('shared-back-button'),
  data: buttons.card({ id }),
});

/** Days worth a button: today, tomorrow, the first day of next week. */
export function quickDays({ person, now }: Reader): { today: string; tomorrow: string; nextWeek: string } {
  const today = wallClock(now, person.timezone).day;
  return {
    today,
    tomorrow: addDays(today, 1),
    nextWeek: addDays(weekOf(today, weekStartOf(person.weekStart)).last, 1),
  };
}

/** When is it due? Quick picks keep the time of day; other days are typed. */
export function datesView(reader: Reader, task: Task, from: ListRef | null): View {
  const { t } = reader;
  const id = task.id;
  const { today, tomorrow, nextWeek } = quickDays(reader);
  const pick = (label: string, day: string | null): Button => ({
    label,
    data: buttons.due({ id, day, time: day === null ? null : task.dueTime }),
  });
  return {
    lines: [
      [bold(task.title)],
      ...lineOf([duePart(task, reader), repeatPart(task, reader)]),
      [t.text('task-ask-when')],
    ],
    buttons: [
      [pick(t.text('task-today-button'), today), pick(t.text('task-tomorrow-button'), tomorrow)],
      [pick(t.text('task-next-week-button'), nextWeek), pick(t.text('task-no-date-button'), null)],
      [{ label: t.text('task-other-date-button'), data: buttons.ask({ id, field: 'due' }) }, backToCard(reader, id)],
    ],
    shows: showsTask(task, from),
  };
}

/** How important? The present one is marked. */
export function levelsView(reader: Reader, task: Task, from: ListRef | null): View {
  const { t } = reader;
  const id = task.id;
  const level = (name: (typeof PRIORITIES)[number]): Button => ({
    label: marked(t.text('task-priority-button', { level: name }), name === priorityName(task.priority)),
    data: buttons.priority({ id, level: name }),
  });
  return {
    lines: [[bold(task.title)], [t.text('task-ask-priority')]],
    buttons: [
      [level('urgent'), level('critical'), level('high')],
      [level('medium'), level('low')],
      [backToCard(reader, id)],
    ],
    shows: showsTask(task, from),
  };
}

const marked = (label: string, chosen: boolean): string => (chosen ? `✓ ${label}` : label);

export function statusesView(reader: Reader, task: Task, from: ListRef | null): View {
  const { t } = reader;
  const id = task.id;
  const rows = [STATUSES.slice(0, 3), STATUSES.slice(3)].map((statuses) =>
    statuses.map((status) => ({
      label: marked(t.text(`task-status-${status}`), status === task.status),
      data: buttons.status({ id, status }),
    })),
  );
  return {
    lines: [[bold(task.title)], [t.text('task-ask-status')]],
    buttons: [...rows, [backToCard(reader, id)]],
    shows: showsTask(task, from),
  };
}

/** A button a field. */
export function editView(reader: Reader, task: Task, from: ListRef | null): View {
  const { t } = reader;
  const id = task.id;
  const ask = (field: Asked): Button => ({ label: t.text(`task-field-${field}`), data: buttons.ask({ id, field }) });
  return {
    lines: [
      [bold(task.title), `  #${task.number}`],
      ...lineOf([duePart(task, reader), priorityPart(task, reader)]),
      [t.text('task-ask-field')],
    ],
    buttons: [
      [
        ask('title'),
        { label: t.text('task-field-due'), data: buttons.dates({ id }) },
        { label: t.text('task-field-priority'), data: buttons.levels({ id }) },
      ],
      [{ label: t.text('task-field-status'), data: buttons.statuses({ id }) }, ask('tags'), ask('project')],
      [ask('client'), ask('estimate'), ask('start')],
      [ask('repeat'), ask('notes')],
      [backToCard(reader, id)],
    ],
    shows: showsTask(task, from),
  };
}

export function moreView(reader: Reader, task: Task, from: ListRef | null): View {
  const { t } = reader;
  const id = task.id;
  return {
    lines: [[bold(task.title), `  #${task.number}`]],
    buttons: [
      [
        { label: t.text('task-field-status'), data: buttons.statuses({ id }) },
        { label: t.text('task-history-button'), data: buttons.history({ id }) },
      ],
      [
        { label: t.text('task-parts-button'), data: buttons.parts({ id, page: 1 }) },
        { label: t.text('task-waits-button'), data: buttons.waits({ id }) },
      ],
      [filesButton(reader, id), { label: t.text('task-template-button'), data: buttons.templateSave({ id }) }],
      ...seriesButtons(reader, task),
      [
        ...(isOpen(task)
          ? [{ label: t.text('task-give-up-button'), data: buttons.status({ id, status: 'cancelled' }) }]
          : []),
        { label: t.text('task-delete-button'), data: buttons.remove({ id }) },
      ],
      [backToCard(reader, id)],
    ],
    shows: showsTask(task, from),
  };
}

/** What can be done with an open instance beside the task's own: left out, paused, resumed. */
function seriesButtons(reader: Reader, task: Task): Button[][] {
  const { t } = reader;
  if (task.recurrence === null || !isOpen(task)) return [];
  const { id } = task;
  const rest = isPaused(task, todayIn(reader.now, reader.person.timezone))
    ? { label: t.text('series-resume-button'), data: buttons.resumeSeries({ id }) }
    : { label: t.text('series-pause-button'), data: buttons.pauseSeries({ id }) };
  return [[{ label: t.text('series-skip-button'), data: buttons.skip({ id }) }, rest]];
}

const CLEARABLE: readonly Asked[] = ['start', 'tags', 'project', 'client', 'estimate', 'notes', 'repeat', 'due'];

/** Asks for a field in words; names in use are offered as an example of what to type. */
export function askView(
  reader: Reader,
  task: Task,
  field: Asked,
  names: readonly string[],
  from: ListRef | null,
): View {
  const { t } = reader;
  const id = task.id;
  return {
    lines: [
      [bold(task.title)],
      [t.text(`task-ask-${field}`)],
      ...(names.length > 0
        ? [t.spans<Styled>('task-ask-known', { names: names.map((name) => shortened(name, 30)).join(', ') })]
        : []),
    ],
    buttons: [
      [
        ...(CLEARABLE.includes(field)
          ? [{ label: t.text('task-clear-button'), data: buttons.clear({ id, field }) }]
          : []),
        cancelButton(t, buttons.card({ id })),
      ],
    ],
    shows: showsTask(task, from),
  };
}
