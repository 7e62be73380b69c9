/** Finds the task meant by words of its title ("done with the report"), with typos and inflections. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Task, TaskStatus } from '../../../storage/rows.ts';
import { statements as sql } from '../statements.ts';
import { allOf, anyOf, statusKeys, wordKeys } from './keys.ts';
import { OPEN } from './query.ts';
import { spellingOf } from './spelling.ts';
import { statements } from './statements.ts';
import { tsquery, wordsOf } from './words.ts';

/** `one`: the task meant; `several`: which is to be asked, best first; `none`: no title fits. */
export type Found =
  | { readonly kind: 'one'; readonly task: Authorized<Task> }
  | { readonly kind: 'several'; readonly tasks: ReadonlyArray<Authorized<Task>> }
  | { readonly kind: 'none' };

/** Candidates shown when several fit. */
const MOST_SHOWN = 8;
/** Titles with just these words that are looked at. */
const MOST_NAMED = 50;
/** Titles compared letter by letter at once, when no title has the words as they are. */
const MOST_COMPARED = 200;
/** Words of a title beyond these are not looked at. */
const MOST_WORDS = 20;
/** Of more words none is left out. */
const MOST_LEFT_OUT = 6;
/** Stretches of numbers beside the newest one. */
const NEWEST_STRETCHES = 1;
const EVERY_STRETCH = 2 ** 18;

/** Words that say nothing about which task is meant, folded. */
const FILLERS = new Set(
  'a an the my our with to on of for in at it this that task todo and и в во с со на по о об про за к у мой моя мое мою задача задачу задачей задачи это эту этот'.split(
    ' ',
  ),
);

/** Which tasks are looked among. */
type Among = 'open' | 'closed' | 'any';

/** The task of the space whose title has these words; open ones unless `closed`. */
export async function findByWords(db: Queryable, actor: Actor, text: string, closed = false): Promise<Found> {
  const found = await lookUp(db, actor, text, closed ? 'closed' : 'open');
  return closed ? found.closed : found.open;
}

/** The open task with these words; where there is none, the closed one. Together they cost half of what one after the other does. */
export function findOpenElseClosed(db: Queryable, actor: Actor, text: string): Promise<OpenElseClosed> {
  return lookUp(db, actor, text, 'any');
}

/** `closed` is only told where nothing open fits. */
export interface OpenElseClosed {
  readonly open: Found;
  readonly closed: Found;
}

const NONE: Found = { kind: 'none' };
const CLOSED: readonly TaskStatus[] = ['done', 'cancelled'];
const isClosed = ({ status }: Task): boolean => CLOSED.includes(status);

async function lookUp(db: Queryable, actor: Actor, text: string, among: Among): Promise<OpenElseClosed> {
  const all = wordsOf(text);
  if (all.length === 0) return { open: NONE, closed: NONE };
  const telling = all.filter((word) => !FILLERS.has(word));
  const named = async (words: readonly string[]) => {
    const some = words.slice(0, MOST_WORDS);
    const rows = await askedAmong(among, MOST_NAMED, (which) =>
      db.query<Task>(statements.byTitle.text, [
        actor.spaceId,
        allOf([...wordKeys(some), ...standing(which)]),
        tsquery(some),
        MOST_NAMED,
      ]),
    );
    const tasks = authorizeRows(actor, rows);
    return {
      open: chosen(
        tasks.filter((task) => !isClosed(task)),
        all,
        telling,
      ),
      closed: chosen(tasks.filter(isClosed), all, telling),
    };
  };
  const asked = telling.length === 0 ? all : telling;
  let { open, closed } = await named(asked);
  if (asked.length < all.length && (open ?? closed) !== null) {
    const whole = await named(all);
    open = whole.open ?? open;
    closed = whole.closed ?? closed;
  }
  if (open !== null) return { open, closed: NONE };
  if (among === 'closed' && closed !== null) return { open: NONE, closed };
  const alike = await titlesAlike(db, actor, asked, among);
  open = await nearest(db, actor, asked, alike.open);
  if (open === null) closed ??= await nearest(db, actor, asked, alike.closed);
  return { open: open ?? NONE, closed: open === null ? (closed ?? NONE) : NONE };
}

/** Asks for both at once; where there are more than are read, for each on its own: hundreds that are done must not hide the open one. */
async function askedAmong<Row>(among: Among, most: number, ask: (among: Among) => Promise<Row[]>): Promise<Row[]> {
  const rows = await ask(among);
  if (among !== 'any' || rows.length < most) return rows;
  return (await Promise.all([ask('open'), ask('closed')])).flat();
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

const standing = (among: Among): string[] => (among === 'any' ? [] : [statusKeys(among === 'closed' ? CLOSED : OPEN)]);

interface Title {
  readonly id: number;
  readonly words: string;
  readonly closed: boolean;
}

/** The newest titles that `keys` ask for, of the newest `stretches` of numbers. */
function titlesWith(db: Queryable, actor: Actor, among: Among, keys: string, stretches: number): Promise<Title[]> {
  return askedAmong(among, MOST_COMPARED, (which) =>
    db.query<Title>(statements.titles.text, [
      actor.spaceId,
      allOf([keys, ...standing(which)]),
      MOST_COMPARED,
      stretches,
      statusKeys(CLOSED),
    ]),
  );
}

/** Titles that misspelt words may mean: lists to be compared one after the other, each asked for when those before it had none. */
type Alike = ReadonlyArray<() => Promise<readonly Title[]>>;

/**
 * Of few tasks all titles. Of many first those that share half of each word, whatever their age. Then, of the newest 8,192 to 16,384 numbers, those that
 * share all first letters, and those that share half of all words but one: these lists are long, and read of all numbers they took
 * a millisecond for every 10,000 tasks. At last, for a single word, the newest titles: with these first, one of them would be taken where an older one is meant just as well.
 */
async function titlesAlike(
  db: Queryable,
  actor: Actor,
  words: readonly string[],
  among: Among,
): Promise<Record<'open' | 'closed', Alike>> {
  const some = words.slice(0, MOST_WORDS);
  const halves = wordKeys(some.map((word) => beginning(word, halfOf(word))));
  const firsts = allOf(wordKeys(some.map((word) => beginning(word, 1))));
  const leaving = some.length > 1 && some.length <= MOST_LEFT_OUT;
  const butOne = leaving ? halves.map((_, place) => allOf(halves.toSpliced(place, 1))) : [];
  const newestOf = (others: boolean) =>
    db.query<Title>(statements.newestTitles.text, [
      actor.spaceId,
      among === 'any' ? [false, true] : [among === 'closed'],
      MOST_COMPARED,
      others,
    ]);
  const [half, all] = await Promise.all([titlesWith(db, actor, among, allOf(halves), EVERY_STRETCH), newestOf(false)]);
  const first = once(() => titlesWith(db, actor, among, anyOf([firsts, ...butOne]), NEWEST_STRETCHES));
  const newest = once(async () => (some.length === 1 ? newestOf(true) : []));
  const lists = (closed: boolean): Alike => {
    const of = (titles: readonly Title[]) => titles.filter((title) => title.closed === closed);
    if (of(all).length > 0) return [async () => of(all)];
    return [async () => of(half), async () => of(await first()), async () => of(await newest())];
  };
  return { open: lists(false), closed: lists(true) };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

const beginning = (word: string, length: number): string => [...word].slice(0, length).join('');
/** Short words are not misspelt. */
const halfOf = (word: string): number => (word.length < 4 ? word.length : Math.ceil(word.length / 2));

/** The titles with the fewest faults, of the first list that has any; null when the words fit none. */
async function nearest(db: Queryable, actor: Actor, words: readonly string[], alike: Alike): Promise<Found | null> {
  const faultsOf = spellingOf(words);
  for (const titles of alike) {
    const scored = (await titles()).flatMap((title) => {
      const faults = faultsOf(title.words.split(' '));
      return faults === null ? [] : [{ id: title.id, faults }];
    });
    scored.sort((a, b) => a.faults - b.faults || b.id - a.id);
    const least = scored[0]?.faults;
    const ids = scored
      .filter(({ faults }) => faults === least)
      .slice(0, MOST_SHOWN)
      .map(({ id }) => id);
    if (ids.length === 0) continue;
    const rows = authorizeRows(actor, await db.query<Task>(sql.byIds, [actor.spaceId, ids]));
    const tasks = [...rows].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    const [only] = tasks;
    return only !== undefined && tasks.length === 1 ? { kind: 'one', task: only } : { kind: 'several', tasks };
  }
  return null;
}
