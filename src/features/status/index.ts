/** Status: what the composition root may use of it. */
export { statusFeature } from './bot.ts';
export { untoldErrorsNotice } from './jobs.ts';
export { newVersionNotice, type Running } from './upgrade.ts';
