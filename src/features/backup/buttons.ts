/** The buttons of /backup. */
import { declareButtons } from '../../telegram/buttons.ts';

export const buttons = declareButtons('bk', {
  now: {},
  list: {},
});
