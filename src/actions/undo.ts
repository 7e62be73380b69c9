/** Takes changes back, of any depth and by anyone: rows get the images from before, newer changes of other columns stay. */
import type { Actor } from '../access/people.ts';
import type { EpochMs } from '../core/clock.ts';
import { iso } from '../core/clock.ts';
import { Conflict, NotFound } from '../core/errors.ts';
import type { ActionId } from '../core/ids.ts';
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

export interface Undone {
  readonly action: ActionId;
  readonly summary: Summary;
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
  const found = [
    ...(await tx.query<Newer>(sql.newerChanges, [action])),
    ...(await tx.query<Newer>(newerHanging, [action])),
  ];
  const once = new Map(found.map((newer) => [newer.id, newer]));
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
    key: string;
    now: EpochMs;
    hooks: Partial<Record<TableName, RestoreHook>>;
    undoDays?: number;
  },
): Promise<Performed<Undone>> {
  const performed = await perform<Undone>(tx, actor, {
    key: request.key,
    kind: 'undo',
    at: request.now,
    summary: (result) => ({ key: `${result.summary.key}-undone`, args: result.summary.args }),
    change: async (changes) => {
      const [action] = await tx.query<{ id: ActionId; summary: Summary; at: EpochMs; undoneAt: EpochMs | null }>(
        sql.actionForUndo,
        [request.action, actor.spaceId],
      );
      if (!action) throw new NotFound('action', request.action);
      if (action.undoneAt !== null) throw new Conflict('error-already-undone');
      const { now, undoDays = UNDO_DAYS } = request;
      if (action.at < now - undoDays * 86_400_000) throw new Conflict('error-undo-too-old');
      const restored = new Map<TableName, number[]>();
      for (const change of await tx.query<Change>(sql.changesOf, [action.id])) {
        await restore(changes, change);
        restored.set(change.entity, [...(restored.get(change.entity) ?? []), change.entityId]);
      }
      for (const [table, ids] of restored) await request.hooks[table]?.(tx, actor, ids, request.now, changes);
      return { action: action.id, summary: action.summary };
    },
  });
  if (!performed.repeated) {
    await tx.query(sql.markUndone, [performed.result.action, iso(request.now), performed.actionId]);
  }
  return performed;
}

/** The columns a change set, with their values from before. */
function reverted(before: Image, after: Image): string[] {
  return Object.keys(before).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/**
 * Of these columns those the table has. An image may be 90 days old and of another version: columns it did not have yet keep their default
 * or what stands there, those that went since are left out.
 */
async function present(tx: Tx, table: TableName, names: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    'SELECT attname::text AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped',
    [table],
  );
  const known = new Set(rows.map(({ name }) => name));
  return names.filter((name) => known.has(name));
}

async function restore(changes: Changes, change: Change): Promise<void> {
  const table = change.entity;
  if (!(table in columns)) throw new NotFound('table', table);
  const { tx } = changes;
  const current = async (): Promise<Image | null> => {
    const [row] = await tx.query<{ image: Image }>(
      `SELECT to_jsonb(t) AS image FROM ${table} t WHERE id = $1 FOR UPDATE`,
      [change.entityId],
    );
    return row?.image ?? null;
  };
  const record = (before: Image | null, after: Image | null) =>
    (changes.written as Written[]).push({
      entity: table,
      entityId: change.entityId,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
    });
  const now = await current();
  if (change.before === null) {
    if (now === null) return;
    await tx.query(`DELETE FROM ${table} WHERE id = $1`, [change.entityId]);
    record(now, null);
    return;
  }
  if (now === null) {
    const list = (await present(tx, table, Object.keys(change.before))).join(', ');
    await tx.query(`INSERT INTO ${table} (${list}) SELECT ${list} FROM jsonb_populate_record(NULL::${table}, $1)`, [
      JSON.stringify(change.before),
    ]);
    record(null, change.before);
    return;
  }
  const names = change.after === null ? [] : await present(tx, table, reverted(change.before, change.after));
  if (names.length === 0) return;
  const sets = names.map((name) => `${name} = b.${name}`).join(', ');
  await tx.query(`UPDATE ${table} t SET ${sets} FROM jsonb_populate_record(NULL::${table}, $2) b WHERE t.id = $1`, [
    change.entityId,
    JSON.stringify(change.before),
  ]);
  record(now, await current());
}
