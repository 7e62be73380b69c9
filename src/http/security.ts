/** What every answer carries against abuse by browsers, and the way to HTTPS. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { isProbe } from './probes.ts';
import { problem } from './problem.ts';

const YEAR_SECONDS = 31_536_000;

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
/** They are the same for every answer: made once, a dozen functions less for each. */
const SECURE = headersOf();

function headersOf(): ReadonlyArray<readonly [name: string, value: string]> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  secure(response.req, response, () => {});
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)] as const);
}

const transport = helmet.strictTransportSecurity({ maxAge: YEAR_SECONDS, includeSubDomains: true, preload: true });

/** Sets the security headers; HSTS only where the request came by HTTPS, which is known from trusted proxies alone. */
export function securityHeaders(): RequestHandler[] {
  return [
    (request, response, next) => {
      for (const [name, value] of SECURE) response.setHeader(name, value);
      if (request.secure) transport(request, response, next);
      else next();
    },
  ];
}

/** The same headers as lines, for answers to what never became a request (a malformed one, one that came too slowly). */
export function rawSecurityHeaders(): string[] {
  return SECURE.map(([name, value]) => `${name}: ${value}`);
}

/** Letters, digits, dots and dashes, or an IPv6 address in brackets: nothing that could lead a browser elsewhere. */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])$/;

/**
 * Sends plain requests to HTTPS, probes excepted. The public address decides where to, when it is known: the Host header is the
 * caller's word, and a cache in front could hand one caller's answer to another.
 */
export function toHttps(forceHttps: boolean, publicUrl: string | undefined): RequestHandler {
  const known = publicUrl?.startsWith('https://') ? new URL(publicUrl).host : undefined;
  return (request: Request, response: Response, next: NextFunction) => {
    if (!forceHttps || request.secure || isProbe(request.path)) return next();
    const host = known ?? request.hostname ?? '';
    if (!known && !HOST.test(host)) return problem(response, 400, 'The Host header is not that of a site.');
    response.set('Cache-Control', 'no-store');
    response.redirect(308, `https://${host}${request.originalUrl.startsWith('/') ? request.originalUrl : '/'}`);
  };
}
