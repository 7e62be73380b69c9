/** Bodies of requests, bounded in size and time while they come in: what is too much is refused at once, not when it ends. */
import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'too-large' | 'too-slow' | 'encoded' | 'not-text' | 'cut' };

export interface BodyBounds {
  readonly bytes: number;
  /** from now to the last byte, milliseconds */
  readonly ms: number;
}

/** Why the headers alone forbid to read the body; undefined when it may be read. */
export function refusedByHeaders(request: IncomingMessage, bytes: number): 'too-large' | 'encoded' | undefined {
  // Nobody who speaks to us compresses, and a bomb is best left unopened.
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return 'encoded';
  return Number(request.headers['content-length'] ?? 0) > bytes ? 'too-large' : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the body as UTF-8. Never rejects; whatever is not read is left on the connection. */
export function readBody(request: IncomingMessage, bounds: BodyBounds): Promise<Body> {
  const refused = refusedByHeaders(request, bounds.bytes);
  if (refused) return Promise.resolve({ kind: refused });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (body: Body) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
      request.pause();
      resolve(body);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > bounds.bytes) end({ kind: 'too-large' });
      else chunks.push(chunk);
    };
    const onEnd = () => {
      try {
        end({ kind: 'read', text: utf8.decode(Buffer.concat(chunks)) });
      } catch {
        end({ kind: 'not-text' });
      }
    };
    const onCut = () => end({ kind: 'cut' });
    const timer = setTimeout(() => end({ kind: 'too-slow' }), bounds.ms);
    request.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
  });
}

/** What is thrown away of a body nobody wants, at most. */
const REST_BYTES = 32 * 1_048_576;
const REST_MS = 2_000;

/** Whether the request has a body that is not read to its end. */
export function hasRest(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  return !request.complete && !request.readableEnded && (coding !== undefined || Number(length ?? 0) > 0);
}

/** Throws the rest of a body away; resolves to false when it was more, or took longer, than is worth waiting for. */
export function discardRest(request: IncomingMessage): Promise<boolean> {
  return new Promise((resolve) => {
    let size = 0;
    const end = (whole: boolean) => {
      clearTimeout(timer);
      resolve(whole);
    };
    const timer = setTimeout(() => end(false), REST_MS);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > REST_BYTES) end(false);
    });
    request.once('end', () => end(true)).once('close', () => end(request.complete));
    request.on('error', () => end(false)).resume();
  });
}
