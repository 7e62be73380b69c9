/** People: what the composition root and the gate's path may use of it. */
export { type PeopleDeps, peopleFeature } from './bot.ts';
export { acceptInvitation, configuredPeople, INVITATION_DAYS, invite } from './service.ts';
