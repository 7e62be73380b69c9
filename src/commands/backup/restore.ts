/** `steward restore`: puts an archive in place of what is in the database, or into an empty one. */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { makeBackup } from '../../backup/backup.ts';
import { ArchiveFault } from '../../backup/faults.ts';
import { type Restored, restore } from '../../backup/restore.ts';
import { beginRun, failRun } from '../../backup/runs.ts';
import { openTarget } from '../../backup/targets/open.ts';
import type { Target } from '../../backup/targets/target.ts';
import { type Config, loadConfig } from '../../config/config.ts';
import { masterKeyFile, masterKeysOf } from '../../config/master-key.ts';
import { systemClock } from '../../core/clock.ts';
import { errorMessage } from '../../core/errors.ts';
import { openStores } from '../../storage/contents/contents.ts';
import { endLeasesOfTheDead } from '../../storage/lease.ts';
import { databaseWait } from '../arguments/database-wait.ts';
import {
  type Chosen,
  chooseArchive,
  figure,
  latestArchives,
  type Opened,
  say,
  targetPlace,
  tell,
  withStorage,
} from './opened.ts';

interface Flags {
  /** Milliseconds. */
  databaseWait: number;
  target?: string;
  confirm?: string;
  intoNonEmpty?: boolean;
  safetyBackup: boolean;
}

/** Faults after which an older archive may serve: this one's bytes. What lacks a key or is too new lacks it next time as well. */
const SPOILT: ReadonlySet<ArchiveFault['fault']> = new Set(['empty', 'truncated', 'damaged', 'foreign']);

function restoreOne(
  config: Config,
  { connection, db }: Opened,
  target: Target,
  chosen: Chosen,
  flags: Flags,
): Promise<Restored> {
  return restore({
    connection,
    archive: chosen.name,
    target: chosen.target,
    read: chosen.read,
    identity: config.backup.ageIdentity?.reveal(),
    clock: systemClock,
    stores: openStores(config),
    mayReplace: (database) =>
      flags.intoNonEmpty === true || (flags.confirm !== undefined && flags.confirm === database),
    async safetyBackup() {
      if (!flags.safetyBackup) return tell('without a backup of what is replaced, as you asked');
      const options = {
        db,
        connection,
        target,
        stores: openStores(config),
        backup: config.backup,
        clock: systemClock,
        cause: 'restore',
        log: tell,
      } as const;
      const made = await makeBackup(options);
      if (made) tell(`${made.archive} in ${target.place} holds what was here`);
    },
    log: tell,
  });
}

/** 'latest' is the newest good one: spoilt ones are passed over, and told. */
async function restoreLatest(
  config: Config,
  opened: Opened,
  target: Target,
  flags: Flags,
): Promise<[Chosen, Restored]> {
  const archives = await latestArchives(target);
  for (const chosen of archives) {
    try {
      return [chosen, await restoreOne(config, opened, target, chosen, flags)];
    } catch (error) {
      if (!(error instanceof ArchiveFault && SPOILT.has(error.fault)) || chosen === archives.at(-1)) throw error;
      tell(`${chosen.name}: ${errorMessage(error)} Trying the one before.`);
    }
  }
  throw new ArchiveFault('absent', `cannot be chosen: there is none in ${target.place}`);
}

/** Ids of the master keys that can be used here; none is made. */
function keysAtHand(config: Config): Set<string> {
  const made = config.masterKeys.length > 0 || existsSync(masterKeyFile(config.dataDir));
  return new Set(made ? masterKeysOf(config).map((key) => key.id) : []);
}

async function run(asked: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const target = await openTarget(config, systemClock, flags.target);
  await withStorage(config, flags.databaseWait, async (opened) => {
    // A Steward beside us that was killed holds nothing any more; without tables there are no leases to end.
    await endLeasesOfTheDead(opened.db).catch(() => {});
    const began = performance.now();
    const at = systemClock.now();
    let chosen: Chosen | undefined;
    try {
      let restored: Restored;
      if (asked === 'latest') [chosen, restored] = await restoreLatest(config, opened, target, flags);
      else {
        chosen = await chooseArchive(config, target, asked);
        restored = await restoreOne(config, opened, target, chosen, flags);
      }
      report(config, chosen, restored, performance.now() - began);
    } catch (error) {
      const { db } = opened;
      // The database is what it was, and knows of the try where it has a place for it.
      const run = await beginRun(db, {
        kind: 'restore',
        cause: 'command',
        target: chosen?.target ?? target.place,
        archive: chosen?.name ?? asked,
        at,
      }).catch(() => undefined);
      await failRun(db, run, systemClock.now(), error).catch(() => {});
      throw error;
    }
  });
}

function report(config: Config, chosen: Chosen, { manifest, warnings, migrated }: Restored, ms: number): void {
  for (const warning of warnings) tell(warning);
  say(
    `restored ${chosen.name}: ${figure(manifest.rows)} rows of ${manifest.createdAt}, made by Steward ${manifest.steward}`,
  );
  if (migrated > 0) tell(`brought up to this version by ${migrated} migration${migrated === 1 ? '' : 's'}`);
  tell(
    `proved row by row, in ${(ms / 1000).toFixed(1)} s. What was said to Steward since then is not in it; start it now.`,
  );
  const here = keysAtHand(config);
  for (const id of manifest.masterKeys.filter((key) => !here.has(key)))
    tell(
      `Secrets in it lie under the master key ${id}, which is not here. Mend: give STEWARD_MASTER_KEY (or put master.key into ${config.dataDir}) as it was; if it is lost, connect the accounts again.`,
    );
}

/** The command. Exit code 1, and the database as it was, when anything is wrong. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put an archive into an empty database, or in place of what is there; Steward must not be running')
    .argument('<archive>', "'latest' (the newest good one), a name, a file, or s3://bucket/prefix/name")
    .option('--confirm <database>', 'replace what is in the database of this name; it is backed up first')
    .option('--into-non-empty', 'the same, whatever its name')
    .option('--no-safety-backup', 'do not back up what is replaced')
    .option('--target <place>', 'folder or s3://bucket/prefix; default: BACKUP_TARGET', targetPlace)
    .addOption(databaseWait())
    .action(async (asked: string, flags: Flags) => run(asked, flags));
}
