/** `steward drill`: restores the newest archive into a throwaway PostgreSQL and compares. */
import { Command, InvalidArgumentError } from 'commander';
import { drill } from '../../backup/drill.ts';
import { openTarget } from '../../backup/targets/open.ts';
import { loadConfig } from '../../config/config.ts';
import { connectionOf, type DatabaseConnection } from '../../config/database-connection.ts';
import { Refused } from '../../config/placeholders.ts';
import { systemClock } from '../../core/clock.ts';
import { databaseWait } from '../arguments/database-wait.ts';
import { chooseArchive, figure, say, targetPlace, tell, withStorage } from './opened.ts';

interface Flags {
  /** Milliseconds. */
  databaseWait: number;
  target?: string;
  into?: DatabaseConnection;
}

function throwaway(typed: string): DatabaseConnection {
  try {
    const connection = connectionOf(typed);
    if (connection) return connection;
  } catch (error) {
    if (error instanceof Refused) throw new InvalidArgumentError(`it ${error.message}`);
    throw error;
  }
  throw new InvalidArgumentError('give it as postgresql://user@host:5432/database');
}

async function run(asked: string, flags: Flags): Promise<void> {
  const config = loadConfig();
  const target = await openTarget(config, systemClock, flags.target);
  await withStorage(config, flags.databaseWait, async ({ db }) => {
    const chosen = await chooseArchive(config, target, asked);
    const began = performance.now();
    const drilled = await drill({
      db,
      clock: systemClock,
      cause: 'command',
      target: chosen.target,
      archive: chosen.name,
      read: chosen.read,
      identity: config.backup.ageIdentity?.reveal(),
      into: flags.into,
      log: tell,
    });
    const { manifest } = drilled;
    say(
      `${chosen.name} restores: ${figure(manifest.rows)} rows of ${manifest.tables.length} tables equal, ${((performance.now() - began) / 1000).toFixed(1)} s`,
    );
  });
}

/** The command. Exit code 1 when the archive does not restore. */
export function drillCommand(): Command {
  return new Command('drill')
    .description('restore an archive into a throwaway PostgreSQL and compare every row; changes nothing else')
    .argument('[archive]', "'latest', a name, a file, or s3://bucket/prefix/name", 'latest')
    .option(
      '--into <url>',
      'an empty PostgreSQL to restore into, emptied afterwards; default: one made for it and thrown away',
      throwaway,
    )
    .option('--target <place>', 'folder or s3://bucket/prefix; default: BACKUP_TARGET', targetPlace)
    .addOption(databaseWait())
    .action(async (asked: string, flags: Flags) => run(asked, flags));
}
