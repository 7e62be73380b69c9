/** The machine's clock, set forward or back by a test: time passes as always, so that retries and back-offs end by themselves. */
import { type Clock, type EpochMs, systemClock } from '../../src/core/clock.ts';

export class ShiftedClock implements Clock {
  #shift = 0;
  readonly #listeners = new Set<() => void>();

  now(): EpochMs {
    return systemClock.now() + this.#shift;
  }

  onMove(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sets the clock by `ms` (negative: back). `told` false: nobody notices at once, as when a machine's clock is set. */
  move(ms: number, told = true): void {
    this.#shift += ms;
    if (told) for (const listener of this.#listeners) listener();
  }
}
