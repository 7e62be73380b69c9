/** Recurring tasks in the chat: changes of this one or all following, left out, paused, resumed. */
import { z } from 'zod';
import { type Authorized, authorizeNumber } from '../../../access/authorize.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { Button } from '../../../telegram/view.ts';
import { editTask, fromOf, type Room, readerOf, showChanged, taskOf, told } from '../bot/chat.ts';
import type { Completed } from '../closing/contract.ts';
import { findByWords } from '../search/matching.ts';
import type { TaskService } from '../service.ts';
import { statements as sql } from '../statements.ts';
import { checkFields, isOpen, type TaskFields, tagsOf, titleOf } from '../task.ts';
import { type Scope, scopeOf } from './scope.ts';
import { askScopeView, askSkippedView, restsView, wentOnView } from './views.ts';

/** A change kept with its question. */
const kept = z.object({
  name: z.string(),
  fields: z
    .strictObject({
      title: z.string(),
      notes: z.string(),
      priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
      startDate: z.string().nullable(),
      dueDate: z.string().nullable(),
      dueTime: z.string().nullable(),
      estimateMinutes: z.number().nullable(),
      tags: z.array(z.string()),
      project: z.string().nullable(),
      client: z.string().nullable(),
    })
    .partial(),
});

/**
 * Changes fields of a task and shows what came of it; of a recurring one asks first whether this one or all following are meant, where that
 * makes a difference. Throws UserError, before it asks, for fields that cannot be.
 */
export async function changeTask(
  context: Context,
  room: Pick<Room, 'service'>,
  task: Authorized<Task>,
  fields: TaskFields,
  name: string,
): Promise<void> {
  const scope = scopeOf(task, fields);
  if (scope !== 'ask') return showChanged(context, await editTask(context, room, task, fields, name, scope));
  checkFields(fields);
  if (fields.title !== undefined) titleOf(fields.title);
  if (fields.tags !== undefined) tagsOf(fields.tags);
  const { recurrence: _, ...asked } = fields;
  await context.replace(
    askScopeView(readerOf(context), task, JSON.stringify({ name, fields: asked }), fromOf(context)),
  );
}

/** Whether such a change is asked about. */
export const asks = (task: Task, fields: TaskFields): boolean => scopeOf(task, fields) === 'ask';

/** The answer to that question. Throws UserError when what was asked is no longer known. */
export async function changeAsked(
  context: Context,
  room: Pick<Room, 'service'>,
  id: number,
  scope: Scope,
): Promise<void> {
  const json = context.inbound.pressed?.subject?.data?.['change'];
  const found = typeof json === 'string' ? kept.safeParse(JSON.parse(json)) : null;
  if (found?.success !== true) throw new UserError('error-old-button');
  const { name, fields } = found.data;
  // What is left out of a question is not there, rather than undefined.
  const wanted = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as TaskFields;
  await showChanged(context, await editTask(context, room, await taskOf(context, id), wanted, name, scope));
}

/** Leaves out this instance: the next one is opened. */
export async function skip(context: Context, room: Pick<Room, 'service'>, task: Authorized<Task>): Promise<void> {
  if (task.recurrence === null) throw new UserError('series-error-no-series', { title: task.title });
  const { result, actionId } = await context.perform<Completed>(
    'task.skip',
    (changes) => room.service.skip(changes, context.actor, task, context.now),
    () => ({ key: 'action-series-skip', args: { title: task.title } }),
  );
  await context.replace(wentOnView(readerOf(context), 'series-skipped', task, result.next, actionId, fromOf(context)));
}

/** Removes this instance; the series goes on. */
export async function removeOne(context: Context, room: Pick<Room, 'service'>, task: Authorized<Task>): Promise<void> {
  const { result, actionId } = await context.perform<Task | null>(
    'task.delete',
    (changes) => room.service.removeOne(changes, context.actor, task, context.now),
    () => told('delete', task),
  );
  await context.replace(wentOnView(readerOf(context), 'series-one-removed', task, result, actionId, fromOf(context)));
}

/** Pauses a series until a day ('YYYY-MM-DD'), or until it is resumed (null). */
export async function pause(
  context: Context,
  room: Pick<Room, 'service'>,
  task: Authorized<Task>,
  until: string | null,
): Promise<void> {
  const { result, actionId } = await context.perform<Task>(
    'task.pause',
    (changes) => room.service.pause(changes, context.actor, task, until, context.now),
    () => ({ key: 'action-series-pause', args: { title: task.title } }),
  );
  const key = until === null ? 'series-paused' : 'series-paused-until';
  await context.replace(restsView(readerOf(context), key, result, actionId, fromOf(context)));
}

export async function resume(context: Context, room: Pick<Room, 'service'>, task: Authorized<Task>): Promise<void> {
  const { result, actionId } = await context.perform<Task>(
    'task.resume',
    (changes) => room.service.resume(changes, context.actor, task, context.now),
    () => ({ key: 'action-series-resume', args: { title: task.title } }),
  );
  await context.replace(restsView(readerOf(context), 'series-resumed', result, actionId, fromOf(context)));
}

/** Recurring tasks for another feature's commands: which is meant, and what is done with it. */
export function seriesOfTasks(service: TaskService) {
  const room = { service };
  return {
    named: seriesNamed,
    askWhichSkipped,
    skip: (context: Context, task: Authorized<Task>) => skip(context, room, task),
    pause: (context: Context, task: Authorized<Task>, until: string | null) => pause(context, room, task, until),
    resume: (context: Context, task: Authorized<Task>) => resume(context, room, task),
  };
}

/** Shown at once when one of them is to be left out. */
const MOST_ASKED = 8;

/** Asks which recurring task is left out this time, or which of what `others` stand for; false where there is neither. */
async function askWhichSkipped(context: Context, others: readonly Button[]): Promise<boolean> {
  const { tx, actor } = context;
  const tasks = await tx.query<Task>(sql.recurringNext, [actor.spaceId, MOST_ASKED]);
  const asks = tasks.length + others.length > 0;
  if (asks) await context.replace(askSkippedView(readerOf(context), tasks, others));
  return asks;
}

/** The open recurring task that words name, by number, by replying to its message or by its title, and what stands behind a number. */
async function seriesNamed(
  context: Context,
  words: string,
): Promise<{ readonly task: Authorized<Task>; readonly rest: string } | null> {
  const [, number, rest = ''] = /^[#№]?(\d{1,9})(?:\s+([\s\S]*))?$/u.exec(words) ?? [];
  const replied = context.inbound.repliesTo?.subject;
  if (number !== undefined) return ofNumber(context, Number(number), rest);
  if (replied?.entity === 'task' && replied.entityId !== null)
    return repeating(context, await taskOf(context, replied.entityId), words);
  if (words.trim() === '' || replied?.entity === 'reminder') return null;
  const found = await findByWords(context.tx, context.actor, words);
  return found.kind === 'one' ? repeating(context, found.task, '') : null;
}

async function ofNumber(
  context: Context,
  number: number,
  rest: string,
): Promise<{ readonly task: Authorized<Task>; readonly rest: string } | null> {
  try {
    const item = await authorizeNumber(context.tx, context.actor, number);
    return 'task' in item ? repeating(context, item.task, rest) : null;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/** The task where it repeats; of an instance that is done or was left out the one its series goes on with: of the same title and rule. */
async function repeating({ tx, actor }: Context, task: Authorized<Task>, rest: string) {
  const { recurrence } = task;
  if (recurrence === null || isOpen(task)) return recurrence === null ? null : { task, rest };
  const found = await findByWords(tx, actor, task.title);
  return found.kind === 'one' && found.task.recurrence?.rrule === recurrence.rrule ? { task: found.task, rest } : null;
}
