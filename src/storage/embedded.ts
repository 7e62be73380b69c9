/**
 * PostgreSQL for people who have none: made in the data folder, started, shared and stopped by the Stewards that use it.
 *
 * Every process that uses the server shares a lock on `run/in-use.lock`, which the kernel drops when the process dies. Starting and
 * stopping happen under `run/start.lock`. Whoever leaves last stops the server: a start beside a running Steward joins it, and the
 * first may end before the second. A server left behind by a killed Steward is joined by the next start.
 */
import { chmodSync, existsSync, lchownSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { errorMessage } from '../core/errors.ts';
import { type Account, serverAccount } from './postgres/account.ts';
import { type Binaries, findBinaries } from './postgres/binaries.ts';
import { configure, ensureCluster, ROLE } from './postgres/cluster.ts';
import { folderFailure, misplaced, StillHeld, serverFailure } from './postgres/failure.ts';
import { type FileLock, tryExclusive, tryShared, waitForLock } from './postgres/lock.ts';
import { boundLog } from './postgres/log-file.ts';
import {
  isAlive,
  readPostmaster,
  removeStalePidFile,
  serves,
  startPostmaster,
  stopPostmaster,
  waitUntilReady,
} from './postgres/process.ts';
import { removeSocketFolder, socketFolder } from './postgres/socket.ts';

const START_LOCK_WAIT_MS = 90_000;
const WATCH_MS = 250;
const UNSEEN_WAIT_MS = 5_000;
/** Children of a killed server end when they look for it; one that recovers or writes looks late. */
const REMAINS_WAIT_MS = 20_000;
const LOG_CHECK_MS = 60_000;
/** A try costs some milliseconds, and reminders wait for it: once a full disk has space again, this is how late they are. */
const LONGEST_RESTART_PAUSE_MS = 5_000;
/** Why it does not start is told so often while nothing changes. */
const SAME_REASON_MS = 60_000;

/** How to reach the server: Unix socket folder, role, database. The system user is the proof, so there is no password. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  /** Stays the same when the server is started again after a crash. */
  readonly connection: EmbeddedConnection;
  /** Whether this call made the data folder's database, started the server, or joined a running one. */
  readonly origin: 'created' | 'started' | 'joined';
  /** Process id of the postmaster at present. */
  pid(): number;
  /** Calls `listener` when the server ended without being told to; it is started again by itself. Returns the way to stop listening. */
  onExit(listener: (reason: string) => void): () => void;
  /** Leaves the server, and stops it (fast shutdown) when no other process uses it. May be called twice. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** STEWARD_DATA_DIR; made when missing. */
  dataDir: string;
  /** `trouble`: something is wrong with the server. */
  log: (message: string, trouble?: boolean) => void;
}

interface Place {
  readonly dataDir: string;
  readonly cluster: string;
  readonly run: string;
  readonly logFile: string;
  readonly account: Account;
}

/** Step by step: Node's own way of making parents too never returns where a file system refuses with "not found" (as /proc does). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function prepare(dataDir: string): Place {
  try {
    makeFolder(path.resolve(dataDir));
    const real = realpathSync(dataDir);
    const cluster = path.join(real, 'postgres');
    const run = path.join(real, 'run');
    const account = serverAccount(real, cluster);
    makeFolder(run);
    chmodSync(run, 0o700);
    return { dataDir: real, cluster, run, logFile: path.join(run, 'postgres.log'), account };
  } catch (error) {
    throw folderFailure(dataDir, error);
  }
}

function connectionTo(host: string): EmbeddedConnection {
  return { host, port: 5432, user: ROLE, database: ROLE };
}

/** Makes our database when it is not there (a new cluster, or one whose maker was killed in between). */
async function ensureDatabase(connection: EmbeddedConnection): Promise<void> {
  const connect = async (database: string): Promise<pg.Client> => {
    const client = new pg.Client({ ...connection, database });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  try {
    await (await connect(connection.database)).end();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === '3D000')) throw error;
    const client = await connect('postgres');
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(connection.database)}`);
    await client.end();
  }
}

/** Runs `work` while no other process starts or stops the server of this folder. */
async function underStartLock<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const file = path.join(place.run, 'start.lock');
  const lock = await waitForLock(() => tryExclusive(file), START_LOCK_WAIT_MS);
  if (!lock)
    throw misplaced(`Another process has been starting in ${place.dataDir} for too long`, 'end it and start again');
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/**
 * Someone uses the folder though its server is not to be seen from here: a container that shares the folder. Two servers on one
 * folder would ruin it. Or, for a moment, a process that has yet to notice that its server was killed.
 */
function isUsedUnseen(place: Place, inUse: string): boolean {
  const running = readPostmaster(place.cluster);
  if (!running || serves(running.pid, place.cluster)) return false;
  const alone = tryExclusive(inUse);
  alone?.release();
  return alone === undefined;
}

/** What root made in the folder of another user becomes that user's, so that a later start without root finds it usable. */
function giveBack(place: Place): void {
  if (!place.account.foreign || statSync(place.dataDir).uid !== place.account.uid) return;
  for (const name of ['', ...readdirSync(place.run)])
    lchownSync(path.join(place.run, name), place.account.uid, place.account.gid);
}

/** Joins the running server or starts one. Under the start lock. */
async function bringUp(
  place: Place,
  binaries: () => Binaries,
  keep: string | undefined,
): Promise<{ origin: EmbeddedPostgres['origin']; pid: number; host: string }> {
  const running = readPostmaster(place.cluster);
  if (running && serves(running.pid, place.cluster) && (await waitUntilReady(place.cluster))) {
    return { origin: 'joined', pid: running.pid, host: running.socketFolder };
  }
  const made = await ensureCluster(place.cluster, binaries(), place.account);
  removeStalePidFile(place.cluster);
  const host = keep ?? socketFolder(place.run, place.account);
  configure(place.cluster, place.dataDir, host, place.account);
  boundLog(place.logFile);
  const child = await startPostmaster(place.cluster, binaries(), place.account, place.logFile);
  await ensureDatabase(connectionTo(host));
  return { origin: made ? 'created' : 'started', pid: child.pid ?? 0, host };
}

/**
 * Starts, or joins, the PostgreSQL of `dataDir` and watches it until `stop`.
 * @throws ConfigurationError when the folder, the user or the platform does not fit, Upstream when the server fails; both say the mend.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const place = prepare(options.dataDir);
  let found: Binaries | undefined;
  const binaries = () => {
    found ??= findBinaries(place.account, place.run);
    return found;
  };
  const inUse = path.join(place.run, 'in-use.lock');
  let use: FileLock | undefined;
  const begun = performance.now();
  let held: StillHeld | undefined;
  const enter = async () => {
    held = undefined;
    if (isUsedUnseen(place, inUse)) return undefined;
    try {
      const up = await bringUp(place, binaries, undefined);
      use = tryShared(inUse);
      giveBack(place);
      return up;
    } catch (error) {
      if (!(error instanceof StillHeld)) throw folderFailure(place.dataDir, error);
      held = error;
      return undefined;
    }
  };
  let entered = await underStartLock(place, enter);
  while (!entered) {
    if (performance.now() - begun > (held ? REMAINS_WAIT_MS : UNSEEN_WAIT_MS))
      throw (
        held ??
        misplaced(
          `${place.dataDir} is in use by another Steward whose PostgreSQL cannot be reached from here`,
          'stop that one, give this one its own STEWARD_DATA_DIR',
        )
      );
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    entered = await underStartLock(place, enter);
  }
  let server = entered;
  options.log(`embedded PostgreSQL ${server.origin} (process ${server.pid})`);

  const listeners = new Set<(reason: string) => void>();
  let stopping: Promise<void> | undefined;
  let restarting = false;
  let pauseMs = 0;

  async function restart(): Promise<void> {
    restarting = true;
    const reason = `PostgreSQL (process ${server.pid}) ended unexpectedly`;
    options.log(`${reason}; starting it again`, true);
    let told: { readonly why: string; readonly at: number } | undefined;
    for (const listener of listeners) listener(reason);
    while (!stopping) {
      try {
        const host = server.host;
        server = await underStartLock(place, () => bringUp(place, binaries, host));
        options.log(`embedded PostgreSQL is back (process ${server.pid})`);
        pauseMs = 0;
        break;
      } catch (error) {
        pauseMs = Math.min(Math.max(250, pauseMs * 2), LONGEST_RESTART_PAUSE_MS);
        const why = errorMessage(error);
        const now = performance.now();
        if (told?.why !== why || now - told.at > SAME_REASON_MS) {
          options.log(`${why} It is tried again until it succeeds.`, true);
          told = { why, at: now };
        }
        const until = now + pauseMs;
        while (!stopping && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    restarting = false;
  }

  let restarted: Promise<void> = Promise.resolve();
  const watch = setInterval(() => {
    if (!restarting && !stopping && !isAlive(server.pid)) restarted = restart();
  }, WATCH_MS);
  const bound = setInterval(() => boundLog(place.logFile), LOG_CHECK_MS);
  watch.unref();
  bound.unref();

  async function leave(): Promise<void> {
    clearInterval(watch);
    clearInterval(bound);
    await restarted;
    await underStartLock(place, async () => {
      use?.release();
      const last = tryExclusive(inUse);
      if (!last) return options.log('embedded PostgreSQL left to the other processes that use it');
      last.release();
      const running = readPostmaster(place.cluster);
      if (running && serves(running.pid, place.cluster)) await stopPostmaster(running.pid);
      removeSocketFolder(place.run, server.host);
      options.log('embedded PostgreSQL stopped');
    });
  }

  if (!use) {
    clearInterval(watch);
    throw serverFailure('be shared', `the lock ${inUse} could not be taken`);
  }
  return {
    connection: connectionTo(server.host),
    origin: server.origin,
    pid: () => server.pid,
    onExit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      stopping ??= leave();
      return stopping;
    },
  };
}
