/** The two Express apps: the public side, and the metrics side that no ingress leads to. */
import { randomBytes } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../observability/logger.ts';
import { withLogContext } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Database } from '../storage/database.ts';
import { limit } from './limits.ts';
import { isLocal, type ProbeOptions, probes } from './probes.ts';
import { problem, problems } from './problem.ts';
import { telegramWebhook, type WebhookOptions } from './webhook.ts';

export interface AppOptions extends ProbeOptions {
  readonly db: () => Database | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Express's "trust proxy": how many proxies stand in front, or their addresses */
  readonly trustedProxies: number | readonly string[];
  readonly forceHttps: boolean;
  readonly webhook: WebhookOptions | undefined;
  /** Stores an unforeseen error and returns its reference. */
  readonly onBug: (error: unknown, place: string) => string;
}

const YEAR_SECONDS = 31_536_000;
/** Requests a minute to anything but the webhook and the probes. */
const API_A_MINUTE = 100;
/** Probes come from kubelets and monitors, several a second at worst. */
const PROBES_A_MINUTE = 1_200;

function securityHeaders(): RequestHandler[] {
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  });
  const transport = helmet.strictTransportSecurity({ maxAge: YEAR_SECONDS, includeSubDomains: true, preload: true });
  return [secure, (request, response, next) => (request.secure ? transport(request, response, next) : next())];
}

/** An id of the request for log and answer: the caller's where it is well formed, else ours. */
function requestId(request: Request): string {
  const given = request.get('x-request-id') ?? '';
  return /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomBytes(8).toString('hex');
}

function observed(options: AppOptions): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const id = requestId(request);
    response.locals['requestId'] = id;
    response.set('X-Request-Id', id);
    response.on('finish', () => {
      const seconds = (performance.now() - started) / 1000;
      // Routes, not addresses: an address somebody makes up must not become a label.
      const path = request.path;
      const known =
        path.startsWith('/health') || path === '/info' || path === '/metrics' || path === options.webhook?.path;
      const route = response.statusCode === 404 || !known ? 'other' : path;
      const method = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)
        ? request.method
        : 'other';
      options.metrics.count('steward_http_requests_total', { route, method, code: String(response.statusCode) });
      options.metrics.observe('steward_http_request_seconds', { route }, seconds);
      options.log.debug('request', { route, method, status: response.statusCode, ms: Math.round(seconds * 1000) });
    });
    withLogContext({ requestId: id }, next);
  };
}

function redirected(forceHttps: boolean): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (!forceHttps || request.secure || request.path.startsWith('/health')) return next();
    const host = request.hostname;
    if (!/^[A-Za-z0-9.-]{1,253}$/.test(host)) return problem(response, 400, 'The Host header is not that of a site.');
    response.redirect(308, `https://${host}${request.originalUrl.startsWith('/') ? request.originalUrl : '/'}`);
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
  return app;
}

/** The public side: probes, Telegram's webhook. */
export function createPublicApp(options: AppOptions): Express {
  const app = bareApp(options);
  app.use(redirected(options.forceHttps));
  if (options.webhook) app.use(telegramWebhook(options.webhook));
  // A probe must answer while the database hangs: counted in memory only.
  app.use(
    ['/health', '/info'],
    limit({ name: 'probe', perMinute: PROBES_A_MINUTE, db: () => undefined, clock: options.clock }),
  );
  app.use(probes(options, isLocal));
  app.use(limit({ name: 'api', perMinute: API_A_MINUTE, db: options.db, clock: options.clock }));
  return finishApp(app, options);
}

/** The metrics side: everything with detail, for those who can reach the port. */
export function createMetricsApp(options: AppOptions): Express {
  const app = bareApp(options);
  app.get('/metrics', async (_request, response) => {
    const { contentType, body } = await options.metrics.expose();
    response.set('Content-Type', contentType).send(body);
  });
  app.use(probes(options, () => true));
  return finishApp(app, options);
}
