/** Bytes in the database itself: in the transaction of whoever puts them, in every backup, and gone with their row. */
import type { Queryable } from '../database.ts';
import { ContentMissing, type ContentStore } from './store.ts';

/** Bytes of a piece: one statement, one row. */
const PIECE = 512 * 1024;

const sql = {
  put: {
    name: 'contents:put',
    text: 'INSERT INTO content_parts (sha256, part, content) VALUES ($1, $2, $3) ON CONFLICT (sha256, part) DO UPDATE SET content = excluded.content',
  },
  read: { name: 'contents:read', text: 'SELECT content FROM content_parts WHERE sha256 = $1 AND part = $2' },
  remove: { name: 'contents:remove', text: 'DELETE FROM content_parts WHERE sha256 = $1' },
};

async function* pieces(db: Queryable, sha256: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part += 1) {
    const [row] = await db.query<{ content: Buffer }>(sql.read, [sha256, part]);
    if (!row && part === 0) throw new ContentMissing(sha256);
    if (!row) return;
    yield row.content;
  }
}

export const databaseStore: ContentStore = {
  place: 'database',
  async put(db, sha256, content) {
    // An empty file has one empty piece, so that it is told from one that is missing.
    for (let at = 0; at === 0 || at < content.length; at += PIECE)
      await db.query(sql.put, [sha256, at / PIECE, content.subarray(at, at + PIECE)]);
  },
  read: pieces,
  async remove(db, sha256) {
    await db.query(sql.remove, [sha256]);
  },
};
