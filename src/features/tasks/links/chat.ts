/** Subtasks and dependencies in the chat: `/subtask 12 buy paint`, `/depend 12 on 15`, and their buttons. */
import { type Authorized, authorizeNumber } from '../../../access/authorize.ts';
import { UserError } from '../../../core/errors.ts';
import type { ActionId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { addTask, asTask } from '../bot/add.ts';
import { fromOf, type Room, readerOf, taskOf } from '../bot/chat.ts';
import { meansNone } from '../bot/when.ts';
import { byNumbers } from '../bulk/selection.ts';
import { findByWords } from '../search/matching.ts';
import { isOpen } from '../task.ts';
import { askLinkView, PARTS_PAGE, partsView, waitsView } from '../views/links.ts';
import { readLinks } from './card.ts';
import { blockersOf, depend, release, waitingFor } from './dependencies.ts';
import { marksOf, putUnder } from './tree.ts';

/** A page of the subtasks; without any it asks for the first. */
export async function showParts(
  context: Context,
  task: Authorized<Task>,
  page: number,
  action: ActionId | null = null,
): Promise<void> {
  const wanted = Math.max(1, page);
  let links = await readLinks(context.tx, context.actor, task, PARTS_PAGE, (wanted - 1) * PARTS_PAGE);
  const shown = Math.min(wanted, Math.max(1, Math.ceil(links.count / PARTS_PAGE)));
  if (shown !== wanted) links = await readLinks(context.tx, context.actor, task, PARTS_PAGE, (shown - 1) * PARTS_PAGE);
  await context.replace(partsView(readerOf(context), task, links, shown, fromOf(context), action));
}

/** "buy paint" makes a part of the task, "#15" puts a task that is there below it, "-15" takes it out, nothing shows the parts. */
export async function subtask(context: Context, room: Room, task: Authorized<Task>, words: string): Promise<void> {
  if (words === '') return showParts(context, task, 1);
  const [, away] = /^[-−]\s*[#№]?(\d{1,9})$/u.exec(words.trim()) ?? [];
  if (away !== undefined) {
    const part = await numbered(context, Number(away));
    if (part.parentId !== task.id) throw new UserError('task-error-no-part', { title: part.title, parent: task.title });
    return takeOut(context, part);
  }
  const [, sign, number] = /^([#№]?)(\d{1,9})$/u.exec(words.trim()) ?? [];
  // Digits alone may be a title; they are a number where a task has it.
  if (number === undefined || (sign === '' && !(await hasTask(context, Number(number)))))
    return addPart(context, room, task, words);
  const part = await numbered(context, Number(number));
  const { actionId, changed } = await context.perform(
    'task.part',
    (changes) => putUnder(changes, context.actor, part, task),
    () => ({ key: 'action-task-part', args: { title: part.title, parent: task.title } }),
  );
  await showParts(context, task, 1, changed ? actionId : null);
}

async function addPart(context: Context, room: Room, parent: Authorized<Task>, words: string): Promise<void> {
  const [first = '', ...rest] = words.trim().split(/\r?\n/);
  await addTask(context, room, asTask(context, first), { notes: rest.join('\n').trim(), parent });
}

/** Takes a task out of the one it is a part of. */
export async function takeOut(context: Context, task: Authorized<Task>): Promise<void> {
  const { result, actionId, changed } = await context.perform(
    'task.part',
    (changes) => putUnder(changes, context.actor, task, null),
    () => ({ key: 'action-task-part-out', args: { title: task.title } }),
  );
  await showParts(context, await taskOf(context, result.id), 1, changed ? actionId : null);
}

export async function askPart(context: Context, task: Authorized<Task>): Promise<void> {
  await context.flow.start('task.part', { task: task.id });
  await context.replace(askLinkView(readerOf(context), task, 'part', fromOf(context)));
}

async function hasTask(context: Context, number: number): Promise<boolean> {
  return (await byNumbers(context.tx, context.actor, [number])).tasks.length > 0;
}

async function numbered(context: Context, number: number): Promise<Authorized<Task>> {
  const item = await authorizeNumber(context.tx, context.actor, number);
  if ('reminder' in item) throw new UserError('task-error-link-reminder', { number });
  return item.task;
}

export async function showWaits(
  context: Context,
  task: Authorized<Task>,
  action: ActionId | null = null,
): Promise<void> {
  const { tx, actor } = context;
  const blockers = await blockersOf(tx, actor, task);
  const waits = { blockers, waiting: await waitingFor(tx, actor, task), marks: await marksOf(tx, actor, blockers) };
  await context.replace(waitsView(readerOf(context), task, waits, fromOf(context), action));
}

export async function askWait(context: Context, task: Authorized<Task>): Promise<void> {
  await context.flow.start('task.wait', { task: task.id });
  await context.replace(askLinkView(readerOf(context), task, 'wait', fromOf(context)));
}

const ON =
  /^(?:(?:is\s+)?(?:depends?|waits?|blocked|зависит|ждёт|ждет|после)\s+)?(?:(?:on|upon|by|for|after|от|на|для)(?!\p{L})\s*)?/iu;
const AWAY = /^(?:[-−]\s*|(?:not|no|off|remove|without|не|без|убрать)(?!\p{L})\s*)/iu;

/** "on 15", "15, 16" or words of a title: waits for those; "-15" or "remove 15": no more; "none": for nothing; no words show what it waits for. */
export async function waitFor(context: Context, task: Authorized<Task>, words: string): Promise<void> {
  if (words === '') return showWaits(context, task);
  const { actor, now, tx } = context;
  if (meansNone(words)) return letGo(context, task, await blockersOf(tx, actor, task));
  const away = AWAY.test(words);
  const others = await tasksIn(context, words.replace(AWAY, '').replace(ON, ''));
  if (away) return letGo(context, task, others);
  const { actionId, changed } = await context.perform(
    'task.depend',
    async (changes) => {
      for (const other of others) await depend(changes, actor, task, other, now);
      return null;
    },
    () => ({ key: 'action-task-depend', args: { title: task.title, others: titles(others) } }),
  );
  await showWaits(context, task, changed ? actionId : null);
}

/** The task waits for these no more. */
export async function letGo(
  context: Context,
  task: Authorized<Task>,
  others: ReadonlyArray<Authorized<Task>>,
): Promise<void> {
  const was = (await blockersOf(context.tx, context.actor, task)).some(isOpen);
  if (others.length === 0) return showWaits(context, task);
  const { actionId, changed } = await context.perform(
    'task.depend',
    async (changes) => {
      for (const other of others) await release(changes, context.actor, task, other);
      return null;
    },
    () => ({ key: 'action-task-release', args: { title: task.title, others: titles(others) } }),
  );
  await showWaits(context, task, changed ? actionId : null);
  const is = (await blockersOf(context.tx, context.actor, task)).some(isOpen);
  if (was && !is && isOpen(task)) context.toast(context.t.text('task-free', { title: task.title }));
}

const titles = (tasks: readonly Task[]): string => tasks.map((task) => task.title).join(', ');

/** The tasks that numbers or words of one title name. */
async function tasksIn(context: Context, words: string): Promise<Array<Authorized<Task>>> {
  const parts = words.split(/(?:[\s,;&+]|\band\b|(?<!\p{L})и(?!\p{L}))+/u).filter((part) => part !== '');
  const numbers = parts.map((part) => /^[#№]?(\d{1,9})$/u.exec(part)?.[1]);
  if (parts.length > 0 && numbers.every((number) => number !== undefined)) {
    const found: Array<Authorized<Task>> = [];
    for (const number of new Set(numbers)) found.push(await numbered(context, Number(number)));
    return found;
  }
  const bare = words.replaceAll(/["„“”«»]/gu, '').trim();
  const found = await findByWords(context.tx, context.actor, bare);
  if (found.kind === 'one') return [found.task];
  if (found.kind === 'none') throw new UserError('task-no-match', { words: bare.slice(0, 100) });
  const list = found.tasks.map((one) => `#${one.number} ${one.title.slice(0, 40)}`).join(', ');
  throw new UserError('task-error-which', { words: bare.slice(0, 100), list });
}
