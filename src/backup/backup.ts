/** Makes a backup: a snapshot, written under a temporary name, read back whole, and only then given its name. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { Config } from '../config/config.ts';
import { type Clock, iso } from '../core/clock.ts';
import { errorMessage } from '../core/errors.ts';
import { version } from '../core/version.ts';
import type { Stores } from '../storage/contents/contents.ts';
import type { Database } from '../storage/database.ts';
import { alone } from './alone.ts';
import { encrypted } from './archive/encryption.ts';
import type { Manifest } from './archive/format.ts';
import { fileProof, readArchive } from './archive/read.ts';
import { sealed } from './archive/seal.ts';
import { writeArchive } from './archive/write.ts';
import { withSnapshot } from './database/snapshot.ts';
import { ArchiveFault, BackupFault } from './faults.ts';
import { applyRetention } from './retention.ts';
import { beginRun, endInterrupted, endRun, failRun, type RunCause, takeAsked } from './runs.ts';
import { archiveName, type Draft, type Target } from './targets/target.ts';

export interface BackupOptions {
  /** for rows and leases */
  readonly db: Database;
  /** what is backed up */
  readonly connection: pg.ClientConfig;
  readonly target: Target;
  /** in a process that works with this database: runs the reading within the bound of its connections */
  readonly lend?: Database['lend'];
  /** where attachments outside the database lie */
  readonly stores: Stores;
  readonly backup: Pick<Config['backup'], 'keepLast' | 'maxAgeDays' | 'minKeep' | 'ageRecipient' | 'ageIdentity'>;
  readonly clock: Clock;
  readonly cause: RunCause;
  /** the row of a request to take up; without it a new row is begun */
  readonly asked?: number | undefined;
  /** asked once nobody else can be at it: whether another made it meanwhile */
  readonly stillDue?: () => Promise<boolean>;
  /** ends it early: nothing but its row stays */
  readonly signal?: AbortSignal;
  readonly log: (message: string) => void;
}

/** A backup that was made and proved. */
export interface Made {
  readonly archive: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly manifest: Manifest;
  readonly removed: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Makes one, proves it, and removes what the policy no longer keeps. Its row says how it ended.
 * @throws Busy when another is under way; BackupFault with the mend. Undefined: another made it meanwhile.
 */
export function makeBackup(options: BackupOptions): Promise<Made | undefined> {
  const { db, clock, target } = options;
  return alone(db, async (lost) => {
    if (options.stillDue && !(await options.stillDue())) return undefined;
    const signal = options.signal ? AbortSignal.any([lost, options.signal]) : lost;
    const archive = archiveName(clock.now(), {
      encrypted: options.backup.ageRecipient !== undefined,
      beforeRestore: options.cause === 'restore',
    });
    const at = clock.now();
    if (options.asked !== undefined && !(await takeAsked(db, options.asked, at, archive, target.place)))
      return undefined;
    const run =
      options.asked ??
      (await beginRun(db, { kind: 'backup', cause: options.cause, target: target.place, archive, at }));
    await endInterrupted(db, at, run);
    try {
      const made = await make(options, archive, signal);
      const { bytes, sha256, manifest, warnings } = made;
      const outcome = { archive, bytes, sha256, rows: manifest.rows, encrypted: archive.endsWith('.age'), warnings };
      await endRun(db, run, clock.now(), outcome);
      return { ...made, removed: await retain(options, archive) };
    } catch (error) {
      const told = signal.aborted ? new BackupFault('The backup was ended before it was done', 'make another') : error;
      await failRun(db, run, clock.now(), told).catch(() => {});
      throw told;
    }
  });
}

/** A backup is good although older ones could not be removed: that is told, not thrown. */
async function retain(options: BackupOptions, fresh: string): Promise<string[]> {
  const { db, target, backup, clock, log } = options;
  if (options.cause === 'restore') return [];
  try {
    const identity = backup.ageIdentity?.reveal();
    const removed = await applyRetention({ db, target, policy: backup, identity, now: clock.now(), fresh });
    for (const name of removed) log(`removed ${name}, which the policy no longer keeps`);
    return removed;
  } catch (error) {
    log(`older archives could not be removed: ${errorMessage(error)}`);
    return [];
  }
}

/** Passes chunks on until told to end. */
async function* until(signal: AbortSignal, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    signal.throwIfAborted();
    yield chunk;
  }
}

async function make(options: BackupOptions, archive: string, signal: AbortSignal): Promise<Omit<Made, 'removed'>> {
  const { connection, target, backup, clock, log } = options;
  const leftovers = await target.removeLeftovers().catch(() => 0);
  if (leftovers > 0) log(`removed ${leftovers} unfinished archives of processes that died`);
  const draft = await target.draft(archive);
  try {
    const about = { createdAt: iso(clock.now()), steward: version };
    const source = { connection, stores: options.stores, known: options.lend !== undefined };
    const reading = () =>
      withSnapshot(source, about, async (contents, warnings) => {
        const writing = writeArchive(contents);
        const hash = createHash('sha256');
        await draft.write(hashed(hash, until(signal, perhapsEncrypted(sealed(writing.stream), backup.ageRecipient))));
        return { manifest: writing.manifest(), sha256: hash.digest('hex'), warnings };
      });
    const { manifest, sha256, warnings } = await (options.lend?.(reading) ?? reading());
    const isEncrypted = backup.ageRecipient !== undefined;
    const proved = await readBack(draft, { manifest, sha256, isEncrypted }, backup.ageIdentity?.reveal(), signal);
    await draft.keep();
    const all = [...warnings, ...proved.warnings];
    for (const warning of all) log(warning);
    return { archive, bytes: proved.bytes, sha256, manifest, warnings: all };
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

function perhapsEncrypted(source: AsyncGenerator<Buffer>, recipient: string | undefined): AsyncGenerator<Buffer> {
  return recipient === undefined ? source : encrypted(source, recipient);
}

async function* hashed(hash: ReturnType<typeof createHash>, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

/**
 * Reads back what the place holds: every byte is compared, and of what can be opened here every row and checksum. An identity that does
 * not open it is perhaps one for older archives: told, no failure.
 */
async function readBack(
  draft: Draft,
  written: { manifest: Manifest; sha256: string; isEncrypted: boolean },
  identity: string | undefined,
  signal: AbortSignal,
): Promise<{ bytes: number; warnings: string[] }> {
  const warnings: string[] = [];
  let proof: { bytes: number; sha256: string; manifest?: Manifest } | undefined;
  if (!written.isEncrypted || identity !== undefined) {
    proof = await readArchive(until(signal, draft.read()), { identity }).catch((error: unknown) => {
      if (!(error instanceof ArchiveFault && error.fault === 'locked')) throw error;
      warnings.push('BACKUP_AGE_IDENTITY does not open what is encrypted for BACKUP_AGE_RECIPIENT');
      return undefined;
    });
  }
  proof ??= await fileProof(until(signal, draft.read()));
  const same = proof.manifest === undefined || isDeepStrictEqual(proof.manifest, written.manifest);
  if (proof.sha256 === written.sha256 && same) return { bytes: proof.bytes, warnings };
  throw new BackupFault(
    'What was read back is not what was written',
    'look at the health of the disk or service, and set BACKUP_TARGET to another',
  );
}
