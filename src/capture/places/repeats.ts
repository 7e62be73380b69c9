/** Recurrences and lengths of time where they stand: "my daily plan" describes, "2 hours" alone is no time from now. */
import { weekdayCode } from '../../core/recurrence/terms.ts';
import type { Found, Meant, Piece, Repeat } from '../pieces.ts';
import { readRefinements } from '../repeats/refine.ts';
import { readRepeat } from '../repeats/repeat.ts';
import { make } from '../repeats/units.ts';
import { readClock } from '../rules/clock.ts';
import { beginsClause, boundary, isUpper, nounMayFollow, owned } from '../rules/context.ts';
import { fromNow, readDay, timely, withinNext } from '../rules/day.ts';
import { separator } from '../rules/lists.ts';
import { readFew, readInverted, readSpan, type Span } from '../rules/span.ts';
import { anyRole, meaning, numeral, role, type Scan, touches, wordAt } from '../scan.ts';

import type { Permissions } from './leads.ts';

/** A recurrence at `index`, unless its words describe something ("my daily plan"). */
export function repeatAt(scan: Scan, index: number): Found<Meant> | null {
  const found = readRepeat(scan, index);
  if (found === null) return daysNamedAt(scan, index);
  const before = wordAt(scan, index - 1);
  const word = meaning(scan, index, 'repeat');
  if (word?.lexeme.rule.adjective === true) {
    // "my daily plan", "the weekly" describe; so does anything a noun follows.
    const described =
      /^(?:my|the|a|an|our|his|her|your|their|this|next|last|bi|semi|of)$/.test(before) ||
      (touches(scan, index) && before !== '(');
    // "daily at 9 standup", "monthly on the first monday plan"
    const refined = beginsClause(scan, index) && anyRole(scan, word.next, 'at', 'on') !== -1 && found.next > word.next;
    const free = boundary(scan, found.next, found.next > word.next) || (refined && nounMayFollow(scan, found.next));
    if (described || !free) return null;
    const name = scan.tokens[index]?.capital === true && word.lexeme.rule.days === undefined;
    if (name && !beginsClause(scan, index)) return null;
  } else if (
    word === null &&
    found.value.orDay === null &&
    anyRole(scan, index, 'every', 'plural', 'once') === -1 &&
    !ratesAt(scan, index) &&
    !monthly(found.value)
  ) {
    // "weekdays at 7:15 alarm": the time leaves no doubt.
    const onDays =
      role(scan, index, 'on') !== -1 &&
      (meaning(scan, index + 1, 'weekday')?.lexeme.plural === true ||
        /^(?:weekdays|workdays|weekends)$/.test(wordAt(scan, index + 1)));
    const named = onDays && scan.tokens[index + 1]?.capital === false && scan.tokens[found.next]?.kind === 'word';
    const told = found.value.clocks.length > 0 || found.value.minutes.length > 0;
    const timed = named || ((told || onDays) && nounMayFollow(scan, found.next));
    if (!(timed || boundary(scan, found.next, true)) || owned(scan, index)) return null;
  }
  return { value: { k: 'repeat', repeat: found.value }, next: found.next };
}

/** Two or more weekdays by name, joined by commas or "and". One with a date of its own ("tue 1 dec") makes no such list, and neither does "or". */
function readDayNames(scan: Scan, index: number): Found<string[]> | null {
  const days = new Set<number>();
  let at = index;
  let next = -1;
  while (at !== -1) {
    const weekday = meaning(scan, at, 'weekday');
    if (weekday === null || weekday.lexeme.plural) break;
    const { n } = weekday.lexeme;
    const alone = readDay(scan, at)?.next === weekday.next && role(scan, weekday.next, 'or') === -1;
    if (!alone || days.has(n)) return null;
    days.add(n);
    next = weekday.next;
    const joined = separator(scan, next);
    // "mon wed fri" does without commas.
    at = joined === -1 && meaning(scan, next, 'weekday') !== null ? next : joined;
    if (joined !== -1 && role(scan, at - 1, 'or') !== -1) return null;
  }
  return days.size < 2 ? null : { value: [...days].sort((a, b) => a - b).map(weekdayCode), next };
}

/** "mon, wed and fri at 7am": several weekdays by name are those days once or every week: asked. */
function daysNamedAt(scan: Scan, index: number): Found<Meant> | null {
  const led = anyRole(scan, index, 'on');
  const at = led === -1 ? index : led;
  const list = readDayNames(scan, at);
  if (list === null || owned(scan, index)) return null;
  const begun = { value: make('WEEKLY', 1, { days: list.value, orOnce: true }), next: list.next };
  const { value, next } = readRefinements(scan, begun);
  // "пн/ср/пт зарядка": a weekday cut short is nobody's adjective.
  const short = /^[а-я]{2,3}$/.test(wordAt(scan, list.next - 1));
  if (!boundary(scan, next, true) && !((value.clocks.length > 0 || short) && nounMayFollow(scan, next))) return null;
  return { value: { k: 'repeat', repeat: value }, next };
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
  const few = readFew(scan, index);
  const follows = wordAt(scan, index) === 'через' && few !== null && nounMayFollow(scan, few.next);
  if (few !== null && (follows || boundary(scan, few.next, true)))
    return { value: { k: 'exacts', choices: few.value.map(lengthOf) }, next: few.next };
  const inverted = readInverted(scan, index);
  if (inverted !== null) return { value: { k: 'exact', ...lengthOf(inverted.value) }, next: inverted.next };
  const plus = scan.tokens[index]?.norm === '+' ? index + 1 : -1;
  const inside = role(scan, index, 'within');
  // "within the next 3 days" is "within 3 days".
  const hence = Math.max(
    plus,
    role(scan, index, 'hence'),
    may.loose ? afterLength(scan, index) : -1,
    inside === -1 ? -1 : withinNext(scan, inside),
  );
  const put = may.lengths || may.shifts;
  const led = hence === -1 && put ? anyRole(scan, index, 'for', 'by') : hence;
  // "отложи на час" names one, "перенеси на час дня" a time.
  // "in the next 2 hours"
  const next = hence !== -1 && plus === -1 && inside === -1 ? withinNext(scan, hence) : -1;
  const counts = next > hence && numeral(scan, next) !== null;
  const at = counts ? next : led === -1 ? index : led;
  const span = readSpan(scan, at, hence !== -1 || wordAt(scan, index) === 'на');
  if (span === null) return may.loose ? minutesAt(scan, index) : null;
  const ago = span.value.calendar ? -1 : role(scan, span.next, 'ago');
  if (ago !== -1 && hence === -1)
    return { value: { k: 'exact', ...lengthOf(span.value), ms: -span.value.ms }, next: ago };
  const after = fromNow(scan, span.next);
  if (led === -1 && after === -1 && !put) return null;
  if (span.value.calendar && hence !== -1 && plus === -1 && wordAt(scan, index) !== 'after') return null;
  if (hence !== -1 && scan.tokens[span.next - 1]?.capital === true && !isUpper(scan, span.next - 1)) return null;
  const end = after === -1 ? timely(scan, span.next) : after;
  if (span.value.ms > 100 * 366 * 86_400_000 || span.value.days > 36_600 || span.value.months > 1200) {
    return { value: { k: 'fault', reason: 'too_far' }, next: end };
  }
  if (span.value.workdays > 0) return null;
  if (span.value.calendar) {
    const day = readDay(scan, index);
    if (day !== null && day.next >= end) return null;
  }
  return {
    value: { k: 'exact', ...lengthOf(span.value), by: hence === -1 && anyRole(scan, span.next, 'from') === -1 },
    next: end,
  };
}

/** Index of the length in "remind me after 20 min (to call)", which to many is "in 20 min"; -1 where it is after something else ("after 2 hours of work"). */
function afterLength(scan: Scan, index: number): number {
  const span = wordAt(scan, index) === 'after' ? readSpan(scan, index + 1, false) : null;
  return span !== null && boundary(scan, span.next, false) && wordAt(scan, span.next) !== 'from' ? index + 1 : -1;
}

/** "remind me in 20 to check the oven": of a number alone, minutes are meant. */
function minutesAt(scan: Scan, index: number): Found<Meant> | null {
  if (wordAt(scan, index) !== 'in') return null;
  const said = numeral(scan, index + 1);
  if (said === null || said.n < 1 || said.n > 180) return null;
  const ends = said.next >= scan.tokens.length || /^(?:to|about)$/.test(wordAt(scan, said.next));
  const value = { k: 'exact' as const, months: 0, days: 0, ms: said.n * 60_000, grain: 'minute' as const, by: false };
  return ends ? { value, next: said.next } : null;
}

/** "at 3 for 90 minutes", "from monday for a week": how long what was named before lasts. */
export function lastingAt(scan: Scan, index: number, previous: Piece | undefined): Found<Meant> | null {
  const led = role(scan, index, 'for');
  // "for 2 hours from 9am"
  const ahead = led === -1 ? null : readSpan(scan, led, false);
  const from = ahead === null || ahead.value.ms === 0 || ahead.value.calendar ? -1 : role(scan, ahead.next, 'from');
  if (ahead !== null && from !== -1 && readClock(scan, from, true) !== null)
    return { value: { k: 'lasting', months: 0, days: 0, ms: ahead.value.ms }, next: ahead.next };
  if (led === -1 || previous?.to !== index || (previous.meant.k !== 'clock' && previous.meant.k !== 'date'))
    return null;
  // "завтра в 11 на час": behind a time it is a length, and no hour.
  const hour = previous.meant.k === 'clock' && /^час(?:ик|ок)?$/.test(wordAt(scan, led));
  const span = readSpan(scan, led, hour);
  if (span === null || span.value.workdays > 0) return null;
  // "в 10 на 2 часа уборка"
  const timed = /^(?:на|for)$/.test(wordAt(scan, index)) && previous.meant.k === 'clock';
  const noun = (timed || wordAt(scan, index) === 'на') && nounMayFollow(scan, span.next);
  if (!noun && !boundary(scan, span.next, true)) return null;
  const { months, days, ms, calendar } = span.value;
  const fits = previous.meant.k === 'clock' ? ms > 0 && days + months === 0 && ms < 86_400_000 : calendar;
  return fits ? { value: { k: 'lasting', months, days, ms }, next: span.next } : null;
}

const lengthOf = ({ months, days, ms, grain }: Span) => ({ months, days, ms, grain });
