/** `steward rotate-key`: encrypts every stored secret anew under the first master key, and makes a new key when asked. */
import { Command } from 'commander';
import { type Config, loadConfig } from '../config/config.ts';
import { addMasterKey, masterKeysOf, newMasterKey } from '../config/master-key.ts';
import { ConfigurationError } from '../core/errors.ts';
import { type Rotation, rotateSecrets } from '../secrets/secrets.ts';
import { missingKey, NO_MASTER_KEY, openVault } from '../secrets/vault.ts';
import { withDatabase } from './open-database.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Adds a key where we keep them ourselves; elsewhere says what to set. True when there is a new first key now. */
function makeKey(config: Config): boolean {
  const keys = masterKeysOf(config);
  if (config.masterKeys.length === 0 && !config.database.connection) {
    say(
      `New key ${addMasterKey(config.dataDir, keys)} in ${config.dataDir}/master.key; the older ones stay there, as backups need them.`,
    );
    return true;
  }
  say('Put this before the keys in STEWARD_MASTER_KEY, on every replica, then run `steward rotate-key`:');
  say(`  ${newMasterKey(keys)}${keys.length > 0 ? ',<the present value>' : ''}`);
  return false;
}

function report({ rotated, missing, unreadable, late }: Rotation, firstKey: string): void {
  say(`${rotated} secrets encrypted anew under ${firstKey}.`);
  for (const { keyId, count } of missing) say(`${count} stay under ${keyId}: ${missingKey(keyId)}`);
  if (unreadable > 0)
    say(
      `${unreadable} do not open: their rows were changed, or another key has the id of theirs. Mend: connect these accounts again.`,
    );
  if (late > 0)
    say(
      `${late} were stored under an older key meanwhile: a replica still has that one first. Mend: restart it with the new order, then run this again.`,
    );
  if (missing.length + unreadable + late > 0) process.exitCode = 1;
  else say('No other key is needed for what is stored; backups made before need theirs as long as they are kept.');
}

/** The command. Exit code 1 when something could not be moved; its action throws ConfigurationError (78) and Upstream (1). */
export function rotateKeyCommand(): Command {
  return new Command('rotate-key')
    .description(
      'encrypt every stored secret anew under the first master key; safe to stop, to repeat and beside a running Steward',
    )
    .option('--new', 'first make a new key: in the data folder, or to be set in STEWARD_MASTER_KEY')
    .action(async (flags: { new?: boolean }) => {
      const config = loadConfig();
      await withDatabase(config, async (db) => {
        if (flags.new && !makeKey(config)) return;
        const vault = openVault(() => masterKeysOf(config));
        const { firstKey } = vault;
        if (firstKey === undefined) throw new ConfigurationError([NO_MASTER_KEY]);
        report(await rotateSecrets(db, vault, (rotated) => process.stderr.write(`${rotated} …\n`)), firstKey);
      });
    });
}
