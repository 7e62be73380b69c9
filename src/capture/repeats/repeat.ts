/** Recurrences: "every 2 weeks on mon,thu", "first monday of the month", "по будням", with what may be said after them. */
import type { Found, Repeat } from '../pieces.ts';
import type { Scan } from '../scan.ts';
import { readEvery } from './every.ts';
import { readNth } from './nth.ts';
import { readPlural } from './plural.ts';
import { readAfterwards, readEveryOther, readOneWord, readRate } from './rates.ts';
import { readRefinements } from './refine.ts';

/** A recurrence beginning at `index`, with all that refines it. */
export function readRepeat(scan: Scan, index: number): Found<Repeat> | null {
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
