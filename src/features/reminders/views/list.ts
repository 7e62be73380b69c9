/** The list of reminders, and the choice between several that were meant. Pure. */
import { columnsOf } from '../../../core/columns.ts';
import { instantText } from '../../../telegram/dates.ts';
import { roomForTitles } from '../../../telegram/render/rows.ts';
import { type Button, bold, type Span, type Table, type Twofold, type View } from '../../../telegram/view.ts';
import { buttons } from '../bot/buttons.ts';
import { PAGE, type Shown } from '../reading.ts';
import { isSeries } from '../schedule/timing.ts';
import type { Piece } from './fired.ts';
import { oneLine, type Reader, titleOf, when } from './reader.ts';

/** Characters of a title. */
const TITLE_ON_BUTTON = 24;
const TITLE_IN_ROW = 30;
const TITLE_IN_TABLE = 80;

/** One page (from 0) of the list. */
export function listView(reader: Reader, rows: readonly Shown[], total: number, page: number): View {
  const { t } = reader;
  const shows = { role: 'list', entity: 'none', entityId: null, data: { list: 'reminders', page } } as const;
  const add: Button = { label: t.text('reminders-add-button'), data: buttons.add() };
  if (total === 0)
    return { lines: [[t.text('reminders-empty')], [t.text('reminders-empty-hint')]], buttons: [[add]], shows };
  const pages = Math.ceil(total / PAGE);
  const turn = (label: string, to: number): Button => ({ label, data: buttons.page({ page: to }) });
  return {
    lines: [[bold(t.text('reminders-title')), ` · ${total}`], [], listRows(reader, rows)],
    buttons: [
      rows.map(numberButton),
      pages === 1
        ? []
        : [
            ...(page > 0 ? [turn('◀', page - 1)] : []),
            turn(`${page + 1}/${pages}`, page),
            ...(page < pages - 1 ? [turn('▶', page + 1)] : []),
          ],
      [{ label: t.text('reminders-figures-button'), data: buttons.figures() }, add],
    ].filter((row) => row.length > 0),
    shows,
  };
}

function numberButton(row: Shown): Button {
  return { label: String(row.number), data: buttons.card({ reminder: row.id }) };
}

/** Those of a page that repeat and are not paused, each on a button that leaves out its next time. */
export function skipButtons(rows: readonly Shown[]): Button[] {
  return rows
    .filter((row) => isSeries(row) && row.status === 'active')
    .map((row) => ({
      label: `⏰ ${row.number}  ${oneLine(titleOf(row), TITLE_ON_BUTTON)}`,
      data: buttons.set({ reminder: row.id, what: 'skip' }),
    }));
}

/** Rows with their numbers and times in columns. */
function listRows(reader: Reader, rows: readonly Shown[]): Twofold {
  const { t } = reader;
  const digits = Math.max(...rows.map((row) => String(row.number).length));
  const whens = rows.map((row) => {
    const at = row.status === 'ended' && row.unansweredAt !== null ? row.unansweredAt : row.nextDue;
    return at === null ? [] : when(reader, at);
  });
  const room = roomForTitles(whens, digits + 5);
  const titles = rows.map((row) => oneLine(titleOf(row), Math.min(TITLE_IN_ROW, room)));
  const widest = Math.max(...titles.map(columnsOf));
  const plain = rows.map((row, index) => {
    const title = titles[index] ?? '';
    const at = whens[index] ?? [];
    return t.spans<Piece>('reminders-row', {
      sign: t.text('reminders-sign', { sign: signOf(row) }),
      number: String(row.number).padStart(digits),
      title,
      when: at.length === 0 ? '' : [' '.repeat(widest - columnsOf(title) + 1), ...at],
    });
  });
  return { plain, native: () => [listTable(reader, rows, whens)] };
}

function listTable({ t }: Reader, rows: readonly Shown[], whens: ReadonlyArray<readonly Span[]>): Table {
  return {
    columns: [
      { name: t.text('shared-column-number'), align: 'end' },
      { name: t.text('shared-column-reminder'), align: 'start' },
      { name: t.text('shared-column-when'), align: 'end' },
    ],
    rows: rows.map((row, index) => [
      [`${t.text('reminders-sign', { sign: signOf(row) })}\u00A0${row.number}`],
      [oneLine(titleOf(row), TITLE_IN_TABLE)],
      whens[index] ?? [],
    ]),
  };
}

function signOf(row: Shown): 'unanswered' | 'paused' | 'muted' | 'series' | 'once' {
  if (row.status === 'ended' && row.unansweredAt !== null) return 'unanswered';
  if (row.status === 'paused') return 'paused';
  if (row.muted) return 'muted';
  return row.rrule === null ? 'once' : 'series';
}

/** Asks which of several reminders is meant. */
export function chooseView(reader: Reader, rows: readonly Shown[], words: string): View {
  return {
    lines: [reader.t.spans<Piece>('reminders-which', { words })],
    buttons: rows.map((row) => {
      const at = row.nextDue ?? row.unansweredAt;
      const time = at === null ? '' : ` · ${instantText({ ...reader, at })}`;
      const label = `${row.number} ${oneLine(titleOf(row), TITLE_ON_BUTTON)}${time}`;
      return [{ label, data: buttons.card({ reminder: row.id }) }];
    }),
  };
}
