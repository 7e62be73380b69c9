/** What every handler of tasks in the chat needs: the services, the reader, the task at hand and its views. */
import { type Authorized, authorize } from '../../../access/authorize.ts';
import { historyOf } from '../../../actions/history.ts';
import type { Performed, Summary } from '../../../actions/perform.ts';
import type { Capture } from '../../../capture/index.ts';
import type { ActionId, TaskId } from '../../../core/ids.ts';
import type { Reminder, Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { TaskReminders } from '../closing/contract.ts';
import { readDetails } from '../details.ts';
import { readCard } from '../links/card.ts';
import { type ListRef, refOf } from '../lists/list-ref.ts';
import type { RemindersMoved } from '../moving/service.ts';
import { datesAhead } from '../recurring.ts';
import { asSeries } from '../series/own.ts';
import type { Scope } from '../series/scope.ts';
import type { TaskService } from '../service.ts';
import type { TaskFields } from '../task.ts';
import { cardView, type EchoHints, echoView } from '../views/cards.ts';
import type { Reader } from '../views/pieces.ts';

/** What tasks need of other features. */
export interface TasksDeps {
  readonly reminders: TaskReminders;
  /** A task goes into another space with its reminders. */
  readonly remindersMoved: RemindersMoved;
  readonly files: {
    /** what all files of a space may take, in bytes */
    readonly quotaBytes: number;
    /** Wakes whoever fetches files from Telegram. */
    readonly wake: () => void;
  };
  /** Makes a reminder of what the grammar took for one. */
  readonly remind: (context: Context, capture: Capture) => Promise<void>;
  /** "list my reminders" */
  readonly showReminders: (context: Context) => Promise<void>;
  /** Reminders were named where tasks were meant: the same is done to them, at once, as far as it makes sense, else their cards are shown. */
  readonly actOnReminders: (
    context: Context,
    reminders: ReadonlyArray<Authorized<Reminder>>,
    verb: string,
    argument: string,
  ) => Promise<void>;
  /** Reminders with these words, for titles that no task has. */
  readonly remindersNamed: (context: Context, words: string) => Promise<ReadonlyArray<Authorized<Reminder>>>;
  /** Asks which of these reminders is meant. */
  readonly chooseReminder: (
    context: Context,
    found: ReadonlyArray<Authorized<Reminder>>,
    words: string,
  ) => Promise<void>;
}

/** Due dates of a series told beside its next one. */
export const DATES_AHEAD = 4;

/** The services and dependencies handlers work with. */
export interface Room {
  readonly service: TaskService;
  readonly deps: TasksDeps;
}

export const readerOf = ({ t, actor, now, author, inbound }: Context): Reader => ({
  t,
  person: actor.person,
  now,
  inGroup: actor.group !== undefined,
  ...(actor.group !== undefined && inbound.chatKind === 'private' ? { home: author.timezone } : {}),
});

/** The list the pressed message shows or came from. */
export const fromOf = (context: Context): ListRef | null => refOf(context.inbound.pressed?.subject);

export const taskOf = (context: Context, id: number): Promise<Authorized<Task>> =>
  authorize(context.tx, context.actor, 'task', id as TaskId);

/** How an action on a task is told; `name` is behind 'action-task-'. */
export const told = (name: string, task: Pick<Task, 'title'>): Summary => ({
  key: `action-task-${name}`,
  args: { title: task.title },
});

/** Changes fields as one action; `name` tells it in the history. `scope`: of a recurring task this one, or all that follow too. */
export function editTask(
  context: Context,
  room: Pick<Room, 'service'>,
  task: Authorized<Task>,
  fields: TaskFields,
  name: string,
  scope: Scope = 'all',
): Promise<Performed<Task>> {
  return context.perform(
    `task.${name}`,
    (changes) => room.service.edit(changes, context.actor, task, fields, context.now, scope),
    (result) => (name === 'update' ? toldField(result, fields) : told(name, result)),
  );
}

/** Fields without an action of their own, as the history names them. */
const NAMED = {
  tags: 'tags',
  project: 'project',
  client: 'client',
  estimateMinutes: 'estimate',
  notes: 'notes',
  recurrence: 'repeat',
} as const;

/** A change of one field says which; of several that there was one. */
function toldField(task: Pick<Task, 'title'>, fields: TaskFields): Summary {
  const [only, ...others] = Object.keys(fields);
  const field = Object.entries(NAMED).find(([key]) => key === only)?.[1];
  if (field === undefined || others.length > 0) return told('update', task);
  return { key: 'action-task-field', args: { title: task.title, field } };
}

/** Shows the card: in the message whose button was pressed, else as a new one. `action`: what was just done. */
export async function showCard(
  context: Context,
  task: Task,
  action: ActionId | null = null,
  remark: string | null = null,
): Promise<void> {
  const details = await readCard(context.tx, context.actor, task);
  await context.replace(cardView(readerOf(context), task, details, fromOf(context), action, remark));
}

/** Shows what a change led to, with the way back. */
export async function showEcho(
  context: Context,
  task: Task,
  action: ActionId | null,
  hints: EchoHints = {},
): Promise<void> {
  const details = await readDetails(context.tx, context.actor, task);
  const ahead = datesAhead(asSeries(task), context.actor.person.timezone, DATES_AHEAD);
  await context.replace(echoView(readerOf(context), task, details, action, { ahead, ...hints }, fromOf(context)));
}

/** After a change of fields: the card where it stood on one, else the echo. */
export async function showChanged(context: Context, { result, actionId, changed }: Performed<Task>): Promise<void> {
  const action = changed ? actionId : null;
  if (context.inbound.pressed) await showCard(context, result, action);
  else await showEcho(context, result, action);
}

/** The action that made the task, for the Undo of its echo; null when it is long gone. */
export async function madeBy(context: Context, task: Pick<Task, 'id'>): Promise<ActionId | null> {
  const entries = await historyOf(context.tx, context.actor, 'tasks', task.id, 50);
  return entries.find((entry) => entry.kind === 'task.create')?.id ?? null;
}

/** The card as a new message, wherever the press or words came from. */
export async function showTaskCard(context: Context, task: Task): Promise<void> {
  const details = await readCard(context.tx, context.actor, task);
  await context.answer(cardView(readerOf(context), task, details));
}
