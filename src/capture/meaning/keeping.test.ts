/** What is said by one clock and kept by another is the same moment, and the same days. */
import { expect, test } from 'vitest';
import { instantOf } from '../../core/zones.ts';
import { type CaptureContext, parse, parseWhen } from '../index.ts';

// Thursday, 26 November 2026, 10:00 in Berlin.
const now = Date.parse('2026-11-26T10:00:00+01:00');
const by = (zone: string, keptIn = 'Europe/Berlin'): CaptureContext => ({ now, zone, keptIn, locale: 'en-GB' });

test.each([
  ['call Bob tomorrow at 15:00', 'America/New_York', '2026-11-27', '21:00'],
  ['call Bob tomorrow at 6am', 'Asia/Tokyo', '2026-11-26', '22:00'],
  ['call Bob tomorrow at 15:00', 'Europe/Berlin', '2026-11-27', '15:00'],
  ['call Bob tomorrow at 23:30', 'Asia/Kolkata', '2026-11-27', '19:00'],
])('%s in %s is %s %s in Berlin', (text, zone, day, time) => {
  const { reading } = parse(text, by(zone));
  expect(reading?.due).toEqual({ day, time });
  expect(reading?.at).toBe(instantOf(day, time, 'Europe/Berlin'));
  expect(parseWhen(text.replace('call Bob ', ''), by(zone)).reading?.due).toEqual({ day, time });
});

test('a day without a time stays the day it is, and its morning is the one it is kept by', () => {
  const { reading } = parse('call Bob on 3 december', by('Asia/Tokyo'));
  expect(reading?.due).toEqual({ day: '2026-12-03', time: null });
  expect(reading?.remind).toMatchObject({
    day: '2026-12-03',
    at: instantOf('2026-12-03', reading?.remind.time ?? '', 'Europe/Berlin'),
  });
});

test.each([
  ['stand-up every weekday at 9am', 'America/New_York', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=15;BYMINUTE=0'],
  ['stand-up every monday at 6am', 'Asia/Tokyo', 'FREQ=WEEKLY;BYDAY=SU;BYHOUR=22;BYMINUTE=0'],
  ['pills every day at 6am', 'Asia/Tokyo', 'FREQ=DAILY;BYHOUR=22;BYMINUTE=0'],
  ['tea every day at 17:15', 'Asia/Kolkata', 'FREQ=DAILY;BYHOUR=12;BYMINUTE=45'],
  ['rent on the 1st of every month at 12:00', 'America/New_York', 'FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=18;BYMINUTE=0'],
])('%s in %s is kept as %s', (text, zone, rrule) => {
  const capture = parse(text, by(zone));
  expect(capture.recurrence?.rrule).toBe(rrule);
  expect(capture.reading?.recurrence?.rrule).toBe(rrule);
});

test('a series that would fall on days no rule names there is refused, its words kept', () => {
  const capture = parse('rent on the 1st of every month at 6am', by('Asia/Tokyo'));
  expect(capture).toMatchObject({ refused: 'elsewhere', reading: null, recurrence: null, readings: [] });
  expect(capture.title).toMatch(/rent/i);
});

test('lengths of time and words without any are as they are', () => {
  const { reading } = parse('call Bob in 2 hours', by('Asia/Tokyo'));
  expect(reading?.at).toBe(now + 2 * 3_600_000);
  expect(reading?.due).toEqual({ day: '2026-11-26', time: '12:00' });
  expect(parse('call Bob', by('Asia/Tokyo'))).toEqual(parse('call Bob', by('Europe/Berlin')));
});
