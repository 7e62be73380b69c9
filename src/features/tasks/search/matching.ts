/** Finds the task meant by words of its title ("done with the report"), with typos and inflections. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { statements as sql } from '../statements.ts';
import { allOf, statusKeys, wordKeys } from './keys.ts';
import { OPEN } from './query.ts';
import { statements } from './statements.ts';
import { tsquery, wordsOf } from './words.ts';

/** `one`: the task meant; `several`: which is to be asked, best first; `none`: no title fits. */
export type Found =
  | { readonly kind: 'one'; readonly task: Authorized<Task> }
  | { readonly kind: 'several'; readonly tasks: ReadonlyArray<Authorized<Task>> }
  | { readonly kind: 'none' };

/** Candidates shown when several fit. */
const MOST_SHOWN = 8;
/** Titles compared letter by letter at once, when no title has the words as they are. */
const MOST_COMPARED = 200;
/** Words of a title beyond these are not looked at. */
const MOST_WORDS = 20;

/** Words that say nothing about which task is meant, folded. */
const FILLERS = new Set(
  'a an the my our with to on of for in at it this that task todo and и в во с со на по о об про за к у мой моя мое мою задача задачу задачей задачи это эту этот'.split(
    ' ',
  ),
);

/** The task of the space whose title has these words; open ones unless `closed`. */
export async function findByWords(db: Queryable, actor: Actor, text: string, closed = false): Promise<Found> {
  const all = wordsOf(text);
  if (all.length === 0) return { kind: 'none' };
  const telling = all.filter((word) => !FILLERS.has(word));
  const named = async (words: readonly string[]) =>
    chosen(
      authorizeRows(
        actor,
        await db.query<Task>(statements.byTitle.text, [
          actor.spaceId,
          allOf([...wordKeys(words.slice(0, MOST_WORDS)), standing(closed)]),
          tsquery(words.slice(0, MOST_WORDS)),
          50,
        ]),
      ),
      all,
      telling,
    );
  if (telling.length === 0) return (await named(all)) ?? misspelt(db, actor, all, closed);
  const fewer = await named(telling);
  if (fewer === null) return misspelt(db, actor, telling, closed);
  return (telling.length < all.length ? await named(all) : null) ?? fewer;
}

/** The one whose title is just these words, else all of them. */
function chosen(
  rows: ReadonlyArray<Authorized<Task>>,
  all: readonly string[],
  telling: readonly string[],
): Found | null {
  if (rows.length === 0) return null;
  const titled = rows.filter((task) => {
    const title = wordsOf(task.title);
    return (
      same(title, all) ||
      same(
        title.filter((word) => !FILLERS.has(word)),
        telling,
      )
    );
  });
  const [only, another] = titled.length > 0 ? titled : rows;
  if (only !== undefined && another === undefined) return { kind: 'one', task: only };
  return { kind: 'several', tasks: (titled.length > 1 ? titled : rows).slice(0, MOST_SHOWN) };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

const standing = (closed: boolean): string => statusKeys(closed ? ['done', 'cancelled'] : OPEN);

interface Title {
  readonly id: number;
  readonly words: string;
}

/** The newest titles with words that begin so. */
function titlesWith(db: Queryable, actor: Actor, heads: readonly string[], closed: boolean): Promise<Title[]> {
  const asked = allOf([...wordKeys(heads), standing(closed)]);
  return db.query<Title>(statements.titles.text, [actor.spaceId, asked, MOST_COMPARED]);
}

/**
 * Of few tasks all titles are compared. Of many those that share the beginnings of the words, by half of each or its first letter, and only then the newest: with these first,
 * one of them would be taken where an older one is meant just as well.
 */
async function misspelt(db: Queryable, actor: Actor, words: readonly string[], closed: boolean): Promise<Found> {
  const beginning = (length: (word: string) => number) =>
    words.slice(0, MOST_WORDS).map((word) => [...word].slice(0, length(word)).join(''));
  // Asked together: of words that name nothing all three are wanted, and one answer takes less time than three.
  const [newest, ...alike] = await Promise.all([
    db.query<Title & { whole: boolean }>(statements.newestTitles.text, [actor.spaceId, closed, MOST_COMPARED]),
    titlesWith(db, actor, beginning(halfOf), closed),
    titlesWith(
      db,
      actor,
      beginning(() => 1),
      closed,
    ),
  ]);
  if (newest.length === MOST_COMPARED || !newest[0]?.whole) {
    for (const titles of alike) {
      const found = await nearest(db, actor, words, titles);
      if (found !== null) return found;
    }
  }
  return (await nearest(db, actor, words, newest)) ?? { kind: 'none' };
}

/** Short words are not misspelt. */
const halfOf = (word: string): number => (word.length < 4 ? word.length : Math.ceil(word.length / 2));

/** The titles with the fewest faults; null when the words fit none. */
async function nearest(
  db: Queryable,
  actor: Actor,
  words: readonly string[],
  titles: readonly Title[],
): Promise<Found | null> {
  const scored: Array<{ id: number; faults: number }> = [];
  // Titles share most of their words: each is compared once.
  const distances = words.map((word) => ({ word, known: new Map<string, number | null>() }));
  for (const title of titles) {
    const faults = faultsIn(distances, title.words.split(' '));
    if (faults !== null) scored.push({ id: title.id, faults });
  }
  scored.sort((a, b) => a.faults - b.faults || b.id - a.id);
  const least = scored[0]?.faults;
  const best = scored.filter((one) => one.faults === least).slice(0, MOST_SHOWN);
  if (best.length === 0) return null;
  const ids = best.map((one) => one.id);
  const rows = authorizeRows(actor, await db.query<Task>(sql.byIds, [actor.spaceId, ids]));
  const tasks = [...rows].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  const [only] = tasks;
  return only !== undefined && tasks.length === 1 ? { kind: 'one', task: only } : { kind: 'several', tasks };
}

/** A word that was said, and its distance from words of titles as far as they were met. */
interface Compared {
  readonly word: string;
  readonly known: Map<string, number | null>;
}

/** How far the words are from words of the title, or null when one of them fits none. */
function faultsIn(words: readonly Compared[], title: readonly string[]): number | null {
  let faults = 0;
  for (const { word, known } of words) {
    let best: number | null = null;
    for (const candidate of title) {
      let distance = known.get(candidate);
      if (distance === undefined) {
        distance = wordDistance(word, candidate);
        known.set(candidate, distance);
      }
      if (distance !== null && (best === null || distance < best)) best = distance;
      if (best === 0) break;
    }
    if (best === null) return null;
    faults += best;
  }
  return faults;
}

/** 0 for the word or its beginning, 1 to 2 for typos and other endings, null when it is another word. */
function wordDistance(word: string, candidate: string): number | null {
  if (candidate.startsWith(word)) return 0;
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (allowed > 0) {
    const distance = edits(word, candidate, allowed);
    if (distance !== null) return distance;
  }
  // Russian endings: "отчетом" and "отчет", "статью" and "статья". A stem of four letters, short tails on both sides.
  if (!/\p{Script=Cyrillic}/u.test(word)) return null;
  let common = 0;
  while (common < word.length && word[common] === candidate[common]) common += 1;
  return common >= Math.max(3, word.length - 3) && candidate.length - common <= 3 ? 1 : null;
}

/** Optimal string alignment distance (a swap of neighbours is one edit), or null above `most`. */
function edits(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      row.push(value);
      if (value < least) least = value;
    }
    if (least > most) return null;
    before = last;
    last = row;
  }
  const distance = last[b.length] ?? most + 1;
  return distance <= most ? distance : null;
}
