/** The buttons of /status and /errors. */
import { declareButtons, int, text } from '../../telegram/buttons.ts';

export const buttons = declareButtons('st', {
  again: {},
  errors: { page: int },
  error: { fingerprint: text(32) },
  seen: { fingerprint: text(32) },
  allSeen: {},
});
