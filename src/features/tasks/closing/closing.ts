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
import { askPartsView, doneView, followingLines, type Gone, removedView, toldView } from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import type { Completed } from './contract.ts';

/** What to do where parts of a task are still to do. */
type Parts = 'ask' | 'all' | 'leave';

/** Completes tasks, one action each; those closed already are told, not failed, and one with open parts that are not named too is asked about. */
export async function complete(
  context: Context,
  room: Room,
  tasks: ReadonlyArray<Authorized<Task>>,
  parts: Parts = 'ask',
): Promise<void> {
  const reader = readerOf(context);
  const from = fromOf(context);
  const named = new Set<number>(tasks.map((task) => task.id));
  const done: Array<Completed & { action: ActionId }> = [];
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
    else done.push(await completeOne(context, room, task, parts === 'all'));
  }
  const [first, ...others] = questions.map(({ task, open }) => askPartsView(reader, task, open, from));
  if (done.length === 0 && before.length === 0 && first !== undefined) {
    await context.replace(first);
  } else {
    const closed = done.flatMap((one) => [one.task, ...(one.parts ?? [])]);
    const freed = await freedBy(context.tx, context.actor, closed);
    const ready = await readyWholes(context.tx, context.actor, closed);
    const left = await leftToday(context.tx, context.actor, context.now);
    const view = doneView(reader, done, left, { freed, ready }, from);
    await context.replace({ ...view, lines: [...before.map((line) => [line]), ...view.lines] });
    if (first !== undefined) await context.answer(first);
  }
  for (const question of others) await context.answer(question);
}

async function completeOne(
  context: Context,
  room: Room,
  task: Authorized<Task>,
  all: boolean,
): Promise<Completed & { action: ActionId }> {
  const { actor, now } = context;
  const { result, actionId } = await context.perform<Completed>(
    'task.complete',
    (changes) =>
      all ? room.service.closeAll(changes, actor, task, 'done', now) : room.service.complete(changes, actor, task, now),
    (completed) => {
      const count = completed.parts?.length ?? 0;
      if (count === 0) return told('complete', completed.task);
      return { key: 'action-task-complete-all', args: { title: completed.task.title, count } };
    },
  );
  return { ...result, action: actionId };
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

/** What became of the instance behind a reopened one. */
function followedText({ t }: Context, { followed }: Completed): string | null {
  if (followed === null) return null;
  return t.text(followed.kept ? 'task-follower-kept' : 'task-follower-gone', { number: followed.task.number });
}

/**
 * Deletes tasks, one action each, and says what went with them; a part named beside its whole goes with that. Of a recurring one it asks
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
  const removed: Array<{ task: Task; action: ActionId; gone: Gone }> = [];
  const away = new Set<number>();
  for (const task of tasks) {
    if (away.has(task.id)) continue;
    const { result, actionId } = await context.perform<{ ids: number[]; gone: Gone }>(
      'task.delete',
      async (changes) => {
        await room.service.remove(changes, context.actor, task, context.now);
        const of = (table: string) => changes.written.filter(({ entity, after }) => entity === table && after === null);
        const ids = of('tasks').map((change) => change.entityId);
        const gone = {
          subtasks: ids.length - 1,
          notes: of('notes').length,
          files: of('attachments').length,
          reminders: of('reminders').length,
        };
        return { ids, gone };
      },
      () => told('delete', task),
    );
    for (const id of result.ids) away.add(id);
    removed.push({ task, action: actionId, gone: result.gone });
  }
  await context.replace(removedView(readerOf(context), removed, fromOf(context)));
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
