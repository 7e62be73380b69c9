/**
 * Prisma's own schema engine as WebAssembly: no binary to download, and `_prisma_migrations` stays what Prisma's tools expect.
 * Heavy (5 MB, a third of a second): imported only when there is something to apply.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { isAway } from '../away.ts';
import { isWhole, type Migration, SCRIPT_KEY } from './migration-files.ts';

/** The catalogue's one-byte "char" and its array, which the driver adapter does not know, and what it is told they are. */
const CHAR = 18;
const READ_AS: ReadonlyMap<number, number> = new Map([
  [CHAR, 25],
  [1002, 1009],
]);
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** A schema file: path relative to the project, content. */
export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

export interface Engine {
  /**
   * Applies what `_prisma_migrations` does not list, in order. Throws at the first that fails and leaves it marked so; where the server went
   * away, what its driver threw.
   */
  apply(migrations: readonly Migration[]): Promise<string[]>;
  /** Takes the mark of failure off the migrations named, so that they are applied again. */
  retry(names: readonly string[]): Promise<void>;
  /** SQL that leads from the database to the datamodel; empty when they agree. */
  difference(to: readonly SchemaFile[]): Promise<string>;
  close(): Promise<void>;
}

/** Which columns of the statement in hand are "char": the engine insists on being told a character, not a text. */
const charColumns = new AsyncLocalStorage<number[]>();

type Oid = Parameters<typeof pg.types.getTypeParser>[0];

/** A pool that answers catalogue queries in types the driver adapter knows. */
function catalogueReader(connection: pg.ClientConfig): pg.Pool {
  const pool = new pg.Pool({
    // A migration may take its time; a peer that died is noticed by keep-alive alone.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...connection,
    max: 2,
    options: '-c statement_timeout=0 -c timezone=UTC',
  });
  // A lost connection fails the statement in hand, which is told; an idle one is nobody's loss.
  pool.on('error', () => {});
  const query = async (config: pg.QueryArrayConfig | string): Promise<unknown> => {
    if (typeof config === 'string') return pool.query(config);
    const result = await pool.query({
      ...config,
      types: {
        getTypeParser: (oid: number) =>
          (config.types ?? pg.types).getTypeParser((READ_AS.get(oid) ?? oid) as Oid, 'text'),
      },
    });
    (result.fields ?? []).forEach((field, index) => {
      if (field.dataTypeID === CHAR) charColumns.getStore()?.push(index);
      field.dataTypeID = READ_AS.get(field.dataTypeID) ?? field.dataTypeID;
    });
    return result;
  };
  return overriding(pool, { query });
}

/** `target` with some of its methods replaced; the others run on `target` itself. */
function overriding<T extends object>(target: T, methods: Record<string, unknown>): T {
  return new Proxy(target, {
    get(_, property) {
      if (typeof property === 'string' && property in methods) return methods[property];
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * Runs a migration as one message: one implicit transaction, so that it happens whole or not at all. The adapter's own way cuts the
 * script at every semicolon, also inside a string or a function's body, and leaves half of a failed one behind.
 */
async function executeScript(pool: pg.Pool, script: string, migrations: readonly Migration[]): Promise<void> {
  const migration = migrations.find(({ sql }) => sql === script);
  await pool.query(migration && isWhole(migration) ? marked(migration) : script);
}

/** What the server said, as the engine understands it; it keeps the message, so that has the code too: "division by zero (22012)". */
function inItsWords(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'XX000',
    severity: error.severity ?? 'ERROR',
    message: `${error.message} (${error.code ?? 'XX000'})`,
    detail: undefined,
    column: error.column,
    hint: error.hint,
  });
}

/**
 * The script with its mark, which the engine would set behind it: whoever dies in between leaves no doubt of what happened. The lock tells
 * others that the server may still be at it.
 */
function marked({ name, sql }: Migration): string {
  return `SELECT pg_advisory_xact_lock(${SCRIPT_KEY});
${sql}
;
UPDATE _prisma_migrations SET finished_at = now()
 WHERE migration_name = ${pg.escapeLiteral(name)} AND finished_at IS NULL AND rolled_back_at IS NULL`;
}

async function connectAdapter(
  pool: pg.Pool,
  executeScript: (script: string) => Promise<void>,
): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = (query: SqlQuery) =>
    charColumns.run([], async () => {
      const rows = await adapter.queryRaw(query);
      for (const index of charColumns.getStore() ?? []) rows.columnTypes[index] = ColumnTypeEnum.Character;
      return rows;
    });
  return overriding<SqlDriverAdapter>(adapter, {
    queryRaw,
    executeScript,
  });
}

/** Node has it; TypeScript describes it only together with the whole of the browser. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: { __wbindgen_start(): void } };
};

let loaded: Promise<typeof import('@prisma/schema-engine-wasm')> | undefined;

/** The engine bounds its wait for its own lock by a timer that it never clears: it must not keep a finished command alive for 10 s. */
function unheldTimeout(callback: () => void, ms: number): NodeJS.Timeout {
  return setTimeout(callback, ms).unref();
}

/** Instantiated by hand: the package's own entry imports WebAssembly in a way for which Node prints a warning. */
async function load(): Promise<typeof import('@prisma/schema-engine-wasm')> {
  const bindings: unknown = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = bindings as typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: object): void };
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const wasm = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const imports = Object.fromEntries(
    Object.entries(module).map(([name, value]) =>
      name.startsWith('__wbg_setTimeout') ? [name, unheldTimeout] : [name, value],
    ),
  );
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': imports });
  module.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  // The engine reports a panic here before it traps.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
  return module;
}

function asList(migrations: readonly Migration[]): MigrationList {
  return {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map((migration) => ({
      path: migration.name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: migration.sql } },
    })),
  };
}

/** Opens the engine on `connection`. `schema` is needed for differences only. */
export async function openEngine(connection: pg.ClientConfig, schema: readonly SchemaFile[] = []): Promise<Engine> {
  loaded ??= load();
  const { SchemaEngine: Class } = await loaded;
  const pool = catalogueReader(connection);
  let applying: readonly Migration[] = [];
  let away: unknown;
  const script = (text: string) =>
    executeScript(pool, text, applying).catch((error: unknown) => {
      if (isAway(error)) away = error;
      throw inItsWords(error);
    });
  const connect = () => connectAdapter(pool, script);
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect,
    connectToShadowDb: () => Promise.reject(new Error('no shadow database is ever needed')),
  });
  const datamodels = schema.length > 0 ? schema.map((file): [string, string] => [file.path, file.content]) : undefined;
  let engine: SchemaEngine;
  try {
    engine = await Class.new({ datamodels }, () => {}, factory);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    apply: async (migrations) => {
      applying = migrations;
      away = undefined;
      const list = { migrationsList: asList(migrations), filters: NO_FILTERS };
      // The engine tells what happened in words alone.
      const result = await engine.applyMigrations(list).catch((error: unknown) => {
        throw away ?? error;
      });
      return result.appliedMigrationNames;
    },
    retry: async (names) => {
      for (const migrationName of names) await engine.markMigrationRolledBack({ migrationName });
    },
    difference: async (to) => {
      const files = to.map((file) => ({ ...file }));
      const result = await engine.diff({
        from: { tag: 'schemaDatasource', files, configDir: '.' },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: true,
        filters: NO_FILTERS,
      });
      return result.exitCode === 2 ? (result.stdout ?? '') : '';
    },
    close: async () => {
      engine.free();
      await pool.end();
    },
  };
}
