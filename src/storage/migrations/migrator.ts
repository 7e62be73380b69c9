/** Brings the database's schema up to this program's: any number of starters at once, one applies and the others wait. */
import type pg from 'pg';
import { errorMessage, Upstream } from '../../core/errors.ts';
import { isAway } from '../away.ts';
import { isWhole, type Migration, readMigrations, SCRIPT_KEY } from './migration-files.ts';
import { connectChecked } from './server-check.ts';

/** Key of the session advisory lock ('steward' in ASCII, cut to 32 bits). Prisma's own lock has another. */
const LOCK_KEY = 0x73746577;
const LOCK_RETRY_MS = 100;

export interface MigrationStatus {
  /** In the order they were applied. */
  readonly applied: readonly string[];
  /** Known to this program, not yet in the database. */
  readonly pending: readonly string[];
  /**
   * Begun and not finished: nothing is applied over it. `interrupted`: its program or its server went away, it did nothing, and it is taken
   * up again by itself.
   */
  readonly failed: readonly { readonly name: string; readonly reason: string; readonly interrupted: boolean }[];
  /** Applied with another text than this program's. */
  readonly edited: readonly string[];
  /** In the database, unknown to this program: the database is newer than the code. */
  readonly ahead: readonly string[];
}

export interface MigrateOptions {
  /** How long to wait for another process that migrates. Milliseconds, default 60,000. */
  lockWaitMs?: number;
  log?: (message: string) => void;
  /** Only wait until others have applied everything; apply nothing. */
  waitOnly?: boolean;
  /** Apply to a database that has no migrations yet; to any other only wait until others have applied everything. */
  ifEmpty?: boolean;
  /** Name of a failed migration to take up again after its cause was mended. */
  retry?: string;
  /** Tests only: other migrations than the program's own. */
  migrations?: readonly Migration[];
}

export interface MigrateResult {
  /** Names this call applied; empty when there was nothing to do or another process did it. */
  readonly applied: readonly string[];
  readonly status: MigrationStatus;
}

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished: boolean;
  logs: string | null;
  /** how often it was begun and given up before */
  tries: number;
}

async function readStatus(client: pg.Client, known: readonly Migration[]): Promise<MigrationStatus> {
  const table = await client.query<{ there: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!table.rows[0]?.there)
    return { applied: [], pending: known.map((migration) => migration.name), failed: [], edited: [], ahead: [] };
  const { rows } = await client.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, logs,
            (SELECT count(*)::int FROM _prisma_migrations gone
              WHERE gone.migration_name = one.migration_name AND gone.rolled_back_at IS NOT NULL) AS tries
       FROM _prisma_migrations one WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  const done = new Map(rows.filter((row) => row.finished).map((row) => [row.migration_name, row.checksum]));
  const names = new Set(known.map((migration) => migration.name));
  return {
    applied: [...done.keys()],
    pending: known.filter((migration) => !done.has(migration.name)).map((migration) => migration.name),
    failed: rows
      .filter((row) => !row.finished && !done.has(row.migration_name))
      .map((row) => ({
        name: row.migration_name,
        reason: firstLines(row.logs),
        interrupted: wasInterrupted(
          row,
          known.find(({ name }) => name === row.migration_name),
        ),
      })),
    edited: known
      .filter((migration) => (done.get(migration.name) ?? migration.checksum) !== migration.checksum)
      .map((migration) => migration.name),
    ahead: rows.map((row) => row.migration_name).filter((name) => !names.has(name)),
  };
}

/** A script that ends its own server each time is not begun for ever. */
const MOST_TRIES = 5;

/** Whether nothing happened because the connection broke under it, or whoever ran it died. */
function wasInterrupted({ logs, tries }: AppliedRow, migration: Migration | undefined): boolean {
  if (migration === undefined || !isWhole(migration) || tries >= MOST_TRIES) return false;
  // What the script itself does wrong has a code, and would do the same again.
  const code = /\(([0-9A-Z]{5})\)$/m.exec(logs ?? '')?.[1];
  return code === undefined || isAway({ code });
}

function firstLines(logs: string | null): string {
  return (logs ?? 'it was interrupted').trim().split('\n').filter(Boolean).slice(0, 6).join(' ');
}

/** What is wrong with a status, each line with its mend; empty when all is well. */
export function migrationFaults(status: MigrationStatus): string[] {
  const faults = status.failed.map(({ name, reason, interrupted }) =>
    interrupted
      ? `Migration ${name} was interrupted and did nothing. Mend: start Steward, or run \`steward migrate\`: either takes it up again.`
      : `Migration ${name} failed (${reason}). Mend: remove the cause, then run \`steward migrate --retry ${name}\`; a failed migration left nothing behind unless its file says it runs outside a transaction. Or restore a backup.`,
  );
  for (const name of status.edited)
    faults.push(
      `Migration ${name} was applied with another text than this program has. Mend: run the release that made the database, or compare the schema with \`steward doctor\`; an applied migration is never edited.`,
    );
  if (status.ahead.length > 0)
    faults.push(
      `The database is newer than this program: it has ${status.ahead.join(', ')}. Mend: update Steward; the previous version keeps working meanwhile.`,
    );
  return faults;
}

/** What failed and is this program's own. A newer program's migration that failed left the schema this one works on. */
function ownFailures({ failed, ahead }: MigrationStatus): MigrationStatus['failed'] {
  return failed.filter(({ name }) => !ahead.includes(name));
}

/** Faults that forbid applying anything. */
function refusals(status: MigrationStatus): string[] {
  const faults = migrationFaults({ ...status, failed: ownFailures(status), edited: [], ahead: [] });
  if (status.pending.length > 0 && status.ahead.length > 0)
    faults.push(
      `The database has migrations this program does not know (${status.ahead.join(', ')}) and lacks some it knows (${status.pending.join(', ')}): they come from different branches. Mend: run the release that made the database.`,
    );
  return faults;
}

/** @throws Upstream when something forbids applying; what was interrupted does not. */
function refuse(status: MigrationStatus): void {
  const faults = refusals({ ...status, failed: status.failed.filter(({ interrupted }) => !interrupted) });
  if (faults.length > 0) throw new Upstream('postgresql', faults.join('\n'));
}

/**
 * Keeps every other process from migrating, or restoring into, this database until `client` ends.
 * @throws Upstream when another had it for longer than `waitMs`.
 */
export async function holdMigrations(client: pg.Client, waitMs: number, log: (message: string) => void): Promise<void> {
  await holdLock(client, LOCK_KEY, waitMs, log);
}

async function holdLock(client: pg.Client, key: number, waitMs: number, log: (message: string) => void): Promise<void> {
  const until = performance.now() + waitMs;
  let told = false;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [key]);
    if (rows[0]?.taken) return;
    if (performance.now() >= until)
      throw new Upstream(
        'postgresql',
        `Another process has been migrating this database for more than ${Math.round(waitMs / 1000)} s. Mend: wait for it, or give a longer --lock-wait; if it hangs, end it (its lock goes with its connection).`,
      );
    if (!told) log('another process is migrating the database; waiting for it');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY_MS));
  }
}

async function apply(
  connection: pg.ClientConfig,
  migrations: readonly Migration[],
  again: readonly string[],
): Promise<string[]> {
  const { openEngine } = await import('./engine.ts');
  const engine = await openEngine(connection);
  try {
    await engine.retry(again);
    return await engine.apply(migrations);
  } finally {
    await engine.close();
  }
}

/** Runs `work` if nobody migrates, and keeps everybody from beginning to meanwhile. */
async function whileNobodyMigrates(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS taken', [
    LOCK_KEY,
  ]);
  if (!rows[0]?.taken) return;
  try {
    await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [LOCK_KEY]);
  }
}

async function waitForOthers(
  client: pg.Client,
  migrations: readonly Migration[],
  waitMs: number,
): Promise<MigrationStatus> {
  const until = performance.now() + waitMs;
  for (;;) {
    const status = await readStatus(client, migrations);
    if (status.pending.length === 0 && ownFailures(status).length === 0) return status;
    // One that is being applied looks like one that failed: what stands there counts when nobody holds the lock.
    await whileNobodyMigrates(client, async () => refuse(await readStatus(client, migrations)));
    if (performance.now() >= until)
      throw new Upstream(
        'postgresql',
        `Nobody applied ${status.pending.join(', ')} within ${Math.round(waitMs / 1000)} s. Mend: run \`steward migrate\` (in Kubernetes: look at the migration job).`,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/**
 * Applies what is pending. When nothing is, this costs two connections and a query: the engine is not even loaded.
 * @throws ConfigurationError when the server does not fit; Upstream, with the mend, when a migration failed or the lock was not free in time.
 */
export async function migrate(connection: pg.ClientConfig, options: MigrateOptions = {}): Promise<MigrateResult> {
  const log = options.log ?? (() => {});
  const lockWaitMs = options.lockWaitMs ?? 60_000;
  const migrations = options.migrations ?? readMigrations();
  const client = await connectChecked(connection);
  try {
    const before = await readStatus(client, migrations);
    if (before.pending.length === 0 && ownFailures(before).length === 0) {
      for (const fault of migrationFaults(before)) log(fault);
      return { applied: [], status: before };
    }
    const waitOnly = options.waitOnly || (options.ifEmpty && before.applied.length > 0);
    if (waitOnly) return { applied: [], status: await waitForOthers(client, migrations, lockWaitMs) };
    await holdMigrations(client, lockWaitMs, log);
    // A program that died leaves its lock, and the server may still be at what it asked for.
    await holdLock(client, SCRIPT_KEY, lockWaitMs, log);
    await client.query('SELECT pg_advisory_unlock($1)', [SCRIPT_KEY]);
    const locked = await readStatus(client, migrations);
    const again = ownFailures(locked).filter(({ name, interrupted }) => interrupted || name === options.retry);
    refuse({ ...locked, failed: locked.failed.filter(({ name }) => name !== options.retry) });
    if (locked.pending.length === 0 && again.length === 0) return { applied: [], status: locked };
    for (const { name, reason } of again) log(`taking up ${name} again (${reason})`);
    log(`applying ${locked.pending.join(', ')}`);
    let applied: string[];
    try {
      applied = await apply(
        connection,
        migrations,
        again.map(({ name }) => name),
      );
    } catch (error) {
      const after = await readStatus(client, migrations).catch(() => undefined);
      const faults = after ? refusals(after) : [];
      throw new Upstream('postgresql', faults.length > 0 ? faults.join('\n') : errorMessage(error), { cause: error });
    }
    const after = await readStatus(client, migrations);
    refuse(after);
    for (const fault of migrationFaults(after)) log(fault);
    return { applied, status: after };
  } finally {
    // Ends the session and with it the advisory lock.
    await client.end().catch(() => {});
  }
}

/** What is applied, pending, failed, edited or ahead. Changes nothing. */
export async function migrationStatus(
  connection: pg.ClientConfig,
  migrations: readonly Migration[] = readMigrations(),
): Promise<MigrationStatus> {
  const client = await connectChecked(connection);
  try {
    return await readStatus(client, migrations);
  } finally {
    await client.end().catch(() => {});
  }
}
