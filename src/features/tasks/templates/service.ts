/** Tasks with their subtasks kept as templates, and made again of them. Dates are kept as days from the task's own. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { addDays, type Day, toDayNumber } from '../../../core/days.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import { wallClock } from '../../../core/zones.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Named, Task, Template, TemplateTask } from '../../../storage/rows.ts';
import { loadSql } from '../../../storage/sql.ts';
import { lockTask } from '../closing/locks.ts';
import { below } from '../links/tree.ts';
import type { TaskService } from '../service.ts';
import { statements } from '../statements.ts';
import { nameOf, type TaskDraft } from '../task.ts';

const sql = loadSql(new URL('./templates.sql', import.meta.url), ['all', 'named', 'count']);

/** Templates of a space: more than a list of buttons is no help any more. */
const MOST_TEMPLATES = 30;
/** Tasks of one template. */
const MOST_TASKS = 100;
/** Longest name, in UTF-16 units: it stands on a button. */
const LONGEST_NAME = 40;
/** Dates further away than this, in days, are none a template keeps: ten years. */
const MOST_DAYS = 3_660;

export async function templatesOf(db: Queryable, actor: Actor): Promise<Array<Authorized<Template>>> {
  return authorizeRows(actor, await db.query<Template>(sql.all, [actor.spaceId, MOST_TEMPLATES]));
}

/** The template of that name, case folded; null when there is none. */
export async function templateNamed(db: Queryable, actor: Actor, name: string): Promise<Authorized<Template> | null> {
  const [found] = authorizeRows(actor, await db.query<Template>(sql.named, [actor.spaceId, name.trim()]));
  return found ?? null;
}

/** Tasks in a template, itself included. */
export function sizeOf({ parts }: TemplateTask): number {
  return 1 + parts.reduce((sum, part) => sum + sizeOf(part), 0);
}

/** Whether any of its tasks has a date: then a template is used for a day. */
export function isDated({ startIn, dueIn, parts }: TemplateTask): boolean {
  return startIn !== null || dueIn !== null || parts.some(isDated);
}

/**
 * Keeps `target` with all below it under `name` (null: its title), in place of what was kept there. Given up subtasks stay out; what was
 * done is to be done again. Throws UserError for a name that cannot be and where there is too much.
 */
export async function saveTemplate(
  changes: Changes,
  actor: Actor,
  target: Authorized<Task>,
  name: string | null,
  now: EpochMs,
): Promise<{ readonly template: Template; readonly replaces: boolean }> {
  const task = await lockTask(changes.tx, actor, target.id);
  const wanted = nameOf(name ?? task.title.slice(0, LONGEST_NAME));
  if (wanted === null || wanted.length > LONGEST_NAME)
    throw new UserError('task-error-template-name', { most: LONGEST_NAME });
  const content = await contentOf(changes.tx, actor, task, now);
  if (sizeOf(content) > MOST_TASKS) throw new UserError('task-error-template-large', { most: MOST_TASKS });
  const known = await templateNamed(changes.tx, actor, wanted);
  if (known !== null)
    return { template: await changes.update('templates', known.id, { name: wanted, content }), replaces: true };
  const [row] = await changes.tx.query<{ count: number }>(sql.count, [actor.spaceId]);
  if ((row?.count ?? 0) >= MOST_TEMPLATES) throw new UserError('task-error-template-many', { most: MOST_TEMPLATES });
  const template = await changes.insert('templates', { spaceId: actor.spaceId, name: wanted, content, createdAt: now });
  return { template, replaces: false };
}

async function contentOf(db: Queryable, actor: Actor, root: Task, now: EpochMs): Promise<TemplateTask> {
  const parts = await below(db, actor, root);
  const all: Task[] = [root, ...parts];
  const projects = await namesOf(
    db,
    actor,
    statements.projectNames,
    all.map((task) => task.projectId),
  );
  const clients = await namesOf(
    db,
    actor,
    statements.clientNames,
    all.map((task) => task.clientId),
  );
  const base = toDayNumber(root.dueDate ?? wallClock(now, actor.person.timezone).day);
  const away = (day: Day | null): number | null => {
    const days = day === null ? null : toDayNumber(day) - base;
    return days === null || Math.abs(days) > MOST_DAYS ? null : days;
  };
  const kept = (task: Task): TemplateTask => {
    const dueIn = away(task.dueDate);
    return {
      title: task.title,
      notes: task.notes,
      priority: task.priority,
      startIn: away(task.startDate),
      dueIn,
      dueTime: dueIn === null ? null : task.dueTime,
      estimateMinutes: task.estimateMinutes,
      tags: task.tags,
      project: projects.get(task.projectId) ?? null,
      client: clients.get(task.clientId) ?? null,
      recurrence: task.recurrence,
      parts: parts
        .filter((part) => part.parentId === task.id && part.status !== 'cancelled')
        .sort((a, b) => a.number - b.number)
        .map(kept),
    };
  };
  return kept(root);
}

async function namesOf(
  db: Queryable,
  actor: Actor,
  statement: (typeof statements)['projectNames'],
  ids: ReadonlyArray<number | null>,
): Promise<ReadonlyMap<number | null, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  return new Map((await db.query<Named>(statement, [actor.spaceId, wanted])).map(({ id, name }) => [id, name]));
}

/** Makes the tasks of a template, its dates counted from `day` ('YYYY-MM-DD'; null: without dates). Returns the one the others are parts of. */
export async function useTemplate(
  changes: Changes,
  actor: Actor,
  service: TaskService,
  template: Authorized<Template>,
  day: Day | null,
  now: EpochMs,
): Promise<Task> {
  if (template.spaceId !== actor.spaceId) throw new NotFound('template', template.id);
  const dated = (days: number | null): Day | null => (day === null || days === null ? null : addDays(day, days));
  async function make(kept: TemplateTask, parent: Authorized<Task> | null): Promise<Task> {
    const { startIn, dueIn, parts, ...same } = kept;
    const draft: TaskDraft = { ...same, startDate: dated(startIn), dueDate: dated(dueIn) };
    const task = await service.create(changes, actor, draft, now, parent);
    const [whole] = authorizeRows(actor, [task]);
    for (const part of parts) await make(part, whole ?? null);
    return task;
  }
  return make(template.content, null);
}

/** Takes a template away; undo brings it back. */
export async function removeTemplate(changes: Changes, actor: Actor, template: Authorized<Template>): Promise<void> {
  if (template.spaceId !== actor.spaceId) throw new NotFound('template', template.id);
  await changes.remove('templates', template.id);
}
