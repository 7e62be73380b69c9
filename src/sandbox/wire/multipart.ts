/** Splits a multipart/form-data body into its parts (RFC 7578), as clients of the Bot API write it. */
import { badRequest } from './refusal.ts';

export interface Part {
  readonly name: string;
  /** Present when the part is a file. */
  readonly filename: string | undefined;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The parts of `body`. Throws a Refusal when the body has no boundary or is cut short. */
export function parseMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) throw badRequest("can't parse multipart body: boundary not found");
  const delimiter = Buffer.from(`--${mark}`);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const headersEnd = body.indexOf('\r\n\r\n', start);
    const next = headersEnd < 0 ? -1 : body.indexOf(Buffer.from(`\r\n--${mark}`), headersEnd + 2);
    if (headersEnd < 0 || next < 0) break;
    const part = parsePart(
      body.subarray(start + 2, headersEnd).toString('utf8'),
      body.subarray(headersEnd + 4, Math.max(headersEnd + 4, next)),
    );
    if (part) parts.push(part);
    at = next + 2;
  }
  throw badRequest("can't parse multipart body: unexpected end");
}

function parsePart(headers: string, bytes: Buffer): Part | undefined {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1];
  if (disposition === undefined) return undefined;
  const name = field(disposition, 'name');
  if (name === undefined) return undefined;
  const type = /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? 'application/octet-stream';
  return { name, filename: field(disposition, 'filename'), type, bytes };
}

function field(disposition: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[;\\s])${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(disposition);
  const value = found?.[1] ?? found?.[2];
  return value?.replace(/\\(.)/g, '$1');
}
