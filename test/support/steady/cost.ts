/** What a computation costs, as far as a test may ask: compared with another on the same machine, never in seconds. */

const ROUND_MS = 10;

/** Least of this thread's own time that a run takes, in milliseconds: the machine's other work must not count. The counter is coarse, so many runs make a round. */
export function cost(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const begun = process.threadCpuUsage();
    let spent = 0;
    let runs = 0;
    for (; spent < ROUND_MS && runs < 1000; runs += 1) {
      run();
      const { user, system } = process.threadCpuUsage(begun);
      spent = (user + system) / 1000;
    }
    best = Math.min(best, spent / runs);
  }
  return best;
}
