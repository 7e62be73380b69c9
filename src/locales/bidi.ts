/** Tells text that is written right to left, which could turn the words of ours around it. */

/** Hebrew to Arabic Extended, their presentation forms, the right-to-left planes (by their high surrogates), and every directional control. */
const rightToLeft =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFF\uD802\uD803\uD83A\uD83B]/;

/** True when `text` holds a right-to-left letter or a directional control, so that it needs isolating from its surroundings. */
export function turnsDirection(text: string): boolean {
  return rightToLeft.test(text);
}
