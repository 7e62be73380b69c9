/** Encrypts and decrypts secrets of people at rest: AES-256-GCM under keys derived from the master keys. No I/O. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { MasterKey } from '../config/values.ts';
import { Bug, ConfigurationError } from '../core/errors.ts';
import type { SpaceId } from '../core/ids.ts';
import { Secret } from '../core/secret.ts';

/** Where a secret belongs. It opens there and nowhere else: a row copied to another person, purpose or subject is refused. */
export interface SecretPlace {
  readonly spaceId: SpaceId;
  /** what it is for, such as 'google.refresh-token'; each purpose has a key of its own */
  readonly purpose: string;
  /** which one of its purpose: an account, a repository; '' where there is only one */
  readonly subject: string;
}

/** A secret as it is stored. */
export interface Sealed {
  /** names the master key; the key itself is never stored */
  readonly keyId: string;
  /** 12 random bytes, never used twice under one key */
  readonly nonce: Buffer;
  /** with the 16 bytes of its tag at the end */
  readonly ciphertext: Buffer;
}

export interface Vault {
  /** the key that encrypts; undefined: nothing can be encrypted */
  readonly firstKey: string | undefined;
  has(keyId: string): boolean;
  /** @throws ConfigurationError, with its mend, when there is no master key. */
  seal(place: SecretPlace, secret: Secret): Sealed;
  /** @throws ConfigurationError when the key is not among those given; Bug when the row was changed or moved. */
  open(place: SecretPlace, sealed: Sealed): Secret;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The mend when something must be encrypted and no key was given. */
export const NO_MASTER_KEY =
  'STEWARD_MASTER_KEY is missing, and something must be encrypted. Mend: set it to k1: followed by the output of `openssl rand -base64 32`, the same on every replica, and keep a copy apart from the backups.';

/** The mend when a row names a key that is not there. */
export function missingKey(keyId: string): string {
  return `STEWARD_MASTER_KEY lacks the key ${keyId}, under which secrets are stored. Mend: add it behind the first (\`first,${keyId}:…\`), then run \`steward rotate-key\`; if it is lost, connect the accounts again.`;
}

/** What is authenticated beside the secret: the format, the place and the key, so that none can be exchanged. */
function bound(place: SecretPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify(['steward.secret', 1, place.spaceId, place.purpose, place.subject, keyId]));
}

/** RFC 5869, the purpose as info: what leaks of one purpose's key says nothing of another's. */
function derive(master: Secret, purpose: string): Buffer {
  const bytes = Buffer.from(master.reveal(), 'base64');
  return Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), `steward.secret.1:${purpose}`, 32));
}

/**
 * Makes a vault of the keys `source` gives: the first encrypts, all decrypt. It is asked each
 * time, so that a key added to a file while Steward runs is used without a restart. A key is derived anew each time: 20 µs, and none lies in memory.
 */
export function openVault(source: () => readonly MasterKey[]): Vault {
  const keyOf = (keyId: string) => source().find((one) => one.id === keyId)?.key;

  return {
    get firstKey() {
      return source()[0]?.id;
    },
    has: (keyId) => keyOf(keyId) !== undefined,
    seal(place, secret) {
      const [first] = source();
      if (!first) throw new ConfigurationError([NO_MASTER_KEY]);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, derive(first.key, place.purpose), nonce).setAAD(bound(place, first.id));
      const ciphertext = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { keyId: first.id, nonce, ciphertext };
    },
    open(place, { keyId, nonce, ciphertext }) {
      const master = keyOf(keyId);
      if (!master) throw new ConfigurationError([missingKey(keyId)]);
      try {
        const decipher = createDecipheriv(CIPHER, derive(master, place.purpose), nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(bound(place, keyId)).setAuthTag(ciphertext.subarray(-TAG_BYTES));
        const plain = Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]);
        return new Secret(plain.toString('utf8'));
      } catch {
        // What the cipher says names neither the place nor the cause.
        throw new Bug(
          `a stored secret (${place.purpose}) does not open: its row was changed or moved, or its key is not the one of that name`,
        );
      }
    },
  };
}
