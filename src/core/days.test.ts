/** Guards the arithmetic of days: dates that exist, months that clamp, weeks as their owner begins them, and one meaning of "this week". */

import { describe, expect, test } from 'vitest';
import fc from '../../test/support/steady/fast-check.ts';
import {
  addDays,
  addMonths,
  civil,
  dayNumber,
  dayString,
  daysInMonth,
  dueBucket,
  parseDay,
  weekdayOf,
  weekOf,
} from './days.ts';

describe('days', () => {
  test('numbers and dates are inverse over eight centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -150_000, max: 150_000 }), (number) => {
        const { year, month, day } = civil(number);
        expect(dayNumber(year, month, day)).toBe(number);
        expect(day).toBeLessThanOrEqual(daysInMonth(year, month));
      }),
    );
    expect(dayString(0)).toBe('1970-01-01');
    expect(weekdayOf(dayNumber(2026, 11, 23))).toBe(1);
    expect(weekdayOf(-1)).toBe(3);
  });

  test('dates that do not exist are none', () => {
    expect(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '', '2026-04-31'].map(parseDay)).toEqual(
      Array(6).fill(null),
    );
    expect(parseDay('2028-02-29')).not.toBeNull();
  });

  test('months clamp to their last day', () => {
    expect(dayString(addMonths(dayNumber(2026, 1, 31), 1))).toBe('2026-02-28');
    expect(dayString(addMonths(dayNumber(2026, 1, 31), -2))).toBe('2025-11-30');
    expect(dayString(addMonths(dayNumber(2024, 2, 29), 12))).toBe('2025-02-28');
  });

  test('days pass over month and year ends', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  test('a week begins where the owner says', () => {
    expect(weekOf('2026-11-22', 'monday')).toEqual({ first: '2026-11-16', last: '2026-11-22' });
    expect(weekOf('2026-11-22', 'sunday')).toEqual({ first: '2026-11-22', last: '2026-11-28' });
    expect(weekOf('2026-11-22', 'saturday')).toEqual({ first: '2026-11-21', last: '2026-11-27' });
  });
});

describe('overdue, today and this week have one definition', () => {
  const now = { day: '2026-11-25', time: '10:00:30' };
  test.each([
    ['2026-11-24', null, 'overdue'],
    ['2026-11-25', null, 'today'],
    ['2026-11-25', '09:59', 'overdue'],
    ['2026-11-25', '10:00', 'today'],
    ['2026-11-25', '18:00', 'today'],
    ['2026-11-29', null, 'week'],
    ['2026-11-30', null, 'later'],
  ] as const)('due %s %s is %s', (day, time, bucket) => {
    expect(dueBucket({ day, time }, now, 'monday')).toBe(bucket);
  });
});
