/** A time zone chosen in the chat: by a city, a location or a button, in the settings or in the onboarding. */
import { UserError } from '../../../core/errors.ts';
import { loadSql } from '../../../storage/sql.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { Span, View } from '../../../telegram/view.ts';
import { present, type SettingsChanges } from '../changing.ts';
import { startLanguageView } from '../onboarding.ts';
import type { SettingsDeps } from '../service.ts';
import { menuView, zonesFoundView, zoneUnknownView, zoneView } from '../views.ts';
import { findZone, guessZones, nearZones } from './find.ts';
import { meantAs } from './place-words.ts';
import { nearestPlace, placeName } from './places.ts';

const sql = loadSql(new URL('./choosing.sql', import.meta.url), ['newestPrompt']);

/** The flow that waits for a city or a location; `start` 1: of the onboarding. */
export const ZONE_FLOW = 'settings.zone';
const FLOW_MINUTES = 60;

/** The next message may be a city or a location. `missed`: a city was not found already. */
export function awaitZone(context: Context, start: boolean, missed = false): Promise<void> {
  return context.flow.start(ZONE_FLOW, { start: start ? 1 : 0, ...(missed ? { missed: 1 } : {}) }, FLOW_MINUTES);
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

/** What choosing a zone does; `start`: in the onboarding, which goes on with it. */
export function zoneChoice(
  { onWallClock }: Pick<SettingsDeps, 'onWallClock'>,
  { changeZone }: Pick<SettingsChanges, 'changeZone'>,
) {
  /** `note`: what is said behind it. */
  async function chosen(context: Context, zone: string, start: boolean, note: readonly Span[] = []): Promise<void> {
    const { reader, changed } = await changeZone(context, zone);
    const kept = changed.action === null ? 0 : ((await onWallClock?.(context.tx, context.actor)) ?? 0);
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
    await chosen(context, place.zone, start, [t.text('settings-zone-nearest', args)]);
    return true;
  }

  /** A city or a location, sent where one was asked for. False: these words are no answer to that. `missed`: a city was not found already. */
  async function said(context: Context, start: boolean, missed: boolean): Promise<boolean> {
    const { location, text } = context.inbound;
    if (location) {
      await context.flow.end();
      return located(context, start);
    }
    const found = findZone(text, context.now);
    if (found.kind === 'zone') {
      await context.flow.end();
      await chosen(context, found.zone, start);
      return true;
    }
    if (meantAs(text, context.capture, found, missed || start) === 'other') return false;
    await awaitZone(context, start, true);
    await context.answer(zoneUnknownView(present(context), text, found.zones, start, 'message'));
    return true;
  }

  /** '/timezone': alone it asks; `typed`: the name it was called by. */
  async function command(context: Context, typed: string, rest: string): Promise<void> {
    const reader = present(context);
    if (rest === '') {
      await awaitZone(context, false);
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
      return chosen(context, found.zone, false);
    }
    await awaitZone(context, false, true);
    await context.answer(zoneUnknownView(reader, rest, found.zones, false));
  }

  return { chosen, located, said, command };
}
