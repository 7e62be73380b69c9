/** `steward backup`: makes an archive of everything, reads it back, and removes those the policy no longer keeps. */
import { Command } from 'commander';
import { makeBackup } from '../../backup/backup.ts';
import { openTarget } from '../../backup/targets/open.ts';
import { loadConfig } from '../../config/config.ts';
import { iso, systemClock } from '../../core/clock.ts';
import { openStores } from '../../storage/contents/contents.ts';
import { databaseWait } from '../arguments/database-wait.ts';
import { figure, say, size, targetPlace, tell, untilTold, withStorage } from './opened.ts';

interface Flags {
  /** Milliseconds. */
  databaseWait: number;
  target?: string;
  list?: boolean;
}

async function run(flags: Flags): Promise<void> {
  const config = loadConfig();
  const target = await openTarget(config, systemClock, flags.target);
  if (flags.list) {
    const archives = await target.list();
    for (const { name, bytes, madeAt } of archives) say(`${iso(madeAt)}  ${size(bytes).padStart(9)}  ${name}`);
    tell(`${archives.length} in ${target.place}`);
    return;
  }
  for (const warning of config.warnings) tell(warning);
  const signal = untilTold();
  await withStorage(config, flags.databaseWait, async ({ connection, db }) => {
    const began = performance.now();
    const made = await makeBackup({
      db,
      connection,
      target,
      stores: openStores(config),
      backup: config.backup,
      clock: systemClock,
      cause: 'command',
      signal,
      log: tell,
    });
    if (!made) return;
    const { manifest } = made;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(made.archive);
    tell(
      `${figure(manifest.rows)} rows of ${manifest.tables.length} tables, ${size(made.bytes)}, read back and proved, in ${seconds} s, to ${target.place}`,
    );
  });
}

/** The command. Exit code 1 when there is no good backup at its end; its action throws ConfigurationError (78). */
export function backupCommand(): Command {
  return new Command('backup')
    .description('back up everything, prove the archive, remove those no longer kept; safe beside a running Steward')
    .option('--target <place>', 'folder or s3://bucket/prefix; default: BACKUP_TARGET', targetPlace)
    .option('--list', 'only list the archives there, the newest first')
    .addOption(databaseWait())
    .action(async (flags: Flags) => run(flags));
}
