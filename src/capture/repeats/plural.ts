/** Recurrences by plurals: "mondays and thursdays", "weekday mornings", "alternate tuesdays", "по будням", "по утрам". */
import type { Found, Repeat } from '../pieces.ts';
import { readClock } from '../rules/clock.ts';
import { boundary } from '../rules/context.ts';
import { readDayList, separator, WEEKEND, WORKDAYS } from '../rules/lists.ts';
import { anyRole, mark, meaning, numeral, ordinal, role, type Scan, skip, touches, wordAt } from '../scan.ts';
import { make } from './units.ts';

/** "weekdays", "on mondays and thursdays", "по будням", "по утрам". */
export function readPlural(scan: Scan, index: number): Found<Repeat> | null {
  const russian = role(scan, index, 'plural');
  const led = russian === -1 ? anyRole(scan, index, 'on', 'in') : russian;
  // "at the weekends"
  const weekends = skip(scan, role(scan, index, 'at'), 'the');
  const at = led !== -1 ? led : wordAt(scan, weekends) === 'weekends' ? weekends : index;
  // "по пн и ср" is plural too, only that abbreviations do not show it.
  const list = readDayList(scan, at, russian === -1 || wordAt(scan, at).length > 3);
  const numbered = russian === -1 ? null : (readNumbers(scan, russian) ?? readParity(scan, russian));
  if (numbered !== null) return numbered;
  // "in two thursdays" counts them.
  const many = list !== null && led === -1 && wordAt(scan, at - 1) !== '' && numeral(scan, at - 1) !== null;
  if (many && !timeBefore(scan, at)) return null;
  if (list !== null) return { value: make('WEEKLY', 1, { days: list.value }), next: list.next };
  // "alternate tuesdays"
  const other = role(scan, at, 'other');
  const alternate = other === -1 ? null : readDayList(scan, other, true);
  if (alternate !== null) return { value: make('WEEKLY', 2, { days: alternate.value }), next: alternate.next };
  // "monday mornings"
  const named = readDayList(scan, at);
  const often = named === null ? null : meaning(scan, named.next, 'part');
  if (named !== null && often?.lexeme.plural === true) {
    const minutes = [scan.parts[often.lexeme.part]];
    return { value: make('WEEKLY', 1, { days: named.value, minutes, part: often.lexeme.part }), next: often.next };
  }
  // "green bin wed fortnightly"
  const pace = named === null ? null : meaning(scan, named.next, 'repeat');
  if (named !== null && pace?.lexeme.rule.unit === 'week' && pace.lexeme.rule.days === undefined)
    return { value: make('WEEKLY', pace.lexeme.rule.interval, { days: named.value }), next: pace.next };
  const unit = meaning(scan, at, 'unit');
  const word = wordAt(scan, at);
  if (
    unit !== null &&
    (russian !== -1 ||
      (word === 'будни' && (led !== -1 || readClock(scan, unit.next, false) !== null)) ||
      /^(?:weekdays|workdays|weekends|days|дни)$/.test(lastWord(scan, at, unit.next)))
  ) {
    if (unit.lexeme.unit === 'workday') return { value: make('WEEKLY', 1, { days: WORKDAYS }), next: unit.next };
    if (unit.lexeme.unit === 'weekend') return { value: make('WEEKLY', 1, { days: WEEKEND }), next: unit.next };
  }
  // "weekday mornings"
  const when = unit === null ? null : meaning(scan, unit.next, 'part');
  if (unit !== null && when?.lexeme.plural === true && /^(?:workday|weekend)$/.test(unit.lexeme.unit)) {
    const days = unit.lexeme.unit === 'workday' ? WORKDAYS : WEEKEND;
    const { part } = when.lexeme;
    return { value: make('WEEKLY', 1, { days, minutes: [scan.parts[part]], part }), next: when.next };
  }
  const part = meaning(scan, at, 'part') ?? (role(scan, at, 'the') === -1 ? null : meaning(scan, at + 1, 'part'));
  // "five nights" are counted.
  const counted = led === -1 && wordAt(scan, index - 1) !== '' && numeral(scan, index - 1) !== null;
  if (part?.lexeme.plural === true && part.lexeme.part !== 'tonight' && word !== '' && !counted) {
    return {
      value: make('DAILY', 1, { minutes: [scan.parts[part.lexeme.part]], part: part.lexeme.part }),
      next: part.next,
    };
  }
  return null;
}

/** "at 5 mondays", "17:30 tuesdays", "half past five fridays": the number before is an hour's and counts none of them. */
const timeBefore = (scan: Scan, index: number) =>
  anyRole(scan, index - 2, 'at', 'roughly') !== -1 ||
  mark(scan, index - 2, '@') !== -1 ||
  [4, 3, 2].some((back) => index >= back && readClock(scan, index - back, true)?.next === index);

/** "по 15 числам", "по первым и двадцатым числам": days of every month. */
function readNumbers(scan: Scan, index: number): Found<Repeat> | null {
  const monthDays: number[] = [];
  for (let at = index; at !== -1 && monthDays.length < MOST_NUMBERS; ) {
    const day = ordinal(scan, at) ?? numeral(scan, at);
    if (day === null || day.n < 1 || day.n > 31) return null;
    monthDays.push(day.n);
    // "по 1м числам"
    const next = wordAt(scan, day.next) === 'м' && touches(scan, day.next) ? day.next + 1 : day.next;
    if (wordAt(scan, next) === 'числам') return { value: make('MONTHLY', 1, { monthDays }), next: next + 1 };
    at = separator(scan, next);
  }
  return null;
}
const MOST_NUMBERS = 12;

/** "по чётным дням", "по нечётным числам": days of the month two apart, none of which stands for another in a short month. */
function readParity(scan: Scan, index: number): Found<Repeat> | null {
  const odd = role(scan, index, 'odd') !== -1;
  if (!odd && role(scan, index, 'even') === -1) return null;
  const named = /^(?:числам|дням|датам)$/.test(wordAt(scan, index + 1));
  // "по чётным субботам"
  if (!named && (!boundary(scan, index + 1, true) || meaning(scan, index + 1, 'weekday') !== null)) return null;
  const monthDays = Array.from({ length: odd ? 16 : 15 }, (_, place) => 2 * place + (odd ? 1 : 2));
  const written = { weekStart: null, rule: null };
  return { value: make('MONTHLY', 1, { monthDays, written }), next: named ? index + 2 : index + 1 };
}

function lastWord(scan: Scan, from: number, to: number): string {
  return to - from > 1 ? (/^(?:days|дни)$/.test(wordAt(scan, to - 1)) ? 'days' : '') : wordAt(scan, from);
}
