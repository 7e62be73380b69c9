/** kubectl and helm on the cluster of the run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

export const ground = inject('ground');
export const chart = fileURLToPath(new URL('../../charts/steward/', import.meta.url));

const environment = { ...process.env, KUBECONFIG: ground.kubeconfig, PATH: `${ground.path}:${process.env['PATH']}` };

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Started and not ended, so that none outlives the tests. */
const living = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts a program and leaves it running; the caller ends it. */
export function begin(program: string, given: readonly string[]): ChildProcess {
  const child = spawn(program, given, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Runs a program to its end, whatever its exit code. */
export function outcome(program: string, given: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = begin(program, given);
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += String(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += String(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin?.end(input);
  });
}

async function succeed(program: string, given: readonly string[], input?: string): Promise<string> {
  const { code, out, err } = await outcome(program, given, input);
  if (code !== 0) throw new Error(`${program} ${given.join(' ')}: exit ${code}\n${err}${out}`);
  return out;
}

/** Throws what kubectl says when it fails. */
export const kubectl = (...given: string[]): Promise<string> => succeed('kubectl', given);

/** Applies manifests, as YAML or as an object. */
export const apply = (namespace: string, manifest: string | object): Promise<string> =>
  succeed(
    'kubectl',
    ['-n', namespace, 'apply', '-f', '-'],
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  );

/** Throws what Helm says when it fails. */
export const helm = (given: readonly string[], input?: string): Promise<string> => succeed('helm', given, input);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves with the first truthy answer; a throw counts as none. Throws after `seconds`, with the last reason. */
export async function within<T>(seconds: number, what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let reason = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      reason = String(error);
    }
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what} ${reason}`);
    await sleep(500);
  }
}

/** Prints a figure of the run. */
export function told(what: string, figure: string): void {
  console.log(`  ${what}: ${figure}`);
}

export const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
