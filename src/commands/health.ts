/** `steward health`: asks the running process whether it is ready; for HEALTHCHECK and scripts. */
import { Command } from 'commander';
import { gather } from '../config/sources.ts';
import { errorMessage } from '../core/errors.ts';

const BOUND_MS = 3_000;

/** Where the process that has these settings answers: its public side, or the metrics port where another process has that. */
export function healthUrl(env: NodeJS.ProcessEnv, cwd: string): string {
  const { values } = gather(env, cwd, env['NODE_ENV'] === 'production');
  const host = values.get('HOST') ?? '';
  const name = ['', '0.0.0.0', '::', '[::]'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const roles = values.get('STEWARD_ROLES')?.split(',') ?? ['web'];
  if (roles.some((role) => role.trim() === 'web')) return `http://${name}:${values.get('PORT') ?? '3000'}/health/ready`;
  return `http://${name}:${values.get('METRICS_PORT') ?? '9464'}/health`;
}

/** The command for src/main.ts. */
export function healthCommand(): Command {
  return new Command('health')
    .description('ask the running Steward whether it is ready; exit code 0 or 1')
    .option('--url <url>', 'where it answers (default: as configured)')
    .action(async (flags: { url?: string }) => {
      const url = flags.url ?? healthUrl(process.env, process.cwd());
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(BOUND_MS), redirect: 'error' });
        const body: unknown = await response.json();
        const reasons =
          typeof body === 'object' && body !== null && 'reasons' in body ? ` (${String(body.reasons)})` : '';
        process.stdout.write(response.ok ? 'ready\n' : `not ready${reasons}\n`);
        process.exitCode = response.ok ? 0 : 1;
      } catch (error) {
        const cause =
          error instanceof Error && error.cause instanceof Error ? error.cause.message : errorMessage(error);
        process.stdout.write(`no answer at ${url}: ${cause}\n`);
        process.exitCode = 1;
      }
    });
}
