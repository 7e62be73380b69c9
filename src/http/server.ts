/** Both servers: listening, with a clear word when a port is taken, and a drain that loses no request. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AppOptions, createMetricsApp, createPublicApp } from './apps.ts';

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
/** Longer than common load balancers keep theirs, so that they close first. */
const KEEP_ALIVE_MS = 65_000;

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
      } else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve(address.port);
    });
  });
}

function makeServer(app: RequestListener): Server {
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, app);
}

/** Node's own drain: a library that also owns the signals would end the process before the sender is done. */
function close(server: Server, boundMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), boundMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    // A kept-alive connection without a request would hold the server open for ever.
    server.closeIdleConnections();
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.once('close', () => clearInterval(idle));
  });
}

/** Starts both sides. Rejects with a mend when a port cannot be had. */
export async function startHttp(options: HttpOptions): Promise<HttpSide> {
  const metrics = makeServer(createMetricsApp(options));
  const metricsPort = await listen(metrics, options.host, options.metricsPort, 'METRICS_PORT');
  let open: Server | undefined;
  let publicPort: number | undefined;
  if (options.port !== undefined) {
    open = makeServer(createPublicApp(options));
    try {
      publicPort = await listen(open, options.host, options.port, 'PORT');
    } catch (error) {
      await close(metrics, 0);
      throw error;
    }
  }
  return {
    publicPort,
    metricsPort,
    async stop(boundMs) {
      if (open) await close(open, boundMs);
      await close(metrics, 500);
    },
  };
}
