/** What falls due, fired as the firing loop does it and marked as a sender would have sent it. For tests without a bot. */
import { type EpochMs, iso } from '../../../src/core/clock.ts';
import type { DeliveryId } from '../../../src/core/ids.ts';
import { hold, markQueued, releaseHeld, skip, takeDue } from '../../../src/outbox/ledger.ts';
import type { Database } from '../../../src/storage/database.ts';
import type { DeliveryHandler, Fired } from '../../../src/telegram/feature.ts';

/** Fires all that is due by `now`, whose ever it is; nothing is put into an outbox. Null when nothing was due. */
export async function fireDue(db: Database, fire: DeliveryHandler['fire'], now: EpochMs): Promise<Fired | null> {
  await releaseHeld(db, now);
  return db.transaction(async (tx) => {
    const due = await takeDue(tx, now, 500);
    if (due.length === 0) return null;
    const fired = await fire(tx, due, now, () => {});
    const ids = fired.send.map((item) => item.id);
    await markQueued(tx, ids, now);
    await skip(tx, fired.skip, now);
    await hold(tx, fired.hold);
    return fired;
  });
}

/** Marks an occurrence, and those told in its message, sent at an instant (epoch ms) as message 5500. */
export async function markSent(
  db: Database,
  id: DeliveryId,
  at: EpochMs,
  { latenessMs = 0, repeats = 0 }: { readonly latenessMs?: number; readonly repeats?: number } = {},
): Promise<void> {
  await db.query(
    `UPDATE deliveries SET state = 'sent', sent_at = $2, first_attempt_at = $2, lateness_ms = $3, repeats = $4, message_id = 5500
      WHERE id = $1 OR gathered_by = $1`,
    [id, iso(at), latenessMs, repeats],
  );
}
