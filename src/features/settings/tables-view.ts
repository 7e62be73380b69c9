/** How lists shall look: the choice, and the sample whose own button proves that a client draws native tables. Pure. */
import { addDays } from '../../core/days.ts';
import { wallClock } from '../../core/zones.ts';
import { dueSpan } from '../../telegram/dates.ts';
import { type Block, type Button, bold, type Line, type View } from '../../telegram/view.ts';
import { buttons } from './buttons.ts';
import { prompt, type Reader } from './views.ts';

const plainButton = ({ t }: Reader): Button => ({
  label: t.text('settings-tables-keep-button'),
  data: buttons.tablesPlain(),
});

/** Plain text, or native tables: the latter only after a look at a sample. */
export function tablesView(reader: Reader): View {
  const { t, person } = reader;
  const chosen = (yes: boolean, label: string) => (yes ? `✓ ${label}` : label);
  return {
    lines: [[t.text('settings-ask-tables')], [t.text('settings-tables-hint')]],
    buttons: [
      [
        { label: chosen(!person.nativeTables, t.text('settings-tables-plain-button')), data: buttons.tablesPlain() },
        { label: chosen(person.nativeTables, t.text('settings-tables-native-button')), data: buttons.tablesTry() },
      ],
      [{ label: t.text('shared-back-button'), data: buttons.menu() }],
    ],
    shows: prompt('settings'),
  };
}

/** A sample is on its way. This stays readable for everybody, whatever becomes of that. */
export function tablesTriedView(reader: Reader): View {
  return {
    lines: [[reader.t.text('settings-tables-tried')]],
    buttons: [[plainButton(reader)]],
    shows: prompt('settings'),
  };
}

/** The sample. A client that does not draw it does not show the button in it either, so a press proves that it does. */
export function tablesSampleView(reader: Reader): View {
  const { t } = reader;
  return {
    lines: [{ plain: [[t.text('settings-tables-none')]], native: () => sample(reader) }],
    buttons: [[plainButton(reader)]],
    shows: prompt('settings'),
    asksNative: true,
  };
}

function sample({ t, person, now }: Reader): Block[] {
  const tomorrow = addDays(wallClock(now, person.timezone).day, 1);
  const when = (time: string | null) =>
    dueSpan({
      date: tomorrow,
      time,
      now,
      zone: person.timezone,
      language: person.locale,
      clock: person.clock,
      place: 'row',
    });
  const row = (number: number, at: Line): Line[] => [
    [String(number)],
    [t.text(`settings-tables-sample-${number}`)],
    at,
  ];
  return [
    { line: [bold(t.text('settings-tables-sample'))] },
    {
      columns: [
        { name: t.text('shared-column-number'), align: 'end' },
        { name: t.text('shared-column-task'), align: 'start' },
        { name: t.text('shared-column-when'), align: 'end' },
      ],
      rows: [row(1, when('15:00')), row(2, when(null)), row(3, [])],
    },
    { line: [t.text('settings-tables-sample-ask')] },
    { inside: [{ label: t.text('settings-tables-seen-button'), data: buttons.tablesSeen() }] },
  ];
}
