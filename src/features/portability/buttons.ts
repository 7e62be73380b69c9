/** The buttons of /export, /import and /forget_me. */
import { declareButtons, int } from '../../telegram/buttons.ts';

export const buttons = declareButtons('io', {
  /** takes an offered archive in */
  take: { offer: int },
  leave: { offer: int },
  export: {},
  /** the first of two steps */
  forget: {},
  keep: {},
});
