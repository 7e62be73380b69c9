/** Days and periods where they stand: the same words are a date in one place and a name or an adjective in another. */
import { vocabulary } from '../lexicon.ts';
import type { Found, Meant, Piece } from '../pieces.ts';
import type { Day } from '../rules/calendar.ts';
import { readBareDay } from '../rules/coming.ts';
import { beginsClause, boundary, isUpper, owned } from '../rules/context.ts';
import { readDay } from '../rules/day.ts';
import { readPeriod } from '../rules/period.ts';
import { readDayRange } from '../rules/ranges.ts';
import { anyRole, joining, meaning, opensWith, ordinal, role, type Scan, skip, wordAt } from '../scan.ts';
import { isAbout, isWith } from './about.ts';
import { dayFits, fitsBehindTime, MOVED } from './fits.ts';
import type { Lead } from './leads.ts';

/** A day at `index`; `inner` is where it begins when an article stands before it. `previous`: a time right before it vouches for it. */
export function dayAt(
  scan: Scan,
  index: number,
  lead: Lead,
  inner: number,
  previous: Piece | undefined,
): Found<Meant> | null {
  // "about friday" is what the talk is about; "at" alone leads to days only in broken English.
  const near = /^(?:around|circa)$/.test(wordAt(scan, index)) && ordinal(scan, inner)?.digits === true;
  if (lead.kind === 'at' && wordAt(scan, index) !== 'at' && !near) return null;
  // "sleep in tomorrow", "log on today": no day is led to like that.
  if (notLed(scan, index, lead, inner)) return null;
  const found = readDay(scan, inner) ?? (inner === lead.next ? null : readDay(scan, lead.next));
  if (found === null) {
    const bare = /^(?:до|к|ко)$/.test(wordAt(scan, index)) ? readBareDay(scan, lead.next) : null;
    return bare !== null && boundary(scan, bare.next, true) && !owned(scan, index) ? bare : null;
  }
  const said = found.next > inner ? inner : lead.next;
  if (isWith(scan, said, found.next)) return null;
  const timed = previous?.to === index && /^(?:clocks?|part)$/.test(previous.meant.k);
  const fits =
    (timed && fitsBehindTime(scan, said, found, previous.meant.k === 'part')) ||
    dayFits(scan, index, lead, said, found);
  return eitherDay(scan, index, found) ?? (fits ? found : null);
}

const notLed = (scan: Scan, index: number, { kind }: Lead, inner: number) =>
  (kind === 'in' &&
    wordAt(scan, index) === 'in' &&
    (meaning(scan, inner, 'day') ?? meaning(scan, inner, 'weekday')) !== null) ||
  (kind === 'on' && wordAt(scan, index) === 'on' && meaning(scan, inner, 'day') !== null);

/** "mon or tue", "tomorrow or friday": one of them, to be asked about. */
function eitherDay(scan: Scan, index: number, first: Found<Day>): Found<Meant> | null {
  const or = role(scan, first.next, 'or');
  const second = or === -1 ? null : readDay(scan, skip(scan, skip(scan, or, 'on'), 'the'));
  if (second?.value.k !== 'date' || first.value.k !== 'date' || owned(scan, index)) return null;
  if (!boundary(scan, second.next, true)) return null;
  const days = [...first.value.days, ...second.value.days];
  return { value: { k: 'date', days, sameDay: null, nearer: null, today: false, weekday: null }, next: second.next };
}

/** A period at `index`; `inner` as for a day. */
export function periodAt(scan: Scan, index: number, lead: Lead, inner: number): Found<Meant> | null {
  const led = lead.kind !== 'none';
  const introduced =
    lead.kind === 'in' ||
    lead.kind === 'by' ||
    lead.kind === 'to' ||
    (lead.kind === 'on' && wordAt(scan, index) !== 'on');
  const found = periodIn(scan, lead.next, introduced) ?? (inner === lead.next ? null : periodIn(scan, inner, false));
  if (found === null || owned(scan, index)) return null;
  if (isAbout(scan, index, found.next > inner ? inner : lead.next, found.next)) return null;
  const either = eitherPeriod(scan, found);
  if (either !== null && led) return either;
  // "календарь на 2027 год" is for that year.
  const yearly =
    found.value.k === 'period' &&
    found.value.grain === 'year' &&
    (wordAt(scan, index) === 'на' || wordAt(scan, index - 1) === 'на');
  if (yearly && lead.kind !== 'to') return null;
  // "узнать расписание на февраль", "список покупок на выходные": what it is made for.
  if (wordAt(scan, index) === 'на' && [1, 2].some((back) => MADE_FOR.test(wordAt(scan, index - back)))) return null;
  // "the report for March" is about March.
  if (lead.kind === 'for' && wordAt(scan, index) === 'for') return null;
  const before = wordAt(scan, index - 1);
  if (!led && (before === 'of' || before === 'for' || before === 'the')) return null;
  const month = meaning(scan, skip(scan, lead.next, 'next', 'this', 'coming'), 'month');
  if (month !== null) {
    const following = scan.tokens[found.next];
    // "by April Smith", "in march step": the month is someone's name or another word.
    if (following?.kind === 'word' && following.capital && !boundary(scan, found.next, false)) return null;
    if (month.lexeme.weak && found.next === month.next && !boundary(scan, found.next, true)) return null;
    // "visit Aunt May next year"
    const [name, named] = [scan.tokens[index - 1], scan.tokens[index]];
    const whose = name?.kind === 'word' && name.capital && index - 1 > scan.begin && !isUpper(scan, index - 1);
    if (!led && month.lexeme.weak && named?.capital === true && whose && found.next > month.next) return null;
    if (!led) return boundary(scan, found.next, true) ? found : null;
    return found;
  }
  const qualified =
    anyRole(scan, inner, 'next', 'this', 'coming') !== -1 || anyRole(scan, lead.next, 'next', 'this', 'coming') !== -1;
  // "the week of 7 december dentist"
  if (wordAt(scan, inner) === 'week' && found.next > inner + 2 && beginsClause(scan, index)) return found;
  if (found.value.k === 'periods') return led || boundary(scan, found.next, true) ? found : null;
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

const MADE_FOR =
  /^(?:расписани[ея]|график|прогноз|календарь|меню|бюджет|тарифы?|афиш[ау]|список|прайс|смет[ау]|погод[ау])$/;

/** Joining words a period may begin with. */
const BEGINNING = joining('the last next this coming of weekOf end start middle early mid late');
const periodIn = (scan: Scan, index: number, introduced: boolean) =>
  opensWith(scan, index, BEGINNING) ? readPeriod(scan, index, introduced) : null;

/** "in january or february": one of them, to be asked. */
function eitherPeriod(scan: Scan, first: Found<Meant>): Found<Meant> | null {
  const or = role(scan, first.next, 'or');
  const second = or === -1 ? null : readPeriod(scan, skip(scan, or, 'in', 'by'), true);
  if (first.value.k !== 'period' || second?.value.k !== 'period' || !boundary(scan, second.next, true)) return null;
  return { value: { k: 'periods', choices: [first.value, second.value] }, next: second.next };
}

/** "счёт от 3 мая до 8 мая": the day a paper was written, and no beginning. */
function dates(scan: Scan, index: number): boolean {
  const from = wordAt(scan, index) === 'от' ? index : index - 1;
  return wordAt(scan, from) === 'от' && [1, 2, 3].some((back) => vocabulary.papers.has(wordAt(scan, from - back)));
}

/** A range of days at `index`. */
export function dayRangeAt(scan: Scan, index: number): Found<Meant> | null {
  // "в сб-вс", "в понедельник-вторник"
  const on = role(scan, index, 'on');
  const short = on !== -1 && /^[а-я]/.test(wordAt(scan, on)) && meaning(scan, on, 'weekday') !== null;
  const found = readDayRange(scan, index) ?? (short ? readDayRange(scan, on) : null);
  if (found === null || owned(scan, index) || dates(scan, index)) return null;
  // "the match was moved from friday to monday": no days in between.
  if (MOVED.test(wordAt(scan, index - 1)) && found.value.k === 'period') {
    const days = [found.value.start, found.value.end - 1];
    return { value: { k: 'date', days, sameDay: null, nearer: null, today: false, weekday: null }, next: found.next };
  }
  if (short) return found;
  return boundary(scan, found.next, true) || anyRole(scan, index, 'from', 'between') !== -1 || beginsClause(scan, index)
    ? found
    : null;
}
