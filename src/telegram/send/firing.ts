/** Hands occurrences that fell due from the ledger to the outbox; every replica runs one, rows are shared by skipping locked ones. */
import type { Clock } from '../../core/clock.ts';
import { Bug } from '../../core/errors.ts';
import type { BotId } from '../../core/ids.ts';
import { startLoop } from '../../core/loop.ts';
import { hold, markQueued, nextDue, releaseHeld, skip, takeDue } from '../../outbox/ledger.ts';
import { enqueue } from '../../outbox/outbox.ts';
import type { Database } from '../../storage/database.ts';
import type { DeliveryHandlers } from '../feature.ts';

export interface FiringOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly botId: BotId;
  readonly handlers: DeliveryHandlers;
  readonly wakeSender: () => void;
  readonly counted: (kind: string, state: 'queued' | 'skipped' | 'held', count: number) => void;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
}

export interface Firing {
  wake(): void;
  stop(): Promise<void>;
}

/** Occurrences in one transaction. */
const BATCH = 500;
/** The longest sleep: what other processes planned, and a clock that was set, are noticed within it. */
const LONGEST_SLEEP_MS = 500;

/** Starts firing. */
export function startFiring(options: FiringOptions): Firing {
  const { db, clock, botId } = options;

  /** One transaction's worth; resolves to how many there were. */
  function fireBatch(): Promise<number> {
    return db.transaction(async (tx) => {
      const now = clock.now();
      const due = await takeDue(tx, now, BATCH);
      for (const [kind, deliveries] of Map.groupBy(due, (delivery) => delivery.kind)) {
        const handler = options.handlers[kind];
        if (!handler) throw new Bug(`nothing fires deliveries of kind ${kind}`);
        const fired = await handler.fire(tx, deliveries, now, () => loop.wake());
        await enqueue(
          tx,
          botId,
          fired.send.map((item) => item.message),
          { wake: options.wakeSender },
        );
        await markQueued(
          tx,
          fired.send.map((item) => item.id),
          now,
        );
        await skip(tx, fired.skip, now);
        await hold(tx, fired.hold);
        tx.afterCommit(() => {
          options.counted(kind, 'queued', fired.send.length);
          options.counted(kind, 'skipped', fired.skip.length);
          options.counted(kind, 'held', fired.hold.length);
        });
      }
      return due.length;
    });
  }

  const loop = startLoop({
    name: 'firing',
    beat: options.beat,
    onError: options.onError,
    async turn() {
      const now = clock.now();
      await releaseHeld(db, now);
      if ((await fireBatch()) > 0) return 0;
      const next = await nextDue(db);
      return next === null ? LONGEST_SLEEP_MS : Math.min(LONGEST_SLEEP_MS, Math.max(1, next - clock.now()));
    },
  });
  const stopListening = clock.onMove(() => loop.wake());
  return {
    wake: () => loop.wake(),
    async stop() {
      stopListening();
      await loop.stop();
    },
  };
}
