/** One change of many tasks, as one action: what cannot be changed is reported task by task, and one undo takes all of it back. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes, Written } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { Conflict, type MessageArguments, NotFound, UserError } from '../../../core/errors.ts';
import type { Task, TaskStatus } from '../../../storage/rows.ts';
import type { TaskService } from '../service.ts';
import { type PriorityName, priorityOf } from '../task.ts';

/** What is done to each of them. */
export type BulkChange =
  | { readonly what: 'status'; readonly status: TaskStatus }
  | { readonly what: 'priority'; readonly level: PriorityName }
  | { readonly what: 'tag'; readonly add: readonly string[]; readonly away: readonly string[] }
  /** by name; null: none any more */
  | { readonly what: 'project' | 'client'; readonly name: string | null }
  /** 'YYYY-MM-DD' and 'HH:MM' in the owner's zone; no day: no date any more; no time: as each has it */
  | { readonly what: 'due'; readonly day: string | null; readonly time: string | null }
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
}

/** Applies `change` to each task; a task that cannot take it is left as it was and told. Other errors end the whole. */
export async function applyToAll(
  changes: Changes,
  actor: Actor,
  service: TaskService,
  tasks: ReadonlyArray<Authorized<Task>>,
  change: BulkChange,
  now: EpochMs,
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
    const failure = await attempt(changes, () => applyToOne(changes, actor, service, task, change, now));
    if (failure !== null) failed.push({ number: task.number, title: task.title, ...failure });
    else if (changes.written.length === written) same += 1;
    else changed.push(task.id);
    for (const { entity, entityId, after } of changes.written.slice(written))
      if (entity === 'tasks' && after === null) away.add(entityId);
  }
  return { changed, same, failed };
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
): Promise<unknown> {
  switch (change.what) {
    case 'status':
      return service.setStatus(changes, actor, task, change.status, now);
    case 'priority':
      return service.edit(changes, actor, task, { priority: priorityOf(change.level) }, now);
    case 'tag': {
      const kept = task.tags.filter((tag) => !change.away.includes(tag));
      return service.edit(changes, actor, task, { tags: [...kept, ...change.add] }, now);
    }
    case 'project':
      return service.edit(changes, actor, task, { project: change.name }, now);
    case 'client':
      return service.edit(changes, actor, task, { client: change.name }, now);
    case 'due': {
      if (change.day === null) return service.edit(changes, actor, task, { dueDate: null }, now);
      // Of a series only this one moves: many tasks put to one day are no new rule.
      const due = { dueDate: change.day, dueTime: change.time ?? task.dueTime };
      return service.edit(changes, actor, task, due, now, 'one');
    }
    case 'delete':
      return service.remove(changes, actor, task, now);
  }
}
