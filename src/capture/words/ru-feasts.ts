/** Russian names of feasts that fall on one day a year, in the cases they stand in behind "на", "в", "к" and "до". */
import type { Feast, Lexeme } from './lexeme.ts';

const fixed = (...days: readonly (readonly [month: number, day: number])[]): Feast => ({
  rules: days.map(([month, day]) => ({ k: 'fixed', month, day })),
  sure: false,
});

/** The night between two years is of both: asked. */
const NEW_YEAR = fixed([12, 31], [1, 1]);

/** "под Новый год": its eve and no other day; before it: a day or two ahead, asked. */
const EVE: Feast = { rules: [{ k: 'fixed', month: 12, day: 31 }], sure: true };
const BEFORE: Feast = {
  rules: [
    { k: 'fixed', month: 12, day: 31 },
    { k: 'fixed', month: 12, day: 30 },
  ],
  sure: true,
};

const FEASTS: readonly [names: string, feast: Feast][] = [
  ['новый год|нового года|новому году', NEW_YEAR],
  ['под новый год|накануне нового года|в канун нового года', EVE],
  ['перед новым годом', BEFORE],
  ['старый новый год|старого нового года|старому новому году', fixed([1, 13], [1, 14])],
  ['рождество|рождества|рождеству', fixed([1, 7])],
  ['крещение|крещения|крещению', fixed([1, 19])],
  ['татьянин день|татьянина дня|татьяниному дню', fixed([1, 25])],
  ['день святого валентина|дня святого валентина|дню святого валентина', fixed([2, 14])],
  ['день защитника отечества|дня защитника отечества|дню защитника отечества', fixed([2, 23])],
  ['женский день|женского дня|женскому дню|международный женский день', fixed([3, 8])],
  ['день победы|дня победы|дню победы', fixed([5, 9])],
  ['день знаний|дня знаний|дню знаний', fixed([9, 1])],
  ['хэллоуин|хэллоуина|хэллоуину', fixed([10, 31])],
];

/** Every name as a phrase that means its feast. */
export const ruFeasts: { phrase: string; means: readonly Lexeme[] }[] = FEASTS.flatMap(([names, feast]) =>
  names.split('|').map((phrase) => ({ phrase, means: [{ k: 'feast' as const, feast }] })),
);
