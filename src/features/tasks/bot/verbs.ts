/** What can be done with a task once it is known which one is meant, by words or by button. */
import type { Authorized } from '../../../access/authorize.ts';
import { parse, parseWhen } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { ActionId } from '../../../core/ids.ts';
import { addLink } from '../../../outbox/outbox.ts';
import type { Task, TaskStatus } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { bold } from '../../../telegram/view.ts';
import { assignNamed, isMember } from '../assign/chat.ts';
import type { Asked } from '../buttons.ts';
import { complete, remove, reopen, setStatus } from '../closing/closing.ts';
import { namesInUse, readDetails } from '../details.ts';
import { subtask, waitFor } from '../links/chat.ts';
import { daysOf } from '../lists/lists.ts';
import { addNote, notesOf } from '../notes.ts';
import { place } from '../projects/chat.ts';
import { priorityNamed, statusesNamed } from '../search/query.ts';
import { changeTask } from '../series/chat.ts';
import { suggest } from '../suggest/suggesting.ts';
import type { TaskFields } from '../task.ts';
import { askView, datesView, editView, levelsView, statusesView } from '../views/menus.ts';
import { toldView } from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import type { ReadingChoice } from '../views/questions.ts';
import { NOTES_PAGE, notesView } from '../views/records.ts';
import { fromOf, type Room, readerOf, showCard, told } from './chat.ts';
import { applyChoices, choiceFor, meansNone, parseChoices, readWords, saysWhen, setDue } from './when.ts';

export const VERBS = [
  'open',
  'done',
  'reopen',
  'delete',
  'edit',
  'due',
  'move',
  'defer',
  'priority',
  'status',
  'tag',
  'project',
  'place',
  'client',
  'estimate',
  'repeat',
  'notes',
  'note',
  'subtask',
  'depend',
  'assign',
  'suggest',
] as const;
export type Verb = (typeof VERBS)[number];

export const isVerb = (word: unknown): word is Verb => VERBS.some((verb) => verb === word);

/** Whether the words behind a verb tell what to set and name no task: "high", "friday 5pm", "in progress". */
export function isArgument(context: Context, verb: Verb, words: string): boolean {
  switch (verb) {
    case 'priority':
      return priorityNamed(words) !== null;
    case 'status':
      return statusesNamed(words)?.length === 1;
    case 'due':
    case 'defer':
      return saysWhen(parseWhen(words, context.capture));
    default:
      return false;
  }
}

/** Does it to one task. `argument`: the words behind it, '' when none: then it is asked for. */
export async function act(
  context: Context,
  room: Room,
  verb: Verb,
  task: Authorized<Task>,
  argument: string,
): Promise<void> {
  const from = fromOf(context);
  const reader = readerOf(context);
  switch (verb) {
    case 'open':
      return showCard(context, task);
    case 'suggest':
      return suggest(context, task);
    case 'done':
      return complete(context, room, [task]);
    case 'reopen':
      return reopen(context, room, task);
    case 'delete':
      return remove(context, room, [task]);
    case 'edit':
      if (argument === '') return context.replace(editView(reader, task, from));
      return changeTask(context, room, task, { title: argument }, 'title');
    case 'due':
      if (argument === '') return askDue(context, task);
      return setDue(context, room, task, argument);
    case 'move':
      return applyChoices(context, room, task, choicesFor(context, task, argument), task.title);
    case 'place':
      return argument === '' ? ask(context, task, 'project') : place(context, room, task, argument);
    case 'priority':
      if (argument === '') return context.replace(levelsView(reader, task, from));
      return setPriority(context, room, task, argument);
    case 'status':
      if (argument === '') return context.replace(statusesView(reader, task, from));
      return setStatus(context, room, task, statusIn(argument));
    case 'notes':
      return showNotes(context, task, 1);
    case 'note':
      if (argument === '') return ask(context, task, 'note');
      return note(context, task, argument);
    case 'subtask':
      return subtask(context, room, task, argument);
    case 'depend':
      return waitFor(context, task, argument);
    case 'assign':
      return assignNamed(context, room, task, argument);
    case 'defer':
      return argument === '' ? ask(context, task, 'start') : setField(context, room, task, 'start', argument);
    case 'tag':
      return argument === '' ? ask(context, task, 'tags') : addTags(context, room, task, argument);
    case 'client':
      if (argument !== '' && (await isMember(context, argument))) return assignNamed(context, room, task, argument);
      return argument === '' ? ask(context, task, verb) : setField(context, room, task, verb, argument);
    case 'project':
    case 'estimate':
    case 'repeat':
      return argument === '' ? ask(context, task, verb) : setField(context, room, task, verb, argument);
  }
}

/** The dates handed over as the task means them. */
function choicesFor({ actor, now }: Context, task: Task, argument: string): ReadingChoice[] {
  const { day } = daysOf(actor, now);
  return parseChoices(argument).map((choice) => choiceFor(choice, task, day));
}

export function statusIn(words: string): TaskStatus {
  const named = statusesNamed(words);
  const [only] = named ?? [];
  if (only === undefined || named?.length !== 1) throw new UserError('task-error-status');
  return only;
}

async function setPriority(context: Context, room: Room, task: Authorized<Task>, words: string): Promise<void> {
  const priority = priorityNamed(words);
  if (priority === null) throw new UserError('task-error-priority');
  await changeTask(context, room, task, { priority }, 'priority');
}

export async function note(context: Context, task: Authorized<Task>, body: string): Promise<void> {
  const { result, actionId } = await context.perform(
    'task.note',
    (changes) => addNote(changes, context.actor, task, body, context.now),
    () => told('note', task),
  );
  const { tx, botId, inbound, now } = context;
  // An edit of the message changes the note.
  if (inbound.pressed === null && inbound.text !== '')
    addLink(
      tx,
      botId,
      inbound.chatId,
      inbound.messageId,
      { role: 'source', entity: 'task', entityId: task.id, data: { note: result.id } },
      now,
    );
  const line = context.t.spans<Styled>('task-noted', { title: bold(task.title) });
  await context.replace({
    ...toldView(readerOf(context), line, [actionId]),
    shows: { role: 'card', entity: 'task', entityId: task.id },
  });
}

export async function showNotes(
  context: Context,
  task: Authorized<Task>,
  page: number,
  action: ActionId | null = null,
): Promise<void> {
  const { notes: total } = await readDetails(context.tx, context.actor, task);
  const shown = Math.min(Math.max(1, page), Math.max(1, Math.ceil(total / NOTES_PAGE)));
  const notes = await notesOf(context.tx, context.actor, task, NOTES_PAGE, (shown - 1) * NOTES_PAGE);
  await context.replace(notesView(readerOf(context), task, notes, shown, total, action, fromOf(context)));
}

/** Asks when it is due, by buttons; the next message answers as well, if it is a date and nothing else. */
export async function askDue(context: Context, task: Authorized<Task>): Promise<void> {
  await context.flow.start('task.field', { task: task.id, field: 'due', offered: 1 });
  await context.replace(datesView(readerOf(context), task, fromOf(context)));
}

/** Asks for a field in words: the next plain message sets it. */
export async function ask(context: Context, task: Authorized<Task>, field: Asked): Promise<void> {
  const of = field === 'project' ? 'projects' : field === 'client' ? 'clients' : field === 'tags' ? 'tags' : null;
  const names = of === null ? [] : (await namesInUse(context.tx, context.actor, of, 8)).map((one) => one.name);
  await context.flow.start('task.field', { task: task.id, field });
  await context.replace(askView(readerOf(context), task, field, names, fromOf(context)));
}

/** Tags with a sign before them change those that are there rather than replace them. */
export const SIGNED = /(?:^|[\s,])[+−-]#?[\p{L}\p{N}]/u;

/** "+sales -old urgent": adds tags, takes away those with a minus. */
async function addTags(context: Context, room: Room, task: Authorized<Task>, words: string): Promise<void> {
  if (meansNone(words)) return setField(context, room, task, 'tags', words);
  const given = words.split(/[\s,]+/).filter((word) => word !== '');
  const [first] = given;
  const takes = first === 'remove' || first === 'убрать';
  if (takes || first === 'add' || first === 'добавить') given.shift();
  const away = new Set(
    given.flatMap((word) => (takes || /^[-−]/.test(word) ? [word.replace(/^[-−]?#?/, '').toLowerCase()] : [])),
  );
  const added = takes ? [] : given.filter((word) => !/^[-−]/.test(word)).map((word) => word.replace(/^\+/, ''));
  const tags = [...task.tags, ...added].filter((tag) => !away.has(tag.replace(/^#/, '').toLowerCase()));
  await changeTask(context, room, task, { tags }, 'update');
}

/** Sets a field from words, or takes it away ("none"). Throws UserError when the words cannot be that. */
export async function setField(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  field: Asked,
  words: string,
): Promise<void> {
  const none = meansNone(words);
  const edit = (fields: TaskFields, name = 'update') => changeTask(context, room, task, fields, name);
  switch (field) {
    case 'title':
      return edit({ title: words }, 'title');
    case 'due':
      return setDue(context, room, task, words);
    case 'note':
      return note(context, task, words);
    case 'notes':
      return edit({ notes: none ? '' : words });
    case 'tags':
      if (SIGNED.test(words)) return addTags(context, room, task, words);
      return edit({ tags: none ? [] : words.split(/[\s,]+/) });
    case 'project':
      return edit({ project: none ? null : words });
    case 'client':
      return edit({ client: none ? null : words });
    case 'start': {
      const [choice] = none ? [] : readWords(context, words);
      return edit({ startDate: choice?.day ?? null }, 'due');
    }
    case 'estimate':
      return edit({ estimateMinutes: none ? null : minutesIn(context, words) });
    case 'repeat': {
      if (none) return edit({ recurrence: null });
      const { reading, readings } = parseWhen(words, context.capture);
      const recurring = [reading, ...readings].find((one) => one !== null && one.recurrence !== null);
      if (!recurring?.recurrence) throw new UserError('task-error-repeat');
      const { rrule, basis } = recurring.recurrence;
      const date = task.dueDate === null ? { dueDate: recurring.due.day, dueTime: recurring.due.time } : {};
      return edit({ ...date, recurrence: { rrule, basis } });
    }
  }
}

/** "30m", "~2h", "1h30", "45" (minutes). */
export function minutesIn(context: Context, words: string): number {
  const bare = words.trim().replace(/^~/, '');
  if (/^\d{1,5}$/.test(bare)) return Number(bare);
  const hours =
    /^(\d{1,3}(?:[.,]\d)?)\s*(?:h|hours?|ч|час(?:а|ов)?)\s*(?:(\d{1,2})\s*(?:m|min|minutes?|м|мин)?)?$/iu.exec(bare);
  if (hours) return Math.round(Number(hours[1]?.replace(',', '.')) * 60) + Number(hours[2] ?? 0);
  const minutes = /^(\d{1,5})\s*(?:m|min|minutes?|м|мин(?:ут[аы]?)?)$/iu.exec(bare);
  if (minutes) return Number(minutes[1]);
  const read = parse(`x ~${bare.replaceAll(/\s+/g, '')}`, context.capture).estimateMinutes;
  if (read === null) throw new UserError('task-error-estimate');
  return read;
}
