/** The cluster on disk: made by initdb whole or not at all, and configured anew at every start. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type Account, allowedClients } from './account.ts';
import type { Binaries } from './binaries.ts';
import { misplaced, serverFailure } from './failure.ts';

/** Role and database of the embedded server. */
export const ROLE = 'steward';
const MAJOR = '18';

/** Nothing of ours goes to PostgreSQL: no token, no key, no locale, no PG* of the person's shell. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/**
 * How a process of `account` names its cluster. As another user it may not be able to walk to it (a data folder below /root), but
 * its working directory, entered before it gives up root's rights, it may use.
 */
export function clusterPath(cluster: string, account: Account): string {
  return account.foreign && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

function settings(socketFolder: string): string {
  const values: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '32MB',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    effective_cache_size: '256MB',
    wal_buffers: '1MB',
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    max_worker_processes: '4',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_wal_senders: '0',
    wal_level: 'minimal',
    autovacuum_max_workers: '1',
    autovacuum_worker_slots: '1',
    io_method: 'sync',
    jit: 'off',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // What people wrote stays out of the log: no statements, and no DETAIL, which quotes rows.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    cluster_name: 'steward',
    update_process_title: 'off',
  };
  const lines = Object.entries(values).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written by Steward at every start.\n${lines.join('\n')}\n`;
}

/** Writes the server's configuration. Clients are known by their system user, so there is no password to lose. */
export function configure(cluster: string, dataDir: string, socketFolder: string, account: Account): void {
  const clients = allowedClients(account, dataDir).map((name) => `steward "${name.replaceAll('"', '""')}" ${ROLE}\n`);
  const files = {
    'postgresql.conf': settings(socketFolder),
    'pg_hba.conf': `local all ${ROLE} peer map=steward\n`,
    'pg_ident.conf': clients.join(''),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(cluster, name);
    writeFileSync(file, content, { mode: 0o600 });
    if (account.foreign) chownSync(file, account.uid, account.gid);
  }
}

function initialise(binaries: Binaries, folder: string, account: Account): Promise<void> {
  const at = clusterPath(folder, account);
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
  const access = [`--username=${ROLE}`, '--auth-local=peer', '--auth-host=reject'];
  const child = spawn(binaries.initdb, ['-D', at, '--data-checksums', '--no-instructions', ...locale, ...access], {
    cwd: folder,
    env: SERVER_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account.foreign && { uid: account.uid, gid: account.gid }),
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(serverFailure('be run', error.message, error)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(serverFailure('make its database', output))));
  });
}

/** Makes the cluster when there is none; says whether it did. Throws when one is there that this PostgreSQL cannot open. */
export async function ensureCluster(cluster: string, binaries: Binaries, account: Account): Promise<boolean> {
  const parent = path.dirname(cluster);
  const base = path.basename(cluster);
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${base}.new-`)) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  if (statSync(cluster, { throwIfNoEntry: false })) {
    let version = '';
    try {
      version = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
    } catch {
      if (readdirSync(cluster).length > 0)
        throw misplaced(
          `${cluster} is there but holds no PostgreSQL data`,
          'move it away, choose another STEWARD_DATA_DIR',
        );
      rmSync(cluster, { recursive: true });
    }
    if (version === MAJOR) return false;
    if (version)
      throw misplaced(
        `The database in ${cluster} was made by PostgreSQL ${version}, this Steward carries ${MAJOR}`,
        'back up with the Steward that made it and restore here (`steward backup`, `steward restore`)',
      );
  }
  const draft = `${cluster}.new-${process.pid}`;
  mkdirSync(draft, { mode: 0o700 });
  try {
    if (account.foreign) chownSync(draft, account.uid, account.gid);
    await initialise(binaries, draft, account);
    chmodSync(draft, 0o700);
    renameSync(draft, cluster);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  return true;
}
