/** Reads an export that somebody sent: hostile until every name, size, checksum and line of it is proved. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Entry, fromBuffer, open, type ZipFile } from 'yauzl';
import { checksumIn } from './file-members.ts';
import {
  type ArchivedRow,
  type ArchivedSettings,
  FORMAT_VERSION,
  type ItemTable,
  KNOWN_MEMBERS,
  MANIFEST,
  type Manifest,
  manifestSchema,
  memberOf,
  parseRow,
  SETTINGS,
  settingsSchema,
} from './format.ts';

/** Why an archive is refused, as a Fluent key with its arguments. */
export class ArchiveFault extends Error {
  readonly key: string;
  readonly args: Readonly<Record<string, string | number>>;

  constructor(key: string, args: Readonly<Record<string, string | number>> = {}) {
    super(key);
    this.key = key;
    this.args = args;
  }
}

export interface ReadLimits {
  /** unpacked bytes of all members together */
  readonly bytes: number;
  /** rows that are taken in */
  readonly rows: number;
}

export interface OpenArchive {
  readonly manifest: Manifest;
  readonly settings: ArchivedSettings | undefined;
  /** rows that can be taken in, as the manifest says */
  rowsOf(table: ItemTable): number;
  /** The rows of a table in order; throws ArchiveFault at the first that is none, or at the end when the member is not what the manifest says. */
  rows(table: ItemTable): AsyncGenerator<ArchivedRow>;
  /** The bytes of an attachment; undefined where the archive does not hold them, whole and as they were. */
  file(sha256: string): Promise<Buffer | undefined>;
  close(): void;
}

const MOST_MEMBERS = 64;
const MOST_FILES = 20_000;
const LONGEST_LINE = 1_000_000;
/** No larger one can have come. */
const LARGEST_FILE = 20 * 1024 * 1024;
/** Of the manifest and the settings, which are read whole. */
const SMALL = 200_000;

const damaged = () => new ArchiveFault('portability-error-damaged');
const foreign = () => new ArchiveFault('portability-error-foreign');

function openZip(source: Buffer | string): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true } as const;
  return new Promise((resolve, reject) => {
    const opened = (error: Error | null, zip: ZipFile) => (error ? reject(foreign()) : resolve(zip));
    if (typeof source === 'string') open(source, options, opened);
    else fromBuffer(source, options, opened);
  });
}

/** The members by name. Names that lead elsewhere, come twice or are none of ours are refused, and so is what is encrypted. */
function membersOf(zip: ZipFile, limits: ReadLimits): Promise<ReadonlyMap<string, Entry>> {
  const members = new Map<string, Entry>();
  let bytes = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', () => reject(damaged()));
    zip.on('end', () => resolve(members));
    zip.on('entry', (entry: Entry) => {
      bytes += entry.uncompressedSize;
      const isFile = checksumIn(entry.fileName) !== undefined;
      if (members.size >= MOST_MEMBERS + MOST_FILES || bytes > limits.bytes)
        return reject(new ArchiveFault('portability-error-large'));
      if (!(isFile || KNOWN_MEMBERS.has(entry.fileName)) || members.has(entry.fileName) || entry.isEncrypted())
        return reject(foreign());
      members.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function streamOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(damaged()) : resolve(stream)));
  });
}

/** The chunks of a member; a stream that breaks, or yields more than it announced, is damage. */
async function* chunksOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of (await streamOf(zip, entry)) as AsyncIterable<Buffer>) yield chunk;
  } catch {
    throw damaged();
  }
}

function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged();
  }
}

async function smallMember(
  zip: ZipFile,
  entry: Entry | undefined,
): Promise<{ text: string; sha256: string } | undefined> {
  if (!entry) return undefined;
  if (entry.uncompressedSize > SMALL) throw foreign();
  const pieces: Buffer[] = [];
  for await (const piece of chunksOf(zip, entry)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return { text: utf8(bytes), sha256: createHash('sha256').update(bytes).digest('hex') };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Opens an archive from memory or from a file. @throws ArchiveFault when it is none of ours, of a newer form, damaged or too large. */
export async function openArchive(source: Buffer | string, limits: ReadLimits): Promise<OpenArchive> {
  const zip = await openZip(source);
  try {
    const members = await membersOf(zip, limits);
    const manifest = readManifest(await smallMember(zip, members.get(MANIFEST)));
    const rowsOf = (table: ItemTable) => manifest.members[memberOf(table)]?.rows ?? 0;
    return {
      manifest,
      settings: readSettings(await smallMember(zip, members.get(SETTINGS)), manifest),
      rowsOf,
      rows: (table) => readRows(zip, members.get(memberOf(table)), table, manifest, limits),
      file: (sha256) => readFile(zip, fileIn(members, sha256), sha256),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function fileIn(members: ReadonlyMap<string, Entry>, sha256: string): Entry | undefined {
  for (const [name, entry] of members) if (checksumIn(name) === sha256) return entry;
  return undefined;
}

async function readFile(zip: ZipFile, entry: Entry | undefined, sha256: string): Promise<Buffer | undefined> {
  if (!entry || entry.uncompressedSize > LARGEST_FILE) return undefined;
  const pieces: Buffer[] = [];
  for await (const piece of chunksOf(zip, entry)) pieces.push(piece);
  const content = Buffer.concat(pieces);
  return createHash('sha256').update(content).digest('hex') === sha256 ? content : undefined;
}

function readManifest(member: { text: string } | undefined): Manifest {
  const value = member && parsedJson(member.text);
  const stated = typeof value === 'object' && value !== null && 'version' in value ? Number(value.version) : 0;
  if (stated > FORMAT_VERSION) throw new ArchiveFault('portability-error-newer');
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw foreign();
  return parsed.data;
}

function readSettings(
  member: { text: string; sha256: string } | undefined,
  manifest: Manifest,
): ArchivedSettings | undefined {
  if (!member) return undefined;
  if (member.sha256 !== manifest.members[SETTINGS]?.sha256) throw damaged();
  const parsed = settingsSchema.safeParse(parsedJson(member.text));
  if (!parsed.success) throw new ArchiveFault('portability-error-row', { member: SETTINGS, line: 1 });
  return parsed.data;
}

async function* readRows(
  zip: ZipFile,
  entry: Entry | undefined,
  table: ItemTable,
  manifest: Manifest,
  limits: ReadLimits,
): AsyncGenerator<ArchivedRow> {
  const name = memberOf(table);
  const facts = manifest.members[name];
  if (!entry || !facts) {
    if (entry || (facts?.rows ?? 0) > 0) throw damaged();
    return;
  }
  const hash = createHash('sha256');
  let count = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of chunksOf(zip, entry)) {
    hash.update(chunk);
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      count += 1;
      if (count > limits.rows) throw new ArchiveFault('portability-error-large');
      const row = parseRow(table, utf8(rest.subarray(start, end)));
      if (!row) throw new ArchiveFault('portability-error-row', { member: name, line: count });
      yield row;
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > LONGEST_LINE) throw new ArchiveFault('portability-error-row', { member: name, line: count + 1 });
  }
  if (rest.length > 0 || count !== facts.rows || hash.digest('hex') !== facts.sha256) throw damaged();
}
