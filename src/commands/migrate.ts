/** `steward migrate`: brings the database's schema up to this program's, waits for others that do, or says how things stand. */
import { Command } from 'commander';
import type pg from 'pg';
import { loadConfig } from '../config/config.ts';
import { migrate, migrationFaults, migrationStatus } from '../storage/migrations/migrator.ts';
import { databaseWait, waitingFor } from './arguments/database-wait.ts';
import { duration } from './arguments/duration.ts';
import { withServer } from './open-database.ts';

interface MigrateFlags {
  status?: boolean;
  waitOnly?: boolean;
  ifEmpty?: boolean;
  /** Milliseconds. */
  lockWait: number;
  /** Milliseconds. */
  databaseWait: number;
  retry?: string;
}

async function tellStatus(connection: pg.ClientConfig): Promise<void> {
  const status = await migrationStatus(connection);
  for (const name of status.applied) console.log(`applied  ${name}`);
  for (const name of status.pending) console.log(`pending  ${name}`);
  const faults = migrationFaults(status);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0 || status.pending.length > 0) process.exitCode = 1;
}

async function bringUp(connection: pg.ClientConfig, flags: MigrateFlags): Promise<void> {
  const { applied, status } = await migrate(connection, {
    lockWaitMs: flags.lockWait,
    waitOnly: flags.waitOnly ?? false,
    ifEmpty: flags.ifEmpty ?? false,
    log: (line) => console.error(line),
    ...(flags.retry !== undefined && { retry: flags.retry }),
  });
  for (const name of applied) console.log(`applied  ${name}`);
  if (applied.length === 0) console.log(`up to date (${status.applied.length} applied)`);
}

async function run(flags: MigrateFlags): Promise<void> {
  const config = loadConfig();
  const once = flags.status ? tellStatus : (connection: pg.ClientConfig) => bringUp(connection, flags);
  const work = (connection: pg.ClientConfig) => waitingFor(() => once(connection), flags.databaseWait);
  return withServer(config, work);
}

/**
 * The command. Exit code 1 when `--status` finds something pending or wrong.
 * Its action throws ConfigurationError (78) and Upstream (1) for the caller to map.
 */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description("bring the database's schema up to date; safe to run many times and by many at once")
    .option('--status', 'only say what is applied, pending or wrong')
    .option('--wait-only', 'apply nothing, wait until another process has applied everything')
    .option('--if-empty', 'apply to an empty database only; to any other wait like --wait-only')
    .addOption(databaseWait())
    .option('--lock-wait <time>', 'how long to wait for another process, e.g. 60s or 5m', duration, 60_000)
    .option('--retry <migration>', 'take a failed migration up again, after its cause was mended')
    .action(async (flags: MigrateFlags) => run(flags));
}
