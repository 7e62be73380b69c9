/** Recurrences and lengths of time where they stand: "my daily plan" describes, "2 hours" alone is no time from now. */
import type { Found, Meant, Repeat } from '../pieces.ts';
import { beginsClause, boundary, nounMayFollow, owned } from '../rules/context.ts';
import { fromNow, readDay } from '../rules/day.ts';
import { readRepeat } from '../rules/repeat.ts';
import { readSpan } from '../rules/span.ts';
import { anyRole, meaning, numeral, role, type Scan, touches, wordAt } from '../scan.ts';
import { isUpper } from './fits.ts';
import type { Permissions } from './leads.ts';

/** A recurrence at `index`, unless its words describe something ("my daily plan"). */
export function repeatAt(scan: Scan, index: number): Found<Meant> | null {
  const found = readRepeat(scan, index);
  if (found === null) return null;
  const before = wordAt(scan, index - 1);
  const word = meaning(scan, index, 'repeat');
  if (word?.lexeme.rule.adjective === true) {
    // "my daily plan", "the weekly" describe; so does anything a noun follows.
    const described =
      /^(?:my|the|a|an|our|his|her|your|their|this|next|last|bi|semi|of)$/.test(before) || touches(scan, index);
    if (described || !boundary(scan, found.next, found.next > word.next)) return null;
    if (scan.tokens[index]?.capital === true && !beginsClause(scan, index)) return null;
  } else if (
    word === null &&
    anyRole(scan, index, 'every', 'plural', 'once') === -1 &&
    !ratesAt(scan, index) &&
    !monthly(found.value)
  ) {
    // "weekdays at 7:15 alarm": the time leaves no doubt.
    const timed = found.value.clocks.length > 0 && nounMayFollow(scan, found.next);
    if (!(timed || boundary(scan, found.next, true)) || owned(scan, index)) return null;
  }
  return { value: { k: 'repeat', repeat: found.value }, next: found.next };
}

/** "first monday of the month": nothing but a recurrence. */
const monthly = ({ freq, days, monthDays }: Repeat) => freq === 'MONTHLY' && (days.length > 0 || monthDays.length > 0);

/** "3 times a week" */
function ratesAt(scan: Scan, index: number): boolean {
  const counted = numeral(scan, index);
  return counted !== null && role(scan, counted.next, 'times') !== -1;
}

/** "in 2 hours", "2 hours from now", and bare lengths where they are allowed. */
export function lengthAt(scan: Scan, index: number, may: Permissions): Found<Meant> | null {
  const hence = role(scan, index, 'hence') === -1 ? role(scan, index, 'within') : role(scan, index, 'hence');
  const led = hence === -1 && may.lengths ? anyRole(scan, index, 'for', 'by') : hence;
  const span = readSpan(scan, led === -1 ? index : led, hence !== -1);
  if (span === null) return null;
  const after = fromNow(scan, span.next);
  if (led === -1 && after === -1 && !may.lengths) return null;
  if (span.value.calendar && hence !== -1) return null;
  if (hence !== -1 && scan.tokens[span.next - 1]?.capital === true && !isUpper(scan, span.next - 1)) return null;
  const next = after === -1 ? span.next : after;
  if (span.value.ms > 100 * 366 * 86_400_000 || span.value.days > 36_600 || span.value.months > 1200) {
    return { value: { k: 'fault', reason: 'too_far' }, next };
  }
  const { months, days, ms, grain, calendar, workdays } = span.value;
  if (workdays > 0) return null;
  if (calendar) {
    const day = readDay(scan, index);
    if (day !== null && day.next >= next) return null;
  }
  return { value: { k: 'exact', months, days, ms, grain }, next };
}
