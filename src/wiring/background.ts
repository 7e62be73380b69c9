/** What a worker does by itself beside the queue: telling the operator, and backing up. */
import { type BackupsOptions, startBackups } from './backups.ts';
import { type NoticeOptions, startNotices } from './notices.ts';

export interface Background {
  /** A backup was asked for. */
  wakeBackups(): void;
  stop(): Promise<void>;
}

/** Starts it all. */
export function startBackground(options: NoticeOptions & BackupsOptions): Background {
  const loops = { notices: startNotices(options), backups: startBackups(options) };
  return {
    wakeBackups: () => loops.backups.wake(),
    stop: async () => void (await Promise.all(Object.values(loops).map((loop) => loop.stop()))),
  };
}
