/** What the words for tasks ("done 12", "delete stretch", "move it to friday") come to where they name a reminder. */
import { type Authorized, authorize } from '../../../access/authorize.ts';
import { parse, putOff } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import { wallClock } from '../../../core/zones.ts';
import type { Reminder } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { Span, View } from '../../../telegram/view.ts';
import { parseChoices } from '../../tasks/index.ts';
import { acknowledge, unanswered } from '../answers.ts';
import * as reading from '../reading.ts';
import { isSeries, morningOf } from '../schedule/timing.ts';
import type { Timing } from '../schedule/wanted.ts';
import * as service from '../service.ts';
import { nothingOpenView, outcomesView, outcomeView } from '../views/card.ts';
import { chooseView } from '../views/list.ts';
import { readerOf, titleOf } from '../views/reader.ts';
import { card, done, type RemindersDeps, renameReminder, type SeriesOfTasks, set } from './acting.ts';
import { momentOf, retimeByWords, retimeReminder } from './making.ts';

/** Reminders shown where several are called so. */
const CHOICES = 6;

/** Does to reminders what was asked of "12", "3 and 5" or of a title: done or deleted in one breath, they are taken back in one. */
export async function actOnReminders(
  context: Context,
  deps: RemindersDeps,
  reminders: ReadonlyArray<Authorized<Reminder>>,
  verb: string,
  argument: string,
): Promise<void> {
  if (reminders.length > 1 && verb === 'done') return doneSeveral(context, deps, reminders);
  if (verb === 'delete') return deleteReminders(context, reminders);
  for (const reminder of reminders) await actOnReminder(context, deps, reminder, verb, argument);
}

/** What makes no sense for a reminder shows its card. */
async function actOnReminder(
  context: Context,
  deps: RemindersDeps,
  reminder: Authorized<Reminder>,
  verb: string,
  argument: string,
): Promise<void> {
  switch (verb) {
    case 'done':
      return answered(context, deps, reminder);
    case 'due':
    case 'move':
      return retimed(context, reminder, verb === 'move' ? timingIn(context, reminder, argument) : null, argument);
    case 'edit':
      if (argument !== '') return renameReminder(context, reminder.id, argument, context.replace);
      return card(context, reminder.id, true, context.replace);
    default:
      return card(context, reminder.id, false, context.replace);
  }
}

/** The occurrence that waits for an answer is acknowledged, one that fires once is over; a series between two has nothing to answer. */
async function answered(context: Context, deps: RemindersDeps, reminder: Authorized<Reminder>): Promise<void> {
  if (reminder.status === 'done') throw new UserError('reminder-error-answered');
  const open = await unanswered(context.tx, reminder);
  if (open !== null || !isSeries(reminder)) return done(context, deps, reminder, open, context.replace);
  const shown = await reading.find(context.tx, context.actor, reminder.id);
  await context.replace(nothingOpenView(readerOf(context), shown));
}

/** Those with something to answer are done as one change; the others are told. */
async function doneSeveral(
  context: Context,
  deps: RemindersDeps,
  reminders: ReadonlyArray<Authorized<Reminder>>,
): Promise<void> {
  const { actor, t, tx } = context;
  const reader = readerOf(context);
  const lines: Array<View['lines'][number]> = [];
  const ready: Array<{ readonly reminder: Authorized<Reminder>; readonly title: string }> = [];
  for (const reminder of reminders) {
    const shown = await reading.find(tx, actor, reminder.id);
    const title = titleOf(shown);
    if (reminder.status === 'done') lines.push([t.text('reminder-done-before', { title })]);
    else if (isSeries(reminder) && (await unanswered(tx, reminder)) === null)
      lines.push(...nothingOpenView(reader, shown).lines);
    else ready.push({ reminder, title });
  }
  if (ready.length === 0) return context.replace({ lines });
  const { result, actionId } = await context.perform(
    'reminder.done',
    async (changes) => {
      const tasks = new Set<TaskId>();
      const nexts: Array<number | null> = [];
      for (const { reminder } of ready) {
        // As it is now: one of the same task may have gone with its task.
        const current = await authorize(changes.tx, actor, 'reminder', reminder.id);
        const delivery = await unanswered(changes.tx, current);
        const { taskId, next } = await acknowledge(changes, actor, current, delivery, deps.tasks, momentOf(context));
        if (taskId !== null) tasks.add(taskId);
        nexts.push(next);
      }
      return { tasks, nexts };
    },
    () => ({ key: 'action-reminder-done-several', args: { count: ready.length } }),
  );
  for (const [index, { title }] of ready.entries()) {
    const at = result.nexts[index] ?? null;
    lines.push(...outcomeView(reader, at === null ? 'reminder-done' : 'reminder-done-next', { title, at }, null).lines);
  }
  const after = new Map<string, readonly Span[]>();
  // "3 left today" is the same under each.
  for (const task of result.tasks)
    for (const line of (await deps.tasks.afterDone?.(context, task)) ?? []) after.set(JSON.stringify(line), line);
  await context.replace(outcomesView(t, [...lines, ...after.values()], actionId));
}

/** Deletes them as one change; what a series was put off as goes with it, named or not. */
export async function deleteReminders(context: Context, reminders: ReadonlyArray<Authorized<Reminder>>): Promise<void> {
  const [only, ...others] = reminders;
  if (only !== undefined && others.length === 0) return set(context, only, 'delete', context.replace);
  const { actor, t, tx } = context;
  const lines: Array<View['lines'][number]> = [];
  for (const { id } of reminders) {
    const title = titleOf(await reading.find(tx, actor, id));
    lines.push(...outcomeView(readerOf(context), 'reminder-set-delete', { title }, null).lines);
  }
  const { actionId } = await context.perform(
    'reminder.delete',
    async (changes) => {
      const gone = (id: number) => changes.written.some((one) => one.entity === 'reminders' && one.entityId === id);
      for (const reminder of reminders)
        if (!gone(reminder.id)) await service.remove(changes, actor, reminder, momentOf(context));
      return null;
    },
    () => ({ key: 'action-reminder-delete-several', args: { count: reminders.length } }),
  );
  await context.replace(outcomesView(t, lines, actionId));
}

async function retimed(
  context: Context,
  reminder: Authorized<Reminder>,
  timing: Timing | null,
  words: string,
): Promise<void> {
  if (timing !== null) return retimeReminder(context, reminder, timing, context.replace);
  // What tasks handed over are no words of the person.
  await retimeByWords(context, reminder, words.startsWith('[') ? '' : words);
}

/** The one timing meant by what tasks read, "by 2 days" from when it is planned; null when there are several or none. */
function timingIn(context: Context, reminder: Reminder, argument: string): Timing | null {
  const [only, ...others] = parseChoices(argument);
  if (only === undefined || others.length > 0) return null;
  const { timezone, dayParts } = context.actor.person;
  const [day = '', time = null] = isSeries(reminder) ? [] : (reminder.localAt?.split('T') ?? []);
  const today = wallClock(context.now, timezone).day;
  const moved = only.shift === undefined || day === '' ? null : putOff({ day, time }, only.shift, today);
  const wall = moved ?? only;
  // A day alone keeps the hour.
  const local = `${wall.day}T${wall.time ?? reminder.localAt?.slice(11, 16) ?? morningOf(dayParts)}`;
  return only.rrule === null
    ? { kind: 'wall', local }
    : { kind: 'series', start: local, rrule: only.rrule, basis: only.basis };
}

/** What is said around a name: "my stretch reminder", «напоминание про зарядку». */
const AROUND =
  /^(?:(?:the|my|a|an|мо[йюеё]|это)\s+)?(?:(?:reminder|напоминание)\s+)?(?:(?:to|for|about|про|об?|на)\s+)?|\s+reminder$/giu;

const folded = (text: string): string => ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;

/** Reminders with these words, a few at most. Whole words or their beginnings: "all" must never mean the one to call Bob. */
export async function remindersNamed(context: Context, words: string): Promise<Array<Authorized<Reminder>>> {
  const name = words.trim().replaceAll(AROUND, '').trim();
  const wanted = folded(name).trimEnd();
  if (wanted === '') return [];
  const found = await reading.findByWords(context.tx, context.actor, name, CHOICES * 4);
  const titles = await Promise.all(found.map((one) => reading.find(context.tx, context.actor, one.id)));
  return found
    .filter((_, index) => folded(titles.at(index)?.text || (titles.at(index)?.taskTitle ?? '')).includes(wanted))
    .slice(0, CHOICES);
}

/** Asks which of several reminders is meant; their cards have the buttons. */
export async function chooseReminder(
  context: Context,
  found: ReadonlyArray<Authorized<Reminder>>,
  words: string,
): Promise<void> {
  const shown = await Promise.all(found.map((one) => reading.find(context.tx, context.actor, one.id)));
  await context.replace(chooseView(readerOf(context), shown, words));
}

/** The next message may name the reminder that `command` is about, by its number or by words. */
export const askWhich = (context: Context, command: string): Promise<void> =>
  context.flow.start('reminder.which', { command });

/** The message after the question which one; false where it names none, and then nothing is asked any more. */
export async function saidWhich(context: Context, series: SeriesOfTasks, command: unknown): Promise<boolean> {
  await context.flow.end();
  const words = context.inbound.text.trim();
  if (typeof command !== 'string' || words === '') return false;
  // "stretch 2h": how long is no part of its name.
  const name = command === 'snooze' ? parse(`snooze ${words}`, context.capture).target?.words || words : words;
  const isKnown =
    /^#?\d{1,9}(?:\s|$)/.test(words) ||
    (await reading.findByWords(context.tx, context.actor, name, 1)).length > 0 ||
    (command === 'skip' && (await series.named(context, words)) !== null);
  if (isKnown) await context.handleText(`/${command} ${words}`);
  return isKnown;
}
