/** Settings changed from the chat: each change one action, told in the words of its own summary and in the language that holds after it. */
import type { Person } from '../../access/people.ts';
import type { Summary } from '../../actions/perform.ts';
import { languageOf, type Translator, translator } from '../../locales/translator.ts';
import type { Context } from '../../telegram/feature.ts';
import { defaultTime, type Part } from './buttons.ts';
import { changeSettings, isSo, localeFor, type SettingsDeps, type SettingsPatch } from './service.ts';
import { type Changed, partTime, type Reader, said } from './views.ts';
import { zoneName } from './zones/places.ts';

/** `person` as views show settings to them, in their language. */
export const readerOf = (context: Context, person: Person): Reader => ({
  t: translator(person.language),
  person,
  now: context.now,
  inGroup: context.actor.group !== undefined,
});
/** The person the chat is with, as they are before any change. */
export const present = (context: Context): Reader => readerOf(context, context.actor.person);

/** What became of a change, and for whom it is shown. */
export interface Told {
  readonly reader: Reader;
  readonly changed: Changed;
}

export interface SettingsChanges {
  change(context: Context, kind: string, patch: SettingsPatch, summary: (t: Translator) => Summary): Promise<Told>;
  /** `zone` is an IANA name that this machine knows. */
  changeZone(context: Context, zone: string): Promise<Told>;
  changeLanguage(context: Context, to: 'en' | 'ru'): Promise<Told>;
  /** How lists look; `native` only where the person's client was just seen to draw a native table. */
  changeTables(context: Context, native: boolean): Promise<Told>;
  /** The hour of a part of the day, 'HH:MM'; null: the default again. */
  changePart(context: Context, part: Part, at: string | null): Promise<Told>;
}

/** The changes that bot.ts makes. */
export function settingsChanges(deps: SettingsDeps): SettingsChanges {
  /** Applies a change; tells it in the words of its own summary, in the language that holds now. What is so already is only told. */
  async function change(
    context: Context,
    kind: string,
    patch: SettingsPatch,
    summary: (t: Translator) => Summary,
  ): Promise<Told> {
    const told = summary(translator(patch.language ?? context.actor.person.language));
    if (isSo(context.actor.person, patch)) {
      const reader = present(context);
      return { reader, changed: { text: said(reader.t, told.key, told.args), action: null } };
    }
    const { done, person } = await changeSettings(context, kind, patch, told, deps);
    const reader = readerOf(context, person);
    return { reader, changed: { text: said(reader.t, told.key, told.args), action: done.actionId } };
  }

  const changeZone = (context: Context, zone: string) =>
    change(context, 'settings.zone', { timezone: zone }, ({ language }) => ({
      key: 'action-settings-zone',
      args: { from: zoneName(context.actor.person.timezone, language), to: zoneName(zone, language) },
    }));

  const changeLanguage = (context: Context, to: 'en' | 'ru') => {
    const { person } = context.actor;
    const patch = { language: to, locale: localeFor(to, person.locale, context.inbound.languageCode) };
    return change(context, 'settings.language', patch, () => ({
      key: 'action-settings-language',
      args: { from: languageOf(person.language), to },
    }));
  };

  function changePart(context: Context, part: Part, at: string | null) {
    const { person } = context.actor;
    const { [part]: _, ...others } = person.dayParts;
    const dayParts = at === null || at === defaultTime(part) ? others : { ...others, [part]: at };
    return change(context, 'settings.parts', { dayParts }, () => ({
      key: 'action-settings-parts',
      args: { part, from: partTime(person, part), to: at ?? defaultTime(part) },
    }));
  }

  const changeTables = (context: Context, native: boolean) =>
    change(context, 'settings.tables', { nativeTables: native }, () => ({
      key: 'action-settings-tables',
      args: { from: context.actor.person.nativeTables ? 'native' : 'plain', to: native ? 'native' : 'plain' },
    }));

  return { change, changeZone, changeLanguage, changeTables, changePart };
}
