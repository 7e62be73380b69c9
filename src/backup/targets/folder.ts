/** Archives in a folder: each written under a hidden name beside the others, flushed to the disk, then renamed. */
import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { errorCode, errorMessage } from '../../core/errors.ts';
import { isAlive } from '../../storage/postgres/process.ts';
import { ArchiveFault, BackupFault } from '../faults.ts';
import { type Draft, nameSays, newestFirst, type Stored, type Target } from './target.ts';

const CHUNK = 1_048_576;
/** A draft of a process elsewhere that nobody wrote to for so long is of one that died. Milliseconds. */
const LEFTOVER_MS = 3_600_000;
const DRAFT = /^\.steward-(.+)-(\d+)-steward-.+\.tmp$/;

/** What the system says of a folder, in words that say how to mend it. */
function folderFault(folder: string, error: unknown): BackupFault {
  const code = errorCode(error) ?? '';
  const said: Readonly<Record<string, readonly [string, string]>> = {
    ENOSPC: [`The disk of ${folder} is full`, 'free some space, or keep fewer archives (BACKUP_KEEP_LAST)'],
    EDQUOT: [`The quota of ${folder} is used up`, 'free some space, or keep fewer archives (BACKUP_KEEP_LAST)'],
    EROFS: [`${folder} is read-only`, 'mount it for writing, or set BACKUP_TARGET to another place'],
    EACCES: [`${folder} may not be written`, 'give it to the user that runs Steward, or set BACKUP_TARGET'],
    EPERM: [`${folder} may not be written`, 'give it to the user that runs Steward, or set BACKUP_TARGET'],
    ENOENT: [`${folder} is gone`, 'mount or make it again, or set BACKUP_TARGET'],
    ENOTDIR: [`${folder} lies below something that is no folder`, 'set BACKUP_TARGET to a folder'],
    EIO: [`The disk of ${folder} fails`, 'look at its health, and set BACKUP_TARGET to another one'],
    ESTALE: [`${folder} is gone from its server`, 'mount it again'],
  };
  const [message, mend] = said[code] ?? [
    `${folder} cannot be used: ${errorMessage(error)}`,
    'set BACKUP_TARGET to a folder Steward may write',
  ];
  return new BackupFault(message, mend, error);
}

/** Whether the process of this host that wrote a draft is gone. Of other hosts nothing is known. */
function makerIsGone(host: string, pid: number): boolean {
  return host === hostname() && !isAlive(pid);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems do not know how; the file itself is on the disk.
    const code = errorCode(error);
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

async function* readFile(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') throw new ArchiveFault('absent', `${path.basename(file)} is not there`, error);
    if (code === 'EISDIR') throw new ArchiveFault('foreign', `${path.basename(file)} is a folder`, error);
    throw folderFault(path.dirname(file), error);
  }
}

/** One archive by its path, wherever it lies. */
export function fileArchive(file: string): AsyncIterable<Buffer> {
  return readFile(file);
}

function folderDraft(folder: string, name: string): Draft {
  const file = path.join(folder, `.steward-${hostname()}-${process.pid}-${name}.tmp`);
  return {
    async write(source) {
      const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
        throw folderFault(folder, error);
      });
      try {
        for await (const chunk of source) {
          // writeFile writes all of it, where write may stop half-way.
          await handle.writeFile(chunk).catch((error: unknown) => {
            throw folderFault(folder, error);
          });
        }
        await handle.sync().catch((error: unknown) => {
          throw folderFault(folder, error);
        });
      } finally {
        await handle.close().catch(() => {});
      }
    },
    read: () => readFile(file),
    async keep() {
      try {
        await rename(file, path.join(folder, name));
        await syncFolder(folder);
      } catch (error) {
        throw folderFault(folder, error);
      }
    },
    discard: () => rm(file, { force: true }).catch(() => {}),
  };
}

/** The folder `folder`, made (0700) with the first archive. */
export function folderTarget(folder: string, clock: Clock): Target {
  return {
    place: folder,
    async list() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (errorCode(error) === 'ENOENT') return [];
        throw folderFault(folder, error);
      });
      const found: Stored[] = [];
      for (const name of names) {
        const says = nameSays(name);
        const there = says && (await stat(path.join(folder, name)).catch(() => undefined));
        if (says && there?.isFile()) found.push({ name, ...says, bytes: there.size, storedAt: there.mtimeMs });
      }
      return newestFirst(found, clock.now());
    },
    read: (name) => readFile(path.join(folder, name)),
    async draft(name) {
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw folderFault(folder, error);
      });
      return folderDraft(folder, name);
    },
    async remove(name) {
      await rm(path.join(folder, name), { force: true }).catch((error: unknown) => {
        throw folderFault(folder, error);
      });
    },
    async removeLeftovers() {
      let removed = 0;
      for (const name of await readdir(folder).catch(() => [])) {
        const [, host = '', pid] = DRAFT.exec(name) ?? [];
        if (pid === undefined) continue;
        const file = path.join(folder, name);
        const there = await stat(file).catch(() => undefined);
        if (!there || !(makerIsGone(host, Number(pid)) || clock.now() - there.mtimeMs > LEFTOVER_MS)) continue;
        await rm(file, { force: true }).catch(() => {});
        removed += 1;
      }
      return removed;
    },
    async probe() {
      await access(folder, constants.W_OK | constants.X_OK).catch((error: unknown) => {
        throw folderFault(folder, error);
      });
    },
  };
}
