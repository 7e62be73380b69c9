/** What changes of tasks need of one another and of reminders, and what they lead to. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import type { Task } from '../../../storage/rows.ts';

/** What the reminders of a task need to hear; given by the reminders feature. Called inside the action, before it ends. */
export interface TaskReminders {
  /** The task's due date, status or title changed: what is planned follows it. `now` in epoch ms. */
  taskChanged(changes: Changes, actor: Actor, task: Task, now: EpochMs): Promise<void>;
  /** The task goes: its reminders go with it. */
  removeForTask(changes: Changes, actor: Actor, task: Pick<Task, 'id' | 'spaceId'>, now: EpochMs): Promise<void>;
  /** `done` was completed and `next` opened in its place: its reminders go on with `next`. */
  taskRepeated(changes: Changes, actor: Actor, done: Task, next: Task, now: EpochMs): Promise<void>;
  /** The task's series is paused, until a day ('YYYY-MM-DD') or until it is resumed (null): reminders that repeat by themselves as well. */
  taskPaused(changes: Changes, actor: Actor, task: Task, until: string | null, now: EpochMs): Promise<void>;
  /** And goes on. */
  taskResumed(changes: Changes, actor: Actor, task: Task, now: EpochMs): Promise<void>;
  /**
   * Reminds of the task so many minutes before it is due; where there is such a reminder already, nothing is made. Returns the lengths for which
   * it is too late.
   */
  remindAhead(
    changes: Changes,
    actor: Actor,
    task: Authorized<Task>,
    minutes: readonly number[],
    now: EpochMs,
  ): Promise<readonly number[]>;
}

/** What a change of status led to. */
export interface Completed {
  readonly task: Task;
  /** the next instance of a recurring task */
  readonly next: Task | null;
  /** opened again: the instance that had followed, taken back or, where somebody worked on it since, kept beside */
  readonly followed: { readonly task: Task; readonly kept: boolean } | null;
  /** subtasks that were completed with it */
  readonly parts?: readonly Task[];
}

/** Columns of a task and what they become. */
export type TaskPatch = { -readonly [Column in keyof Task]?: Task[Column] };

/** How rows of tasks are written, for the parts of the service. */
export interface Writing {
  readonly reminders: TaskReminders;
  /** Writes what differs; tells reminders and the search index what concerns them. */
  write(changes: Changes, actor: Actor, before: Task, wanted: TaskPatch, now: EpochMs): Promise<Task>;
  /** Removes a task with its subtasks, and the notes and reminders of all of them. */
  remove(changes: Changes, actor: Actor, target: Authorized<Task>, now: EpochMs): Promise<Task>;
}
