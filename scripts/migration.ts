/** `npm run migration -- NAME` (or `-- --redo`): writes `prisma/migrations/<time>_<name>/migration.sql`, what leads from the migrations there to the schema. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { iso, systemClock } from '../src/core/clock.ts';
import { errorMessage } from '../src/core/errors.ts';
import { startEmbedded } from '../src/storage/embedded.ts';
import { cataloguePath, lacking, readCatalogue } from '../src/storage/migrations/drift.ts';
import { openEngine, type SchemaFile } from '../src/storage/migrations/engine.ts';
import { type Migration, prismaFolder, readMigrations } from '../src/storage/migrations/migration-files.ts';
import { migrate } from '../src/storage/migrations/migrator.ts';

const USAGE = `usage: npm run migration -- NAME         a new migration (small letters, digits and _), and prisma/catalogue.txt
       npm run migration -- --redo       the last one anew, only while it was never released
       npm run migration -- --catalogue  prisma/catalogue.txt alone, after a migration was written by hand
       npm run migration -- --check      whether migrations, schema and catalogue agree`;

/** What follows it in a migration came from `prisma/schema/extra.sql`; read back to know what is already applied. */
const EXTRA_MARK = '-- From prisma/schema/extra.sql';

/** Objects of extra.sql: what makes one, and what takes it away, by name. */
interface Extra {
  readonly name: string;
  readonly create: string;
  readonly drop: string;
}

/** Statements end with a semicolon at the end of a line; those within the body of a function ($$ … $$) end none. */
const STATEMENT = /(?:\$\$[\s\S]*?\$\$|;(?!\s*(?:\n|$))|[^;])+/g;

function parseExtra(sql: string): Extra[] {
  const text = sql
    .split('\n')
    .filter((line) => !line.startsWith('--') && line.trim())
    .join('\n');
  return [...text.matchAll(STATEMENT)]
    .map(([statement]) => statement.trim())
    .filter((statement) => statement && /^CREATE |ADD CONSTRAINT/i.test(statement))
    .map((create) => {
      const index = /^CREATE (?:UNIQUE )?INDEX (\w+)/i.exec(create)?.[1];
      if (index) return { name: index, create, drop: `DROP INDEX IF EXISTS ${index}` };
      const [, table, constraint] = /^ALTER TABLE (\w+) ADD CONSTRAINT (\w+)/i.exec(create) ?? [];
      if (table && constraint)
        return {
          name: constraint,
          create,
          drop: `ALTER TABLE IF EXISTS ${table} DROP CONSTRAINT IF EXISTS ${constraint}`,
        };
      const made = /^CREATE FUNCTION (\w+)\(\)/i.exec(create)?.[1];
      if (made) return { name: made, create, drop: `DROP FUNCTION IF EXISTS ${made}()` };
      const [, trigger, on] = /^CREATE TRIGGER (\w+) [\s\S]*? ON (\w+)/i.exec(create) ?? [];
      if (trigger && on) return { name: trigger, create, drop: `DROP TRIGGER IF EXISTS ${trigger} ON ${on}` };
      throw new Error(
        `extra.sql: only indexes, constraints, triggers and functions without arguments are understood, not: ${create}`,
      );
    });
}

function byName(extras: readonly Extra[]): Map<string, Extra> {
  return new Map(extras.map((extra) => [extra.name, extra]));
}

/** The extras the migrations leave behind: of each name the last. Those dropped meanwhile are named by the migration that dropped them. */
function appliedExtras(migrations: readonly Migration[]): Map<string, Extra> {
  const found = new Map<string, Extra>();
  for (const migration of migrations) {
    const [, part] = migration.sql.split(EXTRA_MARK);
    for (const [, name] of (part ?? '').matchAll(/DROP (?:INDEX|CONSTRAINT|FUNCTION|TRIGGER) IF EXISTS (\w+)/gi))
      if (name) found.delete(name);
    for (const extra of parseExtra(part ?? '')) found.set(extra.name, extra);
  }
  return found;
}

interface Schema {
  readonly files: readonly SchemaFile[];
  /** Statements of extra.sql. */
  readonly extra: string;
}

function readSchema(folder: string): Schema {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: path.join(folder, name), content: readFileSync(path.join(folder, name), 'utf8') }));
  const extra = readdirSync(folder).includes('extra.sql') ? readFileSync(path.join(folder, 'extra.sql'), 'utf8') : '';
  return { files, extra };
}

/** A new database on the server of `connection`, and how to reach it. */
async function scratch(connection: pg.ClientConfig, database: string): Promise<pg.ClientConfig> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(`CREATE DATABASE ${database}`);
  await client.end();
  return { ...connection, database };
}

async function inDatabase<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function difference(connection: pg.ClientConfig, files: readonly SchemaFile[]): Promise<string> {
  const engine = await openEngine(connection, files);
  try {
    return (await engine.difference(files)).trim();
  } finally {
    await engine.close();
  }
}

/** The SQL of a new migration, empty when the migrations already lead to the schema. */
async function draft(server: pg.ClientConfig, migrations: readonly Migration[], schema: Schema): Promise<string> {
  const before = appliedExtras(migrations);
  const after = byName(parseExtra(schema.extra));
  const dropped = [...before.values()].filter((one) => after.get(one.name)?.create !== one.create);
  const added = [...after.values()].filter((one) => before.get(one.name)?.create !== one.create);
  const connection = await scratch(server, 'draft');
  await migrate(connection, { migrations });
  // Prisma would take what it cannot express for strays and drop it.
  await inDatabase(connection, async (client) => {
    // The last made first: triggers before their functions.
    for (const one of [...before.values()].reverse()) await client.query(one.drop);
  });
  const prisma = await difference(connection, schema.files);
  const extras = [...dropped.reverse().map((one) => one.drop), ...added.map((one) => one.create)].map(
    (line) => `${line};\n`,
  );
  const parts = [prisma ? `${prisma}\n` : '', extras.length > 0 ? `${EXTRA_MARK}\n${extras.join('')}` : ''];
  return parts.filter(Boolean).join('\n');
}

/** What the migrations lead to, proved to be what the schema says. */
async function finalCatalogue(
  server: pg.ClientConfig,
  migrations: readonly Migration[],
  schema: Schema,
): Promise<string[]> {
  const migrated = await scratch(server, 'migrated');
  await migrate(migrated, { migrations });
  const wanted = await scratch(server, 'wanted');
  const sql = await difference(wanted, schema.files);
  await inDatabase(wanted, (client) => client.query(`${sql}\n;${schema.extra}`));
  const actual = await inDatabase(migrated, readCatalogue);
  const expected = await inDatabase(wanted, readCatalogue);
  const missing = lacking(expected, actual).map((line) => `  lacks: ${line}`);
  const strays = lacking(actual, expected).map((line) => `  has, unlike the schema: ${line}`);
  if (missing.length + strays.length > 0)
    throw new Error(`the migrations do not lead to prisma/schema:\n${[...missing, ...strays].join('\n')}`);
  return actual;
}

/** Folder and known migrations for what was asked: a new one after all others, or the last one written anew. */
function target(argument: string, folder: string): { before: Migration[]; name: string } | undefined {
  const migrations = readMigrations(folder);
  const last = migrations.at(-1);
  if (argument === '--catalogue') return undefined;
  if (argument === '--redo') return last && { before: migrations.slice(0, -1), name: last.name };
  const stamp = iso(systemClock.now()).replace(/\D/g, '').slice(0, 14);
  return { before: migrations, name: `${stamp}_${argument}` };
}

async function run(server: pg.ClientConfig, argument: string): Promise<number> {
  const prisma = prismaFolder();
  const folder = path.join(prisma, 'migrations');
  const schema = readSchema(path.join(prisma, 'schema'));
  const asked = argument === '--check' ? undefined : target(argument, folder);
  if (asked) {
    const sql = await draft(server, asked.before, schema);
    if (!sql) console.log('The migrations already lead to the schema: nothing to write.');
    else {
      const file = path.join(folder, asked.name, 'migration.sql');
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, sql);
      writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
      console.log(
        `${path.relative(process.cwd(), file)} written. Read it: the previous version must keep working with it.`,
      );
    }
  }
  const catalogue = `${(await finalCatalogue(server, readMigrations(folder), schema)).join('\n')}\n`;
  if (argument !== '--check') writeFileSync(cataloguePath(), catalogue);
  else if (readFileSync(cataloguePath(), 'utf8') !== catalogue)
    throw new Error('prisma/catalogue.txt is not what the migrations lead to: run `npm run migration -- --catalogue`');
  return 0;
}

async function main(argument: string | undefined): Promise<number> {
  if (!argument || !/^([a-z][a-z0-9_]*|--redo|--check|--catalogue)$/.test(argument)) {
    console.error(USAGE);
    return 2;
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'steward-migration-'));
  const server = await startEmbedded({ dataDir, log: () => {} });
  try {
    return await run(server.connection, argument);
  } catch (error) {
    console.error(errorMessage(error));
    return 1;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv[2]);
