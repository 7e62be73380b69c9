/** Takes changes back one by one, each on its own, and reads the history by pages. */
import type { Actor } from '../../access/people.ts';
import { type HistoryEntry, history } from '../../actions/history.ts';
import type { Summary } from '../../actions/perform.ts';
import type { TableName } from '../../actions/tables.ts';
import { type Newer, newerChanges, type RestoreHook, UNDO_DAYS, type Undone, undo } from '../../actions/undo.ts';
import type { EpochMs } from '../../core/clock.ts';
import { Conflict, errorCode, NotFound } from '../../core/errors.ts';
import type { ActionId, PersonId } from '../../core/ids.ts';
import type { Queryable, Tx } from '../../storage/database.ts';
import { loadSql } from '../../storage/sql.ts';

const sql = loadSql(new URL('./history.sql', import.meta.url), [
  'actionsById',
  'count',
  'startOfPage',
  'undosBetween',
  'standsAgain',
]);

/** Changes shown on a page of the history. */
export const PAGE_SIZE = 8;

/** The most changes one '/undo n' takes back. */
export const MOST_AT_ONCE = 50;

export type RestoreHooks = Partial<Record<TableName, RestoreHook>>;

export interface Item {
  readonly entity: 'task' | 'reminder';
  readonly entityId: number;
}

/** What became of one change that should be taken back. `reason` is a Fluent key. */
export type TakenBack =
  | {
      readonly kind: 'undone' | 'redone';
      readonly undo: ActionId;
      readonly summary: Summary;
      readonly of: string | null;
      /** the one item it is about, where that is there: a reply to the answer acts on it */
      readonly item: Item | null;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly summary: Summary | null };

interface KnownAction {
  readonly id: ActionId;
  readonly kind: string;
  readonly summary: Summary;
  readonly undoneAt: EpochMs | null;
  readonly personId: PersonId | null;
  readonly personName: string | null;
}

/** An action of the actor's space; undefined for none and for another's. */
export async function actionOf(db: Queryable, actor: Actor, action: ActionId): Promise<KnownAction | undefined> {
  const [known] = await db.query<KnownAction>(sql.actionsById, [[action], actor.spaceId]);
  return known;
}

/** What lies on top of `action` and should be asked about first; undefined when nothing does, or it cannot be undone anyway. */
export async function onTopOf(
  tx: Tx,
  actor: Actor,
  action: ActionId,
): Promise<{ readonly summary: Summary; readonly newer: readonly Newer[] } | undefined> {
  const [known, newer] = await Promise.all([actionOf(tx, actor, action), newerChanges(tx, action)]);
  if (!known || known.undoneAt !== null) return undefined;
  return newer.length === 0 ? undefined : { summary: known.summary, newer };
}

/**
 * Takes one action back; taking an undo back makes what it undid stand again. What cannot be taken back is told and leaves
 * the transaction as it was: the action's key and everything it had written are rolled back to the savepoint.
 */
export async function takeBack(
  tx: Tx,
  actor: Actor,
  action: ActionId,
  now: EpochMs,
  hooks: RestoreHooks,
  undoDays = UNDO_DAYS,
): Promise<TakenBack> {
  void tx.later('SAVEPOINT taking_back');
  try {
    const { result, actionId } = await undo(tx, actor, { action, now, hooks, undoDays });
    const again = result.kind === 'undo';
    if (again) void tx.later(sql.standsAgain, [action]);
    void tx.later('RELEASE SAVEPOINT taking_back');
    // Among several people it is said whose change that was.
    const of = result.personId === actor.person.id ? null : result.personName || null;
    const item = itemOf(result);
    return { kind: again ? 'redone' : 'undone', undo: actionId, summary: result.summary, of, item };
  } catch (error) {
    const reason = refusal(error);
    if (reason === undefined) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT taking_back');
    return { kind: 'refused', reason, summary: (await actionOf(tx, actor, action))?.summary ?? null };
  }
}

/** The undos of the actor's space from `first` to `last` that stand, the newest first: what `/undo n` did, and can be taken back as one. */
export async function undosBetween(db: Queryable, actor: Actor, first: ActionId, last: ActionId): Promise<ActionId[]> {
  const rows = await db.query<{ id: ActionId }>(sql.undosBetween, [actor.spaceId, first, last, MOST_AT_ONCE]);
  return rows.map(({ id }) => id);
}

/** The one task an undo left standing, else its one reminder; null for none and for several. */
function itemOf({ tasks, reminders }: Undone): Item | null {
  const [entityId, another] = tasks.length > 0 ? tasks : reminders;
  if (entityId === undefined || another !== undefined) return null;
  return { entity: tasks.length > 0 ? 'task' : 'reminder', entityId };
}

/** Why an action cannot be taken back, as a Fluent key; undefined for a fault that is none of the person's. */
function refusal(error: unknown): string | undefined {
  if (error instanceof Conflict) return error.key;
  if (error instanceof NotFound) return 'error-not-found';
  // Class 23: another row took the place meanwhile (a project of the same name, say).
  return errorCode(error)?.startsWith('23') ? 'history-place-taken' : undefined;
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** from 1; the last one when a later page was asked for */
  readonly page: number;
  readonly pages: number;
}

/** One page of the space's history, newest first. `page` counts from 1; beyond the ends the nearest page is given. */
export async function historyPage(db: Queryable, actor: Actor, page: number): Promise<HistoryPage> {
  const [row] = await db.query<{ count: number }>(sql.count, [actor.spaceId]);
  const pages = Math.max(1, Math.ceil((row?.count ?? 0) / PAGE_SIZE));
  const shown = Math.min(Math.max(1, page), pages);
  const [start] = await db.query<{ id: ActionId }>(sql.startOfPage, [actor.spaceId, (shown - 1) * PAGE_SIZE]);
  const entries = start === undefined ? [] : await history(db, actor, start.id + 1, PAGE_SIZE);
  return { entries, page: shown, pages };
}
