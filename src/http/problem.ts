/** Errors of the HTTP side: problem+json (RFC 9457), short, without anything from inside. */
import { STATUS_CODES } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

/** Answers with a problem. `detail` is for the caller: what to do, never what broke. */
export function problem(response: Response, status: number, detail?: string): void {
  response.status(status).type('application/problem+json');
  response.send(
    JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      ...(detail === undefined ? {} : { detail }),
      instance: response.locals['requestId'],
    }),
  );
}

/** What express and its parsers throw, as a status; 500 for everything else. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

const DETAILS: Readonly<Record<number, string>> = {
  400: 'The body could not be read.',
  413: 'The body is larger than this address takes.',
  415: 'Send JSON.',
};

/** The last handler: maps whatever was thrown. `onBug` is told of what nobody foresaw and returns its reference. */
export function problems(onBug: (error: unknown, request: Request) => string) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status < 500) problem(response, status, DETAILS[status]);
    else problem(response, status, `Reference ${onBug(error, request)}.`);
  };
}
