/** The control side over HTTP for other processes: JSON under `/sandbox`, to loopback callers only unless allowed otherwise. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorMessage } from '../../core/errors.ts';
import type { StandIn } from '../stand-in.ts';
import { SandboxMisuse } from '../users.ts';
import { readBytes } from '../wire/body.ts';
import { isObject, Params } from '../wire/params.ts';
import { Refusal } from '../wire/refusal.ts';
import { controlRoutes } from './routes.ts';

/** Answers a request under `/sandbox`; `root` is where the server is reached. Never rejects. */
export async function answerControl(
  sandbox: StandIn,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  root: string,
): Promise<void> {
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(`${JSON.stringify(body, null, 2)}\n`);
  };
  try {
    const denied = deny(sandbox, request);
    if (denied !== undefined) return answer(403, { error: denied });
    const parsed = new URL(url, 'http://sandbox');
    const values: Record<string, unknown> = Object.fromEntries(parsed.searchParams);
    if (request.method !== 'GET') Object.assign(values, parseBody(await readBytes(request)));
    const path = parsed.pathname.replace(/^\/sandbox\/?/, '').replace(/\/$/, '');
    const address = `${request.method ?? 'GET'} ${path}`;
    for (const [pattern, run] of controlRoutes) {
      const found = pattern.exec(address);
      if (!found) continue;
      const result = await run({
        sandbox,
        params: new Params(values),
        path: found.groups ?? {},
        root,
      });
      return answer(200, result ?? { ok: true });
    }
    answer(404, { error: `there is no ${address} here` });
  } catch (error) {
    const known = error instanceof SandboxMisuse || error instanceof Refusal;
    answer(known ? 400 : 500, { error: errorMessage(error) });
  }
}

/** Why the caller may not steer the stand-in. A page in a browser may not in any case: it would name its origin, or a host that is not ours. */
function deny(sandbox: StandIn, request: IncomingMessage): string | undefined {
  if (request.headers.origin !== undefined) return 'pages may not use the control side';
  const { key, anyone } = sandbox.control;
  const given = request.headers.authorization?.replace(/^Bearer /, '');
  if (key !== undefined && given !== undefined && sameText(given, key)) return undefined;
  if (anyone === true) return undefined;
  const peer = request.socket.remoteAddress ?? '';
  const near = peer === '::1' || peer.startsWith('127.') || peer.startsWith('::ffff:127.');
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const named = host === 'localhost' || host === '[::1]' || /^127\.[\d.]+$/.test(host);
  if (near && named) return undefined;
  return 'the control side is for loopback callers; others need the key (Authorization: Bearer) or --allow-remote-control';
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function parseBody(bytes: Buffer): Record<string, unknown> {
  if (bytes.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    if (isObject(parsed)) return { ...parsed };
  } catch {
    // Told below.
  }
  throw new SandboxMisuse('the body must be a JSON object');
}
