/** Many tasks at once in the chat: chosen, shown with their count, confirmed, changed as one action. */
import { membersOf } from '../../../access/groups.ts';
import { parseWhen } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { PersonId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { CommandCall, Context } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { stillMember, tellAssigned } from '../assign/chat.ts';
import { nameOf } from '../assign/views.ts';
import { fromOf, type Room, readerOf } from '../bot/chat.ts';
import { freedBy } from '../links/dependencies.ts';
import { leftOpen, marksOf } from '../links/tree.ts';
import type { Scope } from '../series/scope.ts';
import { BULK_KINDS, type BulkKind, callOf, changeOf, keptChange, valueCallOf } from './change.ts';
import { bulkSaid } from './said.ts';
import { byNumbers, found, type Selection, select } from './selection.ts';
import { applyToAll, type BulkChange, type BulkResult } from './service.ts';
import {
  askSelectionView,
  askValueView,
  bulkDoneView,
  type Chosen,
  chosenView,
  confirmView,
  ROWS_SHOWN,
} from './views.ts';

/** LarryBot2's commands for one kind of change. */
const LARRY: Readonly<Record<string, BulkKind>> = {
  bulk_status: 'status',
  bulk_priority: 'priority',
  bulk_assign: 'client',
  bulk_category: 'project',
  bulk_delete: 'delete',
};

/** `/bulk 1,2,3`, `/bulk tag:sales due friday`, `/bulk_status 1,2,3 Done`: what is not said is asked for, what is said is confirmed. */
export async function bulk(context: Context, call: CommandCall): Promise<void> {
  const kind = LARRY[call.typed];
  const { selection, what, words } = kind === undefined ? callOf(call.rest) : valueCallOf(call.rest, kind);
  if (selection === '') return askSelection(context);
  const chosen = await select(context.tx, context.actor, selection, context.now);
  if (what === null || chosen.tasks.length === 0) return showChosen(context, chosen, true);
  const silent = words === '' && what !== 'delete';
  if (silent) return askValue(context, numbersOf(chosen.tasks), what);
  await confirm(context, chosen, await changeOf(context, what, words));
}

/** Orders for many in plain words ("delete all done tasks"): shown and confirmed like any. False for other words. */
export async function saidBulk(context: Context, text: string): Promise<boolean> {
  const call = bulkSaid(text);
  if (call === null || call.what === null) return false;
  // "Move everything to the attic" is a task.
  const when = call.what === 'due' ? parseWhen(call.words, context.capture) : null;
  if (when !== null && when.reading === null && when.readings.length === 0) return false;
  const chosen = await select(context.tx, context.actor, call.selection, context.now);
  if (chosen.tasks.length === 0) await showChosen(context, chosen);
  else await confirm(context, chosen, await changeOf(context, call.what, call.words));
  return true;
}

const numbersOf = (tasks: readonly Task[]): number[] => tasks.map((task) => task.number);

async function askSelection(context: Context): Promise<void> {
  await context.flow.start('task.bulk', {});
  await context.replace(askSelectionView(readerOf(context)));
}

async function chosenOf(context: Context, { tasks, missing }: Selection): Promise<Chosen> {
  return { tasks, missing, marks: await marksOf(context.tx, context.actor, tasks.slice(0, ROWS_SHOWN)) };
}

/** The tasks that were meant, with what can be done to them; `how`: where there are none, how they are named. */
async function showChosen(context: Context, selection: Selection, how = false): Promise<void> {
  await context.replace(chosenView(readerOf(context), await chosenOf(context, selection), how));
}

/** The tasks that words mean; the answer to "which tasks?". */
export async function chooseBy(context: Context, words: string): Promise<void> {
  const { selection, what, words: value } = callOf(words);
  const chosen = await select(context.tx, context.actor, selection, context.now);
  if (what === null || chosen.tasks.length === 0) return showChosen(context, chosen);
  if (value === '' && what !== 'delete') return askValue(context, numbersOf(chosen.tasks), what);
  await confirm(context, chosen, await changeOf(context, what, value));
}

/** Everything the search of the pressed message finds. */
export async function chooseFound(context: Context): Promise<void> {
  const from = fromOf(context);
  if (from?.kind !== 'search' || from.value === null) throw new UserError('task-error-bulk-gone');
  const selection = await found(context.tx, context.actor, String(from.value), context.now);
  await context.answer(chosenView(readerOf(context), await chosenOf(context, selection)));
}

/** The numbers a message keeps. Throws UserError when it keeps none any more. */
function keptNumbers(data: MessageSubject['data'] | undefined): number[] {
  const kept = data?.['bulk'];
  const value: unknown = typeof kept === 'string' ? JSON.parse(kept) : null;
  if (!Array.isArray(value)) throw new UserError('task-error-bulk-gone');
  return value.map(Number).filter((number) => Number.isSafeInteger(number));
}

const kept = (context: Context) => context.inbound.pressed?.subject?.data;

/** A kind of change was pressed: its value is asked for, deleting is confirmed. */
export async function pressedKind(context: Context, what: BulkKind): Promise<void> {
  const numbers = keptNumbers(kept(context));
  if (what !== 'delete') return askValue(context, numbers, what);
  await confirm(context, await byNumbers(context.tx, context.actor, numbers), { what });
}

async function askValue(
  context: Context,
  numbers: readonly number[],
  what: Exclude<BulkKind, 'delete'>,
): Promise<void> {
  // Values without buttons, and dates beside the buttons, come as words.
  await context.flow.start('task.bulkValue', { what, bulk: JSON.stringify(numbers) });
  const { actor, tx } = context;
  const members = what === 'assign' && actor.group ? await membersOf(tx, actor.group.id) : [];
  await context.replace(askValueView(readerOf(context), numbers, what, members));
}

/** Somebody of the group was pressed, or nobody. Throws UserError for one who is not of it any more. */
export async function pressedMember(context: Context, person: PersonId | null): Promise<void> {
  const member = await stillMember(context, person);
  await pressedValue(context, { what: 'assign', person, name: member === null ? '' : nameOf(member) });
}

/** A value was pressed. */
export async function pressedValue(context: Context, change: BulkChange): Promise<void> {
  await context.flow.end();
  const numbers = keptNumbers(kept(context));
  await confirm(context, await byNumbers(context.tx, context.actor, numbers), change);
}

/** A value was written. False where the question is not to be answered any more. */
export async function saidValue(
  context: Context,
  data: Readonly<Record<string, string | number | null>>,
): Promise<boolean> {
  const what = BULK_KINDS.find((known) => known === data['what']);
  const words = context.inbound.text.trim();
  if (what === undefined || words === '') return false;
  const change = await changeOf(context, what, words);
  await confirm(context, await byNumbers(context.tx, context.actor, keptNumbers(data)), change);
  await context.flow.end();
  return true;
}

async function confirm(context: Context, selection: Selection, change: BulkChange): Promise<void> {
  const open = await leftOpen(context.tx, context.actor, selection.tasks);
  await context.replace(confirmView(readerOf(context), await chosenOf(context, selection), change, open));
}

/** Confirmed: all of it as one action; of series this instance alone, or all that follow too. */
export async function applyKept(context: Context, room: Room, scope: Scope = 'all'): Promise<void> {
  const { tx, actor, now } = context;
  const data = kept(context);
  const change = keptChange(data?.['change']);
  if (change === null) throw new UserError('task-error-bulk-gone');
  const { tasks, missing } = await byNumbers(tx, actor, keptNumbers(data));
  if (change.what === 'assign') await stillMember(context, change.person);
  const { result, actionId, changed } = await context.perform<BulkResult>(
    'task.bulk',
    (changes) => applyToAll(changes, actor, room.service, tasks, change, now, scope),
    (done) => ({ key: 'action-task-bulk', args: { what: change.what, count: done.changed.length } }),
  );
  const closed = change.what === 'status' ? result.changed.map((id) => ({ id: id as Task['id'] })) : [];
  const freed = await freedBy(tx, actor, closed);
  if (change.what === 'assign') await tellAssigned(context, result.changed, change.person);
  const action = changed ? actionId : null;
  await context.replace(bulkDoneView(readerOf(context), result, change, missing, freed, action));
}
