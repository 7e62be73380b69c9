/** One postmaster: found by its pid file, started, waited for, stopped. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { errorCode } from '../../core/errors.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { clusterPath, SERVER_ENVIRONMENT } from './cluster.ts';
import { serverFailure } from './failure.ts';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const POLL_MS = 5;

/** What postmaster.pid says: its third to last lines are PostgreSQL's own format since version 10. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

/** Reads the pid file; undefined when there is none or it is not yet whole. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, socketFolder: lines[4] ?? '', ready: (lines[7] ?? '').trim() === 'ready' };
}

/** Whether a process `pid` lives. One that ended but was never reaped (process 1 of many containers reaps no strangers) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    // Gone since, or there is no /proc here to ask.
    return !existsSync('/proc/self');
  }
}

/** Whether the process that a pid file names is really the server of this cluster: after a reboot the number may be anyone's. */
export function serves(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') {
    const named = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
    return named.status !== 0 || path.basename(named.stdout.trim()).startsWith('postgres');
  }
  try {
    const there = statSync(`/proc/${pid}/cwd`);
    const here = statSync(cluster);
    return (
      there.ino === here.ino &&
      there.dev === here.dev &&
      path.basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres')
    );
  } catch {
    // Another user's process hides where it is: not ours, since ours is of our user or we are root.
    return false;
  }
}

/** Removes a pid file whose server is gone. Only under the start lock. */
export function removeStalePidFile(cluster: string): void {
  rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function readFrom(file: string, offset: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const length = Math.min(fstatSync(descriptor).size - offset, 16_384);
    if (length <= 0) return '';
    const buffer = Buffer.alloc(length);
    readSync(descriptor, buffer, 0, length, offset);
    return buffer.toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Starts a postmaster as its own session (the terminal's Ctrl-C must not reach it before our drain) and waits until it takes connections. */
export async function startPostmaster(
  cluster: string,
  binaries: Binaries,
  account: Account,
  logFile: string,
): Promise<ChildProcess> {
  const log = openSync(logFile, 'a', 0o600);
  const offset = fstatSync(log).size;
  const child = spawn(binaries.postgres, ['-D', clusterPath(cluster, account)], {
    cwd: cluster,
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
    ...(account.foreign && { uid: account.uid, gid: account.gid }),
  });
  closeSync(log);
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  // The server outlives us when others use it: it must not keep our event loop alive.
  child.unref();
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (failure) throw serverFailure('be run', failure.message, failure);
    if (child.exitCode !== null || child.signalCode !== null) throw serverFailure('start', readFrom(logFile, offset));
    const postmaster = readPostmaster(cluster);
    if (postmaster?.pid === child.pid && postmaster?.ready) return child;
    await pause(POLL_MS);
  }
  child.kill('SIGQUIT');
  throw serverFailure(`start within ${READY_WITHIN_MS / 1000} seconds`, readFrom(logFile, offset));
}

/** Waits until a server that someone else started takes connections; false when it ended instead. */
export async function waitUntilReady(cluster: string): Promise<boolean> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    const postmaster = readPostmaster(cluster);
    if (!postmaster || !serves(postmaster.pid, cluster)) return false;
    if (postmaster.ready) return true;
    await pause(POLL_MS);
  }
  throw serverFailure('become ready', '');
}

/** Fast shutdown: sessions are ended, everything is written. After 15 s an immediate one, which costs a recovery at the next start. */
export async function stopPostmaster(pid: number): Promise<void> {
  const until = performance.now() + STOP_WITHIN_MS;
  let signal: NodeJS.Signals = 'SIGINT';
  for (;;) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    while (isAlive(pid)) {
      if (signal === 'SIGINT' && performance.now() > until) break;
      if (performance.now() > until + STOP_WITHIN_MS) throw serverFailure('stop', '');
      await pause(POLL_MS);
    }
    if (signal === 'SIGQUIT' || !isAlive(pid)) return;
    signal = 'SIGQUIT';
  }
}
