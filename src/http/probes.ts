/** /health, /health/live, /health/ready and /info, with detail only for those it is meant for. */
import { type Request, type Response, Router } from 'express';
import type { HealthReport } from '../observability/health.ts';

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

export interface ProbeOptions {
  readonly health: () => Promise<HealthReport>;
  /** Why requests should not come here; empty: they may. Bounded by itself. */
  readonly notReady: () => Promise<readonly string[]>;
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

/** The probes. `detailed` says who sees more than a status. */
export function probes(options: ProbeOptions, detailed: (request: Request) => boolean): Router {
  const router = Router();
  const noStore = (response: Response) => response.set('Cache-Control', 'no-store');

  // From the event loop alone: a hung database must not have a living process killed.
  router.get('/health/live', (_request, response) => {
    noStore(response).json({ status: 'ok' });
  });
  router.get('/health/ready', async (request, response) => {
    const reasons = await options.notReady();
    noStore(response).status(reasons.length === 0 ? 200 : 503);
    response.json(
      reasons.length === 0 ? { status: 'ok' } : { status: 'unavailable', ...(detailed(request) ? { reasons } : {}) },
    );
  });
  router.get('/health', async (request, response) => {
    const report = await options.health();
    noStore(response).status(report.status === 'down' ? 503 : 200);
    response.json(
      detailed(request)
        ? { status: report.status, version: options.version, checks: report.checks }
        : { status: report.status },
    );
  });
  router.get('/info', (request, response, next) => {
    if (!detailed(request)) return next();
    noStore(response).json(options.info());
  });
  return router;
}
