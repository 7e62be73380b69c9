/** Groups: what other features and the composition root may use of them. */
export { absenceNotices } from './away.ts';
export { greetGroup, groupsFeature } from './bot.ts';
