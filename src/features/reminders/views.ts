/** How reminders look: echo, card, list, questions and the short answers to presses. Pure. */
import type { Capture, Reading } from '../../capture/index.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { ActionId, ReminderId } from '../../core/ids.ts';
import type { Translator } from '../../locales/translator.ts';
import { type ClockChoice, durationText, instantSpan, instantText, recurrenceText } from '../../telegram/dates.ts';
import type { Context } from '../../telegram/feature.ts';
import { shortened } from '../../telegram/render/graphemes.ts';
import { type Button, bold, joined, type Span, type View } from '../../telegram/view.ts';
import { undoButton } from '../history/index.ts';
import { buttons } from './buttons.ts';
import type { Piece } from './fired.ts';
import { PAGE, type Shown } from './reading.ts';
import { timingOf } from './words.ts';

/** To whom and when something is shown. */
export interface Reader {
  readonly t: Translator;
  readonly language: string;
  readonly clock: ClockChoice;
  readonly zone: string;
  /** epoch ms */
  readonly now: EpochMs;
}

export function readerOf(context: Context): Reader {
  const { timezone, clock } = context.actor.person;
  return { t: context.t, language: context.t.language, clock, zone: timezone, now: context.now };
}

/** The words of a reminder: its own, or its task's title. */
export function titleOf(shown: { readonly text: string; readonly taskTitle?: string | null }): string {
  return shown.text === '' ? (shown.taskTitle ?? '') : shown.text;
}

/** A title as /history keeps it: on one line, shortened. */
export function toldTitle(title: string): string {
  return oneLine(title, TITLE_IN_HISTORY);
}

function oneLine(title: string, most: number): string {
  return shortened(title.replace(/\s+/g, ' ').trim(), most);
}

const TITLE_IN_HISTORY = 100;
const TITLE_ON_BUTTON = 24;
const TITLE_IN_ROW = 60;

export function when(reader: Reader, at: EpochMs, place: 'card' | 'row' = 'row'): Span[] {
  return instantSpan({ ...reader, at, place });
}

function rule(reader: Reader, shown: Shown): string | null {
  if (shown.rrule === null) return null;
  const basis = shown.rruleBasis ?? 'schedule';
  return reader.t.text('reminder-rule', {
    rule: recurrenceText({ rrule: shown.rrule, basis }, reader.language, reader.clock),
  });
}

/** What stands under the title: when, how often, in what state. */
function facts(reader: Reader, shown: Shown): Span[] {
  const { t } = reader;
  const unanswered = shown.status === 'ended' && shown.unansweredAt !== null ? shown.unansweredAt : null;
  return joined([
    shown.nextDue !== null && t.spans('reminder-when', { when: when(reader, shown.nextDue, 'card') }),
    shown.nextDue === null &&
      unanswered === null &&
      t.spans<Piece>(`reminder-without-time-${shown.basis === 'relative' ? 'due' : 'over'}`),
    unanswered !== null && t.spans('reminder-unanswered', { when: when(reader, unanswered) }),
    rule(reader, shown),
    shown.basis === 'relative' &&
      t.text('reminder-before', { length: durationText(shown.minutesBefore ?? 0, reader.language) }),
    shown.status === 'paused' &&
      (shown.pausedUntil === null
        ? t.text('reminder-paused')
        : t.text('reminder-paused-until', { day: shown.pausedUntil })),
    shown.muted && t.text('reminder-muted'),
    shown.latePolicy === 'skip' && t.text('reminder-skips-late'),
  ]);
}

function body(reader: Reader, shown: Shown, upcoming: readonly EpochMs[]): Span[][] {
  const { t } = reader;
  const then = upcoming.slice(1).map((at) => when(reader, at));
  const ofTask = shown.taskNumber !== null && shown.text !== '' && shown.text !== shown.taskTitle;
  return [
    t.spans('reminder-title', { title: bold(titleOf(shown)), number: shown.number }),
    facts(reader, shown),
    ofTask ? t.spans<Piece>('reminder-of-task', { number: shown.taskNumber ?? 0, title: shown.taskTitle ?? '' }) : [],
    then.length > 0 ? t.spans('reminder-then', { dates: joined(then, ', ') }) : [],
  ].filter((line) => line.length > 0);
}

const showing = (id: ReminderId): NonNullable<View['shows']> => ({ role: 'card', entity: 'reminder', entityId: id });

/** What was understood of a new or changed reminder, with the way back. */
export function echoView(reader: Reader, shown: Shown, upcoming: readonly EpochMs[], action: ActionId): View {
  const { t } = reader;
  const reminder = shown.id;
  return {
    lines: body(reader, shown, upcoming),
    buttons: [
      [
        undoButton(t, action),
        { label: t.text('reminder-change-time-button'), data: buttons.retime({ reminder }) },
        { label: t.text('shared-more-button'), data: buttons.more({ reminder }) },
      ],
    ],
    shows: showing(reminder),
  };
}

/** A reminder with what can be done to it. */
export function cardView(reader: Reader, shown: Shown, upcoming: readonly EpochMs[], all: boolean): View {
  const { t } = reader;
  const reminder = shown.id;
  const set = (
    what: 'pause' | 'resume' | 'skip' | 'mute' | 'unmute' | 'late-send' | 'late-skip' | 'delete',
  ): Button => ({
    label: t.text(`reminder-set-${what}-button`),
    data: buttons.set({ reminder, what }),
  });
  const later = (snooze: '10m' | '1h' | 'tomorrow'): Button => ({
    label: t.text(`reminder-snooze-${snooze}-button`),
    data: buttons.later({ reminder, for: snooze }),
  });
  const series = shown.rrule !== null;
  const live = shown.status === 'active' || shown.status === 'paused';
  const answers: Button[] =
    shown.unansweredAt !== null || !series
      ? [
          { label: t.text('reminder-done-button'), data: buttons.finish({ reminder }) },
          later('10m'),
          later('1h'),
          later('tomorrow'),
        ]
      : [];
  const more: Button[][] = [
    [
      ...(shown.status === 'paused' ? [set('resume')] : live ? [set('pause')] : []),
      ...(live && series ? [set('skip'), set(shown.muted ? 'unmute' : 'mute')] : []),
    ],
    [
      { label: t.text('reminder-change-text-button'), data: buttons.retext({ reminder }) },
      set(shown.latePolicy === 'skip' ? 'late-send' : 'late-skip'),
    ],
    [{ label: t.text('reminder-why-button'), data: buttons.why({ reminder }) }, set('delete')],
  ];
  const few: Button[][] = [
    [
      { label: t.text('reminder-change-time-button'), data: buttons.retime({ reminder }) },
      { label: t.text('shared-more-button'), data: buttons.more({ reminder }) },
    ],
  ];
  return {
    lines: body(reader, shown, upcoming),
    buttons: [answers, ...(all ? more : few)].filter((row) => row.length > 0),
    shows: showing(reminder),
  };
}

/** One page (from 0) of the list. */
export function listView(reader: Reader, rows: readonly Shown[], total: number, page: number): View {
  const { t } = reader;
  const shows = { role: 'list', entity: 'none', entityId: null, data: { list: 'reminders', page } } as const;
  if (total === 0) return { lines: [[t.text('reminders-empty')], [t.text('reminders-empty-hint')]], shows };
  const pages = Math.ceil(total / PAGE);
  const turn = (label: string, to: number): Button => ({ label, data: buttons.page({ page: to }) });
  return {
    lines: [[bold(t.text('reminders-title')), ` · ${total}`], [], ...rows.map((row) => listRow(reader, row))],
    buttons: [
      rows.slice(0, 4).map(numberButton),
      rows.slice(4).map(numberButton),
      pages === 1
        ? []
        : [
            ...(page > 0 ? [turn('◀', page - 1)] : []),
            turn(`${page + 1}/${pages}`, page),
            ...(page < pages - 1 ? [turn('▶', page + 1)] : []),
          ],
      [{ label: t.text('reminders-figures-button'), data: buttons.figures() }],
    ].filter((row) => row.length > 0),
    shows,
  };
}

function numberButton(row: Shown): Button {
  return { label: String(row.number), data: buttons.card({ reminder: row.id }) };
}

function listRow(reader: Reader, row: Shown): Span[] {
  const { t } = reader;
  const unanswered = row.status === 'ended' ? row.unansweredAt : null;
  const at = unanswered ?? row.nextDue;
  const sign =
    unanswered !== null
      ? 'unanswered'
      : row.status === 'paused'
        ? 'paused'
        : row.muted
          ? 'muted'
          : row.rrule !== null
            ? 'series'
            : 'once';
  return t.spans('reminders-row', {
    sign: t.text('reminders-sign', { sign }),
    number: row.number,
    title: oneLine(titleOf(row), TITLE_IN_ROW),
    when: at === null ? '' : [' ', ...when(reader, at)],
  });
}

/** Asks which of several reminders is meant. */
export function chooseView(
  reader: Reader,
  rows: ReadonlyArray<{ id: ReminderId; number: number; text: string }>,
  words: string,
): View {
  return {
    lines: [reader.t.spans<Piece>('reminders-which', { words })],
    buttons: rows.map((row) => [
      {
        label: `${row.number} ${oneLine(row.text, TITLE_ON_BUTTON)}`.trim(),
        data: buttons.card({ reminder: row.id }),
      },
    ]),
  };
}

/** What a question is about: a new reminder with these words, or the time of one that is there. */
export interface Asked {
  readonly title: string;
  readonly task: number | null;
  readonly reminder: number | null;
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
    lines: [t.spans<Piece>('reminder-ask-reading', { words: doubt })],
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
        { label: t.text('reminder-keep-button'), data: buttons.rename({ yes: false }) },
      ],
    ],
    shows: { role: 'prompt', entity: 'none', entityId: null, data: { reminder: shown.id, text } },
  };
}

/** A short outcome with the way back. `key` names a text with { $title } and perhaps { $when }. */
export function outcomeView(
  reader: Reader,
  key: string,
  args: { title: string; at?: EpochMs | null; count?: number },
  action: ActionId | null,
  more: readonly Span[] = [],
): View {
  const { t } = reader;
  const at = args.at === undefined || args.at === null ? '' : when(reader, args.at);
  return {
    lines: [
      t.spans(key, { title: bold(args.title), when: at, count: args.count ?? 0 }),
      ...(more.length > 0 ? [more] : []),
    ],
    ...(action === null ? {} : { buttons: [[undoButton(t, action)]] }),
  };
}
