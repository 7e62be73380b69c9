/** `steward rotate-key` as an operator runs it: by the process, its output and its exit code. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { addMasterKey, masterKeysOf } from '../../src/config/master-key.ts';
import { masterKeys } from '../../src/config/values.ts';
import { Secret } from '../../src/core/secret.ts';
import { putSecret } from '../../src/secrets/secrets.ts';
import { openVault } from '../../src/secrets/vault.ts';
import type { Database } from '../../src/storage/database.ts';
import { testPerson } from '../support/context.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

const main = path.resolve('src/main.ts');
const key = () => randomBytes(32).toString('base64');
const [one, two] = [`k1:${key()}`, `k2:${key()}`];
let postgres: TestDatabase;
let db: Database;
let folder: string;
beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database(2);
  folder = mkdtempSync(path.join(tmpdir(), 'steward-rotate-'));
  const { spaceId } = await testPerson(db, 1);
  const vault = openVault(() => masterKeys(one));
  for (const subject of ['a', 'b'])
    await db.transaction((tx) =>
      putSecret(tx, vault, { spaceId, purpose: 'test', subject }, new Secret('planted-token'), 0),
    );
});
afterAll(async () => {
  await postgres.drop();
  rmSync(folder, { recursive: true, force: true });
});

function steward(env: Record<string, string>, ...args: string[]) {
  const { host, port, database, user } = postgres.connection;
  const ran = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_HOST: host,
      DATABASE_PORT: String(port),
      DATABASE_NAME: database,
      DATABASE_USER: user,
      ...env,
    },
  });
  expect(ran.stdout + ran.stderr).not.toContain('planted-token');
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

test('without a key it says how to make one and ends as a wrong configuration does', () => {
  const ran = steward({}, 'rotate-key');
  expect(ran.code).toBe(78);
  expect(ran.err).toContain('openssl rand -base64 32');
});

test('with a new key only, it names the missing one, and so does the doctor', () => {
  const ran = steward({ STEWARD_MASTER_KEY: two }, 'rotate-key');
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('2 stay under k1');
  const doctor = steward({ STEWARD_MASTER_KEY: two }, 'doctor');
  expect(doctor.code).toBe(1);
  expect(doctor.out).toMatch(/✗ master key\s+2 secrets lie under k1, which is not given/);
});

test('--new proposes a key and changes nothing', () => {
  const ran = steward({ STEWARD_MASTER_KEY: one }, 'rotate-key', '--new');
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/k2:[A-Za-z0-9+/=]{44},<the present value>/);
  expect(ran.out).not.toContain(one);
});

test('with both it moves all, and the old one is not needed any more', () => {
  const ran = steward({ STEWARD_MASTER_KEY: `${two},${one}` }, 'rotate-key');
  expect(ran.code).toBe(0);
  expect(ran.out).toContain('2 secrets encrypted anew under k2');
  const again = steward({ STEWARD_MASTER_KEY: two }, 'rotate-key');
  expect(again.code).toBe(0);
  expect(again.out).toContain('0 secrets encrypted anew');
  expect(steward({ STEWARD_MASTER_KEY: two }, 'doctor').out).toMatch(/✓ master key\s+2 secrets, all under k2/);
});

test("a laptop's new key goes before the old one in its file, which stays its owner's alone", () => {
  const config = loadConfig({ env: { STEWARD_DATA_DIR: folder }, cwd: folder });
  const [before] = masterKeysOf(config);
  expect(addMasterKey(folder, masterKeysOf(config))).toBe('k2');
  const after = masterKeysOf(config);
  expect(after.map(({ id }) => id)).toEqual(['k2', 'k1']);
  expect(after[1]?.key.reveal()).toBe(before?.key.reveal());
  expect(statSync(path.join(folder, 'master.key')).mode & 0o777).toBe(0o600);
  expect(readFileSync(path.join(folder, 'master.key'), 'utf8').split('\n')).toHaveLength(3);
});
