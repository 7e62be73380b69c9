/** Guards what rules come to: the wall clock kept over every shift, months clamped, ends counted, and no rule that works without bound. */
import { describe, expect, test } from 'vitest';
import { UserError } from './errors.ts';
import { nextAfterCompletion, nextOccurrence, nextOccurrences, parseRule, ruleFault, ruleText } from './recurrence.ts';
import { isoWithOffset } from './zones.ts';

const zone = 'Europe/Berlin';
const next = async (rrule: string, start: string, after: string, count = 4) =>
  (await nextOccurrences({ rrule, start, zone, after: Date.parse(after), count })).map(({ at }) =>
    isoWithOffset(at, zone),
  );

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
      await nextOccurrence(
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
    expect((await nextAfterCompletion('FREQ=DAILY;INTERVAL=3', '2026-11-23T18:00', zone))?.local).toBe(
      '2026-11-26T00:00',
    );
    expect(
      (await nextAfterCompletion('FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0', '2026-11-23T18:00', zone))?.local,
    ).toBe('2026-11-26T09:00');
    expect((await nextAfterCompletion('FREQ=MONTHLY', '2026-01-31T18:00', zone, '09:00'))?.local).toBe(
      '2026-02-28T09:00',
    );
    expect(await nextAfterCompletion('FREQ=DAILY', '2026-01-31T18:00', zone, '09:00', 0)).toBeNull();
  });
});
