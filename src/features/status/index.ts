/** Status: what the composition root may use of it. */
export { statusFeature } from './bot.ts';
export { type DiskTrouble, diskNotice } from './disk.ts';
export { untoldErrorsNotice } from './jobs.ts';
export { newVersionNotice, type Running } from './upgrade.ts';
