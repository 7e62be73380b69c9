/** Short numbers in words: "12", "#12 and 15", «12, 15 и 7», "5-7". Pure. */

const NUMBER = /^[#№]?(\d{1,9})$/u;
const MOST_AT_ONCE = 30;

/** The number a word is; null for any other word. */
export const numberOf = (word: string): number | null => {
  const digits = NUMBER.exec(word)?.[1];
  return digits === undefined ? null : Number(digits);
};

const RANGE = /^[#№]?(\d{1,9})[-–][#№]?(\d{1,9})$/u;

/** The numbers a word stands for ("5-7": three); null for any other word. */
function spelledOut(word: string): number[] | null {
  const [, first, last] = RANGE.exec(word) ?? [];
  const count = Number(last) - Number(first) + 1;
  if (count >= 2 && count <= MOST_AT_ONCE) return Array.from({ length: count }, (_, index) => Number(first) + index);
  const number = numberOf(word);
  return number === null ? null : [number];
}

/** Numbers one behind the other ("12 and 15", «12, 15 и 7», "5-7"); none when there is anything else. */
export function numbersIn(words: string): number[] {
  const parts = words.split(/(?:[\s,;&+]|\band\b|(?<![\p{L}])и(?![\p{L}]))+/u).filter((part) => part !== '');
  const numbers = parts.map(spelledOut);
  return numbers.every((some) => some !== null) ? [...new Set(numbers.flat())].slice(0, MOST_AT_ONCE) : [];
}
