/** Every button of reminders and what it carries. */
import type { DeliveryId, ReminderId } from '../../../core/ids.ts';
import { declareButtons, flag, id, int, oneOf, time } from '../../../telegram/buttons.ts';

export const buttons = declareButtons('r', {
  /** of a fired reminder */
  done: { delivery: id<DeliveryId>() },
  snooze: { delivery: id<DeliveryId>(), for: oneOf('10m', '1h', 'tonight', 'tomorrow') },
  open: { delivery: id<DeliveryId>() },
  silence: { delivery: id<DeliveryId>() },
  /** of one among those told together after quiet time */
  together: { delivery: id<DeliveryId>(), what: oneOf('done', '1h', 'tomorrow') },
  /** of a card */
  finish: { reminder: id<ReminderId>() },
  later: { reminder: id<ReminderId>(), for: oneOf('10m', '1h', 'tonight', 'tomorrow') },
  retime: { reminder: id<ReminderId>() },
  retext: { reminder: id<ReminderId>() },
  set: {
    reminder: id<ReminderId>(),
    what: oneOf('pause', 'resume', 'skip', 'mute', 'unmute', 'late-send', 'late-skip', 'delete'),
  },
  nag: { reminder: id<ReminderId>(), choice: oneOf('ask', 'off', '5x5', '10x5', '30x3', '60x3') },
  urgent: { reminder: id<ReminderId>(), on: flag },
  more: { reminder: id<ReminderId>() },
  why: { reminder: id<ReminderId>() },
  card: { reminder: id<ReminderId>() },
  /** of the list */
  page: { page: int },
  figures: {},
  /** a series that is put off to the same time again and again comes at that time */
  shift: { reminder: id<ReminderId>(), to: time },
  /** of a question: a reading of the words, a time for words without one, whether words sent in reply are the new text */
  pick: { index: int },
  at: { for: oneOf('1h', 'tonight', 'tomorrow') },
  rename: { yes: flag },
  /** everything rests, or goes on */
  everything: { what: oneOf('tomorrow', 'monday', 'week', 'open', 'end') },
  /** of a question: another time for the next one alone, or for all that follow */
  scope: { reminder: id<ReminderId>(), of: oneOf('one', 'all', 'none') },
  /** asks what to be reminded of */
  add: {},
});
