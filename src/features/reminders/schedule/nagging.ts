/** Reminding again until answered: each time an occurrence of its own in the ledger, planned when the one before went out. */

import type { EpochMs } from '../../../core/clock.ts';
import { iso } from '../../../core/clock.ts';
import type { DeliveryId } from '../../../core/ids.ts';
import { type DueDelivery, NAG, type Planned } from '../../../outbox/ledger.ts';
import type { Tx } from '../../../storage/database.ts';
import { type Batch, holdQuiet, messageOf, quietUntil } from './batch.ts';
import { type Reason, statements } from './planning.ts';
import { type Ground, isSeries } from './timing.ts';

/** The occurrence a nag repeats, and which time it is, from 1; null for what is no nag. */
function nagOf(due: Pick<DueDelivery, 'occurrence'>): { readonly base: DeliveryId; readonly number: number } | null {
  const [, base, number] = /^nag:(\d+):(\d+):/.exec(due.occurrence) ?? [];
  return base === undefined ? null : { base: Number(base) as DeliveryId, number: Number(number) };
}

export const isNag = (due: DueDelivery): boolean => nagOf(due) !== null;

/** Plans the next time of what goes out now, as long as the owner wants another. The interval counts from now, so that a late one is not followed at once. */
export function planNag(batch: Batch, due: Pick<DueDelivery, 'id' | 'occurrence'>, ground: Ground): void {
  const { base, number } = nagOf(due) ?? { base: due.id, number: 0 };
  const next = nagAfter(ground, base, number, batch.now);
  if (next !== null) batch.plan.push(next);
}

/** The next time an occurrence is said again, after it was `said` so often; null where its owner wants no other. `now` in epoch ms. */
export function nagAfter(ground: Ground, base: DeliveryId, said: number, now: EpochMs): Planned | null {
  const { nagMinutes, nagTimes, spaceId, personId, chatId, id } = ground;
  if (nagMinutes === null || nagTimes === null || said >= nagTimes) return null;
  const dueAt = now + nagMinutes * 60_000;
  // Ends like the name of an instant, so that it is never taken for a time of the series.
  const occurrence = `${NAG}:${base}:${said + 1}:${iso(dueAt)}`;
  return { kind: 'reminder', spaceId, personId, chatId, reminderId: id, occurrence, dueAt };
}

/** Of what these nags repeat, what nobody answered: when it was due (epoch ms). */
export async function openBases(tx: Tx, nags: readonly DueDelivery[]): Promise<Map<DeliveryId, EpochMs>> {
  const bases = nags.flatMap((due) => nagOf(due)?.base ?? []);
  if (bases.length === 0) return new Map();
  const rows = await tx.query<{ id: DeliveryId; dueAt: EpochMs }>(statements.openOf, [bases]);
  return new Map(rows.map((row) => [row.id, row.dueAt]));
}

/** Reminds again, unless it was answered; never in quiet time, urgent or not. `out`: why it has lost its point. */
export function fireNag(
  batch: Batch,
  due: DueDelivery,
  ground: Ground,
  open: ReadonlyMap<DeliveryId, EpochMs>,
  out: Reason | null,
): void {
  const nag = nagOf(due);
  const since = nag === null ? undefined : open.get(nag.base);
  const reason = out ?? (ground.muted && isSeries(ground) ? 'muted' : null);
  if (nag === null || since === undefined || reason !== null || ground.nagTimes === null) {
    return void batch.skip.push({ id: due.id, reason: reason ?? ('answered' satisfies Reason) });
  }
  const quiet = quietUntil(batch, ground);
  if (quiet !== null) return void holdQuiet(batch, due.id, ground, quiet);
  const told = { number: nag.number, times: ground.nagTimes, since };
  batch.send.push({ id: due.id, message: messageOf(batch, due.id, due.dueAt, ground, null, told) });
  planNag(batch, due, ground);
}
