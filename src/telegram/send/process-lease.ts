/** The lease by which others know that this process lives, and may take over what it was sending when it does not. */
import type { BotId } from '../../core/ids.ts';
import { startLoop } from '../../core/loop.ts';
import type { Database } from '../../storage/database.ts';
import { endLeasesOfTheDead, releaseLease, takeLease } from '../../storage/lease.ts';
import { recover } from './claims.ts';

export interface ProcessLeaseOptions {
  readonly db: Database;
  readonly botId: BotId;
  readonly owner: string;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
  /** Messages of dead processes wait to be sent again. */
  readonly recovered: (count: number) => void;
}

export interface ProcessLease {
  /** The lease may have run out: nothing is started, as another may be recovering our messages. */
  isFenced(): boolean;
  /** The database is in trouble: for a while nobody is declared dead. */
  troubled(): void;
  /** Gives the lease back. */
  stop(): Promise<void>;
}

const LEASE_MS = 10_000;
const RENEW_MS = 2_000;
/** A process that could not renew for so long starts nothing. */
const FENCE_MS = 7_000;
/** After the database was away, others get this long to renew before they count as dead. */
const RECOVERY_GRACE_MS = 12_000;

/** Takes the lease and keeps it. */
export function keepProcessLease(options: ProcessLeaseOptions): ProcessLease {
  const { db, botId, owner } = options;
  const lease = `process:${owner}`;
  let renewedAt = Number.NEGATIVE_INFINITY;
  let troubledAt = Number.NEGATIVE_INFINITY;
  const renewing = startLoop({
    name: 'sender-lease',
    beat: options.beat,
    onError: options.onError,
    async turn() {
      const at = performance.now();
      await takeLease(db, lease, owner, LEASE_MS);
      renewedAt = at;
      await endLeasesOfTheDead(db);
      if (performance.now() - troubledAt > RECOVERY_GRACE_MS) {
        const count = await recover(db, botId, owner);
        if (count > 0) options.recovered(count);
      }
      return RENEW_MS;
    },
  });
  return {
    isFenced: () => performance.now() - renewedAt > FENCE_MS,
    troubled() {
      troubledAt = performance.now();
    },
    async stop() {
      await renewing.stop();
      await releaseLease(db, lease, owner).catch(options.onError);
    },
  };
}
