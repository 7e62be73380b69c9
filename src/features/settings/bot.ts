/** Settings in the chat: /settings, /timezone, /language, the onboarding of /start, and a location sent for one's zone. */
import { UserError } from '../../core/errors.ts';
import { type HandlersOf, handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import { buttons, type Section } from './buttons.ts';
import { cancel } from './cancel.ts';
import { present, type SettingsChanges, settingsChanges, type Told } from './changing.ts';
import { EXAMPLES, startDoneView, startLanguageView, startZoneView } from './onboarding.ts';
import * as quiet from './quiet.ts';
import { quietView } from './quiet-view.ts';
import {
  greetingLanguage,
  groupRestored,
  languageNamed,
  localeFor,
  type SettingsDeps,
  settingsRestored,
} from './service.ts';
import { tablesSampleView, tablesTriedView, tablesView } from './tables-view.ts';
import { menuView, partView, sectionView, zoneUnknownView } from './views.ts';
import { awaitZone, ZONE_FLOW, zoneChoice } from './zones/choosing.ts';
import { findZone, guessZones } from './zones/find.ts';
import { zoneName } from './zones/places.ts';

/** Handlers of some of the buttons; the table does not compile while one is missing. */
type Presses = Partial<HandlersOf<Context, typeof buttons>>;

/** The menu again, with what was just chosen told above it. */
async function menu(context: Context, made: Promise<Told>): Promise<void> {
  const { reader, changed } = await made;
  await context.replace(menuView(reader, changed));
}

async function open(context: Context, section: Section): Promise<void> {
  if (section === 'zone') await awaitZone(context, false);
  const zones = guessZones(context.inbound.languageCode, context.actor.person.timezone);
  await context.replace(sectionView(present(context), section, zones));
}

/** The menu, its sections and what is chosen in them. */
const choicePresses = (changes: SettingsChanges) =>
  ({
    menu: (context) => context.replace(menuView(present(context))),
    open: (context, { section }) => open(context, section),
    dates: (context, { order }) =>
      menu(
        context,
        changes.change(context, 'settings.dates', { dateOrder: order }, () => ({
          key: 'action-settings-dates',
          args: { from: context.actor.person.dateOrder ?? 'region', to: order ?? 'region' },
        })),
      ),
    clock: (context, { clock }) =>
      menu(
        context,
        changes.change(context, 'settings.clock', { clock }, () => ({
          key: 'action-settings-clock',
          args: { from: `h${context.actor.person.clock ?? ''}`, to: `h${clock ?? ''}` },
        })),
      ),
    week: (context, { day }) =>
      menu(
        context,
        changes.change(context, 'settings.week', { weekStart: Number(day) }, () => ({
          key: 'action-settings-week',
          args: { from: context.actor.person.weekStart, to: Number(day) },
        })),
      ),
    part: (context, { part }) => context.replace(partView(present(context), part)),
    quiet: (context) => context.replace(quietView(present(context))),
    quietSet: (context, { what }) => quiet.pressed(context, changes, what),
    tables: (context) => context.replace(tablesView(present(context))),
    tablesTry: async (context) => {
      await context.replace(tablesTriedView(present(context)));
      // A message of its own: where it is not drawn, nothing else is lost with it.
      await context.answer(tablesSampleView(present(context)));
    },
    tablesSeen: (context) => menu(context, changes.changeTables(context, true)),
    tablesPlain: (context) => menu(context, changes.changeTables(context, false)),
    partAt: (context, { part, at }) => menu(context, changes.changePart(context, part, at)),
  }) satisfies Presses;

/** What the onboarding offers too, and words that were kept with a question. */
const stepPresses = ({ changeLanguage }: SettingsChanges, choice: ReturnType<typeof zoneChoice>) =>
  ({
    zone: async (context, { zone, start: starting }) => {
      const found = findZone(zone, context.now);
      // A zone that an older table offered and this machine does not know.
      if (found.kind === 'near') return context.answer(zoneUnknownView(present(context), zone, found.zones, starting));
      await context.flow.end();
      await choice.chosen(context, found.zone, starting);
    },
    language: async (context, { language: to, start: starting }) => {
      if (!starting) return menu(context, changeLanguage(context, to));
      const { reader } = await changeLanguage(context, to);
      await context.replace(startDoneView(reader));
    },
    skip: async (context, { step }) => {
      const reader = present(context);
      if (step === 'language') return context.replace(startDoneView(reader));
      await context.flow.end();
      const zone = zoneName(reader.person.timezone, reader.t.language);
      await context.replace(startLanguageView(reader, [reader.t.text('settings-start-zone-kept', { zone })]));
    },
    example: async (context, { number }) => {
      const known = EXAMPLES.find((one) => one === number);
      if (known !== undefined) await context.handleText(context.t.text(`settings-example-${known}`));
    },
    keep: async (context) => {
      const words = context.inbound.pressed?.subject?.data?.['words'];
      if (typeof words !== 'string') throw new UserError('error-old-button');
      await context.flow.end();
      await context.handleText(words);
    },
    help: (context) => context.handleText('/help'),
  }) satisfies Presses;

/** Settings, onboarding and /cancel. */
export function settingsFeature(deps: SettingsDeps): Feature {
  const changes = settingsChanges(deps);
  const { change, changeLanguage } = changes;
  const zone = zoneChoice(deps, changes);

  async function language(context: Context, word: string): Promise<void> {
    if (word === '') return open(context, 'language');
    const named = languageNamed(word);
    if (named === undefined) throw new UserError('settings-language-unknown', { words: word.slice(0, 40) });
    const { reader, changed } = await changeLanguage(context, named);
    await context.answer(menuView(reader, changed));
  }

  /** Greets in Telegram's language, once kept as the person's own, and asks the first question. */
  async function start(context: Context): Promise<void> {
    const { person } = context.actor;
    if (context.actor.group) return deps.group?.greet(context);
    let reader = present(context);
    if (person.onboardedAt === null) {
      const to = greetingLanguage(context.inbound.languageCode, person.language);
      const patch = {
        language: to,
        locale: localeFor(to, person.locale, context.inbound.languageCode),
        onboardedAt: context.now,
      };
      ({ reader } = await change(context, 'settings.start', patch, () => ({ key: 'action-settings-start', args: {} })));
    }
    await awaitZone(context, true);
    await context.answer(startZoneView(reader, guessZones(context.inbound.languageCode, person.timezone)));
  }

  const settings = { usage: '', topic: 'settings', scope: 'everyone', menu: true } as const;
  return {
    name: 'settings',
    commands: [
      { ...settings, name: 'start', topic: 'start', run: start },
      {
        ...settings,
        name: 'settings',
        spoken: ['settings', 'настройки', 'покажи настройки', 'show settings', 'open settings'],
        run: async (context) => {
          await context.answer(menuView(present(context)));
        },
      },
      {
        ...settings,
        name: 'timezone',
        aliases: ['settimezone', 'autotimezone', 'listtimezones', 'searchtimezone', 'currenttime'],
        usage: '[city or zone]',
        run: (context, { typed, rest }) => zone.command(context, typed, rest),
      },
      {
        ...settings,
        name: 'language',
        usage: '[en|ru]',
        run: (context, { rest }) => language(context, rest),
      },
      {
        ...settings,
        name: 'quiet',
        aliases: ['dnd'],
        usage: '[hours, on, off or until]',
        run: (context, { typed, rest }) =>
          quiet.command(context, changes, typed === 'dnd' && rest.trim() === '' ? 'on' : rest),
      },
      { ...settings, name: 'cancel', topic: 'safety', run: cancel },
    ],
    buttons: [handleButtons(buttons, { ...choicePresses(changes), ...stepPresses(changes, zone) })],
    // In a group a location is about something else than anybody's zone.
    location: async (context) => context.inbound.chatKind !== 'group' && (await zone.located(context, false)),
    said: (context, text) => quiet.said(context, changes, text),
    flows: { [ZONE_FLOW]: (context, data) => zone.said(context, data['start'] === 1, data['missed'] === 1) },
    restored: { people: settingsRestored(deps), groups: groupRestored(deps) },
  };
}
