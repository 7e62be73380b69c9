/** Reads an archive from its first byte to its last and proves each: whoever restores commits only after this has returned. */
import { createHash } from 'node:crypto';
import { ArchiveFault } from '../faults.ts';
import { decrypted, isEncrypted } from './encryption.ts';
import {
  type AttachmentContent,
  attachmentPiece,
  HEAD,
  type Head,
  MANIFEST,
  type Manifest,
  MOST_ATTACHMENT,
  MOST_HEAD,
  mostManifest,
  PIECE,
  parseHead,
  parseManifest,
  pieceName,
  type TableHead,
} from './format.ts';
import { unsealed } from './seal.ts';
import { type Member, readTar, shown } from './tar.ts';

export interface ReadOptions {
  /** 'AGE-SECRET-KEY-1…', for encrypted archives */
  readonly identity?: string | undefined;
  /** Called first. Nothing it says is proved yet. */
  readonly onHead?: (head: Head) => Promise<void>;
  /** Called for each table in turn; reads `rows` to their end or not at all. */
  readonly onTable?: (table: TableHead, rows: AsyncIterable<Buffer>) => Promise<void>;
  /** Called for each attachment in turn, after the last table; its bytes are those its checksum names. */
  readonly onAttachment?: (attachment: AttachmentContent) => Promise<void>;
}

/** What reading an archive proved. */
export interface Proof {
  readonly manifest: Manifest;
  readonly encrypted: boolean;
  /** of the file as it lies there */
  readonly bytes: number;
  readonly sha256: string;
}

const NEWLINE = 10;
const ATTACHMENT = /^attachments\/([0-9a-f]{64})\/\d{6}$/;

/** Rows in a piece: COPY ends each with a line feed, and writes those within values otherwise. */
export function rowsIn(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/** Bytes a member of this name may have, of which so many came before. */
function mostBytes(name: string, before: number): number {
  if (name === HEAD) return MOST_HEAD;
  if (name === MANIFEST) return mostManifest(before);
  if (ATTACHMENT.test(name)) return PIECE;
  if (/^data\/[a-z_][a-z0-9_]*\/\d{6,}$/.test(name)) return PIECE;
  throw new ArchiveFault('hostile', `holds a member that does not belong there (${shown(name)})`);
}

/** Passes a file on, remembering its size and SHA-256, and says by its first bytes whether it is encrypted. */
async function opened(source: AsyncIterable<Buffer>) {
  const hash = createHash('sha256');
  let bytes = 0;
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      for (let next = first; !next.done; next = await iterator.next()) {
        hash.update(next.value);
        bytes += next.value.length;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return {
    stream: whole(),
    encrypted: !first.done && isEncrypted(first.value),
    close: () => iterator.return?.(),
    proof: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}

/** Size and SHA-256 of a file, its contents untouched; reads it whole. */
export async function fileProof(
  source: AsyncIterable<Buffer>,
): Promise<{ bytes: number; sha256: string; encrypted: boolean }> {
  const file = await opened(source);
  for await (const _ of file.stream);
  return { ...file.proof(), encrypted: file.encrypted };
}

/** What was read of a table or member, against what the manifest says was written. */
interface Tally {
  readonly name: string;
  bytes: number;
  sha256: string;
  rows: number;
}

function prove(
  head: Head,
  manifest: Manifest,
  tables: readonly Tally[],
  attachments: Manifest['attachments'],
  members: readonly Tally[],
): void {
  const {
    sequences: _,
    attachments: files,
    members: listed,
    rows: total,
    bytes: totalBytes,
    tables: said,
    ...rest
  } = manifest;
  const sameHead = JSON.stringify({ ...rest, tables: said.map(({ name, columns }) => ({ name, columns })) });
  const { tables: begun, ...begin } = head;
  if (sameHead !== JSON.stringify({ ...begin, tables: begun }))
    throw new ArchiveFault('damaged', 'begins with something else than its manifest says');
  const known = new Map(members.map((member) => [member.name, member]));
  for (const { name, bytes, sha256 } of listed) {
    const member = known.get(name);
    if (!member) throw new ArchiveFault('damaged', `lacks a member its manifest names (${shown(name)})`);
    if (member.bytes !== bytes || member.sha256 !== sha256)
      throw new ArchiveFault('damaged', `has a member with another checksum than its manifest says (${name})`);
    known.delete(name);
  }
  const [more] = known.keys();
  if (more !== undefined)
    throw new ArchiveFault('hostile', `holds a member its manifest does not name (${shown(more)})`);
  for (const [index, table] of said.entries()) {
    const read = tables[index];
    if (read?.rows !== table.rows || read.bytes !== table.bytes || read.sha256 !== table.sha256)
      throw new ArchiveFault(
        'damaged',
        `holds ${read?.rows ?? 0} rows of ${table.name} where its manifest says ${table.rows}, or others`,
      );
  }
  if (JSON.stringify(files) !== JSON.stringify(attachments))
    throw new ArchiveFault('damaged', 'holds other files than its manifest says');
  if (
    total !== said.reduce((sum, table) => sum + table.rows, 0) ||
    totalBytes !== said.reduce((sum, table) => sum + table.bytes, 0)
  )
    throw new ArchiveFault('damaged', 'has a manifest whose sums are wrong');
}

/**
 * Reads it whole. @throws ArchiveFault with what is wrong with it; whatever the callbacks throw.
 */
export async function readArchive(source: AsyncIterable<Buffer>, options: ReadOptions = {}): Promise<Proof> {
  const file = await opened(source);
  if (file.encrypted && options.identity === undefined) {
    await file.close();
    throw new ArchiveFault('locked', 'is encrypted, and no key is given');
  }
  const plain = file.encrypted ? decrypted(file.stream, options.identity ?? '') : file.stream;
  let begun = -1;
  const members = readTar(unsealed(plain), (name) => {
    begun += 1;
    return mostBytes(name, begun);
  });
  try {
    const manifest = await readMembers(members, options);
    return { manifest, encrypted: file.encrypted, ...file.proof() };
  } finally {
    // Whoever gives up in the middle leaves no open file behind.
    await members.return(undefined);
  }
}

/** The members of an archive one by one: what was read of each, and the one that comes next. */
interface Reading {
  next: Member | undefined;
  advance(): Promise<void>;
  readonly tallies: readonly Tally[];
}

async function readingOf(members: AsyncGenerator<Member>): Promise<Reading> {
  const tallies: Tally[] = [];
  const reading: Reading = {
    next: undefined,
    tallies,
    async advance() {
      const { value, done } = await members.next();
      reading.next = done ? undefined : value;
      if (done || value.name === MANIFEST) return;
      const sha256 = createHash('sha256').update(value.content).digest('hex');
      tallies.push({ name: value.name, bytes: value.content.length, sha256, rows: 0 });
    },
  };
  await reading.advance();
  return reading;
}

/** The pieces of a table or file, where the first is next. Only the last is not full: as many as come, each stands for its bytes. */
async function* piecesOf(reading: Reading, name: (index: number) => string): AsyncGenerator<Buffer> {
  for (let [index, full] = [0, true]; full && reading.next?.name === name(index); index += 1) {
    const { content } = reading.next;
    full = content.length === PIECE;
    yield content;
    await reading.advance();
  }
}

async function readTable(reading: Reading, table: TableHead, { onTable }: ReadOptions): Promise<Tally> {
  const tally: Tally = { name: table.name, bytes: 0, sha256: '', rows: 0 };
  const hash = createHash('sha256');
  let last = NEWLINE;
  async function* rows(): AsyncGenerator<Buffer> {
    for await (const content of piecesOf(reading, (index) => pieceName(table.name, index))) {
      hash.update(content);
      tally.bytes += content.length;
      tally.rows += rowsIn(content);
      last = content.at(-1) ?? last;
      yield content;
    }
  }
  const stream = rows();
  await onTable?.(table, stream);
  for await (const _ of stream);
  if (last !== NEWLINE) throw new ArchiveFault('damaged', `ends in the middle of a row of ${table.name}`);
  return { ...tally, sha256: hash.digest('hex') };
}

async function readAttachments(
  reading: Reading,
  { onAttachment }: ReadOptions,
): Promise<Manifest['attachments'][number][]> {
  const attachments: Manifest['attachments'][number][] = [];
  for (;;) {
    const sha256 = ATTACHMENT.exec(reading.next?.name ?? '')?.[1];
    if (sha256 === undefined || sha256 <= (attachments.at(-1)?.sha256 ?? '')) return attachments;
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const content of piecesOf(reading, (index) => attachmentPiece(sha256, index))) {
      bytes += content.length;
      if (bytes > MOST_ATTACHMENT) throw new ArchiveFault('hostile', 'holds a file larger than any that was sent');
      pieces.push(content);
    }
    // A first piece that is missing is a member out of its place.
    if (pieces.length === 0) return attachments;
    const content = Buffer.concat(pieces);
    if (createHash('sha256').update(content).digest('hex') !== sha256)
      throw new ArchiveFault('damaged', 'holds a file with another checksum than its name says');
    await onAttachment?.({ sha256, content });
    attachments.push({ sha256, bytes });
  }
}

async function readMembers(members: AsyncGenerator<Member>, options: ReadOptions): Promise<Manifest> {
  const reading = await readingOf(members);
  const head = reading.next?.name === HEAD ? parseHead(reading.next.content) : undefined;
  if (head === 'newer') throw new ArchiveFault('newer', 'has a newer format than this Steward knows');
  if (!head) throw new ArchiveFault('foreign', 'does not begin as one of ours');
  await options.onHead?.(head);
  await reading.advance();
  const tables: Tally[] = [];
  for (const table of head.tables) tables.push(await readTable(reading, table, options));
  const attachments = await readAttachments(reading, options);
  const { next } = reading;
  if (next?.name !== MANIFEST) {
    if (next === undefined) throw new ArchiveFault('damaged', 'has no manifest');
    throw new ArchiveFault('hostile', `holds a member out of its place (${shown(next.name)})`);
  }
  const manifest = parseManifest(next.content);
  if (!manifest) throw new ArchiveFault('damaged', 'has a manifest that cannot be read');
  await reading.advance();
  if (reading.next !== undefined) throw new ArchiveFault('hostile', 'goes on after its manifest');
  prove(head, manifest, tables, attachments, reading.tallies);
  return manifest;
}
