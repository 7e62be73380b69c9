/** Recurrences of one unit, which all others are made from. */
import { type Repeat, SCHEDULED } from '../pieces.ts';
import { WEEKEND, WORKDAYS } from '../rules/lists.ts';
import type { Unit } from '../words/lexeme.ts';

/** A recurrence with nothing said but its unit and `more`. */
export const make = (freq: Repeat['freq'], interval = 1, more: Partial<Repeat> = {}): Repeat => ({
  ...SCHEDULED,
  freq,
  interval,
  ...more,
});

/** The recurrence of one unit ("every 3 weeks"). */
export function ofUnit(unit: Unit, interval: number): Repeat | null {
  switch (unit) {
    case 'second':
      return null;
    case 'minute':
      return make('MINUTELY', interval);
    case 'hour':
      return make('HOURLY', interval);
    case 'day':
      return make('DAILY', interval);
    case 'workday':
      return interval === 1 ? make('WEEKLY', 1, { days: WORKDAYS }) : null;
    case 'week':
      return make('WEEKLY', interval);
    case 'weekend':
      return make('WEEKLY', interval, { days: interval === 1 ? WEEKEND : ['SA'] });
    case 'month':
      return make('MONTHLY', interval);
    case 'quarter':
      return make('MONTHLY', 3 * interval);
    case 'year':
      return make('YEARLY', interval);
  }
}
