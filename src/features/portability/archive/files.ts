/** Takes the files of attachments in: their bytes are proved by their checksum, and told what they are anew. */
import type { Actor } from '../../../access/people.ts';
import { type EpochMs, iso } from '../../../core/clock.ts';
import type { Contents } from '../../../storage/contents/contents.ts';
import type { Tx } from '../../../storage/database.ts';
import { mediaTypeOf } from '../../tasks/index.ts';
import { statements as sql } from '../statements.ts';
import type { ArchivedFile } from './file-members.ts';
import type { OpenArchive } from './read.ts';

/** Makes the file an attachment names, in the transaction of its row; null where the archive does not hold its bytes. */
export type TakeFile = (tx: Tx, actor: Actor, file: ArchivedFile, now: EpochMs) => Promise<number | null>;

/** The files of an archive. Their bytes go into the database, with the transaction if it fails, and from there where files are kept. */
export function filesOf(archive: Pick<OpenArchive, 'file'>, contents: Contents): TakeFile {
  return async (tx, actor, { sha256, kind, duration }, now) => {
    const content = await archive.file(sha256);
    if (content === undefined) return null;
    const { bytes } = await contents.keepWithin(tx, content, now);
    const [made] = await tx.query<{ id: number }>(sql.addFile, [
      ...[actor.spaceId, actor.person.id, actor.chatId, kind, duration, bytes],
      ...[await mediaTypeOf(content), sha256, iso(now)],
    ]);
    return made?.id ?? null;
  };
}
