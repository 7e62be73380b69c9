/** Turns occurrences that fell due into messages, hundreds in a constant number of statements, and plans what follows them. */
import type { EpochMs } from '../../../core/clock.ts';
import type { DeliveryId, ReminderId } from '../../../core/ids.ts';
import { type DueDelivery, plan } from '../../../outbox/ledger.ts';
import type { Tx } from '../../../storage/database.ts';
import type { Fired } from '../../../telegram/feature.ts';
import { AWAY_MS, type Batch, newBatch, type Sending, sendOrHold, type Told, tooLate } from './batch.ts';
import { gatherInto, isGathering, settleGathered, takeHeld } from './gathering.ts';
import { fireNag, isNag, openBases, planNag } from './nagging.ts';
import { planned, type Reason, statements } from './planning.ts';
import { type FellDue, isReturn, pausedOf, pausersOf, tellReturn } from './returning.ts';
import { type Ground, isLetIn, isSeries, type Missed, missedOf, seriesOf, wallName } from './timing.ts';

/** Missed occurrences of one series that get a record of their own in the ledger. */
const MOST_RECORDED = 200;
/** How long an occurrence waits for a reminder that somebody is changing right now. Milliseconds. */
const BUSY_MS = 1_000;

const nothingFellDue: FellDue = async () => ({ rows: [], more: 0 });

/** Fires what is due; see `DeliveryHandler.fire`. `fellDue`: tasks to be told when a pause of everything ends. */
export async function fire(
  tx: Tx,
  due: readonly DueDelivery[],
  now: EpochMs,
  wake: () => void,
  fellDue: FellDue = nothingFellDue,
): Promise<Fired> {
  const batch = newBatch(now);
  const leads = due.filter(isGathering);
  const held = leads.length === 0 ? [] : await takeHeld(tx, leads, now);
  const returns = due.filter(isReturn);
  const paused = returns.length === 0 ? [] : await pausedOf(tx, returns);
  const pausers = await pausersOf(tx, returns);
  const ids = [
    ...new Set([
      ...[...due, ...held].flatMap((row) => (row.reminderId === null ? [] : [row.reminderId])),
      ...paused.map((one) => one.id),
    ]),
  ];
  const grounds = new Map((await tx.query<Ground>(statements.fireGrounds, [ids])).map((row) => [row.id, row]));
  const missing = ids.filter((id) => !grounds.has(id));
  const locked = new Set(
    missing.length === 0
      ? []
      : (await tx.query<{ id: ReminderId }>(statements.existing, [missing])).map((row) => row.id),
  );
  const busy = (id: ReminderId) => (locked.has(id) ? now + BUSY_MS : null);
  for (const lead of leads) gatherInto(batch, lead, held, grounds, outOfUse, busy);
  for (const one of returns) await tellReturn(tx, batch, one, pausers, paused, grounds, fellDue);
  const open = await openBases(tx, due);
  for (const row of due) {
    if (isGathering(row) || isReturn(row)) continue;
    const ground = row.reminderId === null ? undefined : grounds.get(row.reminderId);
    if (ground !== undefined && isNag(row))
      fireNag(batch, row, ground, open, outOfUse(ground) ?? (ground.groupAway ? 'group-away' : null));
    else if (ground !== undefined) fireOne(batch, row, ground);
    else if (row.reminderId !== null && locked.has(row.reminderId)) {
      batch.hold.push({ id: row.id, until: now + BUSY_MS, reason: 'busy' satisfies Reason });
    } else batch.skip.push({ id: row.id, reason: 'deleted' satisfies Reason });
  }
  await plan(tx, batch.plan, now, wake);
  await settleMissed(tx, batch, wake);
  await settleGathered(tx, batch);
  if (batch.ended.length + batch.resumed.length > 0) {
    await tx.query(statements.settle, [batch.ended, batch.resumed]);
  }
  return { send: batch.send, skip: batch.skip, hold: batch.hold };
}

function fireOne(batch: Batch, due: DueDelivery, ground: Ground): void {
  const out = outOfUse(ground);
  if (out !== null) {
    batch.skip.push({ id: due.id, reason: out });
    if (out === 'task-done') batch.ended.push(ground.id);
    return;
  }
  if (ground.groupAway) {
    // Nothing of it is lost: it comes when Steward is let in again, and is looked at now and then in case nobody tells.
    batch.hold.push({ id: due.id, until: batch.now + AWAY_MS, reason: 'group-away' satisfies Reason });
    return;
  }
  if (ground.status === 'paused') batch.resumed.push(ground.id);
  if (!isSeries(ground)) {
    if (tooLate(batch, ground, due.dueAt)) batch.skip.push({ id: due.id, reason: 'late' satisfies Reason });
    else if (sendAndNag(batch, due, ground) === 'held') return;
    batch.ended.push(ground.id);
    return;
  }
  const missed = expanded(batch, ground, due.dueAt);
  if (missed.next !== null)
    batch.plan.push(planned(ground, { name: wallName(ground.id, missed.next.local), at: missed.next.at }));
  if (missed.occurrences.length > 0) {
    for (const each of recorded(missed)) {
      batch.plan.push(planned(ground, { name: wallName(ground.id, each.local), at: each.at }));
    }
    batch.missed.push({ due, ground, missed });
    return;
  }
  const reason: Reason | null = ground.muted ? 'muted' : tooLate(batch, ground, due.dueAt) ? 'late' : null;
  if (reason !== null) batch.skip.push({ id: due.id, reason });
  // What is held back is still to come.
  else if (sendAndNag(batch, due, ground) === 'held') return;
  if (missed.next === null) batch.ended.push(ground.id);
}

function sendAndNag(
  batch: Batch,
  due: Pick<DueDelivery, 'id' | 'dueAt' | 'occurrence'>,
  ground: Ground,
  told: Told | null = null,
): Sending {
  const outcome = sendOrHold(batch, due, ground, told);
  if (outcome === 'sent') planNag(batch, due, ground);
  return outcome;
}

function expanded(batch: Batch, ground: Ground, dueAt: EpochMs): Missed {
  const series = seriesOf(ground);
  const key = `${series.rrule} ${series.start} ${series.zone} ${dueAt}`;
  const known = batch.expanded.get(key) ?? missedOf(series, dueAt, batch.now);
  batch.expanded.set(key, known);
  return known;
}

/** Why a reminder does not fire although it was planned, or null. */
function outOfUse(ground: Ground): Reason | null {
  if (!isLetIn(ground.personRole)) return 'person-removed';
  if (ground.status === 'done') return 'task-done';
  if (ground.taskStatus === 'done' || ground.taskStatus === 'cancelled') return 'task-done';
  if (ground.status === 'paused' && ground.pausedUntil === null) return 'paused';
  return null;
}

/** Of the missed occurrences those that get a record: the first ones and the newest. */
function recorded(missed: Missed): Missed['occurrences'] {
  if (missed.occurrences.length <= MOST_RECORDED) return missed.occurrences;
  return [...missed.occurrences.slice(0, MOST_RECORDED - 1), ...missed.occurrences.slice(-1)];
}

/** The occurrences of a series that were missed together come in one message: the newest is sent, the others are told in it. */
async function settleMissed(tx: Tx, batch: Batch, wake: () => void): Promise<void> {
  if (batch.missed.length === 0) return;
  const names = batch.missed.flatMap(({ ground, missed }) =>
    recorded(missed).map((each) => wallName(ground.id, each.local)),
  );
  const rows = await tx.query<{ id: DeliveryId; occurrence: string }>(statements.plannedIds, [names]);
  const before = batch.plan.length;
  const idOf = new Map(rows.map((row) => [row.occurrence, row.id]));
  for (const { due, ground, missed } of batch.missed) {
    const newest = missed.occurrences.at(-1);
    const later = recorded(missed).slice(0, -1);
    const newestId = newest === undefined ? undefined : idOf.get(wallName(ground.id, newest.local));
    const id = newestId ?? due.id;
    const at = newestId === undefined || newest === undefined ? due.dueAt : newest.at;
    const silent: Reason | null = ground.muted ? 'muted' : tooLate(batch, ground, at) ? 'late' : null;
    const others = [
      ...(id === due.id ? [] : [{ id: due.id, at: due.dueAt }]),
      ...later.flatMap((each) => {
        const known = idOf.get(wallName(ground.id, each.local));
        return known === undefined ? [] : [{ id: known, at: each.at }];
      }),
    ];
    const reason = silent ?? (ground.latePolicy === 'skip' ? 'late' : 'told-together');
    // Where not every missed occurrence got a record, the oldest's says so.
    const unrecorded = missed.occurrences.length - recorded(missed).length;
    const rest = missed.capped ? `${unrecorded}+` : unrecorded > 0 ? String(unrecorded) : '';
    for (const [index, other] of others.entries()) {
      batch.skip.push({ id: other.id, reason: index === 0 && rest !== '' ? `${reason} ${rest}` : reason });
    }
    if (silent !== null) batch.skip.push({ id, reason: silent });
    else {
      const told = ground.latePolicy === 'skip' ? null : { others, more: unrecorded, capped: missed.capped };
      if (sendAndNag(batch, { id, dueAt: at, occurrence: '' }, ground, told) === 'held') continue;
    }
    if (missed.next === null) batch.ended.push(ground.id);
  }
  await plan(tx, batch.plan.slice(before), batch.now, wake);
}
