/** Heartbeats of the background loops: one that stops is seen in health, in metrics and by an alert. */
import type { Clock } from '../core/clock.ts';
import type { Metrics } from './metrics.ts';

export interface Heartbeats {
  /** A loop finished a turn. */
  beat(loop: string): void;
  /** Loops that beat before and were silent for longer than `ms`. */
  stalled(ms: number): string[];
}

/** Makes the register of loops. Silence is measured by a monotonic clock, so that a set wall clock stalls nothing. */
export function createHeartbeats(clock: Clock, metrics: Metrics): Heartbeats {
  const last = new Map<string, number>();
  return {
    beat(loop) {
      last.set(loop, performance.now());
      metrics.set('steward_loop_heartbeat_timestamp_seconds', { loop }, clock.now() / 1000);
    },
    stalled: (ms) => [...last].filter(([, at]) => performance.now() - at > ms).map(([loop]) => loop),
  };
}
