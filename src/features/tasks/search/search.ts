/** Finds tasks by words of titles, notes and tags, and by filters. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import { membersOf } from '../../../access/groups.ts';
import type { Actor } from '../../../access/people.ts';
import { type EpochMs, iso } from '../../../core/clock.ts';
import { addDays } from '../../../core/days.ts';
import { instantOf } from '../../../core/zones.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Named, Task } from '../../../storage/rows.ts';
import { meansMe, meansNobody, memberNamed } from '../assign/members.ts';
import { type Marks, marksOf } from '../links/tree.ts';
import { daysOf, PAGE_SIZE } from '../lists/lists.ts';
import { statements as sql } from '../statements.ts';
import { STATUSES } from '../task.ts';
import { stemOf } from './forms.ts';
import { allOf, filterKeys, statusKeys, wordKeys } from './keys.ts';
import { parseQuery, type SearchQuery } from './query.ts';
import { statements } from './statements.ts';
import { tsquery, wordsOf } from './words.ts';

/** Matches ranked and paged through at most. */
export const MOST_FOUND = 600;
/** Words of a search beyond these are left out: a pasted page must not become a query of a thousand terms. */
const MOST_WORDS = 12;

export interface SearchPage {
  readonly query: SearchQuery;
  readonly tasks: ReadonlyArray<Authorized<Task>>;
  /** how they hang together with others, by id */
  readonly marks: ReadonlyMap<number, Marks>;
  /** at most `MOST_FOUND` */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** Instants of a range of days in the owner's zone, the end exclusive. */
function instants(range: SearchQuery['created'], zone: string): [string | null, string | null] {
  if (range === null) return [null, null];
  return [
    range.from === null ? null : iso(instantOf(range.from, '00:00', zone)),
    range.to === null ? null : iso(instantOf(addDays(range.to, 1), '00:00', zone)),
  ];
}

async function idOf(
  db: Queryable,
  actor: Actor,
  statement: (typeof sql)['projectByName'],
  name: string | null,
): Promise<number | null | undefined> {
  if (name === null) return null;
  const [row] = await db.query<Named>(statement, [actor.spaceId, name]);
  return row?.id;
}

/** The id of who of the group a query names; 0: nobody; null: it names no one; undefined: nobody is called so. */
async function assigneeOf(db: Queryable, actor: Actor, name: string | null): Promise<number | null | undefined> {
  if (name === null) return null;
  if (meansNobody(name)) return 0;
  if (meansMe(name)) return actor.person.id;
  if (!actor.group) return undefined;
  return memberNamed(await membersOf(db, actor.group.id), name)?.id;
}

type Found = Task & { readonly total: number };

/**
 * The query made ready to be read from, `limit` rows behind `offset`; null when it can find nothing. `forms`: words are found in their other
 * forms too.
 */
async function prepared(
  db: Queryable,
  actor: Actor,
  query: SearchQuery,
  forms: boolean,
): Promise<((limit: number, offset: number) => Promise<Found[]>) | null> {
  const words = wordsOf(query.words).slice(0, MOST_WORDS);
  const projectId = await idOf(db, actor, sql.projectByName, query.project);
  const clientId = await idOf(db, actor, sql.clientByName, query.client);
  if (projectId === undefined || clientId === undefined) return null;
  const assignee = await assigneeOf(db, actor, query.assigned);
  if (assignee === undefined) return null;
  const named = filterKeys(query, projectId, clientId, assignee);
  // What is nobody's, or without a tag, stands in no key: looked for among all there are.
  const lacks = assignee === 0 || query.without.length > 0;
  const keys = lacks && named.length === query.without.length ? [statusKeys(STATUSES), ...named] : named;
  if (words.length === 0 && (keys.length === 0 || query.words !== '')) return null;
  const asked = allOf([...wordKeys(forms ? words.map(stemOf) : words), ...keys]);
  const due = query.due === 'none' ? null : query.due;
  const completed = query.completed;
  const bounds = [due?.from ?? null, due?.to ?? null, ...instants(query.created, actor.person.timezone), assignee];
  if (completed !== null)
    return (limit, offset) =>
      db.query<Found>(statements.completed.text, [
        ...[actor.spaceId, asked, ...bounds, ...instants(completed, actor.person.timezone), limit, offset],
      ]);
  return (limit, offset) =>
    words.length > 0
      ? db.query<Found>(statements.search.text, [
          ...[actor.spaceId, asked, tsquery(words), tsquery(words, true)],
          ...[...bounds, limit, offset],
        ])
      : db.query<Found>(statements.filter.text, [actor.spaceId, asked, ...bounds, limit, offset]);
}

const tasksOf = (actor: Actor, rows: readonly Found[]): Array<Authorized<Task>> =>
  authorizeRows(
    actor,
    rows.map(({ total: _, ...task }) => task),
  );

/**
 * Tasks of the actor's space that have all the words, in any order, as beginnings and in their other forms, case and accents folded, and pass the
 * filters. Best first: whole words of the title, beginnings in the title, open ones, the newest. A query of neither words nor filters finds nothing.
 */
export async function searchTasks(
  db: Queryable,
  actor: Actor,
  text: string,
  page: number,
  now: EpochMs,
): Promise<SearchPage> {
  const query = parseQuery(text, daysOf(actor, now));
  const read = await prepared(db, actor, query, true);
  if (read === null) return { query, tasks: [], marks: new Map(), total: 0, page: 1, pages: 1 };
  const asked = Math.min(Math.max(1, page), MOST_FOUND / PAGE_SIZE);
  let rows = await read(PAGE_SIZE, (asked - 1) * PAGE_SIZE);
  let shown = asked;
  if (rows.length === 0 && asked > 1) {
    // The last page emptied meanwhile: the page before it, found by the total of the first.
    const [first] = await read(1, 0);
    shown = Math.max(1, Math.ceil((first?.total ?? 0) / PAGE_SIZE));
    rows = await read(PAGE_SIZE, (shown - 1) * PAGE_SIZE);
  }
  const total = rows[0]?.total ?? 0;
  return {
    query,
    tasks: tasksOf(actor, rows),
    marks: await marksOf(db, actor, rows),
    total,
    page: shown,
    pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
  };
}

/** All that has the words of a query as beginnings and passes its filters, at most `limit`, in the order of `searchTasks`; `total` says how many there are. */
export async function findAll(
  db: Queryable,
  actor: Actor,
  query: SearchQuery,
  limit: number,
): Promise<{ readonly tasks: ReadonlyArray<Authorized<Task>>; readonly total: number }> {
  // Chosen to be changed all at once: only what has the words as they were said.
  const read = await prepared(db, actor, query, false);
  const rows = read === null ? [] : await read(limit, 0);
  return { tasks: tasksOf(actor, rows), total: rows[0]?.total ?? 0 };
}
