/** What is said of a reminder: a time, a length before a due date, how often it insists, and what it is answered in a word. */
import { z } from 'zod';
import type { Capture, CaptureContext, Reading } from '../../../capture/index.ts';
import { parse, parseWhen, verbatim } from '../../../capture/index.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { UserError } from '../../../core/errors.ts';
import { MOST_NAGS, type Nag } from '../insistence.ts';
import type { Timing } from '../schedule/wanted.ts';

/** When a reminder with this reading fires. Exact words ("in 2 hours") mean the instant, all others the wall clock. */
export function timingOf(reading: Reading): Timing {
  const { day, time, at } = reading.remind;
  const { recurrence } = reading;
  if (recurrence !== null) {
    return { kind: 'series', start: `${day}T${time}`, rrule: recurrence.rrule, basis: recurrence.basis };
  }
  return reading.exact ? { kind: 'instant', at } : { kind: 'wall', local: `${day}T${time}` };
}

const timings = [
  z.object({ kind: z.literal('wall'), local: z.string() }),
  z.object({ kind: z.literal('instant'), at: z.number() }),
  z.object({
    kind: z.literal('series'),
    start: z.string(),
    rrule: z.string(),
    basis: z.enum(['schedule', 'completion']),
  }),
  z.object({ kind: z.literal('relative'), minutes: z.number() }),
] as const;

/** A timing kept until the words it belongs to come. */
export const keptTiming = z.discriminatedUnion('kind', timings);

/** Timings offered by a message, kept with it until one is chosen; `leads`: a reminder for each of these lengths before its task is due. */
export const offeredTimings = z.array(
  z.discriminatedUnion('kind', [...timings, z.object({ kind: z.literal('leads'), minutes: z.array(z.number()) })]),
);

const UNITS: ReadonlyArray<readonly [RegExp, number]> = [
  [/^(?:m|min|mins|minutes?|м|мин|минут[уы]?)$/u, 1],
  [/^(?:h|hr|hrs|hours?|ч|час|часа|часов)$/u, 60],
  [/^(?:d|days?|д|день|дня|дней)$/u, 1440],
  [/^(?:w|weeks?|нед|неделю|недели|недель)$/u, 10_080],
];

/** The due time itself. */
const WHEN_DUE =
  /^(?:(?:at|on)\s+(?:the\s+)?(?:due\s+(?:time|date)|time)|when\s+(?:it\s+is|it's|it\s+falls)?\s*due|в\s+(?:сам\s+)?срок|когда\s+(?:наступит|подойд[её]т|придёт)\s+срок|ко\s+времени)$/u;

const HOURS_MINUTES =
  /^(?=.*\bbefore\b|за\s)(?:за\s+)?(\d{1,3})\s*(?:h|hrs?|hours?|ч|час(?:а|ов)?)\s*(\d{1,2})\s*(?:m|mins?|minutes?|м|мин|минут[уы]?)(?:\s+before(?:\s+(?:it|due|it is due|it's due|the due (?:date|time)))?|\s+до(?:\s+(?:срока|него|неё|нее))?)?$/u;

/** "30 min before", "when it is due", "an hour before it is due", «за 30 минут»: minutes, or null when the words are nothing of the kind. */
export function minutesBefore(words: string): number | null {
  const text = words.trim().toLowerCase();
  if (WHEN_DUE.test(text)) return 0;
  // "1h 30m before": an hour and a half.
  const [, hours, beside] = HOURS_MINUTES.exec(text) ?? [];
  if (hours !== undefined) return Number(hours) * 60 + Number(beside);
  const english =
    /^(\d{1,4}|an?|half an)\s*([a-z]+)\s+before(?:\s+(?:it|due|it is due|it's due|the due (?:date|time)))?$/.exec(text);
  const russian = /^за\s+(?:(\d{1,4}|пол)\s*)?([а-я]+)(?:\s+до(?:\s+(?:срока|него|неё|нее))?)?$/u.exec(text);
  const [, amount = '', unit = ''] = english ?? russian ?? [];
  const minutes = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  if (minutes === undefined) return null;
  if (amount === 'half an' || amount === 'пол') return minutes / 2;
  const count = /^\d+$/.test(amount) ? Number(amount) : 1;
  return count * minutes;
}

/** "30 min before the call with Bob", «за час до созвона»: the length, and the words of what it is before; null for anything else. */
export function beforeItem(words: string): { readonly minutes: number; readonly item: string } | null {
  const [, length = '', item = ''] =
    /^(.{1,20}?\s+before)\s+(\S.*)$/isu.exec(words.trim()) ??
    /^(за\s.{1,20}?\s+до)\s+(\S.*)$/isu.exec(words.trim()) ??
    [];
  const minutes = minutesBefore(length);
  return minutes === null || item === '' ? null : { minutes, item };
}

/** What a bare expression of time comes to. */
export type TimeWords =
  | { readonly kind: 'timing'; readonly timing: Timing; readonly at: number }
  | { readonly kind: 'several'; readonly readings: readonly Reading[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'none' };

/** Reads "2h", "tomorrow 9", "every day at 9"; 'none' when the words are not (only) a time. */
export function timeWords(words: string, context: CaptureContext): TimeWords {
  const { reading, readings, refused } = parseWhen(words, context);
  if (reading !== null) return { kind: 'timing', timing: timingOf(reading), at: reading.remind.at };
  if (readings.length > 0) return { kind: 'several', readings };
  return { kind: refused === null ? 'none' : 'refused' };
}

/** Why words are no time that could be taken; thrown by who needs one. */
export function notTaken(words: string, time: TimeWords, now: EpochMs): UserError {
  if (time.kind !== 'several') return new UserError('error-date-not-read', { words });
  const ahead = time.readings.some((one) => one.recurrence !== null || one.remind.at > now);
  return new UserError(ahead ? 'error-date-unclear' : 'error-day-gone', { words });
}

/** The same for words to a message, where "move it to friday" says no more than "friday". */
export function saidTime(words: string, context: CaptureContext): TimeWords {
  const time = timeWords(words, context);
  if (time.kind !== 'none') return time;
  const { intent, target, reading } = parse(words, context);
  const moves = (intent === 'move' || intent === 'snooze') && target === null && reading !== null;
  return moves ? { kind: 'timing', timing: timingOf(reading), at: reading.remind.at } : time;
}

/** Words as they are said of a reminder; a time alone ("tomorrow 9") is no thing to do. */
export function remindWords(words: string, context: CaptureContext): string {
  if (words.trim() === '') return 'remind me';
  return timeWords(words, context).kind === 'none' ? `remind me to ${words}` : `remind me ${words}`;
}

/** What is said to a reminder's message beside times and orders. */
export const SAID = {
  /** it was seen */
  seen: /^(?:ok(?:ay)?|got it|on it|👍|ок(?:ей)?|хорошо|принято|понял[аи]?)\p{Emoji_Modifier}?[.!]*$/iu,
  /** it came at the wrong moment: its card offers times */
  later:
    /^(?:(?:a\s+(?:bit|little)\s+|maybe\s+)?later|not\s+now|snooze(?:\s+(?:it|this))?|remind\s+me\s+(?:again\s+)?later|(?:чуть\s+|может\s+|напомни\s+)?(?:по)?позже|потом|не\s+сейчас|отлож(?:и|ить)(?:те)?)[.!]*$/iu,
  /** no more of its series is heard */
  hush: /^(?:mute(?:\s+(?:it|this))?|stop(?:\s+(?:it|this))?|enough|без\s+звука|заглуши(?:те)?|хватит|стоп)[.!]*$/iu,
  /** the next one of its series is left out */
  skip: /^(?:skip(?:\s+(?:it|this|this one|this time|next|the next one))?|пропусти(?:ть|те)?(?:\s+(?:это|следующее|в этот раз))?)[.!]*$/iu,
  /** it is not wanted any more */
  neverMind:
    /^(?:cancel|dismiss|never\s*mind|forget(?:\s+about)?\s+it|no\s+need|не\s+надо|неважно|забудь|отмен(?:а|и|ить)(?:те)?)(?:\s+(?:it|this|это|его))?[.!]*$/iu,
} as const;

/** Courtesy behind such words. */
export const POLITE = /[\s,]+(?:please|pls|пожалуйста|плиз)[.!]*$/iu;

/** "nag 10m x5", «повторять каждые 10 мин 5 раз» behind the words of a reminder. */
const NAG_UNIT = '(m|min|mins|minutes?|h|hr|hrs|hours?|м|мин|минут[уы]?|ч|час|часа|часов)';
const TIMES = String.raw`(?:[\s,]+(?:up\s+to\s+|до\s+|x|х|×)?\s*(\d{1,3})\s*(?:x|х|×|times?|раза?)?)?`;
const NAG = new RegExp(
  String.raw`(?:^|[\s,;]+)(?:and\s+|и\s+)?(?:nag(?:\s+me)?|повторя(?:й|ть)|напоминай\s+снова)(?:\s+(?:every|each|кажды[ей]|каждую))?\s+(\d{1,4})?\s*${NAG_UNIT}${TIMES}\s*[.!]?$`,
  'iu',
);

/** Times where none were named. */
const USUAL_TIMES = 5;

/** The words without what they say of nagging, and that; null where they say nothing of it. */
export function nagIn(words: string): { readonly words: string; readonly nag: Nag } | null {
  const found = NAG.exec(words);
  if (found === null) return null;
  const [, count = '1', unit = '', times] = found;
  const minutes = Number(count) * (/^[hч]/iu.test(unit) ? 60 : 1);
  const nag = { minutes, times: Math.min(times === undefined ? USUAL_TIMES : Number(times), MOST_NAGS) };
  return nag.minutes < 1 || nag.times < 1 ? null : { words: words.slice(0, found.index).trim(), nag };
}

/** How often something asked about is to be said again; null: once. */
export function nagAsked({
  nagMinutes,
  nagTimes,
}: {
  readonly nagMinutes?: unknown;
  readonly nagTimes?: unknown;
}): Nag | null {
  return typeof nagMinutes === 'number' && typeof nagTimes === 'number'
    ? { minutes: nagMinutes, times: nagTimes }
    : null;
}

/** `"Team standup" 2026-07-03 09:00 work`, as LarryBot2 took it: words in quotes, a time, and a category, which reminders have none of. */
const QUOTED = /^["„“«]([^"„“”»]+)["“”»](?:\s+(.+?))?$/u;
const WITH_CATEGORY = /^(\d{4}-\d\d-\d\d(?:\s+\d{1,2}:\d\d)?)\s+\S+$/;

/** A reminder of words in quotes, kept as they stand; null for words without them. */
export function quotedReminder(words: string, context: CaptureContext): Capture | null {
  const [, title, time = ''] = QUOTED.exec(words) ?? [];
  if (title === undefined) return null;
  const when = parseWhen(WITH_CATEGORY.exec(time)?.[1] ?? time, context);
  const named = (reading: Reading): Reading => ({ ...reading, title });
  const reading = when.reading === null ? null : named(when.reading);
  const readings = when.readings.map(named);
  return { ...verbatim(title), intent: 'remind', reading, readings, refused: when.refused, doubt: time };
}
