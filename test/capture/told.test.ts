/** Our own words for a rule, read again by our own grammar: what a card says can be typed, and means what it said. */
import { expect, test } from 'vitest';
import { parse, type Recurrence } from '../../src/capture/index.ts';
import { nextOccurrences } from '../../src/core/recurrence.ts';
import { recurrenceText } from '../../src/telegram/dates.ts';
import fc from '../support/steady/fast-check.ts';

const now = Date.parse('2026-11-23T09:00:00Z');
const zone = 'Europe/Berlin';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const part = (name: string, value: string) => (value === '' ? '' : `;${name}=${value}`);
const some = (of: readonly (string | number)[], most: number) =>
  fc.subarray([...of], { minLength: 1, maxLength: most }).map((list) => list.join());
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

const interval = fc.constantFrom('', '', '', '2', '3', '6', '10').map((value) => part('INTERVAL', value));
const weekdays = fc.oneof(some(DAYS, 4), fc.constantFrom('MO,TU,WE,TH,FR', 'SA,SU')).map((days) => part('BYDAY', days));
const placed = fc.oneof(
  fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, -1, -2), fc.constantFrom(...DAYS)).map(([nth, day]) => `;BYDAY=${nth}${day}`),
  fc.constantFrom(...DAYS).map((day) => `;BYDAY=1${day},3${day}`),
);
const monthly = fc.oneof(
  fc.constant({ days: '', place: 0 }),
  some(upTo(28), 3).map((days) => ({ days: `;BYMONTHDAY=${days}`, place: 0 })),
  fc.constantFrom('-1', '-2', '-3', '31').map((days) => ({ days: `;BYMONTHDAY=${days}`, place: 0 })),
  fc.constantFrom('28,29', '28,29,30').map((days) => ({ days: `;BYMONTHDAY=${days}`, place: -1 })),
  fc.constantFrom(1, 2, 3, -1, -2).map((place) => ({ days: ';BYDAY=MO,TU,WE,TH,FR', place })),
  placed.map((days) => ({ days, place: 0 })),
);
const yearly = fc
  .tuple(
    some(upTo(12), 2),
    fc.oneof(
      some(upTo(28), 2).map((days) => `;BYMONTHDAY=${days}`),
      placed,
    ),
  )
  .map(([months, days]) => `;BYMONTH=${months}${days}`);
const times = fc.oneof(
  fc.constant({ said: '', count: 1 }),
  fc
    .tuple(fc.subarray(upTo(23, 0), { minLength: 1, maxLength: 3 }), fc.constantFrom('0', '15', '30'))
    .map(([hours, minute]) => ({ said: `;BYHOUR=${hours.join()};BYMINUTE=${minute}`, count: hours.length })),
);
const end = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.integer({ min: 1, max: 20 }).map((count) => `;COUNT=${count}`),
  fc.constantFrom('20290312T235959', '20290926T180000').map((until) => `;UNTIL=${until}`),
);

/** A place among the days of a month, by the times that each of those days has. */
const setPos = (place: number, count: number) =>
  place === 0
    ? ''
    : `;BYSETPOS=${upTo(count)
        .map((nth) => (place < 0 ? place * count + nth - 1 : (place - 1) * count + nth))
        .join()}`;
const dated = fc
  .tuple(
    interval,
    fc.oneof(
      weekdays.map((days) => ({ freq: 'WEEKLY', days, place: 0 })),
      fc.constant({ freq: 'DAILY', days: '', place: 0 }),
      monthly.map((each) => ({ freq: 'MONTHLY', ...each })),
      yearly.map((days) => ({ freq: 'YEARLY', days, place: 0 })),
    ),
    times,
  )
  .map(([step, { freq, days, place }, { said, count }]) => `FREQ=${freq}${step}${days}${said}${setPos(place, count)}`);
const short = fc
  .tuple(fc.constantFrom('HOURLY', 'MINUTELY'), interval, fc.oneof(fc.constant(''), weekdays))
  .map(([freq, step, days]) => `FREQ=${freq}${step}${days}`);
const scheduled = fc
  .tuple(fc.oneof({ weight: 6, arbitrary: dated }, short), end)
  .map(([rrule, ends]): Recurrence => ({ rrule: rrule + ends, basis: 'schedule' }));
const afterDone = fc
  .tuple(fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'), interval)
  .map(([freq, step]): Recurrence => ({ rrule: `FREQ=${freq}${step}`, basis: 'completion' }));

/** What a rule comes to, however it is written. */
function timesOf({ rrule, basis }: Recurrence): string {
  const found = nextOccurrences({ rrule, start: '2026-11-23T00:00', zone, after: now - 36_000_000, count: 8 });
  return [basis, rrule.includes('BYHOUR'), ...found.map(({ local }) => local)].join(' ');
}

test.each([
  ['ru', 'ru', '24'],
  ['en', 'en-US', '12'],
] as const)(
  'a rule told in %s for %s by the %s-hour clock is read as that rule, or asked about',
  (language, locale, clock) => {
    let asked = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: scheduled }, afterDone), (rule) => {
        const said = recurrenceText(rule, language, clock);
        const { recurrence, readings, refused, title } = parse(`Zebra ${said}`, { now, zone, locale, clock });
        if (readings.length > 0 || refused !== null) asked += 1;
        else expect([title, recurrence === null ? said : timesOf(recurrence)]).toEqual(['Zebra', timesOf(rule)]);
      }),
      { numRuns: 120 },
    );
    expect(asked).toBeLessThan(15);
  },
);
