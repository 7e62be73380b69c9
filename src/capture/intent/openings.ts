/** What the owner wants done with the words: the phrase a message opens with, and the item it names. */
import { languages, meanings } from '../lexicon.ts';
import type { Token } from '../tokens.ts';
import type { Intent } from '../types.ts';
import type { Opening } from '../words/lexeme.ts';

/** A phrase as it is matched: each place has its alternatives; an empty one may be missing. */
interface Pattern {
  opening: Opening;
  places: { words: ReadonlySet<string>; optional: boolean }[];
  unless: ReadonlySet<string>;
  /** Word sequences of which the message must end with one; none when it may end as it likes. */
  ends: readonly string[][];
}

/** An item's short number and the tokens it stands at. */
interface Item {
  number: number;
  from: number;
  to: number;
}

export interface Opened {
  intent: Intent;
  needs: Opening['needs'];
  /** Put as a question. */
  asks: boolean;
  /** First token after the phrase. */
  next: number;
  /** First token after the phrase and the item's number. */
  after: number;
  /** Where the words stand that the message had to end with; the number of tokens when there are none. */
  end: number;
  /** The item named by its number, in the phrase or right after it ("#12 done", "done 12"). */
  item: Item | null;
}

/** Intents that act on an item which the words name. */
export const TARGETED: ReadonlySet<Intent> = new Set([
  'done',
  'reopen',
  'move',
  'snooze',
  'delete',
  'note',
  'tick',
  'log',
  'timer_start',
  'timer_stop',
]);

const split = (text: string) => text.split(' ').filter((word) => word !== '');

function places(phrase: string): Pattern['places'] {
  return split(phrase.replaceAll('ё', 'е')).map((place) => {
    const optional = place.endsWith('?');
    return { words: new Set((optional ? place.slice(0, -1) : place).split('|')), optional };
  });
}

const patterns = new Map<string, Pattern[]>();
for (const opening of languages.flatMap((list) => list.openings)) {
  const pattern: Pattern = {
    opening,
    places: places(opening.phrase),
    unless: new Set(split(opening.unless ?? '')),
    ends: (opening.ends ?? '')
      .replaceAll('ё', 'е')
      .split('|')
      .map(split)
      .filter((words) => words.length > 0),
  };
  for (const place of pattern.places) {
    for (const word of place.words) patterns.set(word, [...(patterns.get(word) ?? []), pattern]);
    if (!place.optional) break;
  }
}

/** Every way the message opens with a phrase of an intent, the longest phrase first. */
export function openings(tokens: readonly Token[]): Opened[] {
  const first = tokens[0];
  if (first === undefined) return [];
  const numbered = ITEMS.has(first.norm) && isNumbered(tokens, 1);
  const word = urged(tokens, 1) > 1 ? first.norm : (compound(tokens, 0) ?? first.norm);
  const key = first.kind === 'number' || first.norm === '#' || numbered ? '#' : word;
  const found: Opened[] = [];
  for (const pattern of patterns.get(key) ?? []) {
    const matched = match(pattern, tokens);
    if (matched === null || pattern.unless.has(tokens[matched.next]?.norm ?? '')) continue;
    const end = endAt(pattern, tokens);
    if (end < matched.next) continue;
    const { intent, needs, asks = false } = pattern.opening;
    const { next } = matched;
    const called = ITEMS.has(tokens[next]?.norm ?? '') && isNumbered(tokens, next + 1) ? next + 1 : next;
    const item = matched.item ?? (TARGETED.has(intent) ? itemNumber(tokens, called, following(intent)) : null);
    found.push({ intent, needs, asks, next, after: Math.max(next, item?.to ?? next), end, item });
  }
  return found.sort((a, b) => b.next - a.next || a.end - b.end);
}

/** Index at which the words begin that the message must end with; -1 when it does not. */
function endAt({ ends }: Pattern, tokens: readonly Token[]): number {
  if (ends.length === 0) return tokens.length;
  let last = tokens.length;
  while (last > 0 && tokens[last - 1]?.kind === 'mark') last -= 1;
  const lengths = ends.map((words) =>
    words.every((word, offset) => tokens[last - words.length + offset]?.norm === word) ? words.length : 0,
  );
  const longest = Math.max(...lengths);
  return longest === 0 ? -1 : last - longest;
}

/** "re-open": two words and the hyphen between them. */
function compound(tokens: readonly Token[], at: number): string | null {
  const [first, hyphen, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  return hyphen?.norm === '-' && !hyphen.spaced && second?.kind === 'word'
    ? `${first?.norm ?? ''}-${second.norm}`
    : null;
}

/** Index after the particle that urges on: "перенеси-ка". */
const urged = (tokens: readonly Token[], at: number) =>
  tokens[at]?.norm === '-' && tokens[at + 1]?.norm === 'ка' && tokens[at + 1]?.spaced === false ? at + 2 : at;

/** What an item may be called before its number. */
const ITEMS = new Set([
  'task',
  'todo',
  'item',
  'reminder',
  'number',
  'задачу',
  'задача',
  'задачи',
  'дело',
  'напоминание',
  'номер',
]);

const isNumbered = (tokens: readonly Token[], at: number) =>
  tokens[at]?.kind === 'number' || (/^[#№]$/.test(tokens[at]?.norm ?? '') && tokens[at + 1]?.kind === 'number');

function match(pattern: Pattern, tokens: readonly Token[]): { next: number; item: Item | null } | null {
  let at = 0;
  let item: Item | null = null;
  const { intent } = pattern.opening;
  for (const [index, place] of pattern.places.entries()) {
    if (place.words.has('#')) {
      // "complete task 12"
      if (ITEMS.has(tokens[at]?.norm ?? '') && isNumbered(tokens, at + 1)) at += 1;
      // "12 done": the phrase itself goes on after the number.
      const after = tokens[at + 1]?.norm ?? '';
      const goesOn =
        pattern.places.slice(index + 1).some(({ words }) => words.has(after)) ||
        pattern.ends.some(([word]) => word === after);
      const named = itemNumber(tokens, at, goesOn ? 'any' : following(intent));
      if (named !== null) {
        item = named;
        at = named.to;
        continue;
      }
    }
    // "Напомни, пожалуйста": a comma inside the phrase.
    if (at > 0 && tokens[at]?.norm === ',' && place.words.has(tokens[at + 1]?.norm ?? '')) at += 1;
    const word = tokens[at]?.norm ?? '';
    if (word !== '' && place.words.has(word)) at = urged(tokens, at + 1);
    else if (place.words.has(compound(tokens, at) ?? '')) at += 3;
    else if (!place.optional) return null;
  }
  return { next: at, item };
}

/** What may follow an item's number without the sign: "done 12", "snooze 12 until 5pm". */
const AFTER_NUMBER = new Set(['to', 'for', 'until', 'till', 'на', 'до', 'again', ':']);
/** What may also follow it where it is moved or snoozed: "move 12 next week", "push 12 by 2 days". */
const AFTER_MOVED = new Set(['by', 'next', 'this', 'on', 'at', 'in', 'в', 'через', 'к', 'как']);

type Following = 'counted' | 'moved' | 'any';
const following = (intent: Intent): Following => (intent === 'move' || intent === 'snooze' ? 'moved' : 'counted');

/** "#12", or "12" with nothing it could count, at a token: an item's short number. `before`: what words may follow. */
function itemNumber(tokens: readonly Token[], index: number, before: Following): Item | null {
  const sign = tokens[index]?.norm === '#' || tokens[index]?.norm === '№' ? 1 : 0;
  const token = tokens[index + sign];
  if (token?.kind !== 'number' || Number.isNaN(token.value) || (sign === 1 && token.spaced) || token.value < 1)
    return null;
  const after = tokens[index + sign + 1];
  const next = index + sign + 1;
  if (after !== undefined && !after.spaced && !(after.kind === 'mark' && ',.:;!?'.includes(after.norm))) return null;
  // "check 3.5 jack"
  if (after?.kind === 'mark' && !after.spaced && tokens[next + 1]?.spaced === false) return null;
  if (
    sign === 0 &&
    after !== undefined &&
    after.kind !== 'mark' &&
    before !== 'any' &&
    !AFTER_NUMBER.has(after.norm) &&
    !(before === 'moved' && AFTER_MOVED.has(after.norm)) &&
    !isTime(tokens, next)
  )
    return null;
  return { number: token.value, from: index, to: next };
}

/** "snooze 12 2h", "move 12 tomorrow": a number with its unit, or the name of a day, cannot be counted by the number before it. */
function isTime(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const named = (at: number, ...kinds: string[]) => meanings(tokens[at]?.norm ?? '').some(({ k }) => kinds.includes(k));
  return token?.kind === 'number' ? named(index + 1, 'unit', 'role') : named(index, 'day', 'weekday', 'clock');
}
