/** Finds the stretches of a message that speak of time, and keeps those whose neighbours agree. */
import type { Clock, Found, Meant, Piece, Repeat } from './pieces.ts';
import { exists, readClock } from './rules/clock.ts';
import { beginsClause, boundary, cleanEnd, cleanStart, nounMayFollow, owned } from './rules/context.ts';
import { fromNow, readDay } from './rules/day.ts';
import { dayFits, isUpper, type Lead, relativeFits } from './rules/fits.ts';
import { readDayRange, readPeriod } from './rules/period.ts';
import { readRepeat } from './rules/repeat.ts';
import { readSpan } from './rules/span.ts';
import { anyRole, mark, meaning, numeral, role, type Scan, skip, touches, wordAt } from './scan.ts';

export interface Permissions {
  /** A bare length is a time from now ("snooze 2h"). */
  lengths: boolean;
  /** "to" leads to a date ("move it to friday"). */
  to: boolean;
  /** "remind me" stands before: a time may be followed by anything. */
  loose: boolean;
}

/** More expressions than any message means; bounds the work on hostile ones. */
const MOST_PIECES = 24;
/** Tokens at which an expression is looked for; in ordinary prose of 4,096 characters far fewer could begin one. */
const MOST_TRIED = 250;

/** Every expression of time in the message, left to right, none overlapping. */
export function findPieces(scan: Scan, may: Permissions): Piece[] {
  const pieces: Piece[] = [];
  let index = scan.begin;
  let tried = 0;
  while (index < scan.tokens.length && pieces.length < MOST_PIECES && tried < MOST_TRIED) {
    if (!mayBegin(scan, index)) {
      index += 1;
      continue;
    }
    tried += 1;
    const piece = pieceAt(scan, index, may, pieces.at(-1));
    if (piece === null) {
      index += 1;
      continue;
    }
    pieces.push(piece);
    index = piece.to;
  }
  return pieces;
}

/** A quick look that spares most words of most messages the rules. */
function mayBegin(scan: Scan, index: number): boolean {
  const token = scan.tokens[index];
  if (token === undefined || scan.fields.has(index)) return false;
  if (token.kind === 'number') return !Number.isNaN(token.value);
  if (token.kind === 'mark') return token.norm === '@' && scan.tokens[index + 1]?.kind === 'number';
  if (isoTime(scan, index)) return true;
  const meant = scan.meant[index] ?? [];
  if (meant.length === 0) return false;
  // A joining word begins an expression only when something with a meaning follows it.
  const joins = meant.every(({ lexeme, next }) => lexeme.k === 'role' && next === index + 1);
  return (
    !joins ||
    (scan.meant[index + 1] ?? []).length > 0 ||
    scan.tokens[index + 1]?.kind === 'number' ||
    scan.tokens[index + 1]?.norm === '!' ||
    scan.tokens[index + 1]?.norm === '-'
  );
}

function pieceAt(scan: Scan, index: number, may: Permissions, previous: Piece | undefined): Piece | null {
  if (!cleanStart(scan, index)) return null;
  let best: Piece | null = null;
  const offer = (found: Found<Meant> | null, lead: Piece['lead']) => {
    const longer =
      found !== null && (best === null || found.next > best.to || (found.next === best.to && best.meant.k === 'fault'));
    if (found !== null && longer && cleanEnd(scan, found.next)) {
      best = { from: index, to: found.next, meant: found.value, lead };
    }
  };
  offer(repeatAt(scan, index), null);
  offer(clockRangeAt(scan, index, previous), null);
  offer(dayRangeAt(scan, index), null);
  offer(lengthAt(scan, index, may), null);
  for (const lead of leadsAt(scan, index, may)) {
    const inner = skip(scan, lead.next, 'the');
    // "at 5.30" is a time before it is a date.
    if (lead.kind === 'at') offer(clockAt(scan, index, lead, previous, may), lead.lead);
    offer(dayAt(scan, index, lead, inner), lead.lead);
    const period = periodAt(scan, index, lead, inner);
    // "до декабря": before it begins, or by its end.
    const until =
      wordAt(scan, index) === 'до' && period?.value.k === 'period' && period.value.end - period.value.start > 1;
    offer(period, until ? 'before' : lead.lead);
    offer(clockAt(scan, index, lead, previous, may), lead.lead);
    offer(partAt(scan, index, lead, previous), lead.lead);
  }
  return best;
}

/** The "T" of "2026-12-05T15:30". */
function isoTime(scan: Scan, index: number): boolean {
  return (
    wordAt(scan, index) === 't' &&
    touches(scan, index) &&
    touches(scan, index + 1) &&
    scan.tokens[index + 1]?.kind === 'number'
  );
}

function leadsAt(scan: Scan, index: number, may: Permissions): Lead[] {
  const leads: Lead[] = [];
  if (scan.tokens[index]?.kind === 'mark' || isoTime(scan, index)) return [{ next: index + 1, lead: null, kind: 'at' }];
  const by = anyRole(scan, index, 'by', 'until');
  if (by !== -1) {
    // "due by", "by the", "due on": prepositions pile up.
    const piled = anyRole(scan, by, 'by', 'on', 'at', 'in', 'before');
    leads.push({ next: piled === -1 ? by : piled, lead: 'by', kind: 'by' });
  }
  const at = role(scan, index, 'at');
  if (at !== -1) leads.push({ next: at, lead: null, kind: 'at' });
  const on = role(scan, index, 'on');
  if (on !== -1) leads.push({ next: on, lead: null, kind: 'on' });
  const inside = role(scan, index, 'in');
  if (inside !== -1) leads.push({ next: inside, lead: null, kind: 'in' });
  const before = role(scan, index, 'before');
  if (before !== -1) leads.push({ next: before, lead: 'before', kind: 'by' });
  const after = role(scan, index, 'after');
  if (after !== -1) leads.push({ next: after, lead: 'after', kind: 'by' });
  const from = anyRole(scan, index, 'from', 'starting');
  if (from !== -1) leads.push({ next: from, lead: 'start', kind: 'by' });
  const to = may.to ? anyRole(scan, index, 'to', 'for', 'until') : -1;
  if (to !== -1) leads.push({ next: anyRole(scan, to, 'at', 'on') === -1 ? to : to + 1, lead: null, kind: 'to' });
  const target = role(scan, index, 'for');
  if (target !== -1) leads.push({ next: target, lead: null, kind: 'for' });
  leads.push({ next: index, lead: null, kind: 'none' });
  return leads;
}

function repeatAt(scan: Scan, index: number): Found<Meant> | null {
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
  } else if (anyRole(scan, index, 'every', 'plural', 'once') === -1 && !ratesAt(scan, index) && !monthly(found.value)) {
    if (!boundary(scan, found.next, true) || owned(scan, index)) return null;
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
function lengthAt(scan: Scan, index: number, may: Permissions): Found<Meant> | null {
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

function dayRangeAt(scan: Scan, index: number): Found<Meant> | null {
  const found = readDayRange(scan, index);
  if (found === null || owned(scan, index)) return null;
  return boundary(scan, found.next, true) || anyRole(scan, index, 'from', 'between') !== -1 || beginsClause(scan, index)
    ? found
    : null;
}

function dayAt(scan: Scan, index: number, lead: Lead, inner: number): Found<Meant> | null {
  // "about friday" is what the talk is about; "at" alone leads to days only in broken English.
  if (lead.kind === 'at' && wordAt(scan, index) !== 'at') return null;
  const found = readDay(scan, inner) ?? (inner === lead.next ? null : readDay(scan, lead.next));
  if (found === null) return null;
  const said = found.next > inner ? inner : lead.next;
  return dayFits(scan, index, lead, said, found) ? found : null;
}

function periodAt(scan: Scan, index: number, lead: Lead, inner: number): Found<Meant> | null {
  const led = lead.kind !== 'none';
  const introduced =
    lead.kind === 'in' ||
    lead.kind === 'by' ||
    lead.kind === 'to' ||
    (lead.kind === 'on' && wordAt(scan, index) !== 'on');
  const found =
    readPeriod(scan, lead.next, introduced) ?? (inner === lead.next ? null : readPeriod(scan, inner, false));
  if (found === null || owned(scan, index)) return null;
  // "the report for March" is about March.
  if (lead.kind === 'for' && wordAt(scan, index) === 'for') return null;
  const before = wordAt(scan, index - 1);
  if (!led && (before === 'of' || before === 'for' || before === 'the')) return null;
  const month = meaning(scan, lead.next, 'month');
  if (month !== null) {
    const following = scan.tokens[found.next];
    // "by April Smith", "in march step": the month is someone's name or another word.
    if (following?.kind === 'word' && following.capital && !boundary(scan, found.next, false)) return null;
    if (month.lexeme.weak && found.next === month.next && !boundary(scan, found.next, true)) return null;
    if (!led) return boundary(scan, found.next, true) ? found : null;
    return found;
  }
  const qualified =
    anyRole(scan, inner, 'next', 'this', 'coming') !== -1 || anyRole(scan, lead.next, 'next', 'this', 'coming') !== -1;
  if (role(scan, inner, 'last') !== -1 || role(scan, lead.next, 'last') !== -1) {
    // A past period in a task is what the task is about.
    return boundary(scan, found.next, true) &&
      lead.kind !== 'for' &&
      found.value.k === 'period' &&
      found.value.end > scan.today
      ? found
      : null;
  }
  if (qualified) return found;
  if (!led && meaning(scan, inner, 'unit') !== null && found.next <= inner + 1 && wordAt(scan, inner - 1) !== 'the')
    return null;
  return led || boundary(scan, found.next, true) ? found : null;
}

function clockAt(
  scan: Scan,
  index: number,
  lead: Lead,
  previous: Piece | undefined,
  may: Permissions,
): Found<Meant> | null {
  const dated =
    previous !== undefined && adjoins(scan, previous, index) && ['date', 'part', 'period'].includes(previous.meant.k);
  const called = lead.kind === 'at' || lead.kind === 'by' || lead.kind === 'to' || (lead.kind === 'for' && may.to);
  const end = meaning(scan, skip(scan, lead.next, 'the'), 'endOf');
  if (end?.lexeme.unit === 'day') return { value: { k: 'part', part: 'endOfDay', today: false }, next: end.next };
  if (lead.kind === 'in' || (lead.kind === 'on' && lead.next === index + 1 && wordAt(scan, index) === 'on'))
    return null;
  const found = readClock(
    scan,
    lead.next,
    called || dated || (lead.kind === 'none' && index === scan.begin && may.lengths),
  );
  if (found === null || owned(scan, index)) return null;
  const plain = plainHour(scan, lead.next, found);
  if (plain && lead.kind !== 'none' && !boundary(scan, found.next, dated || may.loose || beginsClause(scan, index))) {
    // After a day or "remind me" a noun may follow the hour ("tomorrow at 9 dentist"), but not a name or a measure.
    if (!nounMayFollow(scan, found.next) || !(dated || (may.loose && index === scan.begin))) return null;
  }
  if (plain && lead.kind === 'none' && !boundary(scan, found.next, true)) return null;
  const named = meaning(scan, lead.next, 'clock');
  if (named !== null && lead.kind === 'none') {
    if (!boundary(scan, found.next, true) || (scan.tokens[lead.next]?.capital === true && !beginsClause(scan, index)))
      return null;
    if (/^(?:the|a|of|about)$/.test(wordAt(scan, index - 1))) return null;
  }
  if (!exists(found.value)) return { value: { k: 'fault', reason: 'impossible' }, next: found.next };
  // "at 5 or 6": two times to ask about.
  const or = role(scan, found.next, 'or');
  const second = or === -1 ? null : readClock(scan, or, true);
  if (second !== null && exists(second.value) && boundary(scan, second.next, dated)) {
    return { value: { k: 'clock', clocks: [found.value, second.value] }, next: second.next };
  }
  return { value: { k: 'clock', clocks: [found.value] }, next: found.next };
}

/** An hour without minutes, half of the day or mark: only its place makes it a time. */
function plainHour(scan: Scan, index: number, found: Found<Clock>): boolean {
  return found.next === index + 1 && meaning(scan, index, 'clock') === null && meaning(scan, index, 'halfTo') === null;
}

/** Whether a piece directly precedes `index`, a comma between them aside. */
export function adjoins(scan: Scan, piece: Piece, index: number): boolean {
  return piece.to === index || (piece.to === index - 1 && mark(scan, piece.to, ',') !== -1);
}

/** "from 3 to 5pm", "3-5pm", "between 9 and 11", "10:00-11:30". */
function clockRangeAt(scan: Scan, index: number, previous: Piece | undefined): Found<Meant> | null {
  const led = anyRole(scan, index, 'from', 'between');
  const at = led === -1 ? role(scan, index, 'at') : led;
  const dated = previous !== undefined && adjoins(scan, previous, index) && previous.meant.k === 'date';
  const first = readClock(scan, at === -1 ? index : at, true);
  if (first === null) return null;
  const dashed = mark(scan, first.next, '-–—');
  const joined =
    dashed === -1 ? anyRole(scan, first.next, 'to', 'until', ...(led === -1 ? [] : (['and'] as const))) : dashed;
  const second = joined === -1 ? null : readClock(scan, joined, true);
  if (second === null) return null;
  const plain = plainHour(scan, at === -1 ? index : at, first) && plainHour(scan, joined, second);
  if (plain && (led === -1 ? !dated : !boundary(scan, second.next, false))) return null;
  if (plain && !boundary(scan, second.next, dated)) return null;
  if (owned(scan, index) || !exists(first.value) || !exists(second.value)) return null;
  let from = first.value;
  const to = second.value;
  if (from.half === 'bare' && from.part === null) {
    // "3 to 5pm": the first takes over the half of the second, unless that would turn them round ("11 to 1pm").
    if (to.half === 'pm') from = { ...from, half: from.hour % 12 <= to.hour % 12 ? 'pm' : 'am' };
    else if (to.half === 'am') from = { ...from, half: 'am' };
    else if (to.part !== null) from = { ...from, part: to.part };
    else if (to.half === 'fixed' && to.hour > 12)
      from = { ...from, half: from.hour + 12 < to.hour && from.hour < 7 ? 'pm' : 'fixed' };
  }
  return { value: { k: 'clocks', from, to }, next: second.next };
}

/** "tonight", "this evening", "in the morning", "вечером"; a bare "morning" only beside a day. */
function partAt(scan: Scan, index: number, lead: Lead, previous: Piece | undefined): Found<Meant> | null {
  const inner = skip(scan, lead.next, 'the');
  const here = role(scan, inner, 'this');
  const last = role(scan, inner, 'last');
  const at = here === -1 ? inner : here;
  if (last !== -1) {
    const night = meaning(scan, last, 'part');
    if (night?.lexeme.part !== 'night') return null;
    return {
      value: { k: 'date', days: [scan.today - 1], sameDay: null, nearer: null, today: false, weekday: null },
      next: night.next,
    };
  }
  const part = meaning(scan, at, 'part');
  if (part === null || part.lexeme.plural) return null;
  const dated =
    previous !== undefined &&
    adjoins(scan, previous, index) &&
    (previous.meant.k === 'date' || previous.meant.k === 'clock');
  const word = wordAt(scan, at);
  const found: Found<Meant> = {
    value: { k: 'part', part: part.lexeme.part, today: here !== -1 || part.lexeme.part === 'tonight' },
    next: part.next,
  };
  if (part.lexeme.part === 'tonight') return relativeFits(scan, index, at, lead.kind !== 'none') ? found : null;
  const adverb = /(?:ом|ем|ью|ком|с утра)$/.test(word) || part.next - at > 1;
  if (here !== -1 || dated || adverb) return found;
  if (followedByDay(scan, part.next)) return found;
  if (lead.kind === 'none' || lead.kind === 'for') return null;
  return (inner > lead.next || word === 'night' || lead.kind === 'by') && boundary(scan, part.next, true)
    ? found
    : null;
}

function followedByDay(scan: Scan, index: number): boolean {
  const at = skip(scan, index, 'of', 'on');
  return meaning(scan, at, 'day') !== null || (at > index && meaning(scan, at, 'weekday') !== null);
}
