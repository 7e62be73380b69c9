/** Short numbers in words: "12", "#12 and 15", «12, 15 и 7». Pure. */

const NUMBER = /^[#№]?(\d{1,9})$/u;
const MOST_AT_ONCE = 30;

/** The number a word is; null for any other word. */
export const numberOf = (word: string): number | null => {
  const digits = NUMBER.exec(word)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** Numbers one behind the other ("12 and 15", «12, 15 и 7»); none when there is anything else. */
export function numbersIn(words: string): number[] {
  const parts = words.split(/(?:[\s,;&+]|\band\b|(?<![\p{L}])и(?![\p{L}]))+/u).filter((part) => part !== '');
  const numbers = parts.map(numberOf);
  return numbers.every((number) => number !== null) ? [...new Set(numbers)].slice(0, MOST_AT_ONCE) : [];
}
