/** `steward` as a process of its own, on a database of the test's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { EmbeddedConnection } from '../../src/storage/embedded.ts';

export interface Ended {
  /** exit code; null: killed */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** what was written so far, both streams */
  said(): string;
}

const BIN = path.join(import.meta.dirname, '..', '..', 'bin', 'steward.js');

/** The variables that name a test's database. */
export function databaseSettings(connection: EmbeddedConnection): Record<string, string> {
  return {
    DATABASE_HOST: connection.host,
    DATABASE_PORT: String(connection.port),
    DATABASE_NAME: connection.database,
    DATABASE_USER: connection.user,
  };
}

/** Starts `steward ARGS` in `folder`; nothing of the caller's settings reaches it. */
export function start(folder: string, settings: Readonly<Record<string, string>>, args: readonly string[]): Running {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { PATH, HOME, STEWARD_DATA_DIR: path.join(folder, 'data'), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  return { child, ended, said: () => stdout + stderr };
}

/** Files in a folder, hidden ones too; none where there is no folder. */
export function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Waits until `holds`, asking often: what is waited for may last milliseconds only. */
export async function soon(what: string, holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const until = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
