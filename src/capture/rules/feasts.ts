/** Feasts: "christmas eve", "easter monday", "thanksgiving 2027". Those that fall on other days elsewhere go by the owner's region. */
import { civil, type DayNumber, dayNumber, weekdayOf } from '../../core/days.ts';
import { weekdayCode } from '../../core/recurrence/terms.ts';
import type { Found } from '../pieces.ts';
import { anyRole, meaning, role, type Scan, wordAt } from '../scan.ts';
import type { FeastRule } from '../words/lexeme.ts';
import { type Day, plain, readYear, regionOf } from './calendar.ts';
import { boundary } from './context.ts';

/** A feast at `index`: the coming one, or the one of the year said. `anywhere`: whatever follows its name. */
export function readFeast(scan: Scan, index: number, anywhere = false): Found<Day> | null {
  const next = role(scan, index, 'next');
  const qualified = next === -1 ? anyRole(scan, index, 'this', 'coming') : next;
  const named = meaning(scan, qualified === -1 ? index : qualified, 'feast');
  if (named === null) return null;
  const rules = rulesFor(named.lexeme.feast.rules, scan.context.locale);
  const { year } = civil(scan.today);
  const said = readYear(scan, named.next);
  // "2 days before christmas party" is before the party.
  const free = anywhere || named.lexeme.feast.sure || boundary(scan, said?.next ?? named.next, true);
  if (!free) return null;
  if (said !== null) {
    if (said.value < year || said.value > year + 100) return null;
    return { value: on(rules.map((rule) => dayOf(rule, said.value))), next: said.next };
  }
  const coming = rules.map((rule) => [0, 1, 2].map((ahead) => dayOf(rule, year + ahead)));
  const ahead = coming.map((days) => days.filter((day) => day >= scan.today));
  // "next christmas" may be the coming one or the one after it.
  const days = ahead.flatMap((each) => each.slice(0, next === -1 ? 1 : 2));
  const [first] = days;
  if (first === scan.today && days.length === 1)
    return {
      value: { ...plain(ahead[0]?.[1] ?? first), sameDay: first, nearer: first },
      next: named.next,
    };
  return { value: on(days), next: named.next };
}

const on = (days: readonly DayNumber[]): Day => ({ ...plain(days[0] ?? 0), days: [...new Set(days)] });

/** The rules a feast has where the owner is: of several all, when no region says which. */
function rulesFor(rules: readonly FeastRule[], locale: string): readonly FeastRule[] {
  const region = regionOf(locale);
  if (region === null) return rules;
  const own = rules.filter(({ regions }) => regions?.split(' ').includes(region));
  return own.length > 0 ? own : rules.filter(({ regions }) => regions === undefined);
}

function dayOf(rule: FeastRule, year: number): DayNumber {
  if (rule.k === 'fixed') return dayNumber(year, rule.month, rule.day);
  if (rule.k === 'easter') return easterOf(year) + rule.plus;
  const first = dayNumber(year, rule.month, 1);
  return first + ((rule.weekday - weekdayOf(first) + 7) % 7) + 7 * (rule.place - 1) + rule.plus;
}

/** Easter Sunday of the Gregorian calendar, by the rule of Gauss in the form of Meeus, Jones and Butcher. */
function easterOf(year: number): DayNumber {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const skipped = century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + skipped + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const count = moon + sunday - 7 * late + 114;
  return dayNumber(year, Math.floor(count / 31), (count % 31) + 1);
}

/** The parts of a yearly rule that a feast is written with; null where no rule of RFC 5545 tells it (Easter), or it depends on the country. */
export function yearlyFeast(
  scan: Scan,
  index: number,
): Found<{ months: number[]; monthDays: number[]; days: string[] }> | null {
  const named = meaning(scan, index, 'feast');
  const [rule, other] = named === null ? [] : rulesFor(named.lexeme.feast.rules, scan.context.locale);
  if (named === null || rule === undefined || other !== undefined || rule.k === 'easter') return null;
  if (rule.k === 'fixed') return { value: { months: [rule.month], monthDays: [rule.day], days: [] }, next: named.next };
  if (rule.plus > 0) return null;
  const code = weekdayCode(rule.weekday);
  return { value: { months: [rule.month], monthDays: [], days: [`${rule.place}${code}`] }, next: named.next };
}

/** Whether the words at `index` name the day of a feast and nothing else. */
export const isSureFeast = (scan: Scan, index: number): boolean =>
  meaning(scan, index, 'feast')?.lexeme.feast.sure === true;

/** "fourth of july", "5th of november", "sep 11": dates that are names as well ("4th of July playlist"). */
export function namesFeast(scan: Scan, from: number, to: number): boolean {
  const words = Array.from({ length: to - from }, (_, offset) => wordAt(scan, from + offset)).join(' ');
  return /^(?:the )?(?:sept? 11|september 11|(?:4 th|fourth) of july|july (?:4 th|fourth)|(?:5 th|fifth) of november)$/.test(
    words,
  );
}
