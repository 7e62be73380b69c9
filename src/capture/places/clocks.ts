/** Times of day where they stand: a bare number is one only behind "at" or beside a day, a part of the day only where nothing else is meant. */
import { vocabulary } from '../lexicon.ts';
import type { Clock, Found, Meant, Piece } from '../pieces.ts';
import { readNumeric } from '../rules/calendar.ts';
import {
  exists,
  halves,
  isSmall,
  PRESENT,
  readClock,
  readHourBegun,
  secondsOf,
  takenOver,
  turns,
} from '../rules/clock.ts';
import { beginsClause, boundary, counted, nounMayFollow, owned, startsTask } from '../rules/context.ts';
import { anyRole, mark, meaning, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import { MOVED } from './fits.ts';
import type { Lead, Permissions } from './leads.ts';
import {
  beforeDay,
  changesAmount,
  countsBefore,
  dayBehind,
  daysBehind,
  dottedBeforeDay,
  isAddress,
  isLength,
  isPadded,
  isRun,
  isScore,
  isVerse,
  rouses,
  tellsHour,
} from './numbers.ts';

/** A time of day at `index`; `previous` is the expression before it, which vouches for a bare number. */
export function clockAt(
  scan: Scan,
  index: number,
  lead: Lead,
  previous: Piece | undefined,
  may: Permissions,
): Found<Meant> | null {
  const dated =
    previous !== undefined && adjoins(scan, previous, index) && ['date', 'part', 'period'].includes(previous.meant.k);
  const called =
    lead.kind === 'at' ||
    lead.kind === 'by' ||
    lead.kind === 'to' ||
    (lead.kind === 'for' && (may.to || (may.loose && wordAt(scan, index) === 'на') || rouses(scan, index)));
  const end = meaning(scan, skip(scan, lead.next, 'the'), 'endOf');
  const eve = endOfNamed(scan, skip(scan, lead.next, 'the'));
  if (eve !== -1) return { value: { k: 'part', part: 'endOfDay', today: false }, next: eve };
  if (end?.lexeme.unit === 'day') return { value: { k: 'part', part: 'endOfDay', today: false }, next: end.next };
  if (lead.kind === 'in' || (lead.kind === 'on' && lead.next === index + 1 && wordAt(scan, index) === 'on'))
    return null;
  // "in 1:30" is neither a time nor a length for certain.
  if (lead.kind === 'none' && role(scan, index - 1, 'hence') !== -1 && !touches(scan, index - 1)) return null;
  // "минут на 10" is how long.
  if (lead.kind === 'for' && meaning(scan, index - 1, 'unit') !== null) return null;
  // "3 по 15" and "от 5 до 7" count.
  if (wordAt(scan, index) === 'по' || (wordAt(scan, index) === 'до' && wordAt(scan, index - 2) === 'от')) return null;
  const opens =
    lead.kind === 'none' &&
    ((index === scan.begin && dottedBeforeDay(scan, index)) ||
      (/^0\d{3}$/.test(wordAt(scan, index)) &&
        scan.tokens[index - 1]?.kind !== 'number' &&
        beforeDay(scan, index + 1)) ||
      isPadded(scan, index) ||
      // "shift starts 2200 tonight"
      (/^(?:18|2[1-3])[0-5][05]$/.test(wordAt(scan, index)) && wordAt(scan, index + 1) === 'tonight'));
  const found = readClock(
    scan,
    lead.next,
    called || dated || opens || (lead.kind === 'none' && index === scan.begin && may.lengths),
  );
  if (found === null || (owned(scan, index) && !tellsHour(scan, found))) return null;
  // "завтра: 1. купить молоко"
  const item = mark(scan, found.next, '.', true);
  if (lead.kind === 'none' && found.next === index + 1 && item !== -1 && scan.tokens[item]?.kind === 'word')
    return null;
  // "завтра 2 часа делать уроки", "вечером час почитать": how long, and no time, see `overlooked`.
  if (lead.kind === 'none' && isLength(scan, index, found.next)) return null;
  // "3 дня подряд" are days unless something calls for a time.
  // "1 к 10", "кофе 3 в 1"
  const ratio = wordAt(scan, index) === 'к' || (wordAt(scan, index) === 'в' && wordAt(scan, index + 1) === '1');
  if (ratio && scan.tokens[index - 1]?.kind === 'number' && previous?.to !== index) return null;
  const days =
    lead.kind === 'none' &&
    (!dated || wordAt(scan, index + 2) === 'подряд') &&
    /^(?:[234]|два|три|четыре)$/.test(wordAt(scan, index)) &&
    wordAt(scan, index + 1) === 'дня';
  if (days) return null;
  if (lead.kind === 'none' && (isVerse(scan, index) || isScore(scan, index))) return null;
  const plain = plainHour(scan, lead.next, found);
  if (plain && changesAmount(scan, index)) return null;
  if (plain && lead.kind === 'none' && !dated && !opens && !may.loose && countsBefore(scan, index, found)) return null;
  if (plain && isAddress(scan, found.next)) return null;
  // "at 5 weekdays"
  const ends =
    boundary(scan, found.next, dated || may.loose || beginsClause(scan, index)) ||
    ((lead.kind === 'at' || found.next > lead.next + 1) && daysBehind(scan, found.next));
  // "at 5 5 december", "at 11 3 days from now"
  if (plain && lead.kind !== 'none' && !ends && !beforeDay(scan, found.next)) {
    // After a day or "remind me" a noun may follow the hour ("tomorrow at 9 dentist"), but not a name or a measure.
    // "к 5 подъезду"
    if (!dated && wordAt(scan, index) === 'к' && /[ую]$/.test(wordAt(scan, found.next))) return null;
    const opens = index === scan.begin && (may.loose || (found.value.hour > 1 && !counted(scan, found.next)));
    // "надо в шесть встретить Катю": an infinitive cannot be counted.
    const verb =
      (lead.kind === 'at' || lead.kind === 'by') &&
      startsTask(scan, found.next) &&
      /^[а-я]/.test(wordAt(scan, found.next));
    // "Завтра В 12 Звонок": every word is written so.
    const titled = dated && lead.next === index + 1 && scan.tokens[index]?.capital === true && index > scan.begin;
    if (titled && scan.tokens[found.next]?.capital === true) return asClock(found);
    // "tomorrow at 5 Physio": what else would there be to do?
    const first = dated && previous.from === scan.begin && /^[a-z]/.test(wordAt(scan, found.next));
    if (first && scan.tokens[found.next]?.capital === true && !vocabulary.measures.has(wordAt(scan, found.next)))
      return { value: { k: 'clock', clocks: halves(found.value) }, next: found.next };
    if (!verb && (!nounMayFollow(scan, found.next) || !(dated || opens))) return null;
  }
  if (plain && lead.kind === 'none' && !boundary(scan, found.next, true)) return null;
  // "24h race", "five o'clock shadow": what such an hour stands before may be its noun.
  const worded = scan.tokens[found.next - 1]?.kind === 'word' && meridiemless(found.value);
  if (
    worded &&
    lead.kind === 'none' &&
    !dated &&
    !may.loose &&
    !ends &&
    !boundary(scan, found.next, true) &&
    !beforeDay(scan, found.next)
  )
    return null;
  // "с 20 по 25": days, or anything counted.
  if (plain && lead.lead === 'start' && wordAt(scan, found.next) === 'по') return null;
  // "from 3 to 5 apples", "с 1 по 4 класс": half of a range that was none.
  if (lead.lead === 'start' && found.value.half === 'bare' && anyRole(scan, found.next, 'to', 'until') !== -1)
    return null;
  if (lead.lead === 'start' && /^(?:to|till)$/.test(wordAt(scan, lead.next + 1))) return null;
  const named = meaning(scan, lead.next, 'clock');
  // "at the same time" tells a time only beside a day.
  if (named?.lexeme.n === PRESENT && may.shifts && wordAt(scan, lead.next) === 'same') return null;
  if (named?.lexeme.n === PRESENT) return dated || beforeDay(scan, found.next) ? asClock(found) : null;
  if (named !== null && lead.kind === 'none') {
    if (
      !dated &&
      ((!boundary(scan, found.next, true) && !beforeDay(scan, found.next)) ||
        (scan.tokens[lead.next]?.capital === true && !beginsClause(scan, index)))
    )
      return null;
    if (/^(?:the|a|of|about)$/.test(wordAt(scan, index - 1))) return null;
  }
  // "13:75" is impossible where a time is called for, elsewhere a ratio.
  if (!exists(found.value))
    // "diesel at 1.79"
    return (called || dated || found.value.hour < 30) && mark(scan, lead.next + 1, '.', true) === -1
      ? { value: { k: 'fault', reason: 'impossible' }, next: found.next }
      : null;
  // "at 5 or 6", "at 9 and 11": two times to ask about.
  const or = called || dated ? anyRole(scan, found.next, 'or', 'and') : -1;
  const slash = mark(scan, found.next, '/', true);
  // "8am/8pm"
  const second =
    or !== -1 ? readClock(scan, skip(scan, or, 'at'), true) : slash === -1 ? null : readClock(scan, slash, false);
  if (
    second !== null &&
    exists(second.value) &&
    (boundary(scan, second.next, dated) || daysBehind(scan, second.next))
  ) {
    // "at 7 and 7"
    const twice = plain && second.value.half === 'bare' && second.value.hour === found.value.hour;
    const clocks: Clock[] = twice
      ? [
          { ...found.value, half: 'am' },
          { ...second.value, half: 'pm' },
        ]
      : [found.value, second.value];
    return { value: { k: 'clock', clocks }, next: second.next };
  }
  return { value: { k: 'clock', clocks: halves(found.value) }, next: found.next };
}

const asClock = ({ value, next }: Found<Clock>): Found<Meant> => ({ value: { k: 'clock', clocks: [value] }, next });

/** Whether neither "am", "pm" nor a part of the day was said. */
const meridiemless = ({ half, part, minute }: Clock) => half !== 'am' && half !== 'pm' && part === null && minute === 0;

/** An hour without minutes, half of the day or mark: only its place makes it a time. */
function plainHour(scan: Scan, index: number, found: Found<Clock>): boolean {
  return found.next === index + 1 && meaning(scan, index, 'clock') === null && meaning(scan, index, 'halfTo') === null;
}

/** Whether a piece directly precedes `index`, a comma between them aside. */
export function adjoins(scan: Scan, piece: Piece, index: number): boolean {
  return piece.to === index || (piece.to === index - 1 && mark(scan, piece.to, ',') !== -1);
}

/** "from 3 to 5pm", "3-5pm", "between 9 and 11", "10:00-11:30". */
export function clockRangeAt(scan: Scan, index: number, previous: Piece | undefined): Found<Meant> | null {
  const led = anyRole(scan, index, 'from', 'between');
  const at = led === -1 ? role(scan, index, 'at') : led;
  const dated = previous !== undefined && adjoins(scan, previous, index) && previous.meant.k === 'date';
  const hour = wordAt(scan, index) === 'в' ? readHourBegun(scan, index + 1) : null;
  if (hour !== null) return hour;
  const first = readClock(scan, at === -1 ? index : at, true);
  if (first === null) return null;
  const dashed = mark(scan, first.next, '-–—');
  const joined =
    dashed === -1 ? anyRole(scan, first.next, 'to', 'until', ...(led === -1 ? [] : (['and'] as const))) : dashed;
  const second = joined === -1 ? null : readClock(scan, joined, true);
  if (second === null) return null;
  const plain = plainHour(scan, at === -1 ? index : at, first) && plainHour(scan, joined, second);
  // "price went from 9 to 12", "quit my 9 to 5": no range with what leads to it, or is an article.
  const whose = dashed === -1 && /^(?:my|our|his|her|their)$/.test(wordAt(scan, index - 1));
  if (
    led === -1 &&
    (whose || (plain && /^(?:from|between|my|the|a|his|her|our|your|their)$/.test(wordAt(scan, index - 1))))
  )
    return null;
  if (plain && (wordAt(scan, joined - 1) === 'по' || changesAmount(scan, index))) return null;
  // "1-3.12" are days.
  const dotted = led === -1 && dashed !== -1 && mark(scan, joined + 1, '.', true) !== -1;
  if (dotted && mark(scan, first.next - 2, '.', true) === -1 && readNumeric(scan, joined) !== null && isRussian(scan))
    return null;
  // "между 15 и 16 позвонить"
  const called = wordAt(scan, index) === 'между' && startsTask(scan, second.next);
  const opens = dated && previous.from === scan.begin && scan.tokens[second.next]?.kind === 'word';
  const nounAfter =
    (led !== -1 || opens) &&
    dated &&
    (nounMayFollow(scan, second.next) || (opens && !vocabulary.measures.has(wordAt(scan, second.next)))) &&
    !counted(scan, second.next);
  if (
    plain &&
    (led === -1
      ? !(
          dated ||
          (first.value.hour > 12 && second.value.hour > first.value.hour && beforeDay(scan, second.next)) ||
          dayBehind(scan, index, [first, second]) ||
          (isRun(scan, index) && isRun(scan, joined) && beforeDay(scan, second.next))
        )
      : !(boundary(scan, second.next, called) || nounAfter))
  )
    return null;
  // "pick between 2 and 3" may be anything.
  const vouched = (previous !== undefined && adjoins(scan, previous, index)) || beforeDay(scan, second.next) || called;
  if (plain && !vouched && (role(scan, index, 'between') !== -1 || wordAt(scan, index) === 'от')) return null;
  if (plain && !boundary(scan, second.next, dated || called) && !nounAfter) return null;
  if (
    (owned(scan, index) && !tellsHour(scan, first) && !tellsHour(scan, second)) ||
    !exists(first.value) ||
    !exists(second.value)
  )
    return null;
  // "moved from 3pm to 5pm"
  if (MOVED.test(wordAt(scan, index - 1)))
    return { value: { k: 'clock', clocks: [first.value, second.value] }, next: second.next };
  let from = first.value;
  let to = second.value;
  // "from 1 to 10" turns round the clock: a scale.
  if (plain && !vouched && secondsOf(to, scan.context.clock === '24') <= secondsOf(from, scan.context.clock === '24'))
    return null;
  if (from.half === 'bare' && from.part === null) {
    // "3 to 5pm": the first takes over the half of the second, unless that would turn them round ("11 to 1pm").
    if (to.half === 'pm') from = { ...from, half: from.hour % 12 <= to.hour % 12 ? 'pm' : 'am' };
    else if (to.half === 'am') from = { ...from, half: 'am' };
    else if (to.part !== null) from = takenOver(from, to, to.part);
    else if (to.half === 'fixed' && to.hour > 12)
      from = { ...from, half: from.hour + 12 < to.hour && from.hour < 7 ? 'pm' : 'fixed' };
  }
  // "с шести до восьми" is one evening.
  const evening =
    from.half === 'bare' && from.part === null && from.hour <= 7 && to.half === 'bare' && to.part === null;
  if (evening && to.hour >= 8 && to.hour <= 11 && scan.context.clock !== '24') to = { ...to, half: 'pm' };
  // "between 10 and 2 tonight" ends in the night.
  const small = isSmall(to) || from.hour > 12;
  const nightly = to.part === 'tonight' && to.half !== 'pm' && from.half !== 'am' && small && turns(from, to);
  if (nightly) to = { ...to, half: 'am', part: null };
  // "7-3", "6-2": a shift that begins or one that ends in the morning.
  const turned = evening && to.hour < from.hour && to.minute === 0 && scan.context.clock !== '24';
  const or: { from: Clock; to: Clock } = { from: { ...from, half: 'am' }, to: { ...to, half: 'pm' } };
  if (turned) return { value: { k: 'clocks', from, to: { ...to, half: 'am' }, or }, next: second.next };
  // "с 22 до 6" ends in the morning.
  const late = from.half === 'fixed' && to.half === 'bare' && to.part === null && to.hour + 12 <= from.hour;
  if (late) to = { ...to, half: 'am' };
  return { value: { k: 'clocks', from, to }, next: second.next };
}

const isRussian = (scan: Scan) => scan.context.locale.startsWith('ru');

/** Index of the day in "end of tomorrow", "the end of friday"; -1. */
function endOfNamed(scan: Scan, index: number): number {
  const end = role(scan, index, 'end');
  const of = end === -1 ? -1 : role(scan, end, 'of');
  const named = of === -1 ? null : (meaning(scan, of, 'day') ?? meaning(scan, of, 'weekday'));
  return named === null || wordAt(scan, index) !== 'end' ? -1 : of;
}
