/** Writes an archive as a stream: the rows of one piece are held, nothing else, however large the database. */
import { createHash } from 'node:crypto';
import {
  type AttachmentContent,
  attachmentPiece,
  HEAD,
  type Head,
  MANIFEST,
  type Manifest,
  PIECE,
  pieceName,
  type TableHead,
  type TableManifest,
} from './format.ts';
import { framed, tarEnd } from './tar.ts';

/** What goes into an archive. Rows are asked for table by table, sequences after the last row. */
export interface Contents {
  readonly head: Head;
  /** The rows of a table as COPY writes them, and how many the server says there were, once they have been read. */
  rows(table: TableHead): { readonly stream: AsyncIterable<Buffer>; count(): number };
  /** After the last row: what of attachments lies outside the database, ordered by checksum. */
  attachments(): AsyncIterable<AttachmentContent>;
  sequences(): Promise<Manifest['sequences']>;
}

/** An archive under way. */
export interface Writing {
  readonly stream: AsyncGenerator<Buffer>;
  /** What was written. @throws Error before the stream has ended */
  manifest(): Manifest;
}

/** Cuts a stream into pieces of exactly `PIECE` bytes, the last one shorter. */
async function* pieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (let chunk of source) {
    while (length + chunk.length >= PIECE) {
      const room = PIECE - length;
      yield Buffer.concat([...held, chunk.subarray(0, room)]);
      chunk = chunk.subarray(room);
      held = [];
      length = 0;
    }
    if (chunk.length === 0) continue;
    held.push(chunk);
    length += chunk.length;
  }
  if (length > 0) yield Buffer.concat(held);
}

/** Puts an archive together, not yet compressed. */
export function writeArchive(contents: Contents): Writing {
  const { head } = contents;
  const seconds = Math.floor(Date.parse(head.createdAt) / 1000);
  let written: Manifest | undefined;
  async function* stream(): AsyncGenerator<Buffer> {
    const members: Manifest['members'] = [];
    const tables: TableManifest[] = [];
    function member(name: string, content: Buffer): Buffer[] {
      members.push({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
      return framed(name, content, seconds);
    }
    yield* member(HEAD, json(head));
    for (const table of head.tables) {
      const hash = createHash('sha256');
      const { stream: rows, count } = contents.rows(table);
      let bytes = 0;
      let index = 0;
      for await (const piece of pieces(rows)) {
        hash.update(piece);
        bytes += piece.length;
        yield* member(pieceName(table.name, index), piece);
        index += 1;
      }
      tables.push({ ...table, rows: count(), bytes, sha256: hash.digest('hex') });
    }
    const attachments: Manifest['attachments'] = [];
    for await (const { sha256, content } of contents.attachments()) {
      // One that is empty has one empty piece.
      for (let at = 0; at === 0 || at < content.length; at += PIECE)
        yield* member(attachmentPiece(sha256, at / PIECE), content.subarray(at, at + PIECE));
      attachments.push({ sha256, bytes: content.length });
    }
    written = {
      ...head,
      tables,
      sequences: await contents.sequences(),
      members,
      attachments,
      rows: tables.reduce((sum, table) => sum + table.rows, 0),
      bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
    };
    yield* framed(MANIFEST, json(written), seconds);
    yield tarEnd();
  }
  return {
    stream: stream(),
    manifest() {
      if (!written) throw new Error('the archive is not written to its end');
      return written;
    },
  };
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
}
