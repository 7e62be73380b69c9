/** A rule that follows when an instance is moved together with all that come after it. */
import { civil, toDayNumber, weekdayOf } from '../../../core/days.ts';
import { WEEKDAY_CODES, weekdayCode } from '../../../core/recurrence/terms.ts';
import { parseRule, type Rule, ruleText, setMonthDay } from '../../../core/recurrence.ts';
import type { RecurrenceRule } from '../../../storage/rows.ts';

export interface Place {
  /** 'YYYY-MM-DD' */
  readonly day: string;
  /** 'HH:MM'; null: the whole day */
  readonly time: string | null;
}

type Parts = Map<Parameters<Rule['get']>[0], string>;

/**
 * The rule of a series whose instance at `from` is moved to `to` with all that follow: "every Monday at 9" moved to Wednesday at 10 is "every
 * Wednesday at 10". Null where the rule cannot say so ("every day", "the first Monday", several times a day): then only the one can be moved.
 */
export function shiftedRule(rrule: string, from: Place, to: Place): string | null {
  const rule: Parts = new Map(parseRule(rrule));
  if (from.day !== to.day && !movedDay(rule, from.day, to.day)) return null;
  if (from.time !== to.time && !movedTime(rule, to.time)) return null;
  return ruleText(rule);
}

/**
 * A rule that says its day of the month itself: "every month" of a task due on the 31st would else go on from the 28th once February clamped it.
 */
export function anchored(recurrence: RecurrenceRule | null, day: string | null): RecurrenceRule | null {
  if (recurrence === null || day === null || recurrence.basis === 'completion') return recurrence;
  const { month, day: number } = civil(toDayNumber(day));
  const rule: Parts = new Map(parseRule(recurrence.rrule));
  const frequency = rule.get('FREQ');
  const said = namesDays(rule) || rule.has('BYSETPOS') || (frequency === 'YEARLY' && rule.has('BYMONTH'));
  if (said || number <= 28 || (frequency !== 'MONTHLY' && !(frequency === 'YEARLY' && month === 2))) return recurrence;
  if (frequency === 'YEARLY') rule.set('BYMONTH', '2');
  setMonthDay(rule, number);
  return { ...recurrence, rrule: ruleText(rule) };
}

/** Days by their number in the year, or in weeks by theirs: what is moved has no such number. */
function numbersDays(rule: Rule): boolean {
  return rule.has('BYYEARDAY') || rule.has('BYWEEKNO');
}

function namesDays(rule: Rule): boolean {
  return numbersDays(rule) || rule.has('BYDAY') || rule.has('BYMONTHDAY');
}

function movedTime(rule: Parts, time: string | null): boolean {
  if (['HOURLY', 'MINUTELY'].includes(rule.get('FREQ') ?? '')) return false;
  if ([rule.get('BYHOUR'), rule.get('BYMINUTE')].some((part) => part?.includes(','))) return false;
  // Where the rule names no hour the instance's own is taken.
  if (!rule.has('BYHOUR')) return true;
  rule.delete('BYHOUR');
  rule.delete('BYMINUTE');
  if (time === null) return true;
  rule.set('BYHOUR', String(Number(time.slice(0, 2)))).set('BYMINUTE', String(Number(time.slice(3, 5))));
  return true;
}

function movedDay(rule: Parts, from: string, to: string): boolean {
  switch (rule.get('FREQ')) {
    case 'DAILY':
      // "Every 3 days" goes on from the new day; every day is every day.
      return !namesDays(rule) && (rule.get('INTERVAL') ?? '1') !== '1';
    case 'WEEKLY':
      return !numbersDays(rule) && movedWeekday(rule, from, to);
    case 'MONTHLY':
      return !rule.has('BYDAY') && !numbersDays(rule) && movedMonthDay(rule, from, to);
    case 'YEARLY':
      return !rule.has('BYDAY') && !numbersDays(rule) && movedDate(rule, from, to);
    default:
      return false;
  }
}

function movedWeekday(rule: Parts, from: string, to: string): boolean {
  const days = rule.get('BYDAY')?.split(',');
  if (days === undefined) return true;
  const [old = '', fresh = ''] = [from, to].map((day) => weekdayCode(weekdayOf(toDayNumber(day))));
  if (old === fresh) return true;
  if (!days.includes(old) || days.includes(fresh)) return false;
  const moved = days.map((day) => (day === old ? fresh : day));
  rule.set('BYDAY', WEEKDAY_CODES.filter((day) => moved.includes(day)).join(','));
  return true;
}

function movedMonthDay(rule: Parts, from: string, to: string): boolean {
  const day = civil(toDayNumber(to)).day;
  const named = rule.get('BYMONTHDAY')?.split(',').map(Number);
  const position = rule.get('BYSETPOS');
  if (named !== undefined) {
    const clamps = position === '-1' && named[0] === 28;
    const only = named.length === 1 && position === undefined && named[0] === civil(toDayNumber(from)).day;
    if (!clamps && !only) return false;
  }
  setMonthDay(rule, day);
  return true;
}

function movedDate(rule: Parts, from: string, to: string): boolean {
  if (!rule.has('BYMONTH') && !rule.has('BYMONTHDAY')) return true;
  const [old, fresh] = [civil(toDayNumber(from)), civil(toDayNumber(to))];
  const plain = rule.get('BYMONTH') === String(old.month) && rule.get('BYMONTHDAY') === String(old.day);
  // The 29th of February is no day of every year.
  if (!plain || rule.has('BYSETPOS') || (fresh.month === 2 && fresh.day === 29)) return false;
  rule.set('BYMONTH', String(fresh.month)).set('BYMONTHDAY', String(fresh.day));
  return true;
}
