/** Time that was spent, as it stands behind "log" and "потратил": a length in hours and minutes, where «м» can be no metre. */
import type { Found } from '../pieces.ts';
import { numeral, type Scan, wordAt } from '../scan.ts';
import { readSpan } from './span.ts';

/** Minutes spent from a token on ("45m", "1h30", "1ч 30м"); null where no length of time stands there. */
export function readSpent(scan: Scan, index: number): Found<number> | null {
  const span = readSpan(scan, index, wordAt(scan, index) === 'час');
  const minutes = Math.round((span?.value.ms ?? 0) / 60_000);
  const next = span === null ? index : span.next;
  // "1ч30м": the minutes are read, their unit is not.
  if (minutes > 0 && minutes % 60 !== 0 && wordAt(scan, next) === 'м') return { value: minutes, next: next + 1 };
  const more = span === null || minutes % 60 === 0 ? numeral(scan, next) : null;
  if (more !== null && wordAt(scan, more.next) === 'м' && more.n >= 1)
    return { value: minutes + Math.round(more.n), next: more.next + 1 };
  return minutes > 0 ? { value: minutes, next } : null;
}
