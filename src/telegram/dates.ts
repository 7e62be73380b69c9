/** How days, times and durations look: words within a week, the date beyond, the reader's own zone where Telegram shows it. */
import type { EpochMs } from '../core/clock.ts';
import { civil, type Day, toDayNumber } from '../core/days.ts';
import { clockChangeAt, instantOf, today as todayIn, wallClock } from '../core/zones.ts';
import { translator } from '../locales/translator.ts';
import { type ClockChoice, dayOfMonth, timeText, weekdayName } from './render/datewords.ts';
import type { InstantFormat, Span } from './view.ts';

export { type ClockChoice, timeText } from './render/datewords.ts';
export { recurrenceText } from './render/recurrences.ts';

/**
 * Where a date stands. 'card': by itself, after a sign, with a capital ("Tomorrow 15:00", "Today 15:00"). 'row': in a list or
 * sentence ("tomorrow 15:00"), today's time alone ("15:00").
 */
export type DatePlace = 'card' | 'row';

/** How the reader is shown times: language tag ("ru", "en-US"), clock, and where the date stands (a card unless said). */
export interface DateStyle {
  readonly language: string;
  readonly clock: ClockChoice;
  readonly place?: DatePlace;
}

/**
 * A day in words: yesterday, today, tomorrow, the weekday for the six days ahead of today, otherwise the date, with the year
 * when it is not this one. Throws RangeError when a day does not exist.
 */
export function dayText(request: { date: Day; today: Day; language: string; place?: DatePlace }): string {
  const { words } = dayWords(request.date, request.today, request.language);
  return request.place === 'row' ? words : capital(words, request.language);
}

/** 'word': is read together with a time ("Thu 15:00"); 'date': with a comma ("12 Mar, 15:00"). */
function dayWords(date: Day, today: Day, language: string): { words: string; kind: 'today' | 'word' | 'date' } {
  const t = translator(language);
  const day = toDayNumber(date);
  const base = toDayNumber(today);
  const ahead = day - base;
  if (ahead === 0) return { words: t.text('date-today'), kind: 'today' };
  if (ahead === 1) return { words: t.text('date-tomorrow'), kind: 'word' };
  if (ahead === -1) return { words: t.text('date-yesterday'), kind: 'word' };
  if (ahead > 0 && ahead < 7) return { words: weekdayName(day, language), kind: 'word' };
  return { words: dayOfMonth(day, language, civil(day).year !== civil(base).year), kind: 'date' };
}

function capital(words: string, language: string): string {
  return words.charAt(0).toLocaleUpperCase(language.startsWith('ru') ? 'ru' : 'en') + words.slice(1);
}

/**
 * When something is due. With a time ('HH:MM' on the wall clock of `zone`) an instant that Telegram shows in the reader's
 * zone; without one plain text, which never shifts. `now` decides what today is, in `zone`. `home` is the reader's own zone
 * when the item hangs in another: then the zone is named. Throws RangeError when day, time or zone do not exist.
 */
export function dueSpan(
  request: DateStyle & { date: Day; time: string | null; zone: string; home?: string; now: EpochMs },
): Span[] {
  const { date, time, zone, now } = request;
  const today = todayIn(now, zone);
  if (time === null) return [dayText({ ...request, today })];
  return [moment(request, { at: instantOf(date, time, zone), day: date, time, today })];
}

/** An instant, as `dueSpan` shows one with a time. `zone` is the wall clock it is told on. */
export function instantSpan(request: DateStyle & { at: EpochMs; zone: string; home?: string; now: EpochMs }): Span[] {
  const { day, time } = wallClock(request.at, request.zone);
  return [moment(request, { at: request.at, day, time, today: todayIn(request.now, request.zone) })];
}

/**
 * What is to be said of a wall-clock time that the clocks' change leaves out or repeats; null for any other. Throws RangeError when day, time or
 * zone do not exist.
 */
export function clockChangeText(request: DateStyle & { date: Day; time: string; zone: string }): string | null {
  const change = clockChangeAt(request.date, request.time, request.zone);
  if (change === null) return null;
  const time = timeText(request.time, request.language, request.clock);
  return translator(request.language).text(`date-${change}`, { time });
}

/** The words `instantSpan` falls back to, for places that take no entities (button labels, notices over the chat). */
export function instantText(request: DateStyle & { at: EpochMs; zone: string; home?: string; now: EpochMs }): string {
  const { day, time } = wallClock(request.at, request.zone);
  return momentText(request, day, time, todayIn(request.now, request.zone)).text;
}

function moment(
  style: DateStyle & { zone: string; home?: string },
  when: { at: EpochMs; day: Day; time: string; today: Day },
): Span {
  const { text, format } = momentText(style, when.day, when.time, when.today);
  return { at: when.at, fallback: text, format };
}

function momentText(
  { language, clock, place, zone, home }: DateStyle & { zone: string; home?: string },
  day: Day,
  wallTime: string,
  today: Day,
): { text: string; format: InstantFormat } {
  const t = translator(language);
  const time = timeText(wallTime, language, clock);
  const { words, kind } = dayWords(day, today, language);
  const alone = kind === 'today' && place === 'row';
  const shown = place === 'row' ? words : capital(words, language);
  const dated = t.text(kind === 'date' ? 'date-date-time' : 'date-word-time', { day: shown, time });
  const text = alone ? time : dated;
  return {
    text: home === undefined || home === zone ? text : t.text('date-in-zone', { moment: text, zone: zoneText(zone) }),
    format: alone ? 't' : kind === 'date' ? 'Dt' : 'wt',
  };
}

/** A zone as a person calls it: the city of its name ("New York"), or the whole name where it has none ("UTC"). */
export function zoneText(zone: string): string {
  const city = zone.startsWith('Etc/') ? zone : zone.slice(zone.lastIndexOf('/') + 1);
  return city.replaceAll('_', ' ');
}

/** A planned or spent time, short: "30 m", "2 h", "2 h 5 m". Whole minutes; less than one is "0 m". */
export function durationText(minutes: number, language: string): string {
  const t = translator(language);
  const whole = Math.max(0, Math.floor(minutes));
  const hours = Math.floor(whole / 60);
  if (hours === 0) return t.text('duration-short-minutes', { minutes: whole });
  if (whole % 60 === 0) return t.text('duration-short-hours', { hours });
  return t.text('duration-short-both', { hours, minutes: whole % 60 });
}

/**
 * A stretch of time in words, its two largest parts: "42 minutes", "1 hour 5 minutes", "3 days 2 hours". `ms` is in
 * milliseconds; under a minute: "less than a minute". Russian stands in the accusative ("1 минуту").
 */
export function durationWords(ms: number, language: string): string {
  const t = translator(language);
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes === 0) return t.text('duration-moment');
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const parts = [
    days > 0 && t.text('duration-days', { days }),
    hours > 0 && t.text('duration-hours', { hours }),
    days === 0 && minutes % 60 > 0 && t.text('duration-minutes', { minutes: minutes % 60 }),
  ];
  return parts.filter((part) => part !== false).join(' ');
}

/** How late something was: "42 minutes late". `ms` is in milliseconds. */
export function latenessText(ms: number, language: string): string {
  if (ms < 60_000) return translator(language).text('duration-late-moment');
  return translator(language).text('duration-late', { duration: durationWords(ms, language) });
}
