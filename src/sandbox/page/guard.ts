/** Who may use the chat page: one-time addresses, sessions by cookie, and the checks that keep other sites and other names out. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** Sessions kept; opening the page once more ends the oldest. */
const sessionLimit = 20;
/** Addresses that were printed and not used yet. */
const addressLimit = 5;

const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const secret = (): string => randomBytes(32).toString('base64url');

/** One-time keys and sessions. Only digests are kept: a comparison of digests tells nothing by its time. */
export class Sessions {
  readonly #cookie: string;
  readonly #unused = new Set<string>();
  readonly #sessions = new Set<string>();

  /** Cookies are shared by all ports of a host, so the port is in the name. */
  constructor(port: number) {
    this.#cookie = `steward_chat_${port}`;
  }

  /** A key that opens the page once. */
  newKey(): string {
    const key = secret();
    this.#unused.add(digest(key));
    forgetOldest(this.#unused, addressLimit);
    return key;
  }

  /** An address that nobody used yet is still good. */
  get anyUnused(): boolean {
    return this.#unused.size > 0;
  }

  /** Exchanges a key for a session: the `Set-Cookie` line, or undefined when the key is wrong or used. */
  redeem(key: string): string | undefined {
    if (!this.#unused.delete(digest(key))) return undefined;
    const session = secret();
    this.#sessions.add(digest(session));
    forgetOldest(this.#sessions, sessionLimit);
    return `${this.#cookie}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether the `Cookie` header names a session. */
  knows(header: string | undefined): boolean {
    for (const pair of (header ?? '').split(';')) {
      const mark = pair.indexOf('=');
      if (mark > 0 && pair.slice(0, mark).trim() === this.#cookie)
        return this.#sessions.has(digest(pair.slice(mark + 1).trim()));
    }
    return false;
  }
}

function forgetOldest(set: Set<string>, limit: number): void {
  for (const oldest of set) {
    if (set.size <= limit) return;
    set.delete(oldest);
  }
}

/** Whether the request names this machine: a site that points its own name at us (DNS rebinding) names itself. */
export function isOurHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}` || host === `[::1]:${port}`;
}

/** Whether the request comes from our own page. `mustTell`: one that does not say where it comes from is not taken. */
export function isOurPage(headers: IncomingHttpHeaders, mustTell: boolean): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined ? !mustTell : origin === `http://${host}`;
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The headers of every answer. The page makes elements, never markup, so that even trusted types are allowed none. */
export function setSecurityHeaders(response: ServerResponse): void {
  const headers = {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'geolocation=(self), microphone=(self), clipboard-write=(self), camera=(), payment=(), usb=()',
    'X-DNS-Prefetch-Control': 'off',
    'Cache-Control': 'no-store',
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
