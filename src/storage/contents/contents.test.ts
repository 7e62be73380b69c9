/** Guards what the three places for bytes promise alike: once, whole, back as they were, and gone with their last use. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Server, s3Program, startS3 } from '../../../test/backup/s3.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { iso } from '../../core/clock.ts';
import { Secret } from '../../core/secret.ts';
import type { Database } from '../database.ts';
import { type Contents, openContents } from './contents.ts';
import { ContentMissing, checksumOf } from './store.ts';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const DAY = 86_400_000;
let postgres: TestDatabase;
let db: Database;
let dataDir: string;
let s3: S3Server | undefined;
beforeAll(async () => {
  postgres = await testDatabase();
  db = postgres.database(6);
  dataDir = mkdtempSync(path.join(tmpdir(), 'steward-contents-'));
  const program = s3Program();
  if (program !== undefined) s3 = await startS3(program, 'files');
});
afterAll(async () => {
  await s3?.stop();
  await postgres.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

function opened(attachmentStore: string): Contents {
  return openContents({
    attachmentStore,
    dataDir,
    s3: {
      endpoint: s3?.endpoint,
      region: 'us-east-1',
      accessKeyId: s3 && new Secret(s3.accessKey),
      secretAccessKey: s3 && new Secret(s3.secretKey),
      forcePathStyle: true,
    },
  });
}

async function whole(contents: Contents, sha256: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of contents.read(db, sha256)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A file that uses the content, `attached` to a task or not. */
async function use(sha256: string, { attached = true, age = 0 } = {}): Promise<number> {
  const [file] = await db.query<{ id: number }>(
    `INSERT INTO files (space_id, person_id, chat_id, bot_id, telegram_file, kind, sha256, state, batch, created_at)
     VALUES (1, 1, 1, 1, 'x', 'document', $1, 'kept', 'b', $2) RETURNING id`,
    [sha256, iso(NOW - age)],
  );
  const id = file?.id ?? 0;
  if (attached)
    await db.query(
      `INSERT INTO attachments (space_id, task_id, person_id, file_id, name, created_at) VALUES (1, 1, 1, $1, 'a', now())`,
      [id],
    );
  return id;
}

const rows = async (sha256: string) => (await db.query('SELECT 1 FROM contents WHERE sha256 = $1', [sha256])).length;
const isGone = (contents: Contents, sha256: string) =>
  expect(whole(contents, sha256)).rejects.toBeInstanceOf(ContentMissing);

describe.each(['database', 'folder', 's3://files/some/prefix'])('bytes in %s', (place) => {
  const there = (context: { skip(condition: boolean, note: string): void }) =>
    context.skip(place.startsWith('s3') && s3 === undefined, 'no S3 server on this machine');

  test('bytes of every length come back as they were', async (context) => {
    there(context);
    const contents = opened(place);
    for (const bytes of [0, 1, 524_287, 524_288, 1_700_001]) {
      const content = randomBytes(bytes);
      const kept = await contents.keep(db, content, NOW);
      expect(kept).toEqual({ sha256: checksumOf(content), bytes });
      expect((await whole(contents, kept.sha256)).equals(content), String(bytes)).toBe(true);
    }
  });

  test('the same content kept by many at once lies there once, and is whole', async (context) => {
    there(context);
    const contents = opened(place);
    const content = randomBytes(700_000);
    const kept = await Promise.all(Array.from({ length: 8 }, () => contents.keep(db, Buffer.from(content), NOW)));
    expect(new Set(kept.map((one) => one.sha256)).size).toBe(1);
    const sha256 = checksumOf(content);
    expect(await rows(sha256)).toBe(1);
    expect((await whole(contents, sha256)).equals(content)).toBe(true);
  });

  test('bytes go with their last use, a day after it, and not before', async (context) => {
    there(context);
    const contents = opened(place);
    const { sha256 } = await contents.keep(db, randomBytes(2_000), NOW);
    const [first, second] = [await use(sha256), await use(sha256)];
    await db.query('DELETE FROM files WHERE id = $1', [first]);
    await contents.sweep(db, NOW + 2 * DAY, 90);
    expect((await whole(contents, sha256)).length).toBe(2_000);
    await db.query('DELETE FROM files WHERE id = $1', [second]);
    await contents.sweep(db, NOW + DAY - 1, 90);
    expect((await whole(contents, sha256)).length).toBe(2_000);
    await contents.sweep(db, NOW + DAY + 1, 90);
    await isGone(contents, sha256);
    expect(await rows(sha256)).toBe(0);
  });

  test('what was kept in a transaction lies there once it is settled, and who was reading it goes on', async (context) => {
    there(context);
    const contents = opened(place);
    const content = randomBytes(700_000);
    const { sha256 } = await db.transaction((tx) => contents.keepWithin(tx, content, NOW));
    await use(sha256);
    const parts = async () => (await db.query('SELECT 1 FROM content_parts WHERE sha256 = $1', [sha256])).length;
    expect(await parts()).toBe(2);
    const reading = contents.read(db, sha256)[Symbol.asyncIterator]();
    const first: Buffer = (await reading.next()).value;
    await Promise.all([contents.settle(db), opened(place).settle(db)]);
    expect(await parts()).toBe(place === 'database' ? 2 : 0);
    expect((await whole(contents, sha256)).equals(content)).toBe(true);
    const read = [first];
    for (let next = await reading.next(); !next.done; next = await reading.next()) read.push(next.value);
    expect(Buffer.concat(read).equals(content)).toBe(true);
    expect(await contents.settle(db)).toBe(0);
  });

  test('what was being put when the process died is put anew, and forgotten where nobody comes back for it', async (context) => {
    there(context);
    const contents = opened(place);
    const [back, lost] = [randomBytes(1_000), randomBytes(1_000)];
    for (const content of [back, lost])
      await db.query('INSERT INTO contents (sha256, bytes, place, touched_at) VALUES ($1, 1000, $2, $3)', [
        checksumOf(content),
        place,
        iso(NOW),
      ]);
    await contents.keep(db, back, NOW + 60_000);
    await use(checksumOf(back));
    await contents.sweep(db, NOW + 2 * DAY, 90);
    expect((await whole(contents, checksumOf(back))).equals(back)).toBe(true);
    expect(await rows(checksumOf(lost))).toBe(0);
  });

  test('content that somebody removed there is told as missing, and removing it again is no fault', async (context) => {
    there(context);
    const contents = opened(place);
    const { sha256 } = await contents.keep(db, randomBytes(10), NOW);
    await db.query('DELETE FROM content_parts WHERE sha256 = $1', [sha256]);
    rmSync(path.join(dataDir, 'attachments', sha256.slice(0, 2), sha256), { force: true });
    if (s3) rmSync(path.join(s3.folder, 'files', 'some', 'prefix', sha256), { force: true });
    await isGone(contents, sha256);
    await contents.sweep(db, NOW + 2 * DAY, 90);
    expect(await rows(sha256)).toBe(0);
  });
});

test('what was put before the place was changed is read where it lies, and a duplicate is not put again', async () => {
  const before = opened('database');
  const content = randomBytes(3_000);
  const { sha256 } = await before.keep(db, content, NOW);
  await use(sha256);
  const after = opened('folder');
  await after.keep(db, content, NOW);
  expect((await whole(after, sha256)).equals(content)).toBe(true);
  expect(existsSync(path.join(dataDir, 'attachments', sha256.slice(0, 2), sha256))).toBe(false);
});

test('a folder holds nothing but files named by their checksums, readable by nobody else', async () => {
  await opened('folder').keep(db, randomBytes(10), NOW);
  const names = readdirSync(path.join(dataDir, 'attachments'), { recursive: true }).map(String);
  expect(names.filter((name) => !/^[0-9a-f]{2}(?:\/[0-9a-f]{64})?$/.test(name))).toEqual([]);
});

test('a file without an attachment stays for as long as an undo can bring it back, and no longer', async () => {
  const contents = opened('database');
  const { sha256 } = await contents.keep(db, randomBytes(500), NOW - 200 * DAY);
  const file = await use(sha256, { attached: false, age: 200 * DAY });
  const [action] = await db.query<{ id: number }>(
    `INSERT INTO actions (key, space_id, kind, summary, at) VALUES ('test:remove', 1, 'task.file-remove', '{}', $1) RETURNING id`,
    [iso(NOW - 89 * DAY)],
  );
  await db.query(`INSERT INTO changes (action_id, entity, entity_id, before) VALUES ($1, 'attachments', 7, $2)`, [
    action?.id,
    JSON.stringify({ id: 7, file_id: file, task_id: 1 }),
  ]);
  await contents.sweep(db, NOW, 90);
  expect((await whole(contents, sha256)).length).toBe(500);
  await contents.sweep(db, NOW + 3 * DAY, 90);
  await isGone(contents, sha256);
});
