/** Shows instants as a Telegram client does: in the reader's language and zone. Shared by the page and the terminal chat; pure. */

/**
 * @typedef {object} Reader
 * @property {string} locale BCP 47
 * @property {string | undefined} zone IANA; undefined: dates are shown in the words they were told with
 * @property {number} now milliseconds since the epoch
 */

/**
 * What a date_time entity shows: its own words ("Tomorrow 15:00") where they tell the time that `reader`'s clock shows at that
 * instant, since the sender's words say more than a weekday; where the zones differ, the instant as the reader's client has it.
 * @param {string} words
 * @param {number} unixSeconds
 * @param {string} format
 * @param {Reader} reader
 * @returns {string}
 */
export function shownDate(words, unixSeconds, format, reader) {
  const { zone } = reader;
  const told = zone === undefined || (!format.includes('T') && tells(words, wallTime(unixSeconds * 1000, zone)));
  return told && format !== 'r' ? words : (formatDateTime(unixSeconds, format, reader) ?? words);
}

/**
 * The wall time 'HH:MM' of an instant in milliseconds.
 * @param {number} at
 * @param {string} zone
 * @returns {string}
 */
function wallTime(at, zone) {
  const options = /** @type {const} */ ({ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return new Intl.DateTimeFormat('en-GB', options).format(at);
}

/**
 * Whether a text names the time 'HH:MM', by either clock: "15:00", "3 PM", "9:05 AM".
 * @param {string} words
 * @param {string} time
 * @returns {boolean}
 */
function tells(words, time) {
  const hour = Number(time.slice(0, 2));
  const minutes = time.slice(3);
  const twelve = `${hour % 12 === 0 ? 12 : hour % 12}(?::${minutes})${minutes === '00' ? '?' : ''}\\s?${hour < 12 ? 'AM' : 'PM'}`;
  return new RegExp(`(?<![\\d:])(?:0?${hour}:${minutes}(?!:?\\d|\\s?[AP]M)|${twelve}(?!\\w))`, 'i').test(words);
}

/**
 * The instant `unixSeconds` by `format` (`r|w?[dD]?[tT]?`); undefined for an empty format, which leaves the text as it is.
 * @param {number} unixSeconds
 * @param {string} format
 * @param {Reader} reader
 * @returns {string | undefined}
 */
export function formatDateTime(unixSeconds, format, reader) {
  if (format === '') return undefined;
  const at = unixSeconds * 1000;
  if (format === 'r') return relative(at - reader.now, reader.locale);
  const long = format.includes('D');
  /** @type {Intl.DateTimeFormatOptions} */
  const options = {
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

/** @type {readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[]} */
const steps = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/**
 * How far away something is, in words: "in 3 hours".
 * @param {number} ms
 * @param {string} locale
 * @returns {string}
 */
export function relative(ms, locale) {
  const [unit, size] = steps.find(([, step]) => Math.abs(ms) >= step) ?? /** @type {const} */ (['second', 1000]);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(ms / size), unit);
}
