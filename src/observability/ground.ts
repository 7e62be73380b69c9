/** The ground Steward stands on: disk, memory, permissions, leftovers. Each finding says what is wrong and how it is mended. */
import { mkdir, readdir, rm, stat, statfs, unlink, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';
import { errorMessage } from '../core/errors.ts';

export interface Finding {
  readonly status: 'ok' | 'degraded' | 'down';
  readonly message: string;
  readonly mend?: string;
}

const MIB = 1_048_576;
const DISK_LOW = 512 * MIB;
const DISK_FULL = 64 * MIB;
/** Leftover temporary files older than this were left by a process that died. Milliseconds. */
const LEFTOVER_MS = 3_600_000;

/** Free space where `folder` lies (or would lie). */
export async function diskSpace(folder: string): Promise<Finding & { freeBytes: number; sizeBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(folder).catch(() => statfs(path.parse(path.resolve(folder)).root));
  const freeBytes = bavail * bsize;
  const sizeBytes = blocks * bsize;
  const message = `${Math.round(freeBytes / MIB)} MiB free`;
  const mend = 'free some space, or point STEWARD_DATA_DIR at a larger disk; what is stored stays as it is';
  if (freeBytes < DISK_FULL) return { status: 'down', message, mend, freeBytes, sizeBytes };
  if (freeBytes < DISK_LOW) return { status: 'degraded', message, mend, freeBytes, sizeBytes };
  return { status: 'ok', message, freeBytes, sizeBytes };
}

/** Whether `folder` is there (it is made, 0700), ours, writable, and not open to others. */
export async function dataFolder(folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const probe = path.join(folder, `.steward-probe-${process.pid}.tmp`);
    await writeFile(probe, 'probe', { mode: 0o600 });
    await unlink(probe);
  } catch (error) {
    return {
      status: 'down',
      message: `${folder} cannot be written: ${errorMessage(error)}`,
      mend: 'give the folder to the user that runs Steward (`chown`), or set STEWARD_DATA_DIR to one of theirs',
    };
  }
  const { mode } = await stat(folder);
  if ((mode & 0o002) !== 0) {
    return { status: 'down', message: `${folder} can be written by everyone`, mend: `chmod o-rwx ${folder}` };
  }
  if ((mode & 0o004) !== 0) {
    return { status: 'degraded', message: `${folder} can be read by everyone`, mend: `chmod o-rwx ${folder}` };
  }
  return { status: 'ok', message: folder };
}

/** Whether a file of secrets is closed to others; one that is not there is fine. */
export async function secretFile(file: string): Promise<Finding> {
  const found = await stat(file).catch(() => undefined);
  if (!found) return { status: 'ok', message: `no ${path.basename(file)}` };
  const mend = `chmod 600 ${file}`;
  if ((found.mode & 0o007) !== 0) return { status: 'down', message: `${file} is open to every user`, mend };
  return (found.mode & 0o070) === 0
    ? { status: 'ok', message: `${file} is its owner's alone` }
    : { status: 'degraded', message: `${file} is open to its group`, mend };
}

/** Bytes of memory its container, else the machine, gives this process. */
export function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Memory this process holds, against what its container or the machine gives it. */
export function memory(held = process.memoryUsage.rss()): Finding {
  const given = memoryLimit();
  const message = `${Math.round(held / MIB)} MiB of ${Math.round(given / MIB)} MiB`;
  return held > given * 0.8
    ? { status: 'degraded', message, mend: 'give the machine or the container more memory' }
    : { status: 'ok', message };
}

/** An answer that waits longer for its turn is one a person notices. Milliseconds. */
const LOOP_SLOW_MS = 2_000;

/** How long whoever is due waits for the event loop, of a hundred the slowest; `delayMs` is NaN before anything was measured. */
export function eventLoop(delayMs: number): Finding {
  const message = `${Math.round(Number.isFinite(delayMs) ? delayMs : 0)} ms`;
  return delayMs > LOOP_SLOW_MS
    ? { status: 'degraded', message, mend: 'give it more processor, or run more replicas' }
    : { status: 'ok', message };
}

/** Removes our temporary files that a dead process left in `folder`; returns how many. Others' files are never touched. */
export async function removeLeftovers(folder: string, now: number): Promise<number> {
  let removed = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || !/^\.steward-.*\.tmp$/.test(entry.name)) continue;
    const file = path.join(folder, entry.name);
    const found = await stat(file).catch(() => undefined);
    if (!found || now - found.mtimeMs < LEFTOVER_MS) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}
