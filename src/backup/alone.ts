/** Only one backup of a database at a time, whichever replica, CronJob or terminal it comes from: a lease, renewed while the work goes on. */
import { errorCode } from '../core/errors.ts';
import type { Database } from '../storage/database.ts';
import { endLeasesOfTheDead, ownerName, releaseLease, takeLease } from '../storage/lease.ts';
import { BackupFault } from './faults.ts';

const LEASE = 'backup';
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;

/** There is nothing to back up. */
class NoSteward extends BackupFault {
  constructor() {
    super(
      'The database holds no Steward',
      'check DATABASE_URL or STEWARD_DATA_DIR; a new installation is made by `steward start`',
    );
  }
}

/** Another process has it. */
export class Busy extends BackupFault {
  constructor() {
    super(
      'Another backup of this database is under way',
      'wait until it has ended; one that died is forgotten after a minute',
    );
  }
}

/**
 * Runs `work` while no other backup runs. `signal` ends when the lease was lost, because the database was away for longer than it lasts.
 * @throws Busy
 */
export async function alone<T>(db: Database, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const owner = ownerName();
  try {
    await endLeasesOfTheDead(db);
  } catch (error) {
    // No table of leases: `DATABASE_URL` leads elsewhere, or nothing was ever installed.
    if (errorCode(error) === '42P01') throw new NoSteward();
    throw error;
  }
  if (!(await takeLease(db, LEASE, owner, LEASE_MS))) throw new Busy();
  const lost = new AbortController();
  let renewedAt = performance.now();
  let renewing: Promise<void> | undefined;
  const timer = setInterval(() => {
    renewing ??= takeLease(db, LEASE, owner, LEASE_MS)
      .then(
        (held) => {
          if (!held) lost.abort(new Busy());
          renewedAt = performance.now();
        },
        () => {
          if (performance.now() - renewedAt > LEASE_MS)
            lost.abort(new BackupFault('The database was away for too long', 'look at it, and try again'));
        },
      )
      .finally(() => {
        renewing = undefined;
      });
  }, RENEW_MS);
  timer.unref();
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
    await renewing;
    await releaseLease(db, LEASE, owner).catch(() => {});
  }
}
