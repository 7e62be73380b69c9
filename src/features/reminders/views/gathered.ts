/** What came together after quiet time: a list, each reminder in it to be answered until none is open. Pure. */
import type { EpochMs } from '../../../core/clock.ts';
import type { DeliveryId } from '../../../core/ids.ts';
import { type Button, bold, joined, type Span, strike, type View } from '../../../telegram/view.ts';
import { buttons } from '../bot/buttons.ts';
import { oneLine, type Reader, when } from './reader.ts';

/** One of the reminders told together. */
export interface GatheredRow {
  readonly delivery: DeliveryId;
  readonly number: number;
  readonly title: string;
  /** epoch ms */
  readonly dueAt: EpochMs;
  /** occurrences of the same series before it */
  readonly earlier: number;
  /** whom of a group it concerns */
  readonly mention: { readonly id: number; readonly name: string } | null;
  /** of its occurrence in the ledger */
  readonly state: string;
  /** epoch ms: put off until then */
  readonly until: EpochMs | null;
}

/** Rows told in the message, and those with buttons; the others follow as these are answered. */
const MOST_TOLD = 40;
const MOST_ANSWERED = 8;
const TITLE_IN_ROW = 60;

/** `outcome`: what the last press led to, with the way back. */
export function gatheredView(reader: Reader, rows: readonly GatheredRow[], repeat: boolean, outcome?: View): View {
  const { t } = reader;
  const told = rows.slice(0, MOST_TOLD);
  const open = rows.filter(isOpen);
  return {
    lines: [
      [t.text('reminder-gathered', { count: rows.length }), repeat ? t.text('reminder-fired-repeat') : ''],
      [],
      ...told.map((row) => line(reader, row)),
      ...(rows.length > told.length ? [[t.text('reminder-gathered-more', { count: rows.length - told.length })]] : []),
      ...(outcome === undefined ? [] : [[], ...outcome.lines]),
    ],
    buttons: [...open.slice(0, MOST_ANSWERED).map((row) => answers(reader, row)), ...(outcome?.buttons ?? [])],
    shows: {
      role: 'list',
      entity: 'none',
      entityId: null,
      data: { list: 'quiet', members: rows.map((row) => row.delivery).join(',') },
    },
  };
}

/** A name as Telegram notifies its bearer by. */
export function mentioned({ id, name }: { readonly id: number; readonly name: string }): Exclude<Span, string> {
  return { mention: id, content: [name === '' ? String(id) : name] };
}

function isOpen(row: GatheredRow): boolean {
  return ['due', 'held', 'sending', 'sent', 'unknown', 'failed'].includes(row.state);
}

function line(reader: Reader, row: GatheredRow): Span[] {
  const { t } = reader;
  const title = oneLine(row.title, TITLE_IN_ROW);
  const sign = isOpen(row) ? 'open' : row.state === 'snoozed' ? 'snoozed' : 'closed';
  return joined([
    t.spans('reminder-gathered-row', {
      sign: t.text('reminder-gathered-sign', { sign }),
      number: String(row.number),
      title: sign === 'closed' ? strike(title) : bold(title),
    }),
    when(reader, row.dueAt),
    row.mention !== null && t.spans<Exclude<Span, string>>('reminder-fired-for', { name: mentioned(row.mention) }),
    row.earlier > 0 && t.text('reminder-gathered-earlier', { count: row.earlier }),
    row.until !== null && t.spans('reminder-gathered-until', { until: when(reader, row.until) }),
  ]);
}

function answers(reader: Reader, row: GatheredRow): Button[] {
  const { t } = reader;
  const { delivery, number } = row;
  return [
    {
      label: t.text('reminder-gathered-done-button', { number }),
      data: buttons.together({ delivery, what: 'done' }),
    },
    ...(['1h', 'tomorrow'] as const).map((what) => ({
      label: t.text(`reminder-snooze-${what}-button`),
      data: buttons.together({ delivery, what }),
    })),
  ];
}
