/** The stand-in on the network: a Bot API server over HTTP, files to download, and the control side. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCall } from './calls.ts';
import { answerControl } from './control/http.ts';
import { type SandboxOptions, StandIn } from './stand-in.ts';
import { Refusal, refusalBody } from './wire/refusal.ts';

export class Sandbox extends StandIn {
  readonly #server: Server;
  #address: AddressInfo | undefined;

  constructor(options: SandboxOptions = {}) {
    super(options);
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Listens; rejects with Node's error when the port is taken. */
  async start(port = 0, host = '127.0.0.1'): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#address = address;
  }

  /** Cuts every connection, so that waiting polls end, and stops listening. */
  async stop(): Promise<void> {
    this.delivery.stop();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  get port(): number {
    return this.#address?.port ?? 0;
  }

  /** The root to give a bot as its API root. A wildcard host is reached by loopback. */
  get url(): string {
    const host = this.#address?.address ?? '127.0.0.1';
    const reached =
      host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
    return `http://${reached}:${this.port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    if (url.startsWith('/bot')) return answerCall(this, request, response, url);
    if (url.startsWith('/sandbox')) return answerControl(this, request, response, url, this.url);
    if (url.startsWith('/file/bot')) this.#answerFile(response, url);
    else notFound(response);
  }

  #answerFile(response: ServerResponse, url: string): void {
    const path = (url.split('?')[0] ?? '').slice('/file/bot'.length).replace('%3A', ':');
    const slash = path.indexOf('/');
    const file =
      path.slice(0, slash) === this.token && !this.revoked ? this.world.files.byPath(path.slice(slash + 1)) : undefined;
    if (!file) {
      notFound(response);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length });
    response.end(file.bytes);
  }
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(refusalBody(new Refusal(404, 'Not Found')));
}

/** Starts a stand-in. Rejects with Node's error when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = new Sandbox(options);
  await sandbox.start(options.port, options.host);
  return sandbox;
}
