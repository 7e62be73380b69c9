/** What a change of fields means for the series the task is an instance of: what stays its own, and the rule that follows a moved date. */
import type { Actor } from '../../../access/people.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { RecurrenceRule, SeriesState, Task } from '../../../storage/rows.ts';
import type { TaskPatch } from '../closing/contract.ts';
import { nameById } from '../details.ts';
import { apart, asSeries, onSchedule, type SeriesFields, together } from './own.ts';
import { shiftedRule } from './rule.ts';
import type { Scope } from './scope.ts';

/** The rest of a patch of a recurring task: its series' state, and its rule where the date is moved with all that follow. */
export async function seriesPatch(
  db: Queryable,
  actor: Actor,
  before: Task,
  patch: TaskPatch,
  scope: Scope,
): Promise<{ series?: SeriesState | null; recurrence?: RecurrenceRule | null }> {
  const { recurrence } = before;
  if (recurrence === null || patch.recurrence === null) return { series: null };
  // A date given to a paused series ends the pause.
  const resumed = before.series?.paused === true && (patch.dueDate ?? null) !== null;
  const present = resumed ? { ...before, series: onSchedule(before) } : before;
  const { projectId, clientId, ...others } = patch;
  const after: Partial<SeriesFields> = {
    ...others,
    ...(projectId === undefined ? {} : { project: await nameOf(db, actor, 'projects', projectId) }),
    ...(clientId === undefined ? {} : { client: await nameOf(db, actor, 'clients', clientId) }),
  };
  if (scope === 'one' && !resumed) {
    const project = projectId === undefined ? null : await nameOf(db, actor, 'projects', before.projectId);
    const client = clientId === undefined ? null : await nameOf(db, actor, 'clients', before.clientId);
    return { series: apart(present, { ...before, project, client }, after) };
  }
  const series = together(present, after);
  if (patch.recurrence !== undefined || typeof patch.dueDate !== 'string' || recurrence.basis === 'completion')
    return { series };
  const { dueDate, dueTime } = asSeries(before);
  if (dueDate === null) return { series };
  const to = { day: patch.dueDate, time: patch.dueTime ?? null };
  const rrule = shiftedRule(recurrence.rrule, { day: dueDate, time: dueTime }, to);
  return rrule === null || rrule === recurrence.rrule ? { series } : { series, recurrence: { ...recurrence, rrule } };
}

async function nameOf(
  db: Queryable,
  actor: Actor,
  of: 'projects' | 'clients',
  id: number | null,
): Promise<string | null> {
  return id === null ? null : nameById(db, actor, of, id);
}
