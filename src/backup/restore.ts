/** Restores an archive: proved first, then put in place by one transaction. Whatever happens before its commit, the database stays as it was. */
import type pg from 'pg';
import { type Clock, type EpochMs, iso } from '../core/clock.ts';
import type { Stores } from '../storage/contents/contents.ts';
import type { Migration } from '../storage/migrations/migration-files.ts';
import { holdMigrations, migrate } from '../storage/migrations/migrator.ts';
import type { Manifest } from './archive/format.ts';
import { type Proof, readArchive } from './archive/read.ts';
import { putBack } from './attachments.ts';
import { load, settle } from './database/load.ts';
import { databaseName, occupied, refuseWhileInUse } from './database/occupied.ts';
import { pathFrom } from './database/schema.ts';
import { withSession } from './database/session.ts';
import { ArchiveFault, BackupFault } from './faults.ts';

export interface RestoreOptions {
  readonly connection: pg.ClientConfig;
  /** its name, for the row and for people */
  readonly archive: string;
  /** for the row */
  readonly target: string;
  readonly read: () => AsyncIterable<Buffer>;
  readonly identity: string | undefined;
  readonly clock: Clock;
  /** where attachments outside the database are put back to */
  readonly stores: Stores;
  /** Whether the data of the database of this name may be replaced. */
  readonly mayReplace: (database: string) => boolean;
  /** Backs up what is about to be replaced; rejects when that cannot be done, and nothing is replaced. */
  readonly safetyBackup: () => Promise<void>;
  readonly log: (message: string) => void;
  /** Tests only: other migrations than the program's own. */
  readonly migrations?: readonly Migration[];
}

export interface Restored {
  readonly manifest: Manifest;
  readonly warnings: readonly string[];
  /** migrations that brought an older archive up to this version */
  readonly migrated: number;
}

const LOCK_WAIT_MS = 30_000;

/** The runs the old database knows and the archive cannot: they hold the checksums of encrypted archives, and what failed. */
async function keepRuns(client: pg.Client, since: string): Promise<unknown[]> {
  const { rows: there } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('backup_runs') IS NOT NULL AS there",
  );
  if (!there[0]?.there) return [];
  const { rows } = await client.query<{ run: unknown }>(
    `SELECT to_jsonb(r) - 'id' - 'chat_id' AS run FROM backup_runs r WHERE state IN ('succeeded', 'failed', 'hindered') AND started_at > $1 ORDER BY id`,
    [since],
  );
  return rows.map((row) => row.run);
}

/** Puts them back beside those of the archive. Columns a newer schema added get their defaults. */
async function putRuns(client: pg.Client, runs: readonly unknown[]): Promise<void> {
  for (const run of runs) {
    await client.query(
      `INSERT INTO backup_runs (kind, state, cause, target, archive, asked_at, started_at, ended_at, bytes, rows, sha256, encrypted, reason, warnings, told_at)
       SELECT kind, state, cause, target, archive, asked_at, started_at, ended_at, bytes, rows, sha256, encrypted, reason, coalesce(warnings, '{}'), told_at
         FROM jsonb_populate_record(NULL::backup_runs, $1)`,
      [JSON.stringify(run)],
    );
  }
}

async function noteRestore(
  client: pg.Client,
  options: RestoreOptions,
  began: EpochMs,
  proof: Proof,
  warnings: readonly string[],
): Promise<void> {
  const { bytes, sha256, encrypted, manifest } = proof;
  const times = [iso(began), iso(options.clock.now())];
  await client.query(
    `INSERT INTO backup_runs (kind, state, cause, target, archive, started_at, ended_at, bytes, rows, sha256, encrypted, warnings)
     VALUES ('restore', 'succeeded', 'command', $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [options.target, options.archive, ...times, bytes, manifest.rows, sha256, encrypted, warnings],
  );
}

/**
 * Restores. @throws ArchiveFault when the archive cannot be used, BackupFault when the database may not be replaced or is in use. In
 * every such case, and when the process dies, the database is what it was before.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { clock, log } = options;
  const began = clock.now();
  const first = await readArchive(options.read(), {
    identity: options.identity,
    onHead: async (head) => void pathFrom(head, options.migrations),
  });
  log(`${options.archive} is whole: ${first.manifest.rows} rows of ${first.manifest.createdAt}`);
  const restored = await withSession(options.connection, async (client) => {
    // A Steward that starts meanwhile waits here, and finds the restored database.
    await holdMigrations(client, LOCK_WAIT_MS, log);
    await refuseWhileInUse(client);
    if ((await occupied(client)) === 'filled') await beforeReplacing(client, options);
    await client.query('BEGIN');
    try {
      const kept = await keepRuns(client, first.manifest.createdAt);
      const { proof, warnings, forward } = await load(client, options.read(), {
        ...options,
        onAttachment: putBack(client, options.stores),
      });
      if (proof.sha256 !== first.sha256) throw new ArchiveFault('damaged', 'changed while it was restored');
      const migrated = await forward();
      await settle(client, options.archive);
      await putRuns(client, kept);
      await noteRestore(client, options, began, proof, warnings);
      // One that started in between waits for our locks with what it remembers of the old data.
      await refuseWhileInUse(client);
      await client.query('COMMIT');
      return { manifest: proof.manifest, warnings, migrated };
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    }
  });
  await withSession(options.connection, async (client) => void (await client.query('ANALYZE')));
  if (!options.migrations) await migrate(options.connection, { log });
  return restored;
}

async function beforeReplacing(client: pg.Client, options: RestoreOptions): Promise<void> {
  const name = await databaseName(client);
  if (!options.mayReplace(name))
    throw new BackupFault(
      `The database ${name} holds data, which a restore would replace`,
      `name an empty database, or say that it may be replaced: --confirm ${name} (it is backed up first)`,
    );
  options.log(`backing up what is in ${name} first`);
  await options.safetyBackup();
}
