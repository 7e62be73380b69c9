/** Forwarded messages: somebody else's words become a task as they stand, with their source. They never ask for anything. */
import { type Capture, parse, verbatim } from '../../../capture/index.ts';
import { addDays } from '../../../core/days.ts';
import { wallClock } from '../../../core/zones.ts';
import type { Context, Forwarded } from '../../../telegram/feature.ts';
import { type AddOptions, addTask } from '../bot/add.ts';
import type { Room } from '../bot/chat.ts';
import { fileTitle } from '../files/capture.ts';

/** Days offered for a date somebody else wrote; none beyond a year: old messages speak of old days. */
const MOST_DAYS_AHEAD = 366;

/** "From Ada: https://t.me/news/5", as far as Telegram tells it. */
function sourceOf({ t }: Context, { name, link }: Forwarded): string {
  if (name === '' && link === null) return t.text('task-forwarded-unknown');
  if (link === null) return t.text('task-forwarded', { name });
  return name === '' ? link : t.text('task-forwarded-link', { name, link });
}

/** A date in the words, as it was meant when they were written: only offered, and only while it lies ahead. */
function datesIn(context: Context, words: string, at: number): Array<{ day: string; time: string | null }> {
  const { timezone } = context.actor.person;
  const capture = parse(words, { ...context.capture, now: at > 0 ? at : context.now });
  const readings = capture.reading === null ? capture.readings : [capture.reading];
  const today = wallClock(context.now, timezone).day;
  const last = addDays(today, MOST_DAYS_AHEAD);
  const ahead = readings.map(({ due }) => due).filter(({ day }) => day >= today && day <= last);
  return ahead.filter((one, index) => ahead.findIndex((due) => due.day === one.day && due.time === one.time) === index);
}

/** What a forwarded message is as a task: its first line is the title, unread; dates in it are offered as buttons. */
export function readForward(
  context: Context,
  forwarded: Forwarded,
): { capture: Capture } & { notes: string; alternatives: NonNullable<AddOptions['alternatives']> } {
  const { inbound, t } = context;
  const [first = '', ...rest] = inbound.text.trim().split(/\r?\n/);
  const nameless = forwarded.name === '' ? t.text('task-forward-title-unknown') : null;
  const title =
    first.trim() || fileTitle(context) || (nameless ?? t.text('task-forward-title', { name: forwarded.name }));
  const notes = [rest.join('\n').trim(), sourceOf(context, forwarded)].filter((part) => part !== '').join('\n\n');
  const alternatives = first.trim() === '' ? [] : datesIn(context, first, forwarded.at);
  return { capture: verbatim(title), notes, alternatives };
}

/** Makes a task of a forwarded message. */
export async function addForward(context: Context, room: Room): Promise<void> {
  const { forwarded } = context.inbound;
  if (forwarded === null) return;
  const { capture, ...options } = readForward(context, forwarded);
  await addTask(context, room, capture, options);
}
