/** Waiting: a background loop with a heartbeat, which sleeps until woken or due, outlives errors with backoff and stops at the end of a turn; and bounds for any wait, or several. */

export interface LoopOptions {
  readonly name: string;
  /** One turn; returns the milliseconds until the next unless woken before. */
  readonly turn: (signal: AbortSignal) => Promise<number>;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
}

export interface Loop {
  /** Runs the next turn now, or right after the running one. */
  wake(): void;
  /** Stops and waits for the running turn. */
  stop(): Promise<void>;
}

/** A loop that sleeps longer than this beats this often meanwhile, so silence means that a turn hangs or fails. */
const SLEEP_BEAT_MS = 30_000;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;

/** Starts the loop. */
export function startLoop(options: LoopOptions): Loop {
  const stopping = new AbortController();
  let woken = false;
  let interrupt: (() => void) | undefined;
  let backoff = 0;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      if (woken || stopping.signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        interrupt = undefined;
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, Math.min(ms, 2_000_000_000)));
      interrupt = done;
    });

  const run = async () => {
    while (!stopping.signal.aborted) {
      woken = false;
      let wait: number;
      let asleep: NodeJS.Timeout | undefined;
      try {
        wait = await options.turn(stopping.signal);
        backoff = 0;
        options.beat(options.name);
        if (wait > SLEEP_BEAT_MS) asleep = setInterval(() => options.beat(options.name), SLEEP_BEAT_MS);
      } catch (error) {
        if (stopping.signal.aborted) break;
        options.onError(error);
        backoff = Math.min(LONGEST_BACKOFF_MS, backoff === 0 ? FIRST_BACKOFF_MS : backoff * 2);
        wait = backoff;
        // A fault is not mended by the next message: being woken does not shorten the backoff.
        woken = false;
      }
      await pause(wait);
      clearInterval(asleep);
    }
  };
  const running = run();
  return {
    wake() {
      woken = true;
      interrupt?.();
    },
    async stop() {
      stopping.abort();
      interrupt?.();
      await running;
    },
  };
}

/**
 * What `work` comes to, or `late` when that takes longer than `ms`. The work itself goes on, and a failure of it after that reaches nobody.
 */
export async function within<T, L>(work: Promise<T>, ms: number, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<L>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  return Promise.race([work, bound]).finally(() => clearTimeout(timer));
}

const LEAST_MS = 500;

/** One time for several waits together. */
export interface SharedBound {
  /** What is left of it, and the least at least. Milliseconds. */
  leftMs(): number;
  /** Waits for `work` as long as that, or shorter when told so. What fails is thrown on. */
  wait(work: Promise<unknown> | undefined, atMostMs?: number): Promise<void>;
}

/** Opens the time of `ms` for waits one after another; each gets `leastMs` also where those before it used it up. */
export function boundTogether(ms: number, leastMs = LEAST_MS): SharedBound {
  const until = performance.now() + ms;
  const leftMs = () => Math.max(leastMs, until - performance.now());
  return {
    leftMs,
    async wait(work, atMostMs = ms) {
      await within(Promise.resolve(work), Math.min(atMostMs, leftMs()), undefined);
    },
  };
}
