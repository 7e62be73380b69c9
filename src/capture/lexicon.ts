/** The word lists of all languages as one look-up: the scripts differ, so a message may mix them. */
import { en } from './words/en.ts';
import type { Lexeme, Part, Role, Unit, Words } from './words/lexeme.ts';
import { ru } from './words/ru.ts';

export const languages: readonly Words[] = [en, ru];

/** Several words that mean what one does; `takes`: how many of them, where the rest only vouch for those. */
interface Phrase {
  words: readonly string[];
  means: readonly Lexeme[];
  takes: number;
}

/** All that the lists tell of a word by itself: a message looks each of its words up once. */
export interface Known {
  readonly means: readonly Lexeme[];
  /** Phrases that begin with it, longest first. */
  readonly phrases: readonly Phrase[];
  /** Fixed expressions that begin with it, each as its words. */
  readonly idioms: readonly (readonly string[])[];
  /** The word it stands for as a common misspelling. */
  readonly respelt: string | null;
  /** The half of the day that what it names is done in. */
  readonly waking: boolean;
  readonly dining: boolean;
}

/** A word that no list has. */
export const UNKNOWN: Known = { means: [], phrases: [], idioms: [], respelt: null, waking: false, dining: false };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const known = new Map<string, Mutable<Known>>();

function entryOf(word: string): Mutable<Known> {
  const found = known.get(word) ?? { ...UNKNOWN };
  known.set(word, found);
  return found;
}

/** Every word that is one deletion away from a weekday, month or "tomorrow", to the words it came from. */
const deletions = new Map<string, string[]>();
/** The first two letters of each such word, and its last two: one edit leaves either as it is. */
const edges = new Set<string>();
const smallTalk = new Set<string>();
const talkStarts = new Set<string>();

const split = (text: string) => text.split(' ').filter((word) => word !== '');

function add(text: string, lexeme: Lexeme): void {
  for (const word of split(text)) {
    const entry = entryOf(word.replaceAll('ё', 'е'));
    entry.means = [...entry.means, lexeme];
  }
}

function addCorrectable(text: string): void {
  for (const word of split(text)) {
    if (word.length < 6) continue;
    edges.add(word.slice(0, 2)).add(word.slice(-2));
    for (const form of [word, ...shortened(word)]) {
      const from = deletions.get(form);
      if (from === undefined) deletions.set(form, [word]);
      else if (!from.includes(word)) from.push(word);
    }
  }
}

function shortened(word: string): string[] {
  return Array.from({ length: word.length }, (_, index) => word.slice(0, index) + word.slice(index + 1));
}

function entries<V>(record: Readonly<Record<number, V>>): [number, V][] {
  return Object.entries(record).map(([key, value]) => [Number(key), value]);
}

function load(list: Words): void {
  const weakDays = new Set(split(list.weakWeekdays));
  const weakMonths = new Set(split(list.weakMonths));
  list.weekdays.forEach((text, index) => {
    for (const word of split(text)) add(word, { k: 'weekday', n: index + 1, weak: weakDays.has(word), plural: false });
    addCorrectable(text);
  });
  for (const text of Object.values(list.days)) addCorrectable(text);
  list.pluralWeekdays.forEach((text, index) => {
    add(text, { k: 'weekday', n: index + 1, weak: false, plural: true });
  });
  list.months.forEach((text, index) => {
    for (const word of split(text)) add(word, { k: 'month', n: index + 1, weak: weakMonths.has(word) });
    addCorrectable(text);
  });
  for (const [unit, text] of Object.entries(list.units)) add(text, { k: 'unit', unit: unit as Unit });
  for (const [n, text] of entries(list.numbers)) add(text, { k: 'number', n });
  for (const [n, text] of entries(list.ordinals)) add(text, { k: 'ordinal', n });
  for (const [n, text] of entries(list.days)) add(text, { k: 'day', n });
  for (const [part, text] of Object.entries(list.parts)) add(text, { k: 'part', part: part as Part, plural: false });
  for (const [part, text] of Object.entries(list.pluralParts))
    add(text, { k: 'part', part: part as Part, plural: true });
  for (const [n, text] of entries(list.clocks)) add(text, { k: 'clock', n });
  for (const [n, text] of entries(list.halfTo)) add(text, { k: 'halfTo', n });
  for (const [minutes, text] of entries(list.spans)) add(text, { k: 'span', minutes });
  for (const [unit, text] of Object.entries(list.endOf)) {
    add(text, { k: 'endOf', unit: unit as 'day' | 'week' | 'month' | 'quarter' | 'year' });
  }
  for (const [role, text] of Object.entries(list.roles)) add(text, { k: 'role', role: role as Role });
  for (const [zone, text] of Object.entries(list.zones)) add(text, { k: 'zone', zone });
  for (const { words: text, ...rule } of list.repeats) add(text, { k: 'repeat', rule });
  for (const { phrase, means, takes } of list.phrases) {
    const parts = split(phrase.replaceAll('ё', 'е'));
    const first = parts[0];
    if (first === undefined) continue;
    const all = [...entryOf(first).phrases, { words: parts, means, takes: takes ?? parts.length }];
    // "twenty-first" as well as "twenty first".
    if (parts.length === 2 && /^(?:twenty|thirty|forty|fifty)$/.test(first))
      all.push({ words: [first, '-', parts[1] ?? ''], means, takes: 3 });
    entryOf(first).phrases = all.sort((a, b) => b.words.length - a.words.length);
  }
  for (const idiom of list.idioms.split('|')) {
    const parts = split(idiom);
    const entry = entryOf(parts[0] ?? '');
    entry.idioms = [...entry.idioms, parts];
  }
  for (const talk of list.smallTalk.split('|')) {
    smallTalk.add(talk);
    talkStarts.add(split(talk)[0] ?? '');
  }
  for (const [typed, meant] of Object.entries(list.misspelt)) entryOf(typed).respelt = meant;
  for (const word of split(list.waking.replaceAll('ё', 'е'))) entryOf(word).waking = true;
  for (const word of split(list.dining.replaceAll('ё', 'е'))) entryOf(word).dining = true;
}

for (const list of languages) load(list);

const merged = (pick: (list: Words) => string) =>
  new Set(languages.flatMap((list) => split(pick(list).replaceAll('ё', 'е'))));

/** Words by what they do to the date words beside them; see `Words`. */
export const vocabulary = {
  followers: merged((list) => list.followers),
  measures: merged((list) => list.measures),
  naming: merged((list) => list.naming),
  streets: merged((list) => list.streets),
  waking: merged((list) => list.waking),
  dining: merged((list) => list.dining),
  holidays: merged((list) => list.holidays),
  owning: merged((list) => list.owning),
  aiming: merged((list) => list.aiming),
  papers: merged((list) => list.papers ?? ''),
  verbs: merged((list) => list.verbs),
  articles: merged((list) => list.articles),
  taskFronts: merged((list) => list.taskFronts),
  reminderFronts: merged((list) => list.reminderFronts),
  titleEdges: merged((list) => list.titleEdges),
  phrasals: merged((list) => list.phrasals ?? ''),
  separable: merged((list) => list.separable ?? ''),
  books: merged((list) => list.books ?? ''),
  undoFillers: merged((list) => list.undoFillers ?? ''),
  greetings: merged((list) => list.greetings ?? ''),
  titleBacks: merged((list) => `${list.titleEdges} ${list.titleBacks ?? ''}`),
  listOpeners: merged((list) => list.listOpeners),
  listFillers: merged((list) => list.listFillers),
  listNouns: merged((list) => list.listNouns),
  notTypos: merged((list) => list.notTypos),
  priorityNouns: merged((list) => list.priorityNouns ?? ''),
  finished: merged((list) => list.finished ?? ''),
  hanging: merged((list) => list.hanging ?? ''),
  marks: merged((list) => list.behind?.marks ?? ''),
  items: merged((list) => list.behind?.items ?? ''),
  itemAbout: merged((list) => list.behind?.about ?? ''),
  noRequest: merged((list) => list.behind?.not ?? ''),
  abbreviations: merged((list) => list.abbreviations ?? ''),
};

/** What the lists tell of a word. */
export function lookUp(word: string): Known {
  return known.get(word) ?? UNKNOWN;
}

/** What one word can mean; empty for a word the grammar does not know. */
export function meanings(word: string): readonly Lexeme[] {
  return lookUp(word).means;
}

/** Whether words that only keep company may begin with this one. */
export function startsTalk(word: string): boolean {
  return talkStarts.has(word);
}

/** Whether folded words, apart by single spaces, only keep company: "thanks", or a few such in a row ("ok cool thanks"). */
export function isSmallTalk(words: string): boolean {
  return smallTalk.has(words) || isTalkInRow(words.split(' '), MOST_TALK);
}
const MOST_TALK = 3;

function isTalkInRow(words: readonly string[], most: number): boolean {
  if (words.length === 0) return true;
  if (most === 0) return false;
  return words.some(
    (_, index) => smallTalk.has(words.slice(0, index + 1).join(' ')) && isTalkInRow(words.slice(index + 1), most - 1),
  );
}

/** The weekday, month or day like "tomorrow" a word is one edit from (one letter more, less, other, or two swapped), or null; several of one meaning count as one. */
export function nearest(word: string): string | null {
  if (word.length < 5 || word.length > 12 || vocabulary.notTypos.has(word)) return null;
  if (!edges.has(word.slice(0, 2)) && !edges.has(word.slice(-2))) return null;
  let found: string | null = null;
  for (const form of [word, ...shortened(word)]) {
    for (const candidate of deletions.get(form) ?? []) {
      if (candidate === found || !oneEdit(word, candidate)) continue;
      if (found !== null && !sameMeaning(found, candidate)) return null;
      found ??= candidate;
    }
  }
  return found;
}

function sameMeaning(a: string, b: string): boolean {
  const [first] = meanings(a);
  const [second] = meanings(b);
  return (
    first !== undefined &&
    second !== undefined &&
    first.k === second.k &&
    'n' in first &&
    'n' in second &&
    first.n === second.n
  );
}

function oneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a.charAt(start) === b.charAt(start)) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a.charAt(a.length - 1 - end) === b.charAt(b.length - 1 - end)
  )
    end += 1;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return (
    restA.length === 2 &&
    restB.length === 2 &&
    restA.charAt(0) === restB.charAt(1) &&
    restA.charAt(1) === restB.charAt(0)
  );
}
