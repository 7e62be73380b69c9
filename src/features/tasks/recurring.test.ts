/** The next instance of a series, without a database. */
import { expect, test } from 'vitest';
import { nextInstance } from './recurring.ts';

// Wednesday, 11:00 in Berlin
const NOW = Date.parse('2026-11-25T10:00:00Z');

const cases: ReadonlyArray<
  readonly [promise: string, due: string, time: string | null, rrule: string, next: string | null]
> = [
  ['the next day of a daily one', '2026-11-25', null, 'FREQ=DAILY', '2026-11-26'],
  ['completed early, the one after its own', '2026-11-30', null, 'FREQ=WEEKLY', '2026-12-07'],
  ['completed late, none that is over', '2026-11-20', null, 'FREQ=DAILY', '2026-11-25'],
  ['a time goes with it', '2026-11-25', '09:00', 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0', '2026-11-26 09:00'],
  ['a time of today that is ahead still comes', '2026-11-24', '15:00', 'FREQ=DAILY', '2026-11-25 15:00'],
  ['every second week keeps its weeks', '2026-11-04', null, 'FREQ=WEEKLY;INTERVAL=2', '2026-12-02'],
  [
    'the 31st becomes the last day',
    '2027-01-31',
    null,
    'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1',
    '2027-02-28',
  ],
  ['several times a day', '2026-11-25', '09:00', 'FREQ=DAILY;BYHOUR=9,12,18;BYMINUTE=0', '2026-11-25 12:00'],
  ['a time in the gap of a DST change keeps its wall clock', '2027-03-27', '02:30', 'FREQ=DAILY', '2027-03-28 02:30'],
  ['the last of its count ends it', '2026-11-25', null, 'FREQ=DAILY;COUNT=1', null],
  ['after its end none comes', '2026-11-25', null, 'FREQ=DAILY;UNTIL=20261125', null],
];

test.each(cases)('%s', async (_promise, dueDate, dueTime, rrule, next) => {
  const task = { dueDate, dueTime, startDate: null, recurrence: { rrule, basis: 'schedule' as const } };
  const found = nextInstance(task, NOW, 'Europe/Berlin');
  expect(found && [found.dueDate, found.dueTime].filter((part) => part !== null).join(' ')).toBe(next);
});

test('a start date stays as far before the due date as it was', async () => {
  const task = {
    dueDate: '2026-11-25',
    dueTime: null,
    startDate: '2026-11-23',
    recurrence: { rrule: 'FREQ=WEEKLY', basis: 'schedule' as const },
  };
  expect(nextInstance(task, NOW, 'Europe/Berlin')).toMatchObject({
    dueDate: '2026-12-02',
    startDate: '2026-11-30',
  });
});
