/** Shows a date_time entity as a Telegram client would: in the reader's language and zone, by its format string. */
import type { EpochMs } from '../../../core/clock.ts';

export interface Reader {
  /** BCP 47. */
  readonly locale: string;
  /** IANA. */
  readonly zone: string;
  readonly now: EpochMs;
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
