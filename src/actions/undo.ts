/** Takes changes back, of any depth and by anyone: rows get the images from before, newer changes of other columns stay. */
import type { Actor } from '../access/people.ts';
import type { EpochMs } from '../core/clock.ts';
import { iso } from '../core/clock.ts';
import { Conflict, NotFound } from '../core/errors.ts';
import { type ActionId, type PersonId, randomCode } from '../core/ids.ts';
import type { Tx } from '../storage/database.ts';
import type { Statement } from '../storage/sql.ts';
import type { Change, Changes, Image, Written } from './changes.ts';
import { type Performed, perform, type Summary, actionStatements as sql } from './perform.ts';
import { columns, HANGING, type TableName } from './tables.ts';

/** How long a change can be taken back where nothing else is configured. */
export const UNDO_DAYS = 90;

/**
 * Called after rows of a table got back an older image, so that what is derived from them (planned occurrences) follows. `changes`: those of
 * the undo, where it is one, for what has to go with a row that went.
 */
export type RestoreHook = (
  tx: Tx,
  actor: Actor,
  ids: readonly number[],
  now: EpochMs,
  changes?: Changes,
) => Promise<void>;

/** The action that was taken back. */
export interface Undone {
  readonly id: ActionId;
  readonly kind: string;
  readonly summary: Summary;
  /** who did it */
  readonly personId: PersonId | null;
  readonly personName: string | null;
  /** the tasks and reminders that are there as they were */
  readonly tasks: readonly number[];
  readonly reminders: readonly number[];
}

export interface Newer {
  readonly id: ActionId;
  readonly summary: Summary;
}

/** The newest `count` actions that can be taken back, newest first. */
export async function undoable(
  tx: Tx,
  actor: Actor,
  count: number,
  now: EpochMs,
  undoDays = UNDO_DAYS,
): Promise<ActionId[]> {
  const since = iso(now - undoDays * 86_400_000);
  const rows = await tx.query<{ id: ActionId }>(sql.newestUndoable, [actor.spaceId, since, count]);
  return rows.map((row) => row.id);
}

const hangingOn = HANGING.map(
  ({ table, column, on }) =>
    `SELECT '${table}' AS entity, t.id FROM ${table} t WHERE t.${column} = mine.entity_id AND mine.entity = '${on}'`,
).join(' UNION ALL ');

/** Actions after $1 that made something which hangs on a row it made. */
const newerHanging: Statement = {
  name: 'undo:newerHanging',
  text: `SELECT DISTINCT a.id, a.summary
           FROM changes mine
          CROSS JOIN LATERAL (${hangingOn}) hanging
           JOIN changes theirs ON theirs.entity = hanging.entity AND theirs.entity_id = hanging.id AND theirs.before IS NULL
           JOIN actions a ON a.id = theirs.action_id AND a.id > mine.action_id
          WHERE mine.action_id = $1 AND mine.before IS NULL AND a.undone_at IS NULL AND a.kind <> 'undo'
          ORDER BY a.id DESC LIMIT 5`,
};

/** Newer changes, still standing, of rows that `action` changed or of what hangs on rows it made: undoing it under them is asked about. */
export async function newerChanges(tx: Tx, action: ActionId): Promise<Newer[]> {
  const found = await Promise.all([
    tx.query<Newer>(sql.newerChanges, [action]),
    tx.query<Newer>(newerHanging, [action]),
  ]);
  const once = new Map(found.flat().map((newer) => [newer.id, newer]));
  return [...once.values()].sort((a, b) => b.id - a.id).slice(0, 5);
}

/**
 * Takes one action back as an action of its own. Throws NotFound for another space's or no action, Conflict
 * 'error-already-undone' for one taken back before and 'error-undo-too-old' after `undoDays`.
 */
export async function undo(
  tx: Tx,
  actor: Actor,
  request: {
    action: ActionId;
    now: EpochMs;
    hooks: Partial<Record<TableName, RestoreHook>>;
    undoDays?: number;
  },
): Promise<Performed<Undone>> {
  const performed = await perform<Undone>(tx, actor, {
    // The row lock on the action decides who takes it back; the key only has to be new, because what stands again can be undone again.
    key: `undo:${request.action}:${randomCode(12)}`,
    unshared: {},
    always: true,
    kind: 'undo',
    at: request.now,
    summary: (result) => ({ key: `${result.summary.key}-undone`, args: result.summary.args }),
    change: async (changes) => {
      const [[action], written] = await Promise.all([
        tx.query<Omit<Undone, 'tasks' | 'reminders'> & { at: EpochMs; undoneAt: EpochMs | null }>(sql.actionForUndo, [
          request.action,
          actor.spaceId,
        ]),
        tx.query<Change>(sql.changesOf, [request.action]),
      ]);
      if (!action) throw new NotFound('action', request.action);
      if (action.undoneAt !== null) throw new Conflict('error-already-undone');
      const { now, undoDays = UNDO_DAYS } = request;
      if (action.at < now - undoDays * 86_400_000) throw new Conflict('error-undo-too-old');
      const restored = new Map<TableName, number[]>();
      for (const change of written) {
        await restore(changes, change);
        restored.set(change.entity, [...(restored.get(change.entity) ?? []), change.entityId]);
      }
      for (const [table, ids] of restored) await request.hooks[table]?.(tx, actor, ids, request.now, changes);
      return { ...action, tasks: standing(changes, 'tasks'), reminders: standing(changes, 'reminders') };
    },
  });
  void tx.later(sql.markUndone, [performed.result.id, iso(request.now), performed.actionId]);
  return performed;
}

/** Rows of the table that were written and are there. */
function standing({ written }: Changes, table: TableName): number[] {
  const is = new Map(written.filter(({ entity }) => entity === table).map(({ entityId, after }) => [entityId, after]));
  return [...is].filter(([, after]) => after !== null).map(([id]) => id);
}

/** The columns a change set, with their values from before. */
function reverted(before: Image, after: Image): string[] {
  return Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

const columnsOf: Statement = {
  name: 'undo:columnsOf',
  text: 'SELECT attname::text AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped',
};

/**
 * Tells the columns the table has. An image may be 90 days old and of another version: columns it did not have yet keep their default
 * or what stands there, those that went since are left out.
 */
async function present(tx: Tx, table: TableName): Promise<(name: string) => boolean> {
  const rows = await tx.query<{ name: string }>(columnsOf, [table]);
  const known = new Set(rows.map(({ name }) => name));
  return (name) => known.has(name);
}

async function restore({ tx, written }: Changes, change: Change): Promise<void> {
  const { entity: table, entityId: id, before, after } = change;
  if (!(table in columns)) throw new NotFound('table', table);
  const record = (was: Image | null, is: Image | null) =>
    (written as Written[]).push({
      entity: table,
      entityId: id,
      before: was && JSON.stringify(was),
      after: is && JSON.stringify(is),
    });
  if (before === null) {
    const removing = {
      name: `undo:remove:${table}`,
      text: `DELETE FROM ${table} t WHERE id = $1 RETURNING to_jsonb(t) AS image`,
    };
    const [removed] = await tx.query<{ image: Image }>(removing, [id]);
    if (removed) record(removed.image, null);
    return;
  }
  const locking = {
    name: `undo:lock:${table}`,
    text: `SELECT to_jsonb(t) AS image FROM ${table} t WHERE id = $1 FOR UPDATE`,
  };
  const [[now], isThere] = await Promise.all([tx.query<{ image: Image }>(locking, [id]), present(tx, table)]);
  if (now === undefined) {
    const list = Object.keys(before).filter(isThere).join(', ');
    await tx.query(`INSERT INTO ${table} (${list}) SELECT ${list} FROM jsonb_populate_record(NULL::${table}, $1)`, [
      JSON.stringify(before),
    ]);
    record(null, before);
    return;
  }
  const names = after === null ? [] : reverted(before, after).filter(isThere);
  if (names.length === 0) return;
  const sets = names.map((name) => `${name} = b.${name}`).join(', ');
  const [set] = await tx.query<{ image: Image }>(
    `UPDATE ${table} t SET ${sets} FROM jsonb_populate_record(NULL::${table}, $2) b WHERE t.id = $1 RETURNING to_jsonb(t) AS image`,
    [id, JSON.stringify(before)],
  );
  record(now.image, set?.image ?? null);
}
