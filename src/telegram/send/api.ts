/** Calls to the Bot API, each bounded in time, and what their outcome means. Nothing here sends anything twice. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Api, GrammyError, HttpError, type RawApi } from 'grammy';
import { errorMessage } from '../../core/errors.ts';

/** What became of a call. Only 'lost' leaves open whether Telegram acted on it. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: unknown }
  /** 429: not acted on. `retryAfterMs` is Telegram's word. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  /** Telegram or the way to it failed before acting: safe to send again. */
  | { readonly kind: 'unreached'; readonly reason: string }
  /** No answer, or half of one: Telegram may have acted. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** Refused for good; sending again would be refused again. */
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string; readonly migrateTo?: number }
  /** 401 or 404: the token is not (any more) that of a bot. */
  | { readonly kind: 'unauthorized'; readonly reason: string };

export interface TelegramApi {
  /** Calls `method`; never rejects. */
  call(method: string, params: Readonly<Record<string, unknown>>, timeoutMs?: number): Promise<Outcome>;
  /** Calls `method` and returns its result; throws `TelegramFailure` on anything else. */
  ask<T>(
    method: string,
    params?: Readonly<Record<string, unknown>>,
    timeoutMs?: number,
    signal?: AbortSignal,
  ): Promise<T>;
}

/** A call that did not succeed, with its classified outcome. */
export class TelegramFailure extends Error {
  readonly outcome: Exclude<Outcome, { kind: 'done' }>;

  constructor(method: string, outcome: Exclude<Outcome, { kind: 'done' }>) {
    super(`${method}: ${outcome.kind} ${'reason' in outcome ? outcome.reason : `${outcome.retryAfterMs} ms`}`);
    this.outcome = outcome;
  }
}

/** Errors of the socket that come before a request was written: Telegram cannot have acted. */
const BEFORE_WRITING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function codeOf(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at instanceof HttpError ? at.error : at.cause) {
    if ('code' in at && typeof at.code === 'string' && BEFORE_WRITING.has(at.code)) return at.code;
  }
  return undefined;
}

/** Makes an outcome of whatever a call threw. */
export function classify(error: unknown): Exclude<Outcome, { kind: 'done' }> {
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error;
    if (code === 429) return { kind: 'limited', retryAfterMs: (parameters.retry_after ?? 1) * 1000 };
    if (code === 401 || code === 404) return { kind: 'unauthorized', reason: description };
    // Telegram's own answer that it failed; a gateway's answer for a Telegram that did not is no GrammyError or 502/504.
    if (code === 502 || code === 504) return { kind: 'lost', reason: `${code} ${description}` };
    if (code >= 500) return { kind: 'unreached', reason: `${code} ${description}` };
    return {
      kind: 'refused',
      code,
      reason: description,
      ...(parameters.migrate_to_chat_id === undefined ? {} : { migrateTo: parameters.migrate_to_chat_id }),
    };
  }
  const code = codeOf(error);
  if (code) return { kind: 'unreached', reason: code };
  const inner = error instanceof HttpError ? error.error : error;
  // The address of a call holds the token, and errors of the transport hold the address.
  return {
    kind: 'lost',
    reason: errorMessage(inner)
      .replaceAll(/\d+:[\w-]{20,}/g, '[token]')
      .slice(0, 200),
  };
}

export interface ApiOptions {
  readonly token: string;
  /** '' for Telegram's own */
  readonly root: string;
  /** Told of every call: method, HTTP-like code ('200', '429', 'lost', …), duration in seconds. */
  readonly observe: (method: string, code: string, seconds: number) => void;
}

/** How long a call may take; Telegram answers within a second or two, and a person waits. */
const CALL_TIMEOUT_MS = 15_000;

/**
 * Idle connections are closed by us before the server does: a request written into a connection the server is just closing
 * is lost, and nobody can tell whether it was read.
 */
const AGENT = { keepAlive: true, timeout: 10_000, maxSockets: 128 };

/** The outbox keeps a call as its method's name and parameters, so methods are reached by any name. */
type AnyMethod = RawApi & Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

/** A client of one bot's API. */
export function openTelegramApi(options: ApiOptions): TelegramApi {
  const plain = options.root.startsWith('http:');
  const api = new Api<AnyMethod>(options.token, {
    ...(options.root === '' ? {} : { apiRoot: options.root.replace(/\/+$/, '') }),
    // Never reply by webhook response, and leave the bounding of time to the signal below.
    canUseWebhookReply: () => false,
    timeoutSeconds: 500,
    baseFetchConfig: { agent: plain ? new HttpAgent(AGENT) : new HttpsAgent(AGENT), compress: true },
  });

  async function call(
    method: string,
    params: Readonly<Record<string, unknown>>,
    timeoutMs = CALL_TIMEOUT_MS,
    stop?: AbortSignal,
  ): Promise<Outcome> {
    const started = performance.now();
    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = setTimeout(abort, timeoutMs);
    stop?.addEventListener('abort', abort, { once: true });
    let outcome: Outcome;
    try {
      const run = api.raw[method];
      if (!run) throw new Error(`no method ${method}`);
      // grammY takes the signal first for methods without parameters.
      const args = Object.keys(params).length === 0 ? [controller.signal] : [params, controller.signal];
      outcome = { kind: 'done', result: await run(...args) };
    } catch (error) {
      outcome = classify(error);
    } finally {
      clearTimeout(timer);
      stop?.removeEventListener('abort', abort);
    }
    options.observe(method, outcomeCode(outcome), (performance.now() - started) / 1000);
    return outcome;
  }

  return {
    call: (method, params, timeoutMs) => call(method, params, timeoutMs),
    async ask<T>(method: string, params = {}, timeoutMs?: number, signal?: AbortSignal) {
      const outcome = await call(method, params, timeoutMs, signal);
      if (outcome.kind === 'done') return outcome.result as T;
      throw new TelegramFailure(method, outcome);
    },
  };
}

function outcomeCode(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return '200';
    case 'limited':
      return '429';
    case 'refused':
      return String(outcome.code);
    case 'unauthorized':
      return '401';
    case 'lost':
    case 'unreached':
      return outcome.kind;
  }
}
