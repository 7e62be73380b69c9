/** What a series has of its own where its open instance differs from it. Pure: the instance and the series told apart and put together. */
import type { SeriesOwn, SeriesState, Task } from '../../../storage/rows.ts';

const FIELDS = ['title', 'notes', 'priority', 'startDate', 'estimateMinutes', 'tags', 'project', 'client'] as const;
const DUE = ['dueDate', 'dueTime'] as const;

/** A task's fields as a series keeps them: names instead of ids. */
export type SeriesFields = Required<SeriesOwn>;

/** The instance as its series would have it; project and client, which the series knows by name, are for the caller to look up. */
export function asSeries(task: Task): Task {
  const { project: _, client: __, ...fields } = task.series?.own ?? {};
  return { ...task, ...fields };
}

/** The day a series is paused until, as long as that is ahead of `today` (both 'YYYY-MM-DD'); null otherwise. */
export function restsUntil({ series, recurrence }: Pick<Task, 'series' | 'recurrence'>, today: string): string | null {
  const until = series?.rests?.until ?? null;
  return recurrence !== null && until !== null && until > today ? until : null;
}

/** Whether a series is paused, until a day ahead or without one. */
export const isPaused = (task: Pick<Task, 'series' | 'recurrence'>, today: string): boolean =>
  task.series?.paused === true || restsUntil(task, today) !== null;

/** The instance with the dates and what is its own of them as before it, or everything, was paused. */
export function beforeRest(task: Task): Task {
  const { series } = task;
  if (series?.rests === undefined) return task;
  const { until: _, own, ...dates } = series.rests;
  return { ...task, ...dates, series: stateOf({ ...series.own, ...own }, false) };
}

/** The state of a series whose instance is put off until it goes on: the dates it had are kept beside. */
export function resting(task: Task, until: string): SeriesState {
  const { startDate, dueDate, dueTime, series } = beforeRest(task);
  const own = Object.fromEntries(
    Object.entries(series?.own ?? {}).filter(([field]) => ['startDate', 'dueDate', 'dueTime'].includes(field)),
  );
  return { own: onSchedule(task)?.own ?? {}, paused: false, rests: { until, startDate, dueDate, dueTime, own } };
}

/** The state after fields of this instance alone became `after`: what they were stays the series' own. */
export function apart(before: Task, was: SeriesFields, after: Partial<SeriesFields>): SeriesState | null {
  const own: Record<string, unknown> = { ...before.series?.own };
  for (const field of FIELDS) {
    if (!(field in after)) continue;
    if (!(field in own)) own[field] = was[field];
    if (same(own[field], after[field])) delete own[field];
  }
  if (DUE.some((field) => field in after)) {
    for (const field of DUE) if (!(field in own)) own[field] = was[field];
    if (DUE.every((field) => same(own[field], field in after ? after[field] : was[field])))
      for (const field of DUE) delete own[field];
  }
  return stateOf(
    own,
    before.series?.paused ?? false,
    DUE.some((field) => field in after) ? undefined : before.series?.rests,
  );
}

/** The state after fields were changed for this instance and all that follow: of these nothing differs any more. */
export function together({ series }: Pick<Task, 'series'>, after: Partial<SeriesFields>): SeriesState | null {
  const due = DUE.some((field) => field in after) ? DUE : [];
  const gone = new Set<string>([...Object.keys(after), ...due]);
  const own = Object.fromEntries(Object.entries(series?.own ?? {}).filter(([field]) => !gone.has(field)));
  return stateOf(
    own,
    (series?.paused ?? false) && due.length === 0,
    due.length === 0 && !('recurrence' in after) ? series?.rests : undefined,
  );
}

/** The state of a series that has no date until it is resumed: its own date is kept. */
export function paused(task: Task): SeriesState {
  const { startDate, dueDate, dueTime } = asSeries(task);
  return { own: { ...task.series?.own, startDate, dueDate, dueTime }, paused: true };
}

/** The state of a series whose instance has a date of the series again. */
export function onSchedule({ series }: Pick<Task, 'series'>): SeriesState | null {
  const { startDate: _, dueDate: __, dueTime: ___, ...own } = series?.own ?? {};
  return stateOf(own, false);
}

function stateOf(own: SeriesOwn, isPaused: boolean, rests?: SeriesState['rests']): SeriesState | null {
  if (rests !== undefined) return { own, paused: isPaused, rests };
  return Object.keys(own).length === 0 && !isPaused ? null : { own, paused: isPaused };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
