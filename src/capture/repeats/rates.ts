/** Recurrences by their rate: "daily", "once a week", "раз в 2 недели", "через день", "3 days after I finish". */
import type { Found, Repeat } from '../pieces.ts';
import { boundary } from '../rules/context.ts';
import { readSpan } from '../rules/span.ts';
import { mark, meaning, numeral, role, type Scan, wordAt } from '../scan.ts';
import { readLength } from './every.ts';
import { readPlural } from './plural.ts';
import { make, ofUnit } from './units.ts';

/** "daily", "monthly": adjectives as often as not, so only where nothing follows that they could describe. */
export function readOneWord(scan: Scan, index: number): Found<Repeat> | null {
  const word = meaning(scan, index, 'repeat');
  if (word === null) return null;
  const { unit, interval, twice, part = null, days = [] } = word.lexeme.rule;
  const plain = ofUnit(unit, interval);
  const value = plain === null ? null : { ...plain, part, days };
  const often = twice === true ? ofUnit(unit, 1) : null;
  if (value === null) return null;
  return { value: often === null ? value : { ...value, either: { ...often, vague: 2 } }, next: word.next };
}

/** "once a week", "раз в 2 недели"; "twice a week" leaves open which days. */
export function readRate(scan: Scan, index: number): Found<Repeat> | null {
  const word = wordAt(scan, index);
  let times = 1;
  let at = index;
  if (word === 'once') at = index + 1;
  else if (word === 'twice' || word === 'thrice') {
    times = word === 'twice' ? 2 : 3;
    at = index + 1;
  } else if (word === 'дважды') {
    times = 2;
    at = index + 1;
  } else if (word === 'раз') at = index + 1;
  else {
    const few = role(scan, index, 'few');
    // "несколько раз в неделю"
    const counted = few === -1 ? numeral(scan, index) : { n: 3, next: few, digits: 0 };
    const said = counted === null ? -1 : role(scan, counted.next, 'times');
    if (counted === null || said === -1 || counted.n < 1 || counted.n > 99) return null;
    times = counted.n;
    at = said;
  }
  const every = role(scan, at, 'every');
  // "twice daily"
  const one = every === -1 ? readOneWord(scan, at) : null;
  if (one !== null) return times === 1 ? one : { value: { ...one.value, vague: times, either: null }, next: one.next };
  const within = times === 1 ? /^(?:a|an|per|in|в|за)$/ : /^(?:a|an|per|в|за)$/;
  // "3x week", "2x/week"
  const slash = mark(scan, at, '/', true);
  const bare = slash !== -1 ? slash : wordAt(scan, at - 1) === 'x' ? at : -1;
  const per = every === -1 ? (within.test(wordAt(scan, at)) ? at + 1 : bare) : every;
  if (per === -1) return null;
  const length = times === 1 ? readLength(scan, per) : null;
  if (length !== null) return length;
  const counted = numeral(scan, per);
  const unit = meaning(scan, counted?.next ?? per, 'unit');
  if (unit === null) return null;
  const value = ofUnit(unit.lexeme.unit, counted?.n ?? 1);
  if (value === null) return null;
  return { value: times === 1 ? value : { ...value, vague: times }, next: unit.next };
}

/** "через день" is every other day, or the day after tomorrow: asked; "через неделю по вторникам" is every other week. */
export function readEveryOther(scan: Scan, index: number): Found<Repeat> | null {
  if (wordAt(scan, index) === 'через' && wordAt(scan, index + 1) === 'неделю') {
    const days = role(scan, index + 2, 'plural') === -1 ? null : readPlural(scan, index + 2);
    return days?.value.freq === 'WEEKLY' ? { value: { ...days.value, interval: 2 }, next: days.next } : null;
  }
  if (wordAt(scan, index) !== 'через' || wordAt(scan, index + 1) !== 'день') return null;
  return { value: make('DAILY', 2, { orDay: scan.today + 2 }), next: index + 2 };
}

/** Index after "after I finish", "после выполнения" as what a series counts from; -1. */
export function afterFinish(scan: Scan, index: number): number {
  const finish = role(scan, index, 'finish');
  if (finish === -1) return -1;
  const it = /^(?:it|this|that|one|task|the)$/.test(wordAt(scan, finish)) ? finish + 1 : finish;
  // "every 10 days after completion descale": a noun of its own, whatever follows.
  const noun = wordAt(scan, it - 1) === 'completion' && wordAt(scan, it) !== 'of';
  // "after I finish work" tells when, not what from.
  return noun || boundary(scan, it, true) ? it : -1;
}

/** "3 days after I finish", "через неделю после выполнения": counted from completion. */
export function readAfterwards(scan: Scan, index: number): Found<Repeat> | null {
  const hence = role(scan, index, 'hence');
  const span = readSpan(scan, hence === -1 ? index : hence, hence !== -1);
  if (span === null || afterFinish(scan, span.next) === -1) return null;
  const { months, days, workdays, ms } = span.value;
  const kinds = [months, days, workdays, ms].filter((amount) => amount > 0).length;
  if (kinds !== 1 || workdays > 0) return null;
  const value =
    months > 0
      ? months % 12 === 0
        ? make('YEARLY', months / 12)
        : make('MONTHLY', months)
      : days > 0
        ? days % 7 === 0
          ? make('WEEKLY', days / 7)
          : make('DAILY', days)
        : ms % 3_600_000 === 0
          ? make('HOURLY', ms / 3_600_000)
          : make('MINUTELY', Math.round(ms / 60_000));
  return value.interval > 999 || value.interval < 1 ? null : { value, next: span.next };
}
