/** Everything paused and resumed from the chat: '/pause all until monday', its buttons, and what is said of it in plain words. */
import { addDays, toDayNumber, weekdayOf } from '../../../core/days.ts';
import { today, wallClock } from '../../../core/zones.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { View } from '../../../telegram/view.ts';
import { type EverythingOfTasks, pauseAll, resumeAll } from '../everything.ts';
import { choosePauseView, pausedView, resumedView } from '../views/everything.ts';
import { readerOf } from '../views/reader.ts';
import { momentOf } from './making.ts';
import { notTaken, timeWords } from './words.ts';

const ALL = /^(?:all|everything|все|всё)(?:\s+([\s\S]+))?$/iu;
export const RESUME = /^(?:off|end|stop|resume|снять|сними|выкл(?:ючи(?:ть)?)?|нет|стоп|хватит)$/iu;

/** The day a pause ends ('YYYY-MM-DD'); null for none named. */
export function dayOf(context: Context, words: string): string | null {
  const trimmed = words.replace(/^(?:until|till|до)\s+/iu, '').trim();
  if (trimmed === '') return null;
  const time = timeWords(trimmed, context.capture);
  if (time.kind !== 'timing') throw notTaken(trimmed, time, context.now);
  return wallClock(time.at, context.actor.person.timezone).day;
}

type Show = (view: View) => Promise<void>;

/** '/pause all …', or '/pause' alone, which asks what. False: something else is named. */
export async function pauseAllNamed(context: Context, tasks: EverythingOfTasks, rest: string): Promise<boolean> {
  const words = ALL.exec(rest)?.[1] ?? '';
  if (!ALL.test(rest)) {
    const replied = context.inbound.repliesTo?.subject?.entity;
    if (replied === 'reminder' || replied === 'task') return false;
    // "/pause off" names nothing else that could go on.
    if (RESUME.test(rest)) {
      await end(context, tasks, context.answer);
      return true;
    }
    if (rest !== '') return false;
    await context.answer(choosePauseView(readerOf(context), context.actor.person));
  } else if (RESUME.test(words.trim())) await end(context, tasks, context.answer);
  else await begin(context, tasks, dayOf(context, words), context.answer);
  return true;
}

/** A button: everything rests for so long, or goes on. */
export async function pressed(
  context: Context,
  tasks: EverythingOfTasks,
  what: 'tomorrow' | 'monday' | 'week' | 'open' | 'end',
): Promise<void> {
  const day = today(context.now, context.actor.person.timezone);
  switch (what) {
    case 'end':
      return end(context, tasks, context.replace);
    case 'open':
      return begin(context, tasks, null, context.replace);
    case 'tomorrow':
      return begin(context, tasks, addDays(day, 1), context.replace);
    case 'monday':
      return begin(context, tasks, addDays(day, 8 - weekdayOf(toDayNumber(day))), context.replace);
    case 'week':
      return begin(context, tasks, addDays(day, 7), context.replace);
  }
}

async function begin(context: Context, tasks: EverythingOfTasks, until: string | null, show: Show): Promise<void> {
  const { actionId, result } = await context.perform(
    'reminder.pause-all',
    (changes) => pauseAll(changes, context.actor, until, tasks, momentOf(context)),
    () => ({ key: 'action-reminder-pause-all', args: {} }),
  );
  await show(pausedView(readerOf(context), until, result, actionId));
}

async function end(context: Context, tasks: EverythingOfTasks, show: Show): Promise<void> {
  const { actionId, result } = await context.perform(
    'reminder.resume-all',
    (changes) => resumeAll(changes, context.actor, tasks, momentOf(context)),
    () => ({ key: 'action-reminder-resume-all', args: {} }),
  );
  await show(resumedView(readerOf(context), result, actionId));
}

const PAUSE_SAID =
  /^(?:please\s+)?(?:pause|hold|mute)\s+(?:all(?:\s+(?:my\s+)?reminders)?|everything)(?:\s+((?:until|till|for)\s.+))?$/iu;
const PAUSE_SAID_RU =
  /^(?:поставь(?:те)?\s+(?:всё|все(?:\s+напоминания)?)\s+на\s+паузу|приостанови(?:те)?\s+(?:всё|все(?:\s+напоминания)?)|пауза\s+на\s+всё)(?:\s+((?:до|на)\s.+))?$/iu;
const RESUME_SAID =
  /^(?:(?:please\s+)?(?:resume|unpause)\s+(?:all(?:\s+(?:my\s+)?reminders)?|everything)|end\s+the\s+pause|сними(?:те)?\s+(?:паузу\s+со\s+всего|(?:общую\s+)?паузу)|возобнови(?:те)?\s+(?:всё|все(?:\s+напоминания)?)|я\s+вернул(?:ся|ась))$/iu;

/** "pause everything until monday", «поставь всё на паузу до понедельника», "end the pause". False for other words. */
export async function saidPause(context: Context, tasks: EverythingOfTasks, text: string): Promise<boolean> {
  const words = text.trim().replace(/[.!]+$/u, '');
  if (RESUME_SAID.test(words)) {
    await end(context, tasks, context.answer);
    return true;
  }
  const said = PAUSE_SAID.exec(words) ?? PAUSE_SAID_RU.exec(words);
  if (said === null) return false;
  const until = (said[1] ?? '').replace(/^for\s+/iu, 'in ').replace(/^на\s+/iu, 'через ');
  await begin(context, tasks, dayOf(context, until), context.answer);
  return true;
}
