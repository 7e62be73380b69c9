/** Follows a message that was edited: the task it made changes with it, except for what somebody changed since. */
import { authorize } from '../../../access/authorize.ts';
import { type Capture, verbatim } from '../../../capture/index.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { askUnseen, withAssignee } from '../assign/chat.ts';
import { asTask, asTyped, draftOf, fitted, linesOf, type Made, madeView, remember, remindAhead } from '../bot/add.ts';
import { editTask, madeBy, type Room, readerOf, showEcho } from '../bot/chat.ts';
import { choiceOf } from '../bot/when.ts';
import { NOTHING_ATTACHED } from '../files/capture.ts';
import type { TaskFields } from '../task.ts';
import { readingsView } from '../views/questions.ts';
import { readForward } from './forwards.ts';
import { askedSince, fieldNames, sinceMade } from './since.ts';

function madeIn(subject: MessageSubject): Partial<Made & Pick<Capture, 'ahead'>> {
  const kept = subject.data?.['made'];
  if (typeof kept !== 'string') return {};
  try {
    const value: unknown = JSON.parse(kept);
    return typeof value === 'object' && value !== null ? (value as ReturnType<typeof madeIn>) : {};
  } catch {
    return {};
  }
}

/** Reminders asked for by an edit, a change of its own. Returns the lengths for which it is too late. */
async function announce(
  context: Context,
  room: Room,
  task: Task,
  ahead: readonly number[],
): Promise<readonly number[]> {
  const { result } = await context.perform(
    'reminder.create',
    (changes) => remindAhead(context, room, changes, task, { ahead }),
    () => ({ key: 'action-reminder-create', args: { title: task.title } }),
  );
  return result;
}

/** The words of a message that makes a task: its own, or those behind /add or `/subtask 12`; null for any other command. */
function wordsOf(text: string): string | null {
  const [, command, rest = ''] = /^\/(\w+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(text) ?? [];
  if (command === undefined) return text;
  if (/^add(?:task)?$/i.test(command)) return rest;
  return command.toLowerCase() === 'subtask' ? rest.replace(/^[#№]?\d{1,9}\s+/u, '') : null;
}

/** Words as a task: their first line is read, or taken as typed, and the others are its notes; null: there are none. */
function readWords(context: Context, words: string): { readonly capture: Capture; readonly notes: string } | null {
  const plain = asTyped(words) ?? undefined;
  const { first, notes } = linesOf(plain ?? words);
  if (first === '') return null;
  return { capture: plain === undefined ? asTask(context, first) : verbatim(first), notes };
}

/** The person edited the message a task was made of: fields still as it made them follow, others stay and are named. */
export async function followEdit(context: Context, room: Room, subject: MessageSubject): Promise<void> {
  const { tx, actor, t, inbound } = context;
  const task = await authorize(tx, actor, 'task', (subject.entityId ?? 0) as TaskId);
  const words = wordsOf(inbound.text);
  // What was said once is not carried out anew: "call Bob" that becomes "/delete 12" is told, and the task stays.
  if (words === null) return context.answer({ lines: [[t.text('error-edited-command')]] });
  const read = readWords(context, words);
  // Without words it keeps the title it has.
  if (read === null) return;
  const { capture, notes } = read;
  const { draft, unseen } = await withAssignee(context, draftOf(context, capture, notes));
  const before = madeIn(subject);
  const { fields, kept } = await sinceMade(context, task, fitted(draft), before);
  const ahead = askedSince(capture.ahead, before.ahead);
  remember(context, task.id, { ...draft, ahead: capture.ahead });
  const asked = capture.readings.length > 0;
  if (Object.keys(fields).length === 0 && kept.size === 0 && !asked && ahead.length === 0)
    return askUnseen(context, task, unseen);
  const changed = await editTask(context, room, task, fields as TaskFields, 'update');
  const late = ahead.length === 0 ? [] : await announce(context, room, changed.result, ahead);
  if (asked) {
    const choices = capture.readings.map(choiceOf);
    return context.replace(
      readingsView(readerOf(context), changed.result, capture.doubt, choices, changed.actionId, null),
    );
  }
  await showEcho(
    context,
    changed.result,
    Object.keys(fields).length > 0 ? changed.actionId : await madeBy(context, task),
    {
      heading: t.text('task-updated'),
      reminds: ahead.filter((each) => !late.includes(each)),
      late,
      remark: kept.size > 0 ? t.text('task-kept-fields', { fields: fieldNames(context, kept) }) : null,
    },
  );
  await askUnseen(context, task, unseen);
}

/** Another piece came of the long text a task was made of: the task is as one message with all of it would have made it. */
export async function followPieces(context: Context, room: Room, subject: MessageSubject): Promise<void> {
  const { tx, actor, inbound } = context;
  const task = await authorize(tx, actor, 'task', (subject.entityId ?? 0) as TaskId);
  const read =
    inbound.forwarded === null
      ? readWords(context, wordsOf(inbound.text) ?? inbound.text)
      : readForward(context, inbound.forwarded);
  if (read === null) return;
  const { capture, notes, ...offers } = read;
  const { draft } = await withAssignee(context, draftOf(context, capture, notes));
  const before = madeIn(subject);
  const { fields, kept } = await sinceMade(context, task, fitted(draft), before);
  // Notes that somebody changed since stay, and the new words come behind them.
  if (kept.has('notes')) fields['notes'] = [task.notes, inbound.pieces.at(-1) ?? ''].join('\n\n');
  const ahead = askedSince(capture.ahead, before.ahead);
  remember(context, task.id, { ...draft, ahead: capture.ahead });
  const { result, actionId } = await editTask(context, room, task, fields as TaskFields, 'update');
  const late = ahead.length === 0 ? [] : await announce(context, room, result, ahead);
  await context.answer(
    await madeView(context, room, capture, offers, { task: result, attached: NOTHING_ATTACHED, late, actionId }),
  );
}
