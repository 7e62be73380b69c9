/** Acting on a reminder from the chat: answers to a fired one, and changes from its card. Each ends in a view with the way back. */
import { type Authorized, authorize } from '../../../access/authorize.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { Capture } from '../../../capture/index.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import type { DeliveryId, ReminderId, TaskId } from '../../../core/ids.ts';
import type { Delivery } from '../../../outbox/ledger.ts';
import type { Reminder, Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { Button, Span, View } from '../../../telegram/view.ts';
import * as answers from '../answers.ts';
import type { EverythingOfTasks } from '../everything.ts';
import * as reading from '../reading.ts';
import { following, isForOne } from '../schedule/retiming.ts';
import * as service from '../service.ts';
import { cardView, outcomeView } from '../views/card.ts';
import { readerOf, titleOf, toldTitle } from '../views/reader.ts';
import { type AddTask, echo, momentOf, retimeTo, UPCOMING } from './making.ts';
import { keptTiming } from './words.ts';

/** Recurring tasks, which /skip and /pause serve as well. */
export interface SeriesOfTasks {
  /** The open recurring task the words name, and what stands behind its number; null when they name none. */
  named(context: Context, words: string): Promise<{ readonly task: Authorized<Task>; readonly rest: string } | null>;
  /** Asks which of them, or of the others behind `buttons`, is left out; false where there is neither. */
  askWhichSkipped(context: Context, buttons: readonly Button[]): Promise<boolean>;
  skip(context: Context, task: Authorized<Task>): Promise<void>;
  /** `until`: 'YYYY-MM-DD', or null until it is resumed */
  pause(context: Context, task: Authorized<Task>, until: string | null): Promise<void>;
  resume(context: Context, task: Authorized<Task>): Promise<void>;
}

/** What reminders need of the other features. */
export interface RemindersDeps {
  readonly tasks: answers.TasksOfReminders & {
    /** Recurring tasks, left out and paused by the commands of reminders. */
    readonly series: SeriesOfTasks;
    /** What a pause of everything needs of tasks. */
    readonly everything: EverythingOfTasks;
    /** Shows the card of a task as a new message. */
    openCard(context: Context, task: Authorized<Task>): Promise<void>;
    /** The one open task these words name. */
    openTask(context: Context, words: string): Promise<{ readonly number: number } | null>;
    /** Keeps the files of the message with `task`, or with a task of its own called `title` unless the message says how. */
    keepFiles?(context: Context, task: Authorized<Task> | null, title: string): Promise<void>;
    /** Words in reply to a task's reminder that set something of the task ("in progress", "#home"); false for any others. */
    setSaid?(context: Context, task: Authorized<Task>, words: string): Promise<boolean>;
    /** Makes a task of a capture that says when it is due and how long before that to remind of it. */
    readonly add: AddTask;
    /** Puts off the task that a capture names, as "move" does. */
    postpone(context: Context, capture: Capture): Promise<void>;
    /** What is told under a completed task ("3 left today."), a line each; nothing when not given. */
    afterDone?(context: Context, task: TaskId): Promise<ReadonlyArray<readonly Span[]>>;
  };
  /** Wakes the firing loop: something new is planned. */
  readonly wake: () => void;
}

type Show = (view: View) => Promise<void>;

async function title(context: Context, reminder: Authorized<Reminder>): Promise<string> {
  return titleOf(await reading.find(context.tx, context.actor, reminder.id));
}

/** The fired reminder behind a button if it can still be answered; otherwise a short notice says why not, and null. */
export async function answerable(context: Context, id: DeliveryId): Promise<answers.FiredReminder | null> {
  try {
    const fired = await answers.firedReminder(context.tx, context.actor, id);
    if (answers.isOpen(fired.delivery)) return fired;
    context.toast(context.t.text('reminder-answered', { state: fired.delivery.state }));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    context.toast(context.t.text('reminder-gone'));
  }
  return null;
}

/** The reminder behind a card's button, or a short notice and null. */
export async function carded(context: Context, id: number): Promise<Authorized<Reminder> | null> {
  try {
    return await authorize(context.tx, context.actor, 'reminder', id as ReminderId);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    context.toast(context.t.text('reminder-gone'));
    return null;
  }
}

/** Done: acknowledged, its task completed. */
export async function done(
  context: Context,
  deps: RemindersDeps,
  reminder: Authorized<Reminder>,
  delivery: Delivery | null,
  show: Show,
): Promise<void> {
  const name = await title(context, reminder);
  const { actionId, result } = await context.perform(
    'reminder.done',
    (changes) => answers.acknowledge(changes, context.actor, reminder, delivery, deps.tasks, momentOf(context)),
    () => ({ key: 'action-reminder-done', args: { title: toldTitle(name) } }),
  );
  const after = result.taskId === null ? [] : ((await deps.tasks.afterDone?.(context, result.taskId)) ?? []);
  const key = result.next === null ? 'reminder-done' : 'reminder-done-next';
  const view = outcomeView(readerOf(context), key, { title: name, at: result.next }, actionId, after);
  await show({ ...view, shows: { role: 'card', entity: 'reminder', entityId: reminder.id } });
}

/** Snoozed until an instant (epoch ms). */
export async function snooze(
  context: Context,
  reminder: Authorized<Reminder>,
  delivery: Delivery | null,
  until: number,
  show: Show,
): Promise<void> {
  const name = await title(context, reminder);
  const { actionId, result } = await context.perform(
    'reminder.snooze',
    (changes) => answers.snooze(changes, context.actor, reminder, delivery, until, momentOf(context)),
    // One that had not come waits for no answer when this is taken back.
    () => ({ key: `action-reminder-${delivery === null ? 'time' : 'snooze'}`, args: { title: toldTitle(name) } }),
  );
  const view = outcomeView(readerOf(context), 'reminder-snoozed', { title: name, at: result.until }, actionId);
  // A reply to the message snoozes again or names another time.
  await show({ ...view, shows: { role: 'card', entity: 'reminder', entityId: result.reminderId } });
}

/** Snoozed by one of the buttons. */
export async function snoozeBy(
  context: Context,
  choice: answers.Snooze,
  reminder: Authorized<Reminder>,
  delivery: Delivery | null,
  show: Show,
): Promise<void> {
  const until = answers.snoozeUntil(choice, context.actor, context.now);
  if (until === null) return context.toast(context.t.text('reminder-tonight-is-over'));
  await snooze(context, reminder, delivery, until, show);
}

/** The series of a fired reminder goes silent, and this occurrence is answered with it. */
export async function silence(context: Context, fired: answers.FiredReminder, show: Show): Promise<void> {
  const { reminder, delivery } = fired;
  const series = reminder.ofSeries === null ? reminder : await carded(context, reminder.ofSeries);
  if (series === null) return;
  const name = await title(context, series);
  const { actionId } = await context.perform(
    'reminder.mute',
    async (changes) => {
      await service.mute(changes, context.actor, series, true);
      await answers.dismiss(changes, context.actor, reminder, delivery, momentOf(context));
      return null;
    },
    () => ({ key: 'action-reminder-mute', args: { title: toldTitle(name) } }),
  );
  const view = outcomeView(readerOf(context), 'reminder-silenced', { title: name }, actionId);
  await show({ ...view, shows: { role: 'card', entity: 'reminder', entityId: series.id } });
}

/** Not this time: the occurrence is answered, nothing is done, and its series goes on. */
export async function leaveOut(context: Context, fired: answers.FiredReminder, show: Show): Promise<void> {
  const { reminder, delivery } = fired;
  const name = await title(context, reminder);
  const { actionId } = await context.perform(
    'reminder.leave-out',
    async (changes) => {
      await answers.dismiss(changes, context.actor, reminder, delivery, momentOf(context));
      return null;
    },
    () => ({ key: 'action-reminder-leave-out', args: { title: toldTitle(name) } }),
  );
  const { nextDue: at } = await reading.find(context.tx, context.actor, reminder.id);
  const key = at === null ? 'reminder-left-out' : 'reminder-left-out-next';
  const view = outcomeView(readerOf(context), key, { title: name, at }, actionId);
  await show({ ...view, shows: { role: 'card', entity: 'reminder', entityId: reminder.id } });
}

/** A card's small changes. */
export type Setting = 'pause' | 'resume' | 'skip' | 'mute' | 'unmute' | 'late-send' | 'late-skip' | 'delete';

/** Applies one and shows the outcome. `until`: the last silent day's morrow for a pause. */
export async function set(
  context: Context,
  reminder: Authorized<Reminder>,
  what: Setting,
  show: Show,
  until: string | null = null,
): Promise<void> {
  const name = await title(context, reminder);
  const { actionId, result } = await context.perform(
    `reminder.${what}`,
    (changes) => applied(context, changes, reminder, what, until),
    () => ({ key: `action-reminder-${what}`, args: { title: toldTitle(name) } }),
  );
  const view = outcomeView(readerOf(context), outcomeKey(what, result), { title: name, at: result }, actionId);
  await show(
    what === 'delete' ? view : { ...view, shows: { role: 'card', entity: 'reminder', entityId: reminder.id } },
  );
}

function outcomeKey(what: Setting, at: number | null): string {
  return what === 'skip' && at === null
    ? 'reminder-set-skip-last'
    : what === 'pause' && at === null
      ? 'reminder-set-pause-open'
      : `reminder-set-${what}`;
}

/** Applies a change; returns the next occurrence (epoch ms) where there is one to tell. */
async function applied(
  context: Context,
  changes: Changes,
  reminder: Authorized<Reminder>,
  what: Setting,
  until: string | null,
): Promise<number | null> {
  const { actor } = context;
  const at = momentOf(context);
  switch (what) {
    case 'pause':
      await service.pause(changes, actor, reminder, until, at);
      break;
    case 'resume':
      await service.resume(changes, actor, reminder, at);
      break;
    case 'skip':
      return (await service.skipNext(changes, actor, reminder, at)).next;
    case 'mute':
    case 'unmute':
      await service.mute(changes, actor, reminder, what === 'mute');
      return null;
    case 'late-send':
    case 'late-skip':
      await service.setLatePolicy(changes, actor, reminder, what === 'late-skip' ? 'skip' : 'send');
      return null;
    case 'delete':
      await service.remove(changes, actor, reminder, at);
      return null;
  }
  return (await reading.find(changes.tx, actor, reminder.id)).nextDue;
}

/** The card of a reminder; `all` with every change that can be made. */
export async function card(context: Context, id: ReminderId, all: boolean, show: Show): Promise<void> {
  const shown = await reading.find(context.tx, context.actor, id);
  await show(cardView(readerOf(context), shown, reading.upcoming(shown, UPCOMING, context.now), all));
}

/** Gives a reminder other words and shows it. */
export async function renameReminder(
  context: Context,
  id: ReminderId,
  text: string,
  show: (view: View) => Promise<void> = context.answer,
): Promise<void> {
  const reminder = await authorize(context.tx, context.actor, 'reminder', id);
  const { actionId } = await context.perform(
    'reminder.text',
    async (changes) => {
      await service.retext(changes, context.actor, reminder, text);
      return null;
    },
    () => ({ key: 'action-reminder-text', args: { title: toldTitle(text) } }),
  );
  await show(await echo(context, id, actionId));
}

/** The answer to the question whether another time is for the next one or for all that follow. `kept`: the time, as the question keeps it. */
export async function retimeScope(
  context: Context,
  reminder: Authorized<Reminder>,
  scope: 'one' | 'all',
  kept: unknown,
): Promise<void> {
  const timing = keptTiming.parse(JSON.parse(String(kept)));
  const shown = await reading.find(context.tx, context.actor, reminder.id);
  const all = scope === 'one' ? null : following(shown, timing, context.actor.person.timezone);
  // The series went on or ended since it was asked.
  if (scope === 'all' ? all === null : !isForOne(shown, timing)) throw new UserError('error-old-button');
  await retimeTo(context, reminder, all ?? timing, scope === 'one', context.replace);
}
