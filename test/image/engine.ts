/** Containers for tests: started, asked, and gone with the test. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject, onTestFinished } from 'vitest';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Do not throw when the command fails: its code is what is asked for. */
  readonly mayFail?: boolean;
}

/** Runs `docker`. Throws with what it wrote when it fails. */
export function docker(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...inject('engine').env, ...options.env };
    const settings = {
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      ...(options.cwd && { cwd: options.cwd }),
    } as const;
    const child = execFile('docker', args, settings, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      if (code === 0 || options.mayFail) resolve({ code, out, err });
      else reject(new Error(`docker ${args.join(' ')} failed (${code}):\n${out}\n${err}`));
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input ?? '');
  });
}

let count = 0;

/** A name no other run uses. */
export function uniqueName(what: string): string {
  count += 1;
  return `steward-test-${process.pid}-${count}-${what}`;
}

/** As little as the image needs: what every container of these tests is confined to. */
export const CONFINED = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

/** Runs the image once, with nothing around it. */
export function once(command: readonly string[], args: readonly string[] = [], input?: string): Promise<Outcome> {
  const run = ['run', '--rm', '--interactive', ...CONFINED, '--network', 'none', ...args, inject('engine').image];
  return docker([...run, ...command], { mayFail: true, ...(input !== undefined && { input }) });
}

/** A container in the background; removed with its volumes when the test is over. Returns its name. */
export async function start(
  what: string,
  args: readonly string[],
  image: string,
  command: readonly string[] = [],
): Promise<string> {
  const name = uniqueName(what);
  onTestFinished(async () => void (await docker(['rm', '--force', '--volumes', name], { mayFail: true })));
  await docker(['run', '--detach', '--name', name, ...args, image, ...command]);
  return name;
}

/** A network that leads nowhere else. */
export async function closedNetwork(): Promise<string> {
  const name = uniqueName('network');
  // Removed last: hooks run in reverse order.
  onTestFinished(async () => void (await docker(['network', 'rm', name], { mayFail: true })));
  await docker(['network', 'create', '--internal', name]);
  return name;
}

export async function volume(): Promise<string> {
  const name = uniqueName('volume');
  onTestFinished(async () => void (await docker(['volume', 'rm', '--force', name], { mayFail: true })));
  await docker(['volume', 'create', name]);
  return name;
}

/** A folder of the machine; gone with the test. */
export function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'steward-image-'));
  // The image's user is another than ours.
  chmodSync(made, 0o755);
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Everything a container wrote. */
export async function logs(name: string): Promise<string> {
  const { out, err } = await docker(['logs', name]);
  return `${out}${err}`;
}

/** Waits until `holds`; on time-out tells what `what` says. */
export async function until(
  what: () => string | Promise<string>,
  holds: () => Promise<boolean>,
  withinMs = 90_000,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${await what()}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
