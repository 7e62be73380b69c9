/** `steward verify-backup`: reads archives whole and says whether they can be relied on. */
import { Command } from 'commander';
import { openTarget } from '../../backup/targets/open.ts';
import { verifyArchive } from '../../backup/verify.ts';
import { loadConfig } from '../../config/config.ts';
import { systemClock } from '../../core/clock.ts';
import { errorMessage } from '../../core/errors.ts';
import { databaseWait } from '../arguments/database-wait.ts';
import { allArchives, chooseArchive, figure, say, size, targetPlace, tell, withStorage } from './opened.ts';

interface Flags {
  /** Milliseconds. */
  databaseWait: number;
  target?: string;
  all?: boolean;
}

async function run(asked: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const target = await openTarget(config, systemClock, flags.target);
  const chosen = flags.all ? await allArchives(target) : [await chooseArchive(config, target, asked)];
  if (chosen.length === 0) {
    tell(`no archive in ${target.place}`);
    process.exitCode = 1;
  }
  await withStorage(config, flags.databaseWait, async ({ db }) => {
    for (const one of chosen) {
      try {
        const verified = await verifyArchive({
          db,
          clock: systemClock,
          target: one.target,
          archive: one.name,
          read: one.read,
          identity: config.backup.ageIdentity?.reveal(),
        });
        const { manifest } = verified;
        say(
          manifest
            ? `good  ${one.name}  ${figure(manifest.rows)} rows of ${manifest.createdAt}, schema ${manifest.migrations.at(-1)?.name}, ${size(verified.bytes)}`
            : `good  ${one.name}  encrypted, the bytes that were written, ${size(verified.bytes)}; with BACKUP_AGE_IDENTITY its contents are proved too`,
        );
      } catch (error) {
        process.exitCode = 1;
        say(`BAD   ${one.name}  ${errorMessage(error)}`);
      }
    }
  });
}

/** The command. Exit code 1 when one of the archives is not good, or there is none. */
export function verifyBackupCommand(): Command {
  return new Command('verify-backup')
    .description('read archives whole and say whether they are good')
    .argument('[archive]', "'latest', a name, a file, or s3://bucket/prefix/name", 'latest')
    .option('--all', 'every archive of the target')
    .option('--target <place>', 'folder or s3://bucket/prefix; default: BACKUP_TARGET', targetPlace)
    .addOption(databaseWait())
    .action(async (asked: string, flags: Flags) => run(asked, flags));
}
