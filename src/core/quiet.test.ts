/** Guards when quiet time ends: over midnight, changes of the clock, and a silence that runs into the hours of every day. */
import { expect, test } from 'vitest';
import { iso } from './clock.ts';
import { hoursOf, OPEN_END, type QuietTime, quietEnd } from './quiet.ts';

const berlin = (quietHours: string | null, since: string | null = null, until: string | null = null): QuietTime => ({
  timezone: 'Europe/Berlin',
  quietHours,
  quietSince: since === null ? null : Date.parse(since),
  quietUntil: until === null ? null : Date.parse(until),
});
const end = (quiet: QuietTime, at: string) => {
  const found = quietEnd(quiet, Date.parse(at));
  return found === null ? null : iso(found);
};

test.each([
  ['before they begin', '22:00-07:00', '2026-11-24T20:59:59Z', null],
  ['at their first instant', '22:00-07:00', '2026-11-24T21:00:00Z', '2026-11-25T06:00:00.000Z'],
  ['after midnight', '22:00-07:00', '2026-11-25T03:00:00Z', '2026-11-25T06:00:00.000Z'],
  ['at their end', '22:00-07:00', '2026-11-25T06:00:00Z', null],
  ['within a day', '13:00-15:00', '2026-11-24T12:30:00Z', '2026-11-24T14:00:00.000Z'],
  ['in the night the clocks go forward', '22:00-07:00', '2026-03-29T00:30:00Z', '2026-03-29T05:00:00.000Z'],
  ['in the night the clocks go back', '22:00-07:00', '2026-10-25T00:30:00Z', '2026-10-25T06:00:00.000Z'],
  ['ending in the gap', '22:00-02:30', '2026-03-29T00:59:00Z', '2026-03-29T01:30:00.000Z'],
  ['ending in the doubled hour, the first of the two', '22:00-02:30', '2026-10-25T00:45:00Z', null],
])('quiet hours %s', (_, hours, at, expected) => {
  expect(end(berlin(hours), at)).toBe(expected);
});

test('a silence that ends within the quiet hours lasts to their end, and one without an end lasts until it is ended', () => {
  const until = berlin('22:00-07:00', '2026-11-24T12:00:00Z', '2026-11-24T22:30:00Z');
  expect(end(until, '2026-11-24T13:00:00Z')).toBe('2026-11-25T06:00:00.000Z');
  expect(end(until, '2026-11-24T11:00:00Z')).toBe(null);
  expect(quietEnd(berlin('22:00-07:00', '2026-11-24T12:00:00Z'), Date.parse('2026-11-24T13:00:00Z'))).toBe(OPEN_END);
});

test('what is no hours of a day is none', () => {
  for (const words of [null, '', '22:00', '22:00-22:00', '24:00-07:00', '7-8']) expect(hoursOf(words)).toBe(null);
});
