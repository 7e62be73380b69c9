/**
 * Whether the database is what its migrations made: its catalogue, written as lines, against `prisma/catalogue.txt`, which
 * `npm run migration` writes. Reads only, so it works in production without the right to create databases, and sees what Prisma's
 * schema cannot express (partial indexes, checks).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { prismaFolder, readMigrations } from './migration-files.ts';
import { type MigrationStatus, migrationFaults, migrationStatus } from './migrator.ts';

export interface Diagnosis {
  readonly status: MigrationStatus;
  /** Lines of the catalogue that should be there and are not. */
  readonly missing: readonly string[];
  /** Lines that are there and should not. */
  readonly unexpected: readonly string[];
  /** All that is wrong, each with its mend; empty when all is well. */
  readonly faults: readonly string[];
}

/** Objects of extensions and Prisma's own table are nobody's drift. Not-null is told with the column: version 18 also lists it as a constraint. */
const CATALOGUE = `
WITH ours AS (
  SELECT c.oid, c.relname, c.relkind, c.relpersistence FROM pg_class c
   WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
     AND c.relname <> '_prisma_migrations'
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT format('%s %s%s', CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END, relname,
              CASE relpersistence WHEN 'u' THEN ' unlogged' ELSE '' END) AS line
  FROM ours WHERE relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT format('column %s.%s %s%s%s%s', o.relname, a.attname, format_type(a.atttypid, a.atttypmod),
              CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
              CASE a.attidentity WHEN '' THEN '' ELSE ' identity' END,
              CASE WHEN d.oid IS NULL THEN '' WHEN a.attgenerated <> '' THEN ' generated ' || pg_get_expr(d.adbin, d.adrelid)
                   ELSE ' default ' || pg_get_expr(d.adbin, d.adrelid) END)
  FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE o.relkind IN ('r', 'p', 'v', 'm')
UNION ALL
SELECT format('index %s%s', replace(pg_get_indexdef(i.indexrelid), format(' ON %I.', current_schema()), ' ON '),
              CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END)
  FROM pg_index i JOIN ours o ON o.oid = i.indrelid WHERE o.relkind IN ('r', 'p', 'm')
UNION ALL
SELECT format('constraint %s.%s %s', o.relname, c.conname, pg_get_constraintdef(c.oid))
  FROM pg_constraint c JOIN ours o ON o.oid = c.conrelid WHERE c.contype IN ('c', 'f', 'p', 'u', 'x')
UNION ALL
SELECT format('trigger %s.%s %s', o.relname, t.tgname, replace(pg_get_triggerdef(t.oid), current_schema() || '.', ''))
  FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT format('enum %s %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder))
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
 WHERE t.typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) GROUP BY t.typname
UNION ALL
SELECT format('function %s(%s) %s', p.proname, pg_get_function_identity_arguments(p.oid), md5(p.prosrc))
  FROM pg_proc p
 WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`;

/** The catalogue of the current schema: one line an object, sorted by code points. The same from version 14 to 18. */
export async function readCatalogue(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(CATALOGUE);
  return rows.map((row) => row.line.replace(/\s+/g, ' ')).sort();
}

/** Where `npm run migration` keeps what the migrations lead to. */
export function cataloguePath(): string {
  return path.join(prismaFolder(), 'catalogue.txt');
}

function expectedCatalogue(): string[] {
  return readFileSync(cataloguePath(), 'utf8').split('\n').filter(Boolean);
}

/** Lines of `one` that `other` lacks. */
export function lacking(one: readonly string[], other: readonly string[]): string[] {
  const there = new Set(other);
  return one.filter((line) => !there.has(line));
}

const SHOWN = 12;

function listed(lines: readonly string[]): string {
  const more = lines.length > SHOWN ? `; and ${lines.length - SHOWN} more` : '';
  return `${lines.slice(0, SHOWN).join('; ')}${more}`;
}

/** Compares migrations and catalogue with what this program expects. Changes nothing, creates nothing. */
export async function diagnose(connection: pg.ClientConfig): Promise<Diagnosis> {
  const migrations = readMigrations();
  const status = await migrationStatus(connection, migrations);
  const faults = migrationFaults(status);
  if (status.pending.length > 0)
    faults.push(`The database lacks ${status.pending.join(', ')}. Mend: run \`steward migrate\`.`);
  // Between two versions the catalogue is another one: only the same history can have drifted.
  if (status.pending.length + status.ahead.length + status.failed.length > 0)
    return { status, missing: [], unexpected: [], faults };
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, query_timeout: 60_000, ...connection });
  client.on('error', () => {});
  await client.connect();
  try {
    const actual = await readCatalogue(client);
    const expected = expectedCatalogue();
    const missing = lacking(expected, actual);
    const unexpected = lacking(actual, expected);
    if (missing.length > 0)
      faults.push(
        `The schema has drifted, it lacks: ${listed(missing)}. Mend: make it again by hand, or restore a backup; only migrations may change the schema.`,
      );
    if (unexpected.length > 0)
      faults.push(
        `The schema has drifted, it has what no migration made: ${listed(unexpected)}. Mend: drop it, or move it to a schema of its own.`,
      );
    return { status, missing, unexpected, faults };
  } finally {
    await client.end();
  }
}
