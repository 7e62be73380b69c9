/** /export, /import and /forget_me as a person has them, and the same by the command line: through Telegram's files and back. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { EmbeddedConnection } from '../../src/storage/embedded.ts';
import { OWNER, type Person, type Steward, startSteward, until } from './steward.ts';

const FRIEND = 7002;
let steward: Steward;
let connection: EmbeddedConnection;
let owner: Person;
let friend: Person;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-portability-'));
  steward = await startSteward({
    mode: 'polling',
    people: [OWNER, FRIEND],
    wire: async (real) => {
      connection = real;
      return real;
    },
  });
  owner = steward.person();
  friend = steward.person(FRIEND, { first_name: 'Mia' });
  for (const words of [
    '/language en',
    'call Bob fri 3pm !high #sales',
    'read a book',
    'remind me to stretch every weekday at 9',
  ])
    await owner.say(words);
  await friend.say('/language en');
});
afterAll(async () => {
  await steward?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** The newest document the bot sent to this person. */
async function document(person: Person): Promise<{ name: string; content: Buffer }> {
  const sent = person.seen().findLast((one) => one.message.document)?.message.document;
  const { result } = (await (
    await fetch(`${steward.sandbox.url}/bot${steward.sandbox.token}/getFile?file_id=${sent?.file_id}`)
  ).json()) as { result: { file_path: string } };
  const file = await fetch(`${steward.sandbox.url}/file/bot${steward.sandbox.token}/${result.file_path}`);
  return { name: sent?.file_name ?? '', content: Buffer.from(await file.arrayBuffer()) };
}

async function send(person: Person, content: Buffer, name = 'steward.zip'): Promise<string> {
  const before = person.texts().length;
  person.sendFile('document', { name, type: 'application/zip', bytes: content });
  await until('it was looked at', () => person.texts().length >= before + 2);
  await steward.quiet();
  return person.texts().at(-1) ?? '';
}

async function zipOf(members: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream as NodeJS.ReadableStream) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces);
}

const titles = async (person: number) =>
  (
    await steward.db.query<{ title: string }>(
      'SELECT t.title FROM tasks t JOIN spaces s ON s.id = t.space_id JOIN people p ON p.id = s.owner_id WHERE p.telegram_user_id = $1 ORDER BY t.number',
      [person],
    )
  ).map((row) => row.title);

function cli(...args: string[]) {
  const { host, port, database, user } = connection;
  return spawnSync(process.execPath, [path.resolve('src/main.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_HOST: host,
      DATABASE_PORT: String(port),
      DATABASE_NAME: database,
      DATABASE_USER: user,
      TELEGRAM_BOT_TOKEN: steward.sandbox.token,
      TELEGRAM_ALLOWED_USERS: `${OWNER},${FRIEND}`,
    },
  });
}

it('what /export sends, somebody else takes in after /import has shown it, and takes back by one press', async () => {
  await owner.say('/export');
  const archive = await document(owner);
  expect(archive.name).toMatch(/^steward-\d{4}-\d\d-\d\d\.zip$/);
  expect(owner.seen().at(-1)?.message.caption).toContain('2 tasks · 1 reminder');
  expect(await friend.say('/import')).toContain('Send me the archive');
  const offer = await send(friend, archive.content);
  expect(offer).toContain('2 tasks · 1 reminder');
  expect(await titles(FRIEND)).toEqual([]);
  expect(await friend.press('Take in')).toContain('Taken in: 3 items');
  expect(await titles(FRIEND)).toEqual(['Call Bob', 'read a book']);
  expect(await friend.say('/reminders')).toContain('Stretch');
  expect(await friend.press('Undo')).toBeTruthy();
  await friend.say('/undo');
  expect(await titles(FRIEND)).toEqual([]);
});

it.each<[string, () => Promise<Buffer>, RegExp]>([
  ['no archive at all', async () => Buffer.from('hello'), /not an archive/],
  ['a foreign archive', () => zipOf({ 'photo.jpg': 'x' }), /not an archive/],
  [
    'a name that leads elsewhere',
    async () =>
      Buffer.from((await zipOf({ 'aa/aa/aa': 'x' })).toString('latin1').replaceAll('aa/aa/aa', '../../aa'), 'latin1'),
    /not an archive|damaged/,
  ],
  ['a newer form', () => zipOf({ 'manifest.json': '{"format":"steward-export","version":99}' }), /newer Steward/],
  ['a bomb', () => zipOf({ 'manifest.json': ' '.repeat(3_000_000) }), /more in this archive|not an archive/],
  [
    'rows that are none',
    () =>
      zipOf({
        'manifest.json': JSON.stringify({
          format: 'steward-export',
          version: 1,
          program: '1',
          exportedAt: '2026-01-01T00:00:00.000Z',
          person: 'Eve',
          part: 1,
          last: true,
          members: { 'data/tasks.jsonl': { rows: 1, sha256: '0'.repeat(64) } },
        }),
        'data/tasks.jsonl': '{"key":"x:tasks:1","title":"a\\u0000b"}\n',
      }),
    /tasks\.jsonl, line 1/,
  ],
])('%s is refused with its reason, and nothing is taken in', async (_what, made, reason) => {
  const before = await titles(FRIEND);
  await friend.say('/import');
  expect(await send(friend, await made())).toMatch(reason);
  expect(await titles(FRIEND)).toEqual(before);
});

it('an archive that was changed by one bit is refused', async () => {
  const { content } = await document(owner);
  const at = content.indexOf('data/tasks.jsonl') + 40;
  content[at] = (content[at] ?? 0) ^ 1;
  await friend.say('/import');
  expect(await send(friend, content)).toMatch(/damaged|not an archive/);
});

it('the command line moves a person to a new account, once, and proves before it writes', async () => {
  const out = path.join(folder, 'ada.zip');
  const exported = cli('export', '--person', String(OWNER), '--out', out);
  expect(exported.stderr).toBe('');
  expect(exported.status).toBe(0);
  expect(exported.stdout).toContain('2 tasks');
  expect(statSync(out).mode & 0o777).toBe(0o600);
  expect(cli('import', out, '--to', '7009', '--dry-run').stdout).toContain('2 tasks');
  expect(await titles(7009)).toEqual([]);
  const moved = cli('import', out, '--to', '7009', '--yes');
  expect(moved.stderr).toBe('');
  expect(moved.stdout).toContain('Taken in: 3.');
  expect(moved.stdout).toContain('TELEGRAM_ALLOWED_USERS');
  expect(await titles(7009)).toEqual(['Call Bob', 'read a book']);
  expect(cli('import', out, '--to', '7009', '--yes').stdout).toContain('Taken in: 0. There already: 3.');
  // What was deleted by mistake comes back from an archive.
  await steward.db.query("DELETE FROM tasks WHERE title = 'read a book'");
  expect(cli('import', out, '--person', String(OWNER), '--yes').stdout).toContain('Taken in: 1. There already: 2.');
  writeFileSync(out, readFileSync(out).subarray(0, 500));
  const broken = cli('import', out, '--person', String(OWNER), '--yes');
  expect(broken.status).toBe(1);
  expect(broken.stderr).toContain('Nothing was taken in');
  expect(cli('import', '/not/there.zip').stderr).toContain('cannot be read (ENOENT)');
  const unknown = cli('export', '--person', '999');
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toContain('Nobody with the Telegram id 999');
  expect(cli('export', '--person', 'ada').status).toBe(2);
});

it('/forget_me deletes after the word, and the person is somebody new', async () => {
  expect(await owner.say('/forget_me')).toContain('Backups made before still hold them');
  expect(await owner.press('Delete')).toContain('DELETE');
  expect(await owner.say('delete')).toContain('Everything of yours is deleted');
  expect(await titles(OWNER)).toEqual([]);
  expect(await owner.say('buy milk')).toContain('buy milk');
  expect(await owner.say('/list')).toContain('buy milk');
  expect(steward.log.join('')).not.toContain('Call Bob');
});
