/** The smallest words of dates: a time of day on the reader's clock, a day of a month, the name of a weekday. */
import { civil, type DayNumber, weekdayOf } from '../../core/days.ts';
import { translator } from '../../locales/translator.ts';

/** The clock a person chose; null: as their region has it. */
export type ClockChoice = '12' | '24' | null;

const regional = new Map<string, boolean>();

/** True when times are shown as "3 PM": chosen, or not chosen and usual in the region of `language` ("en-US"; "en" alone has no region). */
function twelveHours(clock: ClockChoice, language: string): boolean {
  if (clock !== null) return clock === '12';
  const known = regional.get(language);
  if (known !== undefined) return known;
  const twelve = usualCycle(language) === 'h12';
  if (regional.size < 256) regional.set(language, twelve);
  return twelve;
}

function usualCycle(language: string): string | undefined {
  try {
    if (new Intl.Locale(language).region === undefined) return undefined;
    return new Intl.DateTimeFormat(language, { hour: 'numeric', timeZone: 'UTC' }).resolvedOptions().hourCycle;
  } catch {
    return undefined; // Telegram's language codes are not always tags that Intl knows.
  }
}

/** A wall-clock time 'HH:MM' (seconds are left out) as the reader's clock shows it: "15:00", "3 PM", "3:30 PM". Unpadded: "9:00" for '09:00'. */
export function timeText(time: string, language: string, clock: ClockChoice, padded = true): string {
  const hour = Number(time.slice(0, 2));
  const minutes = time.slice(3, 5);
  if (!twelveHours(clock, language)) return `${padded ? time.slice(0, 2) : hour}:${minutes}`;
  const shown = `${hour % 12 === 0 ? 12 : hour % 12}${minutes === '00' ? '' : `:${minutes}`}`;
  return translator(language).text(hour < 12 ? 'date-hour-am' : 'date-hour-pm', { hour: shown });
}

/** "12 Mar", or "12 Mar 2027" with the year. */
export function dayOfMonth(number: DayNumber, language: string, withYear: boolean): string {
  const t = translator(language);
  const { year, month, day } = civil(number);
  const args = { day, month: monthName(month, language) };
  return withYear ? t.text('date-day-month-year', { ...args, year }) : t.text('date-day-month', args);
}

/** "Mar" (Russian in the genitive where it differs: "мая"). `month` is 1 to 12. */
export function monthName(month: number, language: string): string {
  return translator(language).text('date-month', { month });
}

/** "Thu". */
export function weekdayName(number: DayNumber, language: string): string {
  return translator(language).text('date-weekday', { weekday: weekdayOf(number) });
}
