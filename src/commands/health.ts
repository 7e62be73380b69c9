/** `steward health`: asks the running process whether it is ready; for HEALTHCHECK and scripts. */
import { Command } from 'commander';
import { errorMessage } from '../core/errors.ts';

const BOUND_MS = 3_000;

/** The command for src/main.ts. */
export function healthCommand(): Command {
  return new Command('health')
    .description('ask the running Steward whether it is ready; exit code 0 or 1')
    .option('--url <url>', 'where it answers', `http://127.0.0.1:${process.env['PORT'] || '3000'}/health/ready`)
    .action(async ({ url }: { url: string }) => {
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
