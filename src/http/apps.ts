/** The two Express apps: the public side, and the metrics side that no ingress leads to. */
import { randomUUID } from 'node:crypto';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type { Clock } from '../core/clock.ts';
import { type Logger, withLogContext } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Database } from '../storage/database.ts';
import { limit } from './limits.ts';
import { isLocal, isProbe, type ProbeOptions, plainPath, probes } from './probes.ts';
import { problem, problems } from './problem.ts';
import { securityHeaders, toHttps } from './security.ts';
import { telegramWebhook, type WebhookOptions } from './webhook.ts';

export interface AppOptions extends ProbeOptions {
  readonly db: () => Database | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Express's "trust proxy": how many proxies stand in front, or their addresses */
  readonly trustedProxies: number | readonly string[];
  readonly forceHttps: boolean;
  /** Where people reach the public side, when it is known. */
  readonly publicUrl?: string | undefined;
  readonly webhook: WebhookOptions | undefined;
  /** Stores an unforeseen error and returns its reference. */
  readonly onBug: (error: unknown, place: string) => string;
}

/** Requests a minute of one client to the API, over all replicas. */
const API_A_MINUTE = 100;
/** To addresses nobody serves: counted by each process for itself, so that a stranger costs no query and leaves no row. */
const ELSEWHERE_A_MINUTE = 100;
/** Probes come from kubelets and monitors, several a second at worst. */
const PROBES_A_MINUTE = 1_200;

/** An id of the request for log and answer: the caller's where it is well formed, else ours. */
function requestId(request: Request): string {
  const given = request.get('x-request-id') ?? '';
  return /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
}

const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Routes, not addresses: an address somebody makes up must not become a label, nor a secret in one reach the metrics. */
function routeOf(request: Request, options: AppOptions): string {
  if (options.webhook && request.path === options.webhook.path) return '/telegram/webhook';
  const path = plainPath(request.path);
  return isProbe(path) || path === '/info' || path === '/metrics' ? path : 'other';
}

function observed(options: AppOptions): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const id = requestId(request);
    response.locals['requestId'] = id;
    response.set('X-Request-Id', id);
    const method = METHODS.has(request.method) ? request.method : 'other';
    const asked = routeOf(request, options);
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const code = response.writableFinished ? String(response.statusCode) : 'aborted';
      const route = code === '404' ? 'other' : asked;
      options.metrics.count('steward_http_requests_total', { route, method, code });
      options.metrics.observe('steward_http_request_seconds', { route }, seconds);
      options.log.debug('request', { requestId: id, route, method, status: code, ms: Math.round(seconds * 1000) });
    });
    withLogContext({ requestId: id }, next);
  };
}

function finishApp(app: Express, options: AppOptions): Express {
  app.use((_request, response) => problem(response, 404));
  app.use(problems((error, request) => options.onBug(error, `http ${request.method}`)));
  return app;
}

function bareApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustedProxies);
  app.use(...securityHeaders(), observed(options));
  // The server lets requests without a Host through, so that this answer is like all others.
  app.use((request, response, next) =>
    request.httpVersion === '1.1' && request.headers.host === undefined
      ? problem(response, 400, 'The Host header is missing.')
      : next(),
  );
  return app;
}

/** The public side: probes, Telegram's webhook. */
export function createPublicApp(options: AppOptions): Express {
  const { clock } = options;
  const app = bareApp(options);
  app.use(toHttps(options.forceHttps, options.publicUrl));
  if (options.webhook) app.use(telegramWebhook(options.webhook));
  // A probe must answer while the database hangs: counted in memory only.
  const none = () => undefined;
  app.use(['/health', '/info'], limit({ name: 'probe', perMinute: PROBES_A_MINUTE, db: none, clock }));
  app.use(probes(options, isLocal));
  const api = limit({ name: 'api', perMinute: API_A_MINUTE, db: options.db, clock });
  const elsewhere = limit({ name: 'elsewhere', perMinute: ELSEWHERE_A_MINUTE, db: none, clock });
  app.use((request, response, next) =>
    /^\/api(?:\/|$)/i.test(request.path) ? api(request, response, next) : elsewhere(request, response, next),
  );
  return finishApp(app, options);
}

/** The metrics side: everything with detail, for those who can reach the port. */
export function createMetricsApp(options: AppOptions): Express {
  const app = bareApp(options);
  app.get('/metrics', async (_request, response) => {
    const { contentType, body } = await options.metrics.expose();
    response.set('Content-Type', contentType).set('Cache-Control', 'no-store').send(body);
  });
  app.use(probes(options, () => true));
  return finishApp(app, options);
}
