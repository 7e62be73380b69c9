/** How an archive holds the files people attached: what a row says of one, and the member with its bytes. */
import { z } from 'zod';

/** The bytes of an attachment: by their checksum, with an extension where the content has one. */
export const fileMember = (sha256: string, extension: string): string =>
  `files/${sha256}${extension === '' ? '' : `.${extension}`}`;
/** The checksum a member of the archive is named by; undefined for one that is no file's. */
export const checksumIn = (member: string): string | undefined =>
  /^files\/([0-9a-f]{64})(?:\.[a-z0-9]{1,5})?$/.exec(member)?.[1];

/** A file as an archive tells of it. Its type is not among it: that is told by the bytes again. */
export const archivedFile = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0).max(20_971_520),
  kind: z.enum(['photo', 'document', 'audio', 'voice', 'video', 'animation', 'video_note', 'sticker']),
  duration: z.int().min(0).max(10_000_000).nullable().default(null),
});
export type ArchivedFile = z.infer<typeof archivedFile>;
