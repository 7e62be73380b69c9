/** What was asked about several lines is answered: as many tasks in one change, or one task that keeps the lines as its notes. */
import { parse, verbatim } from '../../../capture/index.ts';
import { Conflict, UserError } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import { addLink, linkAt } from '../../../outbox/outbox.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { askUnseen, tellAssigned, withAssignee } from '../assign/chat.ts';
import { addTask, draftOf, remindAhead } from '../bot/add.ts';
import { type Room, readerOf, taskOf } from '../bot/chat.ts';
import { linesMadeView } from '../views/taking.ts';
import { linesIn, MOST_LINES, planOf } from './lines.ts';

/** The lines the pressed message asked about. Throws Conflict when another press answered it already. */
async function asked(context: Context): Promise<{ text: string; source: number }> {
  const { tx, botId, inbound } = context;
  const { lines, source } = inbound.pressed?.subject?.data ?? {};
  if (typeof lines !== 'string' || typeof source !== 'number') throw new UserError('error-old-button');
  const before = await linkAt(tx, botId, inbound.chatId, source, ['source']);
  if (before !== undefined) throw new Conflict('error-already-done');
  return { text: lines, source };
}

/** A task of each line, all of them one change. */
export async function makeOfLines(context: Context, room: Room): Promise<void> {
  const { text, source } = await asked(context);
  const { actor, now, tx, botId, inbound } = context;
  const lines = linesIn(text);
  if (lines.length > MOST_LINES) throw new UserError('task-lines-too-many', { count: lines.length, most: MOST_LINES });
  const unseen = new Map<TaskId, string>();
  const { result, actionId } = await context.perform<{ tasks: Task[] }>(
    'task.create-lines',
    async (changes) => {
      const tasks: Task[] = [];
      for (const line of lines) {
        const { capture } = planOf(context, line);
        const said = await withAssignee(context, draftOf(context, capture, ''));
        const task = await room.service.create(changes, actor, said.draft, now);
        if (said.unseen !== null) unseen.set(task.id, said.unseen);
        await remindAhead(context, room, changes, task, capture);
        tasks.push(task);
      }
      return { tasks };
    },
    ({ tasks }) => ({ key: 'action-task-create-lines', args: { count: tasks.length } }),
  );
  const link = { role: 'source', entity: 'none', entityId: null } as const;
  addLink(tx, botId, inbound.chatId, source, link, now);
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
