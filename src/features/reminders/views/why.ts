/** /why and statistics: the ledger of a reminder in words a person understands. Pure. */

import { OPEN_END } from '../../../core/quiet.ts';
import type { Delivery } from '../../../outbox/ledger.ts';
import { durationWords, latenessText, timeText } from '../../../telegram/dates.ts';
import { bold, code, joined, type Span, type View } from '../../../telegram/view.ts';
import { buttons } from '../bot/buttons.ts';
import type { Moved } from '../moved.ts';
import type { Shown, Statistics } from '../reading.ts';
import type { Piece } from './fired.ts';
import { oneLine, type Reader, titleOf, when } from './reader.ts';

/** Occurrences told by /why. */
export const TOLD = 8;

/** Lateness below this is on time. Milliseconds. */
const ON_TIME_MS = 60_000;

/** Series told that are put off again and again, and characters of their titles. */
const MOST_MOVED = 3;
const TITLE_IN_FIGURES = 60;
const TITLE_ON_BUTTON = 18;

const REASONS = [
  'changed',
  'zone-changed',
  'deleted',
  'paused',
  'skipped',
  'snoozed',
  'undone',
  'task-done',
  'task-deleted',
  'late',
  'muted',
  'told-together',
  'busy',
  'person-removed',
  'quiet',
  'quiet-together',
  'answered',
  'group-away',
];

/** What became of each of the newest occurrences. */
export function whyView(reader: Reader, shown: Shown, deliveries: readonly Delivery[]): View {
  const { t } = reader;
  const lines = deliveries.map((delivery) => line(reader, delivery));
  return {
    lines: [
      t.spans('reminder-why-title', { title: bold(titleOf(shown)), number: shown.number }),
      [],
      ...(lines.length === 0 ? [[t.text('reminder-why-empty')]] : lines),
    ],
    shows: { role: 'card', entity: 'reminder', entityId: shown.id },
  };
}

function line(reader: Reader, delivery: Delivery): Span[] {
  const { t, language } = reader;
  const { sentAt, latenessMs, messageId, repeats, reason } = delivery;
  const late = latenessMs !== null && latenessMs >= ON_TIME_MS;
  const sent =
    sentAt === null
      ? null
      : late
        ? t.spans('reminder-why-sent-late', { at: when(reader, sentAt), late: latenessText(latenessMs, language) })
        : t.spans('reminder-why-sent', { at: when(reader, sentAt) });
  return joined([
    t.spans('reminder-why-due', { due: when(reader, delivery.dueAt, 'card') }),
    sent,
    state(reader, delivery),
    repeats > 0 && t.text('reminder-why-repeated', { count: repeats }),
    messageId !== null && t.spans('reminder-why-message', { id: code(String(messageId)) }),
    reason !== null && delivery.state !== 'snoozed' && because(reader, reason),
  ]);
}

function state(reader: Reader, delivery: Delivery): Span[] | null {
  const { t } = reader;
  const at = delivery.closedAt === null ? '' : when(reader, delivery.closedAt);
  switch (delivery.state) {
    case 'due':
      return [
        t.text(
          delivery.queuedAt === null
            ? delivery.dueAt > reader.now
              ? 'reminder-why-to-come'
              : 'reminder-why-due-now'
            : 'reminder-why-queued',
        ),
      ];
    case 'held':
      if (delivery.heldUntil !== null && delivery.heldUntil >= OPEN_END) return [t.text('reminder-why-held-open')];
      return t.spans('reminder-why-held', {
        until: delivery.heldUntil === null ? '' : when(reader, delivery.heldUntil),
      });
    case 'sent':
      return [t.text('reminder-why-unanswered')];
    case 'acknowledged':
      return t.spans('reminder-why-acknowledged', { at });
    case 'snoozed': {
      const until = Date.parse(/^snoozed \d+ (\S+)$/.exec(delivery.reason ?? '')?.[1] ?? '');
      return Number.isNaN(until)
        ? [t.text('reminder-why-snoozed')]
        : t.spans('reminder-why-snoozed-until', { until: when(reader, until) });
    }
    case 'sending':
    case 'unknown':
    case 'failed':
    case 'skipped':
    case 'cancelled':
    case 'expired':
      return [t.text(`reminder-why-${delivery.state}`)];
  }
}

/** A reason of ours in words; one of Telegram's as it is. */
function because(reader: Reader, reason: string): Span[] {
  const [name = '', count] = reason.split(' ', 2);
  if (!REASONS.includes(name)) return [reason];
  const words = reader.t.text(`reminder-why-reason-${name}`);
  return count === undefined ? [words] : [words, reader.t.text('reminder-why-reason-and-more', { count })];
}

/** How reminders went over some days. */
export function statisticsView(reader: Reader, figures: Statistics, days: number, moved: readonly Moved[]): View {
  const { t, language } = reader;
  const title = [bold(t.text('reminders-figures-title', { days }))];
  if (figures.sent + figures.skipped + figures.failed === 0)
    return { lines: [title, [t.text('reminders-figures-none')]] };
  const median = figures.medianLatenessMs ?? 0;
  const told = moved.slice(0, MOST_MOVED);
  const shownTime = (time: string) => timeText(time, language, reader.clock);
  return {
    lines: [
      title,
      t.spans<Piece>('reminders-figures-sent', {
        sent: figures.sent,
        onTime: figures.onTime,
        late: figures.sent - figures.onTime,
      }),
      median < 1000
        ? t.spans<Piece>('reminders-figures-median-none')
        : t.spans<Piece>('reminders-figures-median', {
            late:
              median < 60_000
                ? t.text('reminders-figures-seconds', { count: Math.round(median / 1000) })
                : durationWords(median, language),
          }),
      t.spans<Piece>('reminders-figures-answers', { acknowledged: figures.acknowledged, snoozed: figures.snoozed }),
      ...(figures.skipped + figures.failed + figures.repeats === 0
        ? []
        : [
            t.spans<Piece>('reminders-figures-other', {
              skipped: figures.skipped,
              failed: figures.failed,
              repeats: figures.repeats,
            }),
          ]),
      ...told.map((one) =>
        t.spans<Piece>('reminders-figures-moved', {
          title: oneLine(one.title, TITLE_IN_FIGURES),
          count: one.count,
          to: shownTime(one.to),
        }),
      ),
    ],
    buttons: told.map((one) => [
      {
        label: t.text('reminders-figures-move-button', {
          title: oneLine(one.title, TITLE_ON_BUTTON),
          to: shownTime(one.to),
        }),
        data: buttons.shift({ reminder: one.reminder, to: one.to }),
      },
    ]),
  };
}
