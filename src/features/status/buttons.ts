/** The buttons of /status and /errors. */
import { declareButtons, int } from '../../telegram/buttons.ts';

export const buttons = declareButtons('st', {
  again: {},
  errors: { page: int },
});
