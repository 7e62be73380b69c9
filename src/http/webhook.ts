/** Telegram's webhook: the secret first, then a bounded body, then the inbox, then the answer. */
import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { problem } from './problem.ts';

export interface WebhookOptions {
  /** path of the public address, '/telegram/webhook' */
  readonly path: string;
  readonly secret: string;
  /** Resolves when the update is stored (or refused by the gate); rejects when it could not be. */
  readonly accept: (update: unknown) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Updates are some kilobytes; the largest known stay far below. */
const LARGEST_BODY = 1_048_576;
const HEADER = 'x-telegram-bot-api-secret-token';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The route. Without the right secret nothing of the body is read. */
export function telegramWebhook(options: WebhookOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const expected = digest(options.secret);
  router.all(
    options.path,
    (request: Request, response: Response, next) => {
      if (!timingSafeEqual(digest(request.get(HEADER) ?? ''), expected)) {
        response.set('Connection', 'close');
        problem(response, 401);
        return;
      }
      if (request.method !== 'POST') {
        response.set('Allow', 'POST');
        problem(response, 405);
        return;
      }
      if (Number(request.get('content-length') ?? 0) > LARGEST_BODY) {
        response.set('Connection', 'close');
        problem(response, 413, 'The body is larger than this address takes.');
        return;
      }
      next();
    },
    express.json({ limit: LARGEST_BODY, type: () => true, strict: true }),
    async (request: Request, response: Response) => {
      try {
        await options.accept(request.body);
      } catch (error) {
        options.onFailure(error);
        response.set('Retry-After', '1');
        problem(response, 503, 'Not stored; send it again.');
        return;
      }
      response.status(200).end();
    },
  );
  return router;
}
