/** Searches kept under a name. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { SavedFilter } from '../../../storage/rows.ts';
import { loadSql } from '../../../storage/sql.ts';
import { daysOf } from '../lists/lists.ts';
import { parseQuery } from '../search/query.ts';
import { nameOf, storable } from '../task.ts';

const sql = loadSql(new URL('./filters.sql', import.meta.url), ['all', 'named', 'keeping', 'count']);

/** Filters of a space: more than a list of buttons is no help any more. */
const MOST_FILTERS = 30;
/** Longest query, in UTF-16 units: as long as a search may be. */
const LONGEST_QUERY = 500;
/** Longest name, in UTF-16 units: it stands on a button. */
const LONGEST_NAME = 30;

/** Every filter of the space, by name. */
export async function filtersOf(db: Queryable, actor: Actor): Promise<Array<Authorized<SavedFilter>>> {
  return authorizeRows(actor, await db.query<SavedFilter>(sql.all, [actor.spaceId, MOST_FILTERS]));
}

/** The filter of that name, case folded; null when there is none. */
export async function filterNamed(db: Queryable, actor: Actor, name: string): Promise<Authorized<SavedFilter> | null> {
  const [found] = authorizeRows(actor, await db.query<SavedFilter>(sql.named, [actor.spaceId, name.trim()]));
  return found ?? null;
}

/** The filter that keeps just this search; null when none does. */
export async function filterKeeping(db: Queryable, actor: Actor, query: string): Promise<SavedFilter | null> {
  const [found] = authorizeRows(actor, await db.query<SavedFilter>(sql.keeping, [actor.spaceId, query]));
  return found ?? null;
}

/**
 * Keeps `query` under `name`, in place of what was kept there. Throws UserError for a name or query that cannot be kept: one that holds a
 * filter that cannot be read would find something else than it says.
 */
export async function saveFilter(
  changes: Changes,
  actor: Actor,
  name: string,
  query: string,
  now: EpochMs,
): Promise<SavedFilter> {
  const wanted = nameOf(name);
  if (wanted === null || wanted.length > LONGEST_NAME)
    throw new UserError('task-error-filter-name', { most: LONGEST_NAME });
  const words = storable(query).replaceAll(/\s+/g, ' ').trim();
  if (words === '' || words.length > LONGEST_QUERY) throw new UserError('task-error-filter-empty');
  const { unread } = parseQuery(words, daysOf(actor, now));
  if (unread.length > 0) throw new UserError('task-error-filter', { filters: unread.join(' ') });
  const known = await filterNamed(changes.tx, actor, wanted);
  if (known !== null) return changes.update('saved_filters', known.id, { name: wanted, query: words });
  const [row] = await changes.tx.query<{ count: number }>(sql.count, [actor.spaceId]);
  if ((row?.count ?? 0) >= MOST_FILTERS) throw new UserError('task-error-filter-many', { most: MOST_FILTERS });
  return changes.insert('saved_filters', { spaceId: actor.spaceId, name: wanted, query: words, createdAt: now });
}

/** Takes a filter away; undo brings it back. */
export async function removeFilter(changes: Changes, actor: Actor, filter: Authorized<SavedFilter>): Promise<void> {
  if (filter.spaceId !== actor.spaceId) throw new NotFound('filter', filter.id);
  await changes.remove('saved_filters', filter.id);
}
