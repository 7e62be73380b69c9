/** Guards archives in a bucket, against a real S3 server: made, listed, read back, restored, removed, and every refusal told with its mend. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTarget } from '../../src/backup/targets/open.ts';
import { archiveName, type Target } from '../../src/backup/targets/target.ts';
import type { Config } from '../../src/config/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { Secret } from '../../src/core/secret.ts';
import { loadFrom } from '../config/load.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { type S3Server, s3Program, startS3 } from './s3.ts';
import { ask, contents, POLICY, type Stage, stage } from './stage.ts';

const program = s3Program();
const BUCKET = 'backups';
let server: S3Server;
let from: TestDatabase;
let place: Stage;

function config(change: Partial<Config['s3']> = {}): Pick<Config, 'backup' | 's3'> {
  const { backup } = loadFrom(tmpdir(), { BACKUP_TARGET: `s3://${BUCKET}/home/steward` });
  const s3 = {
    endpoint: server.endpoint,
    region: 'us-east-1',
    accessKeyId: new Secret(server.accessKey),
    secretAccessKey: new Secret(server.secretKey),
    forcePathStyle: true,
    ...change,
  };
  return { backup, s3 };
}
const open = (change: Partial<Config['s3']> = {}): Promise<Target> => openTarget(config(change), systemClock);

beforeAll(async () => {
  if (program === undefined) return;
  server = await startS3(program, BUCKET);
  from = await testDatabase();
  await ask(
    from.connection,
    "INSERT INTO people (telegram_user_id, name, timezone) VALUES (7, 'Ada', 'Europe/Berlin')",
  );
  await ask(
    from.connection,
    `INSERT INTO tasks (space_id, number, title, created_by, created_at)
     SELECT 1, n, 'Task ' || n, 1, now() FROM generate_series(1, 100) n`,
  );
  place = stage();
});
afterAll(async () => {
  await server?.stop();
  await from?.drop();
  await place?.clear();
});

describe('S3', () => {
  beforeEach((context) =>
    context.skip(program === undefined, 'no versitygw: go install github.com/versity/versitygw/cmd/versitygw@v1.8.0'),
  );

  test('an archive of several parts is put there, read back, restored; nothing temporary stays', async () => {
    const target = await open();
    await target.probe();
    // Bytes that do not shrink, in few rows: more than one part of an upload.
    await ask(
      from.connection,
      `WITH content AS (INSERT INTO contents (sha256, bytes, place, touched_at) VALUES ('large', 18350080, 'database', now()) RETURNING sha256)
       INSERT INTO content_parts (sha256, part, content)
       SELECT sha256, part, (SELECT string_agg(decode(md5((part * 65536 + n)::text), 'hex'), '') FROM generate_series(1, 65536) n)
         FROM content, generate_series(1, 18) part`,
    );
    const made = await place.backup(from.connection, { target });
    expect(made.bytes).toBeGreaterThan(17_000_000);
    expect(await target.list()).toEqual([expect.objectContaining({ name: made.archive, bytes: made.bytes })]);
    const folder = path.join(server.folder, BUCKET, 'home', 'steward');
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([made.archive]);
    const incoming = path.join(folder, '.incoming');
    expect(existsSync(incoming) ? readdirSync(incoming) : []).toEqual([]);
    const into = await testDatabase({ empty: true });
    try {
      await place.restore(into.connection, made.archive, { read: () => target.read(made.archive) });
      const without = ['backup_runs', 'leases'];
      expect(await contents(into.connection, without)).toEqual(await contents(from.connection, without));
    } finally {
      await into.drop();
    }
    // What follows needs archives, not large ones.
    await ask(from.connection, 'DELETE FROM content_parts');
    await ask(from.connection, 'DELETE FROM contents');
  });

  test('one damaged there is found, and retention keeps the good one', async () => {
    const target = await open();
    const [good] = await target.list();
    const bad = archiveName(systemClock.now() - 1_000, { encrypted: false, beforeRestore: false });
    writeFileSync(
      path.join(server.folder, BUCKET, 'home', 'steward', bad),
      'not an archive at all, but of some length. '.repeat(20),
    );
    const policy = { ...POLICY, keepLast: 1, minKeep: 2 };
    const made = await place.backup(from.connection, { target, backup: policy });
    const names = (await target.list()).map((one) => one.name);
    expect(made.removed).toEqual([]);
    expect(names).toContain(good?.name);
    const next = await place.backup(from.connection, { target, backup: { ...policy, minKeep: 1 } });
    expect([...next.removed].sort()).toEqual([...names].sort());
  });

  test.each([
    [
      'a wrong secret',
      { secretAccessKey: new Secret('wrong-wrong-wrong') },
      /SignatureDoesNotMatch.*Mend: correct S3_SECRET_ACCESS_KEY/s,
    ],
    ['an unknown key', { accessKeyId: new Secret('nobody') }, /Mend: correct S3_ACCESS_KEY_ID/],
    ['a service that is not there', { endpoint: 'http://127.0.0.1:9' }, /ECONNREFUSED.*Mend: look at S3_ENDPOINT/s],
  ])('%s is told with its mend, and no secret', async (_, change, told) => {
    const target = await open(change);
    const failed = await place.backup(from.connection, { target }).catch((error: unknown) => error);
    expect(String(failed)).toMatch(told);
    expect(String(failed)).not.toContain(server.secretKey);
    await expect(target.probe()).rejects.toThrow(told);
  });

  test('a bucket that is not there is told; an archive that is not there too', async () => {
    const { backup, s3 } = config();
    const missing = await openTarget({ backup: { ...backup, target: 's3://no-such-bucket' }, s3 }, systemClock);
    await expect(missing.probe()).rejects.toThrow(/NoSuchBucket.*Mend: make the bucket/s);
    const target = await open();
    const read = async () => {
      for await (const _ of target.read('steward-20200101T000000Z-AAAA.tar.gz'));
    };
    await expect(read()).rejects.toThrow(/is not there/);
  });

  test('a service that goes away in the middle leaves no archive', async () => {
    const target = await open();
    const before = (await target.list()).map((one) => one.name);
    const draft = await target.draft(archiveName(systemClock.now(), { encrypted: false, beforeRestore: false }));
    async function* dying() {
      yield Buffer.alloc(20_000_000, 1);
      await server.kill();
      yield Buffer.alloc(20_000_000, 2);
    }
    await expect(draft.write(dying())).rejects.toThrow(/Mend: /);
    // What was there is untouched: its files are what the service will show again.
    const files = readdirSync(path.join(server.folder, BUCKET, 'home', 'steward')).filter(
      (name) => !name.startsWith('.'),
    );
    expect(files.sort()).toEqual(before.sort());
  });
});
