/** Errors of the HTTP side: problem+json (RFC 9457), short, without anything from inside. */
import { STATUS_CODES } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { discardRest, hasRest } from './body.ts';

/** The body of a problem. `instance` is the id of the request, which finds its log lines. */
export function problemBody(status: number, detail: string | undefined, instance: string | undefined): string {
  return JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, instance });
}

/** Answers with a problem. `detail` is for the caller: what to do, never what broke. */
export function problem(response: Response, status: number, detail?: string): void {
  const id: unknown = response.locals['requestId'];
  response.status(status).type('application/problem+json').set('Cache-Control', 'no-store');
  const body = problemBody(status, detail, typeof id === 'string' ? id : undefined);
  if (!hasRest(response.req)) return void response.send(body);
  // The caller is still sending. To close on that would reset the connection, and they would see the reset instead of the answer.
  response.set('Content-Length', String(Buffer.byteLength(body))).write(body);
  void discardRest(response.req).then((whole) => {
    response.end();
    if (!whole) response.req.socket.destroySoon();
  });
}

/** What express and its parsers throw, as a status; 500 for everything else. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : 500;
}

const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request could not be read.',
  413: 'The body is larger than this address takes.',
  415: 'Send JSON.',
};

/** The last handler: maps whatever was thrown. `onBug` is told of what nobody foresaw and returns its reference. */
export function problems(onBug: (error: unknown, request: Request) => string) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const status = statusOf(error);
    if (response.headersSent) {
      // Half an answer cannot be taken back: the cut connection says that it is no whole one.
      onBug(error, request);
      response.destroy();
    } else if (status < 500) problem(response, status, DETAILS[status]);
    else problem(response, status, `Reference ${onBug(error, request)}.`);
  };
}
