/**
 * How long an update waits for those before it. Webhook posts overtake one another now and then, and between two of one chat others may lie;
 * but an id may also be missing for good (a stranger's, another program's), and then waiting is in vain. So patience is learned: it shrinks
 * with every wait in vain and comes back whole with the first update that was overtaken or failed here, and nothing is waited for twice.
 */

export interface Gaps {
  /** How many ids before an update are looked for at present. */
  reach(): number;
  /** An update came in; one with a lower id than before was overtaken. */
  seen(updateId: number): void;
  /** This process refused the update: a gap nobody need wait for, and the other processes' gaps may be such as well. */
  refused(updateId: number): void;
  /**
   * The database was away for this process: an update could not be stored, or those that wait not be read. Telegram sends again what was lost, and
   * what comes in until then overtakes it, so all that is missing is waited for anew.
   */
  failed(): void;
  /**
   * Milliseconds to wait yet for the ids `missing` before an update, 0 when it may go on. Each is waited for from when this process first missed
   * it, not from when the update behind it came in: while the database is away nothing comes in, and what is missing then comes right
   * behind. `resume` goes on as soon as one of them comes in, or is refused.
   */
  waitMs(missing: readonly number[], resume: () => void): number;
  /** These came in, or were refused. */
  came(updateIds: readonly number[]): void;
}

/** Two posts of one chat are no further apart than this on a network that works. */
const PATIENCE_MS = 300;
/** Where posts were overtaken or failed one may fail again, at a process that ends or with a database that was away. */
const PATIENCE_IN_TROUBLE_MS = 1_000;
/** So long after a stranger's update most gaps are strangers': nobody waits long for those. */
const STRANGERS_MS = 60_000;
/** Below this, waiting is given up until something is overtaken again. */
const LEAST_MS = 30;
/** As many as may be on their way at once: Telegram opens 40 connections unless told otherwise. */
const REACH = 40;
/** Ids remembered; more than pass in the time of waiting. */
const REMEMBERED = 4096;

/** The oldest goes where it is one too many. */
function bound(ids: Map<number, unknown> | Set<number>): void {
  const [oldest] = ids.keys();
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest);
}

/** Patience for webhooks; without them (`waits` false) there is none, as long polling keeps order. */
export function learnGaps(waits: boolean): Gaps {
  /** refused, or waited for in vain */
  const settled = new Set<number>();
  const missedSince = new Map<number, number>();
  const awaited = new Map<number, Array<() => void>>();
  let patience = waits ? PATIENCE_MS : 0;
  let highest = 0;
  let strangersUntil = 0;

  /** Trouble was seen: patience is whole again. */
  function trouble(): void {
    if (waits) patience = performance.now() < strangersUntil ? PATIENCE_MS : PATIENCE_IN_TROUBLE_MS;
  }

  function settle(updateId: number): void {
    missedSince.delete(updateId);
    settled.add(updateId);
    bound(settled);
  }

  return {
    reach: () => (patience > 0 ? REACH : 0),
    seen(updateId) {
      // Far below the highest nothing was overtaken: after a quiet week Telegram begins its ids anew, at random.
      const wasOvertaken = updateId < highest && updateId > highest - REMEMBERED;
      if (wasOvertaken) trouble();
      else highest = updateId;
    },
    refused(updateId) {
      settle(updateId);
      strangersUntil = performance.now() + STRANGERS_MS;
      patience = Math.min(patience, PATIENCE_MS);
    },
    failed() {
      trouble();
      missedSince.clear();
    },
    waitMs(missing, resume) {
      if (patience === 0) return 0;
      const now = performance.now();
      const inVain: number[] = [];
      let longest = 0;
      for (const id of missing) {
        if (settled.has(id)) continue;
        const since = missedSince.get(id) ?? now;
        const left = since + patience - now;
        if (left <= 0) {
          inVain.push(id);
          continue;
        }
        missedSince.set(id, since);
        bound(missedSince);
        // Waiting ends by itself: what is forgotten here costs some of the patience, nothing else.
        awaited.set(id, [...(awaited.get(id) ?? []), resume]);
        bound(awaited);
        longest = Math.max(longest, left);
      }
      inVain.forEach(settle);
      if (inVain.length > 0) patience = patience / 2 < LEAST_MS ? 0 : patience / 2;
      return longest;
    },
    came(updateIds) {
      for (const updateId of updateIds) {
        missedSince.delete(updateId);
        const resumes = awaited.get(updateId) ?? [];
        awaited.delete(updateId);
        for (const resume of resumes) resume();
      }
    },
  };
}
