/** One connection less in the pool for as long as somebody needs a session of their own: together they keep within the same bound. */
import type pg from 'pg';

/** A connection that was told to close is not waited for any longer. Milliseconds. */
const CLOSING_MS = 2_000;

/** See `Database.lend`. `isClosing`: the pool takes no callers any more. */
export function lending(pool: pg.Pool, isClosing: () => boolean): <T>(work: () => Promise<T>) => Promise<T> {
  async function closeOne(): Promise<void> {
    // All may be busy for longer than a caller waits for one.
    const client = await pool.connect().catch((error: unknown) => {
      if (isClosing()) throw error;
    });
    if (!client) return;
    const gone = new Promise<void>((resolve) => void client.once('end', () => resolve()));
    client.release(true);
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, CLOSING_MS).unref())]);
  }

  return async (work) => {
    pool.options.max -= 1;
    try {
      while (pool.totalCount > pool.options.max) await closeOne();
      return await work();
    } finally {
      pool.options.max += 1;
    }
  };
}
