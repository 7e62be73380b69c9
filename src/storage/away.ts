/** A database that is merely away: what tells it from one that refuses, and the one way to wait for it. */
import { errorCode, errorMessage, Upstream } from '../core/errors.ts';

/** Waits between two tries: short at first, as a server that restarts is back within a second. Milliseconds. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[123]|080(00|01|03|06)|53300|25006)$/;
/** The driver's own words, which carry no code. */
const AWAY_WORDS =
  /timeout expired|timeout exceeded when trying to connect|Query read timeout|Connection (terminated|ended)|not queryable/i;

/**
 * The server is not there yet, starting, or shutting down, has no connection left for a moment (a rolling update), or takes no changes (a
 * standby that is about to lead): worth waiting for. Wrong passwords and names are not.
 */
export function isAway(error: unknown): boolean {
  // What connecting threw comes wrapped in its mend.
  if (error instanceof Upstream) return isAway(error.cause);
  return AWAY.test(errorCode(error) ?? '') || AWAY_WORDS.test(errorMessage(error));
}

/** PostgreSQL's disk_full, a SQLSTATE. */
export const DISK_FULL = '53100';

/** By hand (`pg_cancel_backend`), which says nothing of the statement. One that ran out of its time has the same code and other words. */
function isCancelledByHand(error: unknown): boolean {
  return errorCode(error) === '57014' && /user request/i.test(errorMessage(error));
}

/**
 * Whether the connection failed and not what was asked over it: the server is away, has no room for another connection, or its operator
 * ended what was under way. To ask again is right.
 */
export function isConnectionTrouble(error: unknown): boolean {
  return isAway(error) || isCancelledByHand(error) || /^(08|53|57P)/.test(errorCode(error) ?? '');
}

/**
 * Tries `work` again as long as the database is away. `onAway` is told why before each wait, and ends it by throwing. What else `work`
 * throws is thrown on.
 */
export async function whileAway<T>(
  work: () => Promise<T>,
  onAway: (error: unknown, first: boolean) => void,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error)) throw error;
      onAway(error, tries === 0);
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
