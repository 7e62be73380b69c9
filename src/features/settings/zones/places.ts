/** The places zones are known by: names to find them, positions to find the nearest. */
import type { EpochMs } from '../../../core/clock.ts';
import { canonicalZone, offsetAt } from '../../../core/zones.ts';
import { CITIES } from './cities.ts';
import { POINTS } from './points.ts';

export interface Place {
  readonly zone: string;
  /** the names people type, the usual one first; of a bare reference point its zone's own */
  readonly names: readonly string[];
  /** degrees, north positive */
  readonly latitude: number;
  /** degrees, east positive */
  readonly longitude: number;
}

/** "Berlin" of 'Europe/Berlin', "New York" of 'America/New_York'. */
function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** What a place is called in `language`: by its first name there, where it has one. */
export function placeName({ names: [usual = '', ...others] }: Place, language: string): string {
  return language === 'ru' ? ([usual, ...others].find((name) => /^[А-ЯЁ]/.test(name)) ?? usual) : usual;
}

let all: readonly Place[] | undefined;

/** Every place, made when first asked for. Zones this machine's tz database lacks are left out. */
export function places(): readonly Place[] {
  all ??= [...cities(), ...points()].filter((place) => canonicalZone(place.zone) !== null);
  return all;
}

function* cities(): Generator<Place> {
  for (const [zone, list] of Object.entries(CITIES)) {
    for (const entry of list.split('; ')) {
      const [, names = '', latitude, longitude] = /^(.+) (-?[\d.]+) (-?[\d.]+)$/.exec(entry) ?? [];
      yield { zone, names: names.split('/'), latitude: Number(latitude), longitude: Number(longitude) };
    }
  }
}

function* points(): Generator<Place> {
  for (const entry of POINTS.trim().split(/,\s*/)) {
    const [zone = '', latitude, longitude] = entry.split(' ');
    if (zone !== '') yield { zone, names: [cityOf(zone)], latitude: Number(latitude), longitude: Number(longitude) };
  }
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in kilometres (haversine, mean Earth radius 6371 km). */
function kilometres(a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const half =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(half)));
}

/**
 * The place nearest to a position in degrees, with its distance in whole kilometres; undefined for no position on Earth. Its
 * zone is a good guess, not a border: the person is told which place was taken.
 */
export function nearestPlace(latitude: number, longitude: number): (Place & { readonly away: number }) | undefined {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  let best: Place | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  for (const place of places()) {
    const away = kilometres({ latitude, longitude }, place);
    if (away < shortest) [best, shortest] = [place, away];
  }
  return best && { ...best, away: Math.round(shortest) };
}

/** A zone as a reader of `language` calls it: "Berlin", "Берлин". */
export function zoneName(zone: string, language: string): string {
  if (zone.startsWith('Etc/')) return zone;
  const cyrillic = language === 'ru' ? CITIES[zone]?.split('; ')[0]?.match(/\/([А-ЯЁ][А-Яа-яЁё\- ]+)/) : null;
  return cyrillic?.[1]?.replace(/ $/, '') ?? cityOf(zone);
}

/**
 * What stands behind a zone's name where that says less than it could: " (Europe/Berlin)", for readers of other letters " (UTC+3)" as it is at
 * `now` (epoch ms). '' where the name is all there is.
 */
export function zoneDetail(zone: string, language: string, now: EpochMs): string {
  if (zoneName(zone, language) === zone) return '';
  return language === 'ru' ? ` (UTC${offsetText(offsetAt(now, zone))})` : ` (${zone})`;
}

/** "+3", "-3:30"; nothing for none. `ms` is milliseconds. */
function offsetText(ms: number): string {
  const minutes = Math.abs(Math.round(ms / 60_000));
  if (minutes === 0) return '';
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `${ms < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`;
}
