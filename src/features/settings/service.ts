/** Changes a person's settings: each an undoable action that every replica and every planned reminder follows. */
import { personIn, readGroup } from '../../access/groups.ts';
import { type Actor, type Person, peopleChanged, readPerson } from '../../access/people.ts';
import type { Performed, Summary } from '../../actions/perform.ts';
import type { RestoreHook } from '../../actions/undo.ts';
import type { EpochMs } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import type { SpaceId } from '../../core/ids.ts';
import { type Language, languageOf, languages } from '../../locales/translator.ts';
import type { Tx } from '../../storage/database.ts';
import type { GroupSettings, PersonSettings } from '../../storage/rows.ts';
import type { Context } from '../../telegram/feature.ts';

/** Called once a person's zone or hours of the day changed, in the same transaction; `actor.person` has the new ones. Plans wall-clock reminders anew. */
export type ZoneChanged = (tx: Tx, actor: Actor, now: EpochMs) => Promise<void>;

/** Called once a person's quiet time changed, in the same transaction; `actor.person` has the new one. What it holds back follows. */
export type QuietChanged = ZoneChanged;

/** What follows changes of settings in other features. */
export interface SettingsDeps {
  /** Plans the person's wall-clock reminders anew, in the same transaction. */
  readonly zoneChanged: ZoneChanged;
  readonly quietChanged: QuietChanged;
  /** How many reminders to come hang on the wall clock where the actor is; not told where this is left out. */
  readonly onWallClock?: (tx: Tx, actor: Actor) => Promise<number>;
  readonly group?: SettingsOfGroups;
}

/** The same for settings of groups; left out where there are none. */
export interface SettingsOfGroups {
  /** What /start says in one. */
  readonly greet: (context: Context) => Promise<void>;
  /** Plans its wall-clock reminders anew; `group` has its new zone. */
  readonly moved: (tx: Tx, group: GroupSettings, now: EpochMs) => Promise<void>;
  readonly quietChanged: (tx: Tx, group: GroupSettings, now: EpochMs) => Promise<void>;
}

export type SettingsPatch = Partial<Omit<PersonSettings, 'id' | 'name'>>;

/** Whether every setting of `patch` has its value already. */
export function isSo(person: Person, patch: SettingsPatch): boolean {
  const now: SettingsPatch = person;
  return Object.entries(patch).every(
    ([name, value]) => JSON.stringify(now[name as keyof SettingsPatch]) === JSON.stringify(value),
  );
}

/** A person's alone: groups have none. */
const OWN = ['dayParts', 'nativeTables', 'onboardedAt'] as const satisfies ReadonlyArray<keyof SettingsPatch>;

/** Applies `patch` to the settings of who wrote; gives the action and the person as they are now. */
export async function changeSettings(
  context: Context,
  kind: string,
  patch: SettingsPatch,
  summary: Summary,
  deps: SettingsDeps,
): Promise<{ readonly done: Performed<null>; readonly person: Person }> {
  const { tx, actor, now } = context;
  const { group } = actor;
  if (group && OWN.some((name) => name in patch)) throw new UserError('error-not-in-group');
  const done = await context.perform(
    kind,
    async (changes) => {
      // In a group its settings are everybody's who is in it.
      if (group) await changes.update('groups', group.id, patch);
      else await changes.update('people', actor.person.id, patch);
      return null;
    },
    () => summary,
  );
  if (group) {
    const changed = await readGroup(tx, group.id);
    if (!done.repeated) await groupFollows(deps, tx, group, changed, now);
    return { done, person: personIn(changed, context.author) };
  }
  const person = await readPerson(tx, actor.person.id);
  if (!done.repeated) {
    await peopleChanged(tx);
    await follow(deps, tx, actor, person, now);
  }
  return { done, person };
}

/** Whether wall-clock times now stand for other instants. */
function movesTimes(before: Person, after: Person): boolean {
  return before.timezone !== after.timezone || JSON.stringify(before.dayParts) !== JSON.stringify(after.dayParts);
}

/** Whether it is quiet at other times now. */
function movesQuiet(before: Person, after: Person): boolean {
  return (['quietHours', 'quietSince', 'quietUntil'] as const).some((name) => before[name] !== after[name]);
}

/** `actor.person` is the person before the change, `person` after it. */
async function follow(deps: SettingsDeps, tx: Tx, actor: Actor, person: Person, now: EpochMs): Promise<void> {
  if (movesTimes(actor.person, person)) await deps.zoneChanged(tx, { ...actor, person }, now);
  if (movesQuiet(actor.person, person)) await deps.quietChanged(tx, { ...actor, person }, now);
}

/** The same for a group: what is planned there follows its clock. */
async function groupFollows(
  deps: SettingsDeps,
  tx: Tx,
  before: GroupSettings,
  after: GroupSettings,
  now: EpochMs,
): Promise<void> {
  if (before.timezone !== after.timezone) await deps.group?.moved(tx, after, now);
  else if ((['quietHours', 'quietSince', 'quietUntil'] as const).some((name) => before[name] !== after[name]))
    await deps.group?.quietChanged(tx, after, now);
}

/** What follows when a group's older settings came back. */
export function groupRestored(deps: SettingsDeps): RestoreHook {
  return async (tx, _actor, ids, now) => {
    for (const id of ids) await deps.group?.moved(tx, await readGroup(tx, id as SpaceId), now);
  };
}

/** What follows when an older image of a person came back: the same as after a change. */
export function settingsRestored(deps: SettingsDeps): RestoreHook {
  return async (tx, actor, ids, now) => {
    await peopleChanged(tx);
    for (const id of ids) {
      if (id !== actor.person.id) continue;
      const person = await readPerson(tx, actor.person.id);
      await follow(deps, tx, actor, person, now);
    }
  };
}

/**
 * The locale of someone who chose `language`: its region is that of their Telegram ('de' is likely Germany), because the
 * order of numeric dates and the clock follow the region. A bare 'en' or 'ru' keeps the region known so far.
 */
export function localeFor(language: Language, known: string, telegramTag = ''): string {
  const region = regionOf(telegramTag) ?? regionOf(known);
  return region === undefined ? language : `${language}-${region}`;
}

function regionOf(tag: string): string | undefined {
  try {
    const locale = new Intl.Locale(tag.replaceAll('_', '-'));
    const spokenInMany = languages.some((language) => language === locale.language);
    return locale.region ?? (spokenInMany ? undefined : locale.maximize().region);
  } catch {
    return undefined; // Telegram's language codes are not always tags that Intl knows.
  }
}

/** The language to greet someone in: Telegram's when it is one of ours, else the one they have. */
export function greetingLanguage(telegramTag: string, present: string): Language {
  const primary = telegramTag.toLowerCase().split(/[-_]/, 1)[0];
  return languages.find((language) => language === primary) ?? languageOf(present);
}

/** The language named by a word, in any of the languages; undefined for one Steward does not speak. */
export function languageNamed(word: string): Language | undefined {
  const known: Readonly<Record<Language, RegExp>> = {
    en: /^(?:en(?:[-_]\w+)?|eng|english|английский|англ|по-английски)$/i,
    ru: /^(?:ru(?:[-_]\w+)?|rus|russian|русский|рус|по-русски)$/i,
  };
  return languages.find((language) => known[language].test(word.trim()));
}
