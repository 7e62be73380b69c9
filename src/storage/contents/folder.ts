/** Bytes in a folder: written under a hidden name beside the others, flushed to the disk, then renamed. Names are checksums and nothing else. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../core/errors.ts';
import { ContentMissing, type ContentStore } from './store.ts';

const isAbsent = (error: unknown): boolean => errorCode(error) === 'ENOENT';

/** The store in `folder`, which is made (0700) with the first file. */
export function folderStore(folder: string): ContentStore {
  // Two letters a folder: a hundred thousand files stay some hundreds in each.
  const below = (sha256: string) => path.join(folder, sha256.slice(0, 2));
  const fileOf = (sha256: string) => path.join(below(sha256), sha256);

  return {
    place: 'folder',
    async put(_db, sha256, content) {
      const there = await stat(fileOf(sha256)).catch(() => undefined);
      if (there?.isFile() && there.size === content.length) return;
      await mkdir(below(sha256), { recursive: true, mode: 0o700 });
      const draft = path.join(below(sha256), `.${sha256}.${randomBytes(6).toString('hex')}.tmp`);
      try {
        const handle = await open(draft, 'wx', 0o600);
        try {
          await handle.writeFile(content);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(draft, fileOf(sha256));
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {});
        throw error;
      }
    },
    async *read(_db, sha256) {
      try {
        yield* createReadStream(fileOf(sha256), { highWaterMark: 512 * 1024 }) as AsyncIterable<Buffer>;
      } catch (error) {
        throw isAbsent(error) ? new ContentMissing(sha256, { cause: error }) : error;
      }
    },
    async remove(_db, sha256) {
      await rm(fileOf(sha256), { force: true });
    },
  };
}
