/**
 * Unexpected errors sent to a Sentry-compatible service: which, where and in what version; never what anybody wrote, who they are, or a secret.
 *
 * Of our own making: @sentry/core alone takes 18 MB of memory (@sentry/node-core 25 and OpenTelemetry), and adds host name, modules, breadcrumbs
 * of the console and of requests unless each is taken out again. An envelope is three lines of JSON.
 */
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock, EpochMs } from '../core/clock.ts';
import { errorCode } from '../core/errors.ts';
import { within } from '../core/loop.ts';
import type { Secret } from '../core/secret.ts';
import { errorName } from './logger.ts';
import { safeStack } from './redaction.ts';

/** What is told of an error beside itself. */
export interface ReportedAs {
  readonly fingerprint: string;
  readonly kind: string;
  /** 'update.message', 'job.trim' */
  readonly place: string;
  /** finds the log line */
  readonly ref: string;
}

export interface ErrorReports {
  /** Takes the error to be sent. Never throws, never waits; beyond its bounds it drops. */
  report(error: unknown, as: ReportedAs): void;
  /** Resolves when what was taken is sent or given up, after `boundMs` at the latest. */
  flush(boundMs: number): Promise<void>;
}

export interface ErrorReportOptions {
  readonly dsn: Secret;
  readonly release: string;
  readonly environment: string;
  readonly clock: Clock;
  /** Told once for each new reason why the service does not take reports. */
  readonly onTrouble: (reason: string) => void;
}

/** Reports waiting in memory. */
const WAITING = 30;
/** The same error again is only counted, by our own means, for so long. */
const SAME_MS = 60_000;
const REMEMBERED = 200;
const CALL_MS = 5_000;
/** How long a service that refuses without saying for how long is left alone, at first and at most. */
const REST_MS = 5_000;
const LONGEST_REST_MS = 300_000;
const FRAMES = 30;

interface Target {
  readonly url: URL;
  readonly auth: string;
}

/** Where a DSN (`https://key@host/path/project`) wants envelopes, and how it is proved; undefined when it is none. */
export function envelopeTarget(dsn: string, client: string): Target | undefined {
  const url = URL.parse(dsn);
  const [, prefix = '', project] = /^(.*?)\/([\w-]+)\/?$/.exec(url?.pathname ?? '') ?? [];
  if (!url || !/^https?:$/.test(url.protocol) || url.username === '' || project === undefined) return undefined;
  return {
    url: new URL(`${url.protocol}//${url.host}${prefix}/api/${project}/envelope/`),
    auth: `Sentry sentry_version=7, sentry_client=${client}, sentry_key=${decodeURIComponent(url.username)}`,
  };
}

interface Frame {
  readonly filename: string;
  readonly function?: string;
  readonly lineno: number;
  readonly colno: number;
  readonly in_app: boolean;
}

/** The path from the program's own root on: what lies before it may hold the name of a person. */
function ownPath(file: string): string {
  const path = decodeURIComponent(file.replace(/^file:\/\//, '')).replaceAll('\\', '/');
  if (path.startsWith('node:')) return path;
  return (
    /(?:^|\/)((?:node_modules|src|dist|bin|test|scripts)\/.*)$/.exec(path)?.[1] ?? path.slice(path.lastIndexOf('/') + 1)
  );
}

/** The frames of a stack, the innermost last as the service wants them. */
function framesOf(error: unknown): Frame[] {
  const stack = error instanceof Error ? (safeStack(error) ?? '') : '';
  const frames = stack.split('\n').flatMap((line): Frame[] => {
    const [, name, file = '', row, column] = /^at (?:(.*?) \()?(.+?):(\d+)(?::(\d+))?\)?$/.exec(line) ?? [];
    if (file === '') return [];
    const filename = ownPath(file.replace(/^async /, ''));
    return [
      {
        filename,
        ...(name === undefined ? {} : { function: name.slice(0, 100) }),
        lineno: Number(row),
        colno: Number(column ?? 0),
        in_app: !filename.startsWith('node:') && !filename.startsWith('node_modules/'),
      },
    ];
  });
  return frames.slice(0, FRAMES).reverse();
}

/** Where in our own code it was thrown, 'src/queue/queue.ts:88'; undefined when that is not known. */
export function sourceOf(error: unknown): string | undefined {
  const own = framesOf(error).findLast((frame) => frame.in_app);
  return own && `${own.filename}:${own.lineno}`;
}

/** The envelope of one error: a header, an item's header, the item. */
function envelope(error: unknown, as: ReportedAs, options: ErrorReportOptions, at: EpochMs): string {
  const id = createHash('sha256').update(`${as.fingerprint}:${as.ref}:${at}`).digest('hex').slice(0, 32);
  const name = errorName(error);
  const code = errorCode(error);
  const frames = framesOf(error);
  const event = {
    event_id: id,
    timestamp: at / 1000,
    platform: 'node',
    level: 'error',
    logger: as.place,
    release: options.release,
    environment: options.environment,
    fingerprint: [as.fingerprint],
    tags: { place: as.place, kind: as.kind, ref: as.ref, ...(code === undefined ? {} : { code }) },
    // The error's own message stays here: it may quote what a person wrote.
    exception: {
      values: [
        {
          type: name,
          value: code === undefined ? `in ${as.place}` : `${code} in ${as.place}`,
          ...(frames.length > 0 ? { stacktrace: { frames } } : {}),
        },
      ],
    },
  };
  const item = JSON.stringify(event);
  return [
    JSON.stringify({ event_id: id, sent_at: new Date(at).toISOString() }),
    JSON.stringify({ type: 'event', content_type: 'application/json', length: Buffer.byteLength(item) }),
    item,
    '',
  ].join('\n');
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

function post({ url, auth }: Target, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
    const request = send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-sentry-envelope',
          'content-length': Buffer.byteLength(body),
          'x-sentry-auth': auth,
        },
        signal: AbortSignal.timeout(CALL_MS),
      },
      (response) => {
        response.resume();
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Opens the way to the service. Nothing is sent before the first error. */
export function openErrorReports(options: ErrorReportOptions): ErrorReports {
  const { clock } = options;
  const target = envelopeTarget(options.dsn.reveal(), `steward/${options.release.replace(/^.*@/, '')}`);
  let waiting: string[] = [];
  let sending: Promise<void> | undefined;
  /** monotonic */
  let restUntil = 0;
  let rest = REST_MS;
  let trouble: string | undefined;
  /** fingerprints and when they were last sent, the latest last */
  const sent = new Map<string, number>();

  function refused(reason: string, retryAfter: string | undefined): void {
    const asked = Number(retryAfter) * 1000;
    const wait = Number.isFinite(asked) && asked > 0 ? Math.min(asked, LONGEST_REST_MS) : rest;
    rest = Math.min(LONGEST_REST_MS, rest * 2);
    restUntil = performance.now() + wait;
    waiting = [];
    if (trouble !== reason) options.onTrouble(reason);
    trouble = reason;
  }

  async function sendAll(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined && target; next = waiting.shift()) {
      try {
        const { status, retryAfter } = await post(target, next);
        if (status >= 200 && status < 300) [rest, trouble] = [REST_MS, undefined];
        else refused(`answers ${status}`, retryAfter);
      } catch (error) {
        refused(errorCode(error) ?? 'gives no answer', undefined);
      }
    }
  }

  return {
    report(error, as) {
      try {
        const now = performance.now();
        if (!target || now < restUntil || waiting.length >= WAITING) return;
        if (now - (sent.get(as.fingerprint) ?? Number.NEGATIVE_INFINITY) < SAME_MS) return;
        sent.delete(as.fingerprint);
        sent.set(as.fingerprint, now);
        const [oldest] = sent.keys();
        if (sent.size > REMEMBERED && oldest !== undefined) sent.delete(oldest);
        waiting.push(envelope(error, as, options, clock.now()));
        sending ??= sendAll().finally(() => {
          sending = undefined;
        });
      } catch {
        // Telling of an error must not make another.
      }
    },
    async flush(boundMs) {
      if (sending) await within(sending, boundMs, undefined);
    },
  };
}
