/** A reminder asked for together with what it is of: "dentist friday 9:30, remind me an hour before", "напомни за час до рейса в пятницу в 6". */
import { findPieces } from '../expression.ts';
import { languages } from '../lexicon.ts';
import type { Message } from '../message.ts';
import { PLAIN } from '../places/leads.ts';
import { readSpan, type Span } from '../rules/span.ts';
import { anyRole, type Scan, scanTokens, skip } from '../scan.ts';
import { openings } from './openings.ts';

/** The message without such words, and how long before the item is due to remind of it, in minutes. */
export interface Ahead {
  text: string;
  minutes: readonly number[];
}

/** A longer message has no such clause; bounds the work on hostile ones. */
const MOST_TOKENS = 120;
/** The farthest ahead that is asked for this way: a year. */
const MOST_MINUTES = 366 * 1440;

const sequences = (text: string): string[][] =>
  text
    .replaceAll('ё', 'е')
    .split('|')
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.split(' '));
/** By their first words: every token of every message is looked up. */
const byFirst = (all: readonly string[][]): ReadonlyMap<string, string[][]> =>
  Map.groupBy(all, ([first = '']) => first);
const OPENERS = byFirst(languages.flatMap((list) => sequences(list.aheadOpeners)));
const ENDS = byFirst(languages.flatMap((list) => sequences(list.aheadEnds)));
/** Words that a phrase which asks for a reminder begins with. */
const REMINDING = new Set(
  languages.flatMap((list) =>
    list.openings.flatMap(({ intent, phrase }) => (intent === 'remind' ? firstOf(phrase) : [])),
  ),
);

/** Whether a message has a word that asks for a reminder, wherever it stands. */
export const asksToRemind = ({ tokens }: Message): boolean => tokens.some(({ norm }) => REMINDING.has(norm));

/** Every word an opening may begin with: its first place, and the next one as long as places may be missing. */
function firstOf(phrase: string): string[] {
  const places = phrase.replaceAll('ё', 'е').split(' ');
  const certain = places.findIndex((place) => !place.endsWith('?'));
  return places.slice(0, certain + 1).flatMap((place) => place.replace('?', '').split('|'));
}

/** What leads from the length to the item: "before", «до»; and what may stand before the length: «за». */
const TO_ITEM = new Set(languages.flatMap((list) => list.aheadTo.split(' ')));
const LEADS = new Set(languages.flatMap((list) => list.aheadLeads.split(' ')).filter((word) => word !== ''));

/** The clause at the end or at the beginning of a message; null when there is none, or nothing is left beside it. */
export function aheadIn(message: Message): Ahead | null {
  const { tokens } = message;
  if (tokens.length > MOST_TOKENS) return null;
  let scan: Scan | undefined;
  for (let index = 0; index < tokens.length; index += 1) {
    const begun = opened(message, index);
    if (begun === -1) continue;
    scan ??= scanTokens(message.text, tokens, message.context, 0, message.fields.taken, false);
    const found = index === 0 ? leading(message, scan, begun) : trailing(message, scan, index, begun);
    if (found !== null) return found;
  }
  return null;
}

/** Index after the words that ask to be reminded, or -1. */
function opened({ tokens }: Message, index: number): number {
  const word = tokens[index]?.norm ?? '';
  const remind = REMINDING.has(word)
    ? openings(tokens.slice(index)).find(({ intent }) => intent === 'remind')
    : undefined;
  const phrase = after(tokens, index, OPENERS);
  // "remind me to call Bob tomorrow at 5, 30 min before": what is asked for is said already.
  const bare = tokens[index]?.norm === ',' && index > 0 && REMINDING.has(tokens[0]?.norm ?? '');
  return Math.max(phrase, remind === undefined ? -1 : index + remind.next, bare ? index + 1 : -1);
}

/** "…, remind me an hour before": to the end of the message, or to its fields. */
function trailing(message: Message, scan: Scan, index: number, begun: number): Ahead | null {
  const { tokens, text, fields } = message;
  const lengths = lengthsAt(message, scan, begun);
  if (lengths === null) return null;
  const rest = lengths.next;
  if (!tokens.slice(rest).every(({ kind }, offset) => kind === 'mark' || fields.taken.has(rest + offset))) return null;
  let from = index;
  while (from > 0 && joins(scan, from - 1)) from -= 1;
  const [first, next] = [tokens[from], tokens.slice(rest).find(({ spaced }) => spaced)];
  if (first === undefined || from === 0) return null;
  const left = `${text.slice(0, first.start).trimEnd()} ${next === undefined ? '' : text.slice(next.start)}`.trim();
  return { text: left, minutes: lengths.minutes };
}

/** "a day and an hour before", "1 day before and 1 hour before", "30 min and 2 hours before": one length or several, the last with its end. */
function lengthsAt({ tokens }: Message, scan: Scan, index: number): { minutes: number[]; next: number } | null {
  const minutes: number[] = [];
  let at = index;
  for (let count = 0; count < MOST_LENGTHS; count += 1) {
    const length = lengthAt(scan, at);
    if (length === null) return null;
    minutes.push(...length.minutes);
    const end = after(tokens, length.next, ENDS);
    const next = Math.max(end, length.next);
    const comma = tokens[next]?.norm === ',' ? next + 1 : next;
    const and = anyRole(scan, comma, 'and');
    const more = and !== -1 ? and : comma > next ? comma : -1;
    if (more === -1 || lengthAt(scan, more) === null) return end === -1 && !length.led ? null : { minutes, next };
    at = more;
  }
  return null;
}
/** More reminders of one task than this are not asked for in one sentence. */
const MOST_LENGTHS = 5;

/** "remind me an hour before my flight on friday at 6pm": before what stands behind it. */
function leading({ tokens, text }: Message, scan: Scan, begun: number): Ahead | null {
  const length = lengthAt(scan, begun);
  const to = tokens[length?.next ?? tokens.length];
  if (length === null || to === undefined || !TO_ITEM.has(to.norm)) return null;
  const left = text.slice(to.end).trim();
  // "2 days before 24 december" counts from a day, "2 days before the flight on 24 december" from something that is on it.
  const dated = findPieces(scan, PLAIN);
  const after = skip(scan, (length?.next ?? 0) + 1, 'the');
  if (dated.some(({ from, to: end }) => from <= after && end > after)) return null;
  return left === '' ? null : { text: left, minutes: length.minutes };
}

const joins = (scan: Scan, index: number): boolean => {
  const token = scan.tokens[index];
  if (token === undefined || scan.fields.has(index)) return false;
  return token.kind === 'mark' ? ',;.—–-('.includes(token.norm) : anyRole(scan, index, 'and') !== -1;
};

function lengthAt(scan: Scan, index: number): { minutes: number[]; next: number; led: boolean } | null {
  const led = LEADS.has(scan.tokens[index]?.norm ?? '');
  const span = readSpan(scan, skip(scan, led ? index + 1 : index, 'the'), true);
  if (span === null) return null;
  const minutes = minutesOf(span.value);
  if (minutes === null) return null;
  // «за день и за час»
  const and = led ? anyRole(scan, span.next, 'and') : -1;
  const more = and !== -1 && LEADS.has(scan.tokens[and]?.norm ?? '') ? lengthAt(scan, and) : null;
  return more === null
    ? { minutes, next: span.next, led }
    : { minutes: [...minutes, ...more.minutes], next: more.next, led };
}

/** "a day and an hour before" is two reminders: nobody asks for one 25 hours before. */
function minutesOf({ months, days, workdays, ms }: Span): number[] | null {
  if (months > 0 || workdays > 0 || !Number.isInteger(days * 1440) || ms % 60_000 !== 0) return null;
  const minutes = [days * 1440, ms / 60_000].filter((each) => each > 0);
  return minutes.length > 0 && minutes.every((each) => each <= MOST_MINUTES) ? minutes : null;
}

/** Index after the longest of the sequences that stands at `index`, or -1. */
function after(tokens: Message['tokens'], index: number, among: ReturnType<typeof byFirst>): number {
  let longest = 0;
  for (const words of among.get(tokens[index]?.norm ?? '') ?? [])
    if (words.length > longest && words.every((word, offset) => tokens[index + offset]?.norm === word))
      longest = words.length;
  return longest === 0 ? -1 : index + longest;
}
