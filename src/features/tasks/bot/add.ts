/** Makes tasks of what a person sends: words, several lines, files, the guided way; and follows their edited messages. */
import { type Authorized, authorize } from '../../../access/authorize.ts';
import { type Capture, parse, parseAsTask, verbatim } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { ActionId, TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { isVisible } from '../../../telegram/render/clean.ts';
import type { MessageSubject, View } from '../../../telegram/view.ts';
import { tellAssignee, withAssignee } from '../assign/chat.ts';
import { readDetails } from '../details.ts';
import { attachFiles, fileTitle, leftTold, remembered } from '../files/capture.ts';
import type { Attached } from '../files/service.ts';
import { datesAhead } from '../recurring.ts';
import { askLines, isSeveral } from '../taking/lines.ts';
import { LONGEST_TITLE, priorityOf, storable, type TaskDraft, type TaskFields, tagsOf, titleOf } from '../task.ts';
import { type EchoHints, echoView } from '../views/cards.ts';
import { guideDueView, guidePriorityView, guideTitleView, readingsView, refusedView } from '../views/questions.ts';
import { DATES_AHEAD, editTask, madeBy, type Room, readerOf, showEcho, told } from './chat.ts';
import { choiceOf } from './when.ts';

/** The fields a message made, kept with it: an edit of the message follows only those nobody changed since. */
export type Made = Required<Omit<TaskDraft, 'startDate'>>;

/** The words of the message: those handed over, else its first line; what follows that line are the task's notes. */
function linesOf(text: string): { first: string; notes: string } {
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
    priority: capture.priority === null ? 2 : priorityOf(capture.priority),
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
  const draft = await withAssignee(context, draftOf(context, capture, options.notes ?? ''));
  if (draft.title === '') throw new UserError('task-error-title');
  const { result, actionId } = await context.perform<{ task: Task; attached: Attached }>(
    'task.create',
    async (changes) => {
      const made = await room.service.create(changes, actor, draft, now, options.parent ?? null);
      return { task: made, attached: await attachFiles(changes, context, room, made) };
    },
    ({ task: made }) => told('create', made),
  );
  if (!inbound.pressed) remember(context, result.task.id, draft);
  else if (options.source !== undefined) remember(context, result.task.id, draft, [options.source]);
  await tellAssignee(context, result.task);
  await context.replace(await madeView(context, room, capture, options, { ...result, actionId }));
  return result.task;
}

async function madeView(
  context: Context,
  room: Room,
  capture: Capture,
  options: AddOptions,
  { task, attached, actionId }: { task: Task; attached: Attached; actionId: ActionId },
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
    ? { project: null, client: null, assignee: null, notes: 0, files: attached.count }
    : await readDetails(context.tx, actor, task);
  return echoView(reader, task, details, actionId, {
    heading: options.parent === undefined ? null : t.text('task-part-made', { title: options.parent.title }),
    corrections: capture.corrections,
    alternatives: options.alternatives ?? capture.alternatives.map((reading) => reading.due),
    remark: leftTold(context, room, attached).join(' ') || null,
    ahead: await datesAhead(task, actor.person.timezone, DATES_AHEAD),
  });
}

/** Ties the person's message to the task, with the fields it made. */
export function remember(context: Context, id: TaskId, made: Made, messages = context.inbound.messageIds): void {
  const normal = { ...made, title: titleOf(made.title).title, tags: tagsOf(made.tags) };
  remembered(context, { id }, { made: JSON.stringify(normal) }, messages);
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

function madeIn(subject: MessageSubject): Partial<Made> {
  const kept = subject.data?.['made'];
  if (typeof kept !== 'string') return {};
  try {
    const value: unknown = JSON.parse(kept);
    return typeof value === 'object' && value !== null ? (value as Partial<Made>) : {};
  } catch {
    return {};
  }
}

const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? JSON.stringify([...a].map(String).sort()) === JSON.stringify([...b].map(String).sort())
    : JSON.stringify(ordered(a ?? null)) === JSON.stringify(ordered(b ?? null));

const ordered = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : typeof value === 'string'
      ? value.toLowerCase()
      : value;

const FIELD_NAMES: Partial<Record<keyof Made, string>> = {
  title: 'title',
  notes: 'notes',
  dueDate: 'due',
  dueTime: 'due',
  priority: 'priority',
  tags: 'tags',
  project: 'project',
  client: 'client',
  assigneeId: 'assignee',
  estimateMinutes: 'estimate',
  recurrence: 'repeat',
};

/** The person edited the message a task was made of: fields still as it made them follow, others stay and are named. */
export async function followEdit(context: Context, room: Room, subject: MessageSubject): Promise<void> {
  const { tx, actor, t, inbound } = context;
  const task = await authorize(tx, actor, 'task', (subject.entityId ?? 0) as TaskId);
  const command = /^\/\w+(?:@\w+)?\s+([\s\S]*)$/.exec(inbound.text)?.[1];
  const words = command ?? inbound.text;
  const plain = asTyped(words) ?? undefined;
  const { first, notes } = linesOf(plain ?? words);
  // Without words it keeps the title it has.
  if (first === '') return;
  const capture = plain === undefined ? asTask(context, first) : verbatim(first);
  const draft = await withAssignee(context, draftOf(context, capture, notes));
  const before = madeIn(subject);
  const details = await readDetails(tx, actor, task);
  const present: Made = { ...task, project: details.project, client: details.client };
  const fields: Record<string, unknown> = {};
  const kept = new Set<string>();
  for (const key of Object.keys(FIELD_NAMES) as Array<keyof Made>) {
    if (same(draft[key], before[key])) continue;
    if (same(present[key], before[key])) fields[key] = draft[key];
    else if (!same(present[key], draft[key])) kept.add(t.text(`task-field-${FIELD_NAMES[key] ?? 'title'}`));
  }
  remember(context, task.id, draft);
  const asked = capture.readings.length > 0;
  if (Object.keys(fields).length === 0 && kept.size === 0 && !asked) return;
  if ('dueTime' in fields && !('dueDate' in fields)) fields['dueDate'] = task.dueDate;
  if ('dueDate' in fields && !('dueTime' in fields)) fields['dueTime'] = task.dueTime;
  const changed = await editTask(context, room, task, fields as TaskFields, 'update');
  if (asked) {
    const choices = capture.readings.map(choiceOf);
    return context.replace(
      readingsView(readerOf(context), changed.result, capture.doubt, choices, changed.actionId, null),
    );
  }
  await showEcho(
    context,
    changed.result,
    Object.keys(fields).length > 0 ? changed.actionId : await madeBy(context, task),
    {
      heading: t.text('task-updated'),
      remark: kept.size > 0 ? t.text('task-kept-fields', { fields: [...kept].join(', ') }) : null,
    },
  );
}
