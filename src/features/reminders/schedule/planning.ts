/** Keeps the ledger in step with the reminders: exactly the next occurrence of each live one is planned ahead. */
import { type EpochMs, iso } from '../../../core/clock.ts';
import type { PersonId, ReminderId, SpaceId } from '../../../core/ids.ts';
import { cancelGatherings, cancelPlanned, type Planned, plan } from '../../../outbox/ledger.ts';
import type { Database, Tx } from '../../../storage/database.ts';
import { loadSql, type Statement } from '../../../storage/sql.ts';
import { type Ground, isLive, isSeries, localOfName, type Pending, pendingOf } from './timing.ts';

const loaded = loadSql(new URL('./schedule.sql', import.meta.url), [
  'lockGrounds',
  'existing',
  'dropPlanned',
  'newestTaken',
  'plannedIds',
  'settle',
  'endUnplanned',
  'unplanned',
  'ofPerson',
  'ofSpace',
  'reopen',
  'reopenAfter',
  'closeAnswered',
  'queuedOf',
  'standAgain',
  'pausedTogether',
  'pausers',
  'endPause',
  'openOf',
  'dropNags',
  'unansweredNags',
  'reopenBases',
]);

/** The statements of planning and firing. `fireGrounds` holds occurrences already and so must not wait for a reminder somebody is changing. */
export const statements = {
  ...loaded,
  fireGrounds: { name: `${loaded.lockGrounds.name}:skip`, text: `${loaded.lockGrounds.text} SKIP LOCKED` },
};

/** Reminders handled by one set of statements. */
const BATCH = 500;

/** The present instant, and how the firing loop is told that something was planned. */
export interface Moment {
  /** epoch ms */
  readonly now: EpochMs;
  readonly wake: () => void;
}

/** Why an occurrence did not come, as kept in the ledger; told by `reminder-why-reason-…` texts. */
export type Reason =
  | 'changed'
  | 'zone-changed'
  | 'deleted'
  | 'paused'
  | 'skipped'
  | 'snoozed'
  | 'undone'
  | 'task-done'
  | 'task-deleted'
  | 'late'
  | 'muted'
  | 'told-together'
  | 'busy'
  | 'person-removed'
  | 'quiet'
  | 'quiet-together'
  | 'answered'
  | 'group-away';

/** An occurrence of a reminder as the ledger plans it. */
export function planned(ground: Ground, pending: Pending): Planned {
  return {
    kind: 'reminder',
    spaceId: ground.spaceId,
    personId: ground.personId,
    chatId: ground.chatId,
    reminderId: ground.id,
    occurrence: pending.name,
    dueAt: pending.at,
  };
}

/** Reads reminders with all they depend on, and locks them. Those that are gone are not among them. */
export function lockGrounds(tx: Tx, ids: readonly ReminderId[]): Promise<Ground[]> {
  return tx.query<Ground>(statements.lockGrounds, [ids]);
}

/** Series of which something is held back, or waits to be said again: planning anew must not lose it. */
function keptSeries(grounds: readonly Ground[], reason: Reason): ReminderId[] {
  if (reason !== 'zone-changed' && reason !== 'undone') return [];
  return grounds.filter(isSeries).map((ground) => ground.id);
}

interface Taken {
  readonly reminderId: ReminderId;
  readonly occurrence: string;
  readonly dueAt: EpochMs;
}

/**
 * Plans the next occurrence of each reminder anew from its row: what was planned and not handed to the outbox is cancelled with
 * `reason`, live reminders get their next occurrence, those with none left end. What has passed unsent is due at once.
 * `keepsLate`: where the policy is to skip what is late, it keeps the time it was due. A constant number of statements for any number of ids.
 */
export async function replan(
  tx: Tx,
  ids: readonly ReminderId[],
  reason: Reason,
  at: Moment,
  keepsLate = false,
): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const some = ids.slice(start, start + BATCH);
    const grounds = await lockGrounds(tx, some);
    const there = new Set(grounds.map((ground) => ground.id));
    const gone = some.filter((id) => !there.has(id));
    if (gone.length > 0) await cancelPlanned(tx, gone, reason === 'undone' ? reason : 'deleted', at.now);
    await tx.query(statements.dropPlanned, [some, reason, iso(at.now), keptSeries(grounds, reason)]);
    const taken = await takenOf(tx, grounds);
    const occurrences: Planned[] = [];
    for (const ground of grounds) {
      const next = pendingOf(ground, at.now, localOfName(taken.get(ground.id)?.occurrence ?? ''));
      if (next === null) continue;
      const due = keepsLate && ground.latePolicy === 'skip' ? next.at : Math.max(next.at, at.now);
      occurrences.push(planned(ground, { name: next.name, at: due }));
    }
    await planAndEnd(tx, grounds, occurrences, at);
  }
}

async function takenOf(tx: Tx, grounds: readonly Ground[]): Promise<Map<ReminderId, Taken>> {
  const series = grounds.filter((ground) => isLive(ground) && isSeries(ground)).map((ground) => ground.id);
  if (series.length === 0) return new Map();
  const rows = await tx.query<Taken>(statements.newestTaken, [series]);
  return new Map(rows.map((row) => [row.reminderId, row]));
}

/** Plans, and ends those of `grounds` for which nothing is left (a relative one without a due date waits for one). */
async function planAndEnd(
  tx: Tx,
  grounds: readonly Ground[],
  occurrences: readonly Planned[],
  at: Moment,
): Promise<void> {
  await plan(tx, occurrences, at.now, at.wake);
  const waiting = (ground: Ground) => ground.basis === 'relative' && ground.fixedAt === null && ground.dueDate === null;
  const live = grounds.filter((ground) => isLive(ground) && !waiting(ground)).map((ground) => ground.id);
  if (live.length > 0) await tx.query(statements.endUnplanned, [live]);
}

/**
 * Re-creates occurrences that the ledger should hold and does not (it lags after a fault or a partial restore), from where each
 * reminder stood, so what was missed is told. Cheap when nothing is missing, harmless when run twice. Returns how many were planned.
 */
export async function reconcile(db: Database, at: Moment): Promise<number> {
  let count = 0;
  for (let after = 0; ; ) {
    const found = await db.query<{ id: ReminderId }>(statements.unplanned, [after, BATCH]);
    const last = found.at(-1);
    if (last === undefined) return count;
    after = last.id;
    count += await db.transaction(async (tx) => {
      const grounds = await lockGrounds(
        tx,
        found.map((row) => row.id),
      );
      const taken = await takenOf(tx, grounds);
      const occurrences: Planned[] = [];
      for (const ground of grounds) {
        const known = taken.get(ground.id);
        const from = known === undefined ? ground.createdAt : Math.min(known.dueAt, at.now);
        const next = pendingOf(ground, from, localOfName(known?.occurrence ?? ''));
        if (next !== null) occurrences.push(planned(ground, next));
      }
      await planAndEnd(tx, grounds, occurrences, at);
      return occurrences.length;
    });
  }
}

/** Plans a person's wall-clock and due-relative reminders anew: their zone or morning hour changed. */
export function replanPerson(tx: Tx, person: PersonId, at: Moment): Promise<void> {
  return replanOf(tx, person, false, 'zone-changed', at);
}

/** A person was removed: nothing of theirs is planned any more. The reminders themselves stay as they are. */
export async function personRemoved(tx: Tx, person: PersonId, at: Moment): Promise<void> {
  // What fell due already and did not leave yet comes again when they are back.
  const queued = await tx.query<{ reminderId: ReminderId }>(statements.queuedOf, [person]);
  const ids = queued.map((row) => row.reminderId);
  await cancelPlanned(tx, ids, 'person-removed' satisfies Reason, at.now);
  await cancelGatherings(tx, person, 'person-removed' satisfies Reason, at.now);
  if (ids.length > 0) await tx.query(statements.standAgain, [ids]);
  await replanOf(tx, person, true, 'person-removed', at);
}

/**
 * A removed person is back: series go on with their next occurrence, what would have fired once meanwhile fires now and tells when it was
 * due, or is skipped as late where that is its policy.
 */
export function personReturned(tx: Tx, person: PersonId, at: Moment): Promise<void> {
  return replanOf(tx, person, true, 'changed', at, true);
}

/** A group's clock changed: what hangs on its wall clock comes at other instants. */
export function replanGroup(tx: Tx, group: SpaceId, at: Moment): Promise<void> {
  return replanOf(tx, group, false, 'zone-changed', at, false, statements.ofSpace);
}

/** `all`: those at a fixed instant too, which no wall clock moves. */
async function replanOf(
  tx: Tx,
  owner: PersonId | SpaceId,
  all: boolean,
  reason: Reason,
  at: Moment,
  keepsLate = false,
  statement: Statement = statements.ofPerson,
): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await tx.query<{ id: ReminderId }>(statement, [owner, after, BATCH, all]);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    await replan(
      tx,
      rows.map((row) => row.id),
      reason,
      at,
      keepsLate,
    );
  }
}
