/** How settings and onboarding look: data in, message out. */
import type { Person } from '../../access/people.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { ActionId } from '../../core/ids.ts';
import { hoursOf, quietEnd } from '../../core/quiet.ts';
import { wallClock } from '../../core/zones.ts';
import { languages, type SpanArguments, type Translator } from '../../locales/translator.ts';
import { timeText } from '../../telegram/dates.ts';
import { type Button, bold, inPairs, type MessageSubject, type Span, type View } from '../../telegram/view.ts';
import { undoButton } from '../history/index.ts';
import { buttons, defaultTime, PARTS, type Part, type Section, timeOf } from './buttons.ts';
import { zoneDetail, zoneName } from './zones/places.ts';

/** Whom it is shown to, and when. */
export interface Reader {
  readonly t: Translator;
  readonly person: Person;
  readonly now: EpochMs;
  /** the settings are those of a group */
  readonly inGroup?: boolean;
}

/** What was just chosen, told above the menu with its Undo; no action when it was so already. */
export interface Changed {
  readonly text: readonly Span[];
  readonly action: ActionId | null;
}

/** The words of a text with its values. */
export const said = (t: Translator, key: string, args: SpanArguments<Exclude<Span, string>>): readonly Span[] =>
  t.spans(key, args);

/** Marks a message as a question of the settings, so that an answer finds it. */
export const prompt = (name: string): MessageSubject => ({
  role: 'prompt',
  entity: 'none',
  entityId: null,
  data: { prompt: name },
});

/** What clocks in `zone` show now, as the reader reads times. */
export const timeIn = ({ person, now }: Reader, zone: string): string =>
  timeText(wallClock(now, zone).time, person.locale, person.clock);

/** 'HH:MM' of a part of the person's day. */
export function partTime(person: Person, part: Part): string {
  return person.dayParts[part] ?? defaultTime(part);
}

/** A zone on a button: the city and what its clocks show now, by which people recognise it. */
export function zoneButton(reader: Reader, zone: string, start: boolean): Button {
  return { label: `${zoneName(zone, reader.t.language)} ${timeIn(reader, zone)}`, data: buttons.zone({ zone, start }) };
}

/** When it is quiet, on one line. */
function quietLine({ t, person, now }: Reader): readonly Span[] {
  const hours = hoursOf(person.quietHours);
  const shown = (time: string) => timeText(time, person.locale, person.clock);
  return said(t, 'settings-line-quiet', {
    is: hours === null ? 'never' : 'hours',
    from: hours === null ? '' : shown(hours.from),
    to: hours === null ? '' : shown(hours.to),
    now: quietEnd(person, now) === null ? 'no' : 'yes',
  });
}

/** All settings with their values; pressing one opens its choices. */
export function menuView(reader: Reader, changed?: Changed): View {
  const { t, person } = reader;
  const value = (section: Section, args: Record<string, string | number>): readonly Span[] =>
    said(t, `settings-line-${section}`, args);
  const shown = (part: Part) => timeText(partTime(person, part), person.locale, person.clock);
  const open = (section: Section): Button => ({
    label: t.text(`settings-${section}-button`),
    data: buttons.open({ section }),
  });
  return {
    lines: [
      ...(changed ? [changed.text, []] : []),
      [bold(t.text(reader.inGroup ? 'settings-title-group' : 'settings-title'))],
      [],
      value('zone', {
        zone: zoneName(person.timezone, t.language),
        detail: zoneDetail(person.timezone, t.language, reader.now),
        time: timeIn(reader, person.timezone),
      }),
      value('language', { language: t.language }),
      value('dates', { order: person.dateOrder ?? 'region' }),
      value('clock', { clock: person.clock === null ? 'region' : `h${person.clock}` }),
      value('week', { day: person.weekStart }),
      quietLine(reader),
      ...(reader.inGroup
        ? []
        : [
            value('parts', { morning: shown('morning'), afternoon: shown('afternoon'), evening: shown('evening') }),
            said(t, 'settings-line-tables', { look: person.nativeTables ? 'native' : 'plain' }),
          ]),
    ],
    buttons: [
      ...(changed && changed.action !== null ? [[undoButton(t, changed.action)]] : []),
      [open('zone'), open('language'), open('dates')],
      [open('clock'), open('week'), ...(reader.inGroup ? [] : [open('parts')])],
      [
        { label: t.text('settings-quiet-button'), data: buttons.quiet() },
        ...(reader.inGroup ? [] : [{ label: t.text('settings-tables-button'), data: buttons.tables() }]),
      ],
    ],
    shows: prompt('settings'),
  };
}

/** The choices of one setting. `zones` are those offered for the zone. */
export function sectionView(reader: Reader, section: Section, zones: readonly string[]): View {
  const { t, person } = reader;
  const back: Button[] = [{ label: t.text('shared-back-button'), data: buttons.menu() }];
  const chosen = (yes: boolean, label: string) => (yes ? `✓ ${label}` : label);
  switch (section) {
    case 'zone':
      return zoneView(reader, zones);
    case 'language':
      return {
        lines: [[t.text('settings-ask-language')]],
        buttons: [languageRow(t, false), back],
        shows: prompt('settings'),
      };
    case 'dates':
      return {
        lines: [[t.text('settings-ask-dates')]],
        buttons: [
          (['dmy', 'mdy', null] as const).map((order) => ({
            label: chosen(person.dateOrder === order, t.text(`settings-dates-${order ?? 'region'}-button`)),
            data: buttons.dates({ order }),
          })),
          back,
        ],
        shows: prompt('settings'),
      };
    case 'clock':
      return {
        lines: [[t.text('settings-ask-clock')]],
        buttons: [
          (['24', '12', null] as const).map((clock) => ({
            label: chosen(person.clock === clock, t.text(`settings-clock-${clock ?? 'region'}-button`)),
            data: buttons.clock({ clock }),
          })),
          back,
        ],
        shows: prompt('settings'),
      };
    case 'week':
      return {
        lines: [[t.text('settings-ask-week')]],
        buttons: [
          (['1', '7', '6'] as const).map((day) => ({
            label: chosen(String(person.weekStart) === day, t.text(`settings-week-${day}-button`)),
            data: buttons.week({ day }),
          })),
          back,
        ],
        shows: prompt('settings'),
      };
    case 'parts':
      return {
        lines: [[t.text('settings-ask-parts')]],
        buttons: [
          ...inPairs(
            PARTS.map((part) => ({
              label: `${t.text(`settings-part-${part}`)} ${timeText(partTime(person, part), person.locale, person.clock)}`,
              data: buttons.part({ part }),
            })),
          ),
          back,
        ],
        shows: prompt('settings'),
      };
  }
}

/** When a part of the day begins: hours around the usual one. */
export function partView({ t, person }: Reader, part: Part): View {
  const usual = defaultTime(part);
  const minutes = Number(usual.slice(0, 2)) * 60 + Number(usual.slice(3));
  const times = [-180, -120, -60, -30, 30, 60, 120, 180].map((shift) =>
    timeOf(Math.min(1439, Math.max(0, minutes + shift))),
  );
  const button = (at: string): Button => ({
    label: timeText(at, person.locale, person.clock),
    data: buttons.partAt({ part, at }),
  });
  return {
    lines: [
      said(t, 'settings-ask-part', {
        part: t.text(`settings-part-${part}`),
        time: timeText(partTime(person, part), person.locale, person.clock),
      }),
    ],
    buttons: [
      times.slice(0, 4).map(button),
      [
        {
          label: t.text('settings-part-usual-button', { time: timeText(usual, person.locale, person.clock) }),
          data: buttons.partAt({ part, at: null }),
        },
      ],
      times.slice(4).map(button),
      [{ label: t.text('shared-back-button'), data: buttons.open({ section: 'parts' }) }],
    ],
    shows: prompt('settings'),
  };
}

/** Where are you? The zones most likely, a city typed, or a location sent. */
export function zoneView(reader: Reader, zones: readonly string[]): View {
  const { t, person } = reader;
  return {
    lines: [
      said(t, 'settings-zone-now', {
        zone: bold(zoneName(person.timezone, t.language)),
        detail: zoneDetail(person.timezone, t.language, reader.now),
        time: timeIn(reader, person.timezone),
      }),
      [t.text('settings-ask-zone')],
    ],
    buttons: [
      ...inPairs(zones.filter((zone) => zone !== person.timezone).map((zone) => zoneButton(reader, zone, false))),
      [{ label: t.text('shared-back-button'), data: buttons.menu() }],
    ],
    shows: prompt('settings'),
  };
}

/** No zone has this name: what is near, or how else to say it. */
export function zoneUnknownView(
  reader: Reader,
  words: string,
  near: readonly string[],
  start: boolean,
  by: 'command' | 'message' = 'command',
): View {
  const { t } = reader;
  const shows = prompt(start ? 'start' : 'settings');
  const last: Button[] = [
    ...(start ? [{ label: t.text('shared-skip-button'), data: buttons.skip({ step: 'zone' }) }] : []),
    // A plain message may have been meant for something else.
    ...(by === 'message' ? [{ label: t.text('settings-keep-button'), data: buttons.keep() }] : []),
  ];
  return {
    lines: [
      said(t, 'settings-zone-unknown', { words: shortened(words) }),
      [t.text(near.length > 0 ? 'settings-zone-near' : 'settings-zone-none-near')],
    ],
    buttons: [...inPairs(near.map((zone) => zoneButton(reader, zone, start))), ...(last.length > 0 ? [last] : [])],
    shows: by === 'message' ? { ...shows, data: { ...shows.data, words } } : shows,
  };
}

/** Zones to choose among without anything being wrong with the words. */
export function zonesFoundView(reader: Reader, words: string, zones: readonly string[]): View {
  return {
    lines: [said(reader.t, 'settings-zones-found', { words: shortened(words) })],
    buttons: inPairs(zones.map((zone) => zoneButton(reader, zone, false))),
    shows: prompt('settings'),
  };
}

const shortened = (words: string) => (words.length > 60 ? `${words.slice(0, 60).toWellFormed()}…` : words);

/** One button a language, each in its own name; `start`: of the onboarding. */
export function languageRow(t: Translator, start: boolean): Button[] {
  return languages.map((language) => ({
    label: t.text('settings-language-name-button', { language }),
    data: buttons.language({ language, start }),
  }));
}
