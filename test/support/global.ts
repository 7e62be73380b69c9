/** Starts one embedded PostgreSQL for a whole test run and a migrated template in it; stops and removes both afterwards. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedConnection, startEmbedded } from '../../src/storage/embedded.ts';
import { migrate } from '../../src/storage/migrations/migrator.ts';
import { tryExclusive } from '../../src/storage/postgres/lock.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How to reach the server of this run; `database` is the migrated template. */
    postgres: EmbeddedConnection;
  }
}

const TEMPLATE = 'steward_template';
const PREFIX = 'steward-test-';

async function makeTemplate(connection: EmbeddedConnection): Promise<EmbeddedConnection> {
  const admin = new pg.Client(connection);
  await admin.connect();
  // Durability is proved by tests that start their own server; here it would only cost time.
  for (const setting of ['fsync = off', 'synchronous_commit = off', 'full_page_writes = off'])
    await admin.query(`ALTER SYSTEM SET ${setting}`);
  await admin.query('SELECT pg_reload_conf()');
  await admin.query(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  const template = { ...connection, database: TEMPLATE };
  await migrate(template);
  return template;
}

/** Ends and removes what a killed test run left behind: a server whose folder no process uses any more. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(tmpdir(), name);
    const lock = path.join(folder, 'run', 'in-use.lock');
    // Without a lock file a run is just beginning there.
    if (!existsSync(lock)) continue;
    const alone = tryExclusive(lock);
    if (!alone) continue;
    alone.release();
    await (await startEmbedded({ dataDir: folder, log: () => {} })).stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep().catch(() => {});
  const dataDir = mkdtempSync(path.join(tmpdir(), PREFIX));
  const server = await startEmbedded({ dataDir, log: () => {} });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    project.provide('postgres', await makeTemplate(server.connection));
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
