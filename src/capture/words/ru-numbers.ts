/** Russian numbers and their cases, made from stems: a dictated number comes in any of them, and past twenty in two words. */
import type { Lexeme } from './lexeme.ts';

/** Cardinals: as counted, then as any other case has them. */
const CARDINALS: Readonly<Record<number, readonly [counted: string, cases: string]>> = {
  0: ['ноль', 'нуль'],
  1: ['один одну одна одно', 'одного одному одним'],
  2: ['два две', 'двух двум двумя двое двоих'],
  3: ['три тройку', 'трех трем тремя трое троих'],
  4: ['четыре', 'четырех четырем'],
  5: ['пять', 'пяти пятью'],
  6: ['шесть', 'шести шестью'],
  7: ['семь', 'семи семью'],
  8: ['восемь', 'восьми восемью'],
  9: ['девять', 'девяти девятью'],
  10: ['десять', 'десяти десятью'],
  ...Object.fromEntries(
    ['один', 'две', 'три', 'четыр', 'пят', 'шест', 'сем', 'восем', 'девят'].map((stem, index) => [
      index + 11,
      [`${stem}надцать`, `${stem}надцати ${stem}надцатью`],
    ]),
  ),
  20: ['двадцать', 'двадцати двадцатью'],
  30: ['тридцать', 'тридцати тридцатью'],
  40: ['сорок', 'сорока'],
  50: ['пятьдесят', 'пятидесяти'],
  60: ['шестьдесят', 'шестидесяти'],
  90: ['девяносто', 'девяноста'],
};

const HARD = ['ый', 'ая', 'ое', 'ого', 'ому', 'ой', 'ую', 'ом', 'ым', 'ые'];
const STEMS: Readonly<Record<number, string>> = {
  1: 'перв',
  2: 'втор',
  4: 'четверт',
  5: 'пят',
  6: 'шест',
  7: 'седьм',
  8: 'восьм',
  9: 'девят',
  10: 'десят',
  ...Object.fromEntries(
    ['один', 'две', 'три', 'четыр', 'пят', 'шест', 'сем', 'восем', 'девят'].map((stem, index) => [
      index + 11,
      `${stem}надцат`,
    ]),
  ),
  20: 'двадцат',
  30: 'тридцат',
};
const THIRD = 'третий третья третье третьего третьему третьей третью третьем третьим третьи';

const join = (words: readonly string[]) => words.join(' ');

export const cardinals: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(CARDINALS).map(([n, forms]) => [n, join(forms)]),
);

export const ordinals: Readonly<Record<number, string>> = {
  ...Object.fromEntries(Object.entries(STEMS).map(([n, stem]) => [n, join(HARD.map((ending) => stem + ending))])),
  3: THIRD,
};

const split = (text: string | undefined) => (text ?? '').split(' ');

/** "двадцать пять", "двадцати пяти", "двадцать пятого": each word pair that makes one number. */
export const compounds: readonly { phrase: string; means: readonly Lexeme[] }[] = [20, 30, 40, 50].flatMap((tens) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((unit) => {
    const n = tens + unit;
    const [counted = '', cases = ''] = CARDINALS[tens] ?? [];
    const [units = '', others = ''] = CARDINALS[unit] ?? [];
    const pairs = [
      ...split(units).map((word) => `${split(counted)[0]} ${word}`),
      ...split(others).flatMap((word) => split(cases).map((ten) => `${ten} ${word}`)),
    ];
    const numbers = pairs.map((phrase) => ({ phrase, means: [{ k: 'number', n } as const] }));
    const days =
      n > 31
        ? []
        : split(ordinals[unit]).map((word) => ({
            phrase: `${split(counted)[0]} ${word}`,
            means: [{ k: 'ordinal', n } as const],
          }));
    return [...numbers, ...days];
  }),
);
