/** A message ready to be read: its tokens, what each may mean, and the owner's day. The rules ask it questions by token index. */
import { type DayNumber, type Weekday, weekStartNumber } from '../core/days.ts';
import { wallNumbers } from '../core/zones.ts';
import { meanings, nearest } from './lexicon.ts';
import type { Token } from './tokens.ts';
import { type CaptureContext, type Correction, DAY_PARTS, type DayParts } from './types.ts';
import type { Lexeme, Role } from './words/lexeme.ts';

/** A meaning that begins at a token, and the token after it. The kind and role of its lexeme stand beside it, as every rule asks for them. */
interface Meaning {
  lexeme: Lexeme;
  kind: Lexeme['k'];
  role: Role | null;
  next: number;
}

const meaningOf = (lexeme: Lexeme, next: number): Meaning => ({
  lexeme,
  kind: lexeme.k,
  role: lexeme.k === 'role' ? lexeme.role : null,
  next,
});

export interface Scan {
  text: string;
  tokens: readonly Token[];
  meant: readonly (readonly Meaning[])[];
  context: CaptureContext;
  parts: DayParts;
  /** The owner's today. */
  today: DayNumber;
  /** Milliseconds since today's midnight on the owner's wall clock. */
  clockMs: number;
  weekStart: Weekday;
  /** The half of the day that what is to be done belongs to ("wake up", "dinner"), where the words tell one. */
  leans: 'morning' | 'evening' | null;
  corrections: Map<number, Correction>;
  /** Token the task's own words begin at: after "remind me" and the like. */
  begin: number;
  /** Tokens taken as tags, priority and so on: the end of a clause for what stands before them. */
  fields: ReadonlySet<number>;
}

function leaning(tokens: readonly Token[]): Scan['leans'] {
  const waking = tokens.some(({ known }) => known.waking);
  const dining = tokens.some(({ known }) => known.dining);
  return waking === dining ? null : waking ? 'morning' : 'evening';
}

const NOTHING: readonly Meaning[] = [];

/** Looks up every token. `guess`: also weekdays and months with one wrong letter. */
export function scanTokens(
  text: string,
  tokens: readonly Token[],
  context: CaptureContext,
  begin: number,
  fields: ReadonlySet<number>,
  guess: boolean,
): Scan {
  const corrections = new Map<number, Correction>();
  const silent = idiomsIn(tokens);
  const meant = tokens.map((token, index): readonly Meaning[] => {
    if (silent.has(index)) return NOTHING;
    if (token.kind !== 'word' || index < begin || fields.has(index)) return NOTHING;
    return meaningsAt(text, tokens, index, guess, corrections);
  });
  let first = begin;
  // "#дом завтра", "напомни мне, пожалуйста, завтра": what comes first after the fields and the comma.
  while (fields.has(first) || (first > 0 && tokens[first]?.norm === ',')) first += 1;
  const wall = wallNumbers(context.now, context.zone);
  return {
    text,
    tokens,
    meant,
    context,
    parts: context.dayParts === undefined ? DAY_PARTS : { ...DAY_PARTS, ...context.dayParts },
    today: wall.day,
    clockMs: wall.ms,
    weekStart: weekStartNumber(context.weekStart ?? 'monday'),
    leans: leaning(tokens),
    corrections,
    begin: first < tokens.length ? first : begin,
    fields,
  };
}

/** Tokens of fixed expressions, which tell no time. */
function idiomsIn(tokens: readonly Token[]): ReadonlySet<number> {
  let silent: Set<number> | null = null;
  for (const [index, token] of tokens.entries()) {
    for (const idiom of token.known.idioms) {
      if (!idiom.every((word, offset) => tokens[index + offset]?.norm === word)) continue;
      silent ??= new Set();
      for (let offset = 0; offset < idiom.length; offset += 1) silent.add(index + offset);
    }
  }
  return silent ?? NONE_SILENT;
}
const NONE_SILENT: ReadonlySet<number> = new Set();

function meaningsAt(
  text: string,
  tokens: readonly Token[],
  index: number,
  guess: boolean,
  corrections: Map<number, Correction>,
): readonly Meaning[] {
  const token = tokens[index];
  if (token === undefined) return NOTHING;
  const found: Meaning[] = [];
  for (const phrase of token.known.phrases) {
    if (phrase.words.every((part, offset) => tokens[index + offset]?.norm === part)) {
      for (const lexeme of phrase.means) found.push(meaningOf(lexeme, index + phrase.takes));
    }
  }
  let own = token.known.means;
  if (own.length === 0 && found.length === 0) {
    const meant = token.known.respelt ?? (guess ? nearest(token.norm) : null);
    if (meant === null) return NOTHING;
    corrections.set(index, { typed: text.slice(token.start, token.end), meant });
    own = meanings(meant);
  }
  if (own.length === 0) return found.length === 0 ? NOTHING : found;
  for (const lexeme of own) found.push(meaningOf(lexeme, index + 1));
  return found;
}

/** What the word at `index` may mean; nothing before the first token and behind the last. */
export function meantAt({ meant }: Scan, index: number): readonly Meaning[] {
  return index < 0 || index >= meant.length ? NOTHING : (meant[index] ?? NOTHING);
}

/** The token at `index`; undefined before the first and behind the last. */
export function tokenAt({ tokens }: Scan, index: number): Token | undefined {
  return index < 0 || index >= tokens.length ? undefined : tokens[index];
}

/** Index after a word with this role at `index`, or -1. */
export function role(scan: Scan, index: number, wanted: Role): number {
  for (const { role, next } of meantAt(scan, index)) if (role === wanted) return next;
  return -1;
}

/** Index after any of the roles, or -1. */
export function anyRole(scan: Scan, index: number, ...wanted: readonly Role[]): number {
  for (const { role, next } of meantAt(scan, index)) if (role !== null && wanted.includes(role)) return next;
  return -1;
}

/** Index after an optional word: the same index when it is not there. */
export function skip(scan: Scan, index: number, ...wanted: readonly Role[]): number {
  const next = anyRole(scan, index, ...wanted);
  return next === -1 ? index : next;
}

/** The first meaning of a kind at `index`. */
export function meaning<K extends Lexeme['k']>(
  scan: Scan,
  index: number,
  kind: K,
): { lexeme: Extract<Lexeme, { k: K }>; next: number } | null {
  for (const found of meantAt(scan, index)) {
    if (found.kind === kind) return { lexeme: found.lexeme as Extract<Lexeme, { k: K }>, next: found.next };
  }
  return null;
}

/** Whether the word at `index` can mean something of these kinds. */
export function anyMeaning(scan: Scan, index: number, ...kinds: readonly Lexeme['k'][]): boolean {
  return meantAt(scan, index).some(({ kind }) => kinds.includes(kind));
}

/** The joining words a rule may begin with, apart by spaces. */
export const joining = (roles: string): ReadonlySet<string> => new Set(roles.split(' '));

/** Whether a rule that begins with what has a meaning, or with one of these joining words, may begin at `index`; one that is no word is let through. */
export function opensWith(scan: Scan, index: number, words: ReadonlySet<string>): boolean {
  const token = tokenAt(scan, index);
  if (token === undefined || token.kind !== 'word') return token !== undefined;
  for (const { role } of meantAt(scan, index)) if (role === null || words.has(role)) return true;
  return false;
}

/** A rule that several others ask about the same token, with its answers kept as long as the scan is. */
export function remembered<T>(rule: (scan: Scan, index: number) => T): (scan: Scan, index: number) => T {
  const answers = new WeakMap<Scan, Map<number, T>>();
  return (scan, index) => {
    let known = answers.get(scan);
    if (known === undefined) {
      known = new Map();
      answers.set(scan, known);
    }
    const answer = known.get(index);
    if (answer !== undefined) return answer;
    const found = rule(scan, index);
    known.set(index, found);
    return found;
  };
}

/** A whole number in digits or words. */
export function numeral(scan: Scan, index: number): { n: number; next: number; digits: number } | null {
  const token = tokenAt(scan, index);
  if (token === undefined) return null;
  if (token.kind === 'number' && !Number.isNaN(token.value))
    return { n: token.value, next: afterEnding(scan, index + 1), digits: token.norm.length };
  const word = meaning(scan, index, 'number');
  return word === null ? null : { n: word.lexeme.n, next: word.next, digits: 0 };
}

/** Index after the ending a number in digits was given: "к 15-ти", "2-х", "в 19ть". */
function afterEnding(scan: Scan, index: number): number {
  const at = mark(scan, index, '-', true) === -1 ? index : index + 1;
  const ending = tokenAt(scan, at);
  return ending !== undefined && !ending.spaced && /^(?:ти|ми|х|ть|и)$/.test(ending.norm) ? at + 1 : index;
}

/** Index after one of the marks, or -1. `tight`: only without a space before it. */
export function mark(scan: Scan, index: number, marks: string, tight = false): number {
  const token = tokenAt(scan, index);
  return token?.kind === 'mark' && marks.includes(token.norm) && !(tight && token.spaced) && !scan.fields.has(index)
    ? index + 1
    : -1;
}

/** Whether the token touches the one before it. */
export function touches(scan: Scan, index: number): boolean {
  const token = tokenAt(scan, index);
  return token !== undefined && !token.spaced && index > 0;
}

/** The folded word or digits at `index`; empty past the end and for marks taken as fields. */
export function wordAt(scan: Scan, index: number): string {
  return tokenAt(scan, index)?.norm ?? '';
}

/** An ordinal number: "5th", "5-го", "fifth". Up to 31. */
export function ordinal(scan: Scan, index: number): { n: number; next: number; digits: boolean } | null {
  const token = tokenAt(scan, index);
  if (token === undefined) return null;
  if (token.kind === 'word') {
    const word = meaning(scan, index, 'ordinal');
    return word === null ? null : { n: word.lexeme.n, next: word.next, digits: false };
  }
  if (token.kind !== 'number' || Number.isNaN(token.value) || token.value > 400) return null;
  let at = index + 1;
  const hyphen = mark(scan, at, '-', true) !== -1;
  if (hyphen) at += 1;
  const suffix = tokenAt(scan, at);
  if (suffix?.kind !== 'word' || !SUFFIXES.has(suffix.norm)) return null;
  // "16 го": of the endings the only ones that mean nothing else when they stand apart.
  if (suffix.spaced && (hyphen || token.value > 31 || !/^(?:го|ого)$/.test(suffix.norm))) return null;
  // "15м" are minutes or metres.
  if (suffix.norm === 'м' && !hyphen) return null;
  return { n: token.value, next: at + 1, digits: true };
}
const SUFFIXES = new Set(['st', 'nd', 'rd', 'th', 'го', 'е', 'й', 'ого', 'ое', 'ая', 'я', 'му', 'ый', 'ую', 'ю', 'м']);

/** "9 декбря в среду": a word after a number that is one letter from a month's. */
export function isMisspeltMonth(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index - 1]?.kind === 'number' ? (tokens[index]?.norm ?? '') : '';
  const meant = word === '' || meanings(word).length > 0 ? null : nearest(word);
  return meant !== null && meanings(meant).some(({ k }) => k === 'month');
}

/** Whether a word without a meaning is one letter from a weekday, month or day: spares most messages a scan that guesses. */
export const mayBeMisspelt = (scan: Scan): boolean =>
  scan.tokens.some(
    ({ kind, norm }, index) => kind === 'word' && meantAt(scan, index).length === 0 && nearest(norm) !== null,
  );
