/** The master keys in use: configured ones, or on a laptop (embedded database) one made at the first start and kept beside the data. */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, errorMessage } from '../core/errors.ts';
import type { Config } from './config.ts';
import { type MasterKey, masterKeys } from './values.ts';

const GROUP_AND_OTHERS = 0o077;

/** Makes `file` with a new key, whole or not at all; of two starts at once both end with the same one. */
function makeKey(file: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
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
  const file = path.join(config.dataDir, 'master.key');
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
