/**
 * How long an update waits for the one before it. Webhook posts overtake one another now and then; but an id may also be missing for good
 * (a stranger's, another program's), and then waiting is in vain. So patience is learned: it shrinks with every wait in vain and comes back
 * whole with the first update that was overtaken.
 */

export interface Gaps {
  /** Milliseconds to wait at present. */
  patienceMs(): number;
  /** An update came in; one with a lower id than before was overtaken. */
  seen(updateId: number): void;
  /** This process refused the update: a gap nobody need wait for. */
  refused(updateId: number): void;
  wasRefused(updateId: number): boolean;
  /**
   * Milliseconds since this process first met the update behind a gap. Not since it came in: while the database is away nothing comes in, and
   * what is missing then comes right behind.
   */
  waitedMs(updateId: number): number;
  /** The update before this one did not come in time. */
  inVain(updateId: number): void;
  /** `resume` goes on as soon as the update comes in, or is refused. */
  awaits(updateId: number, resume: () => void): void;
  /** These came in, or were refused. */
  came(updateIds: readonly number[]): void;
}

/** Two posts of one chat are no further apart than this on a network that works. */
const PATIENCE_MS = 300;
/** Below this, waiting is given up until something is overtaken again. */
const LEAST_MS = 30;
/** Refused ids remembered; more than pass in the time of waiting. */
const REMEMBERED = 4096;

/** Patience for webhooks; without them (`waits` false) there is none, as long polling keeps order. */
export function learnGaps(waits: boolean): Gaps {
  const refusedIds = new Set<number>();
  const awaited = new Map<number, () => void>();
  const met = new Map<number, number>();
  let patience = waits ? PATIENCE_MS : 0;
  let highest = 0;
  return {
    patienceMs: () => patience,
    seen(updateId) {
      if (waits && updateId < highest) patience = PATIENCE_MS;
      highest = Math.max(highest, updateId);
    },
    refused(updateId) {
      refusedIds.add(updateId);
      const [oldest] = refusedIds;
      if (refusedIds.size > REMEMBERED && oldest !== undefined) refusedIds.delete(oldest);
    },
    wasRefused: (updateId) => refusedIds.has(updateId),
    waitedMs(updateId) {
      const since = met.get(updateId);
      if (since !== undefined) return performance.now() - since;
      met.set(updateId, performance.now());
      const [oldest] = met.keys();
      if (met.size > REMEMBERED && oldest !== undefined) met.delete(oldest);
      return 0;
    },
    inVain(updateId) {
      met.delete(updateId);
      patience = patience / 2 < LEAST_MS ? 0 : patience / 2;
    },
    awaits(updateId, resume) {
      // Waiting ends by itself: what is forgotten here costs some of the patience, nothing else.
      const [oldest] = awaited.keys();
      if (awaited.size >= REMEMBERED && oldest !== undefined) awaited.delete(oldest);
      awaited.set(updateId, resume);
    },
    came(updateIds) {
      for (const updateId of updateIds) {
        const resume = awaited.get(updateId);
        awaited.delete(updateId);
        resume?.();
      }
    },
  };
}
