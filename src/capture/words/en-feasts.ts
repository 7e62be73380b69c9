/** English names of feasts that fall on one day a year. */
import type { Feast, Lexeme } from './lexeme.ts';

/** A date of every year. */
const fixed = (month: number, day: number): Feast => ({ rules: [{ k: 'fixed', month, day }], sure: true });
/** So many days after Easter Sunday. */
const easter = (plus: number): Feast => ({ rules: [{ k: 'easter', plus }], sure: true });
/** A weekday by its place in a month, and so many days after it. */
const nth = (month: number, place: number, weekday: number, plus = 0): Feast => ({
  rules: [{ k: 'nth', month, place, weekday, plus }],
  sure: true,
});
/** A season or a theme as often as a day: only behind a word that leads to one. */
const loose = (feast: Feast): Feast => ({ ...feast, sure: false });

const THANKSGIVING: Feast = {
  rules: [
    { k: 'nth', month: 10, place: 2, weekday: 1, plus: 0, regions: 'CA' },
    { k: 'nth', month: 11, place: 4, weekday: 4, plus: 0 },
  ],
  sure: false,
};
const MOTHERS: Feast = {
  rules: [
    { k: 'easter', plus: -21, regions: 'GB IE' },
    { k: 'nth', month: 5, place: 2, weekday: 7, plus: 0 },
  ],
  sure: true,
};

/** Names, apart by '|', and the day they mean. What falls on other days by country is told by the region of the locale. */
const FEASTS: readonly [names: string, feast: Feast][] = [
  ['christmas eve|xmas eve|x - mas eve', fixed(12, 24)],
  ['christmas day|xmas day|x - mas day', fixed(12, 25)],
  ['christmas|xmas', loose(fixed(12, 25))],
  ["boxing day|st stephen's day|st . stephen's day", fixed(12, 26)],
  ["new year's eve|new years ' eve|new years eve|new year eve|nye|hogmanay", fixed(12, 31)],
  ["new year's day|new years ' day|new years day|new year day", fixed(1, 1)],
  ["valentine's day|valentines day|valentine's|valentines", fixed(2, 14)],
  ["st patrick's day|st . patrick's day|st patricks day|st paddy's day|paddy's day", fixed(3, 17)],
  ["april fool's day|april fools day|april fools ' day|april fool's", fixed(4, 1)],
  ['canada day', fixed(7, 1)],
  ['bastille day', fixed(7, 14)],
  ['anzac day', fixed(4, 25)],
  ['australia day', fixed(1, 26)],
  ['halloween', loose(fixed(10, 31))],
  ['bonfire night|guy fawkes night|guy fawkes day', fixed(11, 5)],
  ["st nicholas day|st . nicholas day|st nicholas ' day", fixed(12, 6)],
  ["women's day|international women's day", fixed(3, 8)],
  ['burns night', fixed(1, 25)],
  ['easter sunday|easter day', easter(0)],
  ['easter', loose(easter(0))],
  ['easter monday', easter(1)],
  ['easter saturday', easter(-1)],
  ['good friday', easter(-2)],
  ['maundy thursday', easter(-3)],
  ['palm sunday', easter(-7)],
  ['ash wednesday', easter(-46)],
  ['shrove tuesday|pancake day|pancake tuesday', easter(-47)],
  ['whit monday', easter(50)],
  ['thanksgiving day', { ...THANKSGIVING, sure: true }],
  ['thanksgiving', THANKSGIVING],
  ['black friday', loose(nth(11, 4, 4, 1))],
  ['cyber monday', loose(nth(11, 4, 4, 4))],
  ["mother's day|mothers day|mothers ' day", MOTHERS],
  ["father's day|fathers day|fathers ' day", nth(6, 3, 7)],
];

/** Every name as a phrase that means its feast. */
export const enFeasts: { phrase: string; means: readonly Lexeme[] }[] = FEASTS.flatMap(([names, feast]) =>
  names.split('|').map((phrase) => ({ phrase, means: [{ k: 'feast' as const, feast }] })),
);
