/** Dates, durations and recurrences read as people say them. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../core/errors.ts';
import {
  dayText,
  dueSpan,
  durationText,
  durationWords,
  instantSpan,
  instantText,
  latenessText,
  recurrenceText,
  timeText,
  zoneText,
} from './dates.ts';

/** Sunday 22 November 2026, 10:00 in Berlin. */
const now = Date.parse('2026-11-22T10:00:00+01:00');
const zone = 'Europe/Berlin';
const en = { language: 'en', clock: null, zone, now } as const;
const ru = { language: 'ru', clock: null, zone, now } as const;

describe('a day', () => {
  it.each([
    ['2026-11-20', '20 Nov', '20 ноя'],
    ['2026-11-21', 'yesterday', 'вчера'],
    ['2026-11-22', 'today', 'сегодня'],
    ['2026-11-23', 'tomorrow', 'завтра'],
    ['2026-11-24', 'Tue', 'вт'],
    ['2026-11-28', 'Sat', 'сб'],
    ['2026-11-29', '29 Nov', '29 ноя'],
    ['2026-12-31', '31 Dec', '31 дек'],
    ['2027-05-01', '1 May 2027', '1 мая 2027'],
    ['2025-11-22', '22 Nov 2025', '22 ноя 2025'],
    ['9999-12-31', '31 Dec 9999', '31 дек 9999'],
  ])('%s reads "%s" in a sentence', (date, english, russian) => {
    const request = { date, today: '2026-11-22', place: 'row' } as const;
    expect(dayText({ ...request, language: 'en' })).toBe(english);
    expect(dayText({ ...request, language: 'ru' })).toBe(russian);
  });

  it('has its capital where it stands alone', () => {
    expect(dayText({ date: '2026-11-23', today: '2026-11-22', language: 'en' })).toBe('Tomorrow');
    expect(dayText({ date: '2026-11-24', today: '2026-11-22', language: 'ru' })).toBe('Вт');
  });

  it('without a time is plain text, so no reader sees it shifted', () => {
    expect(dueSpan({ ...en, date: '2026-11-26', time: null })).toEqual(['Thu']);
  });
});

describe('a due time', () => {
  const at = (text: string) => Date.parse(text);
  it.each([
    ['2026-11-22', 'Today 15:00', 'Сегодня 15:00', 'wt'],
    ['2026-11-23', 'Tomorrow 15:00', 'Завтра 15:00', 'wt'],
    ['2026-11-26', 'Thu 15:00', 'Чт 15:00', 'wt'],
    ['2026-12-12', '12 Dec, 15:00', '12 дек, 15:00', 'Dt'],
    ['2027-01-12', '12 Jan 2027, 15:00', '12 янв 2027, 15:00', 'Dt'],
  ])('on %s is an instant whose fallback reads "%s"', (date, english, russian, format) => {
    const instant = at(`${date}T15:00:00+01:00`);
    expect(dueSpan({ ...en, date, time: '15:00' })).toEqual([{ at: instant, fallback: english, format }]);
    expect(dueSpan({ ...ru, date, time: '15:00' })).toEqual([{ at: instant, fallback: russian, format }]);
  });

  it('of today is its time alone in a row', () => {
    expect(dueSpan({ ...en, date: '2026-11-22', time: '15:00', place: 'row' })).toEqual([
      { at: at('2026-11-22T15:00:00+01:00'), fallback: '15:00', format: 't' },
    ]);
    expect(dueSpan({ ...ru, date: '2026-11-21', time: '09:05', place: 'row' })).toMatchObject([
      { fallback: 'вчера 09:05' },
    ]);
  });

  it("names its zone only where that is not the reader's", () => {
    const request = { ...en, date: '2026-11-23', time: '15:00' };
    expect(dueSpan({ ...request, home: zone })).toMatchObject([{ fallback: 'Tomorrow 15:00' }]);
    expect(dueSpan({ ...request, zone: 'America/New_York', home: zone })).toEqual([
      { at: at('2026-11-23T15:00:00-05:00'), fallback: 'Tomorrow 15:00 (New York)', format: 'wt' },
    ]);
  });

  it('takes its day from the wall clock of the zone, not from UTC', () => {
    const late = at('2026-11-22T23:30:00+01:00');
    expect(instantSpan({ ...en, now: late, at: at('2026-11-23T00:10:00+01:00') })).toMatchObject([
      { fallback: 'Tomorrow 00:10' },
    ]);
    expect(instantText({ ...en, at: now, zone: 'Asia/Tokyo', place: 'row' })).toBe('18:00');
    expect(instantText({ ...en, at: now, zone: 'Pacific/Kiritimati', place: 'row' })).toBe('23:00');
  });

  it('in the hour that DST skips is the instant an hour later', () => {
    expect(dueSpan({ ...en, date: '2027-03-28', time: '02:30' })).toMatchObject([
      { at: at('2027-03-28T03:30:00+02:00') },
    ]);
  });

  it('throws on what is no day, time or zone', () => {
    expect(() => dueSpan({ ...en, date: '2026-02-31', time: null })).toThrow(RangeError);
    expect(() => dueSpan({ ...en, date: '2026-02-21', time: '25:00' })).toThrow(RangeError);
    expect(() => dueSpan({ ...en, zone: 'Mars/Base', date: '2026-02-21', time: '15:00' })).toThrow(RangeError);
  });
});

describe('the clock', () => {
  it.each([
    ['00:00', '00:00', '12 AM'],
    ['00:30', '00:30', '12:30 AM'],
    ['09:00', '09:00', '9 AM'],
    ['12:00', '12:00', '12 PM'],
    ['15:30:45', '15:30', '3:30 PM'],
  ])('%s reads %s or %s', (time, day, half) => {
    expect(timeText(time, 'en', '24')).toBe(day);
    expect(timeText(time, 'en', '12')).toBe(half);
  });

  it('that nobody chose is that of the region, never of the language alone', () => {
    expect(['en', 'en-GB', 'en-US', 'ru', 'de', '', 'not a tag'].map((tag) => timeText('15:00', tag, null))).toEqual([
      '15:00',
      '15:00',
      '3 PM',
      '15:00',
      '15:00',
      '15:00',
      '15:00',
    ]);
    expect(timeText('15:00', 'en-US', '24')).toBe('15:00');
  });

  it.each([
    ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
    ['UTC', 'UTC'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('the zone %s is called %s', (name, called) => {
    expect(zoneText(name)).toBe(called);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 m', '0 мин'],
    [30, '30 m', '30 мин'],
    [60, '1 h', '1 ч'],
    [125.9, '2 h 5 m', '2 ч 5 мин'],
    [3000, '50 h', '50 ч'],
    [-5, '0 m', '0 мин'],
  ])('of %d minutes reads "%s"', (minutes, english, russian) => {
    expect(durationText(minutes, 'en')).toBe(english);
    expect(durationText(minutes, 'ru')).toBe(russian);
  });

  it.each([
    [59_999, 'less than a minute late', 'меньше чем на минуту позже'],
    [60_000, '1 minute late', 'на 1 минуту позже'],
    [42 * 60_000, '42 minutes late', 'на 42 минуты позже'],
    [65 * 60_000, '1 hour 5 minutes late', 'на 1 час 5 минут позже'],
    [(3 * 24 + 2) * 3_600_000 + 60_000, '3 days 2 hours late', 'на 3 дня 2 часа позже'],
  ])('of %d ms late reads "%s"', (ms, english, russian) => {
    expect(latenessText(ms, 'en')).toBe(english);
    expect(latenessText(ms, 'ru')).toBe(russian);
  });

  it('under a minute is said so', () => {
    expect(durationWords(0, 'en')).toBe('less than a minute');
  });
});

describe('a recurrence', () => {
  it.each([
    ['FREQ=DAILY', 'every day', 'каждый день'],
    ['FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0', 'every 3 days at 9:00', 'каждые 3 дня в 9:00'],
    ['FREQ=DAILY;INTERVAL=21', 'every 21 days', 'каждый 21 день'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0', 'every weekday at 9:00', 'по будням в 9:00'],
    ['FREQ=DAILY;BYDAY=SA,SU', 'every weekend', 'по выходным'],
    ['FREQ=WEEKLY;BYDAY=TU', 'every Tuesday', 'по вторникам'],
    ['FREQ=WEEKLY;BYDAY=TH,MO', 'every Mon, Thu', 'по пн, чт'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270312',
      'every 2 weeks on Mon, Thu until 12 Mar 2027',
      'каждые 2 недели: пн, чт по 12 мар 2027',
    ],
    ['FREQ=WEEKLY', 'every week', 'каждую неделю'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=10',
      'every month on the 1st, 15th, 10 times',
      'каждый месяц 1-го, 15-го числа, 10 раз',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', 'every month on the last day', 'каждый месяц в последний день'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1',
      'every month on the 30th (or the last day)',
      'каждый месяц 30-го (или последнего) числа',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on the last day', 'каждый месяц в последний день'],
    ['FREQ=MONTHLY;BYDAY=1MO', 'every month on the first Monday', 'каждый месяц: первый понедельник'],
    ['FREQ=MONTHLY;BYDAY=WE;BYSETPOS=2', 'every month on the second Wednesday', 'каждый месяц: вторая среда'],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=18;BYMINUTE=0;BYSETPOS=-1',
      'every month on the last workday at 18:00',
      'каждый месяц: последний рабочий день в 18:00',
    ],
    ['FREQ=MONTHLY;BYDAY=-1SU', 'every month on the last Sunday', 'каждый месяц: последнее воскресенье'],
    ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12', 'every year on 12 Mar', 'каждый год 12 мар'],
    [
      'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      'every year on the fourth Thursday in Nov',
      'каждый год: четвёртый четверг в ноябре',
    ],
    [
      'FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11,13,15,17',
      'every 2 hours between 9:00 and 17:00',
      'каждые 2 часа с 9:00 до 17:00',
    ],
    ['FREQ=DAILY;BYHOUR=9,21;BYMINUTE=30', 'every day at 9:30, 21:30', 'каждый день в 9:30, 21:30'],
    // Beyond our own grammar: rather nothing exact than something that is not so.
    ['FREQ=YEARLY;BYMONTHDAY=15', 'by its own rule', 'по своему правилу'],
    ['FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR', 'by its own rule', 'по своему правилу'],
    ['FREQ=MONTHLY;BYMONTHDAY=10,20;BYSETPOS=1', 'by its own rule', 'по своему правилу'],
    ['FREQ=HOURLY;BYHOUR=9,17', 'by its own rule', 'по своему правилу'],
    [
      'FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10,11,12,13,14,15,16',
      'every 45 minutes between 9:00 and 17:00',
      'каждые 45 минут с 9:00 до 17:00',
    ],
    [
      'FREQ=MINUTELY;INTERVAL=90;BYHOUR=9,10,12,13,15,16',
      'every 90 minutes between 9:00 and 17:00',
      'каждые 90 минут с 9:00 до 17:00',
    ],
    ['FREQ=HOURLY;UNTIL=20261126T180000', 'every hour until 18:00 on 26 Nov 2026', 'каждый час до 18:00 26 ноя 2026'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=31',
      'every month on the 31st (where there is one)',
      'каждый месяц 31-го (где оно есть) числа',
    ],
    ['FREQ=DAILY;INTERVAL=6;BYDAY=MO', 'by its own rule', 'по своему правилу'],
    ['FREQ=HOURLY;BYMINUTE=15', 'by its own rule', 'по своему правилу'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', 'by its own rule', 'по своему правилу'],
    ['FREQ=YEARLY;BYYEARDAY=100', 'by its own rule', 'по своему правилу'],
    // Of the last day's two times only the later one: "at 9:00, 18:00" would not be so.
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYHOUR=9,18;BYMINUTE=0;BYSETPOS=-1', 'by its own rule', 'по своему правилу'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYHOUR=9,18;BYMINUTE=0;BYSETPOS=-2,-1',
      'every month on the last day at 9:00, 18:00',
      'каждый месяц в последний день в 9:00, 18:00',
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,18;BYMINUTE=0;BYSETPOS=1,2',
      'every month on the first workday at 9:00, 18:00',
      'каждый месяц: первый рабочий день в 9:00, 18:00',
    ],
  ])('%s reads "%s"', (rrule, english, russian) => {
    expect(recurrenceText({ rrule, basis: 'schedule' }, 'en', null)).toBe(english);
    expect(recurrenceText({ rrule, basis: 'schedule' }, 'ru', null)).toBe(russian);
  });

  it('counted from completion says so', () => {
    const after = { rrule: 'FREQ=DAILY;INTERVAL=3', basis: 'completion' } as const;
    expect(recurrenceText(after, 'en', null)).toBe('every 3 days after it is done');
    expect(recurrenceText(after, 'ru', null)).toBe('каждые 3 дня после выполнения');
  });

  it('has its times on the clock chosen', () => {
    expect(recurrenceText({ rrule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', basis: 'schedule' }, 'en', '12')).toBe(
      'every day at 9 AM',
    );
  });

  it('that is no rule is refused', () => {
    expect(() => recurrenceText({ rrule: 'EVERY DAY', basis: 'schedule' }, 'en', null)).toThrow(UserError);
  });
});
