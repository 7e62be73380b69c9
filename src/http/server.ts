/** Both servers: listening, with a clear word when a port is taken, and a drain that loses no request. */
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { type AppOptions, createMetricsApp, createPublicApp } from './apps.ts';
import { problemBody } from './problem.ts';
import { rawSecurityHeaders } from './security.ts';

export interface HttpOptions extends AppOptions {
  readonly host: string;
  /** absent: no public side (the role `web` is elsewhere) */
  readonly port: number | undefined;
  readonly metricsPort: number;
}

export interface HttpSide {
  readonly publicPort: number | undefined;
  readonly metricsPort: number;
  /** Accepts no more, finishes requests in hand, and closes; after `boundMs` cuts what is left. */
  stop(boundMs: number): Promise<void>;
}

/** A client that sends its request slower than this is cut. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often the two above are looked at; Node's own half a minute would make them meaningless. */
const CHECK_MS = 2_000;
/** Longer than common load balancers keep theirs, so that they close first. */
const KEEP_ALIVE_MS = 65_000;
/**
 * How long idle connections stay open in a drain: a request already on its way on one is answered, and told that the connection
 * ends, where a close at once would lose it.
 */
const IDLE_GRACE_MS = 300;

type App = (request: IncomingMessage, response: ServerResponse) => void;

function listen(server: Server, host: string, port: number, variable: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new Error(
            `Port ${port} is in use on ${host}. Mend: stop the program that holds it (\`lsof -i :${port}\` or \`ss -ltnp | grep :${port}\` names it), or set ${variable} to a free one.`,
          ),
        );
      } else if (error.code === 'EACCES') {
        reject(new Error(`Port ${port} may not be opened by this user. Mend: set ${variable} to one above 1023.`));
      } else if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        reject(new Error(`${host} is no address of this machine. Mend: set HOST to 0.0.0.0, 127.0.0.1 or one it has.`));
      } else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

const UNREADABLE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What never became a request (malformed, too large in its head, too slow) is refused in the same form as everything else. */
function refuseUnreadable(server: Server, clock: Clock): void {
  const headers = rawSecurityHeaders();
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Half an answer may be under way on this connection: a second one into it would be taken for its end.
    if (error.code === 'ECONNRESET' || !socket.writable || answering.has(socket)) return void socket.destroy();
    const status = UNREADABLE[error.code ?? ''] ?? 400;
    const body = problemBody(status, undefined, undefined);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...headers,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      `Date: ${new Date(clock.now()).toUTCString()}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
  const answering = new WeakSet<object>();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answering.add(request.socket);
    response.once('close', () => answering.delete(request.socket));
  });
}

interface Served {
  readonly server: Server;
  /** Resolves when the last connection is closed. */
  drain(boundMs: number): Promise<void>;
}

function serve(app: App, clock: Clock): Served {
  const inHand = new Set<ServerResponse>();
  const connections = new Set<Socket>();
  let draining = false;
  const handle: App = (request, response) => {
    inHand.add(response);
    response.once('close', () => inHand.delete(response));
    if (draining) response.shouldKeepAlive = false;
    app(request, response);
  };
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: CHECK_MS,
    // Our own answer to it carries the security headers, Node's does not.
    requireHostHeader: false,
  });
  refuseUnreadable(server, clock);
  server.on('request', handle);
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  /** Node's own way leaves those open that never sent a request. */
  const closeIdle = () => {
    const busy = new Set([...inHand].map((response) => response.req.socket));
    for (const socket of connections) if (!busy.has(socket)) socket.destroySoon();
  };
  // A body is asked for by the route that reads it, not before somebody is known to want it.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  return {
    server,
    drain: (boundMs) =>
      new Promise((resolve) => {
        draining = true;
        for (const response of inHand) if (!response.headersSent) response.shouldKeepAlive = false;
        let sweep: NodeJS.Timeout | undefined;
        const grace = setTimeout(
          () => {
            sweep = setInterval(closeIdle, 50);
            closeIdle();
          },
          Math.min(IDLE_GRACE_MS, boundMs),
        );
        const cut = setTimeout(() => server.closeAllConnections(), boundMs);
        // The HTTP server's own close() would cut idle connections at once.
        NetServer.prototype.close.call(server, () => {
          clearTimeout(grace);
          clearTimeout(cut);
          clearInterval(sweep);
          // Ends its watch over slow requests; it is closed already.
          server.close(() => {});
          resolve();
        });
      }),
  };
}

/** Starts both sides. Rejects with a mend when a port cannot be had. */
export async function startHttp(options: HttpOptions): Promise<HttpSide> {
  const metrics = serve(createMetricsApp(options), options.clock);
  const metricsPort = await listen(metrics.server, options.host, options.metricsPort, 'METRICS_PORT');
  let open: Served | undefined;
  let publicPort: number | undefined;
  if (options.port !== undefined) {
    open = serve(createPublicApp(options), options.clock);
    try {
      publicPort = await listen(open.server, options.host, options.port, 'PORT');
    } catch (error) {
      await metrics.drain(0);
      throw error;
    }
  }
  return {
    publicPort,
    metricsPort,
    async stop(boundMs) {
      await open?.drain(boundMs);
      await metrics.drain(Math.min(boundMs, 500));
    },
  };
}
