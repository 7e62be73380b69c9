/** What is to come: what the composition root may use of it. */
export { laterFeature } from './bot.ts';
