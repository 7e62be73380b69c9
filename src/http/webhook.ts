/** Telegram's webhook: the secret first, then a bounded body, then the inbox, then the answer. */
import type { RequestHandler } from 'express';
import type { Secret } from '../core/secret.ts';
import { type Body, readBody, refusedByHeaders } from './body.ts';
import { problem } from './problem.ts';

export interface WebhookOptions {
  /** path of the public address, '/telegram/webhook'; taken as it is, whatever characters it has */
  readonly path: string;
  readonly secret: Secret;
  /** Resolves when the update is stored (or refused by the gate); rejects when it could not be. */
  readonly accept: (update: unknown) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Updates are some kilobytes; the largest known stay far below. */
const LARGEST_BODY = 1_048_576;
const BODY_MS = 10_000;
const HEADER = 'x-telegram-bot-api-secret-token';

const REFUSALS: Readonly<Record<Exclude<Body['kind'], 'read'>, readonly [status: number, detail: string]>> = {
  'too-large': [413, 'The body is larger than this address takes.'],
  'too-slow': [408, 'The body did not come in time.'],
  encoded: [415, 'Send JSON without a content encoding.'],
  'not-text': [400, 'The body is not UTF-8.'],
  cut: [400, 'The body did not come whole.'],
};

function parsed(text: string): { readonly [field: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The route. Without the right secret no query is made and nothing of the body is read. */
export function telegramWebhook(options: WebhookOptions): RequestHandler {
  return async (request, response, next) => {
    if (request.path !== options.path) return next();
    if (!options.secret.matches(request.get(HEADER) ?? '')) return problem(response, 401);
    if (request.method !== 'POST') {
      response.set('Allow', 'POST');
      return problem(response, 405);
    }
    // A caller that asks first is told to send only what will be read.
    if (request.headers.expect !== undefined && !refusedByHeaders(request, LARGEST_BODY)) response.writeContinue();
    const body = await readBody(request, { bytes: LARGEST_BODY, ms: BODY_MS });
    if (body.kind !== 'read') return problem(response, ...REFUSALS[body.kind]);
    const update = parsed(body.text);
    if (!update) return problem(response, 400, 'The body is no JSON object.');
    try {
      await options.accept(update);
    } catch (error) {
      options.onFailure(error);
      response.set('Retry-After', '1');
      return problem(response, 503, 'Not stored; send it again.');
    }
    response.status(200).end();
  };
}
