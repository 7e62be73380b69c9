/** Calls to the Bot API, each bounded in time and bytes, and what their outcome means. Nothing here sends anything twice. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { z } from 'zod';
import { encodeUpload, type Upload } from './upload.ts';

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
  /** 401 or 404: the token is not (any more) that of a bot; 404 is also said of a method that a server does not know. */
  | { readonly kind: 'unauthorized'; readonly code: 401 | 404; readonly reason: string };

export interface TelegramApi {
  /** Calls `method`; never rejects. */
  call(
    method: string,
    params: Readonly<Record<string, unknown>>,
    timeoutMs?: number,
    upload?: Upload,
  ): Promise<Outcome>;
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

/** Telegram's answer to a call. What it adds to a refusal is believed only where it makes sense. */
const answerForm = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.int().optional().catch(undefined),
    description: z.string().catch(''),
    parameters: z
      .object({
        retry_after: z.number().nonnegative().max(86_400).optional().catch(undefined),
        migrate_to_chat_id: z.int().optional().catch(undefined),
      })
      .catch({}),
  }),
]);

function readAnswer(body: string): z.infer<typeof answerForm> | undefined {
  try {
    return answerForm.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** Reads an answer. One that is not in Telegram's form (a gateway's page or JSON, half an answer) does not say whether Telegram acted. */
function understand(status: number, body: string): Outcome {
  const answer = readAnswer(body);
  if (!answer) return { kind: 'lost', reason: `${status} without an answer of Telegram` };
  if (answer.ok) return { kind: 'done', result: answer.result };
  const { error_code: code = status, description: reason, parameters } = answer;
  if (code === 429) return { kind: 'limited', retryAfterMs: (parameters.retry_after ?? 1) * 1000 };
  if (code === 401 || code === 404) return { kind: 'unauthorized', code, reason };
  // Telegram's own 5xx says that it failed; a gateway's 502 or 504 only that it had no answer from it.
  if (code === 502 || code === 504) return { kind: 'lost', reason: `${code} ${reason}` };
  if (code >= 500) return { kind: 'unreached', reason: `${code} ${reason}` };
  const { migrate_to_chat_id: migrateTo } = parameters;
  return { kind: 'refused', code, reason, ...(migrateTo === undefined ? {} : { migrateTo }) };
}

/** What an error of the transport means. `connected`: there was a connection into which the request may have been written. */
function failed(error: NodeJS.ErrnoException, connected: boolean): Outcome {
  if (error.code !== undefined && BEFORE_WRITING.has(error.code)) return { kind: 'unreached', reason: error.code };
  // The address of a call holds the token, and errors of the transport may hold the address.
  const reason = error.message.replaceAll(/\d+:[\w-]{20,}/g, '[token]').slice(0, 200);
  return connected ? { kind: 'lost', reason } : { kind: 'unreached', reason: `not connected: ${reason}` };
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
/** With a file of up to 50 MB on a slow line. */
const UPLOAD_TIMEOUT_MS = 180_000;

/** The longest answer there is, a hundred updates of long messages that reply to such, has a third of this. A server that is not Telegram's may never stop sending. */
const MOST_ANSWER_BYTES = 32 * 1_048_576;

/**
 * Idle connections are closed by us before the server does: a request written into a connection the server is just closing
 * is lost, and nobody can tell whether it was read.
 */
const AGENT = { keepAlive: true, timeout: 10_000, maxSockets: 128 };

/**
 * A client of one bot's API: one POST of JSON a call, over connections that are kept. grammY's client does the same by way of
 * node-fetch, streams and transformers for 0.35 ms of processor a call, this for 0.1; of grammY only the types are used.
 */
export function openTelegramApi(options: ApiOptions): TelegramApi {
  const root = new URL(options.root === '' ? 'https://api.telegram.org' : options.root);
  const isPlain = root.protocol === 'http:';
  const send = isPlain ? httpRequest : httpsRequest;
  const target = {
    method: 'POST',
    agent: isPlain ? new HttpAgent(AGENT) : new HttpsAgent(AGENT),
    protocol: root.protocol,
    hostname: root.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: root.port,
  };
  const path = `${root.pathname.replace(/\/+$/, '')}/bot${options.token}/`;

  function post(
    method: string,
    params: Readonly<Record<string, unknown>>,
    timeoutMs: number,
    stop: AbortSignal | undefined,
    upload: Upload | undefined,
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      const body = upload ? '' : JSON.stringify(params);
      const encoded = upload && encodeUpload(params, upload);
      const headers = encoded?.headers ?? {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const request = send({ ...target, path: path + method, headers }, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > MOST_ANSWER_BYTES)
            request.destroy(new Error(`an answer of more than ${MOST_ANSWER_BYTES} bytes, as no Bot API server gives`));
        });
        response.on('error', broken);
        response.on('end', () => settle(understand(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))));
      });
      let connected = false;
      request.on('socket', (socket) => {
        connected = !socket.connecting;
        // A connection that is kept serves many calls: one that stands tells no call that it does.
        if (connected) return;
        socket.once(isPlain ? 'connect' : 'secureConnect', () => {
          connected = true;
        });
      });
      const broken = (error: Error) => settle(failed(error, connected));
      const abort = () => request.destroy(new Error('aborted'));
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      const settle = (outcome: Outcome) => {
        clearTimeout(timer);
        stop?.removeEventListener('abort', abort);
        resolve(outcome);
      };
      request.on('error', broken);
      stop?.addEventListener('abort', abort, { once: true });
      if (!encoded) request.end(body);
      else
        encoded.write(request).catch((error: Error) => {
          // What was not sent whole was not acted on, unless it was already answered.
          settle({ kind: 'unreached', reason: `500 ${error.message}` });
          request.destroy();
        });
    });
  }

  async function call(
    method: string,
    params: Readonly<Record<string, unknown>>,
    timeoutMs = CALL_TIMEOUT_MS,
    stop?: AbortSignal,
    upload?: Upload,
  ): Promise<Outcome> {
    const started = performance.now();
    const outcome = await post(method, params, timeoutMs, stop, upload);
    options.observe(method, outcomeCode(outcome), (performance.now() - started) / 1000);
    return outcome;
  }

  return {
    call: (method, params, timeoutMs, upload) =>
      call(method, params, timeoutMs ?? (upload ? UPLOAD_TIMEOUT_MS : undefined), undefined, upload),
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
    case 'unauthorized':
      return String(outcome.code);
    case 'lost':
    case 'unreached':
      return outcome.kind;
  }
}
