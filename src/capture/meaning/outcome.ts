/** What pieces put together come to. */
import type { Refusal } from '../types.ts';
import type { Timed } from './timed.ts';

export interface Outcome {
  /** All plausible ones; exactly one means it is clear. */
  readings: Timed[];
  alternatives: Timed[];
  refused: Refusal | null;
}

export const nothing: Outcome = { readings: [], alternatives: [], refused: null };
/** Nothing is taken; `readings` are shown with the reason. */
export const refuse = (reason: Refusal, readings: Timed[] = []): Outcome => ({
  readings,
  alternatives: [],
  refused: reason,
});
export const outcome = (readings: Timed[], alternatives: Timed[] = []): Outcome => ({
  readings,
  alternatives,
  refused: null,
});

/** Each reading once. */
export function unique(readings: readonly Timed[]): Timed[] {
  const seen = new Set<string>();
  return readings.filter(({ when, recurrence }) => {
    const key = `${when.start} ${when.end} ${when.grain} ${recurrence?.rrule}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
