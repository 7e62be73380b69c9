/** `npm run migration -- NAME` (or `-- --redo`): writes `prisma/migrations/<time>_<name>/migration.sql`, what leads from the migrations there to the schema. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { iso, systemClock } from '../src/core/clock.ts';
import { startEmbedded } from '../src/storage/embedded.ts';
import { openEngine, type SchemaFile } from '../src/storage/engine.ts';
import { type Migration, prismaFolder, readMigrations } from '../src/storage/migration-files.ts';
import { migrate } from '../src/storage/migrator.ts';

/** What follows it in a migration came from `prisma/schema/extra.sql`; read back to know what is already applied. */
const EXTRA_MARK = '-- From prisma/schema/extra.sql';

/** Objects of extra.sql: what makes one, and what takes it away, by name. */
interface Extra {
  readonly name: string;
  readonly create: string;
  readonly drop: string;
}

function parseExtra(sql: string): Extra[] {
  return sql
    .split('\n')
    .filter((line) => !line.startsWith('--') && line.trim())
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement && !/^DROP |DROP CONSTRAINT/i.test(statement))
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
      throw new Error(`extra.sql: only CREATE INDEX and ALTER TABLE … ADD CONSTRAINT are understood, not: ${create}`);
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
    for (const [, name] of (part ?? '').matchAll(/DROP (?:INDEX|CONSTRAINT) IF EXISTS (\w+)/gi))
      if (name) found.delete(name);
    for (const extra of parseExtra(part ?? '')) found.set(extra.name, extra);
  }
  return found;
}

function readSchema(folder: string): { files: SchemaFile[]; extra: string } {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: path.join(folder, name), content: readFileSync(path.join(folder, name), 'utf8') }));
  const extra = readdirSync(folder).includes('extra.sql') ? readFileSync(path.join(folder, 'extra.sql'), 'utf8') : '';
  return { files, extra };
}

/** Writes the SQL of a new migration, or undefined when the migrations already lead to the schema. */
async function draft(
  connection: pg.ClientConfig,
  migrations: readonly Migration[],
  prisma: string,
): Promise<string | undefined> {
  const { files, extra } = readSchema(path.join(prisma, 'schema'));
  const before = appliedExtras(migrations);
  const after = byName(parseExtra(extra));
  const dropped = [...before.values()].filter((one) => after.get(one.name)?.create !== one.create);
  const added = [...after.values()].filter((one) => before.get(one.name)?.create !== one.create);
  await migrate(connection, { migrations });
  const client = new pg.Client(connection);
  await client.connect();
  // Prisma would take what it cannot express for strays and drop it.
  for (const one of before.values()) await client.query(one.drop);
  await client.end();
  const engine = await openEngine(connection, files);
  try {
    const difference = (await engine.difference(files)).trim();
    const extras = [...dropped.map((one) => one.drop), ...added.map((one) => one.create)].map((line) => `${line};\n`);
    if (!difference && extras.length === 0) return undefined;
    const parts = [difference ? `${difference}\n` : '', extras.length > 0 ? `${EXTRA_MARK}\n${extras.join('')}` : ''];
    return parts.filter(Boolean).join('\n');
  } finally {
    await engine.close();
  }
}

/** Folder and known migrations for what was asked: a new one after all others, or the last one written anew. */
function target(argument: string | undefined, folder: string): { before: Migration[]; name: string } | undefined {
  const migrations = readMigrations(folder);
  const last = migrations.at(-1);
  if (argument === '--redo') return last && { before: migrations.slice(0, -1), name: last.name };
  if (!argument || !/^[a-z][a-z0-9_]*$/.test(argument)) return undefined;
  const stamp = iso(systemClock.now()).replace(/\D/g, '').slice(0, 14);
  return { before: migrations, name: `${stamp}_${argument}` };
}

async function main(argument: string | undefined): Promise<number> {
  const prisma = prismaFolder();
  const folder = path.join(prisma, 'migrations');
  const asked = target(argument, folder);
  if (!asked) {
    console.error(
      'usage: npm run migration -- NAME     a new migration (small letters, digits and _)\n' +
        '       npm run migration -- --redo   the last one anew, only while it was never released',
    );
    return 2;
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'steward-migration-'));
  const server = await startEmbedded({ dataDir, log: () => {} });
  try {
    const sql = await draft(server.connection, asked.before, prisma);
    if (!sql) {
      console.log('The migrations already lead to the schema: nothing to write.');
      return 0;
    }
    const file = path.join(folder, asked.name, 'migration.sql');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, sql);
    writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
    console.log(
      `${path.relative(process.cwd(), file)} written. Read it: the previous version must keep working with it.`,
    );
    return 0;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv[2]);
