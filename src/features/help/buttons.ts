/** The buttons of help: topics, and examples handled as if typed. */
import { declareButtons, int, oneOf, text } from '../../telegram/buttons.ts';
import type { Topic } from '../../telegram/feature.ts';

/** In the order of the menu. 'dates', how days and times are written, has no commands: the topics that need it lead to it. */
export const TOPICS = [
  'start',
  'tasks',
  'reminders',
  'settings',
  'safety',
  'owner',
  'dates',
] as const satisfies readonly (Topic | 'dates')[];
export type HelpTopic = (typeof TOPICS)[number];

export const buttons = declareButtons('e', {
  menu: {},
  topic: { topic: oneOf(...TOPICS), page: int },
  /** the n-th sentence a topic gives as an example */
  say: { topic: oneOf(...TOPICS), number: int },
  /** the n-th example of a command */
  example: { command: text(32), number: int },
  /** a command by itself, as "did you mean" offers it */
  run: { command: text(32) },
});
