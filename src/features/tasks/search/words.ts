/** The words of texts as search compares them: case and accents folded the same way for what is stored and what is looked for. */

/** Letters that keep their own form under NFKD although people type them without their stroke. */
const STROKES: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
};

/** Longer words are cut: what follows never decides a search, and PostgreSQL refuses lexemes above 2 KB. */
const LONGEST_WORD = 60;
/** PostgreSQL refuses a tsvector above 1 MB, and keys are longer than their words; words beyond are not found. */
const MOST_BYTES = 800_000;
const KEY_BYTES = 24;

/** The text in lower case, without accents, ligatures and strokes taken apart ("Łódź" is "lodz", "Ёлка" is "елка"). */
export function folded(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFKD')
      // Behind the decomposition, which makes capitals of letters that are none ("ᴬ"), and decomposed again, as "İ" becomes two.
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/\p{M}+/gu, '')
      .replaceAll(/[øłđðħıßæœþς]/g, (letter) => STROKES[letter] ?? letter)
  );
}

// Scripts written without spaces are taken letter by letter, signs one by one, anything else by runs of letters and digits.
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\p{Extended_Pictographic}|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;

/** The distinct folded words of some texts, in order, bounded to what an index entry may hold. */
export function wordsOf(...texts: readonly string[]): string[] {
  const found = new Set<string>();
  let bytes = 0;
  for (const text of texts) {
    for (const [match] of folded(text).matchAll(WORD)) {
      const word = match.length > LONGEST_WORD ? match.slice(0, LONGEST_WORD).toWellFormed() : match;
      if (found.has(word)) continue;
      bytes += Buffer.byteLength(word) + KEY_BYTES;
      if (bytes > MOST_BYTES) return [...found];
      found.add(word);
    }
  }
  return [...found];
}

/** A tsquery of all the words; as beginnings unless `whole`. Words are letters, digits and signs only, so quoting is safe. */
export function tsquery(words: readonly string[], whole = false): string {
  return words.map((word) => `'${word}'${whole ? '' : ':*'}`).join(' & ');
}
