/** The chat as a page in the browser: its own HTTP server on loopback, for one person who was told a one-time address. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { StandIn } from '../stand-in.ts';
import { SandboxMisuse, type SandboxUser } from '../users.ts';
import { readBytes } from '../wire/body.ts';
import { isObject, Params } from '../wire/params.ts';
import { Refusal } from '../wire/refusal.ts';
import { type Asset, readAssets } from './assets.ts';
import { explainClosed } from './closed.ts';
import { sendFile } from './downloads.ts';
import { Feed } from './feed.ts';
import { isOurHost, isOurPage, Sessions, setSecurityHeaders } from './guard.ts';
import { commandsFor, handlers, upload } from './requests.ts';
import { chatState, olderMessages } from './state.ts';

export interface ChatPageOptions {
  readonly server: StandIn;
  /** The person whose private chat the page shows; made known to the stand-in when new. */
  readonly user: SandboxUser;
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Told a fresh address when somebody came with one that was used already, so that the page can be opened in another browser. */
  readonly onFreshAddress?: ((address: string) => void) | undefined;
}

/** The largest file a bot can fetch. */
const uploadLimit = 20 * 1024 * 1024;
const jsonLimit = 512 * 1024;

/** Thrown for what the caller may not have or what is not there: answered without a word of why. */
class Denied extends Error {
  readonly status: 403 | 404;

  constructor(status: 403 | 404) {
    super('denied');
    this.status = status;
  }
}

export class ChatPage {
  readonly #options: ChatPageOptions;
  readonly #http: Server;
  readonly #feed: Feed;
  readonly #assets: ReadonlyMap<string, Asset> = readAssets();
  #port = 0;
  #sessions = new Sessions(0);

  constructor(options: ChatPageOptions) {
    this.#options = options;
    this.#feed = new Feed(options.server, options.user.id);
    this.#http = createServer((request, response) => void this.#answer(request, response));
  }

  /** Listens on loopback alone. Rejects with Node's error when the port is taken. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(this.#options.port ?? 0, '127.0.0.1', () => {
        this.#http.off('error', reject);
        resolve();
      });
    });
    const address = this.#http.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    this.#sessions = new Sessions(this.#port);
  }

  /** Ends every connection and stops listening. */
  async stop(): Promise<void> {
    this.#feed.stop();
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  /** A new address that opens the page once. */
  newAddress(): string {
    return `http://127.0.0.1:${this.#port}/?once=${this.#sessions.newKey()}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(response);
    try {
      await this.#route(request, response);
    } catch (error) {
      request.resume();
      if (response.headersSent) {
        response.destroy();
        return;
      }
      if (error instanceof Denied) deny(response, error.status);
      else if (error instanceof Refusal) sendJson(response, error.code, { error: error.message });
      else if (error instanceof SandboxMisuse) sendJson(response, 400, { error: error.message });
      else sendJson(response, 500, { error: 'unexpected' });
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method = '' } = request;
    const { host } = headers;
    if (!isOurHost(host, this.#port) || !request.url?.startsWith('/')) throw new Denied(403);
    const url = new URL(`http://${host}${request.url}`);
    const path = decodedPath(url.pathname);
    const opening = path === '/' && method === 'GET';
    const key = url.searchParams.get('once');
    if (opening && key !== null) return this.#open(response, key, headers);
    if (!this.#sessions.knows(headers.cookie)) {
      if (opening) return explainClosed(response, headers);
      throw new Denied(403);
    }
    if (method === 'POST') return this.#change(request, response, url, path);
    if (method !== 'GET') throw new Denied(404);
    if (path === '/events' || path.startsWith('/chat')) {
      if (!isOurPage(headers, false)) throw new Denied(403);
    }
    return this.#read(response, url, path, headers);
  }

  /** Takes the key of a one-time address and sends the browser on to an address without it. */
  #open(response: ServerResponse, key: string, headers: IncomingMessage['headers']): void {
    const cookie = this.#sessions.redeem(key);
    if (cookie === undefined && !this.#sessions.knows(headers.cookie)) {
      // One unused address at most is out at a time: asking again brings no second one.
      if (!this.#sessions.anyUnused) this.#options.onFreshAddress?.(this.newAddress());
      explainClosed(response, headers);
      return;
    }
    const language = /^[a-z]{2}(?![a-z])/i.exec(headers['accept-language'] ?? '')?.[0].toLowerCase();
    if (language !== undefined) this.#options.user.speak(language);
    if (cookie !== undefined) response.setHeader('Set-Cookie', cookie);
    response.writeHead(303, { Location: '/' });
    response.end();
  }

  async #change(request: IncomingMessage, response: ServerResponse, url: URL, path: string): Promise<void> {
    if (!isOurPage(request.headers, true)) throw new Denied(403);
    const { server, user } = this.#options;
    const type = request.headers['content-type'] ?? '';
    if (path === '/chat/file') {
      const bytes = await readBytes(request, uploadLimit);
      const params = new Params(Object.fromEntries(url.searchParams));
      sendJson(response, 200, upload({ server, user, params, bytes, type }) ?? {});
      return;
    }
    const name = /^\/chat\/([a-z]+)$/.exec(path)?.[1] ?? '';
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (!handler) throw new Denied(404);
    // A form of another site cannot send this type without asking first, and we never agree.
    if (!type.startsWith('application/json')) throw new SandboxMisuse('the body must be JSON');
    const params = new Params(parseObject(await readBytes(request, jsonLimit)));
    sendJson(response, 200, handler({ server, user, params, bytes: Buffer.alloc(0), type }) ?? {});
  }

  #read(response: ServerResponse, url: URL, path: string, headers: IncomingMessage['headers']): void {
    const { server, user } = this.#options;
    if (path === '/chat') {
      sendJson(response, 200, chatState(server, user, this.#feed));
    } else if (path === '/chat/older') {
      sendJson(response, 200, olderMessages(server, user, Number(url.searchParams.get('before') ?? 0)));
    } else if (path === '/chat/commands') {
      sendJson(response, 200, commandsFor(server, user));
    } else if (path === '/events') {
      const resumed = headers['last-event-id'];
      this.#feed.follow(response, typeof resumed === 'string' ? resumed : (url.searchParams.get('after') ?? ''));
    } else if (path.startsWith('/files/')) {
      const file = server.world.files.byId(path.slice('/files/'.length));
      if (!file) throw new Denied(404);
      sendFile(response, file, url.searchParams.has('save'));
    } else {
      const asset = this.#assets.get(path === '/' ? 'index.html' : path.replace(/^\/page\//, ''));
      if (!asset || (path !== '/' && !path.startsWith('/page/'))) throw new Denied(404);
      response.writeHead(200, { 'Content-Type': asset.type, 'Content-Length': asset.bytes.length });
      response.end(asset.bytes);
    }
  }
}

function decodedPath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw new Denied(404);
  }
}

function parseObject(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    if (isObject(parsed)) return parsed;
  } catch {
    // Told below.
  }
  throw new SandboxMisuse('the body must be a JSON object');
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function deny(response: ServerResponse, status: 403 | 404): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(status === 403 ? 'Forbidden\n' : 'Not found\n');
}
