/** To whom reminders are shown, and how their titles and times read everywhere. Pure. */
import type { EpochMs } from '../../../core/clock.ts';
import type { Day } from '../../../core/days.ts';
import { today } from '../../../core/zones.ts';
import type { Translator } from '../../../locales/translator.ts';
import { type ClockChoice, dayText, instantSpan } from '../../../telegram/dates.ts';
import type { Context } from '../../../telegram/feature.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import type { Span } from '../../../telegram/view.ts';

/** To whom and when something is shown. */
export interface Reader {
  readonly t: Translator;
  readonly language: string;
  readonly clock: ClockChoice;
  readonly zone: string;
  /** epoch ms */
  readonly now: EpochMs;
}

/** The person the chat is with, as views need them. */
export function readerOf(context: Context): Reader {
  const { timezone, clock } = context.actor.person;
  return { t: context.t, language: context.t.language, clock, zone: timezone, now: context.now };
}

/** The words of a reminder: its own, or its task's title. */
export function titleOf(shown: { readonly text: string; readonly taskTitle?: string | null }): string {
  return shown.text === '' ? (shown.taskTitle ?? '') : shown.text;
}

/** Characters of a title that /history keeps. */
const TITLE_IN_HISTORY = 100;

/** A title as /history keeps it: on one line, shortened. */
export function toldTitle(title: string): string {
  return oneLine(title, TITLE_IN_HISTORY);
}

/** Words of a person on one line, shortened to `most` characters. */
export function oneLine(title: string, most: number): string {
  return shortened(title.replace(/\s+/g, ' ').trim(), most);
}

/** A day of the reader's wall clock in a sentence. */
export function dayIn(reader: Reader, date: Day): string {
  return dayText({ date, today: today(reader.now, reader.zone), language: reader.language, place: 'row' });
}

/** An instant (epoch ms) on the reader's wall clock; `place` says how much room there is for it. */
export function when(reader: Reader, at: EpochMs, place: 'card' | 'row' = 'row'): Span[] {
  return instantSpan({ ...reader, at, place });
}
