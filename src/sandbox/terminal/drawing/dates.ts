/** Shows a date_time entity as a Telegram client would: in the reader's language and zone, by its format string. */
import type { EpochMs } from '../../../core/clock.ts';
import { wallClock } from '../../../core/zones.ts';

export interface Reader {
  /** BCP 47. */
  readonly locale: string;
  /** IANA; undefined: dates are shown in the words they were told with. */
  readonly zone: string | undefined;
  readonly now: EpochMs;
}

/**
 * What a date_time entity shows: its own words ("Tomorrow 15:00") where they tell the time that `reader`'s clock shows at that
 * instant, since the sender's words say more than a weekday; where the zones differ, the instant as the reader's client has it.
 */
export function shownDate(words: string, unixSeconds: number, format: string, reader: Reader): string {
  const { zone } = reader;
  const told = zone === undefined || (!format.includes('T') && tells(words, wallClock(unixSeconds * 1000, zone).time));
  return told && format !== 'r' ? words : (formatDateTime(unixSeconds, format, reader) ?? words);
}

/** Whether a text names the time 'HH:MM', by either clock: "15:00", "3 PM", "9:05 AM". */
function tells(words: string, time: string): boolean {
  const hour = Number(time.slice(0, 2));
  const minutes = time.slice(3);
  const twelve = `${hour % 12 === 0 ? 12 : hour % 12}(?::${minutes})${minutes === '00' ? '?' : ''}\\s?${hour < 12 ? 'AM' : 'PM'}`;
  return new RegExp(`(?<![\\d:])(?:0?${hour}:${minutes}(?!:?\\d|\\s?[AP]M)|${twelve}(?!\\w))`, 'i').test(words);
}

/** The instant `unixSeconds` by `format` (`r|w?[dD]?[tT]?`); undefined for an empty format, which leaves the text as it is. */
export function formatDateTime(unixSeconds: number, format: string, reader: Reader): string | undefined {
  if (format === '') return undefined;
  const at = unixSeconds * 1000;
  if (format === 'r') return relative(at - reader.now, reader.locale);
  const long = format.includes('D');
  const options: Intl.DateTimeFormatOptions = {
    timeZone: reader.zone,
    ...(format.includes('w') ? { weekday: long ? 'long' : 'short' } : {}),
    ...(long ? { day: 'numeric', month: 'long', year: 'numeric' } : {}),
    ...(format.includes('d') ? { day: '2-digit', month: '2-digit', year: '2-digit' } : {}),
    ...(/t/i.test(format) ? { hour: '2-digit', minute: '2-digit' } : {}),
    ...(format.includes('T') ? { second: '2-digit' } : {}),
  };
  // Intl puts a narrow no-break space before AM and PM, which some terminals draw as a box.
  return new Intl.DateTimeFormat(reader.locale, options).format(at).replaceAll('\u202f', ' ');
}

const steps: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

function relative(ms: number, locale: string): string {
  const [unit, size] = steps.find(([, step]) => Math.abs(ms) >= step) ?? (['second', 1000] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(ms / size), unit);
}
