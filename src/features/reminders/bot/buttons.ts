/** Every button of reminders and what it carries. */
import { declareButtons, flag, int, oneOf, time } from '../../../telegram/buttons.ts';

export const buttons = declareButtons('r', {
  /** of a fired reminder */
  done: { delivery: int },
  snooze: { delivery: int, for: oneOf('10m', '1h', 'tonight', 'tomorrow') },
  open: { delivery: int },
  silence: { delivery: int },
  /** of one among those told together after quiet time */
  together: { delivery: int, what: oneOf('done', '1h', 'tomorrow') },
  /** of a card */
  finish: { reminder: int },
  later: { reminder: int, for: oneOf('10m', '1h', 'tonight', 'tomorrow') },
  retime: { reminder: int },
  retext: { reminder: int },
  set: { reminder: int, what: oneOf('pause', 'resume', 'skip', 'mute', 'unmute', 'late-send', 'late-skip', 'delete') },
  nag: { reminder: int, choice: oneOf('ask', 'off', '5x5', '10x5', '30x3', '60x3') },
  urgent: { reminder: int, on: flag },
  more: { reminder: int },
  why: { reminder: int },
  card: { reminder: int },
  /** of the list */
  page: { page: int },
  figures: {},
  /** a series that is put off to the same time again and again comes at that time */
  shift: { reminder: int, to: time },
  /** of a question: a reading of the words, a time for words without one, whether words sent in reply are the new text */
  pick: { index: int },
  at: { for: oneOf('1h', 'tonight', 'tomorrow') },
  rename: { yes: flag },
  /** everything rests, or goes on */
  everything: { what: oneOf('tomorrow', 'monday', 'week', 'open', 'end') },
  /** asks what to be reminded of */
  add: {},
});
