/** Attachments whose bytes lie outside the database: into the archive beside the rows, and back to the place the rows name. */
import type pg from 'pg';
import type { Stores } from '../storage/contents/contents.ts';
import { ContentMissing, checksumOf } from '../storage/contents/store.ts';
import type { Queryable } from '../storage/database.ts';
import type { AttachmentContent } from './archive/format.ts';
import { ArchiveFault, BackupFault } from './faults.ts';

/** Names asked for at once. */
const PAGE = 500;

/** Stores outside the database never ask it anything. */
const noDatabase: Queryable = { query: () => Promise.reject(new Error('this store needs no database')) };

/** In the snapshot: those an attachment shows or an undo can bring back. Without the table (a schema from before it) there are none. */
async function* outside(client: pg.Client): AsyncGenerator<{ sha256: string; place: string }> {
  const { rows: there } = await client.query<{ there: boolean }>("SELECT to_regclass('contents') IS NOT NULL AS there");
  for (let last = ''; there[0]?.there; ) {
    const { rows } = await client.query<{ sha256: string; place: string }>(
      `SELECT c.sha256, c.place FROM contents c
        WHERE c.place <> 'database' AND c.sha256 > $1 AND EXISTS (SELECT FROM files f WHERE f.sha256 = c.sha256 AND f.state = 'kept')
        ORDER BY c.sha256 LIMIT ${PAGE}`,
      [last],
    );
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return;
    last = end.sha256;
  }
}

/** Reads them one after another, ordered by checksum. What is gone from its place, or spoilt there, is left out and told in `warnings`: the rest must still be backed up. */
export async function* attachmentsOutside(
  client: pg.Client,
  stores: Stores,
  warnings: string[],
): AsyncGenerator<AttachmentContent> {
  const missing = new Map<string, number>();
  for await (const { sha256, place } of outside(client)) {
    const content = await bytesOf(stores, place, sha256);
    if (content === undefined || checksumOf(content) !== sha256) missing.set(place, (missing.get(place) ?? 0) + 1);
    else yield { sha256, content };
  }
  for (const [place, count] of missing)
    warnings.push(`${count} of the files people sent are gone or spoilt in ${place}, and left out`);
}

async function bytesOf(stores: Stores, place: string, sha256: string): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of (await stores(place)).read(noDatabase, sha256)) chunks.push(chunk);
  } catch (error) {
    if (error instanceof ContentMissing) return undefined;
    throw error;
  }
  return Buffer.concat(chunks);
}

/**
 * Puts attachments back, in the transaction of a restore whose rows are loaded: a restore that fails leaves at most bytes that nobody names.
 * @throws ArchiveFault for one no row names; BackupFault, with the mend, when its place cannot be written to.
 */
export function putBack(client: pg.Client, stores: Stores): (attachment: AttachmentContent) => Promise<void> {
  let places: Map<string, string> | undefined;
  return async ({ sha256, content }) => {
    // Asked for once: while rows are loaded the table has no index.
    places ??= new Map(
      (await client.query<{ sha256: string; place: string }>('SELECT sha256, place FROM contents')).rows.map((row) => [
        row.sha256,
        row.place,
      ]),
    );
    const place = places.get(sha256);
    if (place === undefined || place === 'database')
      throw new ArchiveFault('hostile', 'holds a file that no row of it names');
    try {
      await (await stores(place)).put(noDatabase, sha256, content);
    } catch (error) {
      throw new BackupFault(
        `Files people sent cannot be put back to ${place}`,
        'make that place writable, with the S3_… variables where it is a bucket',
        error,
      );
    }
  };
}
