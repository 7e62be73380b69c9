/** Rules that follow a moved instance, and days that short months clamp. */
import { expect, test } from 'vitest';
import { anchored, shiftedRule } from './rule.ts';

const at = (text: string) => ({ day: text.slice(0, 10), time: text.length > 10 ? text.slice(11) : null });

const moves: ReadonlyArray<readonly [rule: string, from: string, to: string, expected: string | null]> = [
  // Monday 30 November 2026 to Wednesday
  ['FREQ=WEEKLY;BYDAY=MO', '2026-11-30', '2026-12-02', 'FREQ=WEEKLY;BYDAY=WE'],
  [
    'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0',
    '2026-11-30 09:00',
    '2026-12-02 10:30',
    'FREQ=WEEKLY;BYDAY=WE;BYHOUR=10;BYMINUTE=30',
  ],
  ['FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-30', '2026-12-01', 'FREQ=WEEKLY;BYDAY=TU,TH'],
  ['FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-30', '2026-12-03', null],
  ['FREQ=WEEKLY', '2026-11-30', '2026-12-02', 'FREQ=WEEKLY'],
  ['FREQ=DAILY', '2026-11-30', '2026-12-01', null],
  ['FREQ=DAILY;INTERVAL=3', '2026-11-30', '2026-12-01', 'FREQ=DAILY;INTERVAL=3'],
  ['FREQ=DAILY;BYHOUR=9;BYMINUTE=0', '2026-11-30 09:00', '2026-11-30 08:15', 'FREQ=DAILY;BYHOUR=8;BYMINUTE=15'],
  ['FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0', '2026-11-30 09:00', '2026-11-30 08:00', null],
  ['FREQ=MONTHLY;BYMONTHDAY=15', '2026-12-15', '2026-12-20', 'FREQ=MONTHLY;BYMONTHDAY=20'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', '2026-12-15', '2026-12-31', 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', '2026-12-31', '2026-12-01', 'FREQ=MONTHLY;BYMONTHDAY=1'],
  ['FREQ=MONTHLY;BYDAY=1MO', '2026-12-07', '2026-12-08', null],
  ['FREQ=YEARLY;BYYEARDAY=341', '2026-12-07', '2026-12-08', null],
  ['FREQ=YEARLY;BYWEEKNO=50', '2026-12-07', '2026-12-08', null],
  ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', '2026-12-24', '2026-12-25', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25'],
];

test.each(moves)('%s moved from %s to %s with all that follow', (rule, from, to, expected) => {
  expect(shiftedRule(rule, at(from), at(to))).toBe(expected);
});

test('"every month" of a task due on the 31st says the 31st itself, so that February does not move it for good', () => {
  const monthly = { rrule: 'FREQ=MONTHLY', basis: 'schedule' as const };
  expect(anchored(monthly, '2027-01-31')?.rrule).toBe('FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1');
  expect(anchored(monthly, '2027-01-30')?.rrule).toBe('FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1');
  expect(anchored(monthly, '2027-01-28')).toBe(monthly);
  expect(anchored({ ...monthly, rrule: 'FREQ=MONTHLY;BYMONTH=1,2,4' }, '2027-01-31')?.rrule).toBe(
    'FREQ=MONTHLY;BYMONTH=1,2,4;BYMONTHDAY=28,29,30,31;BYSETPOS=-1',
  );
  expect(anchored({ rrule: 'FREQ=YEARLY', basis: 'schedule' }, '2028-02-29')?.rrule).toBe(
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1',
  );
});
