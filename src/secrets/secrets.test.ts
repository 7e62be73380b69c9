/** Guards people's tokens: unreadable in the database, bound to their place, and moved under a new key without a gap. */
import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { testPerson } from '../../test/support/context.ts';
import { databaseOfFile } from '../../test/support/postgres.ts';
import type { MasterKey } from '../config/values.ts';
import { ConfigurationError } from '../core/errors.ts';
import type { SpaceId } from '../core/ids.ts';
import { Secret } from '../core/secret.ts';
import { getSecret, keysInUse, putSecret, removeSecret, rotateSecrets } from './secrets.ts';
import { openVault, type SecretPlace } from './vault.ts';

const key = (id: string): MasterKey => ({ id, key: new Secret(randomBytes(32).toString('base64')) });
const [first, second, third] = [key('k1'), key('k2'), key('k3')];
const vault = (...keys: readonly MasterKey[]) => openVault(() => keys);
const TOKEN = 'planted-refresh-token-1a2b3c';
const NOW = Date.parse('2026-11-25T10:00:00Z');

const db = databaseOfFile(6);
let place: SecretPlace;
let other: SpaceId;
beforeAll(async () => {
  place = { spaceId: (await testPerson(db, 1)).spaceId, purpose: 'google.refresh-token', subject: 'ada@example.net' };
  other = (await testPerson(db, 2)).spaceId;
});
beforeEach(() => db.query('DELETE FROM secrets'));

const put = (keys: readonly MasterKey[], at: SecretPlace = place, text = TOKEN) =>
  db.transaction((tx) => putSecret(tx, vault(...keys), at, new Secret(text), NOW));
const read = async (keys: readonly MasterKey[], at: SecretPlace = place) =>
  (await getSecret(db, vault(...keys), at))?.reveal();

test('what was put is read again, replaced, and gone once removed', async () => {
  await put([first]);
  expect(await read([first])).toBe(TOKEN);
  await put([first], place, 'another — with ünicode 🔑');
  expect(await read([first])).toBe('another — with ünicode 🔑');
  expect(await db.transaction((tx) => removeSecret(tx, place))).toBe(true);
  expect(await db.transaction((tx) => removeSecret(tx, place))).toBe(false);
  expect(await read([first])).toBeUndefined();
});

test('no row of the database shows it, and the same token never looks the same', async () => {
  await put([first]);
  await put([first], { ...place, subject: 'second' });
  const rows = await db.query<{ row: string; ciphertext: Buffer }>('SELECT s::text AS row, ciphertext FROM secrets s');
  expect(rows).toHaveLength(2);
  for (const { row, ciphertext } of rows) {
    expect(row).not.toContain(Buffer.from(TOKEN).toString('hex'));
    expect(ciphertext.toString('latin1')).not.toContain(TOKEN);
  }
  expect(rows[0]?.ciphertext.equals(rows[1]?.ciphertext ?? Buffer.alloc(0))).toBe(false);
});

test.each<[string, string]>([
  ['another person', 'UPDATE secrets SET space_id = $1'],
  ['another purpose', "UPDATE secrets SET purpose = 'slack.token' WHERE $1::int > 0"],
  ['another subject', "UPDATE secrets SET subject = 'eve@example.net' WHERE $1::int > 0"],
  [
    'a changed text',
    'UPDATE secrets SET ciphertext = set_byte(ciphertext, 3, get_byte(ciphertext, 3) # 1) WHERE $1::int > 0',
  ],
  ['a cut text', 'UPDATE secrets SET ciphertext = substr(ciphertext, 1, 8) WHERE $1::int > 0'],
  ['a changed nonce', 'UPDATE secrets SET nonce = set_byte(nonce, 0, get_byte(nonce, 0) # 1) WHERE $1::int > 0'],
  ['another key of the ring', "UPDATE secrets SET key_id = 'k2' WHERE $1::int > 0"],
])('a row given to %s does not open, and says nothing of what it held', async (_what, change) => {
  await put([first]);
  await db.query(change, [other]);
  const [row] = await db.query<SecretPlace>('SELECT space_id, purpose, subject FROM secrets');
  if (!row) throw new Error('no row');
  const failed = read([first, second], row);
  await expect(failed).rejects.toThrow('does not open');
  await expect(failed).rejects.not.toThrow(TOKEN);
});

test('without a master key nothing is encrypted, and the mend is told', async () => {
  await expect(put([])).rejects.toBeInstanceOf(ConfigurationError);
  await expect(put([])).rejects.toThrow('openssl rand -base64 32');
  expect(await db.query('SELECT 1 FROM secrets')).toEqual([]);
});

test('a secret whose key is not given names the key and the mend', async () => {
  await put([first]);
  await expect(read([second])).rejects.toThrow(/lacks the key k1.*Mend/);
  expect(await keysInUse(db)).toEqual([{ keyId: 'k1', count: 1 }]);
});

test('rotation moves everything under the first key, over several batches, and readers with both keys never miss', async () => {
  const places = Array.from({ length: 230 }, (_, n) => ({ ...place, subject: `account-${n}` }));
  for (const at of places) await put([first], at, `token of ${at.subject}`);
  let reading = true;
  const misses: unknown[] = [];
  const readers = (async () => {
    while (reading) {
      const at = places[Math.floor(Math.random() * places.length)] ?? place;
      const found = await read([first, second], at).catch((error: unknown) => error);
      if (found !== `token of ${at.subject}`) misses.push(found);
    }
  })();
  const batches: number[] = [];
  // Two at once, as an operator in two windows.
  const both = await Promise.all([
    rotateSecrets(db, vault(second, first), (count) => void batches.push(count)),
    rotateSecrets(db, vault(second, first), () => {}),
  ]).finally(() => {
    reading = false;
  });
  await readers;
  expect(misses).toEqual([]);
  expect(both.map((one) => one.rotated).reduce((a, b) => a + b)).toBe(230);
  expect(await keysInUse(db)).toEqual([{ keyId: 'k2', count: 230 }]);
  for (const at of places.slice(0, 5)) expect(await read([second], at)).toBe(`token of ${at.subject}`);
  expect(await rotateSecrets(db, vault(second), () => {})).toEqual({ rotated: 0, missing: [], unreadable: 0, late: 0 });
});

test('rotation that was stopped goes on where it was, and tells what it cannot move', async () => {
  await put([third], { ...place, subject: 'lost' });
  await put([first], { ...place, subject: 'damaged' });
  await put([first], { ...place, subject: 'sound' });
  await db.query("UPDATE secrets SET nonce = set_byte(nonce, 0, get_byte(nonce, 0) # 1) WHERE subject = 'damaged'");
  const told = await rotateSecrets(db, vault(second, first), () => {});
  expect(told).toEqual({ rotated: 1, missing: [{ keyId: 'k3', count: 1 }], unreadable: 1, late: 0 });
  const later = await rotateSecrets(db, vault(second, first, third), () => {});
  expect(later).toMatchObject({ rotated: 1, missing: [] });
  expect(await read([second], { ...place, subject: 'lost' })).toBe(TOKEN);
});

test('a key added while it runs is used without a restart', async () => {
  let keys: readonly MasterKey[] = [first];
  const living = openVault(() => keys);
  await db.transaction((tx) => putSecret(tx, living, place, new Secret(TOKEN), NOW));
  keys = [second, first];
  await rotateSecrets(db, living, () => {});
  expect((await getSecret(db, living, place))?.reveal()).toBe(TOKEN);
  expect(await keysInUse(db)).toEqual([{ keyId: 'k2', count: 1 }]);
});
