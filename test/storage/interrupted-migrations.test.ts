/** Migrations whose program or server goes away in the middle: nothing of them happened, and they are taken up again. */
import { type ChildProcess, execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isAway } from '../../src/storage/away.ts';
import { migrate, migrationStatus } from '../../src/storage/migrations/migrator.ts';
import { emptyDatabaseOfEach, first, migration, second } from './empty-database.ts';

const empty = emptyDatabaseOfEach();
const { query } = empty;

/** Resolves when the script's 30 seconds have begun. */
async function asleep(): Promise<void> {
  for (;;) {
    const sleeping = await query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND pid <> pg_backend_pid()",
    );
    if (sleeping.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const endOthers = () =>
  query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );

/** A program of its own that applies `first` and then one that takes half a minute; resolves when it is in the middle of that. */
async function midway(sql: string): Promise<ChildProcess> {
  const child = execFile(process.execPath, [
    path.join(import.meta.dirname, 'migrate-process.ts'),
    JSON.stringify(empty.connection),
    JSON.stringify({ migrations: [first, migration(second.name, sql)] }),
  ]);
  await asleep();
  return child;
}

test('a migrator killed midway leaves nothing half applied, and the next start takes its migration up by itself', async () => {
  (await midway('CREATE TABLE two (id int); SELECT pg_sleep(30);')).kill('SIGKILL');
  await endOthers();
  const log: string[] = [];
  const { applied } = await migrate(empty.connection, { migrations: [first, second], log: (line) => log.push(line) });
  expect(applied).toEqual([second.name]);
  expect(log.join()).toContain('taking up 20260102000000_second again (it was interrupted)');
  expect((await migrationStatus(empty.connection, [first, second])).failed).toEqual([]);
});

test('what the server still does for a migrator that was killed is waited for, and not done twice', async () => {
  const sql = 'CREATE TABLE two (id int); SELECT pg_sleep(2); INSERT INTO two VALUES (1);';
  (await midway(sql)).kill('SIGKILL');
  const { applied, status } = await migrate(empty.connection, { migrations: [first, migration(second.name, sql)] });
  expect([applied, status.failed, status.pending]).toEqual([[], [], []]);
  expect(await query('SELECT count(*)::int AS rows FROM two')).toEqual([{ rows: 1 }]);
});

test('a server that goes away under a migration is waited for, and what was done of it is done again', async () => {
  const slow = migration(second.name, 'CREATE TABLE two (id int); SELECT pg_sleep(30);');
  const going = migrate(empty.connection, { migrations: [first, slow] }).catch((error: unknown) => error);
  await asleep();
  await endOthers();
  expect(isAway(await going)).toBe(true);
  expect((await migrate(empty.connection, { migrations: [first, second] })).applied).toEqual([second.name]);
});

test('one that ends its server each time, or runs outside a transaction, is not begun again by itself', async () => {
  const beside = migration(second.name, 'CREATE INDEX CONCURRENTLY beside ON one (id)');
  await migrate(empty.connection, { migrations: [first] });
  const begun = (name: string, back: boolean) =>
    query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, rolled_back_at)
       VALUES (gen_random_uuid()::text, 'x', '${name}', ${back ? 'now()' : 'NULL'})`,
    );
  await begun(second.name, false);
  await expect(migrate(empty.connection, { migrations: [first, beside] })).rejects.toThrow(/interrupted.*--retry/s);
  for (let tries = 0; tries < 5; tries += 1) await begun(second.name, true);
  await expect(migrate(empty.connection, { migrations: [first, second] })).rejects.toThrow(/interrupted.*--retry/s);
});
