/** How far a typed word is from a known one: slips of the fingers. */

/**
 * Damerau-Levenshtein distance in its optimal string alignment form: insertions, deletions, substitutions and swaps of
 * neighbours count one each. Gives `most + 1` as soon as it is certain to be more than `most`, so long input costs little.
 */
export function editDistance(from: string, to: string, most: number): number {
  const a = [...from];
  const b = [...to];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of a.entries()) {
    const current = [row + 1];
    for (const [column, other] of b.entries()) {
      const substituted = at(last, column) + (letter === other ? 0 : 1);
      let best = Math.min(substituted, at(last, column + 1) + 1, at(current, column) + 1);
      if (row > 0 && column > 0 && letter === b[column - 1] && a[row - 1] === other) {
        best = Math.min(best, at(beforeLast, column - 1) + 1);
      }
      current.push(best);
    }
    if (Math.min(...current) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(at(last, b.length), most + 1);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
