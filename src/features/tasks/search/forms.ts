/** The beginnings a word has in common with its other forms: "reports" finds "report", «Боба» finds «Бобу». */

/** Shorter words are looked for as they stand. */
const SHORTEST_WORD = 4;
const SHORTEST_STEM = 3;
/** Endings of Russian nouns, adjectives and infinitives; the longest that fits goes. */
const RUSSIAN =
  /(?:иями|ями|ами|ыми|ими|иях|иям|ией|ого|его|ому|ему|ах|ях|ам|ям|ом|ем|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им|ия|ию|ии|ью|ать|ять|ить|еть|уть|ы|и|а|я|о|е|у|ю|ь|й)$/u;
/** Consonants that stay doubled where "-ing" and "-ed" are taken off: "calling", not "running". */
const DOUBLED = /([bdfgmnprt])\1$/;

/** The word without its ending, always a beginning of it; the word itself where none is known. Words as `wordsOf` gives them. */
export function stemOf(word: string): string {
  if (word.length < SHORTEST_WORD) return word;
  const stem = /^[а-я]+$/u.test(word) ? word.replace(RUSSIAN, '') : /^[a-z]+$/.test(word) ? english(word) : word;
  return stem.length < SHORTEST_STEM ? word : stem;
}

function english(word: string): string {
  const verb = /^(.{3,}?)(?:ing|ed)$/.exec(word)?.[1];
  if (verb !== undefined && /[aeiouy]/.test(verb)) return DOUBLED.test(verb) ? verb.slice(0, -1) : verb;
  if (/(?:x|ss|ch|sh|z)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
