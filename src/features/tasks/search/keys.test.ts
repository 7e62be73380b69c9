/** The keys by which tasks are found: days as prefixes, stretches of numbers, and that the database keeps them, whoever writes. */

import { expect, test } from 'vitest';
import { testPerson } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import fc from '../../../../test/support/steady/fast-check.ts';
import type { Actor } from '../../../access/people.ts';
import { recordChanges } from '../../../actions/changes.ts';
import type { ChatId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { listTasks } from '../lists/lists.ts';
import { prefixesOf } from './keys.ts';
import { findByWords, findOpenElseClosed } from './matching.ts';
import { searchTasks } from './search.ts';
import { indexMissing, indexNew } from './search-index.ts';

// Wednesday, 11:00 in Berlin
const NOW = Date.parse('2026-11-25T10:00:00Z');

const db = databaseOfFile(1);
let people = 700;

async function actor(): Promise<Actor> {
  people += 1;
  const person = await testPerson(db, people);
  return { person, spaceId: person.spaceId, chatId: people as ChatId, via: 'person' };
}

/** Tasks with these numbers, as another tool would write them. */
async function made(who: Actor, title: string, numbers: readonly number[]): Promise<void> {
  await db.query(
    `INSERT INTO tasks (space_id, number, title, created_by, created_at)
     SELECT $1, n, $2 || ' ' || n, $3, '2026-11-01T00:00:00Z' FROM unnest($4::int[]) n`,
    [who.spaceId, title, who.person.id, numbers],
  );
  await indexMissing(db);
}

const found = async (who: Actor, text: string) =>
  (await searchTasks(db, who, text, 1, NOW)).tasks.map((task) => task.number);

test('prefixes hold the days of a range and no others', () => {
  const text = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
  const anyDay = fc.oneof(fc.integer({ min: -700_000, max: 2_900_000 }), fc.integer({ min: 20_700, max: 20_900 }));
  const days = anyDay.map(text);
  const ends = fc.tuple(fc.option(days), fc.option(days));
  fc.assert(
    fc.property(ends, fc.array(days, { minLength: 10 }), ([one, other], asked) => {
      const [from, to] = one !== null && other !== null && one > other ? [other, one] : [one, other];
      const prefixes = prefixesOf(from ?? '0000-00-00', to ?? '9999-99-99');
      for (const day of [...asked, from ?? '2026-11-25', to ?? '2026-11-25']) {
        const within = (from === null || day >= from) && (to === null || day <= to);
        expect(
          prefixes.some((prefix) => day.startsWith(prefix)),
          `${day} in ${from}..${to}`,
        ).toBe(within);
      }
    }),
    { numRuns: 300 },
  );
});

test('the keys a task is made with are those the database would have made, whatever its words, tags and dates', async () => {
  const who = await actor();
  const words = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'Łódź İstanbul ﬁne Straße ΟΔΟΣ it\'s \\ "q"',
      'Ёлка и ещё подъезд',
      '東京タワー 👩‍👩‍👧 🎄',
      'x '.repeat(300),
    ),
  );
  const tag = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.constant('😀т'.repeat(120)));
  const day = fc
    .integer({ min: -700_000, max: 2_900_000 })
    .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
  const id = fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }));
  const drafts = fc.record({
    title: words,
    notes: words,
    tags: fc.uniqueArray(tag, { maxLength: 20 }),
    status: fc.constantFrom('todo' as const, 'in_progress' as const, 'done' as const),
    priority: fc.integer({ min: 1, max: 5 }),
    dueDate: fc.option(day),
    ...{ projectId: id, clientId: id, assigneeId: id },
    createdAt: fc.integer({ min: Date.parse('0050-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59Z') }),
    number: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  });
  const keyed = async (task: number) =>
    (await db.query<{ keyed: string }>('SELECT keyed::text FROM task_words WHERE task_id = $1', [task]))[0]?.keyed;
  await fc.assert(
    fc.asyncProperty(drafts, async (draft) => {
      const clean = (text: string) => text.toWellFormed().replaceAll('\0', '');
      const made = await db.transaction(async (tx) => {
        const task = await recordChanges(tx).insert('tasks', {
          ...draft,
          ...{
            title: clean(draft.title),
            notes: clean(draft.notes),
            tags: draft.tags.map(clean).filter((one) => one !== ''),
          },
          ...{ spaceId: who.spaceId, createdBy: who.person.id },
        } as Partial<Task>);
        await indexNew(tx, task);
        return task;
      });
      const own = await keyed(made.id);
      await db.query('UPDATE task_words SET keyed = NULL WHERE task_id = $1', [made.id]);
      expect(own).toBe(await keyed(made.id));
      await db.query('DELETE FROM tasks WHERE id = $1', [made.id]);
    }),
    { numRuns: 60 },
  );
});

test('tasks of every stretch of numbers are found, the newest first', async () => {
  const who = await actor();
  await made(who, 'Paint the fence', [1, 8191, 8192, 20_000, 1_000_000]);
  await made(await actor(), 'Paint the fence', [8192]);
  expect(await found(who, 'fence')).toEqual([1_000_000, 20_000, 8192, 8191, 1]);
  expect(await found(who, 'status:open')).toHaveLength(5);
  expect(await findByWords(db, who, 'the fence 8191')).toMatchObject({ kind: 'one', task: { number: 8191 } });
  expect(await findByWords(db, who, 'the fenec 8192')).toMatchObject({ kind: 'one', task: { number: 8192 } });
});

test('misspelt words find a task below hundreds of newer ones, and ask where two fit', async () => {
  const who = await actor();
  await made(who, 'Paint the fence', [1]);
  await made(
    who,
    'Water plants',
    Array.from({ length: 250 }, (_, index) => 10 + index),
  );
  for (const text of ['paint the fecne', 'piant the fence', 'waint the fence', 'fenc 1'])
    expect(await findByWords(db, who, text), text).toMatchObject({ kind: 'one', task: { number: 1 } });
  await made(who, 'Paint the fence', [900]);
  expect(await findByWords(db, who, 'paint the fecne')).toMatchObject({ kind: 'several', tasks: { length: 2 } });
  expect(await findByWords(db, who, 'sail the ocean')).toEqual({ kind: 'none' });
});

test('however many with the same words are done, the open one is meant; where none is open, the newest that is done', async () => {
  const who = await actor();
  await made(who, 'Paint the fence', [1]);
  const done = Array.from({ length: 250 }, (_, index) => 10 + index);
  await made(who, 'Paint the fence', done);
  await db.query(`UPDATE tasks SET status = 'done' WHERE space_id = $1 AND number > 1`, [who.spaceId]);
  await made(who, 'Buy a ladder', [5000]);
  for (const text of ['paint the fence', 'paint the fecne', 'fecne'])
    expect(await findOpenElseClosed(db, who, text), text).toMatchObject({
      open: { kind: 'one', task: { number: 1 } },
      closed: { kind: 'none' },
    });
  for (const text of ['fence 259', 'fecne 259', 'gence 259'])
    expect(await findOpenElseClosed(db, who, text), text).toMatchObject({
      open: { kind: 'none' },
      closed: { kind: 'one', task: { number: 259 } },
    });
  const nothing = { open: { kind: 'none' }, closed: { kind: 'none' } };
  for (const text of ['sail the ocean', 'ocean', '']) expect(await findOpenElseClosed(db, who, text)).toEqual(nothing);
});

test('what filters ask for is kept in step by the database, whoever writes', async () => {
  const who = await actor();
  await made(who, 'Plant a tree', [1, 2]);
  const names = await db.query<{ id: number }>(
    `INSERT INTO clients (space_id, name, created_at) VALUES ($1, 'Acme', now()) RETURNING id`,
    [who.spaceId],
  );
  const changes: ReadonlyArray<readonly [change: string, filter: string, before?: string]> = [
    [`status = 'done'`, 'status:done', 'status:todo'],
    ['priority = 5', 'priority:urgent', 'priority:medium'],
    [`tags = ARRAY['x']`, 'tag:x', 'tag:none'],
    [`tags = ARRAY['it''s \\a']`, `tag:"it's \\a"`],
    [`client_id = ${names[0]?.id}`, 'client:acme', 'client:none status:done,todo'],
    [`due_date = '2026-11-27'`, 'due:2026-11-20..2026-12-31', 'due:none'],
    [`created_at = '2019-03-01T23:30:00Z'`, 'created:2019-03', 'created:2026-11'],
  ];
  for (const [change, filter, before] of changes) {
    expect(await found(who, filter), `${filter} before`).toEqual([]);
    await db.query(`UPDATE tasks SET ${change} WHERE space_id = $1 AND number = 1`, [who.spaceId]);
    expect(await found(who, filter), filter).toEqual([1]);
    expect(await found(who, `tree ${filter}`), `tree ${filter}`).toEqual([1]);
    if (before !== undefined) expect(await found(who, before), before).toEqual([2]);
  }
  expect(await found(who, 'tag:x')).toEqual([]);
  expect(await found(who, 'priority:>urgent')).toEqual([]);
});

test('what was done in some days is found by words and filters, the newest first, and nothing that is open', async () => {
  const who = await actor();
  await made(who, 'Paint the fence', [1, 2, 3, 20_000]);
  const done = (number: number, at: string, status = 'done') =>
    db.query(`UPDATE tasks SET status = $3, completed_at = $2 WHERE space_id = $1 AND number = $4`, [
      ...[who.spaceId, at, status, number],
    ]);
  await done(1, '2026-11-25T08:00:00Z');
  await done(2, '2026-11-24T08:00:00Z');
  await done(3, '2026-11-25T09:00:00Z', 'cancelled');
  await done(20_000, '2026-11-25T07:00:00Z');
  expect(await found(who, 'completed:2026-11-25')).toEqual([1, 20_000]);
  expect(await found(who, 'completed:2026-11-24.. fence')).toEqual([1, 20_000, 2]);
  expect(await found(who, 'completed:2026-11-25 tag:none')).toEqual([1, 20_000]);
  expect(await found(who, 'completed:2026-11-25 roof')).toEqual([]);
});

test('neither lists nor searches read a whole table, whatever the statistics say', async () => {
  // Whether there are statistics, and of what, is this test's to say.
  for (const table of ['tasks', 'task_words']) await db.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  const who = await actor();
  const other = await actor();
  for (const { spaceId, person } of [who, other])
    await db.query(
      `WITH made AS (
         INSERT INTO tasks (space_id, number, title, priority, due_date, tags, created_by, created_at)
         SELECT $1, i, 'Task alpha ' || (i % 100), 1 + i % 5, CASE WHEN i % 3 > 0 THEN date '2026-01-01' + i % 700 END,
                CASE WHEN i % 500 = 0 THEN ARRAY['rare'] ELSE ARRAY['common'] END, $2, '2026-11-01T00:00:00Z'
           FROM generate_series(1, 4000) i
         RETURNING id, title)
       INSERT INTO task_words (task_id, space_id, title, words)
       SELECT id, $1, array_to_tsvector(string_to_array(lower(title), ' ')), array_to_tsvector(string_to_array(lower(title), ' ')) FROM made`,
      [spaceId, person.id],
    );
  // Their trigger did not see tasks that the same statement made.
  await indexMissing(db, 10_000);
  const read = new Set<string>();
  const explaining: typeof db = {
    ...db,
    query: async (statement, values) => {
      const text = typeof statement === 'string' ? statement : statement.text;
      const plan = await db.query<object>(`EXPLAIN ${text}`, values);
      for (const row of plan) {
        const whole = /Seq Scan on (?:tasks|task_words)\b/.exec(Object.values(row).join(' '))?.[0];
        if (whole) read.add(`${whole}: ${text}`);
      }
      return db.query(statement, values);
    },
  };
  for (const statistics of ['none', 'fresh']) {
    if (statistics === 'fresh') await db.query('ANALYZE tasks, task_words');
    for (const [kind, value] of [
      ...(['open', 'today', 'tomorrow', 'week', 'overdue', 'someday'] as const).map((kind) => [kind, null] as const),
      ...(['common', 'rare', 'none'] as const).map((tag) => ['tag', tag] as const),
      ...(['todo', 'review', 'done'] as const).map((status) => ['status', status] as const),
      ['priority', 5] as const,
    ])
      await listTasks(explaining, who, { kind, value }, 1, NOW);
    for (const text of [
      'alpha',
      'a',
      '7 alpha',
      'tag:rare status:open',
      'tag:none',
      'due:week',
      'priority:high',
      'nothinglikeit',
    ])
      await searchTasks(explaining, who, text, 1, NOW);
    for (const text of ['task 17 alpha', 'the alphq', 'nothing like it']) {
      await findByWords(explaining, who, text);
      await findOpenElseClosed(explaining, who, text);
    }
    expect([...read], `statistics: ${statistics}`).toEqual([]);
  }
  expect((await listTasks(db, who, { kind: 'tag', value: 'rare' }, 1, NOW)).total).toBe(8);
  expect((await listTasks(db, who, { kind: 'tag', value: 'common' }, 2, NOW)).total).toBe(2000);
});
