/** Status: what the composition root may use of it. */
export { type StatusDeps, statusFeature } from './bot.ts';
export { untoldErrorsNotice } from './jobs.ts';
export type { Technical } from './service.ts';
export { newVersionNotice, type Running } from './upgrade.ts';
