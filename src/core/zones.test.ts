/** Guards wall clocks against Temporal: gaps, overlaps, names of zones in any case and by city. */

import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import fc from '../../test/support/steady/fast-check.ts';
import { canonicalZone, clockChangeAt, dayName, instantOf, isoWithOffset, wallClock, zonesMatching } from './zones.ts';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Pacific/Apia',
  'UTC',
  'Asia/Tehran',
];
const instants = fc.integer({ min: Date.parse('2000-01-01T00:00:00Z'), max: Date.parse('2037-12-31T00:00:00Z') });

describe('zones agree with Temporal', () => {
  test('an instant shows the same wall clock', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (at, zone) => {
        const theirs = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        const ours = wallClock(at, zone);
        expect(`${ours.day}T${ours.timeWithSeconds}`).toBe(
          theirs.toPlainDateTime().toString({ smallestUnit: 'second' }),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('a wall-clock time that a change of the clocks leaves out or repeats is known as such', () => {
    for (const [day, time, zone, change] of [
      ['2026-03-29', '02:30', 'Europe/Berlin', 'gap'],
      ['2026-03-29', '03:00', 'Europe/Berlin', null],
      ['2026-10-25', '02:00', 'Europe/Berlin', 'overlap'],
      ['2026-10-25', '03:00', 'Europe/Berlin', null],
      ['2026-10-04', '02:15', 'Australia/Lord_Howe', 'gap'],
    ] as const)
      expect(clockChangeAt(day, time, zone), `${day} ${time}`).toBe(change);
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (at, zone) => {
        const plain = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDateTime();
        const [day = '', time = ''] = plain.toString({ smallestUnit: 'minute' }).split('T');
        const local = Temporal.PlainDateTime.from(`${day}T${time}`);
        const [first, last] = (['earlier', 'later'] as const).map((disambiguation) =>
          local.toZonedDateTime(zone, { disambiguation }),
        );
        const once = first?.epochMilliseconds === last?.epochMilliseconds;
        const there = first?.toPlainDateTime().equals(local) === true;
        expect(clockChangeAt(day, time, zone)).toBe(once ? null : there ? 'overlap' : 'gap');
      }),
      { numRuns: 400 },
    );
  });

  test('a wall-clock time is placed as `compatible` does, in gaps and overlaps too', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (at, zone) => {
        const plain = Temporal.Instant.fromEpochMilliseconds(at)
          .toZonedDateTimeISO('UTC')
          .toPlainDateTime()
          .round('minute');
        const placed = plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
        expect(instantOf(plain.toPlainDate().toString(), plain.toPlainTime().toString().slice(0, 5), zone)).toBe(
          placed,
        );
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T03:30:00+02:00'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T02:30:00+02:00'],
    ['America/New_York', '2026-03-08', '02:15', '2026-03-08T03:15:00-04:00'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-04T02:45:00+11:00'],
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-31T12:00:00+14:00'],
  ])('%s %s %s', (zone, day, time, expected) => {
    expect(isoWithOffset(instantOf(day, time, zone), zone)).toBe(expected);
  });
});

describe('zone names', () => {
  test('are taken in any case and refused when there is no such zone', () => {
    expect(canonicalZone('europe/berlin')).toBe('Europe/Berlin');
    expect(canonicalZone('utc')).toBe('UTC');
    expect(['turkey', 'GB', 'us/pacific'].map(canonicalZone)).toEqual([
      'Europe/Istanbul',
      'Europe/London',
      'America/Los_Angeles',
    ]);
    expect(['europe/KYIV', 'asia/ho_chi_minh'].map(canonicalZone)).toEqual(['Europe/Kyiv', 'Asia/Ho_Chi_Minh']);
    expect(['Mars/Base', '+02:00', '', 'Europe', '../etc', 'x'.repeat(500)].map(canonicalZone)).toEqual(
      Array(6).fill(null),
    );
  });

  test('are found by city', () => {
    expect(zonesMatching('new york')).toContain('America/New_York');
    expect(zonesMatching('berlin')[0]).toBe('Europe/Berlin');
    expect(zonesMatching('  ')).toEqual([]);
  });
});

test('a time that does not exist is refused', () => {
  expect(() => instantOf('2026-02-30', '10:00', 'UTC')).toThrow(RangeError);
  expect(() => instantOf('2026-02-03', '24:00', 'UTC')).toThrow(RangeError);
  expect(() => instantOf('2026-02-03', '10:00', 'Mars/Base')).toThrow(RangeError);
});

test("days have names in the reader's language", () => {
  expect([dayName('2026-11-26', 'en-GB'), dayName('2026-11-26', 'ru', 'long')]).toEqual(['Thu', 'четверг']);
});
