/** What is to come: what the composition root may use of it. */
export { type LaterDeps, laterFeature } from './bot.ts';
