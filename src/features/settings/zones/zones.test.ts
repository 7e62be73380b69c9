/** Guards how people name their zone: by city in two languages, by IANA name, with a slip, by position; a wrong guess is worse than a question. */
import { expect, test } from 'vitest';
import { canonicalZone } from '../../../core/zones.ts';
import { CITIES } from './cities.ts';
import { findZone, guessZones } from './find.ts';
import { nearestPlace, places, zoneDetail, zoneName } from './places.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

test.each([
  ['Berlin', 'Europe/Berlin'],
  ['berlin', 'Europe/Berlin'],
  ['Нью-Йорк', 'America/New_York'],
  ['нью йорк', 'America/New_York'],
  ['new york', 'America/New_York'],
  ['NYC', 'America/New_York'],
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['America/New York', 'America/New_York'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['Asia/Calcutta', 'Asia/Calcutta'],
  ['Питер', 'Europe/Moscow'],
  ['МСК', 'Europe/Moscow'],
  ['Кёльн', 'Europe/Berlin'],
  ['Кельн', 'Europe/Berlin'],
  ['Zürich', 'Europe/Zurich'],
  ['Zurich', 'Europe/Zurich'],
  ['São Paulo', 'America/Sao_Paulo'],
  ['Berlni', 'Europe/Berlin'],
  ['Лондн', 'Europe/London'],
  ['Ростов-на-Дону', 'Europe/Moscow'],
  ['Ushuaia', 'America/Argentina/Ushuaia'],
  ['UTC', 'UTC'],
  ['  Paris  ', 'Europe/Paris'],
])('%s is %s', (words, zone) => {
  expect(findZone(words, now)).toEqual({ kind: 'zone', zone });
});

test.each([
  '',
  ' ',
  'Mars/Olympus',
  'qqqqqq',
  '🙂',
  '\u202Eabc',
  'x'.repeat(5000),
  '__defineGetter__',
  'constructor',
  "'; DROP TABLE people",
])('%s is no zone', (words) => {
  expect(findZone(words, now).kind).toBe('near');
});

test.each([
  ['EST', 'America/New_York'],
  ['CET', 'Europe/Berlin'],
  ['UTC+3', 'Europe/Moscow'],
  ['+3', 'Europe/Moscow'],
  ['GMT-8', 'America/Los_Angeles'],
  ['+5:30', 'Asia/Kolkata'],
])('%s names no place, so places are offered, %s among them', (words, offered) => {
  const found = findZone(words, now);
  expect(found.kind === 'near' ? found.zones : []).toContain(offered);
});

test.each([
  ['Berl', 'Europe/Berlin'],
  ['Мюнх', 'Europe/Berlin'],
  ['Sidny', 'Australia/Sydney'],
  ['Europe/Berlim', 'Europe/Berlin'],
  ['rest', 'Europe/Minsk'],
])('a name that is none (%s) offers what is near', (words, offered) => {
  const found = findZone(words, now);
  expect(found.kind === 'near' ? found.zones : [found.zone]).toContain(offered);
});

test.each([
  ['Munich', 48.14, 11.58, 'Europe/Berlin'],
  ['Brooklyn', 40.65, -73.95, 'America/New_York'],
  ['Novosibirsk', 55.03, 82.92, 'Asia/Novosibirsk'],
  ['Nairobi', -1.29, 36.82, 'Africa/Nairobi'],
  ['Lisbon', 38.72, -9.14, 'Europe/Lisbon'],
  ['Bali', -8.65, 115.22, 'Asia/Makassar'],
  ['Taveuni, beyond 180 degrees from Fiji', -16.9, -179.95, 'Pacific/Fiji'],
])('a position in %s is in its zone', (_, latitude, longitude, zone) => {
  expect(nearestPlace(latitude, longitude)?.zone).toBe(zone);
});

test('a position that is none on Earth has no place', () => {
  for (const [latitude, longitude] of [
    [91, 0],
    [0, 181],
    [Number.NaN, 0],
  ] as const) {
    expect(nearestPlace(latitude, longitude)).toBeUndefined();
  }
});

test('every zone and position of the tables exists', () => {
  expect(Object.keys(CITIES).filter((zone) => canonicalZone(zone) === null)).toEqual([]);
  expect(
    places().filter(({ latitude, longitude }) => !(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)),
  ).toEqual([]);
  expect(places().length).toBeGreaterThan(600);
});

test('the present zone is offered first, then those of the region of the language', () => {
  expect(guessZones('de', 'UTC').slice(0, 2)).toEqual(['UTC', 'Europe/Berlin']);
  expect(guessZones('ru', 'Europe/Moscow')).toContain('Asia/Novosibirsk');
  expect(guessZones('en-AU', 'UTC')).toContain('Australia/Melbourne');
  expect(guessZones('', 'Europe/Paris')[0]).toBe('Europe/Paris');
  expect(guessZones('not a tag', 'UTC')).toContain('Europe/London');
});

test('a zone is called as its reader calls it', () => {
  expect([
    zoneName('Europe/Berlin', 'ru'),
    zoneName('Europe/Berlin', 'en'),
    zoneName('America/New_York', 'ru'),
  ]).toEqual(['Берлин', 'Berlin', 'Нью-Йорк']);
  expect([
    zoneDetail('Europe/Berlin', 'en', now),
    zoneDetail('Europe/Moscow', 'ru', now),
    zoneDetail('Asia/Kolkata', 'ru', now),
    zoneDetail('America/St_Johns', 'ru', now),
    zoneDetail('UTC', 'ru', now) + zoneDetail('UTC', 'en', now),
  ]).toEqual([' (Europe/Berlin)', ' (UTC+3)', ' (UTC+5:30)', ' (UTC-3:30)', '']);
});
