/** Guards that rules come to what RFC 5545 says: many random ones, beside a calendar read day by day and beside another expansion. */
import { RRuleTemporal } from 'rrule-temporal';
import { describe, expect, test } from 'vitest';
import { nextOccurrences } from '../recurrence.ts';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** A small generator of its own, so that a rule that fails fails again. */
function seeded(seed: number) {
  let state = seed;
  const below = (most: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const chance = (share: number) => below(1000) < share * 1000;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const some = <T>(list: readonly T[], most: number) => [
    ...new Set(Array.from({ length: 1 + below(most) }, () => pick(list))),
  ];
  return { below, chance, pick, some };
}

const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1);
const bothWays = (most: number) => [...upTo(most), ...upTo(most).map((each) => -each)];

/** A rule and a start. Days are always named, or the start is no later than the 28th: what short months clamp is told by other tests. */
function randomRule(seed: number): { rrule: string; start: string } {
  const { below, chance, pick, some } = seeded(seed * 7919 + 1);
  const frequency = pick(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
  const parts = [`FREQ=${frequency}`];
  const add = (name: string, values: readonly unknown[]) => parts.push(`${name}=${values.join(',')}`);
  if (chance(0.5)) add('INTERVAL', [1 + below(4)]);
  const inMonths = chance(0.4);
  if (inMonths) add('BYMONTH', some(upTo(12), 3));
  const weeks = frequency === 'YEARLY' && chance(0.2);
  if (weeks) add('BYWEEKNO', some(bothWays(53), 3));
  if (frequency === 'YEARLY' && chance(0.2)) add('BYYEARDAY', some(bothWays(366), 6));
  if (frequency !== 'WEEKLY' && chance(0.4)) add('BYMONTHDAY', some(bothWays(31), 4));
  const placed = (frequency === 'MONTHLY' || frequency === 'YEARLY') && !weeks && chance(0.6);
  const places = frequency === 'MONTHLY' || inMonths ? ['', 1, 2, 3, 4, 5, -1, -2] : ['', 1, 10, 20, 53, -1, -52, -53];
  if (weeks || chance(0.5))
    add(
      'BYDAY',
      some(CODES, 3).map((code) => `${placed ? pick(places) : ''}${code}`),
    );
  if (chance(0.2)) add('BYHOUR', some([0, 6, 9, 23], 2));
  if (chance(0.2)) add('BYMINUTE', some([0, 30, 59], 2));
  if (parts.some((part) => part.startsWith('BY')) && chance(0.25)) add('BYSETPOS', some([1, 2, 3, -1, -2], 2));
  if (chance(0.3)) add('COUNT', [1 + below(6)]);
  if (chance(0.3)) add('WKST', [pick(CODES)]);
  const start = new Date(Date.UTC(2019 + below(10), below(12), 1 + below(28), pick([0, 9, 23]), pick([0, 30])));
  return { rrule: parts.join(';'), start: start.toISOString().slice(0, 16) };
}

/** The set of RFC 5545 by walking over every day there is: slow, and written without a look at what it checks. */
function byCalendar(rrule: string, start: string, years: number): string[] {
  const rule = new Map(rrule.split(';').map((part) => part.split('=') as [string, string]));
  const numbers = (name: string) => rule.get(name)?.split(',').map(Number);
  const begin = new Date(`${start}Z`);
  const every = Number(rule.get('INTERVAL') ?? 1);
  const frequency = rule.get('FREQ');
  const midnight = Math.floor(begin.getTime() / DAY_MS) * DAY_MS;
  const weekOf = (ms: number) => {
    const back =
      (CODES.indexOf(WEEKDAYS[new Date(ms).getUTCDay()] ?? '') - CODES.indexOf(rule.get('WKST') ?? 'MO') + 7) % 7;
    return ms - back * DAY_MS;
  };
  const periodOf = (ms: number) => {
    const date = new Date(ms);
    if (frequency === 'YEARLY') return date.getUTCFullYear();
    if (frequency === 'MONTHLY') return date.getUTCFullYear() * 12 + date.getUTCMonth();
    return frequency === 'WEEKLY' ? weekOf(ms) / DAY_MS / 7 : ms / DAY_MS;
  };
  const given = (name: string) => rule.has(name);
  const isNamed = (ms: number) => {
    const date = new Date(ms);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const ends = (name: string, place: number, length: number) =>
      numbers(name)?.some((each) => each === place || each === place - length - 1) ?? true;
    const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const ofYear = (ms - Date.UTC(year, 0, 1)) / DAY_MS + 1;
    const inYear = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY_MS;
    const code = WEEKDAYS[date.getUTCDay()] ?? '';
    const noDay = !['BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO'].some(given);
    if (noDay && frequency === 'WEEKLY' && date.getUTCDay() !== begin.getUTCDay()) return false;
    if (noDay && (frequency === 'MONTHLY' || frequency === 'YEARLY') && day !== begin.getUTCDate()) return false;
    if (noDay && frequency === 'YEARLY' && !given('BYMONTH') && month !== begin.getUTCMonth()) return false;
    if (!(numbers('BYMONTH')?.includes(month + 1) ?? true)) return false;
    if (!ends('BYMONTHDAY', day, length) || !ends('BYYEARDAY', ofYear, inYear)) return false;
    const days = rule.get('BYDAY')?.split(',');
    const monthly = frequency === 'MONTHLY' || given('BYMONTH');
    const [from, left] = monthly ? [day - 1, length - day] : [ofYear - 1, inYear - ofYear];
    const places = ['', Math.floor(from / 7) + 1, -Math.floor(left / 7) - 1].map((place) => `${place}${code}`);
    if (!(days?.some((each) => places.includes(each)) ?? true)) return false;
    if (!given('BYWEEKNO')) return true;
    // The first week is the first that has four days of its year.
    const firstOf = (of: number) => weekOf(Date.UTC(of, 0, 4));
    const weekYear = [year + 1, year, year - 1].find((each) => weekOf(ms) >= firstOf(each)) ?? year;
    const week = (weekOf(ms) - firstOf(weekYear)) / DAY_MS / 7 + 1;
    return ends('BYWEEKNO', week, (firstOf(weekYear + 1) - firstOf(weekYear)) / DAY_MS / 7);
  };
  const sets = new Map<number, number[]>();
  // Whole periods, those days of the first included that lie before the start.
  for (let ms = midnight - 366 * DAY_MS; ms < midnight + years * 366 * DAY_MS; ms += DAY_MS) {
    const period = periodOf(ms) - periodOf(midnight);
    if (period < 0 || period % every !== 0 || !isNamed(ms)) continue;
    for (const hour of (numbers('BYHOUR') ?? [begin.getUTCHours()]).sort((a, b) => a - b))
      for (const minute of (numbers('BYMINUTE') ?? [begin.getUTCMinutes()]).sort((a, b) => a - b))
        sets.set(period, [...(sets.get(period) ?? []), ms + hour * 3_600_000 + minute * 60_000]);
  }
  return [...sets.values()]
    .flatMap((set) => {
      const places = numbers('BYSETPOS');
      return set.filter((_, at) => places?.some((place) => place === at + 1 || place === at - set.length) ?? true);
    })
    .filter((ms) => ms >= begin.getTime())
    .slice(0, Number(rule.get('COUNT') ?? Number.POSITIVE_INFINITY))
    .map((ms) => new Date(ms).toISOString().slice(0, 16));
}

/** Local times by ours; none where the rule is refused as one that never occurs. */
function ours(rrule: string, start: string, count: number): string[] {
  try {
    return nextOccurrences({ rrule, start, zone: 'UTC', after: Date.parse(`${start}Z`) - 1, count }).map(
      (one) => one.local,
    );
  } catch {
    return [];
  }
}

describe('random rules', () => {
  test('occur on the days that a calendar read day by day has for them', () => {
    const years = 4;
    for (let seed = 0; seed < 70; seed += 1) {
      const { rrule, start } = randomRule(seed);
      const wanted = byCalendar(rrule, start, years);
      const end = new Date(Date.parse(`${start}Z`) + (years - 1) * 366 * DAY_MS).toISOString();
      const within = (list: readonly string[]) => list.filter((local) => local < end).slice(0, 30);
      expect(within(ours(rrule, start, 30)), `${rrule} from ${start}`).toEqual(within(wanted));
    }
  });

  test('occur as another expansion has it, where that one keeps to the standard', () => {
    for (let seed = 1000; seed < 1060; seed += 1) {
      const { rrule, start } = randomRule(seed);
      // It gives days that are not named where a year's days are named in two ways.
      if (/YEARLY/.test(rrule) && /BYWEEKNO|BYYEARDAY|BYMONTHDAY|BYDAY/.test(rrule)) continue;
      const other = new RRuleTemporal({ rruleString: `DTSTART:${start.replaceAll(/[-:]/g, '')}00Z\nRRULE:${rrule}` });
      const wanted = ours(rrule, start, 5);
      if (wanted.length === 0) continue;
      const found: string[] = [];
      for (const date of other.all((_, index) => index < 5)) found.push(date.toString().slice(0, 16));
      expect(wanted, `${rrule} from ${start}`).toEqual(found.slice(0, 5));
    }
  });

  test('are the same from wherever they are looked at', () => {
    for (let seed = 2000; seed < 2040; seed += 1) {
      const { rrule, start } = randomRule(seed);
      const all = ours(rrule, start, 12);
      for (const [index, local] of all.entries()) {
        const rest = nextOccurrences({ rrule, start, zone: 'UTC', after: Date.parse(`${local}Z`), count: 12 });
        expect(rest.map((one) => one.local).slice(0, 11 - index), rrule).toEqual(all.slice(index + 1));
      }
    }
  });
});

describe('rules of every width', () => {
  test.each<[rule: string, start: string, times: string]>([
    ['FREQ=YEARLY;BYDAY=20MO', '1997-05-19T09:00', '1997-05-19T09:00 1998-05-18T09:00 1999-05-17T09:00'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '1997-05-12T09:00', '1997-05-12T09:00 1998-05-11T09:00 1999-05-17T09:00'],
    [
      'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
      '1997-01-01T09:00',
      '1997-01-01T09:00 1997-04-10T09:00 1997-07-19T09:00 2000-01-01T09:00 2000-04-09T09:00',
    ],
    ['FREQ=YEARLY;BYWEEKNO=20', '2024-02-14T09:00', '2024-05-15T09:00 2025-05-14T09:00'],
    ['FREQ=YEARLY;INTERVAL=4;BYMONTH=1,11', '2024-02-29T09:00', '2024-11-29T09:00 2028-01-29T09:00'],
    ['FREQ=MONTHLY;BYMONTH=2,4', '2026-01-31T09:00', '2026-02-28T09:00 2026-04-30T09:00 2027-02-28T09:00'],
    ['FREQ=YEARLY;BYMONTHDAY=31;BYDAY=FR', '2026-01-01T09:00', '2026-07-31T09:00 2027-12-31T09:00'],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO', '2025-01-01T09:00', '2044-02-29T09:00 2072-02-29T09:00'],
    ['FREQ=HOURLY;INTERVAL=5;BYHOUR=9,10', '2026-01-01T00:15', '2026-01-01T10:15 2026-01-05T09:15'],
    ['FREQ=MINUTELY;INTERVAL=90', '2026-01-01T00:15', '2026-01-01T00:15 2026-01-01T01:45 2026-01-01T03:15'],
    [
      'FREQ=HOURLY;INTERVAL=3;BYMINUTE=0,30;BYSETPOS=-1;BYMONTHDAY=2',
      '2026-01-01T22:10',
      '2026-01-02T01:30 2026-01-02T04:30',
    ],
  ])('%s from %s', (rrule, start, times) => {
    const wanted = times.split(' ');
    expect(ours(rrule, start, wanted.length)).toEqual(wanted);
  });
});
