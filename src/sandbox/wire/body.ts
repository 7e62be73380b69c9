/** Reads the body of a call in each of the four ways the Bot API takes it: query string, JSON, urlencoded, multipart. */
import type { IncomingMessage } from 'node:http';
import { parseMultipart } from './multipart.ts';
import { isObject, Params, type UploadedFile } from './params.ts';
import { badRequest, Refusal } from './refusal.ts';

/** Telegram takes files of up to 50 MB; the rest of a call is small. */
const bodyLimit = 52 * 1024 * 1024;

/** The whole body. Throws a Refusal (413) beyond `limit` bytes. */
export function readBytes(request: IncomingMessage, limit = bodyLimit): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        // The rest is read and dropped, so that the caller gets to read the answer.
        chunks.length = 0;
        reject(new Refusal(413, 'Request Entity Too Large'));
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    // An error costs its stack: made only when the body was cut off, not at the end of every call.
    request.on('close', () => {
      if (!request.readableEnded) reject(new Refusal(400, 'Bad Request: connection closed'));
    });
  });
}

/** The parameters of a call from its query string and body. Throws a Refusal for a body that cannot be read. */
export async function readParams(request: IncomingMessage, query: string): Promise<Params> {
  const values: Record<string, unknown> = {};
  if (query !== '') for (const [name, value] of new URLSearchParams(query)) values[name] = value;
  if (request.method !== 'POST') {
    request.resume();
    return new Params(values);
  }
  const bytes = await readBytes(request);
  if (bytes.length === 0) return new Params(values);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return new Params({ ...values, ...parseJson(bytes) });
  if (type.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(bytes.toString('utf8'))) values[name] = value;
    return new Params(values);
  }
  if (type.startsWith('multipart/form-data')) {
    const files = new Map<string, UploadedFile>();
    for (const part of parseMultipart(bytes, type)) {
      if (part.filename === undefined) values[part.name] = part.bytes.toString('utf8');
      else files.set(part.name, { name: part.filename, type: part.type, bytes: part.bytes });
    }
    return new Params(values, files);
  }
  return new Params(values);
}

function parseJson(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    if (isObject(parsed)) return parsed;
  } catch {
    // Told below: an array or a number is as unreadable to Telegram as broken text.
  }
  throw badRequest("can't parse request body as JSON object");
}
