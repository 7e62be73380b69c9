/** Finds a container engine and builds the image once for a whole run; says why when it cannot. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { version } from '../../src/core/version.ts';

/** What the image is built from in these tests, to be found again in its labels and in /info. */
export const BUILT = {
  revision: '0123abcd',
  created: '2026-11-25T12:00:00Z',
  source: 'https://git.example.net/steward',
};

declare module 'vitest' {
  export interface ProvidedContext {
    engine: {
      /** Why there is none; undefined when there is one. */
      reason?: string;
      /** What reaches the engine. */
      env: Record<string, string>;
      /** The image as built for this run. */
      image: string;
    };
  }
}

const root = path.join(import.meta.dirname, '../..');
/** A folder beside the repository may hold an engine of its own and base images for machines that cannot pull any. */
const up = path.join(root, '../shared/docker/up');
const baseImages = path.join(root, '../shared/cluster/base-images');

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const result = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return { ok: result.status === 0, out: result.stdout ?? '', err: result.stderr || String(result.error ?? '') };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** The variables that point `docker` at an engine, or why there is none. */
function findEngine(): { env: Record<string, string> } | { reason: string } {
  if (existsSync(up)) {
    if (existsSync(baseImages)) {
      const made = run(baseImages, ['debian', 'node', 'postgres', 'prometheus'], process.env);
      if (!made.ok) return { reason: `the base images could not be made: ${lastLine(made.err)}` };
    }
    const started = run(up, [], process.env);
    if (!started.ok) return { reason: `the engine did not start: ${lastLine(started.err)}` };
    const exports = [...started.out.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    return { env: Object.fromEntries(exports) };
  }
  const asked = run('docker', ['version', '--format', '{{.Server.Version}}'], process.env);
  return asked.ok ? { env: {} } : { reason: `no container engine: ${lastLine(asked.err)}` };
}

export default function setup(project: TestProject): (() => void) | undefined {
  const found = findEngine();
  if ('reason' in found) {
    console.log(`the image is not tested here: ${found.reason}`);
    project.provide('engine', { reason: found.reason, env: {}, image: '' });
    return undefined;
  }
  const env = { ...process.env, ...found.env };
  const image = `steward-test:${process.pid}`;
  const args = { VERSION: version, REVISION: BUILT.revision, CREATED: BUILT.created, SOURCE: BUILT.source };
  const given = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const built = run('docker', ['build', '--tag', image, ...given, '.'], env);
  if (!built.ok) throw new Error(`the image could not be built:\n${built.err.split('\n').slice(-40).join('\n')}`);
  project.provide('engine', { env: found.env, image });
  return () => void run('docker', ['image', 'rm', '--force', image], env);
}
