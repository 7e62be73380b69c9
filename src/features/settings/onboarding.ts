/** How the first questions look: zone, language, and three examples to tap; one message that changes in place. */
import { bold, inPairs, type Span, type View } from '../../telegram/view.ts';
import { buttons } from './buttons.ts';
import { languageRow, prompt, type Reader, said, timeIn, zoneButton } from './views.ts';
import { zoneName } from './zones/places.ts';

/** The onboarding's first question. */
export function startZoneView(reader: Reader, zones: readonly string[]): View {
  const { t, person } = reader;
  const name = person.name === '' ? '' : person.name;
  return {
    lines: [
      [bold(t.text('settings-start-title'))],
      [t.text('settings-start-what', { name })],
      [],
      [t.text('settings-start-zone')],
    ],
    buttons: [
      ...inPairs(zones.map((zone) => zoneButton(reader, zone, true))),
      [{ label: t.text('shared-skip-button'), data: buttons.skip({ step: 'zone' }) }],
    ],
    shows: prompt('start'),
  };
}

/** The onboarding's second question; `zone` tells what became of the first. */
export function startLanguageView({ t }: Reader, zone: readonly Span[]): View {
  return {
    lines: [zone, [], [t.text('settings-start-language')]],
    buttons: [
      languageRow(t, true),
      [{ label: t.text('shared-skip-button'), data: buttons.skip({ step: 'language' }) }],
    ],
    shows: prompt('start'),
  };
}

/** The examples the onboarding ends with, by number. */
export const EXAMPLES = [1, 2, 3] as const;

/** The onboarding's end: what was chosen, and three examples to tap. */
export function startDoneView(reader: Reader): View {
  const { t, person } = reader;
  return {
    lines: [
      said(t, 'settings-start-done', {
        zone: zoneName(person.timezone, t.language),
        time: timeIn(reader, person.timezone),
        language: t.language,
      }),
      [],
      [t.text('settings-start-try')],
    ],
    buttons: [
      ...EXAMPLES.map((number) => [{ label: t.text(`settings-example-${number}`), data: buttons.example({ number }) }]),
      [
        { label: t.text('settings-title-button'), data: buttons.menu() },
        { label: t.text('shared-help-button'), data: buttons.help() },
      ],
    ],
    shows: prompt('start'),
  };
}
