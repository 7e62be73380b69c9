/** Locks between processes that the kernel releases when their holder dies, however it dies: SQLite's file locks, which Node carries on every platform. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const RETRY_MS = 25;

export interface FileLock {
  release(): void;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

/** What SQLite says of the ground it stands on, in words that say how to mend it. 13: full, 8 and 14: not writable, 10: input or output. */
function groundFault(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  const folder = path.dirname(file);
  if (code === 13)
    return new Error(`The disk of ${folder} is full. Mend: free some space and start again; nothing is lost.`, {
      cause: error,
    });
  if (code === 8 || code === 14)
    return new Error(
      `${folder} cannot be written. Mend: give it to the user that runs Steward, or set STEWARD_DATA_DIR.`,
      { cause: error },
    );
  if (code === 10)
    return new Error(
      `The disk of ${folder} fails or is full. Mend: look at its space and its health, then start again.`,
      { cause: error },
    );
  return error;
}

function attempt(file: string, begin: (database: DatabaseSync) => void): FileLock | undefined {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw groundFault(file, error);
  }
  try {
    begin(database);
    return { release: () => database.isOpen && database.close() };
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw groundFault(file, error);
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
