/** A real S3 server (versitygw) for tests: found on the machine, started on loopback over a folder, ended by its id. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../support/steady/ports.ts';

export interface S3Server {
  readonly endpoint: string;
  /** its buckets are folders here */
  readonly folder: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Kills it, as a service that goes away. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the program is, or undefined. `.ci/run` builds it where there is Go. */
export function s3Program(): string | undefined {
  const places = [
    process.env['VERSITYGW'],
    path.join(homedir(), '.cache', 'steward-test', 'versitygw'),
    path.join(homedir(), 'go', 'bin', 'versitygw'),
    ...(process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'versitygw')),
  ];
  return places.find((place) => {
    try {
      if (place) accessSync(place, constants.X_OK);
      return Boolean(place);
    } catch {
      return false;
    }
  });
}

function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** Starts it with a bucket of this name. */
export async function startS3(program: string, bucket: string): Promise<S3Server> {
  const root = mkdtempSync(path.join(tmpdir(), 'steward-s3-'));
  const folder = path.join(root, 'buckets');
  mkdirSync(path.join(folder, bucket), { recursive: true });
  mkdirSync(path.join(root, 'meta'));
  const [accessKey, secretKey] = ['steward-test-key', 'steward-test-secret-0123456789'];
  const port = await freePort();
  const args = ['--access', accessKey, '--secret', secretKey, '--port', `127.0.0.1:${port}`, '--quiet'];
  // Meta data beside the files: not every file system of a test machine has extended attributes.
  const child = spawn(program, [...args, 'posix', '--sidecar', path.join(root, 'meta'), folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const until = performance.now() + 60_000;
  while (
    !(await fetch(endpoint).then(
      () => true,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || performance.now() > until) throw new Error(`versitygw did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone(child);
  };
  return {
    endpoint,
    folder,
    accessKey,
    secretKey,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      rmSync(root, { recursive: true, force: true });
    },
  };
}
