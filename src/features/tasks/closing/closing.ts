/** Tasks in the chat that are done, given up, opened again or deleted, with what that means for their parts and for those that waited. */
import type { Authorized } from '../../../access/authorize.ts';
import type { ActionId } from '../../../core/ids.ts';
import type { Task, TaskStatus } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { bold, type Span } from '../../../telegram/view.ts';
import { fromOf, type Room, readerOf, showCard, told } from '../bot/chat.ts';
import { freedBy } from '../links/dependencies.ts';
import { openBelow, readyWholes } from '../links/tree.ts';
import { leftToday } from '../lists/lists.ts';
import { askEndView, askRemoveView } from '../series/views.ts';
import { isOpen } from '../task.ts';
import {
  askPartsView,
  doneView,
  followingLines,
  type Gone,
  removedView,
  SEVERAL,
  toldView,
} from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import type { Completed } from './contract.ts';

/** What to do where parts of a task are still to do. */
type Parts = 'ask' | 'all' | 'leave';

/** Completes tasks as one action; those closed already are told, not failed, and one with open parts that are not named too is asked about. */
export async function complete(
  context: Context,
  room: Room,
  tasks: ReadonlyArray<Authorized<Task>>,
  parts: Parts = 'ask',
): Promise<void> {
  const reader = readerOf(context);
  const from = fromOf(context);
  const named = new Set<number>(tasks.map((task) => task.id));
  const ready: Array<Authorized<Task>> = [];
  const before: string[] = [];
  const questions: Array<{ task: Task; open: readonly Task[] }> = [];
  for (const task of tasks) {
    if (!isOpen(task) && tasks.length > 1) {
      before.push(
        context.t.text(task.status === 'done' ? 'task-already-done' : 'task-already-cancelled', { title: task.title }),
      );
      continue;
    }
    const open = parts === 'ask' && isOpen(task) ? await openBelow(context.tx, context.actor, task) : [];
    const left = open.filter((part) => !named.has(part.id));
    if (left.length > 0) questions.push({ task, open: left });
    else ready.push(task);
  }
  const [first, ...others] = questions.map(({ task, open }) => askPartsView(reader, task, open, from));
  if (ready.length === 0 && before.length === 0 && first !== undefined) {
    await context.replace(first);
  } else {
    const { done, action } = await completeNow(context, room, ready, parts === 'all');
    const closed = done.flatMap((one) => [one.task, ...(one.parts ?? [])]);
    const freed = await freedBy(context.tx, context.actor, closed);
    const wholes = await readyWholes(context.tx, context.actor, closed);
    const left = await leftToday(context.tx, context.actor, context.now);
    const view = doneView(reader, done, action, left, { freed, ready: wholes }, from);
    await context.replace({ ...view, lines: [...before.map((line) => [line]), ...view.lines] });
    if (first !== undefined) await context.answer(first);
  }
  for (const question of others) await context.answer(question);
}

/** All of them in one change: what was said in one breath is taken back in one. */
async function completeNow(
  context: Context,
  room: Room,
  tasks: ReadonlyArray<Authorized<Task>>,
  all: boolean,
): Promise<{ done: readonly Completed[]; action: ActionId | null }> {
  if (tasks.length === 0) return { done: [], action: null };
  const { actor, now } = context;
  const { result, actionId } = await context.perform<{ done: Completed[] }>(
    'task.complete',
    async (changes) => {
      const done: Completed[] = [];
      for (const task of tasks) {
        const closed = all
          ? await room.service.closeAll(changes, actor, task, 'done', now)
          : await room.service.complete(changes, actor, task, now);
        done.push(closed);
      }
      return { done };
    },
    ({ done }) => {
      const [first, second] = done;
      const count = done.reduce((sum, { parts }) => sum + (parts?.length ?? 0), 0);
      if (first === undefined || second !== undefined)
        return { key: 'action-task-complete-several', args: { count: done.length + count } };
      if (count === 0) return told('complete', first.task);
      return { key: 'action-task-complete-all', args: { title: first.task.title, count } };
    },
  );
  return { done: result.done, action: actionId };
}

/** What to say after a task was completed by another way (a reminder's Done): open parts that stay, tasks that waited for it. */
export async function afterCompletion(context: Context, task: Authorized<Task>): Promise<Array<readonly Span[]>> {
  const open = await openBelow(context.tx, context.actor, task);
  const freed = await freedBy(context.tx, context.actor, [task]);
  return [
    ...(open.length > 0 ? [[context.t.text('task-parts-stay', { count: open.length })]] : []),
    ...followingLines(readerOf(context), { freed, ready: await readyWholes(context.tx, context.actor, [task]) }),
  ];
}

export async function reopen(context: Context, room: Room, task: Authorized<Task>): Promise<void> {
  const { result, actionId } = await context.perform<Completed>(
    'task.reopen',
    (changes) => room.service.reopen(changes, context.actor, task, context.now),
    (opened) => told('reopen', opened.task),
  );
  const remark = followedText(context, result);
  if (context.inbound.pressed) return showCard(context, result.task, actionId, remark);
  const line = context.t.spans<Styled>('task-reopened', { title: bold(result.task.title) });
  const view = toldView(readerOf(context), line, [actionId]);
  await context.replace({
    ...view,
    lines: [...view.lines, ...(remark === null ? [] : [[remark]])],
    shows: { role: 'card', entity: 'task', entityId: task.id },
  });
}

/** Opens several again in one change; those that are open are told. */
export async function reopenSeveral(
  context: Context,
  room: Room,
  tasks: ReadonlyArray<Authorized<Task>>,
): Promise<void> {
  const closed = tasks.filter((task) => !isOpen(task));
  const [only, another] = closed;
  const open = tasks.filter(isOpen).map(({ title }) => [context.t.text('task-already-open', { title })]);
  if (only === undefined) return context.replace({ lines: open });
  const { result, actionId } = await context.perform<{ opened: Completed[] }>(
    'task.reopen',
    async (changes) => {
      const opened: Completed[] = [];
      for (const task of closed) opened.push(await room.service.reopen(changes, context.actor, task, context.now));
      return { opened };
    },
    ({ opened }) =>
      another === undefined
        ? told('reopen', only)
        : { key: 'action-task-reopen-several', args: { count: opened.length } },
  );
  const lines = result.opened.flatMap((one) => {
    const remark = followedText(context, one);
    const line = context.t.spans<Styled>('task-reopened', { title: bold(one.task.title) });
    return [line, ...(remark === null ? [] : [[remark]])];
  });
  const view = toldView(readerOf(context), lines[0] ?? [], [actionId]);
  await context.replace({ ...view, lines: [...open, ...lines], shows: SEVERAL });
}

/** What became of the instance behind a reopened one. */
function followedText({ t }: Context, { followed }: Completed): string | null {
  if (followed === null) return null;
  return t.text(followed.kept ? 'task-follower-kept' : 'task-follower-gone', { number: followed.task.number });
}

/**
 * Deletes tasks as one action, and says what went with them; a part named beside its whole goes with that. Of a recurring one it asks
 * first whether its series goes too.
 */
export async function remove(
  context: Context,
  room: Room,
  named: ReadonlyArray<Authorized<Task>>,
  series: 'ask' | 'all' = 'ask',
): Promise<void> {
  const reader = readerOf(context);
  const asked = named.filter((task) => series === 'ask' && task.recurrence !== null && isOpen(task));
  const tasks = named.filter((task) => !asked.includes(task));
  if (tasks.length > 0) await removeNow(context, room, tasks);
  for (const [index, task] of asked.entries()) {
    const question = askRemoveView(reader, task, fromOf(context));
    await (index === 0 && tasks.length === 0 ? context.replace(question) : context.answer(question));
  }
}

async function removeNow(context: Context, room: Room, tasks: ReadonlyArray<Authorized<Task>>): Promise<void> {
  const { result, actionId } = await context.perform<{ removed: Array<{ task: Task; gone: Gone }>; count: number }>(
    'task.delete',
    async (changes) => {
      const removed: Array<{ task: Task; gone: Gone }> = [];
      const away = new Set<number>();
      for (const task of tasks) {
        if (away.has(task.id)) continue;
        const before = changes.written.length;
        await room.service.remove(changes, context.actor, task, context.now);
        const written = changes.written.slice(before);
        const of = (table: string) => written.filter(({ entity, after }) => entity === table && after === null);
        const ids = of('tasks').map((change) => change.entityId);
        for (const id of ids) away.add(id);
        const gone = {
          subtasks: ids.length - 1,
          notes: of('notes').length,
          files: of('attachments').length,
          reminders: of('reminders').length,
        };
        removed.push({ task, gone });
      }
      return { removed, count: away.size };
    },
    ({ removed: [first, second], count }) =>
      first === undefined || second !== undefined
        ? { key: 'action-task-bulk', args: { what: 'delete', count } }
        : told('delete', first.task),
  );
  await context.replace(removedView(readerOf(context), result.removed, actionId, fromOf(context)));
}

export async function setStatus(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  status: TaskStatus,
): Promise<void> {
  if (status === 'done' && isOpen(task)) return complete(context, room, [task]);
  if (status === 'cancelled' && isOpen(task)) return giveUp(context, room, task);
  const { result, actionId, changed } = await context.perform<Completed>(
    'task.status',
    (changes) => room.service.setStatus(changes, context.actor, task, status, context.now),
    (after) => told('status', after.task),
  );
  await showCard(context, result.task, changed ? actionId : null, followedText(context, result));
}

/** Gives a task up, after asking what becomes of its series and of its open parts, as far as the answers are not known. */
export async function giveUp(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  { series = 'ask', parts = 'ask' }: { readonly series?: 'ask' | 'end'; readonly parts?: Parts } = {},
): Promise<void> {
  const { actor, now } = context;
  const reader = readerOf(context);
  const from = fromOf(context);
  if (series === 'ask' && task.recurrence !== null) return context.replace(askEndView(reader, task, from));
  const open = parts === 'ask' && isOpen(task) ? await openBelow(context.tx, actor, task) : [];
  if (open.length > 0) return context.replace(askPartsView(reader, task, open, from, 'cancelled'));
  const { result, actionId } = await context.perform<Completed>(
    'task.cancel',
    async (changes) =>
      parts === 'all'
        ? room.service.closeAll(changes, actor, task, 'cancelled', now)
        : { task: await room.service.cancel(changes, actor, task, now), next: null, followed: null },
    (changed) => told('cancel', changed.task),
  );
  const count = result.parts?.length ?? 0;
  const remark = count === 0 ? null : context.t.text('task-cancelled-parts', { count });
  await showCard(context, result.task, actionId, remark);
  // Said in a message of its own: the card shows this task only.
  const lines = await afterCompletion(context, task);
  if (lines.length > 0) await context.answer({ lines });
}
