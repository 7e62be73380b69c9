/** The master keys in use: configured ones, or on a laptop (embedded database) one made at the first start and kept beside the data. */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, errorCode, errorMessage } from '../core/errors.ts';
import type { Config } from './config.ts';
import { type MasterKey, masterKeys } from './values.ts';

const GROUP_AND_OTHERS = 0o077;

/** A new key under an id that is not among `known`, as STEWARD_MASTER_KEY takes it. */
export function newMasterKey(known: readonly MasterKey[]): string {
  const ids = new Set(known.map((one) => one.id));
  let number = known.length + 1;
  while (ids.has(`k${number}`)) number += 1;
  return `k${number}:${randomBytes(32).toString('base64')}`;
}

/** The file a laptop's keys are kept in. */
export function masterKeyFile(dataDir: string): string {
  return path.join(dataDir, 'master.key');
}

/** Where a file is written before it takes its place; what a dead process left of it is removed at a start. */
function draftOf(file: string): string {
  return path.join(path.dirname(file), `.steward-key-${process.pid}.tmp`);
}

/** Puts a new key before those in the file of `dataDir`, whole or not at all; gives its id. The old ones stay: backups need them. */
export function addMasterKey(dataDir: string, known: readonly MasterKey[]): string {
  const file = masterKeyFile(dataDir);
  const added = newMasterKey(known);
  const lines = [added, ...known.map(({ id, key }) => `${id}:${key.reveal()}`)];
  const draft = draftOf(file);
  try {
    writeFileSync(draft, `${lines.join(',\n')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return added.slice(0, added.indexOf(':'));
}

/** Makes `file` with a new key, whole or not at all; of two starts at once both end with the same one. */
function makeKey(file: string): void {
  const draft = draftOf(file);
  writeFileSync(draft, `${newMasterKey([])}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

/**
 * The keys, first the one that encrypts. Empty with a database of one's own and no STEWARD_MASTER_KEY: whoever must encrypt then says
 * so. The data folder must exist already. @throws ConfigurationError when the key's file cannot be used.
 */
export function masterKeysOf(config: Pick<Config, 'masterKeys' | 'database' | 'dataDir'>): readonly MasterKey[] {
  if (config.masterKeys.length > 0 || config.database.connection) return config.masterKeys;
  const file = masterKeyFile(config.dataDir);
  try {
    if (!statSync(file, { throwIfNoEntry: false })) makeKey(file);
    if ((statSync(file).mode & GROUP_AND_OTHERS) !== 0)
      throw new ConfigurationError([`${file} can be read by others. Mend: chmod 600 ${file}`]);
    return masterKeys(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError([
      `The master key in ${file} cannot be used: it ${errorMessage(error)} If it is lost, what it encrypted is too: put the copy you kept there, or remove it to begin anew.`,
    ]);
  }
}
