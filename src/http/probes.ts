/** /health, /health/live, /health/ready and /info, with detail only for those it is meant for. */
import { type Request, type Response, Router } from 'express';
import type { HealthReport } from '../observability/health.ts';
import { problem } from './problem.ts';

export interface Info {
  readonly name: string;
  readonly version: string;
  readonly revision: string;
  readonly builtAt: string | null;
  readonly environment: string;
  readonly startedAt: string;
  readonly uptimeSeconds: number;
  readonly node: string;
  readonly mode: string;
  readonly roles: readonly string[];
  /** name of the newest migration, or null before the database is open */
  readonly schema: string | null;
}

/** Why requests should not come here: the part, and what is wrong with it in words. */
export interface NotReady {
  readonly part: string;
  readonly message?: string;
}

export interface ProbeOptions {
  readonly health: () => Promise<HealthReport>;
  /** Empty: requests may come. Bounded by itself. */
  readonly notReady: () => Promise<readonly NotReady[]>;
  readonly info: () => Info;
  readonly version: string;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The peer is this machine, and no proxy of this machine speaks for somebody else. */
export function isLocal(request: Request): boolean {
  const forwarded = Object.keys(request.headers).some(
    (name) => name === 'forwarded' || name.startsWith('x-forwarded-'),
  );
  return !forwarded && LOOPBACK.has(request.socket.remoteAddress ?? '');
}

const PROBES = new Set(['/health', '/health/live', '/health/ready']);

/** The path as routes know it: whatever the case, with or without a closing slash. */
export function plainPath(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1).toLowerCase() : path.toLowerCase();
}

/** Whether kubelets and monitors ask here: never redirected, never made to wait for the database. */
export function isProbe(path: string): boolean {
  return PROBES.has(plainPath(path));
}

/** The probes. `detailed` says who sees more than a status. */
export function probes(options: ProbeOptions, detailed: (request: Request) => boolean): Router {
  const router = Router();

  /** Serves `path` to whom it is `there` for; to others the address does not exist, by whatever method. */
  function serve(
    path: string,
    answer: (request: Request, response: Response) => Promise<void> | void,
    there: (request: Request) => boolean = () => true,
  ): void {
    router.all(path, (request, response, next) => {
      if (!there(request)) return next();
      response.set('Cache-Control', 'no-store');
      if (request.method === 'GET' || request.method === 'HEAD') return answer(request, response);
      response.set('Allow', 'GET, HEAD');
      if (request.method === 'OPTIONS') response.type('text/plain').send('GET, HEAD');
      else problem(response, 405);
    });
  }

  // From the event loop alone: a hung database must not have a living process killed.
  serve('/health/live', (_request, response) => void response.json({ status: 'ok' }));
  serve('/health/ready', async (request, response) => {
    const reasons = await options.notReady();
    // A message may name hosts and users: outside, the part alone is the reason.
    const told = reasons.map(({ part, message }) => (message && detailed(request) ? `${part}: ${message}` : part));
    response.status(told.length === 0 ? 200 : 503);
    response.json(told.length === 0 ? { status: 'ok' } : { status: 'unavailable', reasons: told });
  });
  serve('/health', async (request, response) => {
    const { status, checks } = await options.health();
    response.status(status === 'down' ? 503 : 200);
    response.json(detailed(request) ? { status, version: options.version, checks } : { status });
  });
  serve('/info', (_request, response) => void response.json(options.info()), detailed);
  return router;
}
