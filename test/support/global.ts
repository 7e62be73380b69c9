/** Starts one embedded PostgreSQL for a whole test run and a migrated template in it; stops and removes both afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedConnection, startEmbedded } from '../../src/storage/embedded.ts';
import { migrate } from '../../src/storage/migrator.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How to reach the server of this run; `database` is the migrated template. */
    postgres: EmbeddedConnection;
  }
}

const TEMPLATE = 'steward_template';

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

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'steward-test-'));
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
