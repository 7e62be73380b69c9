/** Files on their way to Telegram or from it, kept in pieces so that none has to lie in memory whole; wiped once they are of no use. */
import { randomUUID } from 'node:crypto';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { Queryable, Tx } from '../database.ts';

/** Bytes of a piece: one statement, one row. */
const PIECE = 512 * 1024;
const DAY_MS = 86_400_000;

const statements = {
  add: {
    name: 'transfer-files:add',
    text: 'INSERT INTO transfer_files (file, part, content, created_at) VALUES ($1, $2, $3, $4)',
  },
  read: { name: 'transfer-files:read', text: 'SELECT content FROM transfer_files WHERE file = $1 AND part = $2' },
  drop: { name: 'transfer-files:drop', text: 'DELETE FROM transfer_files WHERE file = $1' },
  trim: {
    name: 'transfer-files:trim',
    text: `DELETE FROM transfer_files f
            WHERE f.created_at < $1
               OR (f.created_at < $2
                   AND NOT EXISTS (SELECT FROM outbox o WHERE o.method = 'sendDocument' AND o.payload->'file'->>'id' = f.file
                                      AND o.state IN ('due', 'sending', 'unknown'))
                   AND NOT EXISTS (SELECT FROM data_imports i WHERE i.file = f.file AND i.state = 'offered'))`,
  },
};

/** A file that is kept. */
export interface KeptFile {
  readonly id: string;
  readonly bytes: number;
}

/** Keeps what `content` yields, as it comes. */
export async function keepFile(tx: Tx, content: AsyncIterable<Uint8Array>, now: EpochMs): Promise<KeptFile> {
  const id = randomUUID();
  let [pending, size, part, bytes]: [Uint8Array[], number, number, number] = [[], 0, 0, 0];
  const write = async (piece: Buffer) => {
    await tx.query(statements.add, [id, part, piece, iso(now)]);
    part += 1;
  };
  for await (const chunk of content) {
    pending.push(chunk);
    size += chunk.length;
    bytes += chunk.length;
    if (size < PIECE) continue;
    const all = Buffer.concat(pending);
    let start = 0;
    for (; all.length - start >= PIECE; start += PIECE) await write(all.subarray(start, start + PIECE));
    [pending, size] = [[all.subarray(start)], all.length - start];
  }
  if (size > 0) await write(Buffer.concat(pending));
  return { id, bytes };
}

/** The pieces of a file in order; none when it was wiped. */
export async function* fileContent(db: Queryable, id: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part += 1) {
    const [row] = await db.query<{ content: Buffer }>(statements.read, [id, part]);
    if (!row) return;
    yield row.content;
  }
}

/** Wipes a file. */
export async function dropFile(db: Queryable, id: string): Promise<void> {
  await db.query(statements.drop, [id]);
}

/** Wipes files an hour after nothing needs them any more, and all of them after three days. */
export async function trimFiles(db: Queryable, now: EpochMs): Promise<void> {
  await db.query(statements.trim, [iso(now - 3 * DAY_MS), iso(now - 3_600_000)]);
}
