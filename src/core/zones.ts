/** Time zones: wall clocks to instants and back, quick enough to be used on every message. */
import type { EpochMs } from './clock.ts';
import { type Day, type DayNumber, dayString, toDayNumber } from './days.ts';

const DAY_MS = 86_400_000;
/** Offsets only change on quarter hours, so one look-up serves each quarter of an hour. */
const BUCKET_MS = 900_000;
/** Bounds the memory of the offset cache of one zone. */
const BUCKETS_KEPT = 4096;

interface Zone {
  format: Intl.DateTimeFormat;
  offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const zone = { format, offsets: new Map<number, number>() };
  if (zones.size >= 1024) zones.clear();
  zones.set(name, zone);
  return zone;
}

let canonical: Map<string, string> | undefined;

function canonicalNames(): Map<string, string> {
  canonical ??= new Map(
    ['UTC', ...Intl.supportedValuesOf('timeZone')].map((name) => [name.toLowerCase(), name] as const),
  );
  return canonical;
}

/** The IANA name in its usual spelling ('europe/berlin' is 'Europe/Berlin', 'turkey' 'Europe/Istanbul'), or null when there is no such zone. Bare offsets ('+02:00') are none. */
export function canonicalZone(name: string): string | null {
  const typed = name.trim();
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(typed) || typed.length > 64) return null;
  const known = canonicalNames().get(typed.toLowerCase());
  if (known !== undefined) return known;
  try {
    const resolved = new Intl.DateTimeFormat('en-US', { timeZone: typed }).resolvedOptions().timeZone;
    if (resolved.toLowerCase() === typed.toLowerCase()) return resolved;
    // Newer names of places ('Europe/Kyiv') are kept, although the runtime leads them to older ones; bare aliases ('turkey') are not names of places.
    return PLACE_NAME.test(typed) ? capitalized(typed) : resolved;
  } catch {
    return null;
  }
}

const PLACE_NAME = /^(?:africa|america|asia|atlantic|europe|indian|pacific)\//i;

function capitalized(name: string): string {
  return name.toLowerCase().replace(/(?:^|[/_])[a-z]/g, (first) => first.toUpperCase());
}

/** Zones whose name contains the words ('berlin', 'new york'), at most `limit`, best first (city begins with the words). */
export function zonesMatching(words: string, limit = 8): string[] {
  const wanted = words.trim().toLowerCase().replaceAll(/\s+/g, '_');
  if (wanted === '') return [];
  const ranked: { name: string; rank: number }[] = [];
  for (const [lower, name] of canonicalNames()) {
    const city = lower.slice(lower.lastIndexOf('/') + 1);
    const rank = lower === wanted || city === wanted ? 0 : city.startsWith(wanted) ? 1 : lower.includes(wanted) ? 2 : 3;
    if (rank < 3) ranked.push({ name, rank });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map((entry) => entry.name);
}

/** Milliseconds to add to UTC for the wall clock of `zone` at an instant. @throws RangeError when there is no such zone. */
export function offsetAt(at: EpochMs, zone: string): number {
  const entry = zoneOf(zone);
  const bucket = Math.floor(at / BUCKET_MS);
  const known = entry.offsets.get(bucket);
  if (known !== undefined) return known;
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(entry.format.format(bucket * BUCKET_MS));
  const magnitude =
    match?.[1] === undefined
      ? 0
      : Number(match[2]) * 3_600_000 + Number(match[3]) * 60_000 + Number(match[4] ?? 0) * 1000;
  const offset = match?.[1] === '-' ? -magnitude : magnitude;
  if (entry.offsets.size >= BUCKETS_KEPT) entry.offsets.clear();
  entry.offsets.set(bucket, offset);
  return offset;
}

/** A wall-clock moment: `day` and milliseconds since its midnight (86,400,000 and more belong to the days after). */
export function wallToEpoch(day: DayNumber, msOfDay: number, zone: string): EpochMs {
  const local = day * DAY_MS + msOfDay;
  const before = offsetAt(local - DAY_MS, zone);
  const after = offsetAt(local + DAY_MS, zone);
  if (before === after) return local - before;
  const first = local - before;
  // In the overlap both readings exist and the first is meant; in the gap neither does, and the old offset moves it forward by the gap.
  if (offsetAt(first, zone) === before) return first;
  const second = local - after;
  return offsetAt(second, zone) === after ? second : first;
}

/**
 * The instant of a wall-clock date and time ('HH:MM' or 'HH:MM:SS') in a zone, `compatible` as RFC 5545 and Temporal use the word: a time in the
 * DST gap moves forward by the gap, in the overlap the first one is meant.
 * @throws RangeError when the date, time or zone does not exist.
 */
export function instantOf(day: Day, time: string, zone: string): EpochMs {
  return wallToEpoch(toDayNumber(day), parseTime(time), zone);
}

/**
 * Whether a wall-clock date and time falls where the clocks change: into the 'gap' (it does not exist) or the 'overlap' (it comes twice).
 * @throws RangeError when the date, time or zone does not exist.
 */
export function clockChangeAt(day: Day, time: string, zone: string): 'gap' | 'overlap' | null {
  const local = toDayNumber(day) * DAY_MS + parseTime(time);
  const before = offsetAt(local - DAY_MS, zone);
  const after = offsetAt(local + DAY_MS, zone);
  if (before === after) return null;
  const inOld = offsetAt(local - before, zone) === before;
  const inNew = offsetAt(local - after, zone) === after;
  return inOld === inNew ? (inOld ? 'overlap' : 'gap') : null;
}

function parseTime(time: string): number {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(time);
  const ms =
    match === null ? -1 : Number(match[1]) * 3_600_000 + Number(match[2]) * 60_000 + Number(match[3] ?? 0) * 1000;
  if (match === null || Number(match[1]) > 23 || Number(match[2]) > 59 || Number(match[3] ?? 0) > 59) {
    throw new RangeError('not a wall-clock time');
  }
  return ms;
}

/** A day number and the milliseconds since that day's midnight on the wall clock. */
export function wallNumbers(at: EpochMs, zone: string): { day: DayNumber; ms: number } {
  const local = at + offsetAt(at, zone);
  const day = Math.floor(local / DAY_MS);
  return { day, ms: local - day * DAY_MS };
}

/** What the wall clock shows: date, 'HH:MM' and 'HH:MM:SS'. */
export interface WallClock {
  day: Day;
  time: string;
  timeWithSeconds: string;
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** The wall clock of `zone` at an instant. */
export function wallClock(at: EpochMs, zone: string): WallClock {
  const { day, ms } = wallNumbers(at, zone);
  const seconds = Math.floor(ms / 1000);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return { day: dayString(day), time, timeWithSeconds: `${time}:${two(seconds % 60)}` };
}

/** Today's date in the zone. */
export function today(at: EpochMs, zone: string): Day {
  return wallClock(at, zone).day;
}

/** ISO 8601 with the zone's offset at that instant: '2026-11-24T15:00:00+01:00'. */
export function isoWithOffset(at: EpochMs, zone: string): string {
  const offset = offsetAt(at, zone);
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const { day, timeWithSeconds } = wallClock(at, zone);
  return `${day}T${timeWithSeconds}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const dayNames = new Map<string, Intl.DateTimeFormat>();

/** The name of a day in a language: 'Thu' (short) or 'Thursday' (long). `locale` is a BCP 47 tag. */
export function dayName(day: Day, locale: string, width: 'short' | 'long' = 'short'): string {
  const key = `${locale} ${width}`;
  let format = dayNames.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' });
    if (dayNames.size < 64) dayNames.set(key, format);
  }
  return format.format(toDayNumber(day) * DAY_MS);
}
