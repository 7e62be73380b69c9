/** The conventions of the grammar, row by row: what each promises, on the fewest words that show it. */
import { describe, expect, test } from 'vitest';
import { type CaptureContext, parse, parseLines, parseWhen, putOff, verbatim } from './index.ts';

const berlin: CaptureContext = { now: Date.parse('2026-11-23T09:00:00Z'), zone: 'Europe/Berlin', locale: 'en-GB' };
const start = (text: string, context: CaptureContext = berlin) => parse(text, context).when?.start.slice(0, 16) ?? null;

describe("the owner's settings decide", () => {
  test('a bare hour is the afternoon unless the owner chose the 24-hour clock', () => {
    expect(start('call Bob at 5')).toBe('2026-11-23T17:00');
    expect(start('call Bob at 5', { ...berlin, clock: '24' })).toBe('2026-11-24T05:00');
    expect(start('call Bob at 9 tonight', { ...berlin, clock: '24' })).toBe('2026-11-23T21:00');
  });

  test('the order of 5/6 comes from the setting, then the region, and is asked when there is neither', () => {
    expect(start('dentist on 5/6')).toBe('2027-06-05T00:00');
    expect(start('dentist on 5/6', { ...berlin, locale: 'en-US' })).toBe('2027-05-06T00:00');
    expect(start('dentist on 5/6', { ...berlin, locale: 'en-US', dateOrder: 'dmy' })).toBe('2027-06-05T00:00');
    expect(start('dentist on 25/12', { ...berlin, locale: 'en-US' })).toBe('2026-12-25T00:00');
    const asked = parse('dentist on 5/6', { ...berlin, locale: 'en' });
    expect(asked.when).toBeNull();
    expect(asked.readings.map(({ start: { day } }) => day)).toEqual(['2027-06-05', '2027-05-06']);
  });

  test('weeks start where the owner says', () => {
    const sunday = { ...berlin, weekStart: 'sunday' as const };
    expect(parse('report next week', sunday).when).toMatchObject({
      start: '2026-11-29T00:00:00+01:00',
      end: '2026-12-06T00:00:00+01:00',
    });
    expect(start('gym next sunday', sunday)).toBe('2026-11-29T00:00');
    expect(parse('gym every 2 weeks on sun,wed', sunday).recurrence?.rrule).toBe(
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SU;WKST=SU',
    );
  });

  test("parts of the day are the owner's hours", () => {
    expect(start('run tomorrow morning', { ...berlin, dayParts: { morning: 390 } })).toBe('2026-11-24T06:30');
  });
});

describe('a reading says what a task is due on and when a reminder fires', () => {
  test('a period is due on its last day and reminds on its first in the morning', () => {
    const { reading } = parse('finish slides next week', berlin);
    expect(reading?.due).toEqual({ day: '2026-12-06', time: null });
    expect(reading?.remind).toMatchObject({ day: '2026-11-30', time: '09:00' });
  });

  test('a day whose morning has passed reminds at its next part', () => {
    expect(parse('remind me today to call Bob', berlin).reading?.remind).toMatchObject({
      day: '2026-11-23',
      time: '15:00',
    });
    const late = { ...berlin, now: Date.parse('2026-11-23T21:30:00Z') };
    expect(parse('remind me today to call Bob', late).reading?.remind.at).toBe(late.now + 3_600_000);
  });

  test('lengths are exact, wall-clock times are not', () => {
    expect(parse('stretch in 90 minutes', berlin).reading?.exact).toBe(true);
    expect(parse('stretch at 11:30', berlin).reading?.exact).toBe(false);
  });

  test('a wall-clock time in the DST gap moves forward, in the overlap the first is meant', () => {
    const spring = { ...berlin, now: Date.parse('2026-03-28T09:00:00Z') };
    expect(parse('feed cat tomorrow at 02:30', spring).when?.start).toBe('2026-03-29T03:30:00+02:00');
    const autumn = { ...berlin, now: Date.parse('2026-10-24T09:00:00Z') };
    expect(parse('feed cat tomorrow at 02:30', autumn).when?.start).toBe('2026-10-25T02:30:00+02:00');
    expect(parse('feed cat in 20 hours', { ...berlin, now: Date.parse('2026-10-24T09:00:00Z') }).when?.start).toBe(
      '2026-10-25T06:00:00+01:00',
    );
  });

  test('months clamp: 31 January and a month is the last of February', () => {
    expect(start('pay in a month', { ...berlin, now: Date.parse('2027-01-31T09:00:00Z') })).toBe('2027-02-28T00:00');
    expect(start('pay in a month', { ...berlin, now: Date.parse('2028-01-31T09:00:00Z') })).toBe('2028-02-29T00:00');
  });

  test('"every month" said on the 31st keeps the 31st, clamped', () => {
    const { recurrence, when } = parse('pay rent every month', { ...berlin, now: Date.parse('2027-01-31T07:00:00Z') });
    expect(when?.start.slice(0, 10)).toBe('2027-02-28');
    expect(recurrence?.rrule).toBe('FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1');
  });

  test('"next friday" offers the nearer one', () => {
    const { reading, alternatives } = parse('meet Ann next friday at 10', berlin);
    expect(reading?.start).toEqual({ day: '2026-12-04', time: '10:00' });
    expect(alternatives.map((each) => each.start)).toEqual([{ day: '2026-11-27', time: '10:00' }]);
  });

  test('each reading to choose from carries the title it would leave', () => {
    const { title, readings, doubt } = parse('party friday midnight', berlin);
    expect([title, doubt, readings[0]?.title]).toEqual(['party friday midnight', 'friday midnight', 'Party']);
  });

  test('this friday on a friday counts today only with a later time', () => {
    const friday = { ...berlin, now: Date.parse('2026-11-27T14:00:00Z') };
    expect(start('call Bob friday 5pm', friday)).toBe('2026-11-27T17:00');
    expect(start('call Bob friday 2pm', friday)).toBe('2026-12-04T14:00');
    expect(start('call Bob friday', friday)).toBe('2026-12-04T00:00');
  });
});

describe('parseWhen reads a bare expression of time and nothing else', () => {
  test.each([
    ['2h', '2026-11-23T12:00'],
    ['30 min', '2026-11-23T10:30'],
    ['1h30', '2026-11-23T11:30'],
    ['tomorrow 9', '2026-11-24T09:00'],
    ['9', '2026-11-24T09:00'],
    ['17:30', '2026-11-23T17:30'],
    ['at 5', '2026-11-23T17:00'],
    ['friday', '2026-11-27T00:00'],
    ['in 3 days', '2026-11-26T00:00'],
    ['3 days', '2026-11-26T00:00'],
    ['tonight', '2026-11-23T20:00'],
    ['next week', '2026-11-30T00:00'],
    ['завтра в 9', '2026-11-24T09:00'],
    ['на 2 часа', '2026-11-23T12:00'],
    ['через час', '2026-11-23T11:00'],
  ])('%s', (text, expected) => {
    expect(parseWhen(text, berlin).reading?.when.start.slice(0, 16)).toBe(expected);
  });

  test.each(['ok', 'done', 'call Bob tomorrow', 'thanks, see you tomorrow', '', '👍', '99', '2 apples'])(
    '"%s" is none',
    (text) => {
      expect(parseWhen(text, berlin)).toEqual({ reading: null, readings: [], refused: null });
    },
  );

  test('what is past or in doubt is told apart', () => {
    expect(parseWhen('yesterday', berlin)).toMatchObject({ reading: null, refused: 'past' });
    expect(parseWhen('friday midnight', berlin).readings).toHaveLength(2);
  });
});

describe('several lines', () => {
  test('each line is a task, list marks aside', () => {
    const titles = parseLines('- buy milk\n2. call Bob tomorrow\n\n[ ] read', berlin).map(({ title, when }) => [
      title,
      when?.start.slice(0, 10) ?? null,
    ]);
    expect(titles).toEqual([
      ['buy milk', null],
      ['Call Bob', '2026-11-24'],
      ['read', null],
    ]);
  });

  test('a line that begins with a date keeps it', () => {
    expect(
      parseLines('5.12. dentist\n12:30 lunch', berlin).map(({ when }) => when?.start.slice(0, 16) ?? null)[1],
    ).toBe('2026-11-23T12:30');
  });
});

test('verbatim words keep everything', () => {
  expect(verbatim(' call Bob tomorrow !high ')).toMatchObject({
    title: 'call Bob tomorrow !high',
    when: null,
    priority: null,
    intent: 'add',
  });
});

describe('what something is moved by', () => {
  test.each([
    ['postpone report by 2 days', { months: 0, days: 2, minutes: 0 }],
    ['push #12 by a month', { months: 1, days: 0, minutes: 0 }],
    ['move report 2 hours later', { months: 0, days: 0, minutes: 120 }],
    ['перенеси отчёт на 2 дня', { months: 0, days: 2, minutes: 0 }],
    ['перенеси отчёт на неделю', { months: 0, days: 7, minutes: 0 }],
    ['сдвинь отчёт на час вперёд', { months: 0, days: 0, minutes: 60 }],
    // A day or a time is where it goes, and "in" counts from now.
    ['move report in 2 days', null],
    ['move report to friday', null],
    ['перенеси отчёт на час дня', null],
    ['перенеси отчёт на вторник', null],
  ])('%s', (text, shift) => {
    const capture = parse(text, berlin);
    expect(capture.intent).toBe('move');
    expect(capture.reading).not.toBeNull();
    expect(capture.shift).toEqual(shift);
  });

  test('it is counted from the day something is due, never into the past', () => {
    const by = (days: number, months = 0, minutes = 0) => ({ months, days, minutes });
    expect(putOff({ day: '2027-01-31', time: null }, by(0, 1), '2026-11-23')).toEqual({
      day: '2027-02-28',
      time: null,
    });
    expect(putOff({ day: '2026-12-31', time: '23:30' }, by(0, 0, 60), '2026-11-23')).toEqual({
      day: '2027-01-01',
      time: '00:30',
    });
    expect(putOff({ day: '2026-12-01', time: null }, by(0, 0, 60), '2026-11-23')).toBeNull();
    expect(putOff({ day: '2026-11-01', time: '09:00' }, by(2), '2026-11-23')).toBeNull();
  });
});

describe('fields', () => {
  test.each([
    ['pay !high', { priority: 'high' }],
    ['pay !1', { priority: 'urgent' }],
    ['pay !!!', { priority: 'urgent' }],
    ['pay asap', { priority: 'urgent', when: null }],
    ['срочно оплатить', { priority: 'urgent' }],
    ['pay #a #b #a', { tags: ['a', 'b'] }],
    ['pay #ёлка', { tags: ['ёлка'] }],
    ['pay @acme-corp', { client: 'acme-corp' }],
    ['pay @"Acme Corp" tomorrow', { client: 'Acme Corp' }],
    ['pay +web/site', { project: 'web/site' }],
    ['pay ~1h30', { estimateMinutes: 90 }],
    ['pay ~30m', { estimateMinutes: 30 }],
    ['pay ~1.5h', { estimateMinutes: 90 }],
    ['заплатить ~2ч', { estimateMinutes: 120 }],
  ])('%s', (text, expected) => {
    expect(parse(text, berlin)).toMatchObject({
      ...expected,
      title: text.startsWith('pay') ? 'Pay' : expect.any(String),
    });
  });

  test.each(['pay #12', 'see a@b.com', 'C++ course', 'x + y', '5!', 'wow!', '~ten', 'a # b', 'half~way'])(
    '"%s" holds none',
    (text) => {
      expect(parse(text, berlin)).toMatchObject({
        title: text,
        tags: [],
        client: null,
        project: null,
        priority: null,
        estimateMinutes: null,
      });
    },
  );
});

test('a misspelt day is shown with what it was taken for', () => {
  expect(parse('dentist on wendsday', berlin).corrections).toEqual([{ typed: 'wendsday', meant: 'wednesday' }]);
});

test('quoted words between "remind me" and a length are never swallowed', () => {
  const { title, ahead } = parse('dentist tomorrow at 9, remind me "gate 5" 30 min', berlin);
  expect(title).toBe('Dentist, remind me "gate 5" 30 min');
  expect(ahead).toEqual([]);
});
