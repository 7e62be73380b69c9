/** What a worker does by itself beside the queue: telling the operator, backing up, fetching files and archives people sent. */
import { type ImportLoopOptions, startImports } from '../features/portability/index.ts';
import { type FileFetching, startFetching } from '../features/tasks/index.ts';
import { type BackupsOptions, startBackups } from './backups.ts';
import { type NoticeOptions, startNotices } from './notices.ts';

export interface Background {
  /** A backup was asked for. */
  wakeBackups(): void;
  /** An archive waits to be fetched. */
  wakeImports(): void;
  /** Files wait to be fetched. */
  wakeFiles(): void;
  stop(): Promise<void>;
}

/** Starts it all. */
export function startBackground(
  options: NoticeOptions & BackupsOptions & ImportLoopOptions & Omit<FileFetching, 'record'>,
): Background {
  const record: FileFetching['record'] = (error, place) => options.errors.record(error, place);
  const loops = {
    notices: startNotices(options),
    backups: startBackups(options),
    imports: startImports(options),
    files: startFetching({ ...options, record }),
  };
  return {
    wakeBackups: () => loops.backups.wake(),
    wakeImports: () => loops.imports.wake(),
    wakeFiles: () => loops.files.wake(),
    stop: async () => void (await Promise.all(Object.values(loops).map((loop) => loop.stop()))),
  };
}
