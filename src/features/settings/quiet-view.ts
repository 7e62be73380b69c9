/** How quiet time looks: what is chosen, and what can be. Pure. */
import { hoursOf, quietEnd } from '../../core/quiet.ts';
import { instantSpan, timeText } from '../../telegram/dates.ts';
import { type Button, bold, type Span, type View } from '../../telegram/view.ts';
import { undoButton } from '../history/index.ts';
import { buttons } from './buttons.ts';
import { type Changed, prompt, type Reader, said } from './views.ts';

export function quietView(reader: Reader, changed?: Changed): View {
  const { t, person, now } = reader;
  const hours = hoursOf(person.quietHours);
  const shown = (time: string) => timeText(time, person.locale, person.clock);
  const silent = quietEnd({ ...person, quietHours: null }, now) !== null;
  const button = (what: Parameters<typeof buttons.quietSet>[0]['what'], label: string): Button => ({
    label,
    data: buttons.quietSet({ what }),
  });
  const plain = (what: '1h' | 'morning' | 'on' | 'off' | 'no-hours' | 'urgent' | 'no-urgent') =>
    button(what, t.text(`settings-quiet-${what}-button`));
  const span = (from: string, to: string) => `${shown(from)}–${shown(to)}`;
  return {
    lines: [
      ...(changed ? [changed.text, []] : []),
      [bold(t.text('settings-quiet-title'))],
      [],
      hours === null
        ? [t.text('settings-quiet-no-hours')]
        : [t.text('settings-quiet-hours', { from: shown(hours.from), to: shown(hours.to) })],
      ...(silent ? [silenceLine(reader)] : []),
      [t.text(person.quietLetsUrgent ? 'settings-quiet-urgent-passes' : 'settings-quiet-urgent-waits')],
      [t.text('settings-quiet-hint')],
    ],
    buttons: [
      ...(changed && changed.action !== null ? [[undoButton(t, changed.action)]] : []),
      [
        button('22-7', span('22:00', '07:00')),
        button('23-8', span('23:00', '08:00')),
        ...(hours === null ? [] : [plain('no-hours')]),
      ],
      silent ? [plain('off')] : [plain('1h'), plain('morning'), plain('on')],
      [plain(person.quietLetsUrgent ? 'no-urgent' : 'urgent')],
      [{ label: t.text('shared-back-button'), data: buttons.menu() }],
    ],
    shows: prompt('settings'),
  };
}

function silenceLine({ t, person, now }: Reader): readonly Span[] {
  const until = person.quietUntil;
  if (until === null) return [t.text('settings-quiet-now')];
  const at = instantSpan({
    at: until,
    zone: person.timezone,
    language: t.language,
    clock: person.clock,
    now,
    place: 'row',
  });
  return said(t, 'settings-quiet-now-until', { until: at });
}
