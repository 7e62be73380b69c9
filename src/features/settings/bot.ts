/** Settings in the chat: /settings, /timezone, /language, the onboarding of /start, and a location sent for one's zone. */
import { UserError } from '../../core/errors.ts';
import { loadSql } from '../../storage/sql.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import type { Span, View } from '../../telegram/view.ts';
import { buttons, type Section } from './buttons.ts';
import { cancel } from './cancel.ts';
import { present, settingsChanges, type Told } from './changing.ts';
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
import { menuView, partView, sectionView, zonesFoundView, zoneUnknownView, zoneView } from './views.ts';
import { findZone, guessZones, nearZones } from './zones/find.ts';
import { meantAs } from './zones/place-words.ts';
import { nearestPlace, placeName, zoneName } from './zones/places.ts';

const sql = loadSql(new URL('./start.sql', import.meta.url), ['newestPrompt']);

/** The flow that waits for a city or a location; `start` 1: of the onboarding. */
const ZONE_FLOW = 'settings.zone';
const FLOW_MINUTES = 60;

/** Settings, onboarding and /cancel. */
export function settingsFeature(deps: SettingsDeps): Feature {
  const changes = settingsChanges(deps);
  const { change, changeZone, changeLanguage, changePart } = changes;

  const menu = async (context: Context, made: Promise<Told>): Promise<void> => {
    const { reader, changed } = await made;
    await context.replace(menuView(reader, changed));
  };

  async function open(context: Context, section: Section): Promise<void> {
    if (section === 'zone') await context.flow.start(ZONE_FLOW, { start: 0 }, FLOW_MINUTES);
    const zones = guessZones(context.inbound.languageCode, context.actor.person.timezone);
    await context.replace(sectionView(present(context), section, zones));
  }

  /** Shows the onboarding's next state in its one message: the pressed one, or the one that asked. */
  async function goOn(context: Context, view: View): Promise<void> {
    if (context.inbound.pressed) return context.replace(view);
    const [asked] = await context.tx.query<{ messageId: number }>(sql.newestPrompt, [
      context.botId,
      context.inbound.chatId,
    ]);
    await (asked ? context.edit(asked.messageId, view) : context.answer(view));
  }

  async function zoneChosen(context: Context, zone: string, start: boolean, note: readonly Span[] = []): Promise<void> {
    const { reader, changed } = await changeZone(context, zone);
    const kept = changed.action === null ? 0 : ((await deps.onWallClock?.(context.tx, context.actor)) ?? 0);
    const hours = kept === 0 ? [] : [' ', reader.t.text('settings-zone-kept-hours', { count: kept })];
    const text = [...changed.text, ...hours, ...(note.length > 0 ? [' ', ...note] : [])];
    if (start) return goOn(context, startLanguageView(reader, text));
    const view = menuView(reader, { ...changed, text });
    await (context.inbound.pressed ? context.replace(view) : context.answer(view));
  }

  /** Takes the zone of the place nearest to a location that was sent, and says which place that is. False: none was sent. */
  async function located(context: Context, start: boolean): Promise<boolean> {
    const { location } = context.inbound;
    if (!location) return false;
    const place = nearestPlace(location.latitude, location.longitude);
    if (!place) throw new UserError('settings-location-nowhere');
    const { t } = present(context);
    const args = { place: placeName(place, t.language), away: place.away };
    await zoneChosen(context, place.zone, start, [t.text('settings-zone-nearest', args)]);
    return true;
  }

  /** A city or a location, sent where one was asked for. False: these words are no answer to that. `missed`: a city was not found already. */
  async function zoneSaid(context: Context, start: boolean, missed: boolean): Promise<boolean> {
    const { location, text } = context.inbound;
    if (location) {
      await context.flow.end();
      return located(context, start);
    }
    const found = findZone(text, context.now);
    if (found.kind === 'zone') {
      await context.flow.end();
      await zoneChosen(context, found.zone, start);
      return true;
    }
    if (meantAs(text, context.capture, found, missed || start) === 'other') return false;
    await context.flow.start(ZONE_FLOW, { start: start ? 1 : 0, missed: 1 }, FLOW_MINUTES);
    await context.answer(zoneUnknownView(present(context), text, found.zones, start, 'message'));
    return true;
  }

  async function timezone(context: Context, typed: string, rest: string): Promise<void> {
    const reader = present(context);
    if (rest === '') {
      await context.flow.start(ZONE_FLOW, { start: 0 }, FLOW_MINUTES);
      const zones = guessZones(context.inbound.languageCode, context.actor.person.timezone);
      return context.answer(zoneView(reader, zones));
    }
    if (typed === 'searchtimezone') {
      const zones = nearZones(rest);
      if (zones.length > 0) return context.answer(zonesFoundView(reader, rest, zones));
    }
    const found = findZone(rest, context.now);
    if (found.kind === 'zone') {
      await context.flow.end();
      return zoneChosen(context, found.zone, false);
    }
    await context.flow.start(ZONE_FLOW, { start: 0, missed: 1 }, FLOW_MINUTES);
    await context.answer(zoneUnknownView(reader, rest, found.zones, false));
  }

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
    await context.flow.start(ZONE_FLOW, { start: 1 }, FLOW_MINUTES);
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
        run: (context, { typed, rest }) => timezone(context, typed, rest),
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
    buttons: [
      handleButtons(buttons, {
        menu: (context: Context) => context.replace(menuView(present(context))),
        open: (context: Context, { section }) => open(context, section),
        zone: async (context: Context, { zone, start: starting }) => {
          const found = findZone(zone, context.now);
          // A zone that an older table offered and this machine does not know.
          if (found.kind === 'near')
            return context.answer(zoneUnknownView(present(context), zone, found.zones, starting));
          await context.flow.end();
          await zoneChosen(context, found.zone, starting);
        },
        language: async (context: Context, { language: to, start: starting }) => {
          if (!starting) return menu(context, changeLanguage(context, to));
          const { reader } = await changeLanguage(context, to);
          await context.replace(startDoneView(reader));
        },
        dates: (context: Context, { order }) =>
          menu(
            context,
            change(context, 'settings.dates', { dateOrder: order }, () => ({
              key: 'action-settings-dates',
              args: { from: context.actor.person.dateOrder ?? 'region', to: order ?? 'region' },
            })),
          ),
        clock: (context: Context, { clock }) =>
          menu(
            context,
            change(context, 'settings.clock', { clock }, () => ({
              key: 'action-settings-clock',
              args: { from: `h${context.actor.person.clock ?? ''}`, to: `h${clock ?? ''}` },
            })),
          ),
        week: (context: Context, { day }) =>
          menu(
            context,
            change(context, 'settings.week', { weekStart: Number(day) }, () => ({
              key: 'action-settings-week',
              args: { from: context.actor.person.weekStart, to: Number(day) },
            })),
          ),
        part: (context: Context, { part }) => context.replace(partView(present(context), part)),
        quiet: (context: Context) => context.replace(quietView(present(context))),
        quietSet: (context: Context, { what }) => quiet.pressed(context, changes, what),
        tables: (context: Context) => context.replace(tablesView(present(context))),
        tablesTry: async (context: Context) => {
          await context.replace(tablesTriedView(present(context)));
          // A message of its own: where it is not drawn, nothing else is lost with it.
          await context.answer(tablesSampleView(present(context)));
        },
        tablesSeen: (context: Context) => menu(context, changes.changeTables(context, true)),
        tablesPlain: (context: Context) => menu(context, changes.changeTables(context, false)),
        partAt: (context: Context, { part, at }) => menu(context, changePart(context, part, at)),
        skip: async (context: Context, { step }) => {
          const reader = present(context);
          if (step === 'language') return context.replace(startDoneView(reader));
          await context.flow.end();
          const zone = zoneName(reader.person.timezone, reader.t.language);
          await context.replace(startLanguageView(reader, [reader.t.text('settings-start-zone-kept', { zone })]));
        },
        example: async (context: Context, { number }) => {
          const known = EXAMPLES.find((one) => one === number);
          if (known !== undefined) await context.handleText(context.t.text(`settings-example-${known}`));
        },
        keep: async (context: Context) => {
          const words = context.inbound.pressed?.subject?.data?.['words'];
          if (typeof words !== 'string') throw new UserError('error-old-button');
          await context.flow.end();
          await context.handleText(words);
        },
        help: (context: Context) => context.handleText('/help'),
      }),
    ],
    // In a group a location is about something else than anybody's zone.
    location: async (context) => context.inbound.chatKind !== 'group' && (await located(context, false)),
    said: (context, text) => quiet.said(context, changes, text),
    flows: { [ZONE_FLOW]: (context, data) => zoneSaid(context, data['start'] === 1, data['missed'] === 1) },
    restored: { people: settingsRestored(deps), groups: groupRestored(deps) },
  };
}
