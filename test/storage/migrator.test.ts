/** Migrations: many starters, one applies; whatever is wrong with the schema is told with its mend. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, test } from 'vitest';
import { diagnose } from '../../src/storage/migrations/drift.ts';
import { readMigrations } from '../../src/storage/migrations/migration-files.ts';
import { migrate, migrationFaults, migrationStatus } from '../../src/storage/migrations/migrator.ts';
import { testDatabase } from '../support/postgres.ts';
import { emptyDatabaseOfEach, first, migration, second } from './empty-database.ts';
import { startPooler } from './transaction-pooler.ts';

const run = promisify(execFile);
const empty = emptyDatabaseOfEach();
const { query } = empty;

interface Told {
  applied?: string[];
  pending?: string[];
  engine?: boolean;
  error?: string;
}

async function starter(options: object = {}): Promise<Told> {
  const script = path.join(import.meta.dirname, 'migrate-process.ts');
  const { stdout } = await run(process.execPath, [
    script,
    JSON.stringify(empty.connection),
    JSON.stringify(options),
  ]).catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Told;
}

test('of five starters at once on a new database one applies, the others wait and go on', async () => {
  const told = await Promise.all(Array.from({ length: 5 }, () => starter()));
  const names = readMigrations().map((one) => one.name);
  expect(told.map((one) => one.error)).toEqual(Array.from({ length: 5 }));
  expect(told.filter((one) => one.applied?.length)).toHaveLength(1);
  expect(told.flatMap((one) => one.applied ?? [])).toEqual(names);
  expect(await query('SELECT migration_name AS name FROM _prisma_migrations ORDER BY migration_name')).toEqual(
    names.map((name) => ({ name })),
  );
});

test('a start with nothing to apply does not load the engine', async () => {
  await migrate(empty.connection);
  expect(await starter()).toMatchObject({ applied: [], engine: false });
});

test('Prisma’s own record is kept: names, checksums, steps', async () => {
  await migrate(empty.connection, { migrations: [first] });
  expect(
    await query(
      'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count FROM _prisma_migrations',
    ),
  ).toEqual([{ migration_name: first.name, checksum: first.checksum, finished: true, applied_steps_count: 1 }]);
});

test('a starter waits for the lock as long as told, then says who is in the way', async () => {
  const holder = new pg.Client(empty.connection);
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [0x73746577]);
  const log: string[] = [];
  await expect(
    migrate(empty.connection, { migrations: [first], lockWaitMs: 300, log: (line) => log.push(line) }),
  ).rejects.toThrow(/Another process has been migrating.*Mend: .*--lock-wait/s);
  expect(log.join()).toMatch(/waiting for it/);
  const waiting = migrate(empty.connection, { migrations: [first], lockWaitMs: 20_000 });
  await holder.end();
  expect((await waiting).applied).toEqual([first.name]);
});

test('waiting only applies nothing, and goes on when another has applied', async () => {
  await expect(migrate(empty.connection, { migrations: [first], waitOnly: true, lockWaitMs: 100 })).rejects.toThrow(
    /Nobody applied 20260101000000_first.*Mend/s,
  );
  expect(await query("SELECT to_regclass('one') AS there")).toEqual([{ there: null }]);
  const waiting = migrate(empty.connection, { migrations: [first], waitOnly: true, lockWaitMs: 20_000 });
  await migrate(empty.connection, { migrations: [first] });
  expect((await waiting).applied).toEqual([]);
});

test('who waits does not take a migration that is being applied for one that failed', async () => {
  const slow = migration(first.name, 'SELECT pg_sleep(1.5); CREATE TABLE slow ();');
  const applying = migrate(empty.connection, { migrations: [slow] });
  for (let started = 0; started === 0; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const rows = await query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    );
    started = rows.length;
  }
  const waited = await migrate(empty.connection, { migrations: [slow], waitOnly: true, lockWaitMs: 20_000 });
  expect(waited.status.pending).toEqual([]);
  await applying;
});

test('told to apply to an empty database only, it does, and for any other waits until another has applied', async () => {
  expect((await migrate(empty.connection, { migrations: [first], ifEmpty: true })).applied).toEqual([first.name]);
  const both = [first, second];
  await expect(migrate(empty.connection, { migrations: both, ifEmpty: true, lockWaitMs: 100 })).rejects.toThrow(
    /Nobody applied 20260102000000_second/,
  );
  const waiting = migrate(empty.connection, { migrations: both, ifEmpty: true, lockWaitMs: 20_000 });
  await migrate(empty.connection, { migrations: both });
  expect((await waiting).applied).toEqual([]);
});

test('a newer program’s failed migration does not stop the previous version', async () => {
  const broken = migration(second.name, 'SELECT 1 / 0;');
  await migrate(empty.connection, { migrations: [first, broken] }).catch(() => undefined);
  const log: string[] = [];
  const { status } = await migrate(empty.connection, { migrations: [first], log: (line) => log.push(line) });
  expect(status).toMatchObject({ pending: [], failed: [{ name: second.name }] });
  expect(log.join()).toMatch(/second failed.*Mend: /s);
});

test('a failed migration leaves nothing behind, stops every later start, and is taken up again when told', async () => {
  const broken = migration(second.name, 'CREATE TABLE two (id int); SELECT 1 / 0;');
  await expect(migrate(empty.connection, { migrations: [first, broken] })).rejects.toThrow(
    /20260102000000_second failed \(.*division by zero.*\).*Mend: .*--retry 20260102000000_second/s,
  );
  expect(await query("SELECT to_regclass('one')::text AS one, to_regclass('two')::text AS two")).toEqual([
    { one: 'one', two: null },
  ]);
  await expect(migrate(empty.connection, { migrations: [first, second] })).rejects.toThrow(/second failed/);
  const result = await migrate(empty.connection, { migrations: [first, second], retry: second.name });
  expect(result.applied).toEqual([second.name]);
  expect((await migrationStatus(empty.connection, [first, second])).failed).toEqual([]);
});

test('a statement may hold semicolons in strings and function bodies', async () => {
  const sql = `CREATE TABLE one (word text DEFAULT 'a;b');
    CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;`;
  await migrate(empty.connection, { migrations: [migration(first.name, sql)] });
  expect(await query('SELECT two() AS two')).toEqual([{ two: 2 }]);
});

test('a migration edited after it was applied is told and does not stop the start', async () => {
  await migrate(empty.connection, { migrations: [first] });
  const log: string[] = [];
  const edited = migration(first.name, `${first.sql} -- edited`);
  const { status } = await migrate(empty.connection, { migrations: [edited], log: (line) => log.push(line) });
  expect(status.edited).toEqual([first.name]);
  expect(log.join()).toMatch(/another text.*Mend: /s);
});

test('a database newer than the program is told and does not stop the previous version', async () => {
  await migrate(empty.connection, { migrations: [first, second] });
  const log: string[] = [];
  const { status } = await migrate(empty.connection, { migrations: [first], log: (line) => log.push(line) });
  expect(status.ahead).toEqual([second.name]);
  expect(log.join()).toMatch(/newer than this program.*Mend: update/s);
});

test('a database of another branch is left alone', async () => {
  await migrate(empty.connection, { migrations: [first, second] });
  const third = migration('20260103000000_third', 'CREATE TABLE three (id int);');
  await expect(migrate(empty.connection, { migrations: [first, third] })).rejects.toThrow(
    /different branches.*Mend: /s,
  );
  expect(await query("SELECT to_regclass('three') AS there")).toEqual([{ there: null }]);
});

test('drift is told line by line, with its mend; without any there is nothing to tell', async () => {
  const migrated = await testDatabase();
  try {
    expect(await diagnose(migrated.connection)).toMatchObject({ missing: [], unexpected: [], faults: [] });
    const database = migrated.database();
    await database.query('ALTER TABLE people ADD COLUMN stray int');
    await database.query('ALTER TABLE tasks DROP CONSTRAINT tasks_priority_known');
    await database.query('DROP INDEX updates_waiting');
    const { missing, unexpected, faults } = await diagnose(migrated.connection);
    expect(unexpected).toEqual(['column people.stray integer']);
    expect(missing).toEqual([
      expect.stringMatching(/^constraint tasks\.tasks_priority_known CHECK/),
      expect.stringMatching(/^index CREATE INDEX updates_waiting ON updates/),
    ]);
    expect(faults).toHaveLength(2);
    for (const fault of faults) expect(fault).toMatch(/drifted.*Mend: /s);
  } finally {
    await migrated.drop();
  }
});

test('drift is told to a role that may create no database and change nothing', async () => {
  const migrated = await testDatabase();
  try {
    const database = migrated.database();
    await database.query('CREATE TABLE stray (id int)');
    await database.query('SET ROLE pg_read_all_data');
    const { unexpected } = await diagnose({ ...migrated.connection, options: '-c role=pg_read_all_data' });
    expect(unexpected).toContain('table stray');
  } finally {
    await migrated.drop();
  }
});

test('a database that lacks migrations is told to be behind, not to have drifted', async () => {
  const { faults, status } = await diagnose(empty.connection);
  expect(status.pending).toEqual(readMigrations().map((one) => one.name));
  expect(faults).toEqual([expect.stringMatching(/lacks .*Mend: run `steward migrate`/)]);
});

test('every fault of a status names its mend', () => {
  const faults = migrationFaults({
    applied: [],
    pending: [],
    failed: [{ name: 'a', reason: 'b', interrupted: false }],
    edited: ['c'],
    ahead: ['d'],
  });
  expect(faults).toHaveLength(3);
  for (const fault of faults) expect(fault).toMatch(/Mend: \S+/);
});

test('the migrations lead to the schema, and the catalogue is theirs', async () => {
  const script = path.join(import.meta.dirname, '..', '..', 'scripts', 'migration.ts');
  const { stderr } = await run(process.execPath, [script, '--check']).catch((error: { stderr: string }) => error);
  expect(stderr).toBe('');
});

test('a transaction pooler in between is recognised and refused with its reason', async () => {
  const pooler = await startPooler(empty.connection.host);
  try {
    const through = { ...empty.connection, host: pooler.host };
    const client = new pg.Client(through);
    await client.connect();
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    await expect(migrate(through, { migrations: [first] })).rejects.toThrow(/transaction mode.*Mend: /s);
  } finally {
    await pooler.close();
  }
});

test('a server that cannot be reached or refuses is told with its mend', async () => {
  await expect(migrate({ host: '127.0.0.1', port: 1, user: 'u' })).rejects.toThrow(
    /ECONNREFUSED.*Mend: check host and port/s,
  );
  await expect(migrate({ ...empty.connection, database: 'nowhere' })).rejects.toThrow(
    /does not exist.*Mend: create the database/s,
  );
});
