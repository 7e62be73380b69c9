/** Follows an edited message of several lines: each task changes with its line, a new line becomes a task, and one whose line is gone stays. */
import { type Authorized, authorize, authorizeRows } from '../../../access/authorize.ts';
import type { Changes } from '../../../actions/changes.ts';
import { UserError } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { askUnseen, tellAssigned, withAssignee } from '../assign/chat.ts';
import { addTask, asTask, draftOf, fitted, type Made, remindAhead } from '../bot/add.ts';
import { type Room, readerOf, taskOf } from '../bot/chat.ts';
import { statements as sql } from '../statements.ts';
import type { TaskFields } from '../task.ts';
import { linesMadeView } from '../views/taking.ts';
import { type KeptLine, keepLines, keptLines, matched } from './kept-lines.ts';
import { askLines, isSeveral, linesIn, MOST_LINES, planOf } from './lines.ts';
import { makeOfLine } from './making.ts';
import { askedSince, fieldNames, sinceMade } from './since.ts';

/** What an edit of a message comes to. */
interface Edit {
  /** what the lines are from now on */
  readonly kept: KeptLine[];
  /** tasks that were changed, in the order of their lines */
  readonly changed: Task[];
  readonly added: Task[];
  /** fields somebody changed since, which stay */
  readonly stays: Set<keyof Made>;
  readonly unseen: Map<TaskId, string>;
}

/** One line that was edited: its task follows, but for what somebody changed since. */
async function changeOfLine(
  context: Context,
  room: Room,
  changes: Changes,
  task: Authorized<Task>,
  { before, line, edit }: { readonly before: KeptLine; readonly line: string; readonly edit: Edit },
): Promise<void> {
  const { capture } = planOf(context, line);
  const { draft, unseen } = await withAssignee(context, draftOf(context, capture, ''));
  const made = fitted(draft);
  const { fields, kept } = await sinceMade(context, task, made, before.made);
  const ahead = askedSince(capture.ahead, before.made.ahead);
  await remindAhead(context, room, changes, task, { ahead });
  const follows = Object.keys(fields).length > 0;
  if (follows || ahead.length > 0) {
    const { actor, now } = context;
    edit.changed.push(await room.service.edit(changes, actor, task, fields as TaskFields, now));
  }
  for (const field of kept) edit.stays.add(field);
  if (unseen !== null) edit.unseen.set(task.id, unseen);
  edit.kept.push({ id: before.id, line, made: { ...made, ahead: capture.ahead } });
}

/** The person edited a message of several lines: one that is asked about is asked about anew, else the tasks follow their lines. */
export async function followLines(context: Context, room: Room, subject: MessageSubject): Promise<void> {
  const { tx, actor, t, inbound } = context;
  if (inbound.text.startsWith('/')) return context.answer({ lines: [[t.text('error-edited-command')]] });
  const lines = linesIn(inbound.text);
  const [only] = lines;
  if (only === undefined) return;
  if (subject.entityId === null)
    return isSeveral(context) ? askLines(context) : addTask(context, room, asTask(context, only));
  if (lines.length > MOST_LINES) throw new UserError('task-lines-too-many', { count: lines.length, most: MOST_LINES });
  const before = keptLines(subject);
  const rows = authorizeRows(actor, await tx.query<Task>(sql.byIds, [actor.spaceId, before.map(({ id }) => id)]));
  const there = new Map(rows.map((task) => [task.id, task]));
  // All of them are gone: told as of any task.
  if (there.size === 0) await authorize(tx, actor, 'task', subject.entityId as TaskId);
  const was = matched(
    before.map(({ line }) => line),
    lines,
  );
  const {
    result: edit,
    actionId,
    changed,
  } = await context.perform<Edit>(
    'task.update-lines',
    async (changes) => {
      const doing: Edit = { kept: [], changed: [], added: [], stays: new Set(), unseen: new Map() };
      for (const [index, line] of lines.entries()) {
        const one = before[was[index] ?? -1];
        const task = one && there.get(one.id);
        if (one === undefined) {
          const made = await makeOfLine(context, room, changes, line);
          doing.added.push(made.task);
          doing.kept.push(made.kept);
          if (made.unseen !== null) doing.unseen.set(made.task.id, made.unseen);
        } else if (one.line === line || task === undefined) doing.kept.push({ id: one.id, line, made: one.made });
        else await changeOfLine(context, room, changes, task, { before: one, line, edit: doing });
      }
      return doing;
    },
    ({ changed, added }) => ({ key: 'action-task-update-lines', args: { count: changed.length + added.length } }),
  );
  const left = before.filter((_, index) => !was.includes(index));
  const gone = left.filter((one) => one.gone === undefined).flatMap(({ id }) => there.get(id) ?? []);
  keepLines(context, inbound.messageId, [...edit.kept, ...left.map((one) => ({ ...one, gone: true as const }))]);
  const tasks = [...edit.changed, ...edit.added];
  const remarks = [
    ...(edit.stays.size > 0 ? [t.text('task-kept-fields', { fields: fieldNames(context, edit.stays) })] : []),
    ...(gone.length > 0
      ? [t.text('task-lines-stay', { titles: gone.map(({ number, title }) => `${number} ${title}`).join(', ') })]
      : []),
  ];
  if (tasks.length + remarks.length === 0) return;
  const told = { heading: t.text('task-updated'), remarks };
  await context.answer(linesMadeView(readerOf(context), tasks, changed ? actionId : null, told));
  for (const [person, theirs] of Map.groupBy(edit.added, ({ assigneeId }) => assigneeId))
    await tellAssigned(
      context,
      theirs.map(({ id }) => id),
      person,
    );
  for (const [id, name] of edit.unseen) await askUnseen(context, await taskOf(context, id), name);
}
