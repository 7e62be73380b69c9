/** Proves an archive where it lies: every byte read, every row counted, every checksum compared. */
import type { Clock } from '../core/clock.ts';
import type { Database } from '../storage/database.ts';
import type { Manifest } from './archive/format.ts';
import { fileProof, readArchive } from './archive/read.ts';
import { ArchiveFault } from './faults.ts';
import { beginRun, endRun, failRun, type Written, writtenAs } from './runs.ts';

/** What was proved. Without the private key an encrypted archive is proved to be the one that was written: `manifest` is undefined. */
export interface Verified {
  readonly bytes: number;
  readonly sha256: string;
  readonly encrypted: boolean;
  readonly manifest: Manifest | undefined;
}

/**
 * Reads an archive whole. `written`: what is known of its making; it proves an encrypted one without its key.
 * @throws ArchiveFault with what is wrong with it.
 */
export async function prove(
  read: () => AsyncIterable<Buffer>,
  identity: string | undefined,
  written: Pick<Written, 'sha256'> | undefined,
): Promise<Verified> {
  try {
    const proof = await readArchive(read(), { identity });
    return proof;
  } catch (error) {
    if (!(error instanceof ArchiveFault && error.fault === 'locked') || identity !== undefined || !written?.sha256)
      throw error;
  }
  const file = await fileProof(read());
  if (file.sha256 !== written.sha256)
    throw new ArchiveFault('damaged', 'is encrypted, and its bytes are not those that were written');
  return { ...file, manifest: undefined };
}

export interface VerifyOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** where it lies, for the row */
  readonly target: string;
  readonly archive: string;
  readonly read: () => AsyncIterable<Buffer>;
  readonly identity: string | undefined;
}

/** Verifies one archive and keeps a row of it. @throws ArchiveFault. */
export async function verifyArchive(options: VerifyOptions): Promise<Verified> {
  const { db, clock, archive, target } = options;
  const run = await beginRun(db, { kind: 'verify', cause: 'command', target, archive, at: clock.now() });
  try {
    const verified = await prove(options.read, options.identity, await writtenAs(db, archive));
    const { bytes, sha256, encrypted, manifest } = verified;
    await endRun(db, run, clock.now(), { bytes, sha256, encrypted, rows: manifest?.rows ?? null });
    return verified;
  } catch (error) {
    await failRun(db, run, clock.now(), error).catch(() => {});
    throw error;
  }
}
