/** The list of reminders, and the choice between several that were meant. Pure. */
import type { ReminderId } from '../../../core/ids.ts';
import { type Button, bold, type Span, type View } from '../../../telegram/view.ts';
import { buttons } from '../bot/buttons.ts';
import { PAGE, type Shown } from '../reading.ts';
import type { Piece } from './fired.ts';
import { oneLine, type Reader, titleOf, when } from './reader.ts';

/** Characters of a title. */
const TITLE_ON_BUTTON = 24;
const TITLE_IN_ROW = 60;

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
