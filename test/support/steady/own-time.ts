/** Time as this process had it, for promises of the kind "within a second": what the machine gave to others meanwhile does not count. */

const TICK_MS = 10;

/**
 * What `work` comes to, and how long it took: in ticks that follow one another on the event loop which does the work. Where the machine stood
 * still, both did. Only for work of this process.
 */
export async function ownTime<T>(work: () => Promise<T>): Promise<{ outcome: T; ms: number }> {
  let ms = 0;
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    timer = setTimeout(() => {
      ms += TICK_MS;
      tick();
    }, TICK_MS);
  };
  tick();
  try {
    const outcome = await work();
    return { outcome, ms };
  } finally {
    clearTimeout(timer);
  }
}
