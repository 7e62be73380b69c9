/** Finds which task is meant: by number, by replying to its message, by words of its title; asks when several fit. */
import { type Authorized, authorize, authorizeNumber } from '../../../access/authorize.ts';
import { PRONOUN, parse } from '../../../capture/index.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import type { ReminderId, TaskId } from '../../../core/ids.ts';
import { lastShown, type MessageSubject } from '../../../outbox/outbox.ts';
import type { Reminder, Task } from '../../../storage/rows.ts';
import type { CommandCall, Context } from '../../../telegram/feature.ts';
import type { View } from '../../../telegram/view.ts';
import { buttons } from '../buttons.ts';
import { complete, remove, reopenSeveral } from '../closing/closing.ts';
import { listTasks } from '../lists/lists.ts';
import { numberOf, numbersIn } from '../lists/numbers.ts';
import { type Found, findByWords, findOpenElseClosed } from '../search/matching.ts';
import { storable } from '../task.ts';
import { chooseView, keptWords } from '../views/questions.ts';
import { type Room, readerOf, taskOf } from './chat.ts';
import { act, isArgument, isVerb, type Verb } from './verbs.ts';
import { saysWhen } from './when.ts';

/** Which task, and what to do it with. */
export interface Order {
  /** short numbers; several only for verbs without an argument */
  readonly numbers: readonly number[];
  /** words of the title; '' when none */
  readonly words: string;
  readonly argument: string;
  /** named by nothing but "it" */
  readonly spokenOf?: boolean;
}

/** Verbs that take nothing but tasks: all their numbers are tasks'. */
const BARE: readonly Verb[] = ['open', 'done', 'reopen', 'delete', 'notes', 'suggest'];
/** What can be done to a reminder itself. */
const OF_REMINDERS: readonly Verb[] = ['open', 'done', 'delete', 'due', 'move', 'edit'];

/** What the words of a command order: '12 friday', '12,15', '"call bob" friday', 'call bob'. */
export function orderOf(call: CommandCall, verb: Verb): Order {
  const parts = call.rest.split(/\s+/).filter((part) => part !== '');
  if (BARE.includes(verb)) {
    const numbers = numbersIn(call.rest);
    return { numbers, words: numbers.length > 0 ? '' : call.words.join(' '), argument: '' };
  }
  const first = numberOf(parts[0] ?? '');
  if (first !== null) return { numbers: [first], words: '', argument: behind(call.rest, parts[0] ?? '') };
  const quoted = /^["„“«]([^"„“”»]+)["“”»]\s*([\s\S]*)$/u.exec(call.rest);
  if (quoted) return { numbers: [], words: quoted[1] ?? '', argument: unquoted(quoted[2] ?? '') };
  return { numbers: [], words: call.rest, argument: '' };
}

const behind = (rest: string, first: string): string => unquoted(rest.slice(rest.indexOf(first) + first.length).trim());

/** An argument that is one quoted text, without its quotes. */
function unquoted(text: string): string {
  return /^["„“«]([^"„“”»]*)["“”»]$/u.exec(text.trim())?.[1] ?? text.trim();
}

/** Does `verb` to what the order names. Replying to a task's message names that task. */
export async function carryOut(context: Context, room: Room, verb: Verb, order: Order): Promise<void> {
  const replied = context.inbound.repliesTo?.subject;
  if (order.numbers.length === 0 && replied?.entity === 'task' && replied.entityId !== null) {
    return act(context, room, verb, await taskOf(context, replied.entityId), said(order));
  }
  if (order.numbers.length === 0 && replied?.entity === 'reminder' && replied.entityId !== null)
    return onReminder(context, room, verb, replied, said(order));
  if (order.numbers.length > 0) return byNumbers(context, room, verb, order);
  if (order.spokenOf === true) return lastMeant(context, room, verb, order.argument);
  if (order.words === '') return void (await choose(context, verb, order.argument));
  return byWords(context, room, verb, order.words, order.argument);
}

const said = ({ words, argument }: Order): string => [words, argument].filter((part) => part !== '').join(' ');

/** A command in reply to a reminder's message: done to the reminder, or to its task what only a task has. */
async function onReminder(
  context: Context,
  room: Room,
  verb: Verb,
  { entityId, data }: Pick<MessageSubject, 'entityId' | 'data'>,
  argument: string,
): Promise<void> {
  const task = data?.['task'];
  if (typeof task === 'number' && !OF_REMINDERS.includes(verb))
    return act(context, room, verb, await taskOf(context, task), argument);
  const reminder = await authorize(context.tx, context.actor, 'reminder', (entityId ?? 0) as ReminderId);
  await room.deps.actOnReminders(context, [reminder], verb, argument);
}

async function byNumbers(context: Context, room: Room, verb: Verb, { numbers, argument }: Order): Promise<void> {
  const tasks: Array<Authorized<Task>> = [];
  const reminders: Array<Authorized<Reminder>> = [];
  const missing: number[] = [];
  for (const number of numbers) {
    try {
      const item = await authorizeNumber(context.tx, context.actor, number);
      if ('task' in item) tasks.push(item.task);
      else reminders.push(item.reminder);
    } catch (error) {
      if (!(error instanceof NotFound) || numbers.length === 1) throw error;
      missing.push(number);
    }
  }
  if (tasks.length + reminders.length === 0) throw new UserError('error-item-not-found', { number: missing[0] ?? 0 });
  if (missing.length > 0)
    await context.answer({
      lines: [[context.t.text('task-bulk-missing', { numbers: missing.map((one) => `#${one}`).join(', ') })]],
    });
  if (reminders.length > 0) await room.deps.actOnReminders(context, reminders, verb, argument);
  if (tasks.length > 1 && verb === 'done') return complete(context, room, tasks);
  if (tasks.length > 1 && verb === 'delete') return remove(context, room, tasks);
  if (tasks.length > 1 && verb === 'reopen') return reopenSeveral(context, room, tasks);
  for (const task of tasks) await act(context, room, verb, task, argument);
}

/** The task whose title has the words; asks among several, and which one where they only tell what to set; says so when there is none. */
export async function byWords(
  context: Context,
  room: Room,
  verb: Verb,
  words: string,
  argument: string,
): Promise<void> {
  const { tx, actor } = context;
  if (PRONOUN.test(words)) return lastMeant(context, room, verb, argument);
  let closed: Found;
  if (verb === 'reopen') {
    closed = await findByWords(tx, actor, words, true);
  } else {
    const found = await findOpenElseClosed(tx, actor, words);
    const { open } = found;
    closed = found.closed;
    if (open.kind === 'one') return act(context, room, verb, open.task, argument);
    if (open.kind === 'several') return askWhich(context, open.tasks, { verb, argument, words });
    const [reminder, ...others] = await room.deps.remindersNamed(context, words);
    if (reminder !== undefined && others.length > 0)
      return room.deps.chooseReminder(context, [reminder, ...others], words);
    if (reminder !== undefined) return room.deps.actOnReminders(context, [reminder], verb, argument);
  }
  // Said again of a task that is done: its own answer, rather than "nothing is called so".
  if (closed.kind === 'one') return act(context, room, verb, closed.task, argument);
  if (closed.kind === 'several' && verb !== 'done') return askWhich(context, closed.tasks, { verb, argument, words });
  if (argument === '' && isArgument(context, verb, words)) return void (await choose(context, verb, words));
  await context.replace(noMatch(context, words));
}

/** After this long a conversation has moved on, and "it" is asked about. Milliseconds. */
const SPOKEN_OF_MS = 15 * 60_000;

/** "move it to monday": the item of the newest message, where the talk was of one just now; else asks which. */
async function lastMeant(context: Context, room: Room, verb: Verb, argument: string): Promise<void> {
  const { tx, actor, botId, inbound, now } = context;
  const shown = await lastShown(tx, botId, inbound.chatId, now - SPOKEN_OF_MS);
  try {
    if (shown?.entity === 'task')
      return await act(
        context,
        room,
        verb,
        await authorize(tx, actor, 'task', (shown.entityId ?? 0) as TaskId),
        argument,
      );
    if (shown?.entity === 'reminder') return await onReminder(context, room, verb, shown, argument);
  } catch (error) {
    // It is gone since.
    if (!(error instanceof NotFound)) throw error;
  }
  await choose(context, verb, argument);
}

/** The question which one: answered by a button, or by its number or words of its title. */
async function askWhich(
  context: Context,
  tasks: readonly Task[],
  question: Parameters<typeof chooseView>[2],
  said = '',
): Promise<void> {
  await context.flow.start('task.choose', {
    verb: question.verb,
    argument: storable(question.argument).slice(0, 3000),
  });
  await context.replace(chooseView(readerOf(context), tasks, question, said));
}

/**
 * The message after the question which one. False where it is no answer to it, and then nothing is asked any more: what has a date of its own
 * is a new task, and so is what nothing is called.
 */
export async function saidWhich(
  context: Context,
  room: Room,
  data: Readonly<Record<string, string | number | null>>,
): Promise<boolean> {
  await context.flow.end();
  const words = context.inbound.text.trim();
  const { verb, argument } = data;
  if (words === '' || !isVerb(verb) || typeof argument !== 'string') return false;
  const numbers = numbersIn(words);
  if (numbers.length > 0) {
    await byNumbers(context, room, verb, {
      numbers: BARE.includes(verb) ? numbers : numbers.slice(0, 1),
      words: '',
      argument,
    });
    return true;
  }
  const said = parse(words, context.capture);
  if (said.intent !== 'add' && said.intent !== 'none') return false;
  if (saysWhen(said) || !(await isCalled(context, room, verb, words))) return false;
  await byWords(context, room, verb, words, argument);
  return true;
}

/** Whether there is anything these words may mean. */
async function isCalled(context: Context, room: Room, verb: Verb, words: string): Promise<boolean> {
  const { tx, actor } = context;
  if (verb === 'reopen') return (await findByWords(tx, actor, words, true)).kind !== 'none';
  const { open, closed } = await findOpenElseClosed(tx, actor, words);
  if (open.kind !== 'none' || closed.kind === 'one') return true;
  return (await room.deps.remindersNamed(context, words)).length > 0;
}

/** Nothing is called so. What was no command may have been meant to be kept ("move to the new office in April"). */
function noMatch({ t, inbound }: Context, words: string): View {
  const typed = inbound.pressed === null && !inbound.text.startsWith('/');
  const kept = typed ? keptWords({ t }, inbound.text.trim(), true) : null;
  return {
    lines: [[t.text('task-no-match', { words: words.slice(0, 100) })]],
    buttons: [
      ...(kept === null ? [] : [[kept.button]]),
      [
        { label: t.text('task-open-button'), data: buttons.list({ kind: 'open', page: 1, value: null }) },
        { label: t.text('task-search-again-button'), data: buttons.list({ kind: 'search', page: 0, value: null }) },
      ],
    ],
    ...(kept === null ? {} : { shows: kept.shows }),
  };
}

/** Buttons below the question which one. */
const MOST_OFFERED = 8;

/**
 * Asks which task, with those that are likely: due today, then others that are open; for reopening those done last. `said`: words that may be a task of their
 * own instead. Returns false where there are none to choose from and such words.
 */
export async function choose(context: Context, verb: Verb, argument: string, said = ''): Promise<boolean> {
  const { tx, actor, now } = context;
  const list = (kind: 'today' | 'open') => listTasks(tx, actor, { kind, value: null }, 1, now);
  const likely =
    verb === 'reopen' ? await listTasks(tx, actor, { kind: 'status', value: 'done' }, 1, now) : await list('today');
  let tasks: readonly Task[] = likely.tasks;
  // What is due today comes first, and is hardly ever all that may be meant.
  if (verb !== 'reopen' && tasks.length < MOST_OFFERED) {
    const known = new Set(tasks.map(({ id }) => id));
    const { tasks: open } = await list('open');
    tasks = [...tasks, ...open.filter(({ id }) => !known.has(id))].slice(0, MOST_OFFERED);
  }
  if (tasks.length === 0 && said !== '') return false;
  if (tasks.length === 0) {
    const add = { label: context.t.text('task-add-button'), data: buttons.add() };
    await context.replace({ lines: [[context.t.text('task-none-to-choose')]], buttons: [[add]] });
  } else {
    await askWhich(context, tasks, { verb, argument, words: '' }, said);
  }
  return true;
}
