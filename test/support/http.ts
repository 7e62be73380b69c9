/** The HTTP side for its own tests: both servers on free ports, and requests written byte by byte. */

import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { systemClock } from '../../src/core/clock.ts';
import { Secret } from '../../src/core/secret.ts';
import { type HttpOptions, startHttp } from '../../src/http/server.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { createMetrics, type Metrics } from '../../src/observability/metrics.ts';

export const SECRET = 'test_secret_of_the_webhook';
export const WEBHOOK = '/telegram/webhook';

export interface TestHttp {
  readonly publicPort: number;
  readonly metricsPort: number;
  readonly publicUrl: string;
  readonly metricsUrl: string;
  readonly metrics: Metrics;
  readonly log: string[];
  /** updates the inbox was given */
  readonly accepted: unknown[];
  /** errors nobody foresaw, by place */
  readonly bugs: string[];
  stop(boundMs?: number): Promise<void>;
}

/** Starts both sides with everything well; `changes` make it otherwise. */
export async function testHttp(changes: Partial<HttpOptions> = {}): Promise<TestHttp> {
  const metrics = createMetrics();
  const log: string[] = [];
  const accepted: unknown[] = [];
  const bugs: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  const side = await startHttp({
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    db: () => undefined,
    clock: systemClock,
    log: createLogger({ level: 'debug', format: 'json', stream }),
    metrics,
    trustedProxies: 0,
    forceHttps: false,
    version: '1.2.3',
    health: async () => ({ status: 'ok', checks: {} }),
    notReady: async () => [],
    info: () => ({
      name: 'steward',
      version: '1.2.3',
      revision: 'abc',
      builtAt: null,
      environment: 'test',
      startedAt: '2026-11-22T00:00:00.000Z',
      uptimeSeconds: 1,
      node: process.versions.node,
      mode: 'webhook',
      roles: ['web'],
      schema: null,
    }),
    onBug: (_error, place) => {
      bugs.push(place);
      return 'REF1';
    },
    webhook: {
      path: WEBHOOK,
      secret: new Secret(SECRET),
      accept: async (update) => void accepted.push(update),
      onFailure: () => {},
    },
    ...changes,
  });
  const publicPort = side.publicPort ?? 0;
  return {
    publicPort,
    metricsPort: side.metricsPort,
    publicUrl: `http://127.0.0.1:${publicPort}`,
    metricsUrl: `http://127.0.0.1:${side.metricsPort}`,
    metrics,
    log,
    accepted,
    bugs,
    stop: (boundMs = 1_000) => side.stop(boundMs),
  };
}

export interface RawAnswer {
  readonly status: number;
  /** by lower-case name */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** how the connection ended, if it did */
  readonly end: 'open' | 'closed' | 'reset';
  /** all that came */
  readonly text: string;
}

function parseAnswer(text: string, end: RawAnswer['end']): RawAnswer {
  // An interim answer (100 Continue) stands before the real one.
  const real = text.replace(/^HTTP\/1\.1 1\d\d[^\r]*\r\n(?:[^\r]+\r\n)*\r\n/, '');
  const [head = '', ...rest] = real.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = lines.map((one): [string, string] => {
    const at = one.indexOf(':');
    return [one.slice(0, at).toLowerCase(), one.slice(at + 1).trim()];
  });
  return { status: Number(line.split(' ')[1] ?? 0), headers: new Map(headers), body: rest.join('\r\n\r\n'), end, text };
}

/** Whether all of an answer with a known length is there. */
function isWhole(text: string): boolean {
  const { headers, body } = parseAnswer(text, 'open');
  const length = headers.get('content-length');
  return length !== undefined && body.length >= Number(length);
}

/**
 * Writes `parts` one after another and resolves with what came back: when the answer is whole (unless `toEnd`) or the connection
 * ends, or what came is `enough`, or after `waitMs`.
 */
export function raw(
  port: number,
  parts: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
  options: { toEnd?: boolean; enough?: RegExp; waitMs?: number } = {},
): Promise<RawAnswer> {
  const { toEnd = false, enough, waitMs = 30_000 } = options;
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    let over = false;
    const finish = (end: RawAnswer['end']) => {
      if (over) return;
      over = true;
      clearTimeout(bound);
      socket.destroy();
      resolve(parseAnswer(text, end));
    };
    const bound = setTimeout(() => finish('open'), waitMs);
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += String(chunk);
      if ((!toEnd && isWhole(text)) || enough?.test(text)) finish('open');
    });
    socket.on('end', () => finish('closed'));
    socket.on('error', () => finish('reset'));
    socket.on('close', () => finish('closed'));
    socket.on('connect', async () => {
      for await (const part of parts) {
        if (over) return;
        if (!socket.write(part)) await new Promise((drained) => socket.once('drain', drained).once('close', drained));
      }
    });
  });
}

/** The head of a request, ready to be sent. */
export function head(method: string, path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ Host: 'steward.test', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
