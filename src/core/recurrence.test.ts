/** Guards what rules come to: the wall clock kept over every shift, months clamped, ends counted, and no rule that works without bound. */
import { describe, expect, test } from 'vitest';
import { UserError } from './errors.ts';
import { nextAfterCompletion, nextOccurrence, nextOccurrences, parseRule, ruleFault, ruleText } from './recurrence.ts';
import { isoWithOffset } from './zones.ts';

const zone = 'Europe/Berlin';
const next = async (rrule: string, start: string, after: string, count = 4) =>
  nextOccurrences({ rrule, start, zone, after: Date.parse(after), count }).map(({ at }) => isoWithOffset(at, zone));

describe('occurrences keep the wall clock', () => {
  test('a time in the DST gap moves forward and never drops out', async () => {
    expect(await next('FREQ=DAILY', '2026-03-27T02:30', '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T02:30:00+01:00',
      '2026-03-29T03:30:00+02:00',
      '2026-03-30T02:30:00+02:00',
    ]);
  });

  test('a time in the overlap happens once, the first time', async () => {
    expect(await next('FREQ=DAILY', '2026-10-24T02:30', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T02:30:00+02:00',
      '2026-10-26T02:30:00+01:00',
    ]);
  });

  test('an hourly rule never names one instant twice', async () => {
    const times = await next('FREQ=HOURLY', '2026-03-29T00:00', '2026-03-28T22:59:00Z', 5);
    expect(new Set(times).size).toBe(5);
  });

  test('strictly after means after: the occurrence at the instant itself is past', async () => {
    expect(await next('FREQ=DAILY', '2026-11-23T09:00', '2026-11-23T08:00:00Z', 1)).toEqual([
      '2026-11-24T09:00:00+01:00',
    ]);
    expect(await next('FREQ=DAILY', '2026-11-23T09:00', '2026-11-23T07:59:59Z', 1)).toEqual([
      '2026-11-23T09:00:00+01:00',
    ]);
  });
});

describe('short months clamp', () => {
  test('the 31st becomes the last day', async () => {
    const wanted = ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'];
    const days = async (rrule: string) =>
      (await next(rrule, '2026-01-31T09:00', '2026-02-01T00:00:00Z')).map((iso) => iso.slice(0, 10));
    expect(await days('FREQ=MONTHLY')).toEqual(wanted);
    expect(await days('FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1')).toEqual(wanted);
  });

  test('29 February is the 28th in other years', async () => {
    expect(
      (await next('FREQ=YEARLY', '2024-02-29T09:00', '2026-01-01T00:00:00Z', 3)).map((iso) => iso.slice(0, 10)),
    ).toEqual(['2026-02-28', '2027-02-28', '2028-02-29']);
  });
});

describe('a rule means what RFC 5545 says', () => {
  test.each<[rule: string, start: string, days: string]>([
    // Weeks that are stepped over begin on Monday unless WKST says otherwise.
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU', '1997-08-05', '1997-08-05 1997-08-10 1997-08-19 1997-08-24'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU', '1997-08-05', '1997-08-05 1997-08-17 1997-08-19 1997-08-31'],
    ['FREQ=WEEKLY;BYDAY=MO', '2026-11-25', '2026-11-30 2026-12-07'],
    // BYMONTHDAY and BYDAY limit one another.
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '1997-09-02', '1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;INTERVAL=4', '1996-11-05', '1996-11-05 2000-11-07'],
    // A day of the month that a month does not have is no occurrence when it is named.
    ['FREQ=MONTHLY;BYMONTHDAY=15,30', '2007-01-15', '2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30'],
    ['FREQ=MONTHLY;BYMONTHDAY=-3', '1997-09-28', '1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26'],
    ['FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11', '1997-09-10', '1997-09-10 1997-09-11 1999-03-10 1999-03-11'],
    // Places of a weekday, from the beginning and the end, of the month and of the year's month.
    ['FREQ=MONTHLY;BYDAY=-2MO', '1997-09-22', '1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19'],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU', '1997-09-07', '1997-09-07 1997-09-28 1997-11-02 1997-11-30'],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2026-11-26', '2026-11-26 2027-11-25 2028-11-23'],
    ['FREQ=YEARLY;BYMONTH=3;BYDAY=TH', '1997-03-13', '1997-03-13 1997-03-20 1997-03-27 1998-03-05'],
    // BYSETPOS picks from the month's set.
    ['FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', '1997-09-04 1997-10-07 1997-11-06'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2', '1997-09-29', '1997-09-29 1997-10-30 1997-11-27 1997-12-30'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1', '2026-02-28', '2026-02-28 2027-02-28 2028-02-29 2029-02-28'],
    // COUNT counts from the start, UNTIL is local and takes its day in.
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=2', '2026-11-25', '2026-11-30 2026-12-07'],
    ['FREQ=WEEKLY;BYDAY=MO;UNTIL=20261207T235959', '2026-11-30', '2026-11-30 2026-12-07'],
  ])('%s from %s', async (rrule, day, days) => {
    const wanted = days.split(' ');
    const series = { rrule, start: `${day}T09:00`, zone: 'America/New_York', after: Date.parse('1990-01-01') };
    const found = nextOccurrences({ ...series, count: wanted.length });
    expect(found.map(({ local }) => local)).toEqual(wanted.map((each) => `${each}T09:00`));
    if (/COUNT|UNTIL/.test(rrule)) expect(nextOccurrences({ ...series, count: 9 })).toHaveLength(wanted.length);
  });

  test('times of day are among what BYSETPOS picks from', async () => {
    const rule = 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYHOUR=9,18;BYMINUTE=0;BYSETPOS=-2,-1';
    const series = { rrule: rule, start: '2026-01-31T09:00', zone, after: Date.parse('2026-01-01'), count: 4 };
    expect(nextOccurrences(series).map(({ local }) => local)).toEqual([
      '2026-01-31T09:00',
      '2026-01-31T18:00',
      '2026-02-28T09:00',
      '2026-02-28T18:00',
    ]);
  });
});

describe('a series ends', () => {
  test('after COUNT, counted from its start', async () => {
    expect(await next('FREQ=DAILY;COUNT=3', '2026-11-23T09:00', '2026-11-24T09:00:00Z', 5)).toEqual([
      '2026-11-25T09:00:00+01:00',
    ]);
  });

  test('with UNTIL, the last day included', async () => {
    expect(await next('FREQ=DAILY;UNTIL=20261125', '2026-11-23T23:30', '2026-11-24T00:00:00Z', 5)).toEqual([
      '2026-11-24T23:30:00+01:00',
      '2026-11-25T23:30:00+01:00',
    ]);
    expect(
      nextOccurrence(
        { rrule: 'FREQ=DAILY;UNTIL=20261125T235959', start: '2026-11-23T09:00', zone },
        Date.parse('2026-11-26T00:00:00Z'),
      ),
    ).toBeNull();
  });
});

describe('rules are checked', () => {
  test.each([
    'FREQ=SECONDLY',
    'INTERVAL=2',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=3;UNTIL=20270101',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYHOUR=24',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=DAILY;DTSTART=20260101',
    'FREQ=DAILY;FREQ=DAILY',
    'FREQ=DAILY;UNTIL=20260230',
    '',
    'x'.repeat(1000),
  ])('%s is refused', (rrule) => {
    expect(ruleFault(rrule)).toMatch(/^recurrence-/);
    expect(() => parseRule(rrule)).toThrow(UserError);
  });

  test('a rule that only expansion shows impossible is refused in bounded work', async () => {
    await expect(
      next('FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO;BYSETPOS=2', '2026-01-01T09:00', '2026-01-01T00:00:00Z'),
    ).rejects.toThrow(UserError);
  });

  test('its parts are written in one order', () => {
    expect(ruleText(parseRule('BYHOUR=9;BYDAY=MO;FREQ=WEEKLY;BYMINUTE=0'))).toBe(
      'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0',
    );
  });
});

describe('after completion', () => {
  test("is counted from the day it was finished, in the series' time", async () => {
    expect(nextAfterCompletion('FREQ=DAILY;INTERVAL=3', '2026-11-23T18:00', zone)?.local).toBe('2026-11-26T00:00');
    expect(nextAfterCompletion('FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0', '2026-11-23T18:00', zone)?.local).toBe(
      '2026-11-26T09:00',
    );
    expect(nextAfterCompletion('FREQ=MONTHLY', '2026-01-31T18:00', zone, '09:00')?.local).toBe('2026-02-28T09:00');
    expect(nextAfterCompletion('FREQ=DAILY', '2026-01-31T18:00', zone, '09:00', 0)).toBeNull();
  });
});
