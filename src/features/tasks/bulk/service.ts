/** One change of many tasks, as one action: what cannot be changed is reported task by task, and one undo takes all of it back. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes, Written } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { Conflict, type MessageArguments, NotFound, UserError } from '../../../core/errors.ts';
import type { PersonId } from '../../../core/ids.ts';
import type { Task, TaskStatus } from '../../../storage/rows.ts';
import { type Scope, scopeOf } from '../series/scope.ts';
import type { TaskService } from '../service.ts';
import { isOpen, type PriorityName, priorityOf, type TaskFields } from '../task.ts';

/** What is done to each of them. */
export type BulkChange =
  | { readonly what: 'status'; readonly status: TaskStatus }
  | { readonly what: 'priority'; readonly level: PriorityName }
  | { readonly what: 'tag'; readonly add: readonly string[]; readonly away: readonly string[] }
  /** by name; null: none any more */
  | { readonly what: 'project' | 'client'; readonly name: string | null }
  /** 'YYYY-MM-DD' and 'HH:MM' in the owner's zone; no day: no date any more; no time: as each has it */
  | { readonly what: 'due'; readonly day: string | null; readonly time: string | null }
  /** null: none any more */
  | { readonly what: 'estimate'; readonly minutes: number | null }
  | { readonly what: 'start'; readonly day: string | null }
  /** somebody of the group; null: nobody */
  | { readonly what: 'assign'; readonly person: PersonId | null; readonly name: string }
  | { readonly what: 'delete' };

export interface BulkFailure {
  readonly number: number;
  readonly title: string;
  /** a Fluent key and its arguments */
  readonly key: string;
  readonly args: MessageArguments;
}

export interface BulkResult {
  /** ids of the tasks that are different now */
  readonly changed: readonly number[];
  /** how many were so already */
  readonly same: number;
  readonly failed: readonly BulkFailure[];
  /** how many next instances of series were opened */
  readonly opened: number;
}

/**
 * What a change means for a series among the tasks: 'ask' whether this one or all that follow are meant; 'next': its next instance is opened;
 * 'one': only this one is moved; 'undated': it has no date until it gets one; null where it makes no difference.
 */
export function seriesEffect(task: Task, change: BulkChange): 'ask' | 'next' | 'one' | 'undated' | null {
  if (task.recurrence === null || !isOpen(task)) return null;
  switch (change.what) {
    case 'delete':
      return 'ask';
    case 'status':
      return change.status === 'cancelled' ? 'ask' : change.status === 'done' ? 'next' : null;
    case 'due':
      return change.day === null ? 'undated' : 'one';
    case 'start':
      return 'one';
    case 'assign':
      return null;
    default:
      return scopeOf(task, fieldsOf(task, change)) === 'ask' ? 'ask' : null;
  }
}

/** Applies `change` to each task, of series to this instance or to all that follow (`scope`); a task that cannot take it is left as it was and told. Other errors end the whole. */
export async function applyToAll(
  changes: Changes,
  actor: Actor,
  service: TaskService,
  tasks: ReadonlyArray<Authorized<Task>>,
  change: BulkChange,
  now: EpochMs,
  scope: Scope = 'all',
): Promise<BulkResult> {
  const changed: number[] = [];
  const failed: BulkFailure[] = [];
  const away = new Set<number>();
  let same = 0;
  // Two of these in one space lock their rows in the same order.
  for (const task of tasks.toSorted((a, b) => a.id - b.id)) {
    // Went with the task it was a part of.
    if (away.has(task.id)) {
      changed.push(task.id);
      continue;
    }
    const written = changes.written.length;
    const failure = await attempt(changes, () => applyToOne(changes, actor, service, task, change, now, scope));
    if (failure !== null) failed.push({ number: task.number, title: task.title, ...failure });
    else if (changes.written.length === written) same += 1;
    else changed.push(task.id);
    for (const { entity, entityId, after } of changes.written.slice(written))
      if (entity === 'tasks' && after === null) away.add(entityId);
  }
  return { changed, same, failed, opened: openedIn(changes.written) };
}

/** How many series opened their next instance: what came along as a part of one is none of its own. */
function openedIn(written: readonly Written[]): number {
  const fresh = written.filter(({ entity, before }) => entity === 'tasks' && before === null);
  const ids = new Set(fresh.map(({ entityId }) => entityId));
  return fresh.filter(({ after }) => {
    const { parent_id: parent = null } = JSON.parse(after ?? '{}') as { parent_id?: number | null };
    return parent === null || !ids.has(parent);
  }).length;
}

/** Does `work`, or leaves rows and images as they were and says why it could not be. */
async function attempt(
  changes: Changes,
  work: () => Promise<unknown>,
): Promise<{ key: string; args: MessageArguments } | null> {
  const written = changes.written.length;
  await changes.tx.query('SAVEPOINT bulk_task');
  try {
    await work();
  } catch (error) {
    const told = error instanceof Conflict || error instanceof UserError;
    if (!told && !(error instanceof NotFound)) throw error;
    await changes.tx.query('ROLLBACK TO SAVEPOINT bulk_task');
    (changes.written as Written[]).length = written;
    return told ? { key: error.key, args: error.args } : { key: 'error-not-found', args: {} };
  }
  await changes.tx.query('RELEASE SAVEPOINT bulk_task');
  return null;
}

async function applyToOne(
  changes: Changes,
  actor: Actor,
  service: TaskService,
  task: Authorized<Task>,
  change: BulkChange,
  now: EpochMs,
  scope: Scope,
): Promise<unknown> {
  const effect = seriesEffect(task, change);
  const only = effect === 'ask' && scope === 'one';
  switch (change.what) {
    case 'status':
      if (only) return service.skip(changes, actor, task, now);
      return service.setStatus(changes, actor, task, change.status, now);
    case 'delete':
      return only ? service.removeOne(changes, actor, task, now) : service.remove(changes, actor, task, now);
    default:
      // Of a series only this one moves: many tasks put to one day are no new rule.
      return service.edit(changes, actor, task, fieldsOf(task, change), now, only || effect === 'one' ? 'one' : 'all');
  }
}

/** The fields a change sets on a task. */
function fieldsOf(task: Task, change: Exclude<BulkChange, { readonly what: 'status' | 'delete' }>): TaskFields {
  switch (change.what) {
    case 'priority':
      return { priority: priorityOf(change.level) };
    case 'tag':
      return { tags: [...new Set([...task.tags.filter((tag) => !change.away.includes(tag)), ...change.add])] };
    case 'project':
      return { project: change.name };
    case 'client':
      return { client: change.name };
    case 'estimate':
      return { estimateMinutes: change.minutes };
    case 'start':
      return { startDate: change.day };
    case 'assign':
      return { assigneeId: change.person };
    case 'due':
      return change.day === null ? { dueDate: null } : { dueDate: change.day, dueTime: change.time ?? task.dueTime };
  }
}
