/** Words about a reminder that is there: a reply to its message, or an edit of the message it was made from. */
import { type Authorized, authorize } from '../../../access/authorize.ts';
import { parse, readReplyOrder } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { DeliveryId, ReminderId } from '../../../core/ids.ts';
import { type Delivery, deliveryById } from '../../../outbox/ledger.ts';
import type { Reminder } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { isOpen, putOff, unanswered } from '../answers.ts';
import * as reading from '../reading.ts';
import { isSeries } from '../schedule/timing.ts';
import * as service from '../service.ts';
import { outcomeView } from '../views/card.ts';
import { type Asked, readingsView, renameView } from '../views/questions.ts';
import { readerOf, titleOf, toldTitle } from '../views/reader.ts';
import * as acting from './acting.ts';
import { showWhy } from './commands.ts';
import * as making from './making.ts';
import { notTaken, POLITE, SAID, saidTime, timingOf } from './words.ts';

/** A reply to a reminder: "done", "2h" or "tomorrow 9", "delete", or words for its task. */
export async function replyToReminder(
  context: Context,
  deps: acting.RemindersDeps,
  subject: MessageSubject,
): Promise<void> {
  const id = (subject.entityId ?? 0) as ReminderId;
  const reminder = await authorize(context.tx, context.actor, 'reminder', id);
  // A sticker says something; any other file is to be kept.
  if (deps.tasks.keepFiles && context.inbound.files.some((file) => file.kind !== 'sticker')) {
    const task = reminder.taskId === null ? null : await making.taskOf(context, reminder.taskId);
    return deps.tasks.keepFiles(context, task, titleOf(await reading.find(context.tx, context.actor, id)));
  }
  const shown = subject.data?.['delivery'];
  const told = typeof shown === 'number' ? await deliveryById(context.tx, shown as DeliveryId) : undefined;
  const delivery =
    told !== undefined && told.reminderId === id && isOpen(told) ? told : await unanswered(context.tx, reminder);
  const replied = { reminder, told, delivery, fired: subject.role === 'reminder' };
  const text = context.inbound.text.trim().replace(POLITE, '');
  if (await replyWithTime(context, replied, text)) return;
  await replyWithOrder(context, deps, replied, text);
}

/** What a reply is about. */
interface Replied {
  readonly reminder: Authorized<Reminder>;
  /** the occurrence the message showed */
  readonly told: Delivery | undefined;
  /** that one if it can still be answered, else the newest that can */
  readonly delivery: Delivery | null;
  /** the message told it when it was due; it is no card */
  readonly fired: boolean;
}

/** A time snoozes one that fired, and is the new time of one to come. False: the words say none. */
async function replyWithTime(context: Context, replied: Replied, text: string): Promise<boolean> {
  const { reminder, told, delivery, fired } = replied;
  const time = saidTime(text, context.capture);
  if (time.kind === 'timing') {
    // A rule ("every day at 9") is always a new time.
    const isRule = time.timing.kind === 'series';
    if (fired && delivery !== null && !isRule) {
      await acting.snooze(context, reminder, delivery, time.at, context.answer);
    } else if (fired && isSeries(reminder) && !isRule) {
      // Words to one occurrence never end its series: what was put off before is put off to another time.
      const later = await putOff(context.tx, context.actor, told);
      if (later === null) throw new UserError('reminder-error-answered');
      await acting.snooze(context, later, await unanswered(context.tx, later), time.at, context.answer);
    } else await making.retimeReminder(context, reminder, time.timing);
    return true;
  }
  if (time.kind === 'refused' || (time.kind === 'several' && fired && isSeries(reminder)))
    throw notTaken(text, time, context.now);
  if (time.kind !== 'several') return false;
  const title = titleOf(await reading.find(context.tx, context.actor, reminder.id));
  const about: Asked = { title, task: null, reminder: reminder.id };
  await context.answer(readingsView(readerOf(context), text, time.readings, about));
  return true;
}

/** What else words can ask of a reminder; those that ask for nothing are kept as a note, or offered as its text. */
async function replyWithOrder(
  context: Context,
  deps: acting.RemindersDeps,
  { reminder, told, delivery }: Replied,
  text: string,
): Promise<void> {
  const { id } = reminder;
  if (SAID.later.test(text)) {
    const later = delivery === null ? await putOff(context.tx, context.actor, told) : null;
    return acting.card(context, later?.id ?? id, false, context.answer);
  }
  if (SAID.hush.test(text) && (isSeries(reminder) || reminder.ofSeries !== null)) {
    if (delivery !== null) return acting.silence(context, { reminder, delivery }, context.answer);
    return acting.set(context, reminder, 'mute', context.answer);
  }
  const order = readReplyOrder(text);
  if (order?.kind === 'why') return showWhy(context, id);
  if (order?.kind === 'rename') return acting.renameReminder(context, id, order.title, context.answer);
  if (order?.kind === 'edit') return acting.card(context, id, true, context.answer);
  const { intent } = parse(text, context.capture);
  // "ok" may leave a task undone, but of a reminder alone nothing is left to do.
  const settles = /^✅$/u.test(text) || (reminder.taskId === null && delivery !== null && SAID.seen.test(text));
  if (intent === 'done' || settles) {
    if (reminder.status === 'done') throw new UserError('reminder-error-answered');
    return acting.done(context, deps, reminder, delivery, context.answer);
  }
  if (intent === 'delete') return acting.set(context, reminder, 'delete', context.answer);
  const leavesOut = SAID.skip.test(text) || (SAID.neverMind.test(text) && reminder.taskId === null);
  if (leavesOut && delivery !== null) return acting.leaveOut(context, { reminder, delivery }, context.answer);
  if (SAID.skip.test(text) && isSeries(reminder)) return acting.set(context, reminder, 'skip', context.answer);
  if (leavesOut && reminder.taskId === null) return acting.card(context, id, true, context.answer);
  await noted(context, deps, reminder.taskId === null ? null : await making.taskOf(context, reminder.taskId), id, text);
}

/** Words that say nothing else: a note of the task, or a new text for the reminder, which is asked first. */
async function noted(
  context: Context,
  deps: acting.RemindersDeps,
  task: Awaited<ReturnType<typeof making.taskOf>>,
  id: ReminderId,
  text: string,
): Promise<void> {
  if (text === '') throw new UserError('error-nothing-given');
  const shown = await reading.find(context.tx, context.actor, id);
  if (task === null) return context.answer(renameView(readerOf(context), shown, text.slice(0, service.LONGEST_TEXT)));
  if (await deps.tasks.setSaid?.(context, task, text)) return;
  const { actionId } = await context.perform(
    'task.note',
    async (changes) => {
      await deps.tasks.addNote(changes, context.actor, task, text, context.now);
      return null;
    },
    () => ({ key: 'action-reminder-note', args: { title: toldTitle(task.title) } }),
  );
  await context.answer(outcomeView(readerOf(context), 'reminder-noted', { title: task.title }, actionId));
}

/** The person edited the message a reminder was made from. */
export async function sourceEdited(context: Context, id: ReminderId): Promise<void> {
  const reminder = await authorize(context.tx, context.actor, 'reminder', id);
  const { text } = context.inbound;
  const command = /^\/(?:remind|addreminder|reminder_quick)(?:@\w+)?\s+([\s\S]*)$/i.exec(text)?.[1];
  if (command === undefined && text.startsWith('/'))
    return context.answer({ lines: [[context.t.text('error-edited-command')]] });
  // "/remind 12 tomorrow 9": the number stays, the time follows.
  const timed = /^#?\d{1,9}\s+([\s\S]+)$/.exec(command ?? '')?.[1];
  if (timed !== undefined)
    return void (await making.takeWords(context, { title: reminder.text, task: null, reminder: id }, timed));
  const capture = parse(command === undefined ? text : `remind me to ${command}`, context.capture);
  const { reading } = capture;
  if (capture.readings.length > 0) {
    const about: Asked = { title: capture.title.trim(), task: null, reminder: id };
    return context.answer(readingsView(readerOf(context), capture.doubt, capture.readings, about));
  }
  if (reading === null || reading.title.trim() === '') {
    const title = capture.title.trim();
    if (reading === null && capture.refused === null && title !== '' && title !== reminder.text)
      return acting.renameReminder(context, id, title);
    // The time that is not said any more stays: without one it would be nothing.
    return acting.card(context, id, false, context.answer);
  }
  const { actionId } = await context.perform(
    'reminder.edit',
    async (changes) => {
      const task = await making.taskOf(context, reminder.taskId);
      if (task === null) await service.retext(changes, context.actor, reminder, reading.title);
      await service.retime(changes, context.actor, reminder, timingOf(reading), task, making.momentOf(context));
      return null;
    },
    () => ({ key: 'action-reminder-edit', args: { title: toldTitle(reading.title) } }),
  );
  await context.answer(await making.echo(context, id, actionId));
}
