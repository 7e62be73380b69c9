/** Turns occurrences that fell due into messages, hundreds in a constant number of statements, and plans what follows them. */
import type { EpochMs } from '../../../core/clock.ts';
import type { DeliveryId, ReminderId } from '../../../core/ids.ts';
import { type DueDelivery, type Planned, plan } from '../../../outbox/ledger.ts';
import { type Outgoing, REMINDER } from '../../../outbox/outbox.ts';
import type { Tx } from '../../../storage/database.ts';
import type { Fired } from '../../../telegram/feature.ts';
import type { FiredFacts } from '../views/fired.ts';
import { planned, type Reason, statements } from './planning.ts';
import {
  dueInstant,
  type Ground,
  isLetIn,
  isSeries,
  type Missed,
  missedOf,
  morningOf,
  onceAt,
  seriesOf,
  wallName,
} from './timing.ts';

/** An occurrence later than this is skipped where the reminder's policy says so. Milliseconds. */
export const LATE_MS = 3_600_000;
/** Missed occurrences of one series that get a record of their own in the ledger. */
const MOST_RECORDED = 200;
/** Missed occurrences named in the message. */
const MOST_NAMED = 3;
/** How long an occurrence waits for a reminder that somebody is changing right now. Milliseconds. */
const BUSY_MS = 1_000;

/** What the batch comes to. */
interface Batch {
  readonly now: EpochMs;
  readonly send: Array<{ id: DeliveryId; message: Outgoing }>;
  readonly skip: Array<{ id: DeliveryId; reason: string }>;
  readonly hold: Array<{ id: DeliveryId; until: EpochMs; reason: string }>;
  readonly plan: Planned[];
  /** reminders that have nothing to come any more */
  readonly ended: ReminderId[];
  /** reminders whose pause is over */
  readonly resumed: ReminderId[];
  /** series that missed several occurrences: settled once the missed ones have records */
  readonly gathered: Gathered[];
  /** what series with the same rule, start and zone come to: a crowd of "every day at 9" is expanded once */
  readonly expanded: Map<string, Promise<Missed>>;
}

interface Gathered {
  readonly due: DueDelivery;
  readonly ground: Ground;
  readonly missed: Missed;
}

/** Fires what is due; see `DeliveryHandler.fire`. */
export async function fire(tx: Tx, due: readonly DueDelivery[], now: EpochMs, wake: () => void): Promise<Fired> {
  const batch: Batch = {
    now,
    send: [],
    skip: [],
    hold: [],
    plan: [],
    ended: [],
    resumed: [],
    gathered: [],
    expanded: new Map(),
  };
  const ids = [...new Set(due.flatMap((row) => (row.reminderId === null ? [] : [row.reminderId])))];
  const grounds = new Map((await tx.query<Ground>(statements.fireGrounds, [ids])).map((row) => [row.id, row]));
  const missing = ids.filter((id) => !grounds.has(id));
  const locked = new Set(
    missing.length === 0
      ? []
      : (await tx.query<{ id: ReminderId }>(statements.existing, [missing])).map((row) => row.id),
  );
  for (const row of due) {
    const ground = row.reminderId === null ? undefined : grounds.get(row.reminderId);
    if (ground !== undefined) await fireOne(batch, row, ground);
    else if (row.reminderId !== null && locked.has(row.reminderId)) {
      batch.hold.push({ id: row.id, until: now + BUSY_MS, reason: 'busy' satisfies Reason });
    } else batch.skip.push({ id: row.id, reason: 'deleted' satisfies Reason });
  }
  await plan(tx, batch.plan, now, wake);
  await settleGathered(tx, batch);
  if (batch.ended.length + batch.resumed.length > 0) {
    await tx.query(statements.settle, [batch.ended, batch.resumed]);
  }
  return { send: batch.send, skip: batch.skip, hold: batch.hold };
}

async function fireOne(batch: Batch, due: DueDelivery, ground: Ground): Promise<void> {
  const out = outOfUse(ground);
  if (out !== null) {
    batch.skip.push({ id: due.id, reason: out });
    if (out === 'task-done') batch.ended.push(ground.id);
    return;
  }
  if (ground.status === 'paused') batch.resumed.push(ground.id);
  if (!isSeries(ground)) {
    batch.ended.push(ground.id);
    if (tooLate(batch, ground, due.dueAt)) batch.skip.push({ id: due.id, reason: 'late' satisfies Reason });
    else batch.send.push({ id: due.id, message: message(batch, due.id, due.dueAt, ground, null) });
    return;
  }
  const missed = await expanded(batch, ground, due.dueAt);
  if (missed.next === null) batch.ended.push(ground.id);
  else batch.plan.push(planned(ground, { name: wallName(ground.id, missed.next.local), at: missed.next.at }));
  if (missed.occurrences.length > 0) {
    for (const each of recorded(missed)) {
      batch.plan.push(planned(ground, { name: wallName(ground.id, each.local), at: each.at }));
    }
    batch.gathered.push({ due, ground, missed });
    return;
  }
  const reason: Reason | null = ground.muted ? 'muted' : tooLate(batch, ground, due.dueAt) ? 'late' : null;
  if (reason !== null) batch.skip.push({ id: due.id, reason });
  else batch.send.push({ id: due.id, message: message(batch, due.id, due.dueAt, ground, null) });
}

function expanded(batch: Batch, ground: Ground, dueAt: EpochMs): Promise<Missed> {
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

function tooLate(batch: Batch, ground: Ground, dueAt: EpochMs): boolean {
  return ground.latePolicy === 'skip' && batch.now - dueAt > LATE_MS;
}

/** Of the missed occurrences those that get a record: the first ones and the newest. */
function recorded(missed: Missed): Missed['occurrences'] {
  if (missed.occurrences.length <= MOST_RECORDED) return missed.occurrences;
  return [...missed.occurrences.slice(0, MOST_RECORDED - 1), ...missed.occurrences.slice(-1)];
}

/** The occurrences of a series that were missed together come in one message: the newest is sent, the others are told in it. */
async function settleGathered(tx: Tx, batch: Batch): Promise<void> {
  if (batch.gathered.length === 0) return;
  const names = batch.gathered.flatMap(({ ground, missed }) =>
    recorded(missed).map((each) => wallName(ground.id, each.local)),
  );
  const rows = await tx.query<{ id: DeliveryId; occurrence: string }>(statements.plannedIds, [names]);
  const idOf = new Map(rows.map((row) => [row.occurrence, row.id]));
  for (const { due, ground, missed } of batch.gathered) {
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
      batch.send.push({ id, message: message(batch, id, at, ground, told) });
    }
  }
}

/** Missed occurrences told in a message, oldest first. */
interface Told {
  readonly others: ReadonlyArray<{ readonly at: EpochMs }>;
  readonly more: number;
  readonly capped: boolean;
}

function message(batch: Batch, id: DeliveryId, dueAt: EpochMs, ground: Ground, told: Told | null): Outgoing {
  const named = told?.others.slice(-MOST_NAMED).map((other) => other.at) ?? [];
  const meant = isSeries(ground) || ground.basis === 'relative' ? dueAt : (onceAt(ground)?.at ?? dueAt);
  const facts: FiredFacts = {
    reminderId: ground.id,
    number: ground.number,
    text: ground.text,
    task:
      ground.taskId === null || ground.taskTitle === null
        ? null
        : {
            id: ground.taskId,
            number: ground.taskNumber ?? 0,
            title: ground.taskTitle,
            dueDate: ground.dueDate,
            dueTime: ground.dueTime,
            dueAt: dueInstant(ground, ground.timezone, morningOf(ground.dayParts)),
            client: ground.clientName,
          },
    series: isSeries(ground),
    language: ground.language,
    zone: ground.timezone,
    clock: ground.clock,
    tonight: ground.dayParts['tonight'] ?? '20:00',
    firedAt: batch.now,
    // Held back by ourselves (a pause, a moved zone, an undo): told with the time it was meant for, without blaming an outage.
    meantFor: dueAt - meant > 60_000 ? meant : null,
    missed: named,
    missedMore: told === null ? 0 : told.others.length - named.length + told.more,
    missedCapped: told?.capped ?? false,
  };
  return {
    chatId: ground.chatId,
    priority: REMINDER,
    method: 'sendMessage',
    payload: facts,
    deliveryId: id,
    orderAt: dueAt,
    link: { role: 'reminder', entity: 'reminder', entityId: ground.id, data: { task: ground.taskId } },
  };
}
