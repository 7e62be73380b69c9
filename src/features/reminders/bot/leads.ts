/** Several reminders of a task in one breath: "/remind 12 1 day and 1 hour before", «за день, за час». */
import type { Authorized } from '../../../access/authorize.ts';
import { authorize } from '../../../access/authorize.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { View } from '../../../telegram/view.ts';
import * as reading from '../reading.ts';
import type { Timing } from '../schedule/wanted.ts';
import { remindersOfTasks } from '../tasklink.ts';
import { severalView } from '../views/card.ts';
import { leadsView } from '../views/questions.ts';
import { readerOf, toldTitle } from '../views/reader.ts';
import { minutesBefore } from './words.ts';

/** The lengths in words, in minutes, as one reminder each; and what else the words may mean. Null where they name fewer than two. */
export interface Leads {
  readonly minutes: readonly number[];
  readonly or: 'nothing' | 'their sum' | 'from now';
}

const BEFORE = /\s+before(?:\s+(?:it|due|it is due|it's due|the due (?:date|time)))?$/iu;
const PARTS = /\s*[,;+&]\s*(?:and\s+|и\s+)?|\s+(?:and|и)\s+/iu;
const LENGTHS = /(\d{1,4}|an?|half an|пол)?\s*([a-zа-яё]+)/giu;

/** "1 day before and 1 hour before" and "за день, за час" are two; "1h 30m before" is one, "1d 1h" may be either. Pure. */
export function leadsIn(text: string): Leads | null {
  const words = text.trim().replace(/[.!]+$/u, '');
  // "1h 30m before" is an hour and a half.
  if (minutesBefore(words) !== null) return null;
  const ahead = BEFORE.test(words) || /^за\s/iu.test(words);
  const parts = words.split(PARTS).map((part) => part.replace(BEFORE, '').replace(/^за\s+/iu, ''));
  const each = parts.map((part) => lengthsIn(part));
  const minutes = each.flat();
  if (minutes.length < 2 || minutes.includes(null)) return null;
  const known = minutes.filter((one) => one !== null);
  // Every length says by itself that it is one: "1 day before, 1 hour before".
  const apart = (words.match(/\bbefore\b|(?<!\p{L})за(?!\p{L})/giu)?.length ?? 0) >= known.length;
  const falling = known.every(
    (one, at) => at === 0 || (one < (known[at - 1] ?? 0) && one < unitAbove(known[at - 1] ?? 0)),
  );
  if (ahead && (apart || !falling || /[,;+&]/u.test(words))) return { minutes: distinct(known), or: 'nothing' };
  // "1h 30m" is no question either: lengths from now are said so, and those before something begin with a day.
  if (!ahead && !/[,;+&]/u.test(words) && known.reduce((sum, one) => sum + one, 0) < 1440) return null;
  return { minutes: distinct(known), or: ahead ? 'their sum' : 'from now' };
}

const distinct = (minutes: readonly number[]): number[] => [...new Set(minutes)];

/** What a length is counted in: 90 minutes are no part of an hour. */
const unitAbove = (minutes: number): number => (minutes % 1440 === 0 ? 1440 : minutes % 60 === 0 ? 60 : 1);

function lengthsIn(part: string): Array<number | null> {
  if (part.replaceAll(LENGTHS, '').trim() !== '') return [null];
  return [...part.matchAll(LENGTHS)].map(
    ([one]) => minutesBefore(`${one.trim()} before`) ?? minutesBefore(`за ${one.trim()}`),
  );
}

/** Makes a reminder for each length, or asks what is meant. False: the words name fewer than two lengths. */
export async function takeLeads(context: Context, task: Authorized<Task>, words: string): Promise<boolean> {
  const leads = leadsIn(words);
  if (leads === null) return false;
  const sum = leads.minutes.reduce((one, other) => one + other, 0);
  if (leads.or === 'nothing') await makeLeads(context, task, leads.minutes, context.answer);
  else {
    if (leads.or === 'from now' && task.dueDate === null) return false;
    const other: Timing =
      leads.or === 'from now'
        ? { kind: 'instant', at: context.now + sum * 60_000 }
        : { kind: 'relative', minutes: sum };
    const about = { title: task.title, task: task.id, reminder: null };
    await context.answer(leadsView(readerOf(context), words, leads.minutes, other, about));
  }
  return true;
}

/** The button for a reminder each. Throws NotFound when the task is gone. */
export async function pickLeads(context: Context, task: number | null, minutes: readonly number[]): Promise<void> {
  if (task === null) throw new NotFound('task', 0);
  await makeLeads(
    context,
    await authorize(context.tx, context.actor, 'task', task as TaskId),
    minutes,
    context.replace,
  );
}

async function makeLeads(
  context: Context,
  task: Authorized<Task>,
  minutes: readonly number[],
  show: (view: View) => Promise<void>,
): Promise<void> {
  const { actor, now, tx } = context;
  const { actionId, result: late } = await context.perform(
    'reminder.create',
    (changes) => remindersOfTasks(context.wakeDeliveries).remindAhead(changes, actor, task, minutes, now),
    (tooLate) => ({
      key: 'action-reminder-create-several',
      args: { title: toldTitle(task.title), count: minutes.length - tooLate.length },
    }),
  );
  if (late.length === minutes.length) throw new UserError('reminder-error-past');
  await context.flow.end();
  const made = (await reading.ofTask(tx, actor, task)).filter((one) => minutes.includes(one.minutesBefore ?? -1));
  const shown = [];
  for (const one of made) shown.push(await reading.find(tx, actor, one.id));
  await show(severalView(readerOf(context), task.title, shown, late, actionId));
}
