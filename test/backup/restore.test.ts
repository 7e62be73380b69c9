/** Guards restores: every table and value comes back, into the right schema, whole or not at all, and never over something by accident. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { Secret } from '../../src/core/secret.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { diagnose } from '../../src/storage/migrations/drift.ts';
import { type Migration, readMigrations } from '../../src/storage/migrations/migration-files.ts';
import { migrate } from '../../src/storage/migrations/migrator.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { ask, contents, POLICY, type Stage, stage } from './stage.ts';

/** What the next release may bring: a table nobody told the backup of, with all that makes restoring hard. */
const TOMORROW_SQL = `CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE TABLE oddities (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text NOT NULL, raw bytea, doc jsonb, list text[],
      amount double precision, exact numeric(30,10), at timestamptz, day date, clock time(0), span interval, large bigint, mood mood,
      loud text GENERATED ALWAYS AS (upper(words)) STORED);
    CREATE TABLE leaves (id serial PRIMARY KEY, oddity bigint NOT NULL REFERENCES oddities (id));
    CREATE INDEX leaves_odd ON leaves (oddity) WHERE oddity % 2 = 1;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.words := 'changed by a trigger'; RETURN NEW; END $$;
    CREATE TRIGGER oddities_touched BEFORE INSERT ON oddities FOR EACH ROW WHEN (NEW.words = 'touched') EXECUTE FUNCTION refuse();
    INSERT INTO oddities (words) VALUES ('put there by the migration')`;
const TOMORROW: Migration = {
  name: '20990101000000_tomorrow',
  checksum: createHash('sha256').update(TOMORROW_SQL).digest('hex'),
  sql: TOMORROW_SQL,
};

const HARD = `INSERT INTO oddities (words, raw, doc, list, amount, exact, at, day, clock, span, large, mood) VALUES
  (E'tab\\t newline\\n return\\r backslash\\\\ \\\\N quote'' "', '\\x00ff0a5c', '{"a": [1, "\\u0416", null]}', '{"a,b","c\\"d",NULL}',
   'NaN', 12345678901234567890.0123456789, 'infinity', '4713-01-01 BC', '23:59:59', '1 mon -2 days 03:00', 9223372036854775807, 'bad'),
  ('', '', 'null', '{}', '-Infinity', 0, '2026-03-29 01:30:00.123+00', 'infinity', '00:00', '0', -9223372036854775808, 'good'),
  ('Привет 👋🏽 \u202e', NULL, NULL, NULL, 0.1, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (repeat('long ', 300000), NULL, NULL, NULL, 1e-300, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`;

let place: Stage;
let from: TestDatabase;
let into: TestDatabase;

beforeAll(async () => {
  from = await testDatabase();
  const one = async (sql: string) => void (await ask(from.connection, sql));
  await one("INSERT INTO people (telegram_user_id, name, timezone) VALUES (7, 'Ada', 'Europe/Berlin')");
  await one("INSERT INTO spaces (kind, title, owner_id) VALUES ('person', 'Ada', 1)");
  await one(
    "INSERT INTO tasks (space_id, number, title, created_by, created_at) SELECT 1, n, 'Task ' || repeat('x', (n * 37) % 900), 1, now() FROM generate_series(1, 5000) n",
  );
});
afterAll(() => from.drop());
beforeEach(async () => {
  place = stage();
  into = await testDatabase({ empty: true });
});
afterEach(async () => {
  await into.drop();
  await place.clear();
});

const RUNS = ['backup_runs', 'leases'];

describe('a restored database', () => {
  test('holds every table of the catalogue with every row, though nobody listed the tables', async () => {
    const made = await place.backup(from.connection);
    const tables = await ask<{ name: string }>(
      from.connection,
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    expect(made.manifest.tables.map((table) => table.name).sort()).toEqual(tables.map((table) => table.name).sort());
    const restored = await place.restore(into.connection, made.archive);
    expect(restored).toMatchObject({ warnings: [], migrated: 0 });
    expect(await contents(into.connection, RUNS)).toEqual(await contents(from.connection, RUNS));
    expect((await diagnose(into.connection)).faults).toEqual([]);
  });

  test('holds tables and values of tomorrow as they were, keys, checks and sequences at work', async () => {
    const migrations = [...readMigrations(), TOMORROW];
    const source = await testDatabase({ empty: true });
    try {
      await migrate(source.connection, { migrations });
      await ask(source.connection, HARD);
      await ask(source.connection, 'INSERT INTO leaves (oddity) SELECT id FROM oddities');
      // A trigger that saw this row come in would change it.
      await ask(source.connection, "UPDATE oddities SET words = 'touched' WHERE words = ''");
      const made = await place.backup(source.connection);
      await place.restore(into.connection, made.archive, { migrations });
      expect(await contents(into.connection, RUNS)).toEqual(await contents(source.connection, RUNS));
      const catalogue = `SELECT pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = ANY (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) ORDER BY 1`;
      expect(await ask(into.connection, catalogue)).toEqual(await ask(source.connection, catalogue));
      const [fresh] = await ask<{ id: string }>(
        into.connection,
        "INSERT INTO oddities (words) VALUES ('touched') RETURNING id, words",
      );
      // Ids of the time between backup and restore are not given again.
      expect(fresh).toEqual({ id: String(5 + 100_000 + 1), words: 'changed by a trigger' });
      await expect(ask(into.connection, 'INSERT INTO leaves (oddity) VALUES (999)')).rejects.toThrow(/foreign key/);
    } finally {
      await source.drop();
    }
  });

  test('holds a table and a column somebody made by hand, and says that their keys are not', async () => {
    const source = await testDatabase();
    try {
      await ask(source.connection, 'ALTER TABLE projects ADD COLUMN colour varchar(20)');
      await ask(source.connection, 'CREATE TABLE by_hand (id int PRIMARY KEY, note text)');
      await ask(source.connection, "INSERT INTO by_hand VALUES (1, 'mine')");
      const made = await place.backup(source.connection);
      const { warnings } = await place.restore(into.connection, made.archive);
      expect(warnings.join(' ')).toMatch(/by_hand\.id.*by_hand\.note.*projects\.colour/);
      expect(await ask(into.connection, 'SELECT * FROM by_hand')).toEqual([{ id: 1, note: 'mine' }]);
    } finally {
      await source.drop();
    }
  });

  test('of an older version is brought forward by its migrations', async () => {
    const all = readMigrations();
    const older = all.slice(0, 2);
    const source = await testDatabase({ empty: true });
    try {
      await migrate(source.connection, { migrations: older });
      await ask(source.connection, "INSERT INTO people (telegram_user_id, name, timezone) VALUES (9, 'Old', 'UTC')");
      // The version of then had no table for runs: the backup is made all the same.
      const made = await place.backup(source.connection);
      const restored = await place.restore(into.connection, made.archive);
      expect(restored.migrated).toBe(all.length - older.length);
      expect((await diagnose(into.connection)).faults).toEqual([]);
      expect(await ask(into.connection, 'SELECT name FROM people')).toEqual([{ name: 'Old' }]);
    } finally {
      await source.drop();
    }
  });
});

describe('refused, and the database as it was', () => {
  test('an archive of a newer version, with the reason', async () => {
    const source = await testDatabase({ empty: true });
    try {
      await migrate(source.connection, { migrations: [...readMigrations(), TOMORROW] });
      const made = await place.backup(source.connection);
      await expect(place.restore(into.connection, made.archive)).rejects.toThrow(
        /20990101000000_tomorrow, which this version does not know.*Mend: update Steward/s,
      );
      expect(await contents(into.connection)).toEqual({});
    } finally {
      await source.drop();
    }
  });

  test('an archive whose last bytes are missing, found before anything is touched', async () => {
    const made = await place.backup(from.connection);
    const chunks: Buffer[] = [];
    for await (const chunk of place.target.read(made.archive)) chunks.push(chunk);
    const whole = Buffer.concat(chunks);
    writeFileSync(path.join(place.target.place, made.archive), whole.subarray(0, whole.length - 1000));
    await expect(place.restore(into.connection, made.archive)).rejects.toThrow(/cut short or damaged.*Mend/s);
    expect(await contents(into.connection)).toEqual({});
  });

  test('an archive that changes between its proof and its restore', async () => {
    const made = await place.backup(from.connection);
    await ask(from.connection, "INSERT INTO projects (space_id, name, created_at) VALUES (1, 'later', now())");
    const other = await place.backup(from.connection);
    await ask(from.connection, 'DELETE FROM projects');
    let reads = 0;
    const read = () => place.target.read((reads++ === 0 ? made : other).archive);
    await expect(place.restore(into.connection, made.archive, { read })).rejects.toThrow(
      /changed while it was restored/,
    );
    expect(await contents(into.connection)).toEqual({});
  });

  test('a database with data, unless its replacement is agreed to: then it is backed up first', async () => {
    const made = await place.backup(from.connection);
    const filled = await testDatabase();
    try {
      await ask(filled.connection, "INSERT INTO people (telegram_user_id, name, timezone) VALUES (8, 'Bob', 'UTC')");
      const before = await contents(filled.connection);
      await expect(place.restore(filled.connection, made.archive)).rejects.toThrow(/holds data.*--confirm test_/s);
      const failing = { mayReplace: () => true, safetyBackup: () => Promise.reject(new Error('no space for it')) };
      await expect(place.restore(filled.connection, made.archive, failing)).rejects.toThrow('no space for it');
      expect(await contents(filled.connection)).toEqual(before);
      let safety = '';
      await place.restore(filled.connection, made.archive, {
        mayReplace: (name) => name === filled.connection.database,
        safetyBackup: async () => {
          safety = (await place.backup(filled.connection, { cause: 'restore' })).archive;
        },
      });
      expect(await ask(filled.connection, 'SELECT name FROM people')).toEqual([{ name: 'Ada' }]);
      expect(safety).toMatch(/-before-restore\.tar\.gz$/);
      await place.restore(into.connection, safety);
      expect(await ask(into.connection, 'SELECT name FROM people')).toEqual([{ name: 'Bob' }]);
      // What the replaced database knew of backups is kept beside what the archive knows.
      const runs = await ask(filled.connection, 'SELECT kind, state, cause FROM backup_runs ORDER BY started_at');
      expect(runs).toContainEqual({ kind: 'backup', state: 'succeeded', cause: 'restore' });
      expect(runs).toContainEqual({ kind: 'restore', state: 'succeeded', cause: 'command' });
      expect(runs.filter((run) => 'state' in run && run.state === 'running')).toEqual([]);
    } finally {
      await filled.drop();
    }
  });

  test('a database a Steward works on', async () => {
    const made = await place.backup(from.connection);
    const live = await testDatabase();
    try {
      const db = openDatabase({ connection: live.connection, max: 1, onError: () => {} });
      await db.query('SELECT 1');
      await expect(place.restore(live.connection, made.archive)).rejects.toThrow(/A Steward is at work.*Mend: stop/s);
      await db.query(
        "INSERT INTO leases (name, owner, expires_at) VALUES ('process:elsewhere', 'x', clock_timestamp() + interval '9 s')",
      );
      await db.close();
      await expect(place.restore(live.connection, made.archive)).rejects.toThrow(/its lease has not run out/);
    } finally {
      await live.drop();
    }
  });

  test('a database of another program', async () => {
    const made = await place.backup(from.connection);
    await ask(into.connection, 'CREATE TABLE wp_posts (id int)');
    await expect(place.restore(into.connection, made.archive, { mayReplace: () => true })).rejects.toThrow(
      /another program \(wp_posts\)/,
    );
    expect(await contents(into.connection)).toEqual({ wp_posts: [] });
  });

  test('an encrypted archive without its key, or with another; with its key it is restored', async () => {
    const [own, other] = [await generateIdentity(), await generateIdentity()];
    const backup = { ...POLICY, ageRecipient: await identityToRecipient(own) };
    const made = await place.backup(from.connection, { backup });
    expect(made.archive).toMatch(/\.tar\.gz\.age$/);
    await expect(place.restore(into.connection, made.archive)).rejects.toThrow(/no key is given.*BACKUP_AGE_IDENTITY/s);
    await expect(place.restore(into.connection, made.archive, { identity: other })).rejects.toThrow(/another key/);
    await place.restore(into.connection, made.archive, { identity: own });
    expect(await ask(into.connection, 'SELECT count(*)::int AS count FROM tasks')).toEqual([{ count: 5000 }]);
    const told = { ...backup, ageIdentity: new Secret(other) };
    expect((await place.backup(from.connection, { backup: told })).warnings).toEqual([
      'BACKUP_AGE_IDENTITY does not open what is encrypted for BACKUP_AGE_RECIPIENT',
    ]);
  });
});

test('a backup is of one instant, while others write', async () => {
  const busy = await testDatabase();
  try {
    // Two tables that are changed together: a backup that sees one without the other is of no instant.
    const db = busy.database();
    await db.query("INSERT INTO people (telegram_user_id, name, timezone) VALUES (1, 'A', 'UTC')");
    let going = true;
    const writing = (async () => {
      for (let n = 1; going; n += 1) {
        await db.transaction(async (tx) => {
          await tx.query('INSERT INTO clients (space_id, name, created_at) VALUES (1, $1, now())', [`c${n}`]);
          await tx.query('INSERT INTO projects (space_id, name, created_at) VALUES (1, $1, now())', [`p${n}`]);
        });
      }
    })();
    const counts: number[][] = [];
    for (let round = 0; round < 5; round += 1) {
      const { manifest } = await place.backup(busy.connection, { clock: systemClock });
      const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows ?? -1;
      counts.push([rows('clients'), rows('projects')]);
    }
    going = false;
    await writing;
    expect(counts.every(([clients, projects]) => clients === projects)).toBe(true);
    expect(counts.at(-1)?.[0]).toBeGreaterThan(0);
  } finally {
    await busy.drop();
  }
});
