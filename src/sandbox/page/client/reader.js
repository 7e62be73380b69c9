/** Who reads the page: language, zone, and what time it is by the stand-in's clock, so that page and bot never disagree about "now". */
/** @import { Reader } from './dates.js' */

let offset = 0;

/** Sets the clock by the stand-in's; it runs on by itself. @param {number} now milliseconds since the epoch */
export function setClock(now) {
  offset = now - performance.now();
}

/** Milliseconds since the epoch. */
export function now() {
  return offset + performance.now();
}

/** English without a region writes times on 24 hours here, as Steward does. */
const [language = 'en'] = navigator.languages;
export const locale = language === 'en' ? 'en-GB' : language;

/** @returns {Reader} */
export function reader() {
  return { locale, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, now: now() };
}

const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const daysOfOtherYears = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });

/** The wall time of an instant. @param {number} unixSeconds */
export const timeOf = (unixSeconds) => times.format(unixSeconds * 1000);

/** Day, date and time of an instant. @param {number} unixSeconds */
export const momentOf = (unixSeconds) => moments.format(unixSeconds * 1000);

/** Names a day; equal for two instants of one day. @param {number} at milliseconds */
export function dayKey(at) {
  return new Date(at).toDateString();
}

/**
 * The day of an instant as a heading.
 * @param {number} unixSeconds
 * @param {{ today: string, yesterday: string }} words
 */
export function dayOf(unixSeconds, words) {
  const at = unixSeconds * 1000;
  const key = dayKey(at);
  if (key === dayKey(now())) return words.today;
  if (key === dayKey(now() - 86_400_000)) return words.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now()).getFullYear();
  return (sameYear ? days : daysOfOtherYears).format(at);
}
