/** People: what the composition root and the gate's path may use of it. */
export { peopleFeature } from './bot.ts';
export { acceptInvitation, configuredPeople, invite } from './service.ts';
