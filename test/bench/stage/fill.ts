/** Databases of a size nobody writes by hand: tasks with their words, history, many owners; loaded by COPY, the indexes made afterwards. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { addDays } from '../../../src/core/days.ts';
import type { BenchDatabase } from './server.ts';
import { chance, titles } from './titles.ts';

/** So many tasks and rows of history for the owner with this Telegram id, who is there already. */
export interface Filling {
  readonly telegramId: number;
  readonly tasks: number;
  readonly history: number;
}

interface Own extends Filling {
  readonly space: number;
  readonly person: number;
}

const TABLES = ['tasks', 'task_words', 'actions', 'changes'] as const;

/** Runs `work` while these tables have only the indexes that stand for constraints. */
async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
       FROM pg_index i WHERE i.indrelid = ANY ($1::regclass[]) AND NOT i.indisprimary AND NOT i.indisunique`,
    [TABLES],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  await work();
  await client.query(`SET maintenance_work_mem = '256MB'`);
  for (const { definition } of rows) await client.query(definition);
}

async function copy(client: pg.Client, table: string, lines: Iterable<string>): Promise<void> {
  function* packets(): Generator<string> {
    let packet = '';
    for (const line of lines) {
      packet += `${line}\n`;
      if (packet.length > 60_000) {
        yield packet;
        packet = '';
      }
    }
    yield packet;
  }
  await pipeline(Readable.from(packets()), client.query(copyFrom(`COPY ${table} FROM STDIN`)));
}

/** Every tag, project and client that tasks of the bench have: common ones and rare ones. */
const TAGS = ['sales', 'home', 'work', 'garden', 'rare'];
const STATUSES = ['todo', 'todo', 'todo', 'todo', 'done', 'done', 'in_progress', 'review', 'blocked', 'cancelled'];

/** Gives the owners their tasks, words and history. Their projects and clients ("Acme", "Rare") are made as well. */
export async function fill(database: BenchDatabase, fillings: readonly Filling[], today: string): Promise<void> {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ telegram: string; space: number; person: number }>(
      'SELECT p.telegram_user_id AS telegram, s.id AS space, p.id AS person FROM people p JOIN spaces s ON s.owner_id = p.id',
    );
    const known = new Map(rows.map((row) => [Number(row.telegram), row]));
    const owners: Own[] = fillings.flatMap((each) => {
      const own = known.get(each.telegramId);
      return own ? [{ ...each, space: own.space, person: own.person }] : [];
    });
    await names(client, owners);
    await withoutIndexes(client, async () => {
      await tasks(client, owners, today);
      await history(client, owners);
    });
    await client.query(
      `UPDATE spaces s SET next_number = 1 + (SELECT coalesce(max(number), 0) FROM tasks t WHERE t.space_id = s.id)`,
    );
  } finally {
    await client.end();
  }
}

async function names(client: pg.Client, owners: readonly Own[]): Promise<void> {
  const spaces = owners.filter((own) => own.tasks >= 1000).map((own) => own.space);
  for (const table of ['projects', 'clients'])
    await client.query(
      `INSERT INTO ${table} (space_id, name, created_at) SELECT s, n, clock_timestamp() FROM unnest($1::int[]) s, unnest($2::text[]) n`,
      [spaces, ['Acme', 'Rare']],
    );
}

async function tasks(client: pg.Client, owners: readonly Own[], today: string): Promise<void> {
  const kept = new Map<string, number>();
  for (const table of ['projects', 'clients']) {
    const { rows } = await client.query<{ id: number; space: number; name: string }>(
      `SELECT id, space_id AS space, name FROM ${table}`,
    );
    for (const row of rows) kept.set(`${table} ${row.space} ${row.name}`, row.id);
  }
  const words: string[] = [];
  function* lines(): Generator<string> {
    const title = titles(7);
    const next = chance(11);
    let id = 0;
    // Owners write in turn, as people do: what one has lies between what others have.
    const left = owners.map((own) => ({ own, number: 0 }));
    const most = Math.max(...owners.map((own) => own.tasks));
    for (let round = 1; round <= most; round += 1) {
      for (const each of left) {
        if (each.number >= Math.ceil((each.own.tasks * round) / most)) continue;
        each.number += 1;
        id += 1;
        const { text, words: found } = title();
        const { own, number } = each;
        const status = STATUSES[Math.floor(next() * STATUSES.length)] ?? 'todo';
        const priority = 1 + Math.floor(next() * 5);
        const closed = status === 'done' || status === 'cancelled';
        const due = next() < 0.6 ? addDays(today, Math.floor(next() * 400) - (closed ? 390 : 30)) : null;
        const tag = next() < 0.3 ? TAGS[Math.floor(next() * 4)] : next() < 0.0001 ? 'rare' : undefined;
        const client =
          next() < 0.1
            ? kept.get(`clients ${own.space} Acme`)
            : next() < 0.0001
              ? kept.get(`clients ${own.space} Rare`)
              : undefined;
        const project = next() < 0.1 ? kept.get(`projects ${own.space} Acme`) : undefined;
        const made = `${addDays(today, Math.floor((round / most) * 1000) - 1001)} 10:00:00+00`;
        const all = tag === undefined ? found : [...new Set([...found, tag])];
        const quoted = (list: readonly string[]) => list.map((word) => `'${word}'`).join(' ');
        const facets = [
          `s${status}`,
          `p${priority}`,
          `d${due ?? 'none'}`,
          `m${made.slice(0, 10)}`,
          ...(tag === undefined ? [] : [`t${tag}`]),
          ...(project === undefined ? [] : [`o${project}`]),
          ...(client === undefined ? [] : [`c${client}`]),
        ];
        const keys = [...all.map((word) => `w${word}`), ...facets].map((key) => `${own.space}.${number >> 13}.${key}`);
        words.push(`${id}\t${own.space}\t${quoted(found)}\t${quoted(all)}\t${quoted(keys)}`);
        yield [
          id,
          own.space,
          number,
          text,
          status,
          priority,
          due ?? '\\N',
          due !== null && next() < 0.4 ? `${8 + Math.floor(next() * 10)}:00` : '\\N',
          tag === undefined ? '{}' : `{${tag}}`,
          project ?? '\\N',
          client ?? '\\N',
          own.person,
          made,
          closed ? made : '\\N',
        ].join('\t');
      }
    }
  }
  await copy(
    client,
    'tasks (id, space_id, number, title, status, priority, due_date, due_time, tags, project_id, client_id, created_by, created_at, completed_at)',
    lines(),
  );
  await client.query(`SELECT setval(pg_get_serial_sequence('tasks', 'id'), (SELECT max(id) FROM tasks))`);
  await copy(client, 'task_words (task_id, space_id, title, words, keyed)', words);
  await keysAgree(client);
}

/** What was made here for speed's sake must be what the database makes. */
async function keysAgree(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ strays: number }>(
    `WITH sample AS MATERIALIZED (SELECT task_id, keyed FROM task_words ORDER BY task_id % 997, task_id LIMIT 500),
          anew AS (UPDATE task_words w SET keyed = NULL FROM sample s WHERE w.task_id = s.task_id RETURNING w.task_id, w.keyed)
     SELECT count(*)::int AS strays FROM sample JOIN anew USING (task_id) WHERE sample.keyed IS DISTINCT FROM anew.keyed`,
  );
  if (rows[0]?.strays !== 0)
    throw new Error(`the bench fills in keys that are not the database's: ${rows[0]?.strays} of 500`);
}

/** Actions of each owner with one change each, upon their tasks, the latest an hour ago. */
async function history(client: pg.Client, owners: readonly Own[]): Promise<void> {
  const some = owners.filter((own) => own.history > 0);
  if (some.length === 0) return;
  await client.query(
    `INSERT INTO actions (key, space_id, person_id, kind, summary, at)
     SELECT 'bench:' || o.space || ':' || n, o.space, o.person, 'task.edit',
            jsonb_build_object('key', 'action-task-edit', 'args', jsonb_build_object('title', 'Matter ' || n)),
            clock_timestamp() - interval '1 hour' - (o.history - n) * interval '1 second'
       FROM unnest($1::int[], $2::int[], $3::int[]) AS o(space, person, history), generate_series(1, o.history) n`,
    [some.map((own) => own.space), some.map((own) => own.person), some.map((own) => own.history)],
  );
  await client.query(
    `WITH numbered AS (SELECT id, space_id, row_number() OVER (PARTITION BY space_id ORDER BY id) AS place FROM actions),
          counts AS (SELECT space_id, count(*) AS count FROM tasks GROUP BY space_id)
     INSERT INTO changes (action_id, entity, entity_id, before, after)
     SELECT a.id, 'tasks', t.id, image.it || jsonb_build_object('title', 'Before'), image.it
       FROM numbered a JOIN counts c USING (space_id) JOIN tasks t ON t.space_id = a.space_id AND t.number = 1 + a.place % c.count
       CROSS JOIN LATERAL (SELECT jsonb_strip_nulls(to_jsonb(t)) AS it) image`,
  );
}
