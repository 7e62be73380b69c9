/** What became of messages, written down in batches that grow with the load: one statement is under way at a time. */
import type { Ending } from './claims.ts';

export interface EndingsOptions {
  /** Writes a batch down. */
  readonly write: (endings: readonly Ending[]) => Promise<unknown>;
  /** A batch is written. */
  readonly written: (endings: readonly Ending[]) => void;
  readonly onError: (error: unknown) => void;
}

export interface Endings {
  add(ending: Ending): void;
  /** Resolves when all is written. */
  settled(): Promise<void>;
}

/** Under load, claims and endings rest so long between one another: what gathers meanwhile goes in one statement. */
const REST_MS = 8;
const RETRY_MS = 250;

/** Waits until `REST_MS` have passed since `last` (monotonic, ms). */
export async function rest(last: number): Promise<void> {
  const left = last + REST_MS - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

/** Opens the endings of one sender. */
export function openEndings(options: EndingsOptions): Endings {
  let gathered: Ending[] = [];
  let flushing: Promise<void> | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;

  async function flush(): Promise<void> {
    while (gathered.length > 0) {
      await rest(flushedAt);
      flushedAt = performance.now();
      const batch = gathered;
      gathered = [];
      for (;;) {
        try {
          await options.write(batch);
          break;
        } catch (error) {
          // Telegram has the messages; forgetting that would send them twice. Kept until the database takes it.
          options.onError(error);
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
      options.written(batch);
    }
  }

  return {
    add(ending) {
      gathered.push(ending);
      flushing ??= flush().finally(() => {
        flushing = undefined;
      });
    },
    async settled() {
      while (flushing) await flushing;
    },
  };
}
