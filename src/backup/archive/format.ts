/**
 * The format of archives, version 1: a tar, compressed by gzip, closed by a seal, perhaps encrypted by age. Any tar reads it.
 *
 *   steward-backup.json      what follows: when, by which version, migrations, tables with their columns
 *   data/TABLE/000000 …      rows of a table as COPY writes them, in pieces of at most PIECE bytes: `cat` joins them
 *   attachments/SHA256/000000 …  files that people sent, where their bytes lie outside the database; in pieces likewise
 *   manifest.json            the same as the first, and what was written: rows, bytes and SHA-256 of every table and member, sequences
 */
import { z } from 'zod';

export const FORMAT = 'steward-backup';
export const FORMAT_VERSION = 1;

/** Bytes of a piece: what a writer or reader holds of a table at once. */
export const PIECE = 4 * 1_048_576;
/** A first member larger than this is none: it names thousands of tables and migrations. Ours have some ten kilobytes. */
export const MOST_HEAD = 4 * 1_048_576;

/**
 * A last member larger than this is none: it says again what the first said, and some hundred bytes of each member. JSON that says nothing
 * takes thirty times its size when it is read.
 */
export function mostManifest(members: number): number {
  return 2 * MOST_HEAD + 1_024 * members;
}

/** A file larger than this is none of ours: Telegram hands out 20 MB at most. */
export const MOST_ATTACHMENT = 64 * 1_048_576;

export const HEAD = 'steward-backup.json';
export const MANIFEST = 'manifest.json';

/** Names of tables and columns an archive may hold: what migrations make. */
export const NAME = /^[a-z_][a-z0-9_]{0,62}$/;
/** Types of columns, as PostgreSQL writes them. Nothing else may be quoted into a statement. */
export const TYPE = /^[a-z][a-z0-9_]*(?: [a-z]+)*(?:\(\d+(?:,\d+)?\))?(?: with(?:out)? time zone)?(?:\[\])*$/;
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(NAME);
const count = z.number().int().nonnegative();

const table = z.object({
  name,
  columns: z.array(z.object({ name, type: z.string().regex(TYPE) })),
});

const head = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  /** ISO 8601, UTC: the instant of the snapshot by Steward's clock */
  createdAt: z.iso.datetime(),
  /** version of the Steward that made it */
  steward: z.string(),
  /** of the server it was made from */
  postgres: z.string(),
  /** as applied, in order */
  migrations: z.array(z.object({ name: z.string().min(1), checksum: digest })).min(1),
  /** ids of the master keys that stored secrets lie under: the secrets are in the archive, the keys are not */
  masterKeys: z.array(z.string()),
  tables: z.array(table),
});

const manifest = head.extend({
  tables: z.array(table.extend({ rows: count, bytes: count, sha256: digest })),
  /** [name, last value, whether it was given out]; values as text, they have 64 bits */
  sequences: z.array(z.object({ name, last: z.string().regex(/^-?\d+$/), called: z.boolean() })),
  members: z.array(z.object({ name: z.string(), bytes: count, sha256: digest })),
  /** by checksum, in its order */
  attachments: z.array(z.object({ sha256: digest, bytes: count })).default([]),
  rows: count,
  bytes: count,
});

/** What the first member says. */
export type Head = z.infer<typeof head>;
/** What the last member says. */
export type Manifest = z.infer<typeof manifest>;
export type TableHead = Head['tables'][number];
export type TableManifest = Manifest['tables'][number];

/** A file that people sent, named by the checksum of its bytes. */
export interface AttachmentContent {
  /** lower-case hex */
  readonly sha256: string;
  readonly content: Buffer;
}

/** A version number alone, to tell a newer format from a broken one. */
const versioned = z.object({ format: z.literal(FORMAT), version: z.number().int() });

/** Reads the first member; 'newer' when a later Steward made it, undefined when it is none of ours. */
export function parseHead(json: Buffer): Head | 'newer' | undefined {
  const value = parsed(json);
  const whole = head.safeParse(value);
  if (whole.success) return whole.data;
  const newer = versioned.safeParse(value);
  return newer.success && newer.data.version > FORMAT_VERSION ? 'newer' : undefined;
}

/** Reads the last member; undefined when it is none of ours. */
export function parseManifest(json: Buffer): Manifest | undefined {
  return manifest.safeParse(parsed(json)).data;
}

function parsed(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Name of the piece `index` of a table. */
export function pieceName(tableName: string, index: number): string {
  return `data/${tableName}/${String(index).padStart(6, '0')}`;
}

/** Name of the piece `index` of an attachment. */
export function attachmentPiece(sha256: string, index: number): string {
  return `attachments/${sha256}/${String(index).padStart(6, '0')}`;
}
