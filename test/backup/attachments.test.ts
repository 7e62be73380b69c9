/** Guards files that people sent, where their bytes lie outside the database: in every archive, and back in their place after a restore. */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openContents, openStores } from '../../src/storage/contents/contents.ts';
import { loadFrom } from '../config/load.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { ask, contents, type Stage, stage } from './stage.ts';

const NOW = Date.parse('2026-11-26T10:00:00Z');
/** A photo larger than a piece of an archive, a note, and one that nothing uses. */
const BYTES = [Buffer.alloc(5 * 1_048_576, 'photo '), Buffer.from('a note'), Buffer.from('nobody uses this')];

let from: TestDatabase;
let into: TestDatabase;
let place: Stage;
let names: string[];

const config = (folder: string) => ({ ...loadFrom(folder, { ATTACHMENT_STORE: 'folder' }), dataDir: folder });
const fileOf = (folder: string, sha256 = '') => path.join(folder, 'attachments', sha256.slice(0, 2), sha256);

beforeAll(async () => {
  from = await testDatabase();
});
afterAll(() => from.drop());
beforeEach(async () => {
  place = stage();
  into = await testDatabase({ empty: true });
  await ask(from.connection, 'TRUNCATE contents, files');
  const store = openContents(config(path.join(place.folder, 'data')));
  const db = from.database(2);
  names = [];
  for (const bytes of BYTES) names.push((await store.keep(db, bytes, NOW)).sha256);
  for (const sha256 of names.slice(0, 2))
    await ask(
      from.connection,
      `INSERT INTO files (space_id, person_id, chat_id, bot_id, telegram_file, kind, sha256, state, batch, created_at)
       VALUES (1, 1, 1, 1, 'x', 'document', $1, 'kept', 'b', now())`,
      [sha256],
    );
});
afterEach(async () => {
  await into.drop();
  await place.clear();
});

test('a restore on a new machine brings the rows and the bytes', async () => {
  const made = await place.backup(from.connection);
  expect(made.warnings).toEqual([]);
  expect(made.manifest.attachments.map((one) => one.sha256)).toEqual(names.slice(0, 2).sort());
  const elsewhere = path.join(place.folder, 'new');
  const stores = openStores(config(elsewhere));
  await place.restore(into.connection, made.archive, { stores });
  expect(await contents(into.connection, ['backup_runs', 'leases'])).toEqual(
    await contents(from.connection, ['backup_runs', 'leases']),
  );
  const store = openContents(config(elsewhere));
  for (const [index, sha256] of names.slice(0, 2).entries()) {
    const chunks: Buffer[] = [];
    for await (const chunk of store.read(into.database(2), sha256)) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(BYTES[index] ?? Buffer.alloc(0))).toBe(true);
  }
  expect(statSync(fileOf(elsewhere, names[0])).mode & 0o777).toBe(0o600);
  expect(existsSync(fileOf(elsewhere, names[2]))).toBe(false);
});

test.for([
  ['gone from its place', (file: string) => rmSync(file)],
  ['spoilt by the disk', (file: string) => writeFileSync(file, 'A NOTE')],
] as const)('a file that is %s is told, and the backup is made without it', async ([, harm]) => {
  harm(fileOf(path.join(place.folder, 'data'), names[1]));
  const made = await place.backup(from.connection);
  expect(made.warnings).toEqual(['1 of the files people sent are gone or spoilt in folder, and left out']);
  expect(made.manifest.attachments.map((one) => one.sha256)).toEqual([names[0]]);
  await place.restore(into.connection, made.archive);
});

test('where they cannot be put back nothing is restored, and the mend is told', async () => {
  const made = await place.backup(from.connection);
  const file = path.join(place.folder, 'a-file');
  writeFileSync(file, '');
  const stores = openStores(config(file));
  await expect(place.restore(into.connection, made.archive, { stores })).rejects.toThrow(
    /Files people sent cannot be put back to folder\. Mend: make that place writable/,
  );
  expect(await contents(into.connection)).toEqual({});
});
