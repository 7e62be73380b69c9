/** The schema on the way of a restore: the old one dropped, the archive's made by its migrations, brought forward afterwards. One transaction holds it all. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { errorMessage } from '../../core/errors.ts';
import { type Migration, readMigrations } from '../../storage/migrations/migration-files.ts';
import type { Head, TableHead } from '../archive/format.ts';
import { ArchiveFault, BackupFault } from '../faults.ts';
import { readTables } from './catalogue.ts';
import { quoted } from './session.ts';

/** Prisma's own table, as Prisma makes it. Its rows come from the archive. */
const MIGRATIONS_TABLE = `CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/** The program's migrations an archive was made with, and those that lead from there to now. */
export interface Path {
  readonly applied: readonly Migration[];
  readonly forward: readonly Migration[];
}

/** @throws ArchiveFault when the archive comes from a newer version, or another branch. */
export function pathFrom(head: Head, known: readonly Migration[] = readMigrations()): Path {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const newest = head.migrations.at(-1)?.name ?? '';
  const unknown = head.migrations.filter(({ name }) => !byName.has(name));
  if (unknown.length > 0)
    throw new ArchiveFault(
      'newer',
      `was made by Steward ${head.steward} with the schema ${newest}, which this version does not know (it ends at ${known.at(-1)?.name})`,
    );
  const edited = head.migrations.find(({ name, checksum }) => byName.get(name)?.checksum !== checksum);
  if (edited)
    throw new ArchiveFault('newer', `was made with another text of the migration ${edited.name} than this version has`);
  const names = new Set(head.migrations.map(({ name }) => name));
  return {
    applied: known.filter(({ name }) => names.has(name)),
    forward: known.filter(({ name }) => !names.has(name)),
  };
}

/** Everything in the current schema that is not an extension's, as statements that drop it. */
const DROPS = `
WITH here AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema()),
     foreign_object AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e')
SELECT format('DROP %s IF EXISTS %I CASCADE',
              CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname) AS statement
  FROM pg_class c WHERE c.relnamespace = (SELECT oid FROM here) AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
   AND NOT EXISTS (SELECT FROM foreign_object f WHERE f.classid = 'pg_class'::regclass AND f.objid = c.oid)
UNION ALL
SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p
 WHERE p.pronamespace = (SELECT oid FROM here) AND p.prokind = 'f'
   AND NOT EXISTS (SELECT FROM foreign_object f WHERE f.classid = 'pg_proc'::regclass AND f.objid = p.oid)
UNION ALL
SELECT format('DROP TYPE IF EXISTS %I CASCADE', t.typname) FROM pg_type t
 WHERE t.typnamespace = (SELECT oid FROM here) AND t.typtype IN ('e', 'd')
   AND NOT EXISTS (SELECT FROM foreign_object f WHERE f.classid = 'pg_type'::regclass AND f.objid = t.oid)`;

/** Drops all of Steward's: its schema, and the queue, which is made anew from the tables at the next start. */
export async function dropEverything(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(DROPS);
  for (const { statement } of rows) await client.query(statement);
  await client.query('DROP SCHEMA IF EXISTS pgboss CASCADE');
}

/** Runs the text of a migration within the transaction of the restore: nobody uses these tables yet, so nothing need be concurrent. */
async function run(client: pg.ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql.replaceAll(/\bINDEX CONCURRENTLY\b/gi, 'INDEX'));
  } catch (error) {
    throw new BackupFault(
      `Migration ${migration.name} failed on the restored data: ${errorMessage(error)}`,
      'restore with the version that made the archive; nothing was changed here',
      error,
    );
  }
}

/** Makes the schema an archive was made with. */
export async function makeSchema(client: pg.ClientBase, path: Path): Promise<void> {
  await client.query(MIGRATIONS_TABLE);
  for (const migration of path.applied) await run(client, migration);
}

/** Brings the restored schema up to this program's, and notes it where Prisma does. */
export async function migrateForward(client: pg.ClientBase, path: Path): Promise<void> {
  for (const migration of path.forward) {
    await run(client, migration);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
  }
}

/**
 * Tables and columns of the archive that its migrations do not make, because somebody made them by hand: made again without their keys
 * and indexes, so that no row is lost. Tells them.
 */
export async function addUnknown(client: pg.ClientBase, tables: readonly TableHead[]): Promise<string[]> {
  const { tables: made } = await readTables(client);
  const known = new Map(made.map((table) => [table.name, new Set(table.columns.map((column) => column.name))]));
  const warnings: string[] = [];
  for (const { name, columns } of tables) {
    const there = known.get(name);
    if (!there) await client.query(`CREATE TABLE ${quoted(name)} ()`);
    for (const column of columns) {
      if (there?.has(column.name)) continue;
      await client.query(`ALTER TABLE ${quoted(name)} ADD COLUMN ${quoted(column.name)} ${column.type}`);
      warnings.push(
        `${name}.${column.name} is made by no migration: its values are restored, its keys and indexes are not`,
      );
    }
  }
  return warnings;
}
