/** Finds the stretches of a message that speak of time, and keeps of those that begin at one place the longest. */
import type { Found, Meant, Piece } from './pieces.ts';
import { clockAt, clockRangeAt } from './places/clocks.ts';
import { dayAt, dayRangeAt, periodAt } from './places/days.ts';
import { dueAt, isoTime, leadsAt, type Permissions, written } from './places/leads.ts';
import { lunchAt, partAt } from './places/parts.ts';
import { lastingAt, lengthAt, repeatAt } from './places/repeats.ts';
import { writtenAt } from './repeats/written.ts';
import { readStamp } from './rules/calendar.ts';
import { PRESENT, readClock } from './rules/clock.ts';
import { boundary, cleanEnd, cleanStart } from './rules/context.ts';
import { readDay } from './rules/day.ts';
import { readMoments } from './rules/ranges.ts';
import { anyMeaning, anyRole, meaning, role, type Scan, skip, touches, wordAt } from './scan.ts';

/** More expressions than any message means; bounds the work on hostile ones. */
const MOST_PIECES = 24;

/** Tokens at which an expression is looked for; in ordinary prose of 4,096 characters far fewer could begin one. */
const MOST_TRIED = 120;

/** Every expression of time in the message, left to right, none overlapping. */
export function findPieces(scan: Scan, may: Permissions): Piece[] {
  const pieces: Piece[] = [];
  let index = scan.begin;
  let tried = 0;
  while (index < scan.tokens.length && pieces.length < MOST_PIECES && tried < MOST_TRIED) {
    if (!mayBegin(scan, index, pieces.at(-1))) {
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
  // How long each of a series lasts no rule can say; the words stay.
  if (pieces.some(({ meant }) => meant.k === 'repeat')) return pieces.filter(({ meant }) => meant.k !== 'lasting');
  return pieces.length > 1 ? pieces.filter((piece) => !isFor(scan, piece, pieces)) : pieces;
}

/** "план на июнь к 20 мая": the month something is made for, where another day says when. */
function isFor(scan: Scan, { from, meant }: Piece, pieces: readonly Piece[]): boolean {
  if (wordAt(scan, from) !== 'на' || from === scan.begin) return false;
  if (meant.k !== 'period' || meaning(scan, from + 1, 'month') === null) return false;
  const within = (day: number) => day >= meant.start && day < meant.end;
  return pieces.some(({ meant: other }) => other.k === 'date' && !other.days.some(within));
}

/** A quick look that spares most words of most messages the rules. */
function mayBegin(scan: Scan, index: number, previous: Piece | undefined): boolean {
  const token = scan.tokens[index];
  if (token === undefined || scan.fields.has(index)) return false;
  if (token.kind === 'number') return !Number.isNaN(token.value);
  if (token.kind === 'opaque') return true;
  if (token.kind === 'mark') {
    if (token.norm === '~' || token.norm === '+')
      return token.spaced && touches(scan, index + 1) && scan.tokens[index + 1]?.kind === 'number';
    const named =
      scan.tokens[index + 1]?.kind === 'number' ||
      anyMeaning(scan, index + 1, 'clock') ||
      role(scan, index + 1, 'half') !== -1 ||
      role(scan, index + 1, 'quarter') !== -1;
    // "3 @ 5.99" is a price, "12/15 @7" and "bay 3 @ 14:30" tell a time.
    const apart = scan.tokens[index - 1]?.kind !== 'number' || previous?.to === index;
    return token.norm === '@' && named && (apart || scan.tokens[index + 2]?.norm === ':');
  }
  if (isoTime(scan, index) || (index === scan.begin && dueAt(scan, index) !== -1)) return true;
  const meant = scan.meant[index] ?? [];
  if (meant.length === 0) return false;
  // A joining word begins an expression only when something with a meaning follows it; "once per week" has a plain word between.
  const joins = meant.every(({ lexeme, next }) => lexeme.k === 'role' && lexeme.role !== 'once' && next === index + 1);
  return (
    !joins ||
    (scan.meant[index + 1] ?? []).length > 0 ||
    scan.tokens[index + 1]?.kind === 'number' ||
    role(scan, index, 'hence') !== -1 ||
    scan.tokens[index + 1]?.norm === '!' ||
    scan.tokens[index + 1]?.norm === 'lunch' ||
    (token.norm === 'due' && scan.tokens[index + 1]?.norm === ':') ||
    scan.tokens[index + 1]?.norm === '-' ||
    // "thursday pm"
    (previous?.to === index && anyRole(scan, index, 'am', 'pm') !== -1)
  );
}

/** Words that only lead to an expression, of which none has more in a row: "sometime around" the fifth. */
const MOST_LEADING = 2;

/** The expression at `index`; `led`: by how many such words before it. */
function pieceAt(scan: Scan, index: number, may: Permissions, previous: Piece | undefined, led = 0): Piece | null {
  if (led > MOST_LEADING || !cleanStart(scan, index)) return null;
  // "sometime next week", "at some point tomorrow": the words before say no more than that.
  const vague = may.shifts ? Math.max(role(scan, index, 'vague'), sameTime(scan, index)) : role(scan, index, 'vague');
  const loosely =
    vague === -1 || trailing(scan, index)
      ? null
      : (pieceAt(scan, vague, may, previous, led + 1) ?? allDayAt(scan, index, vague));
  if (loosely !== null && ['date', 'period', 'part'].includes(loosely.meant.k)) return { ...loosely, from: index };
  const about = role(scan, index, 'roughly');
  const near = about === -1 ? null : roughlyAt(scan, index, about, may, previous, led + 1);
  if (near !== null) return near;
  // "талон К15": a letter written to its number is no preposition.
  const letter = scan.tokens[index];
  const glued = letter?.capital === true && /^[а-я]$/.test(letter.norm) && touches(scan, index + 1);
  if (glued && index > scan.begin) return null;
  const target = may.shifts ? movedTo(scan, index) : -1;
  const moved = target === -1 ? null : pieceAt(scan, target, may, previous, led + 1);
  if (moved !== null) return { ...moved, from: index };
  let best: Piece | null = null;
  const offer = (found: Found<Meant> | null, lead: Piece['lead']) => {
    const longer =
      found !== null && (best === null || found.next > best.to || (found.next === best.to && best.meant.k === 'fault'));
    if (found !== null && longer && cleanEnd(scan, found.next)) {
      best = { from: index, to: found.next, meant: found.value, lead };
    }
  };
  if (scan.tokens[index]?.kind === 'opaque') {
    offer(writtenAt(scan, index), null);
    return best;
  }
  offer(readStamp(scan, index), null);
  offer(repeatAt(scan, index), null);
  // "в каждую первую субботу"
  const each = anyRole(scan, index, 'on', 'by');
  if (each !== -1 && role(scan, each, 'every') !== -1) offer(repeatAt(scan, each), null);
  // "due on the 1st of every month"
  const due = wordAt(scan, index) === 'due' ? role(scan, index, 'by') : -1;
  if (due !== -1) offer(repeatAt(scan, due), null);
  offer(lastingAt(scan, index, previous), null);
  offer(clockRangeAt(scan, index, previous), null);
  offer(dayRangeAt(scan, index), null);
  if (written(scan, index)) return best;
  offer(lengthAt(scan, index, may), null);
  for (const lead of leadsAt(scan, index, may)) {
    const inner = skip(scan, lead.next, 'the');
    // "at 5.30" is a time before it is a date.
    if (lead.kind === 'at') offer(clockAt(scan, index, lead, previous, may), lead.lead);
    offer(dayAt(scan, index, lead, inner, previous), lead.lead);
    const period = periodAt(scan, index, lead, inner);
    // "до декабря", "until april": before it begins, or by its end.
    const until =
      /^(?:до|until|till|til|untill)$/.test(wordAt(scan, index)) &&
      period?.value.k === 'period' &&
      period.value.end - period.value.start > 1;
    offer(period, until ? 'before' : lead.lead);
    offer(clockAt(scan, index, lead, previous, may), lead.lead);
    offer(partAt(scan, index, lead, previous), lead.lead);
    if (may.loose) offer(lunchAt(scan, lead), lead.lead);
  }
  if (mayGoOn(scan, index, best)) offer(readMoments(scan, index), null);
  return best === null ? null : withVague(scan, best, may);
}

/** "all day thursday training": what lasts the whole of a day is on it, whatever noun follows. */
function allDayAt(scan: Scan, index: number, at: number): Piece | null {
  const day = wordAt(scan, index) === 'all' ? readDay(scan, at) : null;
  return day?.value.k === 'date' ? { from: index, to: day.next, meant: day.value, lead: null } : null;
}

/** Whether a day with a time may be the beginning of a longer stretch; spares all others the look. */
const mayGoOn = (scan: Scan, index: number, best: Piece | null) =>
  best === null ? anyRole(scan, index, 'from', 'between') !== -1 : best.meant.k === 'date' || best.meant.k === 'clock';

/** "ровно через два часа", "где-то через месяц", "примерно 10 декабря", "в районе пятницы": `about` is where the time begins. */
function roughlyAt(
  scan: Scan,
  index: number,
  about: number,
  may: Permissions,
  previous: Piece | undefined,
  led: number,
) {
  const hence = role(scan, about, 'hence') !== -1;
  const leads = hence || ROUGHLY.test(wordAt(scan, index));
  const piece = leads ? pieceAt(scan, about, may, previous, led) : null;
  const dated = piece !== null && (hence || ['date', 'period', 'part'].includes(piece.meant.k));
  return dated ? { ...piece, from: index } : null;
}
/** Of the words that make a time rough those that can stand before a day and mean nothing else there. */
const ROUGHLY = /^(?:примерно|приблизительно|ориентировочно|где|около|в)$/;

/** Index of "to friday" in "move it from thursday to friday"; -1. */
function movedTo(scan: Scan, index: number): number {
  const from = role(scan, index, 'from');
  const origin = from === -1 ? null : (readDay(scan, from) ?? readClock(scan, from, true));
  if (origin === null) return -1;
  // "с четверга на пятницу"
  return role(scan, origin.next, 'to') !== -1 || wordAt(scan, origin.next) === 'на' ? origin.next : -1;
}

/** Index after "same time", "at the same time": what is moved keeps the time it has; -1. */
function sameTime(scan: Scan, index: number): number {
  const at = skip(scan, skip(scan, index, 'at'), 'the');
  if (wordAt(scan, at) === 'same' && wordAt(scan, at + 1) === 'time') return at + 2;
  // "в то же время"
  const present = at === index ? null : meaning(scan, at, 'clock');
  return present?.lexeme.n === PRESENT ? present.next : -1;
}

/** "or so" and "at the latest" belong to what they follow. */
const trailing = (scan: Scan, index: number) =>
  /^(?:or|latest)$/.test(wordAt(scan, index)) || wordAt(scan, index + 2) === 'latest';

/** "in an hour or so", "tomorrow at some point": taken with the time they make vague. */
function withVague(scan: Scan, piece: Piece, may: Permissions): Piece {
  const kept = may.shifts ? sameTime(scan, piece.to) : -1;
  if (kept !== -1) return { ...piece, to: kept };
  // "до пятницы включительно"
  if (wordAt(scan, piece.to) === 'включительно') return { ...piece, to: piece.to + 1 };
  // "friday latest"
  if (wordAt(scan, piece.to) === 'latest' && boundary(scan, piece.to + 1, false)) return { ...piece, to: piece.to + 1 };
  const next = role(scan, piece.to, 'vague');
  if (next === -1 || !cleanEnd(scan, next)) return piece;
  const after = scan.tokens[next];
  // "tomorrow some time with Ann" is what is to be done.
  const ends =
    after === undefined || after.kind === 'mark' || (scan.meant[next] ?? []).some(({ lexeme }) => lexeme.k !== 'role');
  return ends || trailing(scan, piece.to) ? { ...piece, to: next } : piece;
}
