/** A call of the Bot API that carries a file: multipart/form-data (RFC 7578), written as the file is read, its length known beforehand. */
import { randomBytes } from 'node:crypto';
import type { ClientRequest } from 'node:http';

/** A file to send along with a call. */
export interface Upload {
  /** the parameter it is for */
  readonly field: string;
  /** as the person sees it */
  readonly name: string;
  /** exactly as many as `content` yields */
  readonly bytes: number;
  content(): AsyncIterable<Uint8Array>;
}

export interface Encoded {
  readonly headers: Readonly<Record<string, string | number>>;
  /** Writes the body and ends the request. Rejects when the file cannot be read whole: nothing of it was acted on then. */
  write(request: ClientRequest): Promise<void>;
}

/** A name as the header may carry it. */
function headerName(name: string): string {
  return name.replaceAll(/[\r\n"\\]/g, '_');
}

/** Encodes the parameters of a call and its file. */
export function encodeUpload(params: Readonly<Record<string, unknown>>, upload: Upload): Encoded {
  const boundary = `steward-${randomBytes(18).toString('hex')}`;
  const fields = Object.entries(params).flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : [
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${typeof value === 'string' ? value : JSON.stringify(value)}\r\n`,
        ],
  );
  const head = Buffer.from(
    `${fields.join('')}--${boundary}\r\nContent-Disposition: form-data; name="${upload.field}"; filename="${headerName(upload.name)}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': head.length + upload.bytes + tail.length,
    },
    async write(request) {
      const put = (chunk: Uint8Array) =>
        new Promise<void>((resolve, reject) => request.write(chunk, (error) => (error ? reject(error) : resolve())));
      await put(head);
      let left = upload.bytes;
      for await (const chunk of upload.content()) {
        left -= chunk.length;
        if (left < 0) break;
        await put(chunk);
      }
      if (left !== 0) throw new Error('the file is not whole any more');
      request.end(tail);
    },
  };
}
