/** The daily look at the ground: what is wrong is logged with its mend, what is broken is kept and told to the operator. */
import { chmod, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/config.ts';
import { masterKeysOf } from '../config/master-key.ts';
import { dataFolder, diskSpace, type Finding, memory, removeLeftovers, secretFile } from '../observability/ground.ts';
import type { Logger } from '../observability/logger.ts';
import { secretsState } from '../secrets/state.ts';
import { openVault } from '../secrets/vault.ts';
import type { Queryable } from '../storage/database.ts';
import { checkIntegrity } from '../storage/integrity.ts';
import type { ErrorRecorder } from '../storage/stored-errors.ts';

/** The ground gives way: a disk, an index, a permission. */
export class GroundFault extends Error {}

export interface GroundOptions {
  readonly db: Queryable;
  readonly config: Pick<Config, 'dataDir' | 'database' | 'masterKeys'>;
  readonly log: Logger;
  readonly errors: Pick<ErrorRecorder, 'record' | 'flush'>;
  /** where the .env files lie; default: the working directory */
  readonly cwd?: string;
}

/** Looks at everything once. Rejects when the database is away, so that the job is run again. */
export async function checkGround({ db, config, log, errors, cwd = '.' }: GroundOptions): Promise<void> {
  const findings: Array<[part: string, finding: Finding]> = [
    ['disk', await diskSpace(config.dataDir)],
    ['memory', memory()],
  ];
  for (const file of ['.env', '.env.production']) findings.push(['secrets', await secretFile(path.resolve(cwd, file))]);
  // With a database elsewhere the folder may be a volume whose permissions are the cluster's business.
  if (!config.database.connection) findings.push(['data-folder', await dataFolder(config.dataDir)]);
  findings.push(['integrity', await checkIntegrity(db)]);
  findings.push([
    'master-key',
    await secretsState(
      db,
      openVault(() => masterKeysOf(config)),
    ),
  ]);
  for (const [part, { status, message, mend }] of findings) {
    if (status === 'ok') continue;
    log.warn('the ground needs attention', { part, status, reason: message, mend });
    if (status === 'down') errors.record(new GroundFault(message), `ground.${part}`);
  }
  await errors.flush();
}

/** Everyone may read or write: of a folder, what lies in it and its names. */
const OPEN_TO_ALL = 0o006;

/** Closes a data folder of our own to other users before anything private is put into it; one made by hand mostly is open. */
async function closeDataFolder({ dataDir, database }: StartingGround, log: Logger): Promise<void> {
  // With a database elsewhere the folder may be a volume whose permissions are the cluster's business.
  if (database.connection) return;
  const { mode } = await stat(dataDir);
  if ((mode & OPEN_TO_ALL) === 0) return;
  await chmod(dataDir, mode & 0o777 & ~OPEN_TO_ALL);
  log.warn('the data folder was open to every user of this machine; closed', { folder: dataDir });
}

type StartingGround = Pick<Config, 'dataDir' | 'database'>;

/** Prepares the ground at the start: closes the data folder to others, removes what a process left that died. Never throws: the daily look tells what it could not mend. */
export async function settleGround(config: StartingGround, log: Logger, now: number): Promise<void> {
  await closeDataFolder(config, log).catch(() => {});
  const count = await removeLeftovers(config.dataDir, now).catch(() => 0);
  if (count > 0) log.info('temporary files of a process that died removed', { count });
}
