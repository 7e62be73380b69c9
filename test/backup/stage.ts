/** Databases, folders and the calls of src/backup for its tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type BackupOptions, type Made, makeBackup } from '../../src/backup/backup.ts';
import { type Restored, type RestoreOptions, restore } from '../../src/backup/restore.ts';
import { folderTarget } from '../../src/backup/targets/folder.ts';
import type { Target } from '../../src/backup/targets/target.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import { openStores } from '../../src/storage/contents/contents.ts';
import { openDatabase } from '../../src/storage/database.ts';
import type { EmbeddedConnection } from '../../src/storage/embedded.ts';
import { loadFrom } from '../config/load.ts';

export const POLICY: BackupOptions['backup'] = {
  keepLast: 7,
  maxAgeDays: 7,
  minKeep: 3,
  ageRecipient: undefined,
  ageIdentity: undefined,
};

export interface Stage {
  readonly folder: string;
  readonly target: Target;
  /** what was logged, a line each */
  readonly log: string[];
  backup(from: EmbeddedConnection, options?: Partial<BackupOptions>): Promise<Made>;
  restore(into: EmbeddedConnection, archive: string, options?: Partial<RestoreOptions>): Promise<Restored>;
  clear(): Promise<void>;
}

/** Like the commands: a connection that is not taken for a Steward at work. */
function commandConnection<T extends object>(connection: T): T & { application_name: string } {
  return { ...connection, application_name: 'steward-backup' };
}

/** A new folder for archives. */
export function stage(clock: Clock = systemClock): Stage {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-backup-'));
  const target = folderTarget(path.join(folder, 'archives'), clock);
  const log: string[] = [];
  const stores = openStores({ dataDir: path.join(folder, 'data'), s3: loadFrom(folder, {}).s3 });
  return {
    folder,
    target,
    log,
    async backup(from, options = {}) {
      const connection = commandConnection(from);
      const db = openDatabase({ connection, max: 2, onError: () => {} });
      try {
        const made = await makeBackup({
          db,
          connection,
          target,
          backup: POLICY,
          clock,
          cause: 'command',
          stores,
          log: (line) => void log.push(line),
          ...options,
        });
        if (!made) throw new Error('somebody else made it');
        return made;
      } finally {
        await db.close();
      }
    },
    restore: (into, archive, options = {}) =>
      restore({
        connection: commandConnection(into),
        archive,
        target: target.place,
        read: () => target.read(archive),
        identity: undefined,
        clock,
        stores,
        mayReplace: () => false,
        safetyBackup: async () => {},
        log: (line) => void log.push(line),
        ...options,
      }),
    async clear() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements on a connection of their own; the rows of the last. */
export async function ask<T extends object>(
  connection: pg.ClientConfig,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Everything in the current schema as text, table by table and row by row: two databases are equal when these are. */
export async function contents(
  connection: pg.ClientConfig,
  leaveOut: readonly string[] = [],
): Promise<Record<string, string[]>> {
  const tables = await ask<{ name: string }>(
    connection,
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 1",
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    if (leaveOut.includes(name)) continue;
    const rows = await ask<{ row: string }>(connection, `SELECT t::text AS row FROM "${name}" t ORDER BY 1`);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}
