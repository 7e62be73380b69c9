/** The prepositions an expression of time may begin with, and what is allowed to begin one. */
import { vocabulary } from '../lexicon.ts';
import type { Piece } from '../pieces.ts';
import {
  anyMeaning,
  anyRole,
  mark,
  meaning,
  numeral,
  ordinal,
  role,
  type Scan,
  skip,
  touches,
  wordAt,
} from '../scan.ts';
import type { Intent } from '../types.ts';

/** The preposition an expression begins with. */
export interface Lead {
  /** Token after the preposition; `index` itself when there is none. */
  next: number;
  lead: Piece['lead'];
  kind: 'none' | 'at' | 'on' | 'in' | 'by' | 'for' | 'to';
}

export interface Permissions {
  /** A bare length is a time from now ("snooze 2h"). */
  lengths: boolean;
  /** A length is what something is moved by ("move it 2 days", "перенеси на неделю"). */
  shifts: boolean;
  /** "to" leads to a date ("move it to friday"). */
  to: boolean;
  /** "remind me" stands before: a time may be followed by anything. */
  loose: boolean;
}

/** Of a message that begins with nothing known. */
export const PLAIN: Permissions = { lengths: false, shifts: false, to: false, loose: false };

/** Of a message that asks for something. */
export const permitted = (intent: Intent): Permissions => ({
  lengths: intent === 'snooze',
  shifts: intent === 'move',
  to: intent === 'move' || intent === 'snooze',
  loose: intent === 'remind' || intent === 'move' || intent === 'snooze',
});

/** Every preposition an expression at `index` may begin with, the one that is none last. */
export function leadsAt(scan: Scan, index: number, may: Permissions): Lead[] {
  const leads: Lead[] = [];
  // "+2h" is a length, never a time.
  if (scan.tokens[index]?.norm === '+') return [];
  if (scan.tokens[index]?.kind === 'mark' || isoTime(scan, index)) return [{ next: index + 1, lead: null, kind: 'at' }];
  const said = anyRole(scan, index, 'by', 'until');
  // "due: friday"
  const colon = said !== -1 && wordAt(scan, index) === 'due' ? mark(scan, said, ':', true) : -1;
  const by = colon === -1 ? said : colon;
  // "drop by tomorrow"
  const verbs = vocabulary.phrasals.has(`${wordAt(scan, index - 1)}-by`) && wordAt(scan, index) === 'by';
  if (by !== -1 && !verbs) {
    // "due by", "by the", "due on": prepositions pile up.
    const piled = anyRole(scan, by, 'by', 'on', 'at', 'in', 'before');
    leads.push({ next: piled === -1 ? by : piled, lead: 'by', kind: 'by' });
  }
  // "примерно в 5", "at about 5", "часов в 5", "часа в три"
  const near = skip(scan, index, 'roughly');
  const hours =
    /^(?:час(?:ик)?(?:а|ов|ам))$/.test(wordAt(scan, near)) &&
    /^[вк]$/.test(wordAt(scan, near + 1)) &&
    // "на полтора часа в пятницу"
    numeral(scan, near + 2) !== null &&
    scan.tokens[near - 1]?.kind !== 'number' &&
    !anyMeaning(scan, near - 1, 'number', 'span');
  const at = hours ? near + 2 : Math.max(role(scan, index, 'at'), role(scan, near, 'at'));
  if (at !== -1) leads.push({ next: skip(scan, at, 'roughly'), lead: null, kind: 'at' });
  const on = role(scan, index, 'on');
  if (on !== -1) leads.push({ next: on, lead: null, kind: 'on' });
  // "в течение декабря"
  const through = wordAt(scan, index) === 'в' ? role(scan, index + 1, 'within') : -1;
  if (through !== -1 && meaning(scan, through, 'month') !== null) leads.push({ next: through, lead: null, kind: 'in' });
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
  const due = index === scan.begin ? dueAt(scan, index) : -1;
  if (due !== -1) leads.push({ next: due, lead: 'by', kind: 'by' });
  leads.push({ next: index, lead: null, kind: 'none' });
  return lasts(scan, index) ? leads.map((one) => ({ ...one, lead: one.lead ?? 'by' })) : leads;
}

/** "в течение месяца каждый вечер": a series ends with it. */
function lasts(scan: Scan, index: number): boolean {
  const within = Math.max(
    role(scan, index, 'within'),
    wordAt(scan, index) === 'в' ? role(scan, index + 1, 'within') : -1,
  );
  return within !== -1 && meaning(scan, within, 'month') === null;
}

/** Index of the day behind "крайний срок", "срок до", "дедлайн" at the beginning of a message, or -1. */
export function dueAt(scan: Scan, index: number): number {
  const word = wordAt(scan, index) === 'крайний' ? index + 1 : index;
  if (!/^(?:срок|дедлайн)$/.test(wordAt(scan, word))) return -1;
  // By itself it is the title: "дедлайн 14-го".
  const named = ({ kind, norm }: Scan['tokens'][number], at: number) =>
    at > word && kind === 'word' && norm.length > 2 && norm !== 'ого' && (scan.meant[at] ?? []).length === 0;
  if (!scan.tokens.some(named)) return -1;
  const colon = mark(scan, word + 1, ':', true);
  const at = skip(scan, colon === -1 ? word + 1 : colon, 'by', 'on');
  // A number alone may be how many.
  const dotted = mark(scan, at + 1, '.', true) !== -1 && scan.tokens[at + 2]?.norm.length === 2;
  const numbered = scan.tokens[at]?.kind === 'number' && (meaning(scan, at + 1, 'month') !== null || dotted);
  return numbered || anyMeaning(scan, at, 'day', 'weekday', 'endOf') || ordinal(scan, at) !== null ? at : -1;
}

/** The "T" of "2026-12-05T15:30". */
export function isoTime(scan: Scan, index: number): boolean {
  return (
    wordAt(scan, index) === 't' &&
    touches(scan, index) &&
    touches(scan, index + 1) &&
    scan.tokens[index + 1]?.kind === 'number'
  );
}

/** "the invoice from march 3", «письмо от 12 мая»: the day it was written, told by what leads to it or stands behind that. */
export function written(scan: Scan, index: number): boolean {
  return (
    bears(scan, index) ||
    bears(scan, index - 1) ||
    (scan.tokens[index - 1]?.kind === 'number' && bears(scan, index - 2))
  );
}

/** Whether "from" or «от» at `from` leads to such a day. */
function bears(scan: Scan, from: number): boolean {
  const word = wordAt(scan, from);
  return (word === 'от' && from > scan.begin) || (word === 'from' && vocabulary.papers.has(wordAt(scan, from - 1)));
}
