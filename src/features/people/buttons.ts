/** The buttons of /people and /invite. */
import { declareButtons, int } from '../../telegram/buttons.ts';

export const buttons = declareButtons('p', {
  list: {},
  /** asks first */
  remove: { person: int },
  removeNow: { person: int },
  withdraw: {},
});
