/** Backup, restore and verification of a million rows, beside PostgreSQL's own tools on the same server. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { makeBackup } from '../../../src/backup/backup.ts';
import { restore } from '../../../src/backup/restore.ts';
import { folderTarget } from '../../../src/backup/targets/folder.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { migrate } from '../../../src/storage/migrations/migrator.ts';
import { missingBinaries, startVersion } from '../../versions/server.ts';
import { digits, ms } from '../figures.ts';
import { type Bench, judged, type Row } from '../report.ts';
import type { Server } from '../stage/server.ts';

interface Place {
  readonly major: number;
  readonly connection: pg.ClientConfig & { host: string; port: number; user: string };
  stop(): Promise<void>;
}

/** A server whose version the installed pg_dump has too, or else the bench's own without a peer. */
async function place(server: Server): Promise<Place> {
  const told = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
  const major = Number(/(\d+)\./.exec(told.stdout ?? '')?.[1] ?? Number.NaN);
  if (major >= 14 && major <= 18 && missingBinaries() === undefined) {
    const peer = await startVersion(major);
    return { major, connection: peer.connection, stop: peer.stop };
  }
  const own = await server.database();
  return { major: Number.NaN, connection: own.connection, stop: own.drop };
}

async function query(connection: pg.ClientConfig, sql: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Tasks, their search words, deliveries and actions, as they stand to one another after years. */
async function fill(connection: pg.ClientConfig, rows: number): Promise<void> {
  const part = Math.floor(rows / 4);
  await query(
    connection,
    `INSERT INTO people (telegram_user_id, name, timezone) VALUES (1, 'Ada', 'Europe/Berlin');
     INSERT INTO spaces (kind, title, owner_id) VALUES ('person', 'Ada', 1);
     INSERT INTO tasks (space_id, number, title, notes, priority, due_date, tags, created_by, created_at)
     SELECT 1, n, 'Write to ' || md5(n::text) || ' about matter ' || n, CASE WHEN n % 5 = 0 THEN repeat(md5((n + 1)::text) || E'\\n', n % 20) ELSE '' END,
            1 + n % 5, current_date + (n % 900) - 600, CASE WHEN n % 4 = 0 THEN ARRAY['sales'] ELSE '{}' END, 1, clock_timestamp() - n * interval '1 minute'
       FROM generate_series(1, ${part}) n;
     INSERT INTO task_words (task_id, space_id, title, words)
     SELECT id, 1, array_to_tsvector(string_to_array(lower(title), ' ')), array_to_tsvector(string_to_array(lower(title), ' ')) FROM tasks;
     INSERT INTO deliveries (kind, space_id, person_id, chat_id, reminder_id, occurrence, due_at, state, sent_at, message_id, closed_at, created_at)
     SELECT 'reminder', 1, 1, 1, n, 'reminder:' || n, clock_timestamp() - n * interval '1 minute', 'acknowledged', clock_timestamp(), n, clock_timestamp(), clock_timestamp()
       FROM generate_series(1, ${part}) n;
     INSERT INTO actions (key, space_id, person_id, kind, summary, at)
     SELECT 'update:1:' || n || '#0', 1, 1, 'task.create', jsonb_build_object('key', 'history-task-created', 'args', jsonb_build_object('title', md5(n::text))), clock_timestamp()
       FROM generate_series(1, ${part}) n`,
  );
}

function tool(command: string, args: readonly string[], at: Place['connection']): Promise<number> {
  const begun = performance.now();
  const child = spawn(command, ['-h', at.host, '-p', String(at.port), '-U', at.user, ...args], { stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(performance.now() - begun) : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  return [await work(), performance.now() - begun];
}

export const backup = (server: Server) => ({
  name: 'backup',
  async run(bench: Bench): Promise<Row[]> {
    const rows = bench.quick ? 100_000 : 1_000_000;
    const folder = mkdtempSync(path.join(tmpdir(), 'steward-bench-backup-'));
    const at = await place(server);
    const named = (database: string) => ({ ...at.connection, database });
    try {
      for (const name of ['bench_from', 'bench_to', 'bench_peer'])
        await query(at.connection, `CREATE DATABASE ${name}`);
      await migrate(named('bench_from'));
      bench.note(`filling ${rows.toLocaleString('en')} rows`);
      await fill(named('bench_from'), rows);
      const db = openDatabase({ connection: named('bench_from'), max: 2, onError: () => {} });
      const target = folderTarget(path.join(folder, 'archives'), systemClock);
      const policy = { keepLast: 7, maxAgeDays: 7, minKeep: 3, ageRecipient: undefined, ageIdentity: undefined };
      const common = {
        db,
        target,
        clock: systemClock,
        log: () => {},
        stores: () => Promise.reject(new Error('no files')),
      };
      const memory = watchMemory();
      const [made, backupMs] = await timed(() =>
        makeBackup({ ...common, connection: named('bench_from'), backup: policy, cause: 'command' }),
      );
      await db.close();
      if (!made) throw new Error('no backup was made');
      const [, restoreMs] = await timed(() =>
        restore({
          ...common,
          connection: named('bench_to'),
          archive: made.archive,
          target: target.place,
          read: () => target.read(made.archive),
          identity: undefined,
          mayReplace: () => false,
          safetyBackup: async () => {},
        }),
      );
      const grown = memory();
      const peer = Number.isNaN(at.major) ? undefined : await peers(at, folder);
      const beside = (own: number, other: number | undefined, tool: string) =>
        other === undefined
          ? 'no pg_dump of a version the test servers have'
          : `PostgreSQL ${at.major}, ${tool}: ${ms(other)}, ratio ${digits(own / other)}`;
      const what = made.manifest.rows.toLocaleString('en');
      return [
        judged(backupMs < 30_000 && (peer === undefined || backupMs <= peer.dumpMs * 1.5), {
          what: `backup of ${what} rows, read back and proved`,
          measured: `${ms(backupMs)}, ${digits(made.bytes / 1e6)} MB, ${Math.round(grown)} MB of memory`,
          target: '< 30 s, <= 1.5 × pg_dump',
          beside: beside(backupMs, peer?.dumpMs, `pg_dump -Fc (${digits((peer?.bytes ?? 0) / 1e6)} MB)`),
        }),
        judged(restoreMs < 60_000 && (peer === undefined || restoreMs <= peer.restoreMs * 1.5), {
          what: `restore of ${what} rows, archive proved before, every row after`,
          measured: ms(restoreMs),
          target: '< 60 s, <= 1.5 × pg_restore',
          beside: beside(restoreMs, peer?.restoreMs, 'pg_restore'),
        }),
      ];
    } finally {
      await at.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** Megabytes this process grew by at most; asked for at the end. */
function watchMemory(): () => number {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  return () => {
    clearInterval(timer);
    return (most - before) / 1_048_576;
  };
}

/** PostgreSQL's own tools on the same data, with their defaults. */
async function peers(at: Place, folder: string): Promise<{ dumpMs: number; restoreMs: number; bytes: number }> {
  const file = path.join(folder, 'peer.dump');
  const dumpMs = await tool('pg_dump', ['-Fc', '-f', file, 'bench_from'], at.connection);
  const restoreMs = await tool('pg_restore', ['-d', 'bench_peer', '--no-owner', file], at.connection);
  return { dumpMs, restoreMs, bytes: statSync(file).size };
}
