/** What a computation costs, as far as a test may ask: compared with another on the same machine, never in seconds. */

const ROUND_MS = 10;
const ROUNDS = 40;

/**
 * How many times as much of this thread's own time `run` takes as `other`, both at their best. They take turns, and noise only ever adds: what
 * the machine does beside, or the engine while it still compiles, is measured away by further rounds, for as long as the answer is above `bound`.
 */
export function costRatio(run: () => unknown, other: () => unknown, bound: number): number {
  let [best, bestOfOther] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS && !(best / bestOfOther < bound); round += 1) {
    bestOfOther = Math.min(bestOfOther, costOf(other));
    best = Math.min(best, costOf(run));
  }
  return best / bestOfOther;
}

/** Milliseconds one run takes, as the mean of a round: the counter is coarse. */
function costOf(run: () => unknown): number {
  const begun = process.threadCpuUsage();
  let spent = 0;
  let runs = 0;
  for (; spent < ROUND_MS && runs < 1000; runs += 1) {
    run();
    const { user, system } = process.threadCpuUsage(begun);
    spent = (user + system) / 1000;
  }
  return spent / runs;
}
