/** Help: what other features, the router and the composition root may use of it. */
export { helpFeature, unknownCommand } from './bot.ts';
export { TOPICS } from './buttons.ts';
export { commandsFor, examplesOf, usageOf } from './commands.ts';
