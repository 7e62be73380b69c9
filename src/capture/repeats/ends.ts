/** Where a recurrence begins and ends: "starting monday", "until june", "for 3 weeks", "x5", "from january to march". */
import { addMonths } from '../../core/days.ts';
import type { Found, Repeat } from '../pieces.ts';
import { readClock, secondsOf } from '../rules/clock.ts';
import { boundary } from '../rules/context.ts';
import { readDay } from '../rules/day.ts';
import { readPeriod } from '../rules/period.ts';
import { readSpan } from '../rules/span.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';

/** "10 times", "x5", "for 3 weeks". */
export function withCount(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.count !== null || value.until !== null) return null;
  const led = anyRole(scan, index, 'for', 'within');
  const at = led === -1 ? index : skip(scan, skip(scan, led, 'the'), 'next');
  // "x5"
  const cross = /^[xх×]$/.test(wordAt(scan, index)) ? numeral(scan, index + 1) : null;
  const crossed = cross !== null && (touches(scan, index + 1) || boundary(scan, cross.next, false)) ? cross : null;
  if (crossed !== null && crossed.n >= 1 && crossed.n <= 999)
    return { value: { ...value, count: crossed.n }, next: crossed.next };
  // "every day at 9, once"
  if (wordAt(scan, index) === 'once' && mark(scan, index - 1, ',') === index && boundary(scan, index + 1, false))
    return { value: { ...value, count: 1 }, next: index + 1 };
  const counted = numeral(scan, at);
  const times = counted === null ? -1 : role(scan, counted.next, 'times');
  if (
    counted !== null &&
    times !== -1 &&
    counted.n >= 1 &&
    counted.n <= 999 &&
    !/^(?:a|per|в)$/.test(scan.tokens[times]?.norm ?? '')
  ) {
    return { value: { ...value, count: counted.n }, next: wordAt(scan, times) === 'подряд' ? times + 1 : times };
  }
  // "every day at 7, 5 days"
  const unit = counted === null ? null : meaning(scan, counted.next, 'unit');
  const daily = value.freq === 'DAILY' && value.interval === 1 && unit?.lexeme.unit === 'day';
  if (led === -1 && daily && counted !== null && counted.n > 1 && boundary(scan, unit.next, false))
    return { value: { ...value, count: counted.n * Math.max(1, value.clocks.length) }, next: unit.next };
  // "for 3 weeks", "неделю подряд": until that much time has passed.
  const length = readSpan(scan, at, led === -1 || role(scan, index, 'within') !== -1);
  const row = length !== null && wordAt(scan, length.next) === 'подряд';
  const span = row ? { ...length, next: length.next + 1 } : led === -1 ? null : length;
  if (span === null || !span.value.calendar || span.value.workdays > 0) return null;
  // "starting 1 december for 30 days", "for 30 days starting 1 december"
  const begun = withStart(scan, value, span.next) ?? { value, next: span.next };
  const until = addMonths(begun.value.starting ?? scan.today, span.value.months) + span.value.days;
  const lasts = { months: span.value.months, days: span.value.days };
  return { value: { ...begun.value, until, lasts }, next: begun.next };
}

/** "until 5 december", "until june". */
export function withUntil(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  if (value.until !== null || value.count !== null) return null;
  const until = wordAt(scan, index) === 'ending' ? skip(scan, index + 1, 'on') : role(scan, index, 'until');
  if (until === -1) return null;
  // "каждые 2 недели по вт и чт": short names do not show that there are several.
  if (
    wordAt(scan, index) === 'по' &&
    /^[а-я]{2,4}$/.test(wordAt(scan, until)) &&
    meaning(scan, until, 'weekday') !== null
  )
    return null;
  const at = skip(scan, until, 'the');
  // "until 6:30 on 17 Sep 2028", "до 6:30 17 сентября"
  const clock = readClock(scan, at, false);
  const on = clock === null ? null : readDay(scan, skip(scan, clock.next, 'on'));
  if (clock !== null && on?.value.k === 'date' && on.value.days.length === 1 && on.value.days[0] !== undefined) {
    const untilSeconds = secondsOf(clock.value, scan.context.clock === '24');
    return { value: { ...value, until: on.value.days[0], untilSeconds }, next: on.next };
  }
  const day = readDay(scan, at);
  // "до нового года" may be either of two days: asked.
  if (day?.value.k === 'date' && day.value.days.length > 1) return null;
  if (day?.value.k === 'date' && day.value.days[0] !== undefined)
    return { value: { ...value, until: day.value.days[0] }, next: day.next };
  const period = readPeriod(scan, at, true);
  if (period?.value.k !== 'period') return null;
  // "until June" ends when June begins; "until the end of June" and "through June" with its last day.
  const edge =
    /^(?:thru|through)$/.test(wordAt(scan, index)) ||
    role(scan, at, 'end') !== -1 ||
    period.value.end - period.value.start === 1;
  return {
    value: { ...value, until: edge ? period.value.end - 1 : period.value.start - 1 },
    next: period.next,
  };
}

/** "starting monday", "from january". */
export function withStart(scan: Scan, value: Repeat, index: number): Found<Repeat> | null {
  const starting = value.starting === null ? role(scan, index, 'starting') : -1;
  if (starting === -1) return null;
  const day = readDay(scan, skip(scan, starting, 'on', 'in'));
  if (day?.value.k === 'date' && day.value.days[0] !== undefined)
    return withEnd(scan, { ...value, starting: day.value.days[0] }, day.next);
  const period = day === null ? readPeriod(scan, skip(scan, starting, 'in'), true) : null;
  return period?.value.k === 'period' ? withEnd(scan, { ...value, starting: period.value.start }, period.next) : null;
}

/** "from january to march", "from 1 to 20 december": the end beside the beginning, with its last day. */
function withEnd(scan: Scan, value: Repeat, index: number): Found<Repeat> {
  const dash = mark(scan, index, '-–—');
  const to = dash === -1 ? anyRole(scan, index, 'to', 'until') : dash;
  if (to === -1 || value.until !== null || value.count !== null) return { value, next: index };
  const day = readDay(scan, to);
  if (day?.value.k === 'date' && day.value.days[0] !== undefined)
    return { value: { ...value, until: day.value.days[0] }, next: day.next };
  const period = readPeriod(scan, to, true);
  return period?.value.k === 'period'
    ? { value: { ...value, until: period.value.end - 1 }, next: period.next }
    : { value, next: index };
}

/** "каждый месяц с 20 по 25": the first of those days; which of them are meant no rule can say, see `overlooked`. */
export function daysThrough(scan: Scan, index: number): Found<number> | null {
  const from = role(scan, index, 'from');
  const first = from === -1 ? null : (ordinal(scan, from) ?? numeral(scan, from));
  const to = first === null || wordAt(scan, first.next) !== 'по' ? -1 : first.next + 1;
  const last = to === -1 ? null : (ordinal(scan, to) ?? numeral(scan, to));
  if (first === null || last === null || first.n < 1 || last.n > 31) return null;
  const next = skip(scan, last.next, 'number');
  return meaning(scan, next, 'month') === null ? { value: first.n, next } : null;
}
