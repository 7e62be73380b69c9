/** Guards the files of a person while they travel: with their bytes, once, proved, in archives of a bounded size; forgotten they are gone. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { CONTENTS } from '../../../test/support/bot.ts';
import { actorOf, type Movers, membersOf, openMovers } from '../../../test/support/portability.ts';
import { databaseOfFile, testDatabase } from '../../../test/support/postgres.ts';
import type { Person } from '../../access/people.ts';
import { DrivenClock } from '../../core/clock.ts';
import type { BotId } from '../../core/ids.ts';
import { type Contents, openContents } from '../../storage/contents/contents.ts';
import { searchTasks } from '../tasks/index.ts';
import { forgetPerson } from './forget.ts';
import { startImports } from './importing.ts';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const db = databaseOfFile(4);
let movers: Movers;
let contents: Contents;
beforeAll(async () => {
  movers = openMovers(db, new DrivenClock(NOW), new Set());
  contents = openContents(CONTENTS);
});

/** A person with a task for each content, the content attached to it. */
async function withFiles(...files: readonly Buffer[]): Promise<Person> {
  const ada = await movers.person();
  for (const [index, content] of files.entries()) {
    const { sha256 } = await contents.keep(db, content, NOW);
    await db.query(
      `WITH t AS (INSERT INTO tasks (space_id, number, title, created_by, created_at) VALUES ($1::int, $3::int, 'task ' || $3::int, $2::int, now()) RETURNING id),
            f AS (INSERT INTO files (space_id, person_id, chat_id, bot_id, telegram_file, kind, duration, bytes, media_type, sha256, state, batch, created_at)
                  VALUES ($1, $2, 1, 1, 'x', 'voice', 12, $4, 'audio/ogg', $5, 'kept', 'b', now()) RETURNING id)
       INSERT INTO attachments (space_id, task_id, person_id, file_id, name, description, created_at)
       SELECT $1, t.id, $2, f.id, 'memo ' || $3::int || '.ogg', 'said in the park', now() FROM t, f`,
      [ada.spaceId, ada.id, index + 1, content.length, sha256],
    );
  }
  await db.query('UPDATE spaces SET next_number = $2 WHERE id = $1', [ada.spaceId, files.length + 1]);
  return ada;
}

async function filesOf(person: Person) {
  const rows = await db.query<{
    title: string;
    name: string;
    description: string;
    kind: string;
    mediaType: string;
    sha256: string;
  }>(
    `SELECT t.title, a.name, a.description, f.kind, f.duration, f.media_type, f.sha256
       FROM attachments a JOIN files f ON f.id = a.file_id JOIN tasks t ON t.id = a.task_id WHERE a.space_id = $1 ORDER BY a.id`,
    [person.spaceId],
  );
  return Promise.all(
    rows.map(async (row) => {
      const pieces: Buffer[] = [];
      for await (const piece of contents.read(db, row.sha256)) pieces.push(piece);
      return { ...row, content: Buffer.concat(pieces) };
    }),
  );
}

test('files come along with their bytes, names and descriptions, are found there, and come once however often they are sent', async () => {
  const [one, two] = [randomBytes(900_000), Buffer.from('words')];
  const ada = await withFiles(one, two, one);
  const [archive = Buffer.alloc(0), ...others] = await movers.exported(ada);
  expect(others).toEqual([]);
  const members = Object.keys(await membersOf(archive)).filter((name) => name.startsWith('files/'));
  expect(members).toHaveLength(2);
  const bea = await movers.person();
  expect((await movers.imported(bea, archive)).result).toMatchObject({ added: 6, homeless: 0 });
  const there = await filesOf(bea);
  expect(there.map((file) => file.content.equals(one))).toEqual([true, false, true]);
  expect(there[1]).toMatchObject({
    title: 'task 2',
    name: 'memo 2.ogg',
    description: 'said in the park',
    kind: 'voice',
    duration: 12,
    mediaType: 'text/plain',
  });
  expect((await searchTasks(db, actorOf(bea), 'park', 1, NOW)).total).toBe(3);
  expect((await movers.imported(bea, archive)).result).toMatchObject({ added: 0, there: 6 });
});

test('more than one archive holds is split; each is of use alone, and none is much larger than its part', async () => {
  const files = Array.from({ length: 5 }, () => randomBytes(400_000));
  const ada = await withFiles(...files);
  const archives = await movers.exported(ada, 900_000);
  expect(archives.length).toBe(3);
  for (const archive of archives) expect(archive.length).toBeLessThan(1_000_000);
  const bea = await movers.person();
  for (const archive of archives) await movers.imported(bea, archive);
  expect(
    (await filesOf(bea)).map((file) => file.content.equals(files[Number(file.title.slice(5)) - 1] ?? one())),
  ).toEqual(files.map(() => true));
});

const one = () => Buffer.from('?');

test('an archive whose bytes are not what it says, or that holds none, brings the tasks without those files', async () => {
  const ada = await withFiles(randomBytes(5_000));
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  const members = await membersOf(archive);
  for (const bytes of [Buffer.from('other bytes'), null]) {
    const zip = new ZipFile();
    for (const [name, text] of Object.entries(members))
      if (!name.startsWith('files/')) zip.addBuffer(Buffer.from(text), name);
      else if (bytes) zip.addBuffer(bytes, name);
    zip.end();
    const pieces: Buffer[] = [];
    for await (const piece of zip.outputStream as NodeJS.ReadableStream as AsyncIterable<Buffer>) pieces.push(piece);
    const bea = await movers.person();
    expect((await movers.imported(bea, Buffer.concat(pieces))).result).toMatchObject({ added: 1, homeless: 1 });
    expect(await filesOf(bea)).toEqual([]);
  }
});

test('bytes that were removed from their place do not keep the rest from being exported', async () => {
  const content = randomBytes(3_000);
  const ada = await withFiles(content, Buffer.from('kept'));
  await db.query('DELETE FROM content_parts WHERE sha256 = $1', [createHash('sha256').update(content).digest('hex')]);
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  const bea = await movers.person();
  expect((await movers.imported(bea, archive)).result).toMatchObject({ added: 3, homeless: 1 });
});

test('what is forgotten is gone with its bytes, and what somebody else has too stays theirs', async () => {
  const [mine, shared] = [randomBytes(2_000), randomBytes(2_000)];
  const ada = await withFiles(mine, shared);
  const bea = await withFiles(shared);
  const options = { configured: false, defaults: { language: 'en', timezone: 'UTC' }, now: NOW };
  await db.transaction((tx) => forgetPerson(tx, ada, options));
  const parts = (content: Buffer) =>
    db.query('SELECT 1 FROM content_parts WHERE sha256 = $1', [createHash('sha256').update(content).digest('hex')]);
  expect(await parts(mine)).toEqual([]);
  expect(await parts(shared)).toHaveLength(1);
  expect(await filesOf(bea)).toHaveLength(1);
  await contents.sweep(db, NOW + 60_000, 90);
  expect(await db.query('SELECT 1 FROM files WHERE space_id = $1', [ada.spaceId])).toEqual([]);
  expect(await filesOf(bea)).toHaveLength(1);
});

test('a file that moved with its task to a group stays there when its sender is forgotten', async () => {
  const ada = await withFiles(randomBytes(2_000));
  const bea = await movers.person();
  for (const table of ['tasks', 'attachments'])
    await db.query(`UPDATE ${table} SET space_id = $2 WHERE space_id = $1`, [ada.spaceId, bea.spaceId]);
  const options = { configured: false, defaults: { language: 'en', timezone: 'UTC' }, now: NOW };
  await db.transaction((tx) => forgetPerson(tx, ada, options));
  await contents.sweep(db, NOW + 2 * 86_400_000, 90);
  expect((await filesOf(bea)).map((file) => file.content.length)).toEqual([2_000]);
  await db.transaction((tx) => forgetPerson(tx, bea, options));
  expect(await filesOf(bea)).toEqual([]);
});

test('files that came with an archive lie where files are kept soon after it was taken in', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'steward-imported-'));
  const folder = openContents({ ...CONTENTS, attachmentStore: 'folder', dataDir });
  const [archive = Buffer.alloc(0)] = await movers.exported(await withFiles(randomBytes(600_000)));
  // Elsewhere: the same bytes would lie where they lay before.
  const fresh = await testDatabase();
  const there = fresh.database(4);
  const into = openMovers(there, new DrivenClock(NOW), new Set());
  await into.imported(await into.person(), archive);
  const imports = startImports({
    ...{ db: there, clock: new DrivenClock(NOW), botId: 1 as BotId, contents: folder },
    files: { fetch: () => Promise.reject(new Error('nothing waits')) as never },
    ...{ beat: () => {}, onError: () => {} },
  });
  imports.wake();
  await expect.poll(() => there.query('SELECT place FROM contents')).toEqual([{ place: 'folder' }]);
  expect(await there.query('SELECT 1 FROM content_parts')).toEqual([]);
  await imports.stop();
  await fresh.drop();
  rmSync(dataDir, { recursive: true, force: true });
});
