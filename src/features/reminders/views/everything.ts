/** How a pause of everything looks: what may rest, what rests, and what waited when it goes on. Pure. */
import type { ActionId } from '../../../core/ids.ts';
import { type Button, joined, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../bot/buttons.ts';
import type { Counted, Resumed } from '../everything.ts';
import { dayIn, type Reader } from './reader.ts';
import { waitedLines } from './waited.ts';

type What = Parameters<typeof buttons.everything>[0]['what'];

const button = ({ t }: Reader, what: What): Button => ({
  label: t.text(`reminder-everything-${what}-button`),
  data: buttons.everything({ what }),
});

function title(reader: Reader, until: string | null): string {
  const { t } = reader;
  return until === null
    ? t.text('reminder-everything-paused-open')
    : t.text('reminder-everything-paused', { day: dayIn(reader, until) });
}

/** '/pause' alone. */
export function choosePauseView(
  reader: Reader,
  person: { readonly pausedSince: number | null; readonly pausedUntil: string | null },
): View {
  const { t } = reader;
  const isPaused = person.pausedSince !== null;
  return {
    lines: [
      ...(isPaused ? [[title(reader, person.pausedUntil)], []] : []),
      [t.text('reminder-everything-ask')],
      [t.text('reminder-everything-ask-hint')],
    ],
    buttons: [
      ...(isPaused ? [[button(reader, 'end')]] : []),
      [button(reader, 'tomorrow'), button(reader, 'monday'), button(reader, 'week')],
      [button(reader, 'open')],
    ],
  };
}

/** Everything rests now. */
export function pausedView(reader: Reader, until: string | null, counted: Counted, action: ActionId): View {
  const { t } = reader;
  const { reminders, tasks } = counted;
  const what = joined([
    reminders > 0 && t.text('reminder-everything-reminders', { count: reminders }),
    tasks > 0 && t.text('reminder-everything-tasks', { count: tasks }),
  ]);
  return {
    lines: [
      [title(reader, until)],
      what,
      [t.text(until === null ? 'reminder-everything-back-open' : 'reminder-everything-back')],
    ].filter((line) => line.length > 0),
    buttons: [[undoButton(t, action), button(reader, 'end')]],
  };
}

/** Everything goes on. */
export function resumedView(reader: Reader, resumed: Resumed, action: ActionId): View {
  const { t } = reader;
  if (!resumed.wasPaused) return { lines: [[t.text('reminder-everything-none')]] };
  return {
    lines: [[t.text('reminder-return')], [], ...waitedLines(reader, resumed.waited, resumed.waitedTasks)],
    buttons: [[undoButton(t, action)]],
  };
}
