/** Where bytes of attachments may lie: what the database, a folder and a bucket promise alike. Bytes are named by their checksum. */
import { createHash } from 'node:crypto';
import type { Queryable } from '../database.ts';

/** SHA-256, lower-case hex. */
export type Checksum = string;

/** The name of bytes. */
export function checksumOf(content: Uint8Array): Checksum {
  return createHash('sha256').update(content).digest('hex');
}

/** The bytes are not where they were put: somebody removed them there. */
export class ContentMissing extends Error {
  constructor(sha256: Checksum, options?: ErrorOptions) {
    super(`the content ${sha256.slice(0, 12)} is not where it was put`, options);
  }
}

export interface ContentStore {
  /** as `contents.place` keeps it: 'database', 'folder', s3://bucket/prefix */
  readonly place: string;
  /** Puts bytes there, whole or not at all; what lies there already is what it should be. `db` is used by the database's own store only. */
  put(db: Queryable, sha256: Checksum, content: Buffer): Promise<void>;
  /** Throws ContentMissing, also in the middle. */
  read(db: Queryable, sha256: Checksum): AsyncIterable<Buffer>;
  /** Removes what is there; nothing there is no fault. */
  remove(db: Queryable, sha256: Checksum): Promise<void>;
}
