/** Projects as such: renamed, and taken away from the tasks that stand under them. */
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import { Conflict, NotFound, UserError } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Named, SeriesState } from '../../../storage/rows.ts';
import { loadSql } from '../../../storage/sql.ts';
import { namedAs } from '../details.ts';
import { nameOf } from '../task.ts';

const sql = loadSql(new URL('./projects.sql', import.meta.url), ['uses', 'under', 'ownSeries']);

/** Tasks one removal changes at most: it stays one action that undo takes back at once. */
export const MOST_TASKS = 2_000;

/** How many tasks stand under a project, and how many of them are open. */
export async function usesOf(
  db: Queryable,
  actor: Actor,
  project: Named,
): Promise<{ readonly total: number; readonly open: number }> {
  const [row] = await db.query<{ total: number; open: number }>(sql.uses, [actor.spaceId, project.id]);
  return row ?? { total: 0, open: 0 };
}

/** Gives a project another name. Throws Conflict when another has it, UserError when it is none. */
export async function renameProject(changes: Changes, actor: Actor, project: Named, name: string): Promise<Named> {
  own(actor, project);
  const wanted = nameOf(name);
  if (wanted === null) throw new UserError('project-error-name');
  const other = await namedAs(changes.tx, actor, 'projects', wanted);
  if (other !== null && other.id !== project.id) throw new Conflict('project-error-taken', { name: other.name });
  await rewriteOwn(changes, actor, project, wanted);
  return changes.update('projects', project.id, { name: wanted });
}

/** Takes a project away; its tasks stay, under none. Returns how many. Throws Conflict where it has more tasks than one undo should bring back. */
export async function removeProject(changes: Changes, actor: Actor, project: Named): Promise<number> {
  own(actor, project);
  const rows = await changes.tx.query<{ id: TaskId }>(sql.under, [actor.spaceId, project.id, MOST_TASKS + 1]);
  if (rows.length > MOST_TASKS) throw new Conflict('project-error-large', { name: project.name, most: MOST_TASKS });
  for (const { id } of rows) await changes.update('tasks', id, { projectId: null });
  await rewriteOwn(changes, actor, project, null);
  await changes.remove('projects', project.id);
  return rows.length;
}

/** A series whose open instance stands elsewhere ("this one only") knows its project by name. */
async function rewriteOwn(changes: Changes, actor: Actor, project: Named, name: string | null): Promise<void> {
  const rows = await changes.tx.query<{ id: TaskId; series: SeriesState }>(sql.ownSeries, [
    actor.spaceId,
    project.name,
  ]);
  for (const { id, series } of rows)
    await changes.update('tasks', id, { series: { ...series, own: { ...series.own, project: name } } });
}

function own(actor: Actor, project: Named): void {
  if (project.spaceId !== actor.spaceId) throw new NotFound('project', project.id);
}
