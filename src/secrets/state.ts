/** Whether every stored secret can be read with the keys at hand, in words for the doctor and the daily look at the ground. */
import type { Finding } from '../observability/ground.ts';
import type { Queryable } from '../storage/database.ts';
import { keysInUse } from './secrets.ts';
import { missingKey, type Vault } from './vault.ts';

/** Looks at the keys in use. Rejects when the database is away. */
export async function secretsState(db: Queryable, vault: Vault): Promise<Finding> {
  const used = await keysInUse(db);
  const total = used.reduce((sum, one) => sum + one.count, 0);
  if (total === 0)
    return {
      status: 'ok',
      message: vault.firstKey === undefined ? 'none, and none is needed yet' : 'nothing is stored under it yet',
    };
  const lacking = used.find((one) => !vault.has(one.keyId));
  if (lacking)
    return {
      status: 'down',
      message: `${lacking.count} secrets lie under ${lacking.keyId}, which is not given`,
      mend: (missingKey(lacking.keyId).split(' Mend: ')[1] ?? '').replace(/\.$/, ''),
    };
  const older = used.filter((one) => one.keyId !== vault.firstKey);
  if (older.length > 0)
    return {
      status: 'ok',
      message: `${total} secrets; ${older.map((one) => `${one.count} still under ${one.keyId}`).join(', ')}: \`steward rotate-key\` moves them`,
    };
  return { status: 'ok', message: `${total} secrets, all under ${vault.firstKey}` };
}
