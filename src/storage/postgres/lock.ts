/** Locks between processes that the kernel releases when their holder dies, however it dies: SQLite's file locks, which Node carries on every platform. */
import { DatabaseSync } from 'node:sqlite';

const RETRY_MS = 25;

export interface FileLock {
  release(): void;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

function attempt(file: string, begin: (database: DatabaseSync) => void): FileLock | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    begin(database);
    return { release: () => database.isOpen && database.close() };
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** Takes `file` alone, or returns undefined when anyone holds it. The file is made when it is not there; it stays empty. */
export function tryExclusive(file: string): FileLock | undefined {
  return attempt(file, (database) => database.exec('BEGIN EXCLUSIVE'));
}

/** Takes `file` together with others who share it, or returns undefined when someone has it alone. */
export function tryShared(file: string): FileLock | undefined {
  return attempt(file, (database) => {
    database.exec('BEGIN');
    database.prepare('SELECT 1 FROM sqlite_master').all();
  });
}

/** Waits up to `waitMs` for `attemptOnce` to give a lock; undefined when it did not. */
export async function waitForLock(
  attemptOnce: () => FileLock | undefined,
  waitMs: number,
): Promise<FileLock | undefined> {
  const until = performance.now() + waitMs;
  for (;;) {
    const lock = attemptOnce();
    if (lock || performance.now() >= until) return lock;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
