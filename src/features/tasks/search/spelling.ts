/** How far words that were said are from the words of a title: typos, other endings, beginnings. Pure. */

/** Words that were said, ready to be compared with many titles. */
export type Spelling = (title: readonly string[]) => number | null;

/** Titles share most of their words: each is compared once. Gives the faults of a title, or null when one of the words fits none of its. */
export function spellingOf(words: readonly string[]): Spelling {
  const compared = words.map((word) => ({ word, known: new Map<string, number | null>() }));
  return (title) => faultsIn(compared, title);
}

/** A word, and its distance from words of titles as far as they were met. */
interface Compared {
  readonly word: string;
  readonly known: Map<string, number | null>;
}

/** How far the words are from words of the title, or null when one of them fits none. */
function faultsIn(words: readonly Compared[], title: readonly string[]): number | null {
  let faults = 0;
  for (const { word, known } of words) {
    let best: number | null = null;
    for (const candidate of title) {
      let distance = known.get(candidate);
      if (distance === undefined) {
        distance = wordDistance(word, candidate);
        known.set(candidate, distance);
      }
      if (distance !== null && (best === null || distance < best)) best = distance;
      if (best === 0) break;
    }
    if (best === null) return null;
    faults += best;
  }
  return faults;
}

/** 0 for the word or its beginning, 1 to 2 for typos and other endings, null when it is another word. */
function wordDistance(word: string, candidate: string): number | null {
  if (candidate.startsWith(word)) return 0;
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (allowed > 0) {
    const distance = edits(word, candidate, allowed);
    if (distance !== null) return distance;
  }
  // Russian endings: "отчетом" and "отчет", "статью" and "статья". A stem of four letters, short tails on both sides.
  if (!/\p{Script=Cyrillic}/u.test(word)) return null;
  let common = 0;
  while (common < word.length && word[common] === candidate[common]) common += 1;
  return common >= Math.max(3, word.length - 3) && candidate.length - common <= 3 ? 1 : null;
}

/** Optimal string alignment distance (a swap of neighbours is one edit), or null above `most`. */
function edits(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      row.push(value);
      if (value < least) least = value;
    }
    if (least > most) return null;
    before = last;
    last = row;
  }
  const distance = last[b.length] ?? most + 1;
  return distance <= most ? distance : null;
}
