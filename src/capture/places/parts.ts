/** Parts of the day where they stand: "tonight", "this evening", "thursday am"; a bare "morning" only beside a day. */
import type { Found, Meant, Piece } from '../pieces.ts';
import { beginsClause, boundary } from '../rules/context.ts';
import { readDay } from '../rules/day.ts';
import { clock } from '../rules/digits.ts';
import { mark, meaning, role, type Scan, skip, wordAt } from '../scan.ts';
import { relativeFits } from './about.ts';
import { adjoins } from './clocks.ts';
import type { Lead } from './leads.ts';

/** "tonight", "this evening", "in the morning", "вечером"; a bare "morning" only beside a day. */
export function partAt(scan: Scan, index: number, lead: Lead, previous: Piece | undefined): Found<Meant> | null {
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
  const dated =
    previous !== undefined &&
    adjoins(scan, previous, index) &&
    (previous.meant.k === 'date' || previous.meant.k === 'clock');
  const half = dated && previous.meant.k === 'date' ? halfAlone(scan, index) : null;
  if (half !== null) return half;
  const part = meaning(scan, at, 'part');
  if (part === null || part.lexeme.plural) return null;
  const word = wordAt(scan, at);
  // "tomorrow eve" is an evening, "Eve" a name.
  if (word === 'eve' && (!dated || scan.tokens[at]?.capital === true)) return null;
  const found: Found<Meant> = {
    value: { k: 'part', part: part.lexeme.part, today: here !== -1 || part.lexeme.part === 'tonight' },
    next: part.next,
  };
  if (part.lexeme.part === 'tonight') return relativeFits(scan, index, at, lead.kind !== 'none') ? found : null;
  // "с днем рождения", "день за днем"
  if (/^(?:за|с|со|перед|над|под|между)$/.test(wordAt(scan, at - 1))) return null;
  const adverb = /(?:ом|ем|ью|ком|сутра)$/.test(word) || part.next - at > 1;
  if (here !== -1 || dated || adverb) return found;
  if (followedByDay(scan, part.next)) return found;
  // "evening fri: pay Ann"
  const opens = lead.kind === 'none' && beginsClause(scan, index) && wordAt(scan, part.next) !== 'sun';
  if (opens && readDay(scan, part.next)?.value.k === 'date') return found;
  // "на утро четверга"
  if ((lead.kind !== 'none' || index === scan.begin) && OF_WEEKDAY.test(wordAt(scan, part.next))) return found;
  if (lead.kind === 'none' || lead.kind === 'for') return null;
  // "отложи на вечер отчёт"
  if (lead.kind === 'to' && wordAt(scan, index) === 'на') return found;
  return (inner > lead.next || word === 'night' || lead.kind === 'by' || lead.kind === 'to') &&
    boundary(scan, part.next, true)
    ? found
    : null;
}

/** "thursday am", "tomorrow p.m.": half of the day without an hour, where it ends a clause. */
function halfAlone(scan: Scan, index: number): Found<Meant> | null {
  const word = wordAt(scan, index);
  const dotted = /^[ap]$/.test(word) && wordAt(scan, index + 1) === '.' && wordAt(scan, index + 2) === 'm';
  const stop = dotted ? mark(scan, index + 3, '.', true) : -1;
  const next = dotted ? Math.max(index + 3, stop) : index + 1;
  if (!(dotted || word === 'am' || word === 'pm') || !boundary(scan, next, false)) return null;
  return { value: { k: 'part', part: word.startsWith('a') ? 'morning' : 'afternoon', today: false }, next };
}

const OF_WEEKDAY = /^(?:понедельника|вторника|среды|четверга|пятницы|субботы|воскресенья)$/;

function followedByDay(scan: Scan, index: number): boolean {
  const at = skip(scan, index, 'of', 'on');
  return meaning(scan, at, 'day') !== null || (at > index && meaning(scan, at, 'weekday') !== null);
}

/** "remind me at lunch": at noon for some, so it is asked about, see `overlooked`; a task "at lunch" is what is eaten or talked over there. */
export const lunchAt = (scan: Scan, { kind, next }: Lead): Found<Meant> | null =>
  kind === 'at' && wordAt(scan, next) === 'lunch' && boundary(scan, next + 1, false)
    ? { value: { k: 'clock', clocks: [clock(12, 0, 'fixed')] }, next: next + 1 }
    : null;
