/** Registers every secret of the configuration with the log, so that none leaves by an error's text either. */
import type { Config } from '../config/config.ts';
import { Secret } from '../core/secret.ts';
import { hideFromLogs } from '../observability/redaction.ts';

function walk(value: unknown): void {
  if (value instanceof Secret) hideFromLogs(value.reveal());
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner);
}

/** Hides the secrets of `config`, the database's password among them. */
export async function hideSecrets(config: Config): Promise<void> {
  walk(config);
  const password = config.database.connection?.password;
  const given = typeof password === 'function' ? await password() : password;
  if (typeof given === 'string') hideFromLogs(given);
}
