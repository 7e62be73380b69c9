/** Whether a change of a recurring task is meant for this instance, for all that follow, or is to be asked about. Pure. */
import type { Task } from '../../../storage/rows.ts';
import { isOpen, type TaskFields } from '../task.ts';
import { asSeries } from './own.ts';
import { shiftedRule } from './rule.ts';

export type Scope = 'one' | 'all';

/** 'ask' only where the two would differ. */
export function scopeOf(task: Task, fields: TaskFields): Scope | 'ask' {
  const { recurrence } = task;
  if (recurrence === null || !isOpen(task) || fields.recurrence !== undefined) return 'all';
  const changed = (Object.keys(fields) as Array<keyof TaskFields>).filter((field) => differs(task, field, fields));
  if (changed.length === 0) return 'all';
  if (changed.some((field) => field !== 'dueDate' && field !== 'dueTime'))
    return changed.every((field) => field === 'startDate') ? 'one' : 'ask';
  if (fields.dueDate === null) return 'all';
  const series = asSeries(task);
  if (recurrence.basis === 'completion' || series.dueDate === null || task.series?.paused === true) return 'one';
  const from = { day: series.dueDate, time: series.dueTime };
  const to = { day: fields.dueDate ?? series.dueDate, time: fields.dueTime ?? null };
  return shiftedRule(recurrence.rrule, from, to) === null ? 'one' : 'ask';
}

function differs(task: Task, field: keyof TaskFields, fields: TaskFields): boolean {
  if (field === 'project') return fields.project !== null || task.projectId !== null;
  if (field === 'client') return fields.client !== null || task.clientId !== null;
  if (field === 'dueTime' && fields.dueDate === null) return false;
  return JSON.stringify(fields[field] ?? null) !== JSON.stringify(task[field] ?? null);
}
