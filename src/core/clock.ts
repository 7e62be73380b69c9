/** The only place where Steward reads the time: every other module is handed a Clock, so tests drive it. */

/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export interface Clock {
  /** The present instant. May jump in either direction when the machine's clock is set. */
  now(): EpochMs;
  /** Calls `listener` whenever time moved other than by passing (a driven clock was advanced). Returns the way to stop listening. */
  onMove(listener: () => void): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now(), onMove: () => () => {} };

/** A clock that stands still until a test moves it. */
export class DrivenClock implements Clock {
  #now: EpochMs;
  readonly #listeners = new Set<() => void>();

  constructor(start: EpochMs | string) {
    this.#now = typeof start === 'string' ? Date.parse(start) : start;
  }

  now(): EpochMs {
    return this.#now;
  }

  onMove(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Moves time by `ms` (negative: back) and wakes whoever waits for it. */
  advance(ms: number): void {
    this.set(this.#now + ms);
  }

  /** Sets the instant and wakes whoever waits for it. */
  set(to: EpochMs | string): void {
    this.#now = typeof to === 'string' ? Date.parse(to) : to;
    for (const listener of this.#listeners) listener();
  }
}

/** ISO 8601 in UTC with milliseconds, the form every `timestamptz` parameter is passed in. */
export function iso(at: EpochMs): string {
  if (at === lastAt) return lastText;
  lastText = new Date(at).toISOString();
  lastAt = at;
  return lastText;
}
/** One update writes its instant into half a dozen rows. */
let lastAt: EpochMs = Number.NaN;
let lastText = '';
