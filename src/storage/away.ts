/** A database that is merely away: what tells it from one that refuses, and the one way to wait for it. */
import { errorCode, errorMessage, Upstream } from '../core/errors.ts';

const RETRY_MS = 1_000;

/** The server is not there yet, starting, or shutting down: worth waiting for. Wrong passwords and names are not. */
function isAway(error: unknown): boolean {
  // What connecting threw comes wrapped in its mend.
  if (error instanceof Upstream) return isAway(error.cause);
  const code = errorCode(error) ?? '';
  return (
    /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|57P0[123])$/.test(
      code,
    ) || /timeout expired|Query read timeout|Connection terminated/i.test(errorMessage(error))
  );
}

/**
 * Tries `work` again as long as the database is away. `onAway` is told why before each wait, and ends it by throwing. What else `work`
 * throws is thrown on.
 */
export async function whileAway<T>(
  work: () => Promise<T>,
  onAway: (error: unknown, first: boolean) => void,
): Promise<T> {
  for (let first = true; ; first = false) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error)) throw error;
      onAway(error, first);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
