/** A reminder on its card and in the echo of what was understood, and the short outcome of a press. Pure. */
import type { EpochMs } from '../../../core/clock.ts';
import type { ActionId, ReminderId } from '../../../core/ids.ts';
import { wallClock } from '../../../core/zones.ts';
import { clockChangeText, durationText, durationWords, recurrenceText } from '../../../telegram/dates.ts';
import { type Button, bold, italic, joined, type Span, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../bot/buttons.ts';
import type { Shown } from '../reading.ts';
import type { Piece } from './fired.ts';
import { dayIn, type Reader, titleOf, when } from './reader.ts';

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
      (shown.minutesBefore === 0
        ? t.text('reminder-when-due')
        : t.text('reminder-before', { length: durationWords((shown.minutesBefore ?? 0) * 60_000, reader.language) })),
    shown.status === 'paused' &&
      (shown.pausedUntil === null
        ? t.text('reminder-paused')
        : t.text('reminder-paused-until', { day: shown.pausedUntil })),
    shown.muted && t.text('reminder-muted'),
    shown.urgent === true && t.text('reminder-urgent'),
    shown.nagMinutes !== null &&
      t.text('reminder-nags', { length: durationText(shown.nagMinutes, reader.language), count: shown.nagTimes ?? 0 }),
    shown.latePolicy === 'skip' && t.text('reminder-skips-late'),
  ]);
}

function body(reader: Reader, shown: Shown, upcoming: readonly EpochMs[]): Span[][] {
  const { t } = reader;
  const [next, ...later] = upcoming.map((at) => ({ at, ...wallClock(at, reader.zone) }));
  // The time of day was said, where it stays the same.
  const same = later.every(({ time }) => time === next?.time);
  const then = later.map(({ at, day }) => (same ? [dayIn(reader, day)] : when(reader, at)));
  const [date = '', time = ''] = shown.rrule === null && shown.localAt !== null ? shown.localAt.split('T') : [];
  const changed = time === '' ? null : clockChangeText({ ...reader, date, time: time.slice(0, 5) });
  const ofTask = shown.taskNumber !== null && shown.text !== '' && shown.text !== shown.taskTitle;
  return [
    t.spans('reminder-title', { title: bold(titleOf(shown)), number: shown.number }),
    facts(reader, shown),
    ofTask ? t.spans<Piece>('reminder-of-task', { number: shown.taskNumber ?? 0, title: shown.taskTitle ?? '' }) : [],
    changed === null ? [] : [italic(changed)],
    then.length > 0 ? t.spans('reminder-then', { dates: joined(then) }) : [],
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

/** Several reminders of one task that were made at once, the next first; `late`: minutes before its due time for which it is too late. */
export function severalView(
  reader: Reader,
  title: string,
  made: readonly Shown[],
  late: readonly number[],
  action: ActionId,
): View {
  const { t } = reader;
  const rows = [...made].sort((one, other) => (one.nextDue ?? 0) - (other.nextDue ?? 0));
  const lengths = late.map((minutes) => durationWords(minutes * 60_000, reader.language)).join(', ');
  return {
    lines: [
      t.spans<Piece>('reminder-several', { title: bold(title), count: made.length }),
      ...rows.map((shown) => [`#${shown.number} · `, ...facts(reader, shown)]),
      ...(late.length === 0 ? [] : [[t.text('reminder-several-late', { lengths })]]),
    ],
    buttons: [[undoButton(t, action)]],
  };
}

type Change = Parameters<typeof buttons.set>[0]['what'];

const setButton = ({ t }: Reader, { id: reminder }: Shown, what: Change): Button => ({
  label: t.text(`reminder-set-${what}-button`),
  data: buttons.set({ reminder, what }),
});

/** The answers of a reminder that has something to answer. */
function answerButtons({ t }: Reader, { id: reminder, unansweredAt, rrule }: Shown): Button[] {
  if (unansweredAt === null && rrule !== null) return [];
  const later = (snooze: '10m' | '1h' | 'tomorrow'): Button => ({
    label: t.text(`reminder-snooze-${snooze}-button`),
    data: buttons.later({ reminder, for: snooze }),
  });
  const done = { label: t.text('reminder-done-button'), data: buttons.finish({ reminder }) };
  return [done, later('10m'), later('1h'), later('tomorrow')];
}

/** Every change that can be made. */
function moreButtons(reader: Reader, shown: Shown): Button[][] {
  const { t } = reader;
  const reminder = shown.id;
  const set = (what: Change) => setButton(reader, shown, what);
  const live = shown.status === 'active' || shown.status === 'paused';
  return [
    [
      ...(shown.status === 'paused' ? [set('resume')] : live ? [set('pause')] : []),
      ...(live && shown.rrule !== null ? [set('skip'), set(shown.muted ? 'unmute' : 'mute')] : []),
    ],
    [
      { label: t.text('reminder-change-text-button'), data: buttons.retext({ reminder }) },
      set(shown.latePolicy === 'skip' ? 'late-send' : 'late-skip'),
    ],
    [
      { label: t.text('reminder-nag-button'), data: buttons.nag({ reminder, choice: 'ask' }) },
      {
        label: t.text(shown.urgent === true ? 'reminder-not-urgent-button' : 'reminder-urgent-button'),
        data: buttons.urgent({ reminder, on: shown.urgent !== true }),
      },
    ],
    [{ label: t.text('reminder-why-button'), data: buttons.why({ reminder }) }, set('delete')],
  ];
}

/** A reminder with what can be done to it, or mostly is. */
export function cardView(reader: Reader, shown: Shown, upcoming: readonly EpochMs[], all: boolean): View {
  const { t } = reader;
  const reminder = shown.id;
  const few: Button[] = [
    { label: t.text('reminder-change-time-button'), data: buttons.retime({ reminder }) },
    { label: t.text('shared-more-button'), data: buttons.more({ reminder }) },
  ];
  return {
    lines: body(reader, shown, upcoming),
    buttons: [answerButtons(reader, shown), ...(all ? moreButtons(reader, shown) : [few])].filter(
      (row) => row.length > 0,
    ),
    shows: showing(reminder),
  };
}

/** A series was called done while nothing of it waits for an answer: when it comes next, and what may have been meant. */
export function nothingOpenView(reader: Reader, shown: Shown): View {
  const { t } = reader;
  const title = bold(titleOf(shown));
  const set = (what: 'skip' | 'delete') => setButton(reader, shown, what);
  return {
    lines: [
      shown.nextDue === null
        ? t.spans('reminder-nothing-open', { title })
        : t.spans('reminder-nothing-open-next', { title, when: when(reader, shown.nextDue) }),
    ],
    buttons: [[...(shown.nextDue === null ? [] : [set('skip')]), set('delete')]],
    shows: showing(shown.id),
  };
}

/** What became of several at once, with one way back; taking it back is answered below. */
export function outcomesView(t: Reader['t'], lines: View['lines'], action: ActionId): View {
  return { lines, buttons: [[undoButton(t, action)]], shows: { role: 'list', entity: 'none', entityId: null } };
}

/** A short outcome with the way back. `key` names a text with { $title } and perhaps { $when }. */
export function outcomeView(
  reader: Reader,
  key: string,
  args: { title: string; at?: EpochMs | null; count?: number },
  action: ActionId | null,
  more: ReadonlyArray<readonly Span[]> = [],
): View {
  const { t } = reader;
  const at = args.at === undefined || args.at === null ? '' : when(reader, args.at);
  return {
    lines: [t.spans(key, { title: bold(args.title), when: at, count: args.count ?? 0 }), ...more],
    ...(action === null ? {} : { buttons: [[undoButton(t, action)]] }),
  };
}
