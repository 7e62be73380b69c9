/** Backups in the chat: what the composition root may use of them. */
export { type BackupDeps, backupFeature } from './bot.ts';
export { backupEndedNotice } from './notice.ts';
