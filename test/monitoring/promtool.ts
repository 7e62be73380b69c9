/** Prometheus' own judge of rules and queries: on the PATH or named by PROMTOOL; without it the tests that need it are skipped. */
import { spawnSync } from 'node:child_process';

function works(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** The program, or undefined where there is none. */
export const promtool: string | undefined = [process.env['PROMTOOL'] ?? '', 'promtool'].find(
  (program) => program !== '' && works(program),
);

/** What a run of promtool said, and whether it was content. */
export function runPromtool(args: readonly string[], cwd: string): { ok: boolean; said: string } {
  const run = spawnSync(promtool ?? 'promtool', args, { cwd, encoding: 'utf8' });
  return { ok: run.status === 0, said: `${run.stdout}${run.stderr}` };
}
