/** What was asked about several lines is answered: as many tasks in one change, or one task that keeps the lines as its notes. */
import type { Changes } from '../../../actions/changes.ts';
import { parse, verbatim } from '../../../capture/index.ts';
import { Conflict, UserError } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import { linkAt } from '../../../outbox/outbox.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { askUnseen, tellAssigned, withAssignee } from '../assign/chat.ts';
import { addTask, draftOf, fitted, remindAhead } from '../bot/add.ts';
import { type Room, readerOf, taskOf } from '../bot/chat.ts';
import { linesMadeView } from '../views/taking.ts';
import { type KeptLine, keepLines } from './kept-lines.ts';
import { linesIn, MOST_LINES, planOf } from './lines.ts';

/** The lines the pressed message asked about. Throws Conflict when another press answered it already, UserError when they were edited since. */
async function asked(context: Context): Promise<{ text: string; source: number }> {
  const { tx, botId, inbound } = context;
  const { lines, source } = inbound.pressed?.subject?.data ?? {};
  if (typeof lines !== 'string' || typeof source !== 'number') throw new UserError('error-old-button');
  const before = await linkAt(tx, botId, inbound.chatId, source, ['source']);
  if (before !== undefined && (before.entity !== 'lines' || before.entityId !== null))
    throw new Conflict('error-already-done');
  if (before !== undefined && before.data?.['lines'] !== lines) throw new UserError('error-old-button');
  return { text: lines, source };
}

/** The task of one line, within a change of several. */
export async function makeOfLine(
  context: Context,
  room: Room,
  changes: Changes,
  line: string,
): Promise<{ readonly task: Task; readonly kept: KeptLine; readonly unseen: string | null }> {
  const { capture } = planOf(context, line);
  const { draft, unseen } = await withAssignee(context, draftOf(context, capture, ''));
  const task = await room.service.create(changes, context.actor, draft, context.now);
  await remindAhead(context, room, changes, task, capture);
  return { task, kept: { id: task.id, line, made: { ...fitted(draft), ahead: capture.ahead } }, unseen };
}

/** A task of each line, all of them one change. */
export async function makeOfLines(context: Context, room: Room): Promise<void> {
  const { text, source } = await asked(context);
  const lines = linesIn(text);
  if (lines.length > MOST_LINES) throw new UserError('task-lines-too-many', { count: lines.length, most: MOST_LINES });
  const unseen = new Map<TaskId, string>();
  const kept: KeptLine[] = [];
  const { result, actionId } = await context.perform<{ tasks: Task[] }>(
    'task.create-lines',
    async (changes) => {
      const tasks: Task[] = [];
      for (const line of lines) {
        const made = await makeOfLine(context, room, changes, line);
        if (made.unseen !== null) unseen.set(made.task.id, made.unseen);
        kept.push(made.kept);
        tasks.push(made.task);
      }
      return { tasks };
    },
    ({ tasks }) => ({ key: 'action-task-create-lines', args: { count: tasks.length } }),
  );
  keepLines(context, source, kept);
  await context.replace(linesMadeView(readerOf(context), result.tasks, actionId));
  for (const [person, theirs] of Map.groupBy(result.tasks, ({ assigneeId }) => assigneeId)) {
    const ids = theirs.map(({ id }) => id);
    await tellAssigned(context, ids, person);
  }
  for (const [id, name] of unseen) await askUnseen(context, await taskOf(context, id), name);
}

/** One task of all lines: the first is its title, the others its notes, as they were written. */
export async function makeOneOfLines(context: Context, room: Room): Promise<void> {
  const { text, source } = await asked(context);
  const [first = '', ...rest] = text.trim().split(/\r?\n/);
  const capture = parse(first.trim(), context.capture);
  const notes = rest.join('\n').trim();
  await addTask(context, room, capture.intent === 'add' ? capture : verbatim(first.trim()), { notes, source });
}
