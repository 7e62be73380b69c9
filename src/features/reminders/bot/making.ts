/** Making and retiming reminders from words: free text, /remind, answers to a question, readings chosen by a button. */
import { type Authorized, authorize, authorizeNumber } from '../../../access/authorize.ts';
import { type Capture, parse } from '../../../capture/index.ts';
import { NotFound } from '../../../core/errors.ts';
import type { ActionId, ReminderId, TaskId } from '../../../core/ids.ts';
import { addLink } from '../../../outbox/outbox.ts';
import type { Reminder, Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { View } from '../../../telegram/view.ts';
import { findByWords } from '../../tasks/index.ts';
import type { Nag } from '../insistence.ts';
import * as reading from '../reading.ts';
import type { Moment } from '../schedule/planning.ts';
import { following, isForOne, moveNext } from '../schedule/retiming.ts';
import type { Timing } from '../schedule/wanted.ts';
import * as service from '../service.ts';
import { echoView } from '../views/card.ts';
import { type Asked, readingsView, scopeView, timeQuestionView } from '../views/questions.ts';
import { readerOf, titleOf, toldTitle, when } from '../views/reader.ts';
import { takeLeads } from './leads.ts';
import { beforeItem, minutesBefore, nagAsked, nagIn, remindWords, timeWords, timingOf } from './words.ts';

/** Instants shown of a series: the next one and those after it. */
export const UPCOMING = 5;

/** The update's instant, and the way to wake the firing loop from it. */
export function momentOf(context: Context): Moment {
  return { now: context.now, wake: context.wakeDeliveries };
}

/** The task a question was about, if it is still there. */
export async function taskOf(context: Context, id: number | null): Promise<Authorized<Task> | null> {
  return id === null ? null : authorize(context.tx, context.actor, 'task', id as TaskId);
}

/** The echo of a reminder as it stands now. */
export async function echo(context: Context, id: ReminderId, action: ActionId): Promise<View> {
  const shown = await reading.find(context.tx, context.actor, id);
  return echoView(readerOf(context), shown, reading.upcoming(shown, UPCOMING, context.now), action);
}

/** Makes the reminder and shows what was understood. `show` answers or replaces the question. */
export async function makeReminder(
  context: Context,
  wanted: service.NewReminder,
  show: (view: View) => Promise<void> = context.answer,
): Promise<void> {
  const title = titleOf({ text: wanted.text, taskTitle: wanted.task?.title ?? '' });
  const { actionId, result } = await context.perform(
    'reminder.create',
    async (changes) => {
      const { id } = await service.create(changes, context.actor, wanted, momentOf(context));
      return { id };
    },
    () => ({ key: 'action-reminder-create', args: { title: toldTitle(title) } }),
  );
  await context.flow.end();
  // An edit of the person's own message changes the reminder made from it.
  if (context.inbound.pressed === null && context.inbound.text !== '') {
    const link = { role: 'source', entity: 'reminder', entityId: result.id } as const;
    addLink(context.tx, context.botId, context.inbound.chatId, context.inbound.messageId, link, context.now);
  }
  await show(await echo(context, result.id, actionId));
}

/** Gives a reminder another time and shows what was understood; of a series it is asked whether only the next one is meant. */
export async function retimeReminder(
  context: Context,
  reminder: Authorized<Reminder>,
  timing: Timing,
  show: (view: View) => Promise<void> = context.answer,
): Promise<void> {
  const shown = await reading.find(context.tx, context.actor, reminder.id);
  if (!isForOne(shown, timing)) return retimeTo(context, reminder, timing, false, show);
  await context.flow.end();
  await show(
    scopeView(readerOf(context), shown, timing, following(shown, timing, context.actor.person.timezone) !== null),
  );
}

/** The same without a question: the reminder, or of a series the next one alone. */
export async function retimeTo(
  context: Context,
  reminder: Authorized<Reminder>,
  timing: Timing,
  nextOnly: boolean,
  show: (view: View) => Promise<void>,
): Promise<void> {
  const { actor } = context;
  const task = await taskOf(context, reminder.taskId);
  const at = momentOf(context);
  const { actionId, result } = await context.perform(
    'reminder.time',
    async (changes) => {
      if (nextOnly) return { id: await moveNext(changes, actor, reminder, timing, task, at) };
      await service.retime(changes, actor, reminder, timing, task, at);
      return { id: reminder.id };
    },
    () => ({
      key: 'action-reminder-time',
      args: { title: toldTitle(titleOf({ text: reminder.text, taskTitle: task?.title ?? '' })) },
    }),
  );
  await context.flow.end();
  await show(await echo(context, result.id, actionId));
}

/** Asks for the time of `about`, and takes the next plain message for it. */
async function askTime(context: Context, about: Asked, refused: Capture['refused'], doubt: string): Promise<void> {
  await context.flow.start('reminder.when', { ...about });
  await context.answer(timeQuestionView(readerOf(context), about, refused, doubt));
}

/** "30 min before call Bob": a reminder of that task. False where no task, or more than one, is called so. */
async function remindBefore(context: Context, words: string, nag: Nag | null): Promise<boolean> {
  const before = beforeItem(words);
  if (before === null) return false;
  const number = /^#?(\d{1,9})$/.exec(before.item)?.[1];
  let task: Authorized<Task> | null = null;
  if (number !== undefined) task = await numberedTask(context, Number(number));
  else {
    const found = await findByWords(context.tx, context.actor, before.item);
    if (found.kind === 'one') task = found.task;
  }
  if (task === null) return false;
  await makeReminder(context, { text: '', timing: { kind: 'relative', minutes: before.minutes }, task, nag });
  return true;
}

/** Free text the grammar took for a reminder. */
export async function remindFrom(context: Context, capture: Capture): Promise<void> {
  // "… nag 10m x5" is read apart: its length is no time to come at.
  const said = nagIn(context.inbound.text);
  if (said === null) return remindAs(context, capture, null);
  const again = parse(said.words, context.capture);
  const asked = again.intent === 'remind' ? again : parse(remindWords(said.words, context.capture), context.capture);
  await remindAs(context, asked, said.nag);
}

export async function remindAs(context: Context, capture: Capture, nag: Nag | null): Promise<void> {
  if (capture.reading === null && (await remindBefore(context, capture.title, nag))) return;
  const number = /^#(\d{1,9})$/.exec(capture.title.trim())?.[1];
  const task = number === undefined ? null : await numberedTask(context, Number(number));
  const title = task === null ? capture.title : task.title;
  const text = task === null ? capture.title : '';
  const urgent = capture.priority === 'urgent';
  const insistence = { nagMinutes: nag?.minutes ?? null, nagTimes: nag?.times ?? null, urgent: urgent ? 1 : 0 };
  const about: Asked = { title: title.trim(), task: task?.id ?? null, reminder: null, ...insistence };
  if (capture.reading !== null && title.trim() !== '') {
    return makeReminder(context, {
      text: task === null ? capture.reading.title || text : '',
      timing: timingOf(capture.reading),
      task,
      nag,
      urgent,
    });
  }
  if (title.trim() === '') {
    // A time without words is kept until the words come.
    const timing = capture.reading === null ? null : timingOf(capture.reading);
    const kept = timing === null ? null : JSON.stringify([timing]);
    await context.flow.start('reminder.what', { timing: kept, ...insistence });
    const { t } = context;
    return context.answer({
      lines:
        capture.reading === null
          ? [[t.text('reminder-ask-what')], [t.text('reminder-ask-what-hint')]]
          : [t.spans('reminder-ask-what-at', { when: when(readerOf(context), capture.reading.remind.at, 'card') })],
    });
  }
  const ahead = capture.readings.filter((reading) => reading.recurrence !== null || reading.remind.at > context.now);
  if (ahead.length > 0) return context.answer(readingsView(readerOf(context), capture.doubt, ahead, about));
  const [past] = capture.readings;
  // What can only be meant of the past is said so, rather than offered.
  if (past !== undefined) return askTime(context, { ...about, title: past.title || title }, 'past', capture.doubt);
  await askTime(context, about, capture.refused, capture.doubt);
}

/** Makes a task of words that say when it is due and how long before that to remind of it. */
export type AddTask = (context: Context, capture: Capture) => Promise<void>;

async function numberedTask(context: Context, number: number): Promise<Authorized<Task> | null> {
  const found = await numberedItem(context, number);
  return found !== null && 'task' in found ? found.task : null;
}

async function numberedItem(
  context: Context,
  number: number,
): Promise<Awaited<ReturnType<typeof authorizeNumber>> | null> {
  try {
    return await authorizeNumber(context.tx, context.actor, number);
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

/**
 * '/remind' and its older names: words with a time, or an item's number with one ("12 2026-03-10 09:00", "12 30 min before"): a task gets
 * a reminder, a reminder another time. Throws NotFound when a number with a time names nothing.
 */
export async function remindCommand(context: Context, rest: string, add: AddTask): Promise<void> {
  const replied = context.inbound.repliesTo?.subject;
  const [, number, typed = ''] = /^#?(\d{1,9})(?:\s+([\s\S]+))?$/.exec(rest) ?? [];
  // '/addreminder 12 "2026-03-10 09:00"'
  const words = /^["„“«]([^"„“”»]+)["“”»]$/u.exec(typed)?.[1] ?? typed;
  if (number !== undefined) {
    const item = await numberedItem(context, Number(number));
    if (item !== null && 'task' in item && (await remindOfTask(context, item.task, words))) return;
    const timed = words === '' || minutesBefore(words) !== null || timeWords(words, context.capture).kind !== 'none';
    if (timed && item !== null && 'reminder' in item) return retimeByWords(context, item.reminder, words);
    if (timed && item === null) throw new NotFound('item', `#${number}`);
  } else if (replied?.entity === 'task') {
    const task = await taskOf(context, replied.entityId);
    if (task !== null && (await remindOfTask(context, task, rest))) return;
  }
  // Taken as a reminder whatever the words are: "done with the report tomorrow" completes nothing. A time alone waits for its words.
  const said = nagIn(rest);
  const free = said?.words ?? rest;
  const capture = parse(remindWords(free, context.capture), context.capture);
  // "/remind dentist friday 9:30, 30 min before": something that is due then.
  if (capture.ahead.length > 0) return add(context, capture);
  await remindAs(context, capture, said?.nag ?? null);
}

/** Another time by words; without any, or with words that are none, it is asked for. */
export async function retimeByWords(context: Context, reminder: Authorized<Reminder>, words: string): Promise<void> {
  const title = titleOf(await reading.find(context.tx, context.actor, reminder.id));
  const about: Asked = { title, task: null, reminder: reminder.id };
  if (words === '' || !(await takeWords(context, about, words))) await askTime(context, about, null, '');
}

/** A reminder of a task by words for a time; false when the words are something else. */
async function remindOfTask(context: Context, task: Authorized<Task>, words: string): Promise<boolean> {
  const about: Asked = { title: task.title, task: task.id, reminder: null };
  if (words.trim() === '') await askTime(context, about, null, '');
  else if (!(await takeLeads(context, task, words))) return takeWords(context, about, words);
  return true;
}

/** The plain message after a question for a time. A word alone that is none is asked about; false: anything else is handled as any message. */
export async function answerTime(context: Context, about: Asked): Promise<boolean> {
  const words = context.inbound.text.trim();
  if (await takeWords(context, about, words)) return true;
  if (words === '' || /\s/.test(words)) return false;
  await askTime(context, about, 'impossible', words);
  return true;
}

/** Takes words for a time, or asks which is meant or for another; false when they are no time. */
export async function takeWords(context: Context, about: Asked, words: string): Promise<boolean> {
  const before = minutesBefore(words);
  if (before !== null) {
    await takeTiming(context, about, { kind: 'relative', minutes: before }, '');
    return true;
  }
  const time = timeWords(words, context.capture);
  switch (time.kind) {
    case 'timing':
      await takeTiming(context, about, time.timing, '');
      return true;
    case 'several': {
      const ahead = time.readings.filter((one) => one.recurrence !== null || one.remind.at > context.now);
      if (ahead.length === 0) await askTime(context, about, 'past', words);
      else await context.answer(readingsView(readerOf(context), words, ahead, about));
      return true;
    }
    case 'refused':
      await askTime(context, about, 'impossible', words);
      return true;
    case 'none':
      return false;
  }
}

/** A timing was chosen or written for what a question was about. `title` is the reading's own, where it has one. */
export async function takeTiming(
  context: Context,
  about: Asked,
  timing: Timing,
  title: string,
  show: (view: View) => Promise<void> = context.answer,
): Promise<void> {
  if (about.reminder !== null) {
    const reminder = await authorize(context.tx, context.actor, 'reminder', about.reminder as ReminderId);
    return retimeReminder(context, reminder, timing, show);
  }
  const task = await taskOf(context, about.task);
  const text = task === null ? title || about.title : '';
  const wanted = { text, timing, task, nag: nagAsked(about), urgent: about.urgent === 1 };
  await makeReminder(context, wanted, show);
}
