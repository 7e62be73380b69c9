/** Bytes of attachments, each content once: kept where the configuration says, read from wherever they lie, removed with their last use. */
import path from 'node:path';
import type { S3Config } from '../../config/config.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { Database, Queryable, Tx } from '../database.ts';
import { loadSql } from '../sql.ts';
import { databaseStore } from './database.ts';
import { folderStore } from './folder.ts';
import { type Checksum, ContentMissing, type ContentStore, checksumOf } from './store.ts';

const sql = loadSql(new URL('./contents.sql', import.meta.url), [
  'touch',
  'place',
  'moved',
  'misplaced',
  'lockPlaced',
  'unused',
  'lockUnused',
  'drop',
  'unusedFiles',
]);

const DAY_MS = 86_400_000;
/** Removed in one sweep; the next goes on. */
const MOST_AT_ONCE = 500;

export interface KeptContent {
  readonly sha256: Checksum;
  readonly bytes: number;
}

export interface Contents {
  /** Keeps bytes once; when it returns they are there. `now`: epoch ms. */
  keep(db: Database, content: Buffer, now: EpochMs): Promise<KeptContent>;
  /** The same as a part of a transaction, with which they go if it fails: in the database, until `settle` puts them where they belong. */
  keepWithin(tx: Tx, content: Buffer, now: EpochMs): Promise<KeptContent>;
  /** Throws ContentMissing when they are not there (any more). */
  read(db: Queryable, sha256: Checksum): AsyncIterable<Buffer>;
  /** Puts what was kept within a transaction where the configuration says; returns how many contents moved. May be ended and begun again at any time. */
  settle(db: Database): Promise<number>;
  /** Removes what nothing uses any more, and no undo within `undoDays` can bring back. Returns how many contents went. */
  sweep(db: Database, now: EpochMs, undoDays: number): Promise<number>;
}

/** Where bytes lie, as configured. */
export interface ContentsConfig {
  /** 'database', 'folder' or s3://bucket/prefix */
  readonly attachmentStore: string;
  readonly dataDir: string;
  readonly s3: S3Config;
}

/** The store of a place, opened when it is first asked for. */
export type Stores = (place: string) => Promise<ContentStore>;

/** Opens places as `contents.place` names them, also those that bytes were put to before the configuration was changed. */
export function openStores(config: Pick<ContentsConfig, 'dataDir' | 's3'>): Stores {
  const stores = new Map<string, Promise<ContentStore>>();

  async function make(place: string): Promise<ContentStore> {
    if (place === 'database') return databaseStore;
    if (place === 'folder') return folderStore(path.join(config.dataDir, 'attachments'));
    return (await import('./s3.ts')).s3Store(place, config.s3);
  }

  return (place) => {
    const known = stores.get(place) ?? make(place);
    stores.set(place, known);
    return known;
  };
}

/** Opens what the configuration names. */
export function openContents(config: ContentsConfig): Contents {
  const storeAt = openStores(config);

  async function* read(db: Queryable, sha256: Checksum): AsyncGenerator<Buffer> {
    let given = 0;
    for (let before: string | undefined; ; ) {
      const [row] = await db.query<{ place: string; bytes: number }>(sql.place, [sha256]);
      if (!row || row.place === before) throw new ContentMissing(sha256);
      before = row.place;
      try {
        let known = given;
        for await (const piece of (await storeAt(row.place)).read(db, sha256)) {
          const fresh = piece.subarray(Math.min(known, piece.length));
          known -= piece.length - fresh.length;
          given += fresh.length;
          if (fresh.length > 0 || row.bytes === 0) yield fresh;
        }
        if (given >= row.bytes) return;
      } catch (error) {
        if (!(error instanceof ContentMissing)) throw error;
      }
      // It ended before its end: it may have been moved meanwhile, and goes on from there.
    }
  }

  async function remove(db: Database, sha256: Checksum, before: string): Promise<boolean> {
    return db.transaction(async (tx) => {
      // Locked until the bytes are gone: who keeps the same content now waits, and puts it anew.
      const [row] = await tx.query<{ place: string }>(sql.lockUnused, [sha256, before]);
      if (!row) return false;
      await (await storeAt(row.place)).remove(tx, sha256);
      await tx.query(sql.drop, [sha256]);
      return true;
    });
  }

  async function move(db: Database, sha256: Checksum): Promise<boolean> {
    return db.transaction(async (tx) => {
      // A slow service may take its time: the row is locked so that nobody removes or moves the content meanwhile.
      await tx.query(`SET LOCAL idle_in_transaction_session_timeout = '120s'`);
      const [row] = await tx.query(sql.lockPlaced, [sha256, databaseStore.place]);
      if (row === undefined) return false;
      const pieces: Buffer[] = [];
      for await (const piece of databaseStore.read(tx, sha256)) pieces.push(piece);
      await (await storeAt(config.attachmentStore)).put(tx, sha256, Buffer.concat(pieces));
      await tx.query(sql.moved, [sha256, config.attachmentStore]);
      await databaseStore.remove(tx, sha256);
      return true;
    });
  }

  async function put(db: Queryable, content: Buffer, wanted: string, now: EpochMs): Promise<KeptContent> {
    const sha256 = checksumOf(content);
    const [row] = await db.query<{ place: string; used: boolean | null }>(sql.touch, [
      sha256,
      content.length,
      wanted,
      iso(now),
    ]);
    // Known and whole wherever it lies; one that nobody finished keeping is put anew, where it belongs by now.
    if (row?.used === true) return { sha256, bytes: content.length };
    await (await storeAt(wanted)).put(db, sha256, content);
    if (row !== undefined && row.place !== wanted) await db.query(sql.moved, [sha256, wanted]);
    return { sha256, bytes: content.length };
  }

  return {
    keep: (db, content, now) => put(db, content, config.attachmentStore, now),
    keepWithin: (tx, content, now) => put(tx, content, databaseStore.place, now),
    read,
    async settle(db) {
      if (config.attachmentStore === databaseStore.place) return 0;
      for (let moved = 0; ; ) {
        const found = await db.query<{ sha256: string }>(sql.misplaced, [databaseStore.place, MOST_AT_ONCE]);
        const before = moved;
        for (const { sha256 } of found) if (await move(db, sha256)) moved += 1;
        // The others are in another process's hands.
        if (moved === before) return moved;
      }
    },
    async sweep(db, now, undoDays) {
      // A day longer: an undo of the last minute never meets a sweep.
      await db.query(sql.unusedFiles, [iso(now - (undoDays + 1) * DAY_MS)]);
      const before = iso(now - DAY_MS);
      const unused = await db.query<{ sha256: string }>(sql.unused, [before, MOST_AT_ONCE]);
      let removed = 0;
      for (const { sha256 } of unused) if (await remove(db, sha256, before)) removed += 1;
      return removed;
    },
  };
}
