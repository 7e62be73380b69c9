/** Makes tasks of what a person sends: words, several lines, files, the guided way. */
import { type Authorized, authorize } from '../../../access/authorize.ts';
import type { Changes } from '../../../actions/changes.ts';
import { type Capture, parse, parseAsTask, verbatim } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { ActionId, TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { isVisible } from '../../../telegram/render/clean.ts';
import type { View } from '../../../telegram/view.ts';
import { askUnseen, tellAssignee, withAssignee } from '../assign/chat.ts';
import { readDetails } from '../details.ts';
import { attachFiles, fileTitle, leftTold, remembered } from '../files/capture.ts';
import type { Attached } from '../files/service.ts';
import { datesAhead } from '../recurring.ts';
import { askLines, isSeveral } from '../taking/lines.ts';
import { DEFAULT_PRIORITY, LONGEST_TITLE, priorityOf, storable, type TaskDraft, tagsOf, titleOf } from '../task.ts';
import { type EchoHints, echoView } from '../views/cards.ts';
import { guideDueView, guidePriorityView, guideTitleView, readingsView, refusedView } from '../views/questions.ts';
import { DATES_AHEAD, type Room, readerOf, taskOf, told } from './chat.ts';
import { choiceOf } from './when.ts';

/** The fields a message made, kept with it: an edit of the message follows only those nobody changed since. */
export type Made = Required<Omit<TaskDraft, 'startDate'>>;

/** The words of the message: those handed over, else its first line; what follows that line are the task's notes. */
export function linesOf(text: string): { first: string; notes: string } {
  const [first = '', ...rest] = text.trim().split(/\r?\n/);
  return { first: first.trim(), notes: rest.join('\n').trim() };
}

/** The fields of a task of what was understood; without words the file's name is its title. */
export function draftOf(context: Context, capture: Capture, notes: string): Made {
  const title = capture.title.trim() || fileTitle(context) || linesOf(context.inbound.text).first;
  return {
    title: storable(title),
    notes: storable(notes),
    dueDate: capture.reading?.due.day ?? null,
    dueTime: capture.reading?.due.time ?? null,
    priority: capture.priority === null ? DEFAULT_PRIORITY : priorityOf(capture.priority),
    tags: capture.tags,
    project: capture.project,
    client: capture.client,
    assigneeId: null,
    estimateMinutes: capture.estimateMinutes,
    recurrence:
      capture.recurrence === null ? null : { rrule: capture.recurrence.rrule, basis: capture.recurrence.basis },
  };
}

/** How a task is made of a capture, beside what the capture says. */
export interface AddOptions {
  /** what goes with it unread */
  readonly notes?: string;
  /** goes on asking for a date and a priority */
  readonly guided?: boolean;
  /** what it is a part of */
  readonly parent?: Authorized<Task>;
  /** the person's message it is made of, where a button asks for it */
  readonly source?: number;
  /** days offered although none was taken */
  readonly alternatives?: EchoHints['alternatives'];
}

/** Makes a task of a capture and answers with what was understood. */
export async function addTask(context: Context, room: Room, capture: Capture, options: AddOptions = {}): Promise<void> {
  await makeTask(context, room, capture, options);
}

/** The same for who goes on with the task that was made. */
export async function makeTask(
  context: Context,
  room: Room,
  capture: Capture,
  options: AddOptions = {},
): Promise<Task> {
  const { actor, inbound, now } = context;
  const { draft, unseen } = await withAssignee(context, draftOf(context, capture, options.notes ?? ''));
  if (draft.title === '') throw new UserError('task-error-title');
  const { result, actionId } = await context.perform<Added>(
    'task.create',
    async (changes) => {
      const made = await room.service.create(changes, actor, draft, now, options.parent ?? null);
      const attached = await attachFiles(changes, context, room, made);
      return { task: made, attached, late: await remindAhead(context, room, changes, made, capture) };
    },
    ({ task: made }) => told('create', made),
  );
  const { ahead } = capture;
  if (!inbound.pressed) remember(context, result.task.id, { ...draft, ahead });
  else if (options.source !== undefined) remember(context, result.task.id, { ...draft, ahead }, [options.source]);
  await tellAssignee(context, result.task);
  await context.replace(await madeView(context, room, capture, options, { ...result, actionId }));
  if (unseen !== null) await askUnseen(context, await taskOf(context, result.task.id), unseen);
  return result.task;
}

/** What was made of a capture; `late`: lengths before it is due for which it is too late to remind. */
export interface Added {
  task: Task;
  attached: Attached;
  late: readonly number[];
}

/** "…, remind me an hour before": as a part of the same change. Returns the lengths for which it is too late. */
export async function remindAhead(
  { actor, now }: Context,
  { deps }: Room,
  changes: Changes,
  task: Pick<Task, 'id'>,
  { ahead }: Pick<Capture, 'ahead'>,
): Promise<readonly number[]> {
  if (ahead.length === 0) return [];
  return deps.reminders.remindAhead(changes, actor, await authorize(changes.tx, actor, 'task', task.id), ahead, now);
}

/** What was understood of a capture, or the question it leaves; of a long text in how many messages it came. */
export async function madeView(
  context: Context,
  room: Room,
  capture: Capture,
  options: AddOptions,
  { task, attached, late, actionId }: Added & { actionId: ActionId },
): Promise<View> {
  const { actor, t } = context;
  const reader = readerOf(context);
  const doubt = capture.doubt === '' ? task.title : storable(capture.doubt);
  if (capture.readings.length > 0)
    return readingsView(reader, task, doubt, capture.readings.map(choiceOf), actionId, null);
  if (capture.refused !== null) return refusedView(reader, task, capture.refused, actionId);
  if (options.guided && task.dueDate === null) return guideDueView(reader, task);
  if (options.guided && capture.priority === null) return guidePriorityView(reader, task);
  // Most captures name neither: nothing to read then.
  const plain = task.projectId === null && task.clientId === null && task.assigneeId === null;
  const details = plain
    ? { project: null, client: null, assignee: null, notes: 0, files: attached.count, reminders: 0 }
    : await readDetails(context.tx, actor, task);
  return echoView(reader, task, details, actionId, {
    heading: options.parent === undefined ? null : t.text('task-part-made', { title: options.parent.title }),
    corrections: capture.corrections,
    alternatives: options.alternatives ?? capture.alternatives.map((reading) => reading.due),
    reminds: capture.ahead.filter((each) => !late.includes(each)),
    late,
    remark: [...leftTold(context, room, attached), ...inPieces(context)].join(' ') || null,
    ahead: datesAhead(task, actor.person.timezone, DATES_AHEAD),
  });
}

/** Fields as a task has them: what of a title does not fit stands in the notes. */
export function fitted(made: Made): Made {
  const { title, rest } = titleOf(made.title);
  return {
    ...made,
    title,
    notes: [rest, made.notes].filter((part) => part !== '').join('\n\n'),
    tags: tagsOf(made.tags),
  };
}

const inPieces = ({ t, inbound: { pieces } }: Context): string[] =>
  pieces.length === 0 ? [] : [t.text('task-in-pieces', { count: pieces.length })];

/** Ties the person's message to the task, with the fields it made. */
export function remember(
  context: Context,
  id: TaskId,
  made: Made & Pick<Capture, 'ahead'>,
  messages = context.inbound.messageIds,
): void {
  remembered(context, { id }, { made: JSON.stringify({ ...fitted(made), ahead: made.ahead }) }, messages);
}

/** A plain message that the grammar took for a task (or for nothing else). */
export async function addFromMessage(context: Context, room: Room, capture: Capture): Promise<void> {
  if (isSeveral(context)) return askLines(context);
  const { first, notes } = linesOf(context.inbound.text);
  if (notes === '' || context.inbound.pressed) return addTask(context, room, capture);
  const ofFirst = parse(first, context.capture);
  await addTask(context, room, ofFirst.intent === 'add' ? ofFirst : verbatim(first), { notes });
}

/** What stands behind '--' or '—', kept as typed; '' for nothing, null where the words are to be read. */
export function asTyped(rest: string): string | null {
  const found = /^(?:--|—)(?:\s+([\s\S]*))?$/.exec(rest);
  return found === null ? null : (found[1] ?? '').trim();
}

/** What the guided way starts from where /add was given no title: words that say more than nothing ("tomorrow #sales") are kept for it. Null: there is a title. */
export function withoutTitle(context: Context, rest: string): Record<string, string | number> | null {
  if (asTyped(rest) === '') return { asTyped: 1 };
  if (rest === '' || !isVisible(rest.replaceAll(/["„“”«»]/gu, ''))) return {};
  if (asTyped(rest) !== null || /\n/.test(rest)) return null;
  const { intent, title } = parse(rest, context.capture);
  return intent === 'none' && title.trim() === '' ? { with: rest.slice(0, LONGEST_TITLE) } : null;
}

/** Begins the guided way: the next message is the title. */
export async function askTitle(context: Context, kept: Readonly<Record<string, string | number>>): Promise<void> {
  await context.flow.start('task.title', kept);
  await context.replace(guideTitleView(readerOf(context)));
}

/** The inside of words that are one quoted argument and nothing else; null otherwise. */
const oneQuoted = (rest: string): string | null => /^["„“«]([^"„“”«»]+)["“”»]$/u.exec(rest)?.[1] ?? null;

/** The words of /add: '-- words' stay as typed, anything else is read like free text but always makes a task. */
export async function addFromCommand(context: Context, room: Room, rest: string): Promise<void> {
  const plain = asTyped(rest) ?? oneQuoted(rest) ?? undefined;
  const { first, notes } = linesOf(plain ?? rest);
  if (plain !== undefined) return addTask(context, room, verbatim(first), { notes });
  await addTask(context, room, asTask(context, first), { notes });
}

/** Words read as a task, whatever else they could ask for ("/add done list"). */
export function asTask(context: Context, words: string): Capture {
  const capture = parseAsTask(words, context.capture);
  return capture.intent === 'add' ? capture : verbatim(words);
}
