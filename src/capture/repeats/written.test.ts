/** Guards rules written as calendars have them: taken as they stand, and never half. */
import { describe, expect, test } from 'vitest';
import { nextOccurrences } from '../../core/recurrence.ts';
import { type CaptureContext, parse, parseWhen } from '../index.ts';

const berlin: CaptureContext = { now: Date.parse('2026-11-23T09:00:00Z'), zone: 'Europe/Berlin', locale: 'en-GB' };

test('a rule among the words is the recurrence, with or without its first word, in any case', () => {
  for (const text of ['pay rent RRULE:FREQ=MONTHLY;BYMONTHDAY=15', 'freq=monthly;bymonthday=15 pay rent'])
    expect(parse(text, berlin)).toMatchObject({
      title: 'Pay rent',
      intent: 'add',
      recurrence: { rrule: 'FREQ=MONTHLY;BYMONTHDAY=15', basis: 'schedule' },
      when: { start: '2026-12-15T00:00:00+01:00', grain: 'day' },
    });
  expect(parseWhen('RRULE:FREQ=DAILY;BYHOUR=8;BYMINUTE=30', berlin).reading?.start).toEqual({
    day: '2026-11-24',
    time: '08:30',
  });
});

test('its parts are put in order, a time said beside it joins them, and UTC becomes the wall clock', () => {
  expect(parse('stretch RRULE:COUNT=5;FREQ=WEEKLY;BYDAY=TU,FR at 9', berlin).recurrence?.rrule).toBe(
    'FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=9;BYMINUTE=0;COUNT=5',
  );
  expect(parse('stretch RRULE:FREQ=DAILY;UNTIL=20261201T080000Z', berlin).recurrence?.rrule).toBe(
    'FREQ=DAILY;UNTIL=20261201T090000',
  );
});

test('it is kept as written: what RFC 5545 skips in short months is not moved to another day', () => {
  expect(parse('x RRULE:FREQ=MONTHLY;BYMONTHDAY=31', berlin).recurrence?.rrule).toBe('FREQ=MONTHLY;BYMONTHDAY=31');
});

test('one that never occurs, cannot be read or has parts Steward does not keep is told; words and quotes that only look like one stay words', () => {
  for (const text of ['tax RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'x rrule:freq=monthly;byday=31mo'])
    expect(parse(text, berlin).recurrence, text).toBeNull();
  expect(parse('tax RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', berlin)).toMatchObject({
    when: null,
    refused: 'never',
  });
  for (const text of [
    'x RRULE:FREQ=SECONDLY',
    'x FREQ=SECONDLY;INTERVAL=5',
    'x RRULE:FREQ=MONTHLY;BYDAY=MO;BYDAY=TU',
    'x RRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101',
    'x RRULE:FREQ=DAILY;INTERVAL=0',
    'x RRULE:FREQ=DAILY;COUNT=1000000000',
    'x RRULE:INTERVAL=2',
    'x RRULE:FREQ=WEEKLY;BYDAY=2MO',
    'x RRULE:FREQ=DAILY;BYMINUTE=30',
  ])
    expect(parse(text, berlin), text).toMatchObject({ title: text, when: null, recurrence: null, refused: 'rule' });
  for (const text of ['check "RRULE:FREQ=DAILY" docs', 'frequency FREQ=DAILYISH', 'what is RRULE:'])
    expect(parse(text, berlin), text).toMatchObject({ when: null, recurrence: null, refused: null });
});

test('what other calendars write out beside it is no part of its own', () => {
  expect(parse('x RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;', berlin).recurrence?.rrule).toBe(
    'FREQ=DAILY;BYHOUR=9;BYMINUTE=0',
  );
});

describe('the first occurrence is that of the expansion', () => {
  for (const rrule of [
    'FREQ=DAILY;INTERVAL=10;COUNT=5',
    'FREQ=DAILY;BYDAY=SA,SU',
    'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=7,19;BYMINUTE=15',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    'FREQ=MONTHLY;BYMONTHDAY=-3',
    'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR',
    'FREQ=YEARLY;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
    'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    // No words have these.
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    'FREQ=YEARLY;BYYEARDAY=1,100,200',
    'FREQ=YEARLY;BYDAY=20MO',
    'FREQ=YEARLY;BYDAY=-1FR',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1',
    'FREQ=MONTHLY;BYMONTHDAY=1,15;BYHOUR=9,18;BYMINUTE=0;BYSETPOS=-1',
    'FREQ=HOURLY;BYDAY=MO;BYHOUR=9,11;BYMINUTE=0,30',
    'FREQ=WEEKLY;BYMONTHDAY=1,15',
  ])
    test(rrule, async () => {
      const capture = parse(`x RRULE:${rrule}`, berlin);
      const { start } = capture.reading ?? {};
      expect(capture.recurrence?.rrule).toBe(rrule);
      const local = `${start?.day}T${start?.time ?? '00:00'}`;
      const [first] = nextOccurrences({
        rrule,
        start: local,
        zone: 'Europe/Berlin',
        after: berlin.now,
        count: 1,
      });
      expect(first?.local).toBe(local);
    });
});
