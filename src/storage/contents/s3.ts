/** Bytes as objects of a bucket of any S3 service. */
import type { S3Config } from '../../config/config.ts';
import { s3ClientConfig, s3Place } from '../s3-client.ts';
import { ContentMissing, type ContentStore } from './store.ts';

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');

/** The store below `place` ('s3://bucket/prefix'). Nothing is asked of the service yet. */
export async function s3Store(place: string, settings: S3Config): Promise<ContentStore> {
  const sdk = await import('@aws-sdk/client-s3');
  const { bucket: Bucket, prefix } = s3Place(place);
  const client = new sdk.S3Client(s3ClientConfig(settings));
  const at = (sha256: string) => ({ Bucket, Key: `${prefix}${sha256}` });

  return {
    place,
    async put(_db, sha256, content) {
      // One request makes the object whole or not at all. Its type is no browser's business.
      const ContentType = 'application/octet-stream';
      await client.send(new sdk.PutObjectCommand({ ...at(sha256), Body: content, ContentType }));
    },
    async *read(_db, sha256) {
      const { Body } = await client.send(new sdk.GetObjectCommand(at(sha256))).catch((error: unknown) => {
        throw isAbsent(error) ? new ContentMissing(sha256, { cause: error }) : error;
      });
      if (Body) yield* Body as AsyncIterable<Buffer>;
    },
    async remove(_db, sha256) {
      await client.send(new sdk.DeleteObjectCommand(at(sha256)));
    },
  };
}
