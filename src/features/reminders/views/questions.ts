/** What is asked back: which reading, which time, whether words are a new text. The answer finds all it needs with the question. Pure. */
import type { Capture, Reading } from '../../../capture/index.ts';
import { durationWords, instantText, recurrenceText } from '../../../telegram/dates.ts';
import { type Button, bold, type View } from '../../../telegram/view.ts';
import { buttons } from '../bot/buttons.ts';
import { timingOf } from '../bot/words.ts';
import type { Shown } from '../reading.ts';
import type { Timing } from '../schedule/wanted.ts';
import type { Piece } from './fired.ts';
import { type Reader, titleOf } from './reader.ts';

/** What a question is about: a new reminder with these words, or the time of one that is there. */
export interface Asked {
  readonly title: string;
  readonly task: number | null;
  readonly reminder: number | null;
  /** how often a new one is said again until it is answered; left out: once */
  readonly nagMinutes?: number | null;
  readonly nagTimes?: number | null;
  /** 1: comes in quiet time as well */
  readonly urgent?: number;
}

/** Two or more ways to read the words for a time: nothing is guessed. */
export function readingsView(reader: Reader, doubt: string, readings: readonly Reading[], about: Asked): View {
  const { t } = reader;
  const offered = readings.slice(0, 6);
  const label = (reading: Reading) =>
    reading.recurrence === null
      ? instantText({ ...reader, at: reading.remind.at })
      : recurrenceText(reading.recurrence, reader.language, reader.clock);
  return {
    lines: [t.spans<Piece>('reminder-ask-reading', { words: doubt, count: offered.length })],
    buttons: offered.map((reading, index) => [{ label: label(reading), data: buttons.pick({ index }) }]),
    shows: {
      role: 'prompt',
      entity: 'none',
      entityId: null,
      data: {
        ...about,
        titles: JSON.stringify(offered.map((reading) => reading.title)),
        timings: JSON.stringify(offered.map(timingOf)),
      },
    },
  };
}

/** "1d 1h" of a task: one reminder at `other`, or one for each length before it is due. */
export function leadsView(
  reader: Reader,
  words: string,
  minutes: readonly number[],
  other: Timing,
  about: Asked,
): View {
  const { t, language } = reader;
  const length = (each: number) => durationWords(each * 60_000, language);
  const lengths = new Intl.ListFormat(language).format(minutes.map(length));
  const one =
    other.kind === 'relative'
      ? t.text('reminder-lead-one-button', { length: length(other.minutes) })
      : t.text('reminder-lead-now-button', { length: length(minutes.reduce((sum, each) => sum + each, 0)) });
  const timings = [{ kind: 'leads', minutes }, other];
  return {
    lines: [t.spans<Piece>('reminder-ask-leads', { words, title: bold(about.title) })],
    buttons: [
      [{ label: t.text('reminder-leads-button', { lengths }), data: buttons.pick({ index: 0 }) }],
      [{ label: one, data: buttons.pick({ index: 1 }) }],
    ],
    shows: {
      role: 'prompt',
      entity: 'none',
      entityId: null,
      data: { ...about, titles: JSON.stringify(['', '']), timings: JSON.stringify(timings) },
    },
  };
}

/** Asks for a time: there was none, or none that can be. The words are kept. */
export function timeQuestionView(reader: Reader, about: Asked, refused: Capture['refused'], doubt: string): View {
  const { t } = reader;
  const at = (choice: '1h' | 'tonight' | 'tomorrow'): Button => ({
    label: t.text(`reminder-at-${choice}-button`),
    data: buttons.at({ for: choice }),
  });
  return {
    lines: [
      ...(refused === null ? [] : [t.spans<Piece>('reminder-refused', { words: doubt, why: refused })]),
      t.spans('reminder-ask-time', { title: bold(about.title) }),
      [t.text('reminder-ask-time-hint')],
    ],
    buttons: [[at('1h'), at('tonight'), at('tomorrow')]],
    shows: { role: 'prompt', entity: 'none', entityId: null, data: { ...about } },
  };
}

/** Words sent in reply to a reminder that has no task: are they its new text? */
export function renameView(reader: Reader, shown: Shown, text: string): View {
  const { t } = reader;
  return {
    lines: [t.spans('reminder-ask-rename', { title: bold(titleOf(shown)), text: bold(text) })],
    buttons: [
      [
        { label: t.text('reminder-rename-button'), data: buttons.rename({ yes: true }) },
        { label: t.text('reminder-keep-button'), data: buttons.rename({ yes: false }), leaves: true },
      ],
    ],
    shows: { role: 'prompt', entity: 'none', entityId: null, data: { reminder: shown.id, text } },
  };
}

/** Another time for one of a series: for this one, or for all that follow where the rule can say so? The time is kept with the question. */
export function scopeView(reader: Reader, shown: Shown, timing: Timing, isMovable: boolean): View {
  const { t } = reader;
  const of = (scope: 'one' | 'all'): Button => ({
    label: t.text(`reminder-scope-${scope}-button`),
    data: buttons.scope({ reminder: shown.id, of: scope }),
  });
  const rule = { rrule: shown.rrule ?? '', basis: shown.rruleBasis ?? 'schedule' };
  return {
    lines: [
      t.spans<Piece>('reminder-title', { title: bold(titleOf(shown)), number: shown.number }),
      [t.text('reminder-rule', { rule: recurrenceText(rule, reader.language, reader.clock) })],
      [t.text(isMovable ? 'reminder-ask-scope' : 'reminder-ask-only-one')],
    ],
    buttons: [
      [of('one'), ...(isMovable ? [of('all')] : [])],
      [{ label: t.text('shared-cancel-button'), data: buttons.scope({ reminder: shown.id, of: 'none' }) }],
    ],
    shows: { role: 'prompt', entity: 'reminder', entityId: shown.id, data: { timing: JSON.stringify(timing) } },
  };
}
