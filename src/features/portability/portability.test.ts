/** Guards a person's data in and out: whole, once, undone as one, and gone when it shall be. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { TEST_BOT, testChat } from '../../../test/support/context.ts';
import { actorOf, type Movers, membersOf, openMovers } from '../../../test/support/portability.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { readPerson } from '../../access/people.ts';
import { undo } from '../../actions/undo.ts';
import { DrivenClock, iso } from '../../core/clock.ts';
import { enqueue } from '../../outbox/outbox.ts';
import { openArchive } from './archive/read.ts';
import { previewOf } from './importing.ts';
import { TABLES } from './tables.ts';

const clock = new DrivenClock('2026-11-25T10:00:00Z');
const configured = new Set<number>();
const db = databaseOfFile(4);
let movers: Movers;
beforeAll(async () => {
  movers = openMovers(db, clock, configured);
});

test('what one person exports another takes in whole, with numbers, links and words to be found by', async () => {
  const ada = await movers.filled();
  const bea = await movers.person();
  const [archive] = await movers.exported({ ...ada, nativeTables: true });
  const { result } = await movers.imported(bea, archive ?? Buffer.alloc(0));
  expect(result).toEqual({ added: 6, there: 0, homeless: 0, overdue: 1 });
  const there = await movers.everything(bea);
  const here = await movers.everything(ada);
  expect(there.tasks).toEqual(here.tasks);
  expect(there.reminders).toEqual(
    here.reminders.map((row) => ('text' in row && row.text === 'long ago' ? { ...row, status: 'ended' } : row)),
  );
  const words = await db.query('SELECT 1 FROM task_words WHERE space_id = $1', [bea.spaceId]);
  expect(words).toHaveLength(1);
  const planned = await db.query("SELECT due_at FROM deliveries WHERE space_id = $1 AND state = 'due'", [bea.spaceId]);
  expect(planned).toEqual([{ dueAt: Date.parse('2026-12-02T10:00:00Z') }]);
  // Settings come along for who has none.
  expect((await readPerson(db, bea.id)).timezone).toBe(ada.timezone);
  // The archive tells that a client drew native tables; here that was not seen.
  expect(JSON.stringify(await membersOf(archive ?? Buffer.alloc(0)))).toMatch(/nativeTables\W+true/);
  expect((await readPerson(db, bea.id)).nativeTables).toBe(false);
});

test('taken in twice, nothing is there twice; taken in after it was deleted, it is there again', async () => {
  const ada = await movers.filled();
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  expect((await movers.imported(ada, archive)).result).toEqual({ added: 0, there: 6, homeless: 0, overdue: 0 });
  const bea = await movers.person();
  await movers.imported(bea, archive);
  expect((await movers.imported(bea, archive)).result).toEqual({ added: 0, there: 6, homeless: 0, overdue: 0 });
  // And back again: what came from Ada is Ada's, not new.
  const [back = Buffer.alloc(0)] = await movers.exported(bea);
  expect((await movers.imported(ada, back)).result).toEqual({ added: 0, there: 6, homeless: 0, overdue: 0 });
  await db.query('DELETE FROM notes WHERE space_id = $1', [bea.spaceId]);
  expect((await movers.imported(bea, archive)).result).toMatchObject({ added: 1, there: 5 });
  expect((await movers.everything(bea)).tasks).toEqual((await movers.everything(ada)).tasks);
});

test('after the database was set back, an item whose id another has got since comes in beside it', async () => {
  const ada = await movers.filled();
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  await db.query(
    "UPDATE tasks SET title = 'made since', created_at = created_at + interval '1 hour' WHERE space_id = $1",
    [ada.spaceId],
  );
  expect((await movers.imported(ada, archive)).result).toMatchObject({ added: 1, there: 5 });
  const { tasks } = await movers.everything(ada);
  expect(tasks).toMatchObject([{ number: 3, title: 'made since' }, { title: expect.stringContaining('cmd|calc') }]);
  expect((await movers.imported(ada, archive)).result).toMatchObject({ added: 0, there: 6 });
});

test('an import is taken back as one change, with what was planned of it', async () => {
  const ada = await movers.filled();
  const bea = await movers.person();
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  const { actionId } = await movers.imported(bea, archive);
  await db.transaction((tx) => undo(tx, actorOf(bea), { action: actionId, now: clock.now(), hooks: movers.hooks }));
  expect(await movers.everything(bea)).toEqual({ tasks: [], reminders: [] });
  expect(await db.query("SELECT 1 FROM deliveries WHERE space_id = $1 AND state = 'due'", [bea.spaceId])).toEqual([]);
  expect((await movers.imported(bea, archive)).result).toMatchObject({ added: 6 });
});

test('items keep their short number where it is free and get another where it is not', async () => {
  const ada = await movers.filled();
  const bea = await movers.person();
  await db.query(
    "INSERT INTO tasks (space_id, number, title, created_by, created_at) SELECT $1, n, 'own ' || n, $2, now() FROM generate_series(1, 5) n",
    [bea.spaceId, bea.id],
  );
  await db.query('UPDATE spaces SET next_number = 6 WHERE id = $1', [bea.spaceId]);
  await movers.imported(bea, (await movers.exported(ada))[0] ?? Buffer.alloc(0));
  const { tasks, reminders: rest } = await movers.everything(bea);
  const numbers = [...tasks, ...rest].map((row) => Number((row as { number: number }).number));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toEqual(expect.arrayContaining([7, 8]));
  const [space] = await db.query<{ nextNumber: number }>('SELECT next_number FROM spaces WHERE id = $1', [bea.spaceId]);
  expect(space?.nextNumber).toBe(Math.max(...numbers) + 1);
});

test('what is large comes in several archives, each of use alone, taken in one after another', async () => {
  const ada = await movers.person();
  await db.query(
    `INSERT INTO tasks (space_id, number, title, notes, created_by, created_at)
     SELECT $1, n, 'task ' || n, (SELECT string_agg(md5(n || ' ' || g), '') FROM generate_series(1, 20) g), $2, now() FROM generate_series(1, 600) n`,
    [ada.spaceId, ada.id],
  );
  await db.query(
    "INSERT INTO notes (space_id, task_id, person_id, body, created_at) SELECT $1, id, $2, 'note', now() FROM tasks WHERE space_id = $1",
    [ada.spaceId, ada.id],
  );
  const archives = await movers.exported(ada, 10_000);
  expect(archives.length).toBeGreaterThan(1);
  const bea = await movers.person();
  let added = 0;
  for (const archive of archives) added += (await movers.imported(bea, archive)).result.added;
  expect(added).toBe(1200);
  const [counts] = await db.query(
    'SELECT count(*)::int AS tasks, sum(number)::int AS numbers FROM tasks WHERE space_id = $1',
    [bea.spaceId],
  );
  expect(counts).toEqual({ tasks: 600, numbers: (600 * 601) / 2 });
});

test.each([
  ['bytes', { bytes: 2_000, rows: 100 }],
  ['rows', { bytes: 50_000_000, rows: 1 }],
])('an archive of more %s than are wanted is refused before they lie anywhere', async (_what, limits) => {
  const ada = await movers.filled();
  const [archive = Buffer.alloc(0)] = await movers.exported(ada);
  const read = async () => {
    const opened = await openArchive(archive, limits);
    try {
      return await previewOf(db, actorOf(ada), opened, limits);
    } finally {
      opened.close();
    }
  };
  await expect(read()).rejects.toMatchObject({ key: 'portability-error-large' });
});

test('an archive is for people too: tables that open anywhere and compute nothing, and a page that explains', async () => {
  const ada = await movers.filled();
  const members = await membersOf((await movers.exported(ada))[0] ?? Buffer.alloc(0));
  expect(Object.keys(members)).toEqual(
    expect.arrayContaining(['README.txt', 'tasks.csv', 'data/tasks.jsonl', 'manifest.json', 'history.csv']),
  );
  const csv = members['tasks.csv'] ?? '';
  expect(csv.startsWith('\ufeffnumber,title,')).toBe(true);
  expect(csv).toContain(`"'=cmd|calc ""Ünï, 🙂"""`);
  expect(JSON.parse(members['manifest.json'] ?? '')).toMatchObject({
    format: 'steward-export',
    version: 1,
    part: 1,
    last: true,
    person: 'Ada',
  });
});

test('/forget_me leaves no row that is theirs, and nothing of anybody else is touched', async () => {
  const ada = await movers.filled();
  const bea = await movers.filled();
  const before = await movers.everything(bea);
  await db.query(
    "INSERT INTO secrets (space_id, purpose, subject, key_id, nonce, ciphertext, created_at, updated_at) VALUES ($1, 'x', '', 'k1', '', '', now(), now())",
    [ada.spaceId],
  );
  await db.query(
    "INSERT INTO updates (bot_id, update_id, lane, type, person_id, payload, state, received_at) VALUES (1, $1, $1, 'message', $2, '{\"text\":\"planted words\"}', 'handled', now())",
    [ada.telegramUserId, ada.id],
  );
  configured.add(ada.telegramUserId ?? 0);
  const chat = testChat(db, clock, ada, movers.features);
  const { sent } = await chat.command('/export');
  expect(sent).toMatchObject([{ method: 'sendDocument' }]);
  await db.transaction((tx) => enqueue(tx, TEST_BOT, sent, { wake: () => {} }));
  expect((await chat.command('/forget_me')).text).toContain('7 days');
  await chat.press('Delete');
  expect((await chat.say('no, wait')).taken).toBe(false);
  expect((await movers.everything(ada)).tasks).toHaveLength(1);
  await chat.command('/forget_me');
  await chat.press('Delete');
  const last = await chat.say(' delete. ');
  expect(last.text).toContain('2026-12-02');
  const columns = await db.query<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c JOIN pg_tables t ON t.tablename = c.table_name AND t.schemaname = 'public'
      WHERE c.table_schema = 'public' AND c.column_name IN ('person_id', 'space_id', 'chat_id', 'telegram_user_id', 'created_by', 'used_by', 'lane')`,
  );
  for (const { table, column } of columns) {
    if (['people', 'spaces', 'chats', 'memberships', 'updates'].includes(table)) continue;
    const mine =
      column === 'space_id'
        ? ada.spaceId
        : column === 'chat_id' || column === 'telegram_user_id'
          ? ada.telegramUserId
          : ada.id;
    if (column === 'lane') continue;
    expect(await db.query(`SELECT 1 FROM ${table} WHERE ${column} = $1 LIMIT 1`, [mine]), `${table}.${column}`).toEqual(
      [],
    );
  }
  expect(await readPerson(db, ada.id)).toMatchObject({
    name: '',
    onboardedAt: null,
    timezone: 'UTC',
    telegramUserId: ada.telegramUserId,
  });
  const texts = await db.query('SELECT payload FROM updates WHERE person_id = $1 AND payload IS NOT NULL', [ada.id]);
  expect(texts).toEqual([]);
  expect(await db.query('SELECT 1 FROM transfer_files')).toEqual([]);
  expect(await movers.everything(bea)).toEqual(before);
  // Ada writes again, as somebody new.
  const [space] = await db.query<{ nextNumber: number }>('SELECT next_number FROM spaces WHERE id = $1', [ada.spaceId]);
  expect(space?.nextNumber).toBe(1);
});

test('an invited person who is forgotten has no access any more', async () => {
  const ada = await movers.person();
  const chat = testChat(db, clock, ada, movers.features);
  expect((await chat.command('/forget_me')).text).toContain('invitation');
  await chat.press('Delete');
  await chat.say('DELETE');
  expect(await db.query('SELECT 1 FROM people WHERE telegram_user_id = $1', [ada.telegramUserId])).toEqual([]);
  expect(await readPerson(db, ada.id)).toMatchObject({ role: 'removed', telegramUserId: null, name: '' });
});

test('none of it works in a group', async () => {
  const ada = await movers.person();
  const chat = testChat(db, clock, ada, movers.features);
  for (const command of ['/export', '/import', '/forget_me'])
    await expect(chat.command(command, { chatKind: 'group' })).rejects.toMatchObject({ key: 'error-not-in-group' });
});

test('every table of the database has a decided fate: whoever adds one says how it travels and how it is forgotten', () => {
  const catalogue = readFileSync(new URL('../../../prisma/catalogue.txt', import.meta.url), 'utf8');
  const tables = new Set([...catalogue.matchAll(/^column (\w+)\./gm)].map(([, table = '']) => table));
  expect(Object.keys(TABLES).sort()).toEqual([...tables].sort());
});

test('instants of an export are the same wherever it is read', async () => {
  const ada = await movers.filled();
  const members = await membersOf((await movers.exported(ada))[0] ?? Buffer.alloc(0));
  const rows = (members['data/reminders.jsonl'] ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows[0]).toMatchObject({
    fixedAt: iso(Date.parse('2026-12-02T10:00:00Z')),
    taskId: expect.stringMatching(/:tasks:\d+$/),
  });
});
