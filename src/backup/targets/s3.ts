/** Archives in a bucket of any S3 service, by its maintained client. A draft is an object under `.incoming/`, which no list shows. */
import type { S3Config } from '../../config/config.ts';
import type { Clock } from '../../core/clock.ts';
import { errorCode, errorMessage } from '../../core/errors.ts';
import { s3ClientConfig, s3Place } from '../../storage/s3-client.ts';
import { ArchiveFault, BackupFault } from '../faults.ts';
import { nameSays, newestFirst, type Stored, type Target } from './target.ts';

type Sdk = typeof import('@aws-sdk/client-s3');

/** Bytes of a part: two are on their way at once, and S3 takes at most 10,000 of them, here 160 GB. */
const PART = 16 * 1_048_576;
/** What one copy inside the service may hold. */
const MOST_COPIED = 5 * 1024 ** 3;
/** Drafts older than this were left by a process that died. Milliseconds. */
const LEFTOVER_MS = 3_600_000;
const INCOMING = '.incoming/';

const MENDS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'make the bucket, or correct BACKUP_TARGET',
  XAdminUserNotFound: 'correct S3_ACCESS_KEY_ID',
  InvalidAccessKeyId: 'correct S3_ACCESS_KEY_ID',
  SignatureDoesNotMatch: 'correct S3_SECRET_ACCESS_KEY (and S3_REGION)',
  AccessDenied: 'give the key the rights to list, read, write and delete below the prefix',
  CredentialsProviderError: 'give S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY',
  PermanentRedirect: 'correct S3_REGION or S3_ENDPOINT',
  RequestTimeTooSkewed: "set this machine's clock",
  QuotaExceeded: 'free some space there, or keep fewer archives (BACKUP_KEEP_LAST)',
  XMinioStorageFull: 'free some space there, or keep fewer archives (BACKUP_KEEP_LAST)',
};

/** What the service said, with its mend. The client's messages hold no secret. */
function s3Fault(place: string, error: unknown): unknown {
  if (error instanceof BackupFault || error instanceof ArchiveFault) return error;
  const name = error instanceof Error ? error.name : '';
  const code = errorCode(error);
  const mend = MENDS[name] ?? 'look at S3_ENDPOINT, S3_REGION and the network to it';
  const what = (errorMessage(error) || code || name).split('\n')[0]?.replace(/\.$/, '');
  return new BackupFault(`${place} cannot be used: ${name && name !== 'Error' ? `${name}: ` : ''}${what}`, mend, error);
}

/** Opens `place` ('s3://bucket/prefix'). Nothing is asked of the service yet. */
export async function s3Target(place: string, settings: S3Config, clock: Clock): Promise<Target> {
  const sdk: Sdk = await import('@aws-sdk/client-s3');
  const { Upload } = await import('@aws-sdk/lib-storage');
  const { bucket: Bucket, prefix } = s3Place(place);
  const client = new sdk.S3Client(s3ClientConfig(settings));

  /** Runs `ask`, its failure told with a mend. */
  async function asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw s3Fault(place, error);
    }
  }

  async function* objects(below: string): AsyncGenerator<{ key: string; bytes: number; storedAt: number }> {
    let ContinuationToken: string | undefined;
    do {
      const page = await asked(() =>
        client.send(
          new sdk.ListObjectsV2Command({ Bucket, Prefix: below, ...(ContinuationToken && { ContinuationToken }) }),
        ),
      );
      for (const { Key, Size, LastModified } of page.Contents ?? [])
        if (Key) yield { key: Key, bytes: Size ?? 0, storedAt: LastModified?.getTime() ?? 0 };
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
  }

  async function* read(key: string): AsyncGenerator<Buffer> {
    const { Body } = await asked(() => client.send(new sdk.GetObjectCommand({ Bucket, Key: key }))).catch(
      (error: unknown) => {
        const cause = error instanceof Error ? error.cause : undefined;
        if (cause instanceof Error && (cause.name === 'NoSuchKey' || cause.name === 'NotFound'))
          throw new ArchiveFault('absent', `${key} is not there`, error);
        throw error;
      },
    );
    if (!Body) throw new ArchiveFault('empty', 'is empty');
    try {
      yield* Body as AsyncIterable<Buffer>;
    } catch (error) {
      throw s3Fault(place, error);
    }
  }

  const remove = (key: string) => asked(() => client.send(new sdk.DeleteObjectCommand({ Bucket, Key: key })));

  async function abortUploads(): Promise<number> {
    const { Uploads = [] } = await client.send(
      new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: `${prefix}${INCOMING}` }),
    );
    let aborted = 0;
    for (const { Key, UploadId, Initiated } of Uploads) {
      if (!Key || !UploadId || clock.now() - (Initiated?.getTime() ?? 0) < LEFTOVER_MS) continue;
      await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      aborted += 1;
    }
    return aborted;
  }

  return {
    place,
    async list() {
      const found: Stored[] = [];
      for await (const { key, bytes, storedAt } of objects(prefix)) {
        const name = key.slice(prefix.length);
        const says = nameSays(name);
        if (says) found.push({ name, ...says, bytes, storedAt });
      }
      return newestFirst(found, clock.now());
    },
    read: (name) => read(`${prefix}${name}`),
    async draft(name) {
      const draft = `${prefix}${INCOMING}${name}`;
      let bytes = 0;
      return {
        async write(source) {
          async function* counted() {
            for await (const chunk of source) {
              bytes += chunk.length;
              yield chunk;
            }
          }
          const { Readable } = await import('node:stream');
          const Body = Readable.from(counted(), { objectMode: false, highWaterMark: PART });
          const upload = new Upload({ client, params: { Bucket, Key: draft, Body }, partSize: PART, queueSize: 2 });
          // An upload that breaks off is aborted by the library: no parts are left to be paid for.
          await asked(() => upload.done());
        },
        read: () => read(draft),
        async keep() {
          if (bytes > MOST_COPIED)
            throw new BackupFault(
              'The archive is larger than 5 GiB, which S3 does not copy in one piece',
              'back up to a folder, or use point-in-time recovery for a database of this size',
            );
          const Key = `${prefix}${name}`;
          const CopySource = `${Bucket}/${draft}`.split('/').map(encodeURIComponent).join('/');
          await asked(() => client.send(new sdk.CopyObjectCommand({ Bucket, Key, CopySource })));
          const { ContentLength } = await asked(() => client.send(new sdk.HeadObjectCommand({ Bucket, Key })));
          if (ContentLength !== bytes)
            throw new BackupFault(`${place} kept ${ContentLength} of ${bytes} bytes`, 'look at the service');
          await remove(draft).catch(() => {});
        },
        discard: async () => void (await remove(draft).catch(() => {})),
      };
    },
    remove: async (name) => void (await remove(`${prefix}${name}`)),
    async removeLeftovers() {
      // Not every service lists uploads under way; they cost nothing but space.
      let removed = await abortUploads().catch(() => 0);
      for await (const { key, storedAt } of objects(`${prefix}${INCOMING}`)) {
        if (clock.now() - storedAt < LEFTOVER_MS) continue;
        await remove(key);
        removed += 1;
      }
      return removed;
    },
    async probe() {
      await asked(() => client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: 1 })));
    },
  };
}
