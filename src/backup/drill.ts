/** The drill: restores an archive into a throwaway PostgreSQL, compares every row, and brings it up as a restore would. */
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import type { Clock } from '../core/clock.ts';
import { errorCode, errorMessage } from '../core/errors.ts';
import { DISK_FULL } from '../storage/away.ts';
import type { Database } from '../storage/database.ts';
import { type EmbeddedPostgres, startEmbedded } from '../storage/embedded.ts';
import { diagnose } from '../storage/migrations/drift.ts';
import { tryExclusive } from '../storage/postgres/lock.ts';
import type { Manifest } from './archive/format.ts';
import { load, settle } from './database/load.ts';
import { occupied } from './database/occupied.ts';
import { dropEverything } from './database/schema.ts';
import { withSession } from './database/session.ts';
import { ArchiveFault, BackupFault } from './faults.ts';
import { beginRun, endRun, failRun, type RunCause } from './runs.ts';

export interface DrillOptions {
  /** where the row goes */
  readonly db: Database;
  readonly clock: Clock;
  readonly cause: RunCause;
  readonly target: string;
  readonly archive: string;
  readonly read: () => AsyncIterable<Buffer>;
  readonly identity: string | undefined;
  /** an empty database to restore into; without one a PostgreSQL is made and thrown away */
  readonly into: pg.ClientConfig | undefined;
  /** ends it early: nothing but its row stays */
  readonly signal?: AbortSignal;
  readonly log: (message: string) => void;
}

const PREFIX = 'steward-drill-';

export interface Drilled {
  readonly manifest: Manifest;
  readonly bytes: number;
  readonly sha256: string;
  readonly encrypted: boolean;
}

/** Ends and removes what killed drills left behind in `place`: servers in folders that no process uses any more. Never throws. */
export async function removeKilledDrills(place: string): Promise<void> {
  // One that cannot be removed hinders neither the drill nor the others.
  for (const name of await readdir(place).catch(() => []))
    if (name.startsWith(PREFIX)) await removeKilled(path.join(place, name)).catch(() => {});
}

async function removeKilled(folder: string): Promise<void> {
  const there = await lstat(folder);
  // Another user's: theirs to remove, and nothing of theirs is ever started, least of all by root.
  if (!there.isDirectory() || there.uid !== process.getuid?.()) return;
  const lock = path.join(folder, 'run', 'in-use.lock');
  // Without a lock file a drill is just beginning there.
  if (!existsSync(lock)) return;
  const free = tryExclusive(lock);
  if (!free) return;
  free.release();
  await (await startEmbedded({ dataDir: folder, log: () => {} })).stop();
  await rm(folder, { recursive: true, force: true });
}

/** The temporary folder, or a server in it, cannot be had: no word about the archive. */
function noThrowaway(error: unknown): never {
  const [why = ''] = errorMessage(error).split(' Mend: ');
  throw new BackupFault(
    `No PostgreSQL for the drill can be made in ${tmpdir()}: ${why}`,
    'free some space there, set TMPDIR to a folder that Steward may write, or give an empty database by --into',
    error,
  );
}

/** Runs `work` on a PostgreSQL of its own in the system's temporary folder, gone afterwards. */
async function withThrowaway<T>(work: (connection: pg.ClientConfig) => Promise<T>): Promise<T> {
  await removeKilledDrills(tmpdir());
  const folder = await mkdtemp(path.join(tmpdir(), PREFIX)).catch(noThrowaway);
  try {
    const server: EmbeddedPostgres = await startEmbedded({ dataDir: folder, log: () => {} }).catch(noThrowaway);
    try {
      return await work({ ...server.connection });
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function restoreOnTrial(connection: pg.ClientConfig, options: DrillOptions): Promise<Drilled> {
  options.signal?.throwIfAborted();
  return withSession(connection, async (client) => {
    // Whatever runs at that moment, making an index too, ends with its connection.
    const hangUp = () => void client.end().catch(() => {});
    options.signal?.addEventListener('abort', hangUp, { once: true });
    if ((await occupied(client)) === 'filled')
      throw new BackupFault(
        'The database for the drill holds data',
        'give it an empty one, which is thrown away afterwards',
      );
    await client.query('BEGIN');
    try {
      const { proof, forward } = await load(client, options.read(), options);
      await forward();
      await settle(client, options.archive);
      await client.query('COMMIT');
      const { faults } = await diagnose(connection);
      if (faults.length > 0)
        throw new ArchiveFault('unfit', `restores to another schema than ours: ${faults.join(' ')}`);
      const { manifest, bytes, sha256, encrypted } = proof;
      return { manifest, bytes, sha256, encrypted };
    } catch (error) {
      if (options.signal?.aborted)
        throw new BackupFault('The drill was ended before it was done', 'run `steward drill`');
      await client.query('ROLLBACK').catch(() => {});
      if (errorCode(error) === DISK_FULL)
        throw new BackupFault(
          'The database for the drill has no room left',
          options.into ? 'give it a larger disk' : `free some space in ${tmpdir()}, or set TMPDIR to another folder`,
          error,
        );
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', hangUp);
      // Left empty, it serves the next drill too.
      await dropEverything(client).catch(() => {});
    }
  });
}

/** Drills and keeps a row of it. @throws what `isArchiveBad` tells from a drill that could not be made. */
export async function drill(options: DrillOptions): Promise<Drilled> {
  const { db, clock, archive, target, cause } = options;
  const run = await beginRun(db, { kind: 'drill', cause, target, archive, at: clock.now() });
  try {
    const drilled = options.into
      ? await restoreOnTrial(options.into, options)
      : await withThrowaway((connection) => restoreOnTrial(connection, options));
    await endRun(db, run, clock.now(), { ...drilled, rows: drilled.manifest.rows });
    return drilled;
  } catch (error) {
    await failRun(db, run, clock.now(), error).catch(() => {});
    throw error;
  }
}
