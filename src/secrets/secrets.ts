/** Secrets of people as rows: put, read, removed, and moved under a new master key while Steward runs. */
import { type EpochMs, iso } from '../core/clock.ts';
import { ConfigurationError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import type { Database, Queryable, Tx } from '../storage/database.ts';
import { loadSql } from '../storage/sql.ts';
import { NO_MASTER_KEY, type Sealed, type SecretPlace, type Vault } from './vault.ts';

const sql = loadSql(new URL('./secrets.sql', import.meta.url), ['put', 'get', 'remove', 'keys', 'toRotate', 'rotate']);

/** Stores `secret` at `place`, in the stead of one that is there. @throws ConfigurationError when there is no master key. */
export async function putSecret(tx: Tx, vault: Vault, place: SecretPlace, secret: Secret, now: EpochMs): Promise<void> {
  const { keyId, nonce, ciphertext } = vault.seal(place, secret);
  await tx.query(sql.put, [place.spaceId, place.purpose, place.subject, keyId, nonce, ciphertext, iso(now)]);
}

/** The secret at `place`, undefined when there is none. @throws as `Vault.open` does. */
export async function getSecret(db: Queryable, vault: Vault, place: SecretPlace): Promise<Secret | undefined> {
  const [row] = await db.query<Sealed>(sql.get, [place.spaceId, place.purpose, place.subject]);
  return row && vault.open(place, row);
}

/** Forgets the secret at `place`; false when there was none. */
export async function removeSecret(tx: Tx, place: SecretPlace): Promise<boolean> {
  const rows = await tx.query(sql.remove, [place.spaceId, place.purpose, place.subject]);
  return rows.length > 0;
}

export interface KeyInUse {
  readonly keyId: string;
  /** secrets stored under it */
  readonly count: number;
}

/** Under which keys secrets are stored. */
export function keysInUse(db: Queryable): Promise<KeyInUse[]> {
  return db.query<KeyInUse>(sql.keys);
}

export interface Rotation {
  /** secrets now under the first key that were under another */
  readonly rotated: number;
  /** what stayed under other keys because these are not given */
  readonly missing: readonly KeyInUse[];
  /** rows that did not open: changed, moved, or under another key of the same name */
  readonly unreadable: number;
  /** stored under other, given keys while this ran: by a process whose first key is another */
  readonly late: number;
}

const BATCH = 100;

/**
 * Encrypts every secret anew under the vault's first key, a hundred in a transaction: may be stopped and run again at any time, beside
 * processes that read and write secrets. @throws ConfigurationError when there is no master key.
 */
export async function rotateSecrets(db: Database, vault: Vault, onBatch: (rotated: number) => void): Promise<Rotation> {
  const { firstKey } = vault;
  if (firstKey === undefined) throw new ConfigurationError([NO_MASTER_KEY]);
  let [rotated, unreadable, after] = [0, 0, 0];
  for (let full = true; full; ) {
    const batch = await db.transaction(async (tx) => {
      const rows = await tx.query<Sealed & SecretPlace & { id: number }>(sql.toRotate, [after, firstKey, BATCH]);
      let damaged = 0;
      const moved: Array<Sealed & { id: number }> = [];
      for (const row of rows.filter((one) => vault.has(one.keyId))) {
        try {
          moved.push({ id: row.id, ...vault.seal(row, vault.open(row, row)) });
        } catch {
          damaged += 1;
        }
      }
      const column = (name: 'id' | keyof Sealed) => moved.map((one) => one[name]);
      await tx.query(sql.rotate, [column('id'), column('keyId'), column('nonce'), column('ciphertext')]);
      return { count: rows.length, last: rows.at(-1)?.id ?? after, moved: moved.length, damaged };
    });
    rotated += batch.moved;
    unreadable += batch.damaged;
    after = batch.last;
    full = batch.count === BATCH;
    if (batch.moved > 0) onBatch(rotated);
  }
  const others = (await keysInUse(db)).filter((one) => one.keyId !== firstKey);
  const given = others.filter((one) => vault.has(one.keyId));
  return {
    rotated,
    missing: others.filter((one) => !vault.has(one.keyId)),
    unreadable,
    late: Math.max(0, given.reduce((sum, one) => sum + one.count, 0) - unreadable),
  };
}
