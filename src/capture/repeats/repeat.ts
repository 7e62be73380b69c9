/** Recurrences: "every 2 weeks on mon,thu", "first monday of the month", "по будням", with what may be said after them. */
import type { Found, Repeat } from '../pieces.ts';
import { mark, role, type Scan } from '../scan.ts';
import { readEvery } from './every.ts';
import { readNth } from './nth.ts';
import { readPlural } from './plural.ts';
import { readAfterwards, readEveryOther, readOneWord, readRate } from './rates.ts';
import { readRefinements } from './refine.ts';

/** A recurrence beginning at `index`, with all that refines it. */
export function readRepeat(scan: Scan, index: number): Found<Repeat> | null {
  // "after I finish, every 4 days"
  const finish = role(scan, index, 'finish');
  const then = finish === -1 ? null : readEvery(scan, skipComma(scan, finish));
  if (then !== null) return readRefinements(scan, { value: { ...then.value, basis: 'completion' }, next: then.next });
  const begun =
    readEvery(scan, index) ??
    readOneWord(scan, index) ??
    readPlural(scan, index) ??
    readRate(scan, index) ??
    readEveryOther(scan, index) ??
    readAfterwards(scan, index) ??
    readNth(scan, index);
  return begun === null ? null : readRefinements(scan, begun);
}

function skipComma(scan: Scan, index: number): number {
  const comma = mark(scan, index, ',');
  return comma === -1 ? index : comma;
}
