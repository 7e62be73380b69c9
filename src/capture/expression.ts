/** Finds the stretches of a message that speak of time, and keeps those whose neighbours agree. */
import { vocabulary } from './lexicon.ts';
import type { Clock, Found, Meant, Piece } from './pieces.ts';
import { exists, readClock } from './rules/clock.ts';
import { beginsClause, boundary, cleanEnd, cleanStart, nounMayFollow, owned, startsTask } from './rules/context.ts';
import { fromNow, readDay } from './rules/day.ts';
import { readDayRange, readPeriod } from './rules/period.ts';
import { readRepeat } from './rules/repeat.ts';
import { readSpan } from './rules/span.ts';
import { anyRole, mark, meaning, role, type Scan, skip, touches, wordAt } from './scan.ts';

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

/** Every expression of time in the message, left to right, none overlapping. */
export function findPieces(scan: Scan, may: Permissions): Piece[] {
  const pieces: Piece[] = [];
  let index = scan.begin;
  while (index < scan.tokens.length && pieces.length < MOST_PIECES) {
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

function pieceAt(scan: Scan, index: number, may: Permissions, previous: Piece | undefined): Piece | null {
  const token = scan.tokens[index];
  if (token === undefined || scan.fields.has(index)) return null;
  if (token.kind === 'number' ? Number.isNaN(token.value) : (scan.meant[index] ?? []).length === 0) return null;
  if (!cleanStart(scan, index)) return null;
  let best: Piece | null = null;
  const offer = (found: Found<Meant> | null, lead: Piece['lead']) => {
    if (found !== null && (best === null || found.next > best.to) && cleanEnd(scan, found.next)) {
      best = { from: index, to: found.next, meant: found.value, lead };
    }
  };
  offer(repeatAt(scan, index), null);
  offer(clockRangeAt(scan, index, previous), null);
  offer(dayRangeAt(scan, index), null);
  offer(lengthAt(scan, index, may), null);
  for (const lead of leadsAt(scan, index, may)) {
    const inner = skip(scan, lead.next, 'the');
    offer(dayAt(scan, index, lead, inner), lead.lead);
    offer(periodAt(scan, index, lead, inner), lead.lead);
    offer(clockAt(scan, index, lead, previous, may), lead.lead);
    offer(partAt(scan, index, lead, previous), lead.lead);
  }
  return best;
}

interface Lead {
  /** Token after the preposition; `index` itself when there is none. */
  next: number;
  lead: Piece['lead'];
  kind: 'none' | 'at' | 'on' | 'in' | 'by' | 'for' | 'to';
}

function leadsAt(scan: Scan, index: number, may: Permissions): Lead[] {
  const leads: Lead[] = [];
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
  } else if (role(scan, index, 'every') === -1 && role(scan, index, 'plural') === -1) {
    if (!boundary(scan, found.next, true) || owned(scan, index)) return null;
  }
  return { value: { k: 'repeat', repeat: found.value }, next: found.next };
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

function isUpper(scan: Scan, index: number): boolean {
  const token = scan.tokens[index];
  const typed = token === undefined ? '' : scan.text.slice(token.start, token.end);
  return typed === typed.toUpperCase();
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

function dayFits(scan: Scan, index: number, lead: Lead, inner: number, found: Found<Meant>): boolean {
  const led = lead.kind !== 'none';
  const { next } = found;
  if (owned(scan, index) || (led && owned(scan, inner) && wordAt(scan, inner - 1) !== 'the')) return false;
  const relative = meaning(scan, inner, 'day');
  const weekday = meaning(scan, inner, 'weekday');
  const month = meaning(scan, inner, 'month') ?? meaning(scan, inner + 1, 'month');
  if (relative !== null && next === relative.next) return relativeFits(scan, index, inner, led);
  if (weekday !== null && next <= weekday.next + 1)
    return weekdayFits(scan, index, inner, next, weekday.lexeme.weak, led);
  if (isSlashed(scan, inner)) return slashedFits(scan, index, inner, next, led);
  if (isDotted(scan, inner)) return dottedFits(scan, inner, next, led);
  const bareOrdinal = month === null && weekday === null && isMonthDay(scan, inner, next);
  if (bareOrdinal) {
    const number = role(scan, next - 1, 'number') !== -1;
    const introduced = led || wordAt(scan, index) === 'the' || role(scan, inner - 1, 'the') !== -1;
    return number || (introduced && boundary(scan, next, lead.kind === 'on' || lead.kind === 'by'));
  }
  if (month?.lexeme.weak === true && !led) {
    // "may 5" is a date, "we march 5 miles" is not.
    return boundary(scan, next, true) || beginsClause(scan, index);
  }
  return true;
}

function relativeFits(scan: Scan, index: number, inner: number, led: boolean): boolean {
  const before = wordAt(scan, index - 1);
  if (!led && (before === 'of' || before === 'about' || before === 'о' || before === 'об' || before === 'про'))
    return false;
  const token = scan.tokens[inner];
  if (token?.capital !== true || isUpper(scan, inner)) return true;
  // "USA Today", "Tomorrow Never Dies": a name, not a day.
  const following = scan.tokens[inner + 1];
  const named = following?.kind === 'word' && following.capital && scan.tokens[inner + 2]?.capital === true;
  return beginsClause(scan, inner) ? !named : !/[a-z]/.test(token.norm) || inner === scan.begin;
}

function weekdayFits(scan: Scan, index: number, inner: number, next: number, weak: boolean, led: boolean): boolean {
  const before = wordAt(scan, index - 1);
  if (
    !led &&
    /^(?:a|an|the|of|about|like|black|his|her|my|their|our|one|another|every|to|and|но|эта|этот)$/.test(before)
  ) {
    if (before !== 'and' || meaning(scan, index - 2, 'weekday') === null) return false;
  }
  if (led && role(scan, inner - 1, 'a') !== -1) return false;
  const following = scan.tokens[next];
  const part = meaning(scan, next, 'part');
  if (part !== null && !led) {
    const named = following?.capital === true && scan.tokens[inner]?.capital === true;
    return boundary(scan, part.next, true) || (beginsClause(scan, index) && !named);
  }
  if (led) {
    // "on Monday Night Football", "in Friday Harbor": a name goes on.
    return !(
      following?.capital === true &&
      scan.tokens[inner]?.capital === true &&
      part !== null &&
      !boundary(scan, part.next, true)
    );
  }
  if (weak) {
    const ends = following === undefined || following.kind === 'mark' || scan.fields.has(next);
    const timed =
      following?.kind === 'number' ||
      (scan.meant[next] ?? []).some(({ lexeme }) => lexeme.k !== 'role' || lexeme.role === 'at');
    const shy = /^(?:he|she|it|we|they|i|you|who|that|cat|dog|baby|in|the|us|im)$/.test(before);
    return (
      (ends && !shy && index > scan.begin) ||
      (timed && !shy) ||
      (beginsClause(scan, index) && startsTask(scan, next)) ||
      (ends && index === scan.begin)
    );
  }
  if (boundary(scan, next, beginsClause(scan, index))) {
    return !(
      vocabulary.followers.has(wordAt(scan, next)) &&
      beginsClause(scan, index) &&
      index === scan.begin &&
      wordAt(scan, next) === 'the'
    );
  }
  return false;
}

function isSlashed(scan: Scan, index: number): boolean {
  return (
    mark(scan, index + 1, '/', true) !== -1 &&
    scan.tokens[index]?.kind === 'number' &&
    scan.tokens[index]?.norm.length !== 4
  );
}

function slashedFits(scan: Scan, index: number, inner: number, next: number, led: boolean): boolean {
  const [a, b] = [scan.tokens[inner]?.value ?? 0, scan.tokens[inner + 2]?.value ?? 0];
  if (next > inner + 3) return true;
  // "24/7", "1/2 cup", "rated 9/10".
  if (a === 24 && b === 7) return false;
  if (led) return boundary(scan, next, true);
  const fraction = a < b && (b <= 4 || b === 10) && scan.tokens[inner]?.norm.length === 1;
  if (fraction) return false;
  return boundary(scan, next, true) || (beginsClause(scan, index) && nounMayFollow(scan, next));
}

function isDotted(scan: Scan, index: number): boolean {
  return (
    mark(scan, index + 1, '.', true) !== -1 &&
    scan.tokens[index]?.kind === 'number' &&
    scan.tokens[index + 2]?.kind === 'number' &&
    touches(scan, index + 2)
  );
}

function dottedFits(scan: Scan, inner: number, next: number, led: boolean): boolean {
  if (next > inner + 4) return true;
  const padded = scan.tokens[inner]?.norm.length === 2 && scan.tokens[inner + 2]?.norm.length === 2;
  const dotted = next === inner + 4;
  const timed = scan.tokens[next] !== undefined && readClock(scan, skip(scan, next, 'at'), true) !== null;
  const russian = scan.context.locale.startsWith('ru');
  return (
    (led || timed || (padded && russian) || (dotted && padded && scan.tokens[next] !== undefined)) &&
    boundary(scan, next, true)
  );
}

/** A day of the month by itself: "the 5th", not "5 may". */
function isMonthDay(scan: Scan, inner: number, next: number): boolean {
  const token = scan.tokens[inner];
  if (token?.kind !== 'number' && meaning(scan, inner, 'ordinal') === null) return false;
  for (let at = inner; at < next; at += 1) {
    if (meaning(scan, at, 'month') !== null || (meaning(scan, at, 'unit') !== null && role(scan, at, 'number') === -1))
      return false;
  }
  return mark(scan, inner + 1, '-', true) === -1 || wordAt(scan, inner + 2) !== ''
    ? scan.tokens[inner + 2]?.kind !== 'number' || touches(scan, inner + 2) === false
    : true;
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
  if (!led && meaning(scan, inner, 'unit') !== null && wordAt(scan, inner - 1) !== 'the') return null;
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
    previous !== undefined &&
    adjoins(scan, previous, index) &&
    (previous.meant.k === 'date' || previous.meant.k === 'part');
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
