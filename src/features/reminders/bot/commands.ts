/** The commands of reminders, the older names among them. */
import { type Authorized, authorize, authorizeNumber } from '../../../access/authorize.ts';
import { type Capture, parse, readOrder } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { ReminderId } from '../../../core/ids.ts';
import { deliveriesOf } from '../../../outbox/ledger.ts';
import type { Reminder } from '../../../storage/rows.ts';
import type { Command, CommandCall, Context } from '../../../telegram/feature.ts';
import { numbersIn } from '../../tasks/index.ts';
import { unanswered } from '../answers.ts';
import { movedOf } from '../moved.ts';
import * as reading from '../reading.ts';
import { listView, skipButtons } from '../views/list.ts';
import { readerOf } from '../views/reader.ts';
import { statisticsView, TOLD, whyView } from '../views/why.ts';
import { card, type RemindersDeps, type SeriesOfTasks, set, snooze } from './acting.ts';
import { askWhich, chooseReminder, deleteReminders } from './asked.ts';
import { dayOf, pauseAllNamed, RESUME } from './everything.ts';
import { remindAs, remindCommand } from './making.ts';
import { notTaken, quotedReminder, timeWords } from './words.ts';

/** Days the figures look back. */
const FIGURES_DAYS = 30;
const FIGURES = /^(?:stats?|statistics|figures|статистика|цифры)$/iu;
const CHOICES = 6;

/** Shows a page (from 0) of the list, below the question which one of them is meant. */
export async function showList(
  context: Context,
  page: number,
  show = context.answer,
  question: string | null = null,
): Promise<void> {
  let at = Math.max(0, page);
  let found = await reading.list(context.tx, context.actor, at);
  // The last page may have gone with what stood on it.
  if (found.rows.length === 0 && at > 0) {
    found = await reading.list(context.tx, context.actor, 0);
    at = 0;
  }
  const view = listView(readerOf(context), found.rows, found.total, at);
  const asked = question !== null && found.total > 0;
  await show(asked ? { ...view, lines: [[question], [], ...view.lines] } : view);
}

/** Shows how reminders went in the last weeks. */
export async function showFigures(context: Context, show = context.answer): Promise<void> {
  const figures = await reading.statistics(context.tx, context.actor, null, FIGURES_DAYS, context.now);
  const moved = await movedOf(context.tx, context.actor, context.now);
  await show(statisticsView(readerOf(context), figures, FIGURES_DAYS, moved));
}

/** Shows what became of a reminder's newest occurrences. Throws NotFound. */
export async function showWhy(context: Context, id: ReminderId, show = context.answer): Promise<void> {
  const shown = await reading.find(context.tx, context.actor, id);
  await show(whyView(readerOf(context), shown, await deliveriesOf(context.tx, id, TOLD)));
}

interface Named {
  readonly reminder: Authorized<Reminder>;
  /** the words behind the item */
  readonly rest: string;
}

/**
 * The reminder a command is about: by number (a task's number means its one reminder), by replying to its message, or by words. Null
 * when the answer is a question or a list already. `over`: one that is done is meant as well, where no other is called so. Throws NotFound and UserError 'error-no-match'.
 */
async function named(
  context: Context,
  command: string,
  rest: string,
  wordsNameIt: boolean,
  over = false,
): Promise<Named | null> {
  const numbered = /^#?(\d{1,9})(?:\s+([\s\S]*))?$/.exec(rest);
  if (numbered !== null) {
    const found = await authorizeNumber(context.tx, context.actor, Number(numbered[1]));
    const after = numbered[2] ?? '';
    if ('reminder' in found) return { reminder: found.reminder, rest: after };
    return oneOf(context, await reading.ofTask(context.tx, context.actor, found.task), `#${numbered[1]}`, after);
  }
  const subject = context.inbound.repliesTo?.subject;
  if (subject?.entity === 'reminder' && subject.entityId !== null) {
    return { reminder: await authorize(context.tx, context.actor, 'reminder', subject.entityId as ReminderId), rest };
  }
  if (rest === '' || !wordsNameIt) {
    await askWhich(context, command);
    await showList(context, 0, context.answer, context.t.text('reminders-name-one'));
    return null;
  }
  const live = await reading.findByWords(context.tx, context.actor, rest, CHOICES);
  const found = live.length === 0 && over ? await reading.findOverByWords(context.tx, context.actor, rest) : live;
  return oneOf(context, found, rest, '');
}

async function oneOf(
  context: Context,
  found: ReadonlyArray<Authorized<Reminder>>,
  words: string,
  rest: string,
): Promise<Named | null> {
  const [only, ...others] = found;
  const number = /^#(\d+)$/.exec(words)?.[1];
  if (only === undefined && number !== undefined) throw new UserError('reminders-none-of-task', { number });
  if (only === undefined) throw new UserError('error-no-match', { words });
  if (others.length === 0) return { reminder: only, rest };
  await chooseReminder(context, found.slice(0, CHOICES), words);
  return null;
}

/** `/remind`, and LarryBot2's two commands for it with the arguments they had there. */
async function remind(context: Context, tasks: TasksOfCommands, { typed, rest }: CommandCall): Promise<void> {
  if (typed === 'remind') return remindCommand(context, rest, tasks.add);
  // "/reminder_quick 12 30": bare minutes.
  const minutes = typed === 'reminder_quick' ? rest.replace(/^([#№]?\d{1,9}\s+\d{1,5})$/u, '$1 min') : rest;
  const quoted = quotedReminder(minutes, context.capture);
  if (quoted === null) return remindCommand(context, minutes, tasks.add);
  await remindAs(context, quoted, null);
}

async function snoozeCommand(context: Context, rest: string): Promise<void> {
  const replied = context.inbound.repliesTo?.subject?.entity === 'reminder';
  if (rest !== '' && !replied && !/^#?\d/.test(rest)) {
    const capture = parse(`snooze ${rest}`, context.capture);
    const nobody = () => Promise.reject(new UserError('error-no-match', { words: rest }));
    if (capture.intent === 'snooze' && capture.target !== null) return snoozeFrom(context, capture, nobody);
  }
  const item = await named(context, 'snooze', rest, false);
  if (item === null) return;
  if (item.rest === '') return card(context, item.reminder.id, false, context.answer);
  // "/reminder_snooze 12 30": bare minutes.
  const words = /^\d{1,5}$/.test(item.rest) ? `${item.rest} min` : item.rest;
  const time = timeWords(words, context.capture);
  if (time.kind !== 'timing') throw notTaken(item.rest, time, context.now);
  const delivery = await unanswered(context.tx, item.reminder);
  await snooze(context, item.reminder, delivery, time.at, context.answer);
}

/**
 * Free text: "snooze #12 2h", "snooze stretch until tomorrow"; without a time the card offers some. What has no reminder is a task to be
 * put off: `postpone` does that.
 */
export async function snoozeFrom(context: Context, capture: Capture, postpone: Postpone): Promise<void> {
  const { target, reading } = capture;
  if (target !== null && !(await hasReminder(context, target))) return postpone(context, capture);
  const item = await named(context, 'snooze', target?.number ? `#${target.number}` : (target?.words ?? ''), true);
  if (item === null) return;
  if (reading === null) return card(context, item.reminder.id, false, context.answer);
  await snooze(context, item.reminder, await unanswered(context.tx, item.reminder), reading.remind.at, context.answer);
}

/** Puts off the task a capture names. */
export type Postpone = (context: Context, capture: Capture) => Promise<void>;

/** Whether a reminder is meant: one of that number or of the task with it, one replied to, or one with these words. */
async function hasReminder(context: Context, target: NonNullable<Capture['target']>): Promise<boolean> {
  const { tx, actor, inbound } = context;
  if (target.number !== null) {
    const item = await authorizeNumber(tx, actor, target.number);
    return 'reminder' in item || (await reading.ofTask(tx, actor, item.task)).length > 0;
  }
  if (inbound.repliesTo?.subject?.entity === 'reminder' || target.words === '') return true;
  return (await reading.findByWords(tx, actor, target.words, 1)).length > 0;
}

async function remindersCommand(context: Context, call: CommandCall): Promise<void> {
  const { typed, rest } = call;
  if (typed === 'reminder_stats' || FIGURES.test(rest)) return showFigures(context);
  if (typed === 'reminder_snooze') return snoozeCommand(context, rest);
  if (typed === 'delreminder') return deleteCommand(context, typed, rest);
  if (rest === '') return showList(context, 0);
  const item = await named(context, 'reminders', rest, true);
  if (item !== null) await card(context, item.reminder.id, false, context.answer);
}

async function deleteCommand(context: Context, typed: string, rest: string): Promise<void> {
  const numbers = numbersIn(rest);
  const items = new Map<ReminderId, Authorized<Reminder>>();
  for (const words of numbers.length > 1 ? numbers.map(String) : [rest]) {
    const item = await named(context, typed, words, true);
    if (item === null) return;
    items.set(item.reminder.id, item.reminder);
  }
  await deleteReminders(context, [...items.values()]);
}

/** "stretch until friday", "stretch for 2 weeks", "stretch off": a title with what is said of its pause. */
const BEHIND_TITLE =
  /^(?!#?\d)(.+?)\s+((?:until|till|до)\s.+|for\s+(?:\d+|an?|one|two|three)\s.+|на\s+(?:\d+\s.+|(?:(?:две|три|пару)\s+)?недел[юи]|месяц)|off|resume|снять)$/iu;
async function pauseCommand(context: Context, tasks: TasksOfCommands, rest: string): Promise<void> {
  const { series } = tasks;
  if (await pauseAllNamed(context, tasks.everything, rest)) return;
  const [, title = rest, until = ''] = BEHIND_TITLE.exec(rest) ?? [];
  const repeating = await series.named(context, title);
  if (repeating !== null) {
    const words = until === '' ? repeating.rest : until;
    if (RESUME.test(words)) return series.resume(context, repeating.task);
    return series.pause(context, repeating.task, dayOf(context, words));
  }
  const found = await named(context, 'pause', title, true);
  if (found === null) return;
  const item = until === '' ? found : { ...found, rest: until };
  if (RESUME.test(item.rest)) return set(context, item.reminder, 'resume', context.answer);
  await set(context, item.reminder, 'pause', context.answer, dayOf(context, item.rest));
}

async function skipCommand(context: Context, series: SeriesOfTasks, rest: string): Promise<void> {
  const repeating = await series.named(context, rest);
  if (repeating !== null) return series.skip(context, repeating.task);
  if (rest === '' && !context.inbound.repliesTo?.subject) {
    const { rows } = await reading.list(context.tx, context.actor, 0);
    await askWhich(context, 'skip');
    if (await series.askWhichSkipped(context, skipButtons(rows))) return;
    if (rows.length === 0) throw new UserError('reminders-nothing-repeats');
  }
  const item = await named(context, 'skip', rest, true);
  if (item !== null) await set(context, item.reminder, 'skip', context.answer);
}

async function whyCommand(context: Context, rest: string): Promise<void> {
  const item = await named(context, 'why', rest, true, true);
  if (item !== null) await showWhy(context, item.reminder.id);
}

/** "why didn't you remind me about the call": what became of that reminder; a task of that name may just have none. False for other words. */
export async function saidWhy(context: Context, deps: Pick<RemindersDeps, 'tasks'>, text: string): Promise<boolean> {
  const order = readOrder(text);
  if (order?.kind !== 'why') return false;
  const { number } = order;
  const words = order.words.replace(/^(?:the|my|a|an)\s+/iu, '');
  if (number === null && words === '' && context.inbound.repliesTo?.subject?.entity !== 'reminder') {
    await whyCommand(context, '');
    return true;
  }
  if (number === null && words !== '' && !(await isKnown(context, words))) {
    const task = await deps.tasks.openTask(context, words);
    if (task !== null) throw new UserError('reminders-none-of-task', { number: task.number });
  }
  await whyCommand(context, number === null ? words : `#${number}`);
  return true;
}

async function isKnown({ tx, actor }: Context, words: string): Promise<boolean> {
  const live = await reading.findByWords(tx, actor, words, 1);
  return live.length > 0 || (await reading.findOverByWords(tx, actor, words)).length > 0;
}

const shared = { topic: 'reminders', scope: 'everyone' } as const;

/** What of tasks the commands serve too. */
type TasksOfCommands = Pick<RemindersDeps['tasks'], 'series' | 'everything' | 'add'>;

/** The commands. */
export const commands = (tasks: TasksOfCommands): readonly Command[] => [
  {
    ...shared,
    name: 'remind',
    aliases: ['addreminder', 'reminder_quick'],
    usage: '<words and time>',
    menu: true,
    run: (context, call) => remind(context, tasks, call),
  },
  {
    ...shared,
    name: 'reminders',
    aliases: ['delreminder', 'reminder_stats', 'reminder_snooze'],
    usage: '[n or stats]',
    menu: true,
    run: remindersCommand,
  },
  {
    ...shared,
    name: 'snooze',
    usage: '[n] [time]',
    menu: true,
    run: (context, { rest }) => snoozeCommand(context, rest),
  },
  {
    ...shared,
    name: 'skip',
    usage: '[n]',
    menu: false,
    run: (context, { rest }) => skipCommand(context, tasks.series, rest),
  },
  {
    ...shared,
    name: 'pause',
    usage: '[n or all] [until]',
    menu: true,
    run: (context, { rest }) => pauseCommand(context, tasks, rest),
  },
  {
    ...shared,
    name: 'why',
    usage: '[n]',
    menu: true,
    run: (context, { rest }) => whyCommand(context, rest),
  },
];
