/** Processes of the bench: each is ended by its own id, whatever happens. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const running = new Set<ChildProcess>();

/** A clean environment: nothing of the caller's settings reaches what is measured. */
export function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { ...(PATH && { PATH }), ...(HOME && { HOME }), ...(TMPDIR && { TMPDIR }), ...settings };
}

function keep(child: ChildProcess): ChildProcess {
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** Starts a program with the Node that runs the bench. */
export function startProgram(
  file: URL,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; nodeOptions?: readonly string[] },
): ChildProcess {
  return keep(
    spawn(process.execPath, [...(options.nodeOptions ?? []), fileURLToPath(file), ...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** Starts a module of the bench that speaks with us by messages. */
export function startModule(file: URL, env: NodeJS.ProcessEnv): ChildProcess {
  return keep(fork(file, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] }));
}

/** Ends a process: asked, then, after `graceMs`, killed. Resolves when it is gone. */
export async function end(child: ChildProcess, graceMs = 15_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
}

/** Ends everything still running. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => end(child, 5_000)));
}
